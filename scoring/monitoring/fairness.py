"""Fairness: how often honest customers are held, blocked or frozen, by country, account age and device.

1. Honest: events whose time for labels is over and that no label calls crime. Held: not merely asked for one
   more factor, but stopped.
2. Each group is compared with all others of its area and quarter: the ratio of the two rates, by its
   logarithm, with as many events as their accounts are worth.
3. A gap is a finding when the lower end of its interval is above LARGE, when it is not by chance after
   all comparisons of the quarter are counted (Benjamini and Hochberg 1995), and when enough people bear it.

Policies spend an alert budget in each area; a group with more crime in it is held more often, the honest in
it too. So a finding asks a question; it does not say what the answer is.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from scipy.special import ndtr

from data.geography import country_name
from data.statement import read_statement
from scoring.calibration import Bools, Floats
from scoring.frame import Words, numbers_of
from scoring.monitoring.clusters import Sums, effective, ratio, wilsons
from scoring.monitoring.shifts import adjusted
from scoring.quality import Z

SQL = Path(__file__).with_name("sql")
# Four fifths is the usual rule for a disadvantage (US EEOC 1978): 1.25 times the others' burden.
LARGE = 1.25
FALSE_DISCOVERY = 0.05
# Fewer people than this are a story, not a rate.
FEWEST_HELD = 30
FEWEST_HELD_ACCOUNTS = 20

_COUNTED = ("events", "held", "accounts", "held_accounts", "event_squares", "held_squares", "products")


def fairness_table(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
    """Answer the rows of `fairness`; needs the temporary table `watched`."""
    return fairness_of(cursor.sql(read_statement(SQL / "wrongful_holds.sql").sql).to_arrow_table())


def fairness_of(rows: pa.Table) -> pa.Table:
    """Answer the rows of `fairness` from those of `wrongful_holds.sql`; its cut `all` is everybody."""
    given = {name: numbers_of(rows, name) for name in _COUNTED}
    names = ("quarter", "area", "cut", "part")
    quarter, area, cut, part = (np.array(rows.column(n).to_pylist(), dtype=object) for n in names)
    whole = {(quarter[place], area[place]): place for place in np.flatnonzero(cut == "all")}
    mine = np.flatnonzero(cut != "all")
    everybody = np.array([whole[quarter[place], area[place]] for place in mine], dtype=np.int64)
    own = {name: values[mine] for name, values in given.items()}
    rest = {name: given[name][everybody] - own[name] for name in _COUNTED}
    found = gap(_sums(own), _sums(rest))
    p_adjusted = np.full(len(mine), np.nan)
    for each in set(quarter):
        together = quarter[mine] == each
        p_adjusted[together] = adjusted(found["p_value"][together])
    is_finding = (found["ratio_low"] > LARGE) & (p_adjusted < FALSE_DISCOVERY) & _has_enough(own)
    low, high = wilsons(found["rate"], effective(_sums(own)))
    return pa.table(
        {
            "quarter": pa.array(quarter[mine], pa.date32()),
            "area": pa.array(area[mine], pa.string()),
            "cut": pa.array(cut[mine], pa.string()),
            "part": pa.array(part[mine], pa.string()),
            **{name: own[name].astype(np.int64) for name in ("events", "accounts", "held", "held_accounts")},
            "rate": _known(found["rate"]),
            "rate_low": _known(low),
            "rate_high": _known(high),
            **{name: _known(found[name]) for name in ("rest_rate", "ratio", "ratio_low", "ratio_high")},
            "p_adjusted": pa.array(p_adjusted, from_pandas=True),
            "is_finding": np.nan_to_num(is_finding).astype(np.bool_),
            "sentence": pa.array(_sentences(cut[mine], part[mine], own, found, is_finding), pa.string()),
        }
    )


def gap(own: Sums, rest: Sums) -> dict[str, Floats]:
    """Answer the rates of groups and of the rest, their ratio with its limits, and its p-value, (s,) each."""
    rate, rest_rate = own.share, rest.share
    times = ratio(np.nan_to_num(rate), np.nan_to_num(rest_rate))
    times = np.where(times > 0, times, np.nan)
    variance = _log_variance(rate, effective(own)) + _log_variance(rest_rate, effective(rest))
    error = np.sqrt(np.where(np.isfinite(variance), variance, np.nan))
    p_value = 2 * ndtr(-np.abs(np.log(times)) / error)
    limits = {"ratio_low": times * np.exp(-Z * error), "ratio_high": times * np.exp(Z * error)}
    return {"rate": rate, "rest_rate": rest_rate, "ratio": times, **limits, "p_value": p_value}


def _log_variance(share: Floats, trials: Floats) -> Floats:
    hits = np.nan_to_num(share) * np.nan_to_num(trials)
    variance: Floats = np.divide(1 - share, hits, out=np.full(len(hits), np.nan), where=hits > 0)
    return variance


def _sums(of: dict[str, Floats]) -> Sums:
    return Sums(
        of["events"], of["held"], of["accounts"], of["event_squares"], of["held_squares"], of["products"]
    )


def _has_enough(of: dict[str, Floats]) -> Bools:
    return np.asarray((of["held"] >= FEWEST_HELD) & (of["held_accounts"] >= FEWEST_HELD_ACCOUNTS))


def _known(values: Floats) -> pa.Array:
    return pa.array(values.round(6), from_pandas=True)


def _sentences(
    cut: Words, part: Words, own: dict[str, Floats], found: dict[str, Floats], is_finding: Bools
) -> list[str | None]:
    return [
        f"Honest events {_whose(cut[i], part[i])} are stopped {found['ratio'][i]:.1f} times as often as "
        f"others ({found['ratio_low'][i]:.1f} to {found['ratio_high'][i]:.1f}): {own['held'][i]:,.0f} of "
        f"{own['events'][i]:,.0f}, {own['held_accounts'][i]:,.0f} accounts."
        if is_finding[i]
        else None
        for i in range(len(part))
    ]


def _whose(cut: str, part: str) -> str:
    if cut == "account_age":
        return "of accounts of unknown age" if part == "not known" else f"of accounts {part} old"
    return f"of customers of {country_name(part)}" if cut == "country" else f"from devices of class {part}"
