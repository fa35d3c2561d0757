"""How columns of identity checks look in tables: decisions, stages and species in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from dashboard.columns import SPOKEN_PIXELS, columns
from dashboard.formats import local_time
from dashboard.questions import check_words
from dashboard.questions.words import spoken

TEXTS = {
    "event_id": "Check",
    "account_id": "Account",
    "cluster_id": "Cluster",
    "region": "Region",
    "regions": "Regions",
    "device": "Device",
    "problem": "Problem",
    "truth": "What it was",
    "sentence": "In words",
}
# Column, its title, and the words its values are said in.
SPOKEN: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "decision": ("Decision", check_words.DECISIONS),
    "stage": ("Stage", check_words.STAGES),
    "species": ("Species", check_words.SPECIES),
    "attack": ("Attack", check_words.ATTACKS),
    "media": ("Media", check_words.SOURCES),
    "same": ("The same", check_words.KINDS),
    "family": ("Group", check_words.FAMILIES),
    "purpose": ("Purpose", {"onboarding": "Onboarding", "withdrawal": "Withdrawal", "recovery": "Recovery"}),
    "way": ("Way", {**check_words.WAYS, "in": "In", "out": "Out"}),
}
LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "kinds": ("Shared", {}),
    "species_seen": ("Species", check_words.SPECIES),
}
COUNTS = {
    "attempt": "Attempt",
    "checks": "Checks",
    "accounts": "Accounts",
    "came_in": "Came in",
    "confirmed": "Confirmed attacks",
    "attacks": "Attacks",
    "presentations": "Presentation",
    "injections": "Injection",
    "distance": "Bits that differ",
    "events_after": "Events after",
    "clusters": "Clusters",
}
SHARES = {
    "injection_share": "Injection share",
    "stopped_share": "Stopped",
    "disturbed_share": "Honest disturbed",
}
MILLISECONDS = {
    "fingerprint_ms": "Fingerprints, ms",
    "media_ms": "All media, ms",
    "decided_ms": "As decided, ms",
    "p50": "p50, ms",
    "p95": "p95, ms",
    "p99": "p99, ms",
}
MONEY = {"moved_in": "Moved in", "moved_out": "Moved out after", "stopped_out": "Stopped"}


def check_columns(unit: str) -> Mapping[str, Any]:
    """Return Streamlit's column_config for every column about identity checks; amounts are in `unit`."""
    return _columns(unit, st.context.timezone or "UTC")


@lru_cache(maxsize=64)
def _columns(unit: str, zone: str) -> Mapping[str, Any]:
    config = st.column_config
    zone_words = local_time(datetime(2025, 7, 1), zone).rpartition("(")[2].rstrip(")")
    spoken_columns = {
        name: config.SelectboxColumn(
            title, options=list(said), format_func=partial(_said, said), width=SPOKEN_PIXELS
        )
        for name, (title, said) in SPOKEN.items()
    }
    return {
        **columns(unit),
        **{name: config.TextColumn(title) for name, title in TEXTS.items()},
        "region": columns(unit)["region"],
        **spoken_columns,
        **{name: config.TextColumn(title) for name, (title, _) in LISTS.items()},
        **{name: config.NumberColumn(title, format="localized") for name, title in COUNTS.items()},
        **{name: config.NumberColumn(title, format="percent") for name, title in SHARES.items()},
        **{name: config.NumberColumn(title, format="%.1f") for name, title in MILLISECONDS.items()},
        **{
            name: config.NumberColumn(f"{title}, {unit}", format="localized") for name, title in MONEY.items()
        },
        "has_passed": config.CheckboxColumn("Came in", help="One of its checks was taken for bona fide"),
        "first_check_at": config.DatetimeColumn(
            f"First check ({zone_words})", format="YYYY-MM-DD HH:mm", timezone=zone
        ),
        "cheap_score": config.NumberColumn("Before media", format="percent"),
    }


def _said(said: Mapping[str, str], name: object) -> str:
    return said.get(str(name), spoken(str(name)))
