"""One line of the log, opened: who did what and why, what changed, under which approval, and its hashes."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from dashboard import state
from dashboard.audit.difference import Part, difference
from dashboard.audit.objects import page_of
from dashboard.formats import exact, literal
from dashboard.questions import audit_log, words
from dashboard.questions.audit_log import LOG_ROLES
from dashboard.viewer import local

# Parts that did not change are shown below those that did, up to so many.
MOST_PARTS = 60


def draw(number: int) -> None:
    """Draw the line of that number, or that there is none."""
    found = audit_log.line(number)
    with st.container(border=True, key="card_audit_line"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**Line {exact(number)}**", width="stretch")
            for label, to in (("Line before", number - 1), ("Line after", number + 1)):
                st.button(
                    label, key=f"audit_{to}", type="tertiary", disabled=to < 1, on_click=partial(_open, to)
                )
            st.button("Close", key="audit_line_close", type="tertiary", on_click=partial(_open, None))
        if found is None:
            st.caption("There is no line of this number, or your role may not know of it.")
            return
        _draw_act(found)
        _draw_difference(difference(found["before"], found["after"]))
        if found["approval_id"]:
            _draw_approval(str(found["approval_id"]))
        _draw_link(found)


def _open(number: int | None) -> None:
    state.change(line=None if number is None else str(number))


def _draw_act(found: dict[str, Any]) -> None:
    kind, object_id = str(found["object_kind"]), str(found["object_id"])
    role = LOG_ROLES.get(str(found["role"]), str(found["role"]))
    action = words.spoken(str(found["action"])).lower()
    st.markdown(
        f"{literal(str(found['actor']))}, {literal(role)}, **{literal(action)}** "
        f"{literal(words.spoken(kind).lower())} {literal(object_id)}"
    )
    st.caption(
        f"At {local(found['done_at'])} by the data; recorded at {local(found['recorded_at'])} by the clock."
    )
    if found["reason"]:
        st.markdown(f"Reason: {literal(str(found['reason']))}")
    where = page_of(kind, object_id)
    if where is not None and st.button(
        f"Open the {words.spoken(where[0]).lower()}",
        key="audit_open",
        icon=":material/open_in_new:",
        type="tertiary",
    ):
        state.go(where[0], **where[1])


def _draw_difference(parts: list[Part]) -> None:
    if not parts:
        st.caption("Nothing is kept of before and after.")
        return
    changed = sum(part.is_changed for part in parts)
    st.dataframe(
        {
            "": ["changed" if part.is_changed else "same" for part in parts[:MOST_PARTS]],
            "What": [part.name for part in parts[:MOST_PARTS]],
            "Before": [part.before for part in parts[:MOST_PARTS]],
            "After": [part.after for part in parts[:MOST_PARTS]],
        },
        key="audit_difference",
        hide_index=True,
        row_height=28,
        height=min(28 * (min(len(parts), MOST_PARTS) + 1) + 3, 300),
        alt=f"{changed} of {len(parts)} parts changed.",
    )


def _draw_approval(approval_id: str) -> None:
    steps = audit_log.of_approval(approval_id)
    told = [
        f"{words.spoken(str(step['action'])).lower()} by {literal(str(step['actor']))} "
        f"(line {exact(int(step['number']))})"
        for step in steps
        if step["action"] in ("proposed", "approved", "rejected", "withdrawn", "used")
    ]
    st.markdown(f"Approval {literal(approval_id)}: {'; '.join(told) or 'its steps are not in the log'}.")


def _draw_link(found: dict[str, Any]) -> None:
    with st.expander("Hash and link", key="audit_hashes"):
        st.code(f"this line  {found['hash']}\nline before {found['previous_hash']}", language=None)
        st.caption(
            "The hash is SHA-256 over the line's other columns as JSON with sorted keys, that of the line "
            "before among them. The tab Proof walks all of them."
        )
