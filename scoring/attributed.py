"""The effect of every dated regional measure in the store, worked out when events are scored.

Each measure is judged on its own, against the regions that never had one: a region under another measure is
no control.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from data.statement import read_statement

PANEL = Path(__file__).with_name("rollups") / "attribution_panel.sql"
FOUND = pa.schema(
    [
        ("intervention_id", pa.string()),
        ("title", pa.string()),
        ("place", pa.string()),
        ("starts_at", pa.timestamp("us")),
        ("ratio", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("pre_trend_p", pa.float64()),
        ("lead_weeks", pa.list_(pa.int32())),
        ("lead_ratios", pa.list_(pa.float64())),
        ("lead_lows", pa.list_(pa.float64())),
        ("lead_highs", pa.list_(pa.float64())),
        ("verdict", pa.string()),
    ]
)


def know_attributions(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> None:
    """Write the temporary table `found_attributions` of `cursor`, one row a measure of one place.

    `cursor` holds the rollups `daily` and `incidents`. A measure taken everywhere has nobody to be compared
    with, so it has no row.
    """
    interventions = cursor.execute(
        "SELECT intervention_id, title, coalesce(country, region) AS place, starts_at FROM interventions"
        " WHERE coalesce(country, region) IS NOT NULL ORDER BY starts_at, intervention_id"
    ).fetchall()
    rows: list[dict[str, Any]] = []
    if interventions:
        panel = cursor.execute(read_statement(PANEL).sql, {"watermark": watermark}).df()
        panel = panel.rename(columns={"place": "region", "incidents": "count"})
        treated = {place for _, _, place, _ in interventions}
        rows = [_effect(panel, treated, *one) for one in interventions]
    cursor.register("attributed", pa.Table.from_pylist(rows, schema=FOUND))
    cursor.execute("CREATE OR REPLACE TEMP TABLE found_attributions AS SELECT * FROM attributed")
    cursor.unregister("attributed")


def _effect(
    panel: pd.DataFrame, treated: set[str], name: str, title: str, place: str, starts_at: datetime
) -> dict[str, Any]:
    # A second of import that only stores with dated measures pay.
    from scoring.attribution import attribute  # noqa: PLC0415

    known: dict[str, Any] = {"intervention_id": name, "title": title, "place": place, "starts_at": starts_at}
    frame = panel[~panel["region"].isin(treated - {place})].copy()
    frame["week"] = pd.to_datetime(frame["week"])
    frame["starts"] = pd.NaT
    frame.loc[frame["region"] == place, "starts"] = pd.Timestamp(starts_at)
    try:
        found = attribute(frame)
    except ValueError as error:
        return known | {"verdict": f"Not measured: {error}."}
    return known | {
        "ratio": found.average.ratio,
        "low": found.average.low,
        "high": found.average.high,
        "pre_trend_p": found.pre_trend_p,
        "lead_weeks": [lead.first_week for lead in found.leads],
        "lead_ratios": [lead.ratio for lead in found.leads],
        "lead_lows": [lead.low for lead in found.leads],
        "lead_highs": [lead.high for lead in found.leads],
        "verdict": found.sentence(),
    }
