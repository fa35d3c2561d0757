"""The page Audit on a million lines: how long does one page of the log take, searched and unsearched?

The lines are those of `benchmarks/audit.py`, copied into the store as the owner copies them; then each kind
of choice is asked as the page asks it, by a reader who sees everything and by one who sees tokens for
personal data. Seconds of the clock, each asked anew, and of the processor beside them: other work runs here.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.audit import LINES, fill
from benchmarks.results import Figure, Result
from dashboard import owner, reader
from dashboard.desk_records import desk_records
from dashboard.questions import audit_log
from dashboard.questions.audit_log import Chosen
from data.home import Home
from desk.actors import Actor
from desk.projection import project
from desk.reads import EVERYTHING, reader_of

BAR_SECONDS = 0.3
ASKED = {
    "the newest page": Chosen(),
    "the tenth page": Chosen(sheet=10),
    "one person": Chosen(who="Ana Analystdemo"),
    "an action": Chosen(action="disposed"),
    "a day": Chosen(since=date(2025, 10, 31), until=date(2025, 10, 31)),
    "two words": Chosen(find="payout E-0999"),
}


def main() -> None:
    """Fill, copy, ask, and write the result; WATCHFLOOR_BENCH_LINES for another number of lines."""
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        mine = owner.become(Home(Path(scratch)))
        fill(desk_records())
        copied, _ = _timed(lambda: project(mine.store, desk_records()))
        figures.append(Figure("copy the whole log into the store, once", copied, "s"))
        readers = {"": EVERYTHING, ", as an administrator": reader_of(Actor("Ada", "administrator"))}
        for whose, one in readers.items():
            with reader.reading_as(one):
                first, _ = _timed(lambda: audit_log.page(Chosen(find="nothing at all")))
                figures.append(Figure(f"the first question of a process{whose}", first, "s"))
                for name, chosen in ASKED.items():
                    took, worked = _timed(partial(audit_log.page, chosen))
                    bar = Figure(
                        f"{name}{whose}", took, "s", baseline=BAR_SECONDS, baseline_name="s, the bar"
                    )
                    figures += [bar, Figure(f"{name}{whose}, processor time", worked, "s")]
        owner.resign()
    Result(
        "money",
        "audit-page",
        f"Is a page of a log of {LINES:,} lines shown in under {BAR_SECONDS:g} s?",
        tuple(figures),
        seed=0,
    ).write()


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of the clock and of the processor that `work` takes."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - worked
