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

SQL = Path(__file__).with_name("sql")
# Innocent events of all areas that are read: some 25,000 of each of eleven areas, which is what a model of one
# area can learn from; and what two cores describe in seconds.
MOST_INNOCENT = 250_000
# An area's events count as so many of another's: its innocents are drawn that much denser, its cases repeated.
AREA_WEIGHT = 5
# With fewer innocents than this all are used; of more, one in AREA_WEIGHT of the other areas' grows the trees,
# still more than the 30,000 that rank nearly as well as all (`scoring/fitting.py`).
FEWEST_THINNED = 150_000


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
        return AREA_WEIGHT if int((~self.frame.is_crime).sum()) > FEWEST_THINNED else 1

    def rows_of(self, area: str, kind: str, among: Bools) -> NDArray[np.int64]:
        """Answer the rows that a kind's trees of an area grow on, of those `among`; repeated where they count.

        Where one in AREA_WEIGHT innocents of other areas is drawn, the area's own are drawn that much denser;
        where all are, the area's are repeated instead. Its cases are repeated in both.
        """
        is_here = self.frame.region == area
        if kind == LOCAL:
            return np.flatnonzero(among & is_here)
        is_crime = self.frame.is_crime
        is_drawn = np.zeros(len(self.frame), dtype=np.bool_)
        is_drawn[np.flatnonzero(~is_crime)[:: self.one_in]] = True
        if kind == REGION_FEATURES:
            return np.flatnonzero(among & (is_crime | is_drawn))
        if kind != POOLED:
            raise ValueError(f"no kind of challenger is called {kind}")
        once = among & (is_crime | is_drawn | is_here)
        innocent = np.where(is_here, AREA_WEIGHT // self.one_in, 1)
        times = np.where(is_crime & is_here, AREA_WEIGHT, innocent)[once]
        return np.repeat(np.flatnonzero(once), times)

    def matrix_of(self, rows: NDArray[np.int64], area: str, recipe: Recipe) -> Floats:
        """Answer the features (n, f) of a kind's recipe for `rows`, whether they are of the area among them."""
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
