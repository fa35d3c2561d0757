"""Speed of the spine and its features on generated events, beside pandas doing a part of them.

The work is counted in CPU seconds of this process, since the machine is shared. The baseline computes
`PANDAS_FEATURES` by `groupby().rolling(window, closed="left")` on a subset of the same events; DuckDB
computes just those in the same run, on the same subset.
`WATCHFLOOR_BENCH_EVENTS` changes the number of events (default 1,000,000; the bar is at 5,000,000).
"""

from __future__ import annotations

import os
import resource
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks.events import fill_store
from benchmarks.results import Figure, Result
from data.progress import Step, silent
from data.store import Store, open_store
from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES, build_features
from scoring.features.build import build_tables
from scoring.features.declaration import Feature
from scoring.features.measures import Count, Largest, Mean, Sum
from scoring.spine import build_spine

SEED = 7
EVENTS = int(os.environ.get("WATCHFLOOR_BENCH_EVENTS", "1000000"))
SUBSET = 100_000
# What a rolling window of pandas can say in one call.
PANDAS_FEATURES = tuple(
    f
    for f in FRAUD_FEATURES
    if isinstance(f.measure, Count | Sum | Mean | Largest)
    and f.entity.name in ("account", "device", "ip", "counterparty")
    and f.window.length is not None
    and f.measure.rows.name in ("transactions", "events", "money_out", "money_in")
)
_CALLS = {Count: "count", Sum: "sum", Mean: "mean", Largest: "max"}
# Features of this many were measured for engine-facts.md, at 33,000 events a CPU second.
_FACTS_FEATURES, _FACTS_SPEED = 48, 33_000


def main() -> None:
    """Generate, build, compare, and write the result."""
    with tempfile.TemporaryDirectory() as scratch:
        with open_store(Path(scratch) / "whole.duckdb") as store:
            figures = _whole(store)
        with open_store(Path(scratch) / "subset.duckdb") as store:
            figures += _against_pandas(store)
    Result(
        "spine",
        "features",
        "How many events a CPU second do spine and features take, and how many with pandas?",
        figures,
        seed=SEED,
        notes=(
            f"{EVENTS:,} events; {len(FRAUD_FEATURES)} fraud and {len(LIVENESS_FEATURES)} liveness features.",
            f"pandas: {len(PANDAS_FEATURES)} of them on {SUBSET:,} events.",
            f"Baseline of the speed for {_FACTS_FEATURES} features: engine-facts.md, {_FACTS_SPEED:,}.",
        ),
    ).write()


def _whole(store: Store) -> tuple[Figure, ...]:
    fill_store(store, EVENTS, SEED)
    steps = _Steps()
    build_spine(store, steps)
    build_features(store, steps)
    total = sum(steps.seconds.values())
    per_feature = EVENTS / total * len(FRAUD_FEATURES) / _FACTS_FEATURES
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return (
        *(Figure(name, round(seconds, 2), "CPU s") for name, seconds in steps.seconds.items()),
        Figure("all features", round(EVENTS / total), "events a CPU second"),
        Figure(
            f"speed for {_FACTS_FEATURES} features",
            round(per_feature),
            "events a CPU second",
            baseline=_FACTS_SPEED,
            baseline_name="measured for engine-facts.md",
        ),
        Figure("peak memory of the process", round(peak, 2), "GiB"),
    )


def _against_pandas(store: Store) -> tuple[Figure, ...]:
    fill_store(store, SUBSET, SEED)
    build_spine(store, silent)
    start = _cpu()
    build_tables(store, PANDAS_FEATURES, (), silent)
    ours = _cpu() - start
    cursor = store.cursor()
    spine = cursor.table("spine").df()
    answers = cursor.table("fraud_features").df().set_index("event_key")
    cursor.close()
    start = _cpu()
    theirs = pd.DataFrame({f.name: _rolled(spine, f) for f in PANDAS_FEATURES}, index=spine["event_key"])
    pandas = _cpu() - start
    same = _share_equal(answers, theirs.loc[answers.index])
    return (
        Figure(
            "the part that pandas can say",
            round(ours, 2),
            "CPU s",
            baseline=round(pandas, 2),
            baseline_name="pandas",
        ),
        Figure("values on which both agree", round(same, 6), "share"),
    )


def _rolled(spine: pd.DataFrame, feature: Feature) -> pd.Series[float]:
    key = {"account": "account_id", "device": "device_id"}.get(feature.entity.name, feature.entity.name)
    kinds = {"money_out": ("withdrawal", "internal_transfer"), "money_in": ("deposit",)}.get(
        feature.measure.rows.name
    )
    of_rows = spine["kind"].isin(kinds) if kinds else spine["stream"].eq("transaction")
    if feature.measure.rows.name == "events":
        of_rows = pd.Series(data=True, index=spine.index)
    counted = isinstance(feature.measure, Count)
    values = of_rows.astype(float) if counted else spine["amount"].astype(float).where(of_rows)
    frame = pd.DataFrame({"key": spine[key], "time": spine["occurred_at"], "value": values})
    length = pd.Timedelta(microseconds=feature.window.length or 0)
    # pandas answers by key and then by time, as this is sorted.
    known = frame[frame["key"].notna()].sort_values("key", kind="stable")
    windows = known.groupby("key").rolling(length, on="time", closed="left", min_periods=0)["value"]
    call = "sum" if counted else _CALLS[type(feature.measure)]
    rolled = pd.Series(getattr(windows, call)().to_numpy(), index=known.index)
    return rolled.reindex(spine.index).set_axis(spine["event_key"])


def _share_equal(answers: pd.DataFrame, theirs: pd.DataFrame) -> float:
    ours = answers[theirs.columns]
    close = (ours - theirs).abs() <= 1e-6 * ours.abs().clip(lower=1)
    # pandas says nothing for the first of a group, and for sums over nothing; zero and null are one here.
    both_empty = ours.fillna(0).eq(0) & theirs.fillna(0).eq(0)
    return float((close | both_empty).to_numpy().mean())


class _Steps:
    """Takes reports of progress and keeps the CPU seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = _cpu()

    def __call__(self, step: Step) -> None:
        now = _cpu()
        if step.done:
            self.seconds[step.name] = self.seconds.get(step.name, 0) + now - self._last
        self._last = now


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
