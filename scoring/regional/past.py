"""The past that challengers learn from: all known crime, a sample of the innocent, every area at once.

One reading serves every area and kind, so that an area retrained alone gets the very models that it gets
when all are retrained.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from data.errors import ModelError
from data.statement import read_statement
from scoring.calibration import Bools, Floats
from scoring.frame import Frame, read_frame
from scoring.planning import Plan, know_truth, make_plans, watermark_of
from scoring.recipe import Recipe
from scoring.regional.kinds import LOCAL, POOLED, REGION_FEATURES
from scoring.selective.selecting import know_selection

SQL = Path(__file__).with_name("sql")
# Innocent events of all areas that are read: some 25,000 of each of eleven areas, which a model of one area
# can learn from; and what two cores describe in seconds.
MOST_INNOCENT = 250_000
# An area's events count as so many of another's.
AREA_WEIGHT = 5
# Innocents of all areas that grow trees beside the area's own: ten for each case of crime; 50,000
# rank nearly as well as 100,000 (`scoring/fitting.py`).
INNOCENTS_OF_CASE = 10
MOST_OTHERS = 50_000


@dataclass(frozen=True, slots=True)
class Past:
    """What was known at `plan.as_of`: `frame` with the area as its region, one in `every` of the innocent.

    `cases` and `events` count the window's by area, unsampled.
    """

    plan: Plan
    frame: Frame
    every: int
    cases: dict[str, int]
    events: dict[str, int]

    @property
    def is_newer(self) -> Bools:
        """Which rows (n,) are of the newer part, which calibrates and measures."""
        newer: Bools = self.frame.occurred_at >= np.datetime64(self.plan.cut)
        return newer

    @property
    def one_in(self) -> int:
        """Of how many innocents that were read one grows trees, where the area does not count more."""
        cases = int(self.frame.is_crime.sum())
        others = min(MOST_OTHERS, INNOCENTS_OF_CASE * cases)
        return max(1, (len(self.frame) - cases) // max(1, others))

    def rows_of(self, area: str, kind: str, among: Bools) -> NDArray[np.int64]:
        """Answer the rows that a kind's trees of an area grow on, of those `among`; some of them repeated.

        Where the area counts more, its innocents are drawn that much denser than others', or repeated when
        all are drawn already; its cases are repeated.
        """
        is_here = self.frame.region == area
        if kind == LOCAL:
            return np.flatnonzero(among & is_here)
        if kind not in (REGION_FEATURES, POOLED):
            raise ValueError(f"no kind of challenger is called {kind}")
        weight = AREA_WEIGHT if kind == POOLED else 1
        is_crime = self.frame.is_crime
        times = np.where(is_crime, np.where(is_here, weight, 1), 0)
        for part, share in (
            (~is_crime & ~is_here, 1 / self.one_in),
            (~is_crime & is_here, weight / self.one_in),
        ):
            times[part] = np.diff(np.floor(np.arange(part.sum() + 1) * share + 1e-9))
        return np.repeat(np.arange(len(times)), np.where(among, times, 0))

    def matrix_of(self, rows: NDArray[np.int64], area: str, recipe: Recipe) -> Floats:
        """Answer the features (n, f) of a kind's recipe for `rows`; its last says which are of the area."""
        known = self.frame.matrix[rows]
        if len(recipe.features) == known.shape[1]:
            return known
        is_here = (self.frame.region[rows] == area).astype(np.float64)
        return np.column_stack([known, is_here])


def read_past(cursor: duckdb.DuckDBPyConnection, recipe: Recipe, as_of: datetime) -> Past:
    """Read what a challenger may learn from at `as_of`; leaves the temporary table `truth` of that instant.

    Raises ModelError where the labels allow no model at that instant, or say crime of accounts without times.
    """
    plan = make_plans(cursor, recipe, as_of)[-1]
    if plan.is_by_account:
        raise ModelError(
            "There is no telling what was known when: labels are said of accounts, without times.",
            where=f"labels known by {as_of:%Y-%m-%d}",
            possible="labels with the time at which they became known",
            to_do="Do with the global model, or load labels with `known_at`.",
        )
    know_truth(cursor, as_of, watermark_of(cursor))
    know_selection(cursor, as_of)
    given = {"since": plan.window_from, "until": plan.window_to}
    counted = cursor.execute(
        read_statement(SQL / "supply.sql").sql, given | {"streams": list(recipe.streams)}
    ).fetchall()
    innocent = sum(events - cases for _, events, cases in counted)
    every = max(1, -(-innocent // MOST_INNOCENT))
    frame = read_frame(cursor, SQL / "past.sql", given | {"every": every}, recipe.names)
    return Past(
        plan,
        frame,
        every,
        {area: cases for area, _, cases in counted},
        {area: events for area, events, _ in counted},
    )
