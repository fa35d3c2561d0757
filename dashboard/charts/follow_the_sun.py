"""Who works which channel over a day: one row a channel, its own desk, the desk that covers it, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, named_rows, upright

ROW_PIXELS = 24
AROUND_PIXELS = 64
WIDE_ENOUGH = timedelta(hours=3)
KINDS = {"own": "Its own desk", "other": "Another desk", "nobody": "Nobody"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time over which a channel (a row's name) is worked by one desk (its name); naive UTC."""

    row: str
    desk: str
    kind: str
    since: datetime
    until: datetime
    seats: int


def follow_the_sun(found: Sequence[Stretch], now: datetime, zone: ZoneInfo, palette: theme.Palette) -> Chart:
    """Draw stretches as bars in the zone of whoever looks, with a line at `now`; a bar names its channel."""
    rows = list(dict.fromkeys(one.row for one in found))
    traces = [_bars(name, [one for one in found if one.kind == name], rows, zone, palette) for name in KINDS]
    ends = [local(min(one.since for one in found), zone), local(max(one.until for one in found), zone)]
    figure = figure_of(
        [trace for trace in traces if trace["y"]],
        palette,
        AROUND_PIXELS + ROW_PIXELS * len(rows),
        x={
            "type": "date",
            "tickformat": "%H:%M",
            "dtick": 3 * 3_600_000,
            "range": [end.isoformat() for end in ends],
        },
        y=named_rows(rows),
        barmode="overlay",
        bargap=0.3,
        showlegend=True,
        legend={"orientation": "h", "y": 1.0, "yanchor": "bottom"},
        shapes=[upright(local(now, zone).isoformat(), {"color": palette.text, "width": 1})],
    )
    return Chart(figure, _words(found, now))


def local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return a naive UTC instant in a zone, naive: plotly knows no zones."""
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _bars(
    name: str, found: Sequence[Stretch], rows: Sequence[str], zone: ZoneInfo, palette: theme.Palette
) -> Part:
    quiet = theme.translucent(palette.muted, 0.3)
    colour = {"own": palette.accent, "other": quiet, "nobody": palette.red}[name]
    return {
        "type": "bar",
        "orientation": "h",
        "name": KINDS[name],
        "y": [rows.index(one.row) for one in found],
        "base": [local(one.since, zone).isoformat() for one in found],
        "x": [(one.until - one.since) / timedelta(milliseconds=1) for one in found],
        "customdata": [
            [
                one.row,
                one.desk,
                f"{local(one.since, zone):%H:%M}-{local(one.until, zone):%H:%M}",
                one.seats,
            ]
            for one in found
        ],
        # The name of a desk that covers, where there is room for it.
        "text": [
            one.desk if name == "other" and one.until - one.since >= WIDE_ENOUGH else "" for one in found
        ],
        "textposition": "inside",
        "insidetextanchor": "start",
        "textangle": 0,
        "insidetextfont": {"color": palette.text, "size": 11},
        "marker": {"color": colour, "line": {"width": 0}},
        "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]}, %{customdata[2]}"
        "<br>%{customdata[3]} on duty<extra></extra>",
    }


def _words(found: Sequence[Stretch], now: datetime) -> str:
    present = [one for one in found if one.since <= now < one.until]
    said = "; ".join(f"{one.row}: {one.desk}" for one in present)
    return f"Who works each channel over 24 hours. Now: {said}."
