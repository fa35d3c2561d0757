"""The audit log: how long is a walk over a million lines, and how many actions a second does it take?

The lines are made as the product makes them, but written in bulk; then `watchfloor verify`'s own walk reads
them from the first to the last, on SQLite. Beside it, actions that are each kept in a transaction of their
own, as people's are, with the signed heads that fall due.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import insert

from benchmarks.results import Figure, Result
from data.home import Home
from desk.actors import Actor
from desk.anchors import Anchors
from desk.audit import Entry, record
from desk.audit_lines import AUDIT_LINES, BEGINNING, Line, hash_of
from desk.canonical import canonical
from desk.chain_check import verify
from desk.records import Records, open_records

LINES = int(os.environ.get("WATCHFLOOR_BENCH_LINES", "1000000"))
# Actions of people, one transaction each.
ACTIONS = 2_000
ANA = Actor("Ana Analystdemo", "analyst")
NOW = datetime(2025, 10, 31, 23)
BAR_SECONDS = 20
BEFORE, AFTER = canonical({"disposition": None}), canonical({"disposition": "fraud"})


def main() -> None:
    """Write the lines, walk them, and write the result; WATCHFLOOR_BENCH_LINES for another number."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch))
        records = open_records(home, {})
        fill(records)
        began, worked = time.perf_counter(), time.process_time()
        verdict = verify(records, Anchors.of(home, {}))
        walk, processor = time.perf_counter() - began, time.process_time() - worked
        if verdict.broken is not None or verdict.lines != LINES:
            raise RuntimeError(verdict.words)
        records.close()
        size = home.desk_path.stat().st_size / LINES
        each = _actions(Home(Path(scratch) / "other"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Result(
        "money",
        "audit",
        f"Is a log of {LINES:,} lines verified in under {BAR_SECONDS} s?",
        (
            Figure("verify the whole log", walk, "s", baseline=BAR_SECONDS, baseline_name="s, the bar"),
            Figure("processor time of it", processor, "s"),
            Figure("lines a second", LINES / walk, "lines/s"),
            Figure("one audited action, its own transaction", each * 1000, "ms"),
            Figure("one line on disk", size, "bytes"),
            Figure("peak memory of the process", peak, "MiB"),
        ),
        seed=0,
        notes=(f"{verdict.lines:,} lines and {verdict.heads} signed heads, SQLite in WAL mode.",),
    ).write()


def fill(records: Records) -> None:
    """Write LINES lines, as the product makes them, in bulk."""
    made = _lines()
    while some := [line._asdict() for line in islice(made, 20_000)]:
        with records.writing() as connection:
            connection.execute(insert(AUDIT_LINES), some)


def _lines() -> Iterator[Line]:
    last = BEGINNING
    for number in range(1, LINES + 1):
        line = Line(
            number, NOW, NOW + timedelta(milliseconds=number), ANA.name, ANA.role, "disposed", "event",
            f"E-{number:07}", BEFORE, AFTER,
            "Same device and payout address as a confirmed account", None, last,
        )  # fmt: skip
        last = hash_of(line)
        yield line._replace(hash=last)


def _actions(home: Home) -> float:
    """Return the seconds of one action with its line."""
    records = open_records(home, {})
    began = time.perf_counter()
    for number in range(ACTIONS):
        with records.writing() as connection:
            record(connection, Entry(ANA, "disposed", "event", f"E-{number}", NOW, reason="Same device"))
    took = time.perf_counter() - began
    records.close()
    return took / ACTIONS
