"""Cases that somebody let go of just now: Next passes them over, in the queue and on a case's page."""

from __future__ import annotations

import streamlit as st

_KEY = "case_skipped"
# Of the session; what was let go of longer ago may be offered again.
_KEPT = 20


def skipped() -> list[str]:
    """Return the cases that are passed over, the one let go of last at the end."""
    found: list[str] = st.session_state.get(_KEY, [])
    return list(found)


def skip(case_id: str) -> None:
    """Pass a case over from here on."""
    st.session_state[_KEY] = [*skipped(), case_id][-_KEPT:]


def skip_none() -> None:
    """Offer again what was let go of."""
    st.session_state[_KEY] = []
