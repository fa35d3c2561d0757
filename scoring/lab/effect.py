"""The effect of a roll-out afterwards: difference in differences of weekly rates, beside what was foretold.

The area's rate after over its rate before, divided by the same ratio of the areas without a change (their
geometric mean). Its error is the larger of two: what the weeks of the area and of the others scatter, and how
far apart the others, to whom nothing happened, moved on their own (Conley and Taber 2011). With one area
treated the second is what matters: whatever else happened there looks the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np

from data.statement import read_statement
from scoring.calibration import Bools, Floats
from scoring.lab.draft import Draft
from scoring.lab.evidence import RIPE, Evidence
from scoring.lab.outcomes import WEEK
from scoring.planning import know_truth, watermark_of
from scoring.quality import Interval
from scoring.verification import verify

PANEL = Path(__file__).with_name("effect_panel.sql")
WEEKS_BEFORE = 12
FEWEST_CONTROLS = 3
FEWEST_WEEKS = 3
# What is measured, and the share of what it is a rate of.
MEASURED = ("alerts", "customers_hit", "loss", "loss_caught", "loss_missed", "wrongful_holds")
REPETITIONS = 400


@dataclass(frozen=True, slots=True)
class Panel:
    """Weeks of every area around an instant: `week` 0 begins there; each column (areas, weeks)."""

    areas: tuple[str, ...]
    weeks: tuple[int, ...]
    columns: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Measured:
    """What changed: the rate ratio against the areas without a change, with its 95 % interval.

    `before` and `after` are weekly means of the area itself; `controls` how many areas it is compared with.
    """

    name: str
    before: float
    after: float
    ratio: Interval
    controls: int

    @property
    def is_shown(self) -> bool:
        """Whether the interval leaves out that nothing changed."""
        return not self.ratio.low <= 1 <= self.ratio.high


@dataclass(frozen=True, slots=True)
class Reach:
    """Which share of the crime of a span rules of verification reach, with 95 % intervals.

    `loss` is of the value of crime about to leave, `customers` of those hit. It is the most that the rules
    can bring if crime that is stopped does not come back another way.
    """

    loss: Interval
    customers: Interval
    hit: int


def read_panel(cursor: duckdb.DuckDBPyConnection, starts_at: datetime, weeks_after: int) -> Panel | None:
    """Read the weeks around `starts_at`, as far after it as labels are ripe; None where there are too few."""
    now = watermark_of(cursor)
    ripe = min(weeks_after, (now - RIPE - starts_at) // WEEK)
    if ripe < FEWEST_WEEKS:
        return None
    know_truth(cursor, now, now)
    given = {
        "starts_at": starts_at,
        "since": starts_at - WEEKS_BEFORE * WEEK,
        "until": starts_at + ripe * WEEK,
        "ripe_days": RIPE // timedelta(days=1),
    }
    rows = cursor.sql(read_statement(PANEL).sql, params=given).to_arrow_table().to_pydict()
    areas, weeks = tuple(sorted(set(rows["area"]))), tuple(sorted(set(rows["week"])))
    place = {area: row for row, area in enumerate(areas)}, {week: column for column, week in enumerate(weeks)}
    columns = {name: np.zeros((len(areas), len(weeks))) for name in ("events", *MEASURED)}
    for row, (area, week) in enumerate(zip(rows["area"], rows["week"], strict=True)):
        for name, column in columns.items():
            column[place[0][area], place[1][week]] = rows[name][row]
    return Panel(areas, weeks, columns)


def measured(panel: Panel, area: str, changed: Collection[str]) -> tuple[Measured, ...]:
    """Measure what changed in `area` at week 0 against the areas not in `changed`.

    Nothing where the area, enough weeks on both sides, or enough areas to compare with are missing.
    """
    is_after = np.array(panel.weeks) >= 0
    controls = [row for row, name in enumerate(panel.areas) if name != area and name not in changed]
    enough = min(is_after.sum(), (~is_after).sum()) >= FEWEST_WEEKS
    if area not in panel.areas or not enough or len(controls) < FEWEST_CONTROLS:
        return ()
    own = panel.areas.index(area)
    found = []
    for name in MEASURED:
        rates = panel.columns[name] / np.maximum(panel.columns["events"], 1.0)
        moved = np.array([_moved(rates[row], is_after) for row in [own, *controls]])
        if not np.isfinite(moved).all(axis=1)[0]:
            continue
        usable = moved[1:][np.isfinite(moved[1:]).all(axis=1)]
        if len(usable) < FEWEST_CONTROLS:
            continue
        sums = panel.columns[name][own]
        found.append(_measured(name, sums, is_after, moved[0], usable))
    return tuple(found)


def _moved(rates: Floats, is_after: Bools) -> tuple[float, float]:
    """Answer the log of after over before, and its variance from the scatter of the weeks."""
    before, after = rates[~is_after], rates[is_after]
    if before.mean() <= 0 or after.mean() <= 0:
        return float("nan"), float("nan")
    variance = sum(part.var(ddof=1) / len(part) / part.mean() ** 2 for part in (before, after))
    return float(np.log(after.mean() / before.mean())), float(variance)


def _measured(name: str, sums: Floats, is_after: Bools, own: Floats, others: Floats) -> Measured:
    from scipy.stats import t as t_distribution  # noqa: PLC0415 - half a second that pages do not wait for

    count = len(others)
    gap = float(own[0] - others[:, 0].mean())
    by_weeks = float(own[1] + others[:, 1].sum() / count**2)
    by_areas = float(others[:, 0].var(ddof=1) * (1 + 1 / count))
    reach = float(t_distribution.ppf(0.975, count - 1)) * float(np.sqrt(max(by_weeks, by_areas)))
    ratio = Interval(*(float(np.exp(gap + side * reach)) for side in (0, -1, 1)))
    return Measured(name, float(sums[~is_after].mean()), float(sums[is_after].mean()), ratio, count)


def reach_of(evidence: Evidence, draft: Draft, seed: int = 1) -> Reach | None:
    """Answer which share of known crime the draft's rules of verification reach; None where none is known.

    What the score alone stops counts as not reached by the rules only where no rule concerns it.
    """
    signs, loss = evidence.occasion.signs, evidence.loss
    if signs is None or not loss.sum():
        return None
    rules = verify({evidence.area: draft.verification()}, signs)
    is_reached = np.any(list(rules.values()), axis=0)
    hit = np.flatnonzero(loss > 0)
    names, account = np.unique(evidence.account[hit], return_inverse=True)
    lost = np.bincount(account, weights=loss[hit]).astype(np.float64)
    reached = np.bincount(account, weights=loss[hit] * is_reached[hit]).astype(np.float64)
    touched = (np.bincount(account, weights=is_reached[hit].astype(np.float64)) > 0).astype(np.float64)
    weights = np.random.default_rng(seed).poisson(1.0, (REPETITIONS, len(names))).astype(np.float64)
    return Reach(_share(reached, lost, weights), _share(touched, np.ones(len(names)), weights), len(names))


def _share(part: Floats, whole: Floats, weights: Floats) -> Interval:
    point = float(part.sum() / whole.sum())
    drawn = (weights @ part) / np.maximum(weights @ whole, 1e-9)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Interval(point, min(float(low), point), max(float(high), point))
