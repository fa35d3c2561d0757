"""The tab Log: every action of people and of the program, searched, paged, opened and exported."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from dashboard import reader, state, tables
from dashboard.audit import line_card, log_choice
from dashboard.desk.scene import DeskScene
from dashboard.formats import counted, exact
from dashboard.questions import audit_log
from dashboard.questions.audit_log import LISTED, ROWS_A_PAGE, Chosen, Page
from desk.actors import SEE_AUDIT, why_not

ENDINGS = {"csv": "CSV", "parquet": "Parquet", "jsonl": "JSON lines"}


def draw(scene: DeskScene) -> None:
    """Draw the filters, the line that is open, and one page of the lines that fit."""
    if not scene.actor.may(SEE_AUDIT):
        st.caption(why_not(scene.actor, SEE_AUDIT))
        return
    view = state.current()
    chosen = Chosen.of(view)
    log_choice.draw(chosen)
    number = audit_log.whole(view.line)
    if number is not None:
        line_card.draw(number)
    found = audit_log.page(chosen)
    if not found.rows:
        _nothing(chosen)
        return
    _draw_rows(found)
    _draw_foot(chosen, found)


def _draw_rows(found: Page) -> None:
    rows = found.rows

    def open_line() -> None:
        picked = st.session_state["audit_rows"].selection.cells
        if picked:
            state.change(line=str(rows[picked[0][0]]["number"]))

    st.dataframe(
        {name: [row[name] for row in rows] for name in LISTED},
        key="audit_rows",
        hide_index=True,
        row_height=tables.ROW_HEIGHT,
        height=min(tables.ROW_HEIGHT * (len(rows) + 1) + 3, 520),
        placeholder="\u2013",
        column_config=columns(),
        on_select=open_line,
        selection_mode="single-cell",
        alt=f"{counted(found.matching, 'line')} of the audit log, the newest first.",
    )


def _draw_foot(chosen: Chosen, found: Page) -> None:
    sheet = min(chosen.sheet, found.pages)
    first = (sheet - 1) * ROWS_A_PAGE + 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="audit_foot"):
        st.caption(
            f"{exact(first)} to {exact(first + len(found.rows) - 1)} of {counted(found.matching, 'line')}, "
            "the newest first. A click opens a line.",
            width="stretch",
        )
        for label, to, icon in (
            ("Newer", sheet - 1, ":material/chevron_left:"),
            ("Older", sheet + 1, ":material/chevron_right:"),
        ):
            st.button(
                label,
                key=f"audit_sheet_{label}",
                type="tertiary",
                icon=icon,
                disabled=not 1 <= to <= found.pages,
                on_click=partial(_turn, to),
            )
        whole = audit_log.asked(chosen)
        for ending, label in ENDINGS.items():
            st.download_button(
                label,
                data=reader.bound(partial(tables.exported, whole, ending)),
                file_name=f"audit_lines.{ending}",
                key=f"audit_export_{ending}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
                help=f"All {counted(found.matching, 'line')} that fit, whole",
            )


def _turn(to: int) -> None:
    state.change(sheet=None if to <= 1 else str(to))


def _nothing(chosen: Chosen) -> None:
    with st.container(border=True, key="audit_empty"):
        if chosen.is_narrowed:
            st.markdown("**No line fits these filters**")
            st.caption("Take some away, or look for fewer words.")
            st.button("Clear filters", key="audit_clear_here", on_click=log_choice.clear)
        else:
            st.markdown("**Nothing was done yet**")
            st.caption(
                "Every action of people and of the program becomes a line here, from the first one on."
            )


def columns() -> dict[str, Any]:
    """Return how the columns of the log look in a table."""
    config = st.column_config
    zone = st.context.timezone or "UTC"
    times = {"done_at": "When, by the data", "recorded_at": "Recorded, by the clock"}
    texts = {
        "actor": "Who",
        "role": "Role",
        "action": "Action",
        "object_kind": "Kind",
        "object_id": "Which",
        "approval_id": "Approval",
    }
    return {
        "number": config.NumberColumn("Line", format="localized", width=70),
        **{
            name: config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm:ss", timezone=zone)
            for name, label in times.items()
        },
        **{name: config.TextColumn(label) for name, label in texts.items()},
        "reason": config.TextColumn("Reason", width="large"),
    }
