"""The measures by part of a cut, as a table; a row opens the cases behind it, and a case its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from dashboard import state, tables
from dashboard.columns import columns as known_columns
from dashboard.desk.scene import DeskScene
from dashboard.formats import literal, local_time
from dashboard.measures.desk.asking import CUTS
from dashboard.measures.desk.desk_measure import FEWEST, DeskMeasure
from dashboard.questions import desk_measures, words
from dashboard.questions.desk_measures import DeskWindow
from desk.actors import SUPERVISE

_COUNT = {"opened": "Opened", "disposed": "Disposed of", "first_looks": "First looks", "live": "Live"}
_MORE = {"breached": "Breached", "reopened": "Reopened", "reviewed": "Second looks"}
_SHARES = {
    "false_share": "False positive",
    "looked_in_time": "Looked in time",
    "disposed_in_time": "Ended in time",
    "agreement": "Agree",
}
_OTHERS = {
    "alerts_per_case": ("Alerts a case", "%.2f"),
    "false_per_true": ("False per true", "%.2f"),
    "first_look_minutes": ("First look, min", "%.1f"),
    "disposition_hours": ("To end, h", "%.1f"),
    "disposition_hours_most": ("9 in 10, h", "%.1f"),
    "age_hours": ("Age, h", "%.1f"),
}

_TIMES = {
    "counted_at": "When",
    "opened_at": "Opened",
    "first_look_at": "First look",
    "closed_at": "Closed",
    "due_at": "Due",
}
# The columns of the rows behind a measure, as many of them as it has.
ROWS = (
    "counted_at",
    "case_id",
    "channel",
    "kind",
    "severity",
    "typology",
    "outcome",
    "clock",
    "analyst",
    "counted",
    "of_all",
    "due_at",
    "opened_at",
    "first_look_at",
    "closed_at",
    "status",
    "alerts",
    "merged_into",
    "reason",
)


def draw_parts(scene: DeskScene, window: DeskWindow, measure: DeskMeasure) -> None:
    """Draw the table by the chosen cut, and the cases of the chosen part."""
    with st.container(horizontal=True, vertical_alignment="center", key="parts_head"):
        st.markdown("**By**", width="content")
        cut = state.pick(
            "Cut",
            desk_measures.cuts_of(scene.actor),
            name="cut",
            words=lambda name: CUTS[name].title,
            style="segments",
            show_label=False,
        )
        if not scene.actor.may(SUPERVISE):
            st.caption("By analyst: for who leads a desk.", width="content")
    chosen = cut or "channel"
    tables.show(
        desk_measures.parts_asked(scene.actor, window, chosen),
        key=f"desk_parts_{chosen}",
        columns=_columns(chosen),
        order=["part", *_order()],
        height=330,
        on_pick=lambda row: state.change(part=str(row["part"])),
        empty="No case in this period and region.",
    )
    st.caption(
        f"Middles of fewer than {FEWEST} cases are left blank. A row opens its cases under {measure.title!r}."
    )
    part = state.current().part
    if part:
        _draw_cases(scene, window, measure, chosen, part)


def _draw_cases(scene: DeskScene, window: DeskWindow, measure: DeskMeasure, cut: str, part: str) -> None:
    with st.container(border=True, key="card_part_cases"):
        with st.container(horizontal=True, vertical_alignment="center"):
            said = literal(part_words(cut, part))
            st.markdown(f"**{measure.title}: {CUTS[cut].title.lower()} {said}**", width="stretch")
            st.button("Close", key="close_part", type="tertiary", on_click=lambda: state.change(part=None))
        tables.show(
            desk_measures.rows_asked(scene.actor, window, measure, cut, part),
            key="desk_part_rows",
            columns=case_columns(scene.known.money_unit),
            order=ROWS,
            height=330,
            on_pick=lambda row: state.go_later("case", case=str(row["case_id"])),
            empty="No case is counted here.",
        )


def part_words(cut: str, part: str) -> str:
    """Say a part of a cut as a person does."""
    if cut in ("channel", "region"):
        return words.region(part)
    return f"{part}:00" if cut == "hour" else part if cut == "analyst" else words.spoken(part)


def case_columns(unit: str) -> dict[str, Any]:
    """Return how columns of cases look."""
    config = st.column_config
    zone = st.context.timezone or "UTC"
    said = local_time(datetime(2025, 7, 1), zone).rpartition("(")[2].rstrip(")")
    return {
        **known_columns(unit),
        "case_id": config.TextColumn("Case"),
        "channel": config.SelectboxColumn("Channel", options=words.region_slugs(), format_func=_place),
        "kind": config.TextColumn("Kind"),
        "severity": config.TextColumn("Severity"),
        "analyst": config.TextColumn("Analyst"),
        "status": config.TextColumn("Status"),
        "clock": config.TextColumn("Clock"),
        "alerts": config.NumberColumn("Alerts", format="localized"),
        "counted": config.NumberColumn("Counted", format="%.4g"),
        "of_all": config.NumberColumn("Of", format="%.4g"),
        "expected_loss": config.NumberColumn(f"May be lost, {unit}", format="localized"),
        "reason": config.TextColumn("Words"),
        "merged_into": config.TextColumn("Merged into"),
        **{
            name: config.DatetimeColumn(f"{label} ({said})", format="YYYY-MM-DD HH:mm", timezone=zone)
            for name, label in _TIMES.items()
        },
    }


def _place(slug: object) -> str:
    return words.region(str(slug))


def _order() -> list[str]:
    return [
        "opened",
        "disposed",
        "alerts_per_case",
        "false_per_true",
        "false_share",
        "first_look_minutes",
        "disposition_hours",
        "disposition_hours_most",
        "looked_in_time",
        "disposed_in_time",
        "breached",
        "live",
        "reopened",
        "reviewed",
        "agreement",
    ]


def _columns(cut: str) -> dict[str, Any]:
    config = st.column_config
    part: Any = config.TextColumn(CUTS[cut].title, pinned=True)
    if cut in ("channel", "region"):
        part = config.SelectboxColumn(
            CUTS[cut].title,
            options=[*words.region_slugs(), "unknown", "several"],
            format_func=_place,
            pinned=True,
        )
    return {
        "part": part,
        **{name: config.NumberColumn(said, format="localized") for name, said in {**_COUNT, **_MORE}.items()},
        **{name: config.NumberColumn(said, format="percent") for name, said in _SHARES.items()},
        **{name: config.NumberColumn(said, format=form) for name, (said, form) in _OTHERS.items()},
    }
