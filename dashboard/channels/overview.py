"""All channels at a glance: four numbers, a row a channel, and who works which over the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import streamlit as st

from dashboard import drawer, state, theme
from dashboard.channels import coverage
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.follow_the_sun import follow_the_sun
from dashboard.desk.scene import DeskScene
from dashboard.drawer import Figure
from dashboard.formats import compact, exact
from dashboard.questions import channels as asking
from dashboard.questions.channels import Standing
from dashboard.tables import ROW_HEIGHT
from dashboard.viewer import local
from desk.channels.duty import on_duty
from desk.channels.forecast import HOURS, Foretold
from desk.channels.model import Channels

TABLE = "channel_rows"
NOBODY = Standing("", 0, 0, 0, 0, 0, 0)
# Widths in pixels: what is counted is seen first on a narrow screen.
COLUMNS: tuple[tuple[str, str, str | None, int], ...] = (
    ("channel", "Channel", None, 186),
    ("live", "Live", None, 50),
    ("due_soon", "Due soon", None, 70),
    ("breached", "Breached", None, 70),
    ("forecast", f"Next {HOURS} h", "Cases foretold to breach; eight of ten runs lie within.", 90),
    ("worked_by", "Worked by", "Its own desk in its hours, else the next one that is open.", 186),
    ("staff", "On duty", "People at the desk that works the channel, and their shift.", 84),
    ("local", "Local time", "Where the channel's desk is.", 118),
    ("languages", "Languages", None, 110),
)


def draw(scene: DeskScene, config: Channels) -> None:
    """Draw the numbers, the table and the picture."""
    counts = asking.channel_counts(scene.now)
    foretold = asking.forecast(scene.now)
    _numbers(scene.now, config, counts, foretold)
    with st.container(border=True, key="card_channels"):
        _table(scene.now, config, counts, foretold)
    with st.container(border=True, key="card_follow_the_sun"):
        zone = ZoneInfo(st.context.timezone or "UTC")
        named = local(scene.now)
        st.markdown(f"**Who works which channel** · your time, the line is now: {named}")
        found = coverage.stretches(config, scene.now)
        draw_chart(follow_the_sun(found, scene.now, zone, theme.current()), key="follow_the_sun")


def _numbers(
    now: datetime, config: Channels, counts: Mapping[str, Standing], foretold: Mapping[str, Foretold]
) -> None:
    everywhere = list(config.channels)
    shown = (
        ("live", "Live", sum(one.live for one in counts.values()), None, "Cases that need somebody."),
        (
            "due_soon",
            "Due soon",
            sum(one.due_soon for one in counts.values()),
            ["due_soon"],
            "Live cases with little of their service level left.",
        ),
        (
            "breached",
            "Breached",
            sum(one.breached for one in counts.values()),
            ["breached"],
            "Live cases past their service level; a paused case stands still.",
        ),
    )
    with st.container(border=True, horizontal=True, gap="large", key="channel_numbers"):
        for name, label, number, states, meaning in shown:
            with st.container(width="content", gap=None, key=f"channel_number_{name}"):
                st.html(f'<div class="wf-label">{label}</div>')
                rows = asking.cases_asked(now, everywhere, states)
                figure = Figure(label, compact(number), f"{exact(number)} cases", meaning, rows)
                drawer.number(figure, key=f"channels_{name}")
        with st.container(width="content", gap=None, key="channel_number_forecast"):
            st.html(f'<div class="wf-label">Foretold to breach in {HOURS} h</div>')
            expected = sum(one.expected for one in foretold.values())
            drawer.number(
                Figure(
                    f"Foretold to breach within {HOURS} hours",
                    f"{expected:.1f}",
                    f"{expected:.1f} cases on average",
                    "Cases that wait now, and new ones as in that hour of the week before, worked as fast as "
                    "each desk was measured to work while cases waited, by the people on duty.",
                    asking.cases_asked(now, everywhere, ["on_track", "at_risk", "due_soon"]),
                    caveats=("The rows are the live cases that have not breached.",),
                ),
                key="channels_forecast",
            )


def _table(
    now: datetime, config: Channels, counts: Mapping[str, Standing], foretold: Mapping[str, Foretold]
) -> None:
    rows = [row(slug, now, config, counts, foretold) for slug in config.channels]
    settings = st.column_config

    def picked() -> None:
        cells = st.session_state[TABLE].selection.cells
        if cells:
            state.change(channel=list(config.channels)[cells[0][0]])

    st.dataframe(
        pa.Table.from_pylist(rows),
        key=TABLE,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=ROW_HEIGHT * (len(rows) + 1) + 3,
        column_order=[name for name, *_ in COLUMNS],
        column_config={
            name: (
                settings.NumberColumn if name in ("live", "due_soon", "breached") else settings.TextColumn
            )(label, help=told, width=width)
            for name, label, told, width in COLUMNS
        },
        on_select=picked,
        selection_mode="single-cell",
        alt=f"{len(rows)} channels: local time, who works each, live cases, and what is foretold to breach.",
    )
    st.caption("Click a channel for its hours, people, service levels and escalation.")


def row(
    slug: str,
    now: datetime,
    config: Channels,
    counts: Mapping[str, Standing],
    foretold: Mapping[str, Foretold],
) -> Mapping[str, object]:
    """Return a channel's row of the table."""
    channel, duty = config.channel(slug), on_duty(config, slug, now)
    standing, next_hours = counts.get(slug, NOBODY), foretold.get(slug)
    return {
        "channel": channel.title,
        "local": coverage.clock_words(channel, now),
        "worked_by": coverage.worked_by(config, duty, now),
        "staff": coverage.staff_words(config, duty, now),
        "live": standing.live,
        "due_soon": standing.due_soon,
        "breached": standing.breached,
        "forecast": forecast_words(next_hours),
        "languages": ", ".join(channel.languages),
    }


def forecast_words(found: Foretold | None) -> str:
    """Say how many breaches are foretold, and what eight of ten runs hold: `2.3 (0 to 5)`."""
    if found is None:
        return "not known"
    if found.high == 0 and found.expected < 0.05:
        return "0"
    return f"{found.expected:.1f} ({found.low} to {found.high})"
