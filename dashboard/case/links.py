"""The ways to a case from other pages: from its account, from one of its events, from its ring."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.desk_records import follow
from dashboard.formats import literal
from dashboard.questions import case_links as questions


def account_line(account_id: str) -> None:
    """Draw in one line the case about an account that needs somebody; nothing where there is none."""
    follow()
    found = questions.live_case(account_id)
    if found is None:
        return
    with st.container(key="case_line", horizontal=True, vertical_alignment="center", gap="small"):
        hands = f"{literal(found.holder)} had it last" if found.holder else "nobody has it yet"
        st.markdown(
            f":material/work: A {found.severity} {found.kind} case about it is {found.status} "
            f"since {found.opened_at:%d %B %Y}; {hands}.",
            width="content",
        )
        open_button(found.case_id, key="crumb_case")


def event_button(event_id: str) -> None:
    """Draw the way to the case that holds an event; nothing where none does."""
    follow()
    case_id = questions.case_of_event(event_id)
    if case_id is not None:
        open_button(case_id, key="event_case", style="secondary")


def open_button(case_id: str, *, key: str, style: str = "tertiary") -> None:
    """Draw the button that opens a case."""
    st.button(
        f"Case {case_id}",
        key=key,
        type="secondary" if style == "secondary" else "tertiary",
        icon=":material/work:" if style == "secondary" else None,
        shortcut="K",
        on_click=state.go_later,
        args=("case",),
        kwargs={"case": case_id},
        width="stretch" if style == "secondary" else "content",
    )
