"""How the columns of claims look in tables: words of the room, days, scores as bars."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from dashboard.columns import SPOKEN_PIXELS
from dashboard.freezes.look import look as money_look
from dashboard.questions.recoveries import KINDS, NEXT, OUTCOMES, STATUSES

SPOKEN: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "claim_kind": ("What went wrong", KINDS),
    "claim_status": ("Status", STATUSES),
    "claim_outcome": ("Outcome", OUTCOMES),
    "next_step": ("Next step", NEXT),
}

# The longest words of these: Waits for approval, Propose the payment.
WIDTHS: Mapping[str, int] = {"claim_status": 128, "next_step": 132}


def look(unit: str) -> Mapping[str, Any]:
    """Return Streamlit's column_config for the tables of claims; amounts are in `unit`."""
    config, common = st.column_config, money_look(unit)
    return {
        **common,
        **{
            name: config.SelectboxColumn(
                label,
                options=list(said),
                format_func=partial(_said, said),
                width=WIDTHS.get(name, SPOKEN_PIXELS),
            )
            for name, (label, said) in SPOKEN.items()
        },
        "claim_id": config.TextColumn("Claim"),
        "days": config.NumberColumn("Days", format="%.1f", help="From the claim to its end, or to now"),
        "claim_score": config.ProgressColumn(
            "False claim",
            format="percent",
            min_value=0,
            max_value=1,
            help="How likely it is a false claim, when it was claimed",
        ),
        "score": config.ProgressColumn("False claim", format="percent", min_value=0, max_value=1),
        "scored_by": config.TextColumn("Scored by"),
        "claimed_at": _renamed(common["opened_at"], "Claimed"),
        "challenge_until": _renamed(common["opened_at"], "Proof until"),
        "paid": config.NumberColumn("Recovered", format="localized", help=f"In {unit}"),
        "quarter": config.DateColumn("Quarter from"),
        "claims": config.NumberColumn("Claims"),
        "ended": config.NumberColumn("Ended"),
        "false_claims": config.NumberColumn("False claims"),
    }


def _renamed(column: Mapping[str, Any], label: str) -> Mapping[str, Any]:
    """Return a column under another name; the zone in brackets stays."""
    zone = str(column["label"]).partition("(")[2]
    return {**column, "label": f"{label} ({zone}"}


def _said(said: Mapping[str, str], name: object) -> str:
    return said.get(str(name), str(name))
