"""The written empty states of rings: what a ring needs, and what to do."""

from __future__ import annotations

import streamlit as st

from dashboard.formats import counted
from dashboard.questions import rings
from dashboard.questions.period import Period

NEEDS = (
    "A ring is at least three accounts that hang together by two kinds of tie or one strong one: a shared "
    "device, a network address that few share, the same payout or source address, a referral, the same face, "
    "direct transfers, or the same minutes. So events must name devices (`device_id`), network addresses "
    "(`ip`) and counterparties; labels help to weigh the ties, and the rarity of sharing stands in for them."
)


def draw(period: Period) -> None:
    """Draw why there is no ring to show, and the next step."""
    there = rings.rings_there()
    if there.rings:
        st.markdown(
            f"{counted(there.rings, 'ring')} raised the first alarm after {period.name}. Choose a later "
            "period above."
        )
        return
    draw_needs()


def draw_needs() -> None:
    """Draw what a store without any ring lacks."""
    there = rings.rings_there()
    if there.candidates:
        st.markdown(
            f"{counted(there.candidates, 'group')} of tied accounts were looked at, and none reached the "
            "alarm. More events or labels may change that: load them, then run `watchfloor score`."
        )
    else:
        st.markdown("No accounts of this store are tied. Run `watchfloor score`, which looks for rings.")
    st.markdown(NEEDS)
    st.caption("`watchfloor doctor` says which columns are missing in what was loaded.")
