"""How columns of rings look in tables: days, roles, kinds of tie and states in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import streamlit as st

from dashboard.columns import SPOKEN_PIXELS, columns
from dashboard.questions import ring_words
from dashboard.questions.words import STATES, spoken

TEXTS = {
    "ring_id": "Ring",
    "kinds": "Ties",
    "artefact": "What is shared",
    "account_a": "Account",
    "account_b": "Other account",
    "sender": "From",
    "receiver": "To",
    "other_ring_id": "Other ring",
    "merged_into": "Merged into",
    "role_sentence": "Why this role",
    "source": "From",
    "target": "To",
}
# The longest kind of tie, `Same gateway, same day`, in the font of tables.
TIE_PIXELS = 160
# Column, its title, and the words its values are said in.
SPOKEN: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "pattern": ("Pattern", ring_words.PATTERNS),
    "role": ("Role", ring_words.ROLES),
    "kind": ("Tie", ring_words.TIES),
    "leg": ("Leg", ring_words.LEGS),
    "change": ("Change", ring_words.CHANGES),
    # A ring's states and an account's: no name is in both.
    "state": ("State", {**ring_words.STATES, **STATES}),
}
DAYS = {
    "alarmed_at": "Alarm",
    "grew_at": "Last grew",
    "broken_at": "Broken",
    "ended_at": "Ended",
    "as_of": "Day",
    "day": "Day",
    "since": "Since",
    "until": "Until",
    "last_at": "Last seen",
    "first_at": "First",
    "confirmed_at": "Confirmed",
}
COUNTS = {
    "accounts": "Accounts",
    "confirmed_accounts": "Confirmed",
    "standing": "Standing",
    "active": "Active",
    "new": "New",
    "broken": "Broken",
    "ended": "Ended",
    "alarmed": "New",
    "joined": "Joined",
    "gone": "Left",
    "known_bad": "Confirmed",
    "sharers": "Shared by",
    "transfers": "Transfers",
    "pattern_number": "Pattern",
    "rank": "Rank",
    "accounts_held": "Accounts held",
    "accounts_left": "Largest part left",
}
MONEY = {
    "moved": "Moved",
    "at_risk": "At risk",
    "received": "Received",
    "sent": "Sent to others",
    "cashed_out": "Cashed out",
    "frozen": "Held or frozen",
    "amount": "Amount",
}
HELPS = {
    "moved": "What left its accounts to the outside while they were in it",
    "at_risk": "What came in over its accounts and has not left yet, if it stands",
    "sharers": "How many accounts shared it by then; the fewer, the more it says",
}


def ring_columns(unit: str) -> Mapping[str, Any]:
    """Return Streamlit's column_config for every column about rings; amounts are in `unit`."""
    return _columns(unit, st.context.timezone or "UTC")


@lru_cache(maxsize=64)
def _columns(unit: str, zone: str) -> Mapping[str, Any]:
    config = st.column_config
    spoken_columns = {
        name: config.SelectboxColumn(
            title,
            options=list(said),
            format_func=partial(_said, said),
            width=TIE_PIXELS if name == "kind" else SPOKEN_PIXELS,
        )
        for name, (title, said) in SPOKEN.items()
    }
    return {
        **columns(unit),
        **{name: config.TextColumn(title) for name, title in TEXTS.items()},
        **spoken_columns,
        # Days of snapshots begin at 00:00 UTC: in the viewer's zone some would fall on the day before.
        **{name: config.DateColumn(f"{title} (UTC)", format="YYYY-MM-DD") for name, title in DAYS.items()},
        **{
            name: config.NumberColumn(title, format="localized", help=HELPS.get(name))
            for name, title in COUNTS.items()
        },
        **{
            name: config.NumberColumn(f"{title}, {unit}", format="localized", help=HELPS.get(name))
            for name, title in MONEY.items()
        },
        "occurred_at": config.DatetimeColumn(f"When ({zone})", format="YYYY-MM-DD HH:mm", timezone=zone),
        "grown": config.NumberColumn("Grown", format="%+d", help="More rings standing than a quarter ago"),
        "strength": config.NumberColumn("Strength", format="%.2f", help="Log-odds, when last seen"),
        "is_in": config.CheckboxColumn("In it", help="In the ring on the day shown"),
        "sentence": config.TextColumn("In words", width="large"),
    }


def _said(said: Mapping[str, str], name: object) -> str:
    return said.get(str(name), spoken(str(name)))
