"""The table of places beside the map: the same numbers to read, to sort, to choose from and to take away."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import streamlit as st

from dashboard.cards import change_words, title
from dashboard.questions.measures import WORLD, Reading
from dashboard.questions.period import Period
from dashboard.questions.words import country as country_name
from dashboard.questions.words import region as region_name

ROW_HEIGHT = 30


def places_table(readings: Mapping[str, Reading], period: Period, *, by_country: bool) -> pa.Table:
    """Return one row a place, the largest value first; changes are per cent, null where there is none."""
    name = country_name if by_country else region_name
    ordered = sorted(
        ((place, reading) for place, reading in readings.items() if place != WORLD),
        key=lambda item: (-item[1].value, item[0]),
    )
    return pa.table(
        {
            "code": pa.array([place for place, _ in ordered], pa.string()),
            "place": pa.array([name(place) for place, _ in ordered], pa.string()),
            "value": pa.array([r.value for _, r in ordered], pa.float64()),
            "previous": pa.array([r.previous for _, r in ordered], pa.float64()),
            "change": pa.array(
                [_percent(r.change.ratio if r.change else None) for _, r in ordered], pa.float64()
            ),
            "low": pa.array([_percent(r.change.low if r.change else None) for _, r in ordered], pa.float64()),
            "high": pa.array(
                [_percent(r.change.high if r.change else None) for _, r in ordered], pa.float64()
            ),
            "verdict": pa.array([change_words(r, period).size for _, r in ordered], pa.string()),
            "interval": pa.array([change_words(r, period).detail for _, r in ordered], pa.string()),
            "per_thousand": pa.array([r.per_thousand for _, r in ordered], pa.float64()),
            "weeks": pa.array([[value for _, value in r.weeks] for _, r in ordered], pa.list_(pa.float64())),
        }
    )


def draw_places(
    readings: Mapping[str, Reading],
    period: Period,
    unit: str,
    *,
    key: str,
    by_country: bool,
    height: int,
    on_pick: Callable[[str], None],
) -> None:
    """Draw the places; a click on a row calls `on_pick` with its slug or letters."""
    table = places_table(readings, period, by_country=by_country)
    if table.num_rows == 0:
        st.caption("No place has this measure in this period. Choose another measure or period.")
        return
    measure = next(iter(readings.values())).measure

    def picked() -> None:
        # A click anywhere in the row counts, so that no column of check boxes is needed.
        cells = st.session_state[key].selection.cells
        if cells:
            on_pick(str(table.column("code")[cells[0][0]].as_py()))

    st.dataframe(
        table,
        key=key,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=min(height, ROW_HEIGHT * (table.num_rows + 1) + 3),
        column_order=("place", "value", "verdict", "interval", "weeks", "per_thousand"),
        column_config=_columns(period.name, measure.exposure, by_country=by_country),
        on_select=picked,
        selection_mode="single-cell",
        alt=f"{title(measure, unit)} in {period.name} by place, {table.num_rows} rows, the largest first.",
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        one, many = ("country", "countries") if by_country else ("region", "regions")
        st.caption(
            f"{table.num_rows} {one if table.num_rows == 1 else many}. A row opens it.", width="stretch"
        )
        st.download_button(
            "CSV",
            data=lambda: as_csv(table),
            file_name=f"{measure.name}_{period.quarter}.csv",
            mime="text/csv",
            key=f"{key}_csv",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def as_csv(table: pa.Table) -> bytes:
    """Return the places as CSV, without the weeks, which are a list."""
    buffer = io.BytesIO()
    pa_csv.write_csv(table.drop_columns(["weeks"]), buffer)
    return buffer.getvalue()


def _columns(value: str, exposure: str | None, *, by_country: bool) -> dict[str, Any]:
    config = st.column_config
    rate_help = f"For each 1,000 {exposure}" if exposure else "Counted at one instant: it has no rate"
    return {
        "place": config.TextColumn("Country" if by_country else "Region"),
        "value": config.NumberColumn(value, format="compact", width=70),
        "verdict": config.TextColumn("Change", help="Against the quarter before, by rate"),
        "interval": config.TextColumn("95 % interval", width=110),
        "per_thousand": config.NumberColumn("Per 1,000", format="%.2f", help=rate_help),
        "weeks": config.AreaChartColumn("Weeks", width="small", y_min=0),
    }


def _percent(ratio: float | None) -> float | None:
    return None if ratio is None or not math.isfinite(ratio) else 100 * (ratio - 1)
