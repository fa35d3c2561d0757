"""How well breaches are foretold: at many instants of the past, against what then happened.

Each forecast knows only what was there at its instant: cases that were open, arrivals and speed of the eight
weeks before. Severity, channel and pauses of a case are those that it has now. Needs a demonstration with a
desk's history, in the folder that WATCHFLOOR_BUILT names, which nobody has open.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from dashboard import ask, owner
from dashboard.desk_records import follow
from dashboard.facts import facts
from dashboard.questions.channels import SEED, floor_at
from data.statement import read_statement
from desk.channels.forecast import HOURS, foretold

CAME = Path(__file__).with_name("breaches_came.sql")
# Every five hours, so that each hour of the day is among them.
APART = timedelta(hours=5)
INSTANTS = 60
RUNS = 50


def main() -> None:
    """Compare and write the result. Raises SystemExit where the desk has no history."""
    with full_demonstration() as home:
        owner.become(home)
        follow()
        now = facts().now
        if now is None or not came(now - INSTANTS * APART, now):
            raise SystemExit("this store has no history of a desk: name one with WATCHFLOOR_BUILT")
        compared(now).write()
        owner.resign()


def came(since: datetime, until: datetime) -> Mapping[str, int]:
    """Return by channel how many cases breached between two instants."""
    rows = ask.answer(read_statement(CAME), since=since, until=until).to_pylist()
    return {row["channel"]: row["cases"] for row in rows}


def compared(now: datetime) -> Result:
    """Return how often the intervals held, and how far the middle was off, against the hours before."""
    window, held, totals, off, baseline, expected, happened = timedelta(hours=HOURS), [], [], [], [], [], []
    begun = time.process_time()
    for n in range(INSTANTS):
        moment = now - window - n * APART
        told, then = foretold(floor_at(moment), moment, SEED, RUNS), came(moment, moment + window)
        before = came(moment - window, moment)
        for slug, one in told.items():
            held.append(one.low <= then.get(slug, 0) <= one.high)
            off.append(abs(one.expected - then.get(slug, 0)))
            baseline.append(abs(before.get(slug, 0) - then.get(slug, 0)))
        expected.append(sum(one.expected for one in told.values()))
        happened.append(sum(then.values()))
        totals.append(abs(expected[-1] - happened[-1]))
    took = (time.process_time() - begun) / INSTANTS
    share, error = float(np.mean(held)), 1.96 * float(np.std(held)) / len(held) ** 0.5
    return Result(
        "desk",
        "breaches",
        f"How often does the interval of eight in ten hold the cases that breach within {HOURS} hours?",
        (
            Figure(
                "interval held, channel and instant", share, "", share - error, share + error, 0.8, "meant"
            ),
            Figure(
                "off by, channel and instant",
                float(np.mean(off)),
                "cases",
                baseline=float(np.mean(baseline)),
                baseline_name=f"as many as in the {HOURS} hours before",
            ),
            Figure(
                "foretold, all channels",
                float(np.sum(expected)),
                "cases",
                baseline=float(np.sum(happened)),
                baseline_name="came",
            ),
            Figure("off by, all channels at an instant", float(np.mean(totals)), "cases"),
            Figure("one forecast", took, "CPU s"),
        ),
        SEED,
        (f"{INSTANTS} instants, each {APART} apart, {len(held)} pairs of channel and instant",),
    )
