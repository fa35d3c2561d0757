"""How columns look in tables: names as a person says them, scores as bars, times in the viewer's zone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from dashboard.formats import local_time
from dashboard.questions import words

TIMES = {
    "occurred_at": "When",
    "placed_at": "Stopped",
    "ended_at": "Ended",
    "known_at": "Known",
    "first_seen": "First seen",
    "last_seen": "Last seen",
}
TEXTS = {
    "account_id": "Account",
    "event_id": "Event",
    "stream": "Stream",
    "kind": "Kind",
    "outcome": "Outcome",
    "asset": "Asset",
    "counterparty": "Counterparty",
    "device_id": "Device",
    "ip": "Network",
    "network_country": "From",
    "country": "Country",
    "region": "Region",
    "decision": "Decision",
    "state": "State",
    "matched": "Found by",
    "typology": "Typology",
    "incident_id": "Incident",
    "description": "What it is",
    "signature": "Known bad",
    "from_name": "From",
    "to_name": "To",
    "feature": "Feature",
    "entity_kind": "Type",
    "entity": "Name",
    "model_version": "Model",
    "reason": "Reason",
}
# Words of the store that are said differently on a screen; the export keeps the store's own.
# The longest of them, `Internal transfer`, in the font of tables.
SPOKEN_PIXELS = 104
SPOKEN: Mapping[str, Mapping[str, str]] = {
    "kind": words.KINDS,
    "decision": words.DECISIONS,
    "state": words.STATES,
    "entity_kind": words.ENTITIES,
    "matched": {"account": "Account", **words.ENTITIES},
}
COUNTS = {
    "events": "Events",
    "flagged": "Flagged",
    "accounts": "Accounts",
    "other_accounts": "Others use it",
    "flagged_by_all": "Flagged of all",
    "confirmed": "Confirmed",
    "rank": "Rank",
}


def columns(unit: str) -> Mapping[str, Any]:
    """Return Streamlit's column_config for every column that pages show; amounts are in `unit`."""
    return _columns(unit, st.context.timezone or "UTC")


@lru_cache(maxsize=64)
def _columns(unit: str, zone: str) -> Mapping[str, Any]:
    config = st.column_config
    zone_words = local_time(datetime(2025, 7, 1), zone).rpartition("(")[2].rstrip(")")
    texts = {name: config.TextColumn(label) for name, label in TEXTS.items()}
    spoken = {
        name: config.SelectboxColumn(
            TEXTS[name], options=list(said), format_func=partial(_said, said), width=SPOKEN_PIXELS
        )
        for name, said in SPOKEN.items()
    }
    places = {
        "country": config.SelectboxColumn("Country", options=words.country_codes(), format_func=_country),
        "network_country": config.SelectboxColumn(
            "From", options=words.country_codes(), format_func=_country
        ),
        "region": config.SelectboxColumn("Region", options=words.region_slugs(), format_func=_region),
    }
    counts = {name: config.NumberColumn(label, format="localized") for name, label in COUNTS.items()}
    times = {
        name: config.DatetimeColumn(f"{label} ({zone_words})", format="YYYY-MM-DD HH:mm", timezone=zone)
        for name, label in TIMES.items()
    }
    shares = {
        "score": config.ProgressColumn("Score", format="percent", min_value=0, max_value=1, width="small"),
        "flagged_share": config.NumberColumn("Flagged share", format="percent"),
        "threshold": config.NumberColumn("Threshold", format="percent"),
        "points": config.NumberColumn("Points", format="%+.4f", help="Probability that the reason adds"),
        "contribution": config.NumberColumn("Log-odds", format="%+.3f"),
        "value": config.NumberColumn("Value", format="%.6g"),
        "normal": config.NumberColumn("Normal", format="%.6g"),
    }
    amounts = {
        "amount": config.NumberColumn(f"Amount, {unit}", format="localized"),
        "amount_stopped": config.NumberColumn(f"Stopped, {unit}", format="localized"),
    }
    sentence = {"sentence": config.TextColumn("Strongest reason", width="large")}
    return {**texts, **spoken, **places, **counts, **times, **shares, **amounts, **sentence}


def _said(said: Mapping[str, str], name: object) -> str:
    return said.get(str(name), words.spoken(str(name)))


def _country(alpha2: object) -> str:
    return words.country(str(alpha2))


def _region(slug: object) -> str:
    return words.region(str(slug))
