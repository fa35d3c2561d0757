"""Ten million scored events: how long does the server take for a page, for one person and for twenty?

The store is the demonstration's, multiplied (see `multiply`); the server is `watchfloor open` in a
process of its own; people are websockets that click through pages, regions, accounts and events as a
browser would, with five seconds between clicks. The baseline is the same page asked for once by one
person on the demonstration's own store.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

from benchmarks.multiply import multiplied
from benchmarks.people import Habits, Timed, Visit, crowd
from benchmarks.results import Figure, Result
from data.home import PROJECT_ROOT, Home, demo_home
from data.statement import read_statement
from data.store import open_store

EVENTS = 10_000_000
PEOPLE = 20
CLICKS = 24
THINKING_SECONDS = 5.0
SEED = 7
PORTS = {"small": 8660, "large": 8661}
START_SECONDS = 120
SAMPLED = 40


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run found: clicks on the small store, of one person and of many on the large one."""

    baseline: list[Timed]
    alone: list[Timed]
    crowded: list[Timed]
    memory_bytes: int


def main() -> None:
    """Measure and write the result. Raises SystemExit when the demonstration is not built."""
    small = demo_home()
    if not small.store_path.exists():
        raise SystemExit("build the demonstration first: make run, or watchfloor demo")
    with tempfile.TemporaryDirectory(dir=small.path.parent) as scratch:
        # `watchfloor open` opens the folder `store` of its home.
        large = Home(Path(scratch) / "store")
        events = multiplied(small, large, EVENTS)
        measured = _measure(small, large)
    slow = _p(measured.baseline, 0.95)
    pages = sorted({timed.visit.page for timed in measured.crowded})
    Result(
        "spine",
        "pages",
        f"How long does the server take for a page over {events:,} scored events?",
        (
            _figure("20 people at once, p50", measured.crowded, 0.5, slow),
            _figure("20 people at once, p95", measured.crowded, 0.95, slow),
            *(_figure(f"20 people, {p}, p95", _of(p, measured.crowded), 0.95, slow) for p in pages),
            *(_figure(f"one person, {p}, p50", _of(p, measured.alone), 0.5, slow) for p in pages),
            *(_figure(f"one person, {p}, p95", _of(p, measured.alone), 0.95, slow) for p in pages),
            Figure("memory of the server", measured.memory_bytes / 2**30, "GiB"),
        ),
        seed=SEED,
        notes=(
            f"{len(measured.alone)} clicks of one person, {len(measured.crowded)} of {PEOPLE} people.",
            "From the request to the message that the script has finished; the people share the two cores.",
            "Baseline: p95 of one person on the demonstration's own store, in the same run.",
        ),
    ).write()


def _measure(small: Home, large: Home) -> Measured:
    # Before anyone serves them: one process at a time opens a store.
    few, wanted = _visits(small), _visits(large)
    with _served(("--demo",), {}, PORTS["small"]) as (url, _):
        baseline = asyncio.run(crowd(url, 1, Habits(few, 60, 0.1), SEED))
    with _served((), {"WATCHFLOOR_HOME": str(large.path.parent)}, PORTS["large"]) as (url, server):
        alone = asyncio.run(crowd(url, 1, Habits(wanted, 120, 0.1), SEED))
        crowded = asyncio.run(crowd(url, PEOPLE, Habits(wanted, CLICKS, THINKING_SECONDS), SEED))
        memory = psutil.Process(server.pid).memory_info().rss
    return Measured(baseline, alone, crowded, memory)


@contextmanager
def _served(
    options: tuple[str, ...], settings: dict[str, str], port: int
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the websocket address and the process of `watchfloor open`; stop it afterwards."""
    command = [sys.executable, "-m", "dashboard", "open", *options, "--no-browser", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=PROJECT_ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True
    )
    try:
        _wait_for(port)
        yield f"ws://127.0.0.1:{port}", server
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(port: int) -> None:
    """Wait until the server answers. Raises TimeoutError."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
            return
        time.sleep(0.5)
    raise TimeoutError(f"nothing answers on port {port} after {START_SECONDS} s")


def _visits(home: Home) -> list[Visit]:
    """Return what people click on, drawn from the store: all four pages, many accounts and events."""
    with open_store(home.store_path) as store:
        sql = read_statement(Path(__file__).with_name("pages_flagged.sql")).sql
        flagged = store.cursor().execute(sql, {"how_many": SAMPLED}).fetchall()
    visits = [Visit("overview"), Visit("overview", (("period", "2025Q2"),)), Visit("regions")]
    for account, event, region, country in flagged:
        place = (("region", region), ("country", country))
        visits += [
            Visit("overview", (("region", region),)),
            Visit("regions", place[:1]),
            Visit("regions", place),
            Visit("accounts", (("account", account),)),
            Visit("explanations", (("event", event), ("account", account))),
        ]
    return visits


def _of(page: str, timed: list[Timed]) -> list[Timed]:
    return [t for t in timed if t.visit.page == page]


def _p(timed: list[Timed], quantile: float) -> float:
    return float(np.quantile([t.seconds for t in timed], quantile)) * 1_000


def _figure(name: str, timed: list[Timed], quantile: float, slow: float) -> Figure:
    return Figure(name, _p(timed, quantile), "ms", baseline=slow, baseline_name="small store, one person")
