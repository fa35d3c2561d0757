"""The full demonstration from nothing: how long until it can be opened, phase by phase, in how much memory.

The baseline of the same run is one feature of the 113, the count of an account's transactions in 30 days, by
pandas on the same files.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from benchmarks.results import Figure, Result
from dashboard.owner import become, resign
from dashboard.warm import ask_all
from data.enrich import enrich
from data.home import Home
from data.load import load_files
from data.mapping import read_mapping
from data.progress import silent
from data.store import open_store
from data.world import DEFAULT_SEED, FULL_EVENTS, build_world
from scoring.prepare import prepare
from scoring.run import score
from scoring.training import train

KIB_IN_GIB = 2**20


def main() -> None:
    """Build the full demonstration once, and write how long each phase took."""
    taken: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        started = time.perf_counter()
        work()
        taken[name] = time.perf_counter() - started
        print(f"{name}: {taken[name]:.1f} s", flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch) / "demo")
        timed("world", lambda: build_world(home, seed=DEFAULT_SEED, events=FULL_EVENTS, progress=silent))
        with open_store(home.store_path) as store:
            mapping = read_mapping(home.events / "mapping.toml")
            timed("load", lambda: load_files(store, [home.events], mapping))
            timed("enrich", lambda: enrich(store, silent))
            timed("features", lambda: prepare(store, silent))
            timed("train", lambda: train(store, home, silent))
            timed("score, explain, decide, sum up", lambda: score(store, home, silent))
        become(home)
        timed("what every page asks first", ask_all)
        resign()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_IN_GIB
        started = time.perf_counter()
        _one_feature(home)
        baseline = time.perf_counter() - started
    whole = Figure(
        "from nothing to answers", sum(taken.values()), "s", None, None, baseline, "pandas, 1 feature"
    )
    figures = (whole, Figure("peak memory", peak, "GiB"), *(Figure(n, s, "s") for n, s in taken.items()))
    question = "How long does the full demonstration take from nothing, and in how much memory?"
    Result("quarter", "full-world", question, figures, DEFAULT_SEED).write()


def _one_feature(home: Home) -> None:
    files = sorted(home.events.glob("transactions-*.parquet"))
    events = pd.concat([pd.read_parquet(file, columns=["account_id", "occurred_at"]) for file in files])
    events = events.sort_values(["account_id", "occurred_at"]).assign(one=1).set_index("occurred_at")
    events.groupby("account_id")["one"].rolling("30D", closed="left").sum()


if __name__ == "__main__":
    main()
