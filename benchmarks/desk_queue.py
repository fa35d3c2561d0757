"""The queue over a million alerts: filter, sort, search and page; the export; an act on 5,000 cases.

`python -m benchmarks desk_queue`: half a million cases with two alerts each, one in twenty-five of them live.
"""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
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
from desk.cases.acting import undo_all
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Move

CASES = 500_000
BULK = 5_000
SEED = 7
NOW = datetime(2025, 10, 31, 23, 39)
LEAD = Actor("Lena Leaddemo", "desk_lead")
ROUNDS = 5
# What a desk asks for in a shift: plain pages, filters, sorts, searches among what lives and in all there was.
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
        "Is the queue quick over a million alerts, its export whole, and an act on 5,000 cases done in time?",
        figures,
        SEED,
        (
            f"{CASES:,} cases with two alerts each, {CASES // 25:,} live; no answer is kept between questions.",
            "An act goes in transactions of 500, each case with its step and its line of the audit log.",
        ),
    ).write()


def _places() -> Iterator[Place]:
    """Yield the same place at ever another time of the wall clock, so that no kept answer is used."""
    for number in itertools.count():
        yield Place(NOW, NOW + timedelta(microseconds=number), LEAD.name, None, None)


_PLACE = _places()


def _asking() -> tuple[Figure, ...]:
    pages: list[float] = []
    searches: list[float] = []
    for _ in range(ROUNDS):
        for chosen in MIX:
            took = _milliseconds(lambda chosen=chosen: queue.page(chosen, next(_PLACE)))
            print(f"{took:7.1f} ms  {chosen}", flush=True)
            (searches if chosen.find else pages).append(took)
    counts = [_milliseconds(lambda: queue.counts(next(_PLACE))) for _ in range(ROUNDS)]
    view = [_milliseconds(_by_view) for _ in range(2)]
    naive = [_milliseconds(_by_ilike) for _ in range(ROUNDS)]
    return (
        Figure(
            "a page, filtered and sorted, p95",
            _p95(pages),
            "ms",
            baseline=_p95(view),
            baseline_name="view of the records, SQLite",
        ),
        Figure(
            "a search, p95",
            _p95(searches),
            "ms",
            baseline=_p95(naive),
            baseline_name="one word by ILIKE in every table",
        ),
        Figure("the whole mix, p95", _p95([*pages, *searches]), "ms"),
        Figure("the numbers of the headline, p95", _p95(counts), "ms"),
    )


def _by_view() -> None:
    with desk_records().reading() as connection:
        connection.execute(text(statement("desk_queue_view")), {"severity": "critical"}).all()


def _by_ilike() -> None:
    with ask.cursor("ilike") as cursor:
        cursor.execute(statement("desk_queue_search"), {"word": "%checked a87ff6%"}).fetchall()


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
    assigned, bulk_id = _bulk(target, Assign("Olga Operatordemo"))
    begun = time.perf_counter()
    follow()
    followed = time.perf_counter() - begun
    begun = time.perf_counter()
    undone = undo_all(desk_records(), bulk_id, LEAD, NOW)
    undo_seconds = time.perf_counter() - begun
    if len(undone.states) != BULK:
        raise SystemExit(f"only {len(undone.states)} of {BULK} were taken back")
    follow()
    now = queue.matching(Chosen(order="newest"), next(_PLACE))
    disposed, _ = _bulk(
        replace(target, versions={one: now[one] for one in target.versions}),
        Dispose("false_positive", because="known_pattern"),
    )
    return (
        Figure(f"assign {BULK:,} cases", assigned, "s", baseline=5.0, baseline_name="the bar"),
        Figure(f"take {BULK:,} back", undo_seconds, "s", baseline=5.0, baseline_name="the bar"),
        Figure(f"dispose of {BULK:,} cases", disposed, "s", baseline=5.0, baseline_name="the bar"),
        Figure(f"have the screen follow {BULK:,} steps", followed, "s"),
        Figure("lines of the audit log for an act", BULK, "lines"),
    )


def _bulk(target: Target, move: Move) -> tuple[float, str]:
    before = _lines()
    begun = time.perf_counter()
    done = queue_acts.run(desk_records(), target, move, LEAD, "Checked as one", NOW)
    seconds = time.perf_counter() - begun
    written = _lines() - before
    if not len(done.states) == written == BULK:
        raise SystemExit(
            f"{len(done.states)} cases, {written} lines of {BULK}: {list(done.refused.items())[:3]}"
        )
    return seconds, done.bulk_id


def _lines() -> int:
    with desk_records().reading() as connection:
        return int(connection.execute(select(func.count()).select_from(AUDIT_LINES)).scalar() or 0)


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


if __name__ == "__main__":
    main()
