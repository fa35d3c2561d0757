"""What is published of requests: by quarter, and of one quarter by class, country and kind of authority.

Cells of fewer than FEWEST requests are pooled under Others, so that nobody reads out of the table that one
request exists. Users' own requests are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from dashboard import drawer, reader, state, tables
from dashboard.desk.scene import DeskScene
from dashboard.drawer import Figure
from dashboard.formats import compact, counted
from dashboard.questions import requests, words
from dashboard.questions.period import Period, shown_period
from dashboard.questions.requests import FEWEST, Chosen, Moment
from dashboard.requests import request_words
from desk.actors import SEE_REQUESTS, why_not
from desk.requests.state import CLASSES

OTHERS = "others"
_COUNTS = {
    "received": "Received",
    "valid": "Valid",
    "narrowed": "Narrowed",
    "refused": "Refused",
    "accounts": "Accounts",
}
_HELP = {
    "valid": "Every required check was passed and somebody stood by it",
    "narrowed": "Less was given than was asked for",
    "share_with_data": "Of information and emergency requests that ended: data were given, all or a part",
    "median_hours": "From coming in to the answer, nights included",
}


def draw(scene: DeskScene) -> None:
    """Draw the quarters, and the table of the header's one."""
    period = shown_period(state.current().period, scene.known)
    # Sums of few are pooled, so whoever may not see a single request may read these.
    with reader.summing():
        _draw_published(scene, period)


def _draw_published(scene: DeskScene, period: Period) -> None:
    with st.container(border=True, key="card_request_quarters"):
        st.markdown("**Requests of authorities by quarter**")
        tables.show(
            requests.quarters_asked(),
            key="request_quarters",
            columns={"quarter": st.column_config.DateColumn("Quarter", format="[Q]Q YYYY"), **columns()},
            height=190,
            alt="Requests of authorities by the quarter in which they came in.",
            empty="No request of an authority is known.",
        )
    with st.container(border=True, key="card_transparency"):
        _draw_cells(scene, period)


def _draw_cells(scene: DeskScene, period: Period) -> None:
    question = requests.transparency_asked(period)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"**By class, country and kind of authority, {period.name}**", width="stretch")
        _draw_total(scene, period)
    tables.show(
        question,
        key="transparency",
        columns={**_texts(), **columns()},
        height=420,
        alt=f"Requests of authorities received in {period.name}, by class, country and kind of authority.",
        empty=f"No request of an authority came in in {period.name}. Choose another period.",
    )
    over = "" if period.is_over else f" {period.name} is not over: many are still open."
    st.caption(
        f"Of all regions. Cells of fewer than {FEWEST} requests are pooled under Others. Requests of users "
        f"about their own accounts are not in it.{over}"
    )


def _draw_total(scene: DeskScene, period: Period) -> None:
    """Draw the sum of the table, with its rows for whoever may see single requests."""
    cells = requests.transparency(period)
    total = _sum(cells)
    if not scene.actor.may(SEE_REQUESTS):
        st.caption(why_not(scene.actor, SEE_REQUESTS), width="content")
        return
    if total is None:
        return
    moment = Moment(scene.now, None, period)
    figure = Figure(
        f"Received, {period.name}",
        compact(total),
        counted(total, "request"),
        "Requests of authorities that came in within the quarter: the sum of the table.",
        requests.asked(
            Chosen(status="all", order="newest"),
            moment,
            received_from=period.starts,
            received_before=period.ends,
        ),
        ("Rows are for who may see single requests; the table is what may be published.",),
        request_words.columns(scene.known.money_unit),
    )
    drawer.button(figure, key="transparency", label=f"{counted(total, 'request')}")


def _sum(cells: pa.Table) -> int | None:
    """Return how many requests the cells hold; None where there are too few to say."""
    found = pc.sum(cells["received"]).as_py()
    return None if found is None else int(found)


def columns() -> dict[str, Any]:
    """Return how the figures of a transparency table look."""
    config = st.column_config
    return {
        **{
            name: config.NumberColumn(label, format="localized", help=_HELP.get(name))
            for name, label in _COUNTS.items()
        },
        "share_with_data": config.NumberColumn("Data given", format="percent", help=_HELP["share_with_data"]),
        "median_hours": config.NumberColumn("Median hours", format="%.1f", help=_HELP["median_hours"]),
    }


def _texts() -> dict[str, Any]:
    config = st.column_config
    kinds: Mapping[str, str] = request_words.AGENCY_WORDS
    return {
        "request_class": config.SelectboxColumn(
            "Class",
            options=[*CLASSES, OTHERS],
            format_func=lambda name: "Others" if name == OTHERS else request_words.request_class(str(name)),
        ),
        "country": config.SelectboxColumn(
            "Country",
            options=[*words.country_codes(), OTHERS, "unknown"],
            format_func=lambda name: (
                words.spoken(str(name)) if len(str(name)) > 2 else words.country(str(name))
            ),
        ),
        "agency_kind": config.SelectboxColumn(
            "Kind of authority",
            options=[*kinds, OTHERS, "unknown"],
            format_func=lambda name: kinds.get(str(name), words.spoken(str(name))),
        ),
    }
