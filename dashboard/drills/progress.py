"""Who trains, and how they do: one's own drills, and for whoever leads a desk everybody's by typology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from dashboard import state, tables, theme
from dashboard.cards import sparkline
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import duration, literal
from dashboard.questions import monitoring, words
from dashboard.questions.drills import history, history_asked, people_asked, people_trained, progress_asked
from desk.actors import TRAIN
from desk.drills.drawing import NO_CRIME
from desk.people import people

# A desk of the field trains each quarter.
LONG_AGO = timedelta(days=90)
# What of a drill is on the screen; its seed and its id are in the export.
HISTORY = (
    "begun_at", "status", "answered", "cases", "correct", "points", "median_seconds", "colleague_seconds",
)  # fmt: skip
NO_CRIME_SAID = "No crime"


def draw_own(scene: DeskScene) -> None:
    """Draw the drills of whoever looks, with what came of each."""
    rows = history(scene.actor.name)
    with st.container(border=True, key="card_drill_history"):
        st.markdown("**Your drills**")
        if not rows:
            st.caption("None yet. Your points, decisions and times stand here after the first.")
            return
        st.caption(trend_words(rows))
        done = tuple(float(row["points"]) for row in reversed(rows) if row["status"] == "finished")
        if len(done) > 1:
            st.html(sparkline(done, trend_words(rows), theme.current().accent))
        tables.show(
            history_asked(scene.actor.name),
            key="drill_history",
            columns=_columns(),
            order=HISTORY,
            on_pick=lambda row: state.change(drill=str(row["drill_id"]), turn=None),
        )


def trend_words(rows: Sequence[Mapping[str, Any]]) -> str:
    """Say how the points of finished drills went, the newest first in `rows`."""
    done = [float(row["points"]) for row in rows if row["status"] == "finished"]
    if len(done) < 2:
        return "Click a drill for its cases. A trend shows from the second finished one on."
    return (
        f"Points of the last {min(len(done), 10)} finished drills, the oldest first: "
        f"{', '.join(f'{one:.0f}' for one in reversed(done[:10]))}. Click a drill for its cases."
    )


def draw_everybody() -> None:
    """Draw everybody's progress by typology, and who has not trained for long."""
    with st.container(border=True, key="card_drill_people"):
        st.markdown("**Who trains**")
        st.caption(waiting_words())
        tables.show(
            people_asked(),
            key="drill_people",
            columns=_columns(),
            empty="Nobody has finished a drill yet.",
        )
    with st.container(border=True, key="card_drill_progress"):
        st.markdown("**Right decisions by person and kind of crime**")
        st.caption("With Wilson's 95 % interval: of few cases it is wide. Skipped cases count as not right.")
        tables.show(
            progress_asked(),
            key="drill_progress",
            columns=_columns(),
            empty="Nobody has finished a drill yet.",
        )


def waiting_words() -> str:
    """Name the people who may train and have not finished a drill for long, or ever."""
    wall = desk_records().clock()
    last = {str(row["trainee"]): row["last_at"] for row in people_trained()}
    holders = [one.name for one in people(desk_records()) if one.actor.may(TRAIN)]
    names = list(dict.fromkeys([*holders, *last]))
    never = [literal(name) for name in names if last.get(name) is None]
    long = [
        f"{literal(name)} ({duration(wall - last[name], 1)} ago)"
        for name in names
        if last.get(name) is not None and wall - last[name] > LONG_AGO
    ]
    said = []
    if never:
        said.append(f"Never: {', '.join(never)}.")
    if long:
        said.append(f"Not for {LONG_AGO.days} days: {', '.join(long)}.")
    return " ".join(said) or f"Everybody trained within {LONG_AGO.days} days."


def _columns() -> Mapping[str, Any]:
    config = st.column_config
    zone = st.context.timezone or "UTC"
    times = {
        name: config.DatetimeColumn(title, format="YYYY-MM-DD HH:mm", timezone=zone)
        for name, title in (("begun_at", "Begun"), ("last_at", "Last"))
    }
    numbers = {
        "cases": "Cases",
        "answered": "Answered",
        "correct": "Right",
        "finished": "Finished",
        "abandoned": "Abandoned",
    }
    counts = {name: config.NumberColumn(title, format="localized") for name, title in numbers.items()}
    shares = {
        name: config.NumberColumn(title, format="percent")
        for name, title in (("share", "Share right"), ("low", "From"), ("high", "To"))
    }
    seconds = {
        "median_seconds": config.NumberColumn("Time, s", format="%.0f"),
        "colleague_seconds": config.NumberColumn("Colleagues, s", format="%.0f"),
        "points": config.NumberColumn("Points", format="%.0f"),
        "last_points": config.NumberColumn("Last points", format="%.0f"),
    }
    texts = {
        "trainee": config.TextColumn("Who"),
        "typology": config.SelectboxColumn(
            "Kind of crime",
            options=[NO_CRIME, *monitoring.typologies_known()],
            format_func=lambda name: NO_CRIME_SAID if name == NO_CRIME else words.spoken(str(name)),
        ),
        "status": config.TextColumn("Ended"),
        "drill_id": config.TextColumn("Drill"),
        "seed": config.NumberColumn("Seed", format="%d"),
    }
    return {**texts, **times, **counts, **shares, **seconds}
