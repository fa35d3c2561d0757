"""Twenty operators in processes of their own: is anything lost or held twice, and how long is an action?

Each takes the next case, looks at it, writes a note and disposes of it, pauses, escalates or lets it go,
about one action a second; leads also act on fifty at once and take it back; all of them act now and then on
five cases that everyone looks at, on the version they read. Cases come in meanwhile. Beside it, in the same
run, one operator alone. WATCHFLOOR_BENCH_SECONDS for another length than ten minutes.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import select

from benchmarks.desk_floor import (
    HOT,
    Shift,
    databases,
    emptied,
    faults,
    fill,
    held_at_once,
    lines_of,
    scratch,
    work,
)
from benchmarks.results import Figure, Result
from data.home import Home
from desk.cases.steps import CASE_STEPS
from desk.records import Records, open_records

SECONDS = float(os.environ.get("WATCHFLOOR_BENCH_SECONDS", "600"))
OPERATORS = 20
LEADS = 3
# An operator who never stops to think for longer: a case in four seconds. People take minutes.
THINK_SECONDS = 1.0
CASES = 6_000
COMING = 20
BAR_MS = 300


def main() -> None:
    """Run on each database and write the result. Raises RuntimeError where anything is wrong."""
    figures: list[Figure] = []
    notes: list[str] = []
    with databases() as there:
        for name, environment in there.items():
            alone = run(environment, 1, max(10.0, SECONDS / 10), THINK_SECONDS)
            many = run(environment, OPERATORS, SECONDS, THINK_SECONDS)
            rushed = run(environment, OPERATORS, max(10.0, SECONDS / 10), 0)
            figures += _figures(name, alone, many, rushed)
            notes.append(f"{name}: {_said(many)}")
    Result(
        "desk",
        "operators",
        f"Do {OPERATORS} operators in processes lose nothing in {SECONDS:g} s, with p95 under {BAR_MS} ms?",
        tuple(figures),
        seed=7,
        notes=(*notes, *_MEANING),
    ).write()


_MEANING = (
    "lost, doubled, overwritten and held twice are counted over the thinking run: 0, or this raises",
    "each operator's own log of acknowledged actions is held against the table of steps, number by number",
    "without a pause: each acts again at once, so that the latency is the queue of 20 for one writer",
)


def run(environment: Mapping[str, str], operators: int, seconds: float, think: float) -> list[Any]:
    """Have operators work on an empty desk that is filled first, and return what they were told.

    Raises RuntimeError where something is wrong.
    """
    emptied(environment)
    with scratch() as folder:
        home = Home(folder / "home")
        records = open_records(home, environment)
        fill(records, 0, CASES)
        hot = _hot(records)
        shifts = [
            Shift(
                home.path, environment, f"Op {number}", number < LEADS, seconds, think,
                folder / f"{number}.log", hot, number,
            )
            for number in range(operators)
        ]  # fmt: skip
        context = multiprocessing.get_context("spawn")
        running = [context.Process(target=work, args=(shift,)) for shift in shifts]
        for process in running:
            process.start()
        _cases_come_in(records, running)
        told = lines_of(folder)
        wrong = faults(records, home, environment, told) + held_at_once(told)
        wrong += [f"an operator ended with {process.exitcode}" for process in running if process.exitcode]
        records.close()
    if wrong:
        raise RuntimeError(f"{len(wrong)} faults: {'; '.join(wrong[:5])}")
    return told


def _cases_come_in(records: Records, running: Sequence[Any]) -> None:
    opened = CASES
    while any(process.is_alive() for process in running):
        fill(records, opened, COMING)
        opened += COMING
        for process in running:
            process.join(2.0 / len(running))


def _hot(records: Records) -> tuple[str, ...]:
    with records.reading() as connection:
        asked = select(CASE_STEPS.c.case_id).where(CASE_STEPS.c.version == 1).order_by(CASE_STEPS.c.number)
        return tuple(row.case_id for row in connection.execute(asked.limit(HOT)))


def _milliseconds(told: Sequence[Any], action: str | None = None) -> Any:
    """Return how long actions of one kind took, or all that change one case."""
    kinds = {"looked", "bulk"} if action is None else {action}
    chosen = [line for line in told if (line["action"] in kinds) == (action is not None)]
    once = {(line["actor"], line["began"]): line["ended"] - line["began"] for line in chosen}
    return np.array(list(once.values())) * 1000 if once else np.array([np.nan])


def _figures(name: str, alone: Sequence[Any], many: Sequence[Any], rushed: Sequence[Any]) -> list[Figure]:
    found = []
    for part, words in ((50, "p50"), (95, "p95"), (99, "p99")):
        found.append(
            Figure(
                f"{name}: {words} of an action, {OPERATORS} operators",
                float(np.percentile(_milliseconds(many), part)),
                "ms",
                baseline=float(np.percentile(_milliseconds(alone), part)),
                baseline_name="ms, one operator alone",
            )
        )
    found += [
        Figure(f"{name}: p95 of {action}", float(np.percentile(_milliseconds(many, action), 95)), "ms")
        for action in ("taken", "noted", "disposed", "rated", "looked", "bulk")
    ]
    at_once = _milliseconds(rushed)
    found.append(Figure(f"{name}: p95 without a pause", float(np.percentile(at_once, 95)), "ms"))
    took = max(line["ended"] for line in rushed) - min(line["began"] for line in rushed)
    found.append(Figure(f"{name}: actions a second without a pause", len(at_once) / took, "actions/s"))
    return found


def _said(told: Sequence[Any]) -> str:
    done = sum("version" in line for line in told)
    stale = sum(line.get("refused") == "stale" for line in told)
    other = sum("refused" in line for line in told) - stale
    return f"{done:,} acknowledged, {stale:,} told that it had changed, {other:,} refused for other reasons"
