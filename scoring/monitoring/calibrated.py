"""Calibrated: whether events with a score of one in five turn out to be crime one time in five.

Only events whose time for labels is over count. The slope and intercept of truth on the score's log-odds (Cox
1958) say how a score would have to be bent to be right: a slope under one means scores too extreme. They are
fitted on fine bins of scores; intervals are widened by how much more than binomial the accounts scatter.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools import add_constant
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from data.statement import read_statement
from scoring.calibration import Floats
from scoring.frame import numbers_of
from scoring.monitoring.clusters import Sums, effective, wilsons
from scoring.quality import Z

SQL = Path(__file__).with_name("sql")
# Eight fine bins of a quarter of a unit of log-odds are two units: six bins a screen.
COARSE = 8
# With fewer crimes a slope is noise (as in scoring/calibration.py).
FEWEST_CRIMES = 20
WHOLE = -1


@dataclass(frozen=True, slots=True)
class Line:
    """Slope and intercept of truth on a score's log-odds, the slope with its 95 % interval."""

    slope: float
    low: float
    high: float
    intercept: float


def calibration_table(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
    """Answer the rows of `monitor_calibration`; needs the temporary table `watched`."""
    rows = cursor.sql(read_statement(SQL / "calibration_bins.sql").sql).to_arrow_table()
    keys = [tuple(row) for row in zip(*(rows.column(name).to_pylist() for name in _KEYS), strict=True)]
    given = {name: numbers_of(rows, name) for name in rows.column_names if name not in _KEYS}
    made: list[dict[str, Any]] = []
    for key in sorted(set(keys)):
        mine = np.array([other == key for other in keys])
        made += [dict(zip(_KEYS, key, strict=True)) | row for row in calibration_rows(_taken(given, mine))]
    return pa.Table.from_pylist(made, schema=_SCHEMA)


def calibration_rows(fine: dict[str, Floats]) -> Iterator[dict[str, Any]]:
    """Yield the rows of one area: all scores together with their line, then each coarse bin."""
    together = {name: np.array([values.sum()]) for name, values in fine.items()}
    line = line_of(fine)
    yield _bin(together, WHOLE) | {
        # Sums come in any order of threads; what differs by that is not told.
        "slope": round(line.slope, 6) if line else None,
        "slope_low": round(line.low, 6) if line else None,
        "slope_high": round(line.high, 6) if line else None,
        "intercept": round(line.intercept, 6) if line else None,
    }
    coarse = fine["fine"].astype(np.int64) // COARSE
    for number in np.unique(coarse):
        yield _bin(
            {name: np.array([values[coarse == number].sum()]) for name, values in fine.items()}, int(number)
        )


def line_of(fine: dict[str, Floats]) -> Line | None:
    """Fit the line of crimes on the mean log-odds of fine bins; None of too few crimes."""
    crimes, events = fine["crimes"], fine["events"]
    if crimes.sum() < FEWEST_CRIMES or len(crimes) < 3 or crimes.sum() == events.sum():
        return None
    design = add_constant(fine["log_odds"] / events, has_constant="add")
    with warnings.catch_warnings():
        warnings.simplefilter("error", PerfectSeparationWarning)
        try:
            fitted = GLM(np.column_stack([crimes, events - crimes]), design, family=Binomial()).fit()
        except PerfectSeparationWarning:
            # Scores that tell all crime from all innocence have no finite slope.
            return None
    wider = np.sqrt(_dispersion(fine))
    half = Z * float(fitted.bse[1]) * float(wider)
    intercept, slope = (float(value) for value in fitted.params)
    return Line(slope, slope - half, slope + half, intercept)


def _dispersion(fine: dict[str, Floats]) -> float:
    """Answer how many events are worth one independent one, the mean over crimes' bins; at least 1."""
    worth = effective(_sums(fine))
    effect = np.where(worth > 0, fine["events"] / np.maximum(worth, 1e-12), 1.0)
    return float(max(1.0, np.average(effect, weights=fine["crimes"] + 1e-9)))


def _sums(of: dict[str, Floats]) -> Sums:
    return Sums(
        of["events"], of["crimes"], of["accounts"], of["event_squares"], of["crime_squares"], of["products"]
    )


def _bin(of: dict[str, Floats], number: int) -> dict[str, Any]:
    sums = _sums(of)
    low, high = wilsons(sums.share, effective(sums))
    return {
        "bin": number,
        "events": int(of["events"][0]),
        "crimes": int(of["crimes"][0]),
        "expected": round(float(of["mass"][0] / of["events"][0]), 6),
        "observed": round(float(sums.share[0]), 6),
        "observed_low": round(float(low[0]), 6),
        "observed_high": round(float(high[0]), 6),
    }


def _taken(given: dict[str, Floats], mine: Floats) -> dict[str, Floats]:
    return {name: values[mine] for name, values in given.items()}


_KEYS = ("model", "model_version", "area")
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in _KEYS),
        ("bin", pa.int32()),
        ("events", pa.int64()),
        ("crimes", pa.int64()),
        *(
            (name, pa.float64())
            for name in (
                "expected",
                "observed",
                "observed_low",
                "observed_high",
                "slope",
                "slope_low",
                "slope_high",
                "intercept",
            )
        ),
    ]
)
