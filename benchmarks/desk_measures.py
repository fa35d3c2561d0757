"""The tab Measures over half a million cases and a million alerts: how long does the server take, asked anew?

`python -m benchmarks desk_measures`: the cases of `desk_queue`; the baseline derives every clock when asked,
as it was before `desk_timed` kept them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.desk_queue_rows import fill
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
from desk.timed import time_cases

CASES = 500_000
SEED = 7
NOW = datetime(2025, 10, 31, 23, 39)
LEAD = Actor("Lena Leaddemo", "desk_lead")
ROUNDS = 5


def main() -> None:
    """Build the desk, ask for all that the tab shows, and keep the figures."""
    with tempfile.TemporaryDirectory(prefix="watchfloor-measures-") as folder:
        owner.become(Home(Path(folder)))
        try:
            fill(owner.store(), desk_records(), CASES, NOW)
            began = time.perf_counter()
            time_cases(owner.store())
            timed = time.perf_counter() - began
            figures = _asking(timed)
        finally:
            owner.resign()
    Result(
        "desk",
        "measures",
        "Is the tab Measures quick over half a million cases, when no answer is kept?",
        figures,
        SEED,
        (f"{CASES:,} cases with two alerts each; a quarter against the one before, medians of some rounds.",),
    ).write()


def _asking(timed: float) -> tuple[Figure, ...]:
    clocks = Statement(
        "clocks", "Every clock, derived.", "SELECT count(due_at), count(looked_in_time) FROM desk_clocks"
    )
    kept = Statement(
        "kept", "Every clock, kept.", "SELECT count(due_at), count(looked_in_time) FROM desk_timed"
    )
    return (
        _figure("all measures, both quarters", lambda window: readings(window)),
        _figure("the table by severity", lambda window: _table(window, "severity")),
        _figure("the table by local hour", lambda window: _table(window, "hour")),
        _figure("arrivals by hour", lambda window: desk_moments.by_hour(window, desk_moments.ARRIVALS)),
        _figure("breaches by hour", lambda window: desk_moments.by_hour(window, desk_moments.BREACHES)),
        Figure(
            "every clock",
            _milliseconds(lambda _: ask.run(kept, {})),
            "ms",
            baseline=_milliseconds(lambda _: ask.run(clocks, {})),
            baseline_name="derived when asked",
        ),
        Figure("timing all cases once", 1000 * timed, "ms"),
    )


def _table(window: DeskWindow, cut: str) -> object:
    asked = parts_asked(LEAD, window, cut)
    return ask.first(asked.statement, 500, **asked.parameters)


def _figure(name: str, act: Callable[[DeskWindow], object]) -> Figure:
    return Figure(name, _milliseconds(act), "ms")


def _milliseconds(act: Callable[[DeskWindow], object]) -> float:
    """Return the median of some rounds, each about another instant, so that no kept answer is used."""
    took = []
    for number in range(ROUNDS):
        window = _window(NOW + timedelta(microseconds=number + len(_asked)))
        _asked.append(number)
        began = time.perf_counter()
        act(window)
        took.append(1000 * (time.perf_counter() - began))
    return median(took)


_asked: list[int] = []


def _window(now: datetime) -> DeskWindow:
    third, second = Quarter(2025, 3), Quarter(2025, 2)
    # A microsecond apart, so that the answer kept of another round does not fit.
    apart = now - NOW
    starts, ends = datetime(2025, 7, 1) + apart, datetime(2025, 10, 1) + apart
    base_starts = datetime(2025, 4, 1) + apart
    return DeskWindow(Period(third, second, starts, ends, base_starts, starts, ends, starts, None), now)


if __name__ == "__main__":
    main()
