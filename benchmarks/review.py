"""The quarterly review: how long it takes to work out, to open, and to print, at full size and beyond.

The server's time of opening is that of the page's script, on a process that has done what it does after every
job (`dashboard/warm.py`). The baseline of the same run is the review worked out anew, without that.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks.built import full_demonstration
from benchmarks.multiply import multiplied
from benchmarks.results import Figure, Result
from dashboard import owner, warm
from dashboard.facts import facts
from dashboard.questions.period import shown_period
from dashboard.review import report
from dashboard.review.build import review_of
from data.home import PROJECT_ROOT, Home
from data.world import DEFAULT_SEED

EVENTS = 10_000_000
TIMES = 15


def main() -> None:
    """Measure the full demonstration and its multiple, and write the result."""
    with full_demonstration() as home, tempfile.TemporaryDirectory() as folder:
        figures = list(_measured(home))
        large = Home(Path(folder) / "large")
        multiplied(home, large, EVENTS)
        figures += _measured(large)
    question = "How long does the quarterly review take to work out, to open and to print?"
    Result("quarter", "review", question, tuple(figures), DEFAULT_SEED).write()


def _measured(home: Home) -> Iterator[Figure]:
    owner.become(home)
    try:
        known = facts()
        size = f"{known.events / 1e6:.1f} million events"
        period = shown_period("2025Q3", known)
        started = time.perf_counter()
        review = review_of(period)
        anew = time.perf_counter() - started
        yield Figure(f"worked out anew, {size}", anew, "s")
        warm.ask_all()
        owner.settle()
        opened = sorted(_openings())
        slowest = opened[int(0.95 * len(opened))]
        yield Figure(f"opened, median, {size}", statistics.median(opened), "s", None, None, anew, "anew")
        yield Figure(f"opened, 95th percentile, {size}", slowest, "s", None, None, anew, "anew")
        for form in ("pdf", "html", "csv"):
            started = time.perf_counter()
            report.as_bytes(review, form)
            yield Figure(f"{form}, {size}", time.perf_counter() - started, "s")
    finally:
        owner.resign()


def _openings() -> Iterator[float]:
    app = AppTest.from_file(str(PROJECT_ROOT / "pages" / "review.py"), default_timeout=120)
    for number in range(TIMES + 1):
        started = time.perf_counter()
        app.run()
        if number:
            yield time.perf_counter() - started


if __name__ == "__main__":
    main()
