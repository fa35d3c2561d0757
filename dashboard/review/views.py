"""The pieces that the Quarterly review is drawn from: cards, tables whose rows open, places, export.

A row of a table cannot open the drawer in its callback; it names itself, and `open_picked` does it at the
end of the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from urllib.parse import quote

import pyarrow as pa
import streamlit as st

from dashboard import cards, drawer, reader, state, theme
from dashboard.facts import Facts
from dashboard.formats import literal, percent
from dashboard.measures.quarter import Quarter
from dashboard.questions.measures import WORLD, Reading
from dashboard.review import report
from dashboard.review.drawings import Panel, coloured, weeks
from dashboard.review.figures import Line, line_of
from dashboard.review.model import Review
from dashboard.tables import ROW_HEIGHT, Asked

PICKED = "review_picked"
MIME = {
    "pdf": "application/pdf",
    "html": "text/html",
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
}
ICONS = {"pdf": "picture_as_pdf", "html": "html", "csv": "csv", "parquet": "table"}
TABLE_HEIGHT = 620


def against(known: Facts, quarter: Quarter) -> None:
    """Draw the choice of the quarter compared with: any other one of the store, the one before by default."""
    others = {str(found): found for found in (*known.quarters, quarter.previous) if found != quarter}
    ordered = sorted(others, reverse=True)
    state.pick(
        "Against",
        ordered,
        name="base",
        default=str(quarter.previous),
        words=lambda text: f"against {others[text].name}",
        show_label=False,
    )


def export(review: Review) -> None:
    """Draw the button with the four files; each is made when it is asked for."""
    with st.popover("Export", icon=":material/download:"):
        for form in report.FORMS:
            st.download_button(
                form.upper() if form != "parquet" else "Parquet",
                data=reader.bound(partial(report.as_bytes, review, form)),
                file_name=report.file_name(review, form),
                mime=MIME[form],
                key=f"review_{form}",
                on_click="ignore",
                type="tertiary",
                icon=f":material/{ICONS[form]}:",
            )
        st.caption("Made when asked for, some seconds each: all rows behind the figures are hashed.")


def measure_card(reading: Reading, review: Review) -> None:
    """Draw one measure as a card; one that is not measured yet says why."""
    if reading.is_measured:
        cards.measure_card(reading, review.period, review.money_unit)
        return
    with st.container(border=True, key=f"card_{reading.measure.name}"):
        st.html(f'<div class="wf-label">{escape(cards.title(reading.measure, review.money_unit))}</div>')
        st.caption(reading.refusal or "Not measured yet.")


def conditions(review: Review) -> None:
    """Draw the rule of the verdict: each condition, and whether it held."""
    if not review.verdict.reasons:
        st.caption("There is nothing to judge: no incident is known in one of the quarters.")
        return
    rows = "".join(
        f'<tr><th scope="row" class="{"yes" if held else "no"}">'
        f"{'Holds' if held else 'Does not hold'}</th><td>{escape(words)}</td></tr>"
        for held, words in review.verdict.reasons
    )
    st.html(f'<table class="wf-facts conditions"><tbody>{rows}</tbody></table>')


def figure_table(lines: Sequence[Line], review: Review, *, key: str, first: str = "Measure") -> None:
    """Draw `lines` as a table; a click on a row opens the drawer of its figure."""
    if not lines:
        st.caption("No figure for this choice. Choose another region or quarter.")
        return
    period = review.period
    config = st.column_config
    arrived = ["" if line.arrived is None else percent(line.arrived) for line in lines]

    def picked() -> None:
        cells = st.session_state[key].selection.cells
        if cells:
            st.session_state[PICKED] = lines[cells[0][0]]

    table = pa.table(
        {
            "title": [line.place if first == "Region" else line.title for line in lines],
            "place": [line.place for line in lines],
            "shown": [line.shown for line in lines],
            "base_shown": [line.base_shown for line in lines],
            "change": [line.change for line in lines],
            "interval": [line.interval for line in lines],
            "arrived": arrived,
            "said": [line.said for line in lines],
        }
    )
    shown = ["title", "shown", "base_shown", "change", "interval", "arrived", "said"]
    if first != "Region" and any(line.region for line in lines):
        shown.insert(1, "place")
    if first == "Region":
        shown.remove("said")
    if not any(arrived):
        shown.remove("arrived")
    st.dataframe(
        table,
        key=key,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=min(ROW_HEIGHT * (len(lines) + 1) + 3, TABLE_HEIGHT),
        column_order=shown,
        column_config={
            "title": config.TextColumn(first, width=190),
            "place": config.TextColumn("Where"),
            "shown": config.TextColumn(period.name, alignment="right"),
            "base_shown": config.TextColumn(period.base.name, alignment="right"),
            "change": config.TextColumn("Change", help="Per exposure, with its 95 % interval"),
            "interval": config.TextColumn("95 % interval"),
            "arrived": config.TextColumn("Labels arrived", alignment="right"),
            "said": config.TextColumn("In words", width="large"),
        },
        on_select=picked,
        selection_mode="single-cell",
        alt=f"{len(lines)} figures of {period.name} against {period.base.name}. A row opens its drawer.",
    )


def place_cards(found: Sequence[tuple[Panel, Reading | None]], review: Review, measure: str) -> None:
    """Draw one small picture a place, with its number to click; a sum of places has none."""
    colours = theme.variables(theme.current().kind)
    split = review.period.starts.date()
    for column, (panel, reading) in zip(st.columns(len(found), gap="small"), found, strict=True):
        with column, st.container(border=True, key=f"card_place_{panel.name.lower().replace(' ', '_')}"):
            st.html(f'<div class="wf-label">{escape(panel.name)}</div>')
            if reading is None or not reading.is_measured:
                st.html(f'<div class="wf-number">{escape(panel.shown)}</div>')
            else:
                figure = cards.figure_of(reading, review.period, review.money_unit)
                drawer.number(figure, key=f"{measure}_{reading.region}_{reading.country}")
            said = f"<b style='color:{cards.COLOURS[panel.tone]}'>{escape(panel.change)}</b>"
            interval = line_of(reading, review).interval if reading else "no interval for a sum"
            picture = coloured(weeks(panel, split), colours)
            words = f"{panel.name} by week: {panel.shown}, {panel.change or 'no interval'}."
            st.html(
                f'<div class="wf-change">{said} <span>{escape(interval)}</span></div>'
                f'<img class="wf-weeks" src="data:image/svg+xml,{quote(picture)}" alt="{escape(words)}">'
            )


def cells(rows: Sequence[Sequence[str]], columns: Sequence[str], first: str) -> None:
    """Draw a small table of texts, the row's name first."""
    head = "".join(f'<th scope="col">{escape(name.capitalize())}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    st.html(
        f'<table class="wf-facts cells"><thead><tr><th scope="col">{escape(first)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def rows_button(review: Review, block: str, title: str) -> None:
    """Draw the button that opens the SQL and rows behind a block, where the review names its question."""
    asked = review.questions.get(block)
    if asked is not None:
        drawer.button(_asked_figure(title, "", asked), key=f"review_{block}")


def open_picked(review: Review) -> None:
    """Open the drawer of the row that was clicked, if one was."""
    line = st.session_state.pop(PICKED, None)
    if not isinstance(line, Line):
        return
    reading = _reading_of(line, review)
    if reading is not None and reading.is_measured:
        drawer.show(cards.figure_of(reading, review.period, review.money_unit))
    elif line.asked is not None:
        drawer.show(_asked_figure(f"{line.title}, {review.period.name}", line.shown, line.asked))
    else:
        st.toast(literal(line.said or "There are no rows behind this figure."))


def _reading_of(line: Line, review: Review) -> Reading | None:
    places: Mapping[str, Reading] = review.readings.get(line.measure, {})
    return places.get(line.region or WORLD) if line.block == "measure" and not line.country else None


def _asked_figure(title: str, shown: str, asked: Asked) -> drawer.Figure:
    return drawer.Figure(
        title=title, shown=shown, exact=shown or title, definition=asked.statement.sentence, rows=asked
    )
