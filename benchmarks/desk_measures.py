"""The tab Measures over half a million cases and a million alerts: how long does the server take, asked anew?

`python -m benchmarks desk_measures`: the cases of `desk_queue`; the baseline derives every clock when asked,
as it was before `desk_timed` kept them.
"""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.desk_queue_rows import fill_store
from benchmarks.results import Figure, Result
from dashboard import ask, owner
from dashboard.desk_records import desk_records
from dashboard.measures.quarter import Quarter
from dashboard.questions import desk_moments
from dashboard.questions.desk_measures import DeskWindow, parts_asked, readings
from dashboard.questions.period import Period
from data.home import Home
from data.statement import Statement
from desk.actors import Actor
from desk.timed import FROM, time_cases

CASES = 500_000
SEED = 7
NOW = datetime(2025, 10, 31, 23, 39)
LEAD = Actor("Lena Leaddemo", "desk_lead")
ROUNDS = 5
# Milliseconds of the wall clock and of the processor.
Took = tuple[float, float]


def main() -> None:
    """Build the desk, ask for all that the tab shows, and keep the figures."""
    with tempfile.TemporaryDirectory(prefix="watchfloor-measures-") as folder:
        owner.become(Home(Path(folder)))
        try:
            fill_store(owner.store(), desk_records(), CASES, NOW)
            figures = (*_asking(), *_timing())
        finally:
            owner.resign()
    Result(
        "desk",
        "measures",
        "Is the tab Measures quick over half a million cases, when no answer is kept?",
        figures,
        SEED,
        (
            f"{CASES:,} cases with two alerts each; a quarter against the one before, medians of {ROUNDS}.",
            "A question is asked of two threads; milliseconds of the processor are those of both. More than "
            "half of those of the measures go into planning the statement, whatever the number of cases.",
            f"Load average of the machine at the end: {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores.",
        ),
    ).write()


def _asking() -> tuple[Figure, ...]:
    return tuple(
        figure
        for name, act in (
            ("all measures, both quarters", readings),
            ("the table by severity", partial(_table, cut="severity")),
            ("the table by local hour", partial(_table, cut="hour")),
            ("arrivals by hour", partial(desk_moments.by_hour, which=desk_moments.ARRIVALS)),
            ("breaches by hour", partial(desk_moments.by_hour, which=desk_moments.BREACHES)),
        )
        for figure in _figures(name, _took(act))
    )


def _timing() -> tuple[Figure, ...]:
    """Ask for every clock, kept and derived, and time all cases anew."""
    kept, derived = (_took(partial(_count, table)) for table in ("desk_timed", "desk_clocks"))
    with owner.store().writing("desk") as cursor:
        cursor.execute("DELETE FROM settings WHERE name = $name", {"name": FROM})
    anew = _once(lambda: time_cases(owner.store()))
    return (
        *_figures("every clock, kept", kept, derived, "derived when asked"),
        *_figures("timing all cases anew", anew),
    )


def _count(table: str, _window: DeskWindow) -> object:
    """Ask for every clock of a table or a view."""
    asked = f"SELECT count(due_at), count(looked_in_time) FROM {table}"
    return ask.run(Statement(table, "How many clocks there are.", asked), {})


def _table(window: DeskWindow, cut: str) -> object:
    asked = parts_asked(LEAD, window, cut)
    return ask.first(asked.statement, 500, **asked.parameters)


def _figures(name: str, took: Took, than: Took | None = None, than_name: str = "") -> tuple[Figure, Figure]:
    """Return what something took of the wall clock and of the processor."""
    one, other = (
        Figure(
            f"{name}, {kind}",
            took[place],
            unit,
            baseline=None if than is None else than[place],
            baseline_name=than_name,
        )
        for place, kind, unit in ((0, "wall clock", "ms"), (1, "of the processor", "CPU ms"))
    )
    return one, other


def _took(act: Callable[[DeskWindow], object]) -> Took:
    """Return the medians of some rounds, each about another instant, so that no kept answer is used."""
    took = []
    for _ in range(ROUNDS):
        window = _window(NOW + timedelta(microseconds=next(_asked)))
        took.append(_once(partial(act, window)))
    return median(wall for wall, _ in took), median(worked for _, worked in took)


def _once(act: Callable[[], object]) -> Took:
    begun, worked = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)


_asked = itertools.count()


def _window(now: datetime) -> DeskWindow:
    third, second = Quarter(2025, 3), Quarter(2025, 2)
    # A microsecond apart, so that the answer kept of another round does not fit.
    apart = now - NOW
    starts, ends = datetime(2025, 7, 1) + apart, datetime(2025, 10, 1) + apart
    base_starts = datetime(2025, 4, 1) + apart
    return DeskWindow(Period(third, second, starts, ends, base_starts, starts, ends, starts, None), now)


if __name__ == "__main__":
    main()
