"""What a person chooses on the log: who, what, words, days, approval; all of it in the address."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import state
from dashboard.questions import audit_log, words
from dashboard.questions.audit_log import APPROVALS, CLOCKS, LOG_ROLES, ROLE_MARK, Chosen

NAMES = ("who", "action", "kind", "find", "since", "until", "clock", "status", "sheet", "line")


def draw(chosen: Chosen) -> None:
    """Draw the filters in one row, those used seldom behind a button."""
    there = audit_log.choices()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="audit_choice"):
        _find(chosen)
        roles = [f"{ROLE_MARK}{role}" for role in there["role"]]
        _one("Who", "who", [*roles, *there["person"]], chosen.who, "Anybody", 190)
        _one("Action", "action", there["action"], chosen.action, "Any action", 170)
        _one("Kind", "kind", there["kind"], chosen.kind, "Anything", 150)
        _days(chosen)
        with st.popover("More", icon=":material/tune:", key="audit_more"):
            state.pick("Days are", list(CLOCKS), name="clock", words=lambda name: CLOCKS[name])
            state.pick(
                "Approval",
                list(APPROVALS),
                name="status",
                words=lambda name: APPROVALS[name],
                anything="With or without",
            )
        if chosen.is_narrowed:
            st.button("Clear", key="audit_clear", type="tertiary", on_click=clear)


def clear() -> None:
    """Take every filter out of the address."""
    state.change(**dict.fromkeys(NAMES))


def said(name: str) -> str:
    """Say a choice as a person does."""
    if name.startswith(ROLE_MARK):
        role = name.removeprefix(ROLE_MARK)
        return f"Role: {LOG_ROLES.get(role, role)}"
    return name


def _find(chosen: Chosen) -> None:
    st.session_state["audit_find"] = chosen.find

    def write() -> None:
        found = str(st.session_state["audit_find"]).strip() or None
        state.change(find=found, sheet=None, line=None)

    st.text_input(
        "Find",
        key="audit_find",
        placeholder="Find id, approval, words",
        help=f"Up to {audit_log.MOST_WORDS} words in any order, in ids, names, reasons, before and after.",
        on_change=write,
        icon=":material/search:",
        width=210,
        label_visibility="collapsed",
    )


def _one(label: str, name: str, offered: list[str], chosen: str, anything: str, width: int) -> None:
    """Draw a choice of one, kept in the address as `name`; what is chosen there is offered in any case."""
    key = f"audit_{name}"
    st.session_state[key] = chosen

    def write() -> None:
        state.change(**{name: st.session_state[key] or None}, sheet=None, line=None)

    is_of_words = name in ("action", "kind")
    st.selectbox(
        label,
        list(dict.fromkeys(["", *offered, chosen])),
        format_func=lambda one: (words.spoken(one) if is_of_words else said(one)) if one else anything,
        key=key,
        on_change=write,
        label_visibility="collapsed",
        width=width,
    )


def _days(chosen: Chosen) -> None:
    for label, name, value in (("From", "since", chosen.since), ("To", "until", chosen.until)):
        key = f"audit_{name}"
        st.session_state[key] = value

        def write(name: str = name, key: str = key) -> None:
            day = st.session_state[key]
            state.change(**{name: day.isoformat() if isinstance(day, date) else None}, sheet=None, line=None)

        st.date_input(
            label, key=key, on_change=write, format="YYYY-MM-DD", width=128, label_visibility="collapsed"
        )
