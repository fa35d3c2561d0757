"""Changes that counts cannot give: of money, by a bootstrap over accounts, and of medians."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from dashboard import ask
from dashboard.measures.change import Change
from dashboard.measures.combined import account_statement, given, listed_statement, weekly_statement
from dashboard.measures.declared import MEASURES
from dashboard.measures.measure import Measure
from dashboard.measures.sums import Floats, change_of_medians, change_of_sums
from dashboard.questions.period import Period
from dashboard.questions.reading import CONSTANTS, WORLD

SUMS = tuple(m for m in MEASURES if m.kind == "sum" or (m.kind == "ratio" and m.name == "value_detection"))
MEDIANS = tuple(m for m in MEASURES if m.kind == "median")
SEED = 20_250_101
Cell = tuple[str, str]
Changes = dict[Cell, Change | None]


def changes_by_account(period: Period) -> Changes:
    """Return the change of every measure of money by (measure, region), the accounts drawn again and again.

    A share of money is compared with its whole taken as it is.
    """
    after, before = (_by_account(window) for window in (period.window, period.base_window))
    exposed = [_exposures(window) for window in (period.window, period.base_window)]
    found: Changes = {}
    for cell in after.keys() | before.keys():
        measure = next(m for m in SUMS if m.name == cell[0])
        value, whole = _aligned(before.get(cell, {}), after.get(cell, {}))
        if measure.kind == "ratio":
            then, now = whole[0].sum(), whole[1].sum()
        else:
            then, now = (one.get((measure.exposure or "", cell[1]), 0.0) for one in reversed(exposed))
        found[cell] = change_of_sums(value[0], value[1], float(then), float(now), SEED)
    return found


def changes_of_medians(period: Period) -> Changes:
    """Return the change of every median by (measure, region); where values may be negative, there is none."""
    after, before = (_listed(window) for window in (period.window, period.base_window))
    none = np.empty(0)
    return {
        cell: change_of_medians(before.get(cell, none), after.get(cell, none), SEED)
        for cell in after.keys() | before.keys()
        if not any(measure.is_signed for measure in MEDIANS if measure.name == cell[0])
    }


def medians(period: Period) -> Mapping[Cell, tuple[float | None, float | None]]:
    """Return each median measure's middle in the period and in its base, by (measure, region)."""
    after, before = (_listed(window) for window in (period.window, period.base_window))
    return {
        cell: (_middle(after.get(cell)), _middle(before.get(cell))) for cell in after.keys() | before.keys()
    }


def _middle(values: Floats | None) -> float | None:
    return float(np.median(values)) if values is not None and len(values) else None


def _asked(measures: tuple[Measure, ...], window: Mapping[str, object], how: str) -> pa.Table:
    statement = account_statement(measures) if how == "account" else listed_statement(measures)
    return ask.answer(statement, **given(statement, {**window, "region": None, "country": None, **CONSTANTS}))


def _by_account(window: Mapping[str, object]) -> Mapping[Cell, Mapping[str, tuple[float, float]]]:
    """Return each account's value and whole by (measure, region), WORLD among the regions."""
    found: dict[Cell, dict[str, tuple[float, float]]] = defaultdict(dict)
    for row in _asked(SUMS, window, "account").to_pylist():
        share = (row["value"] or 0.0, row["whole"] or 0.0)
        found[row["measure"], row["region"]][row["account_id"]] = share
        everywhere = found[row["measure"], WORLD]
        old = everywhere.get(row["account_id"], (0.0, 0.0))
        everywhere[row["account_id"]] = (old[0] + share[0], old[1] + share[1])
    return found


def _aligned(
    before: Mapping[str, tuple[float, float]], after: Mapping[str, tuple[float, float]]
) -> tuple[Floats, Floats]:
    """Return values and wholes, each (2, accounts), before and after, of the accounts of either window."""
    names = sorted(before.keys() | after.keys())
    none = (0.0, 0.0)
    both = np.array([[window.get(name, none) for name in names] for window in (before, after)])
    both = both.reshape(2, len(names), 2)
    return both[:, :, 0], both[:, :, 1]


def _exposures(window: Mapping[str, object]) -> Mapping[Cell, float]:
    """Return the size of each exposure that sums are compared per, by (exposure, region)."""
    statement = weekly_statement(SUMS, by_country=False)
    rows = ask.answer(statement, **given(statement, {**window, "region": None, "country": None, **CONSTANTS}))
    found: dict[Cell, float] = defaultdict(float)
    for row in rows.to_pylist():
        if row["measure"].startswith("exposure_"):
            found[row["measure"].removeprefix("exposure_"), row["region"] or WORLD] += row["value"]
    return found


def _listed(window: Mapping[str, object]) -> Mapping[Cell, Floats]:
    found: dict[Cell, list[float]] = defaultdict(list)
    for row in _asked(MEDIANS, window, "each").to_pylist():
        found[row["measure"], row["region"]].append(row["value"])
        found[row["measure"], WORLD].append(row["value"])
    return {cell: np.array(values) for cell, values in found.items()}
