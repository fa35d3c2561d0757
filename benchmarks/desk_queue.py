"""The queue over a million alerts: filter, sort, search and page; the export; an act on 5,000 cases.

`python -m benchmarks desk_queue`: half a million cases with two alerts each, one in twenty-five of them live.
"""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import func, select, text

from benchmarks.desk_queue_rows import fill, statement
from benchmarks.results import Figure, Result
from dashboard import ask, owner, tables
from dashboard.desk import queue_acts
from dashboard.desk.queue_acts import Target
from dashboard.desk_records import desk_records, follow
from dashboard.questions import queue
from dashboard.questions.queue import Chosen, Place
from data.home import Home
from desk.actors import Actor
from desk.audit_lines import AUDIT_LINES
from desk.cases.acting import Done
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Move
from desk.cases.undoing import undo_all

CASES = 500_000
BULK = 5_000
SEED = 7
NOW = datetime(2025, 10, 31, 23, 39)
LEAD = Actor("Lena Leaddemo", "desk_lead")
ROUNDS = 3
Took = tuple[float, float]
# What a desk asks for in a shift: pages, filters, sorts, searches among what lives and in all there was.
MIX = (
    Chosen(),
    Chosen(sheet=40),
    Chosen(severity=("critical", "high")),
    Chosen(clock=("breached",)),
    Chosen(clock=("due_soon",), order="due"),
    Chosen(who="nobody", order="loss"),
    Chosen(channel=("cis", "mena"), kind=("fraud",), order="newest"),
    Chosen(order="age", sheet=3),
    Chosen(age="day"),
    Chosen(find="counterparty bad"),
    Chosen(find="this device first", severity=("high",)),
    Chosen(find="r-c4ca42"),
    Chosen(status="all", find="A10007919"),
    Chosen(status="all", find="checked a87ff6"),
    Chosen(status="all", order="loss", sheet=200),
    Chosen(status="confirmed", typology="mule", order="newest"),
)


def main() -> None:
    """Build the desk, ask, export, act, and keep the figures."""
    with tempfile.TemporaryDirectory(prefix="watchfloor-queue-") as folder:
        owner.become(Home(Path(folder)))
        try:
            fill(owner.store(), desk_records(), CASES, NOW)
            figures = (*_asking(), *_exporting(), *_acting())
        finally:
            owner.resign()
    Result(
        "desk",
        "queue",
        "Is the queue quick over a million alerts, its export whole, an act on 5,000 cases done in time?",
        figures,
        SEED,
        (
            f"{CASES:,} cases with two alerts each, {CASES // 25:,} live; no answer is kept.",
            "A question is asked of two threads; milliseconds of the processor are those of both.",
            f"Load average of the machine at the end: {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores.",
            "An act goes in transactions of 500, each case with its step and its line of the audit log.",
        ),
    ).write()


def _places() -> Iterator[Place]:
    """Yield the same place at ever another time of the wall clock, so that no kept answer is used."""
    for number in itertools.count():
        yield Place(NOW, NOW + timedelta(microseconds=number), LEAD.name, None, None)


_PLACE = _places()
_DONE: list[Done] = []


def _asking() -> tuple[Figure, ...]:
    pages: list[Took] = []
    searches: list[Took] = []
    for _ in range(ROUNDS):
        for chosen in MIX:
            took = _timed(partial(queue.page, chosen, next(_PLACE)))
            print(f"{took[0]:7.1f} ms, {took[1]:7.1f} CPU ms  {chosen}", flush=True)
            (searches if chosen.find else pages).append(took)
    counts = [_timed(partial(queue.counts, next(_PLACE))) for _ in range(ROUNDS)]
    view = [_timed(_by_view) for _ in range(2)]
    found = [chosen for chosen in MIX if chosen.find]
    naive = [_timed(partial(_by_ilike, chosen)) for _ in range(ROUNDS) for chosen in found]
    asked: tuple[tuple[str, list[Took], list[Took], str], ...] = (
        ("a page, filtered and sorted", pages, view, "view of the records, SQLite"),
        ("a search", searches, naive, "the same words by ILIKE in every table"),
        ("the whole mix", [*pages, *searches], [], ""),
        ("the numbers of the headline", counts, [], ""),
    )
    return tuple(
        Figure(
            f"{what}, p95, {kind}",
            _p95([took[place] for took in ours]),
            unit,
            baseline=_p95([took[place] for took in theirs]) if theirs else None,
            baseline_name=name,
        )
        for what, ours, theirs, name in asked
        for place, kind, unit in ((0, "wall clock", "ms"), (1, "of the processor", "CPU ms"))
    )


def _by_view() -> None:
    with desk_records().reading() as connection:
        connection.execute(text(statement("desk_queue_view")), {"severity": "critical"}).all()


def _by_ilike(chosen: Chosen) -> None:
    """Look for the first two words of a search in every table as it is."""
    one, other, *_ = (*(f"%{word}%" for word in chosen.find.split()), None, None)
    named = {"one": one, "other": other, "any_status": chosen.status == "all"}
    with ask.cursor("ilike") as cursor:
        cursor.execute(statement("desk_queue_search"), named).fetchall()


def _exporting() -> tuple[Figure, ...]:
    asked = queue.asked(Chosen(status="all"), next(_PLACE))
    begun = time.perf_counter()
    parquet = pq.read_table(BytesIO(tables.exported(asked, "parquet")))
    seconds = time.perf_counter() - begun
    begun = time.perf_counter()
    lines = tables.exported(asked, "csv").count(b"\n") - 1
    csv_seconds = time.perf_counter() - begun
    said = parquet.column("matching")[0].as_py()
    if not parquet.num_rows == lines == said == CASES:
        raise SystemExit(f"the export lost rows: {parquet.num_rows}, {lines}, {said} of {CASES}")
    return (
        Figure("rows exported, each counted", parquet.num_rows, "rows"),
        Figure("export as Parquet", seconds, "s"),
        Figure("export as CSV", csv_seconds, "s"),
    )


def _acting() -> tuple[Figure, ...]:
    every = queue.matching(Chosen(order="newest"), next(_PLACE))
    target = Target(dict(list(every.items())[:BULK]), is_all=True)
    assigned = _bulk(target, Assign("Olga Operatordemo"))
    followed = _timed(follow)
    undone: list[Done] = []
    taken_back = _timed(lambda: undone.append(undo_all(desk_records(), _DONE[-1].bulk_id, LEAD, NOW)))
    if len(undone[0].states) != BULK:
        raise SystemExit(f"only {len(undone[0].states)} of {BULK} were taken back")
    follow()
    now = queue.matching(Chosen(order="newest"), next(_PLACE))
    again = replace(target, versions={one: now[one] for one in target.versions})
    disposed = _bulk(again, Dispose("false_positive", because="known_pattern"))
    acts = (
        (f"assign {BULK:,} cases", assigned),
        (f"take {BULK:,} back", taken_back),
        (f"dispose of {BULK:,} cases, 10,000 labels", disposed),
        (f"have the screen follow {BULK:,} steps", followed),
    )
    return (
        *(
            Figure(f"{what}, {kind}", took[place] / 1000, unit, baseline=5.0, baseline_name="the bar")
            for what, took in acts
            for place, kind, unit in ((0, "wall clock", "s"), (1, "of the processor", "CPU s"))
        ),
        Figure("lines of the audit log for an act", BULK, "lines"),
    )


def _bulk(target: Target, move: Move) -> Took:
    before = _lines()
    took = _timed(
        lambda: _DONE.append(queue_acts.run(desk_records(), target, move, LEAD, "Checked as one", NOW))
    )
    done, written = _DONE[-1], _lines() - before
    if not len(done.states) == written == BULK:
        raise SystemExit(
            f"{len(done.states)} cases, {written} lines of {BULK}: {list(done.refused.items())[:3]}"
        )
    return took


def _lines() -> int:
    with desk_records().reading() as connection:
        return int(
            connection.execute(select(func.count()).where(AUDIT_LINES.c.object_kind == "case")).scalar() or 0
        )


def _timed(act: Callable[[], object]) -> Took:
    """Return how long something took, milliseconds of the wall clock and of the processor."""
    begun, worked = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


if __name__ == "__main__":
    main()
