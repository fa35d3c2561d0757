"""Judging: every challenger's shadow against the champion, on what has matured by now; kept for the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.progress import Progress, Step
from data.rows import add_rows
from data.statement import read_statement
from data.store import Store
from scoring.calibration import Bools, Floats
from scoring.frame import first_row
from scoring.fraud import FRAUD
from scoring.planning import LONGEST_WAIT_SHARE, RIPE_SHARE, delay_of, know_truth, watermark_of
from scoring.policy import ALERT_BUDGET
from scoring.recipe import Recipe
from scoring.regional.comparing import Compared, Shadowed, compare
from scoring.regional.past import SQL
from scoring.regional.rule import Verdict, judge
from scoring.regional.tables import COMPARISONS
from scoring.threads import on_all_cores


@dataclass(frozen=True, slots=True)
class Matured:
    """Matured events (n,) of one area, by `key`, with the champion's score and their truth."""

    key: NDArray[np.int64]
    account: NDArray[np.int64]
    occurred_at: NDArray[np.datetime64]
    amount: Floats
    is_crime: Bools
    champion: Floats


@dataclass(frozen=True, slots=True)
class Judgement:
    """A challenger with its comparison and verdict; `since` to `until` is the matured part of its shadow."""

    model_version: str
    area: str
    since: datetime
    until: datetime
    compared: Compared
    verdict: Verdict


def maturity_of(cursor: duckdb.DuckDBPyConnection, recipe: Recipe, now: datetime) -> timedelta:
    """Answer one maturity window: within it nine in ten labels come, by the temporary table `truth`.

    Never more than LONGEST_WAIT_SHARE of the history there is.
    """
    found = first_row(cursor, "SELECT min(occurred_at) FROM spine")
    history = now - found[0] if found and found[0] else timedelta(0)
    return min(delay_of(cursor, recipe, RIPE_SHARE), LONGEST_WAIT_SHARE * history)


def judge_all(
    store: Store, progress: Progress, now: datetime | None = None, champion: Recipe = FRAUD
) -> list[Judgement]:
    """Judge every challenger on its matured shadow and keep comparison and verdict; answer them.

    `now` is the instant whose labels are known; the store's last event unless given.
    """
    cursor = store.cursor()
    try:
        moment = now or watermark_of(cursor)
        know_truth(cursor, moment, watermark_of(cursor))
        maturity = maturity_of(cursor, champion, moment)
        rows = cursor.execute(
            "SELECT model_version, area, trained_as_of FROM challengers ORDER BY area, trained_as_of, kind"
        ).fetchall()
        pairs = _pairs(cursor, rows, moment - maturity)
    finally:
        cursor.close()
    judged: list[Judgement] = []
    for one in on_all_cores(lambda pair: _judged(*pair, moment - maturity, maturity), pairs):
        judged.append(one)
        progress(Step("compare", len(judged), len(pairs), "challengers", one.area))
    with store.writing() as writer:
        _keep(writer, judged, moment)
    return judged


def _pairs(
    cursor: duckdb.DuckDBPyConnection, rows: Sequence[tuple[str, str, datetime]], until: datetime
) -> list[tuple[str, str, datetime, Shadowed]]:
    """Answer for each challenger its name, area, start and the events that it and the champion scored."""
    pairs = []
    known: tuple[str, datetime] | None = None
    for version, area, since in rows:
        if known != (area, since):
            matured, known = read_matured(cursor, area, since, until), (area, since)
        pairs.append((version, area, since, shadowed_by(cursor, version, matured)[0]))
    return pairs


def read_matured(cursor: duckdb.DuckDBPyConnection, area: str, since: datetime, until: datetime) -> Matured:
    """Read the area's matured events; the temporary table `truth` says what is known of them."""
    given = {"area": area, "since": since, "until": max(since, until)}
    found = cursor.sql(read_statement(SQL / "matured.sql").sql, params=given).to_arrow_table()
    return Matured(
        found.column("event_key").to_numpy(),
        found.column("account").to_numpy(),
        found.column("occurred_at").to_numpy(),
        found.column("amount").to_numpy(),
        found.column("is_crime").to_numpy(),
        found.column("champion").to_numpy(),
    )


def shadowed_by(
    cursor: duckdb.DuckDBPyConnection, version: str, matured: Matured
) -> tuple[Shadowed, NDArray[np.intp]]:
    """Answer the matured events that a challenger scored too, and which of `matured` they are."""
    table = cursor.execute(
        "SELECT event_key, score FROM shadow_scores WHERE model_version = ? ORDER BY event_key", [version]
    ).fetchnumpy()
    own, its = np.intersect1d(matured.key, table["event_key"], return_indices=True)[1:]
    return (
        Shadowed(
            matured.champion[own],
            np.asarray(table["score"], dtype=np.float64)[its],
            matured.is_crime[own],
            matured.account[own],
            matured.amount[own],
        ),
        own,
    )


def _judged(
    version: str, area: str, since: datetime, shadowed: Shadowed, until: datetime, maturity: timedelta
) -> Judgement:
    compared = compare(shadowed, ALERT_BUDGET)
    verdict = judge(compared, until - since, maturity)
    return Judgement(version, area, since, max(since, until), compared, verdict)


def _keep(cursor: duckdb.DuckDBPyConnection, judged: Sequence[Judgement], now: datetime) -> None:
    """Write comparisons and verdicts over those of before."""
    cursor.execute("DELETE FROM comparisons")
    cursor.execute("DELETE FROM verdicts")
    if not judged:
        return
    compared = pa.Table.from_pylist(
        [
            {"model_version": one.model_version, "measure": name, **asdict(measured)}
            for one in judged
            for name, measured in one.compared.measures.items()
        ]
    )
    add_rows(cursor, COMPARISONS, compared)
    for one in judged:
        cursor.execute(
            "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _verdict_row(one, now)
        )


def _verdict_row(one: Judgement, now: datetime) -> list[Any]:
    compared = one.compared
    return [
        one.model_version,
        one.area,
        now,
        one.since,
        one.until,
        compared.events,
        compared.cases,
        compared.clusters,
        compared.alerts,
        compared.slope,
        compared.champion_slope,
        one.verdict.verdict,
        one.verdict.is_worse,
        one.verdict.sentence,
    ]
