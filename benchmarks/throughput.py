"""From files to decisions: how many events a second, in how much memory, and what would pandas take?

Files of generated events are loaded through the product's door, enriched, described, scored, explained
and decided, in a process of its own whose peak memory is read at the end. Training stands beside: it
happens once a quarter. The pandas baselines do the same step in the plain way, on a part of the events
where the whole would not fit, and are scaled to an event.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
from pyarrow import parquet

from benchmarks.events import fill_store
from benchmarks.results import Figure, Result
from data.enrich import enrich
from data.home import Home
from data.load import load_files
from data.mapping import parse_mapping
from data.progress import Step, silent
from data.store import memory_store, open_store
from scoring.fraud import FRAUD
from scoring.prepare import prepare
from scoring.registry import models_in_force
from scoring.run import score
from scoring.training import RECIPES, train

EVENTS = int(os.environ.get("WATCHFLOOR_BENCH_EVENTS", "5000000"))
# What pandas is given of the wide table of features; more would not fit beside it.
PANDAS_ROWS = 200_000
SEED = 11
FILES = ("accounts", "networks", "devices", "transactions", "logins", "liveness_checks", "labels")
T = TypeVar("T")
NOT_IN_FILES = ("ingest_seq", "file_id", "emulator_since")


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of wall and of processor, and the peak of memory in bytes, by step."""

    wall: dict[str, float]
    processor: dict[str, float]
    peak: dict[str, int]


def main() -> None:
    """Generate, measure and write the result; WATCHFLOOR_BENCH_EVENTS for another size."""
    with tempfile.TemporaryDirectory() as scratch:
        _apart(_generate, Path(scratch))
        measured = _apart(_measure, Path(scratch))
        pandas = _apart(_pandas, Path(scratch))
    online = [name for name in measured.wall if name != "train"]
    seconds = sum(measured.wall[name] for name in online)
    Result(
        "spine",
        "throughput",
        f"How many of {EVENTS:,} events a second go from file to decision, and in how much memory?",
        (
            Figure("end to end, without training", EVENTS / seconds, "events/s"),
            Figure("peak memory, without training", max(measured.peak[n] for n in online) / 2**30, "GiB"),
            *(Figure(f"{name}, peak memory", measured.peak[name] / 2**30, "GiB") for name in measured.peak),
            *(Figure(f"{name}, wall", measured.wall[name], "s") for name in measured.wall),
            *(
                Figure(f"{name}, processor", used, "s", baseline=pandas.get(name), baseline_name="pandas")
                for name, used in measured.processor.items()
            ),
        ),
        seed=SEED,
        notes=(
            "Features come with the spine; score with reasons, policy and rollups.",
            f"pandas: load reads and checks the same files; score predicts {PANDAS_ROWS:,} rows, scaled up; "
            "features are compared in spine-features.",
            f"Load average when it began: {os.getloadavg()[0]:.1f}.",
        ),
    ).write()


def _apart(work: Callable[[Path], T], folder: Path) -> T:
    """Run `work` in a fresh process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, folder).result()


def _generate(folder: Path) -> None:
    """Write one Parquet file a table, in the order of arrival."""
    with memory_store() as store:
        fill_store(store, EVENTS, SEED)
        cursor = store.cursor()
        for name in FILES:
            columns = [c for c in cursor.table(name).columns if c not in NOT_IN_FILES]
            cursor.table(name).select(*columns).write_parquet(str(folder / f"{name}.parquet"))


def _measure(folder: Path) -> Measured:
    home = Home(folder / "home")
    files = [folder / f"{name}.parquet" for name in FILES]
    mapping = parse_mapping(_mapping(folder), where="the benchmark")
    wall: dict[str, float] = {}
    processor: dict[str, float] = {}
    peak: dict[str, int] = {}
    with open_store(home.store_path) as store:

        def timed(name: str, work: Callable[[], object]) -> None:
            _forget_peak()
            began, used = time.perf_counter(), _processor()
            work()
            wall[name], processor[name] = time.perf_counter() - began, _processor() - used
            peak[name] = _peak_bytes()
            print(
                f"  {name}: {wall[name]:.1f} s wall, {processor[name]:.1f} s of processor, "
                f"{peak[name] / 2**30:.2f} GiB",
                flush=True,
            )

        timed("load", lambda: load_files(store, files, mapping, silent))
        timed("enrich", lambda: enrich(store, silent))
        timed("features", lambda: prepare(store, silent))
        timed("train", lambda: train(store, home, silent))
        parts = _Parts()
        timed("score", lambda: score(store, home, parts))
        print(f"  of score: {parts.seconds}", flush=True)
    return Measured(wall, processor, peak)


class _Parts:
    """Takes reports of progress and keeps the seconds of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def __call__(self, step: Step) -> None:
        now = time.perf_counter()
        self.seconds[step.name] = round(self.seconds.get(step.name, 0.0) + now - self._last, 1)
        self._last = now


def _pandas(folder: Path) -> dict[str, float]:
    """Return pandas' processor seconds for the load of all events and the scores of all, scaled up."""
    began = _processor()
    for name in ("transactions", "logins", "liveness_checks"):
        events = pd.read_parquet(folder / f"{name}.parquet")
        kept = events.dropna(subset=["event_id", "account_id", "occurred_at"]).drop_duplicates("event_id")
        kept.assign(ingest_seq=np.arange(len(kept))).to_parquet(folder / f"{name}.loaded.parquet")
    loaded = _processor() - began
    home = Home(folder / "home")
    with open_store(home.store_path) as store:
        force = next(f for f in models_in_force(store, home, RECIPES) if f.recipe.model == "fraud")
        began = _processor()
        features = store.cursor().table("fraud_features").limit(PANDAS_ROWS).df()
        force.model.trees.predict_proba(features[list(FRAUD.names)].to_numpy())
        predicted = _processor() - began
    return {"load": loaded, "score": predicted * EVENTS / PANDAS_ROWS}


def _mapping(folder: Path) -> str:
    """Return a mapping in which every column has the contract's own name."""
    blocks = ['synthetic = true\nmoney_unit = "USDT"\n']
    for name in FILES:
        names = parquet.read_schema(folder / f"{name}.parquet").names
        columns = "\n".join(f'{c} = "{c}"' for c in names)
        blocks.append(
            f'[[table]]\ntable = "{name}"\nfiles = ["{name}.parquet"]\n[table.columns]\n{columns}\n'
        )
    return "\n".join(blocks)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _forget_peak() -> None:
    """Make the kernel count the peak of memory anew: proc(5), clear_refs."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_bytes() -> int:
    """Return the most memory this process held since the peak was forgotten."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
