"""Thousands of random histories of money, with people at once and kills: does the rule ever not hold?

Three parts on each database: histories by hypothesis, one after the other, each against a plain model of the
money; people who act at once on the same freezes, in threads; and a process that acts until it is killed
(`kill -9`), again and again, where every act that was acknowledged must be there once.
WATCHFLOOR_BENCH_HISTORIES, _ROUNDS and _KILLS for other numbers.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.desk_floor import databases, emptied, scratch
from benchmarks.ledger_acts import ACTORS, HONEST, LIARS, NOW, VERBS, Act, Played, faults
from benchmarks.results import Figure, Result
from data.home import Home
from desk.anchors import Anchors
from desk.approval_events import APPROVAL_EVENTS
from desk.chain_check import verify
from desk.ledger.transfers_table import LEDGER_TRANSFERS
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records

HISTORIES = int(os.environ.get("WATCHFLOOR_BENCH_HISTORIES", "2000"))
KILLS = int(os.environ.get("WATCHFLOOR_BENCH_KILLS", "30"))
ROUNDS = int(os.environ.get("WATCHFLOOR_BENCH_ROUNDS", "6"))
THREADS, ACTS_OF_EACH = 2, 150
LONGEST_SECONDS = 2.0
ABLE = [actor for actor in ACTORS if actor.role in ("risk_manager", "desk_lead", "analyst", "liaison")]
HOURS = (0, 0, 0, 0, 0, 0, 0, 1, 1, 40)
HISTORY = st.lists(
    st.builds(
        Act,
        st.sampled_from(VERBS),
        st.one_of(st.sampled_from(ABLE), st.sampled_from([*ACTORS, *LIARS])),
        st.integers(0, 3),
        st.integers(1, 4),
        st.sampled_from(HOURS),
    ),
    min_size=10,
    max_size=60,
)


def main() -> None:
    """Run the histories on each database and write the result. Raises RuntimeError where the rule broke."""
    figures: list[Figure] = []
    with databases() as there:
        for name, environment in there.items():
            found_ = {**histories(environment), **at_once(environment), **killed(environment)}
            figures += [Figure(f"{name}: {what}", value, "") for what, value in found_.items()]
    Result(
        "money",
        "ledger-histories",
        "In thousands of random histories, with people at once and kills, does money ever move alone?",
        tuple(figures),
        seed=7,
        notes=(
            "each history against a plain model of the money; after each part: the ledger's proof, no "
            "approval used twice, no maker who checked, as many transfers of people as approvals used, a "
            "whole audit log",
        ),
    ).write()


def histories(environment: Mapping[str, str]) -> dict[str, float]:
    """Play random histories one after the other, and return how many and how far they came."""
    emptied(environment)
    counted = {"histories": 0.0, "acts done": 0.0, "acts refused": 0.0, "transfers approved": 0.0}
    runs = itertools.count()
    with scratch() as folder:
        home = Home(folder / "home")
        records = _opened(home, environment)

        @settings(
            max_examples=HISTORIES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(HISTORY)
        def play(acts: list[Act]) -> None:
            played = Played(records, f"H{next(runs)}")
            done = sum([played.play(act) for act in acts])
            _refuse([*played.breaches, *filter(None, [played.differs()])])
            counted["histories"] += 1
            counted["acts done"] += done
            counted["acts refused"] += played.refused
            counted["transfers approved"] += len(played.carried)

        play()
        _whole(records, home, environment)
        records.close()
    return counted


def at_once(environment: Mapping[str, str]) -> dict[str, float]:
    """Let people act at once on the same freezes and approvals, and return what they did."""
    emptied(environment)
    done = refused = 0
    with scratch() as folder:
        home = Home(folder / "home")
        records = _opened(home, environment)
        for number in range(ROUNDS):
            together = Played(records, f"T{number}")
            drawn = [random.Random(f"{number} {each}") for each in range(THREADS)]
            lists = [[_drawn(one, HONEST) for _ in range(ACTS_OF_EACH)] for one in drawn]
            counts = [0] * THREADS

            def work(
                each: int, acts: list[Act], together: Played = together, counts: list[int] = counts
            ) -> None:
                # Freezes and approvals are shared; the model is each one's own and not asked here.
                mine = Played(records, together.name, freezes=together.freezes, approvals=together.approvals)
                try:
                    counts[each] = sum([mine.play(act) for act in acts])
                except SQLAlchemyError as error:
                    together.breaches.append(f"not refused, but failed: {error}")

            threads = [threading.Thread(target=work, args=(each, acts)) for each, acts in enumerate(lists)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            _refuse(together.breaches)
            done += sum(counts)
            refused += THREADS * ACTS_OF_EACH - sum(counts)
            _whole(records, home, environment)
        records.close()
    return {"acts at once, done": float(done), "acts at once, refused": float(refused)}


def killed(environment: Mapping[str, str]) -> dict[str, float]:
    """Kill a process that acts, again and again, and return how many acts it had been told were done."""
    emptied(environment)
    drawn = random.Random(7)
    context = multiprocessing.get_context("forkserver")
    with scratch() as folder:
        home, log = Home(folder / "home"), folder / "done.log"
        records = _opened(home, environment)
        for number in range(KILLS):
            acting = context.Process(
                target=act_until_killed, args=(home.path, dict(environment), log, number)
            )
            before = _size(log)
            acting.start()
            while _size(log) == before and acting.is_alive():
                time.sleep(0.01)
            time.sleep(drawn.uniform(0, LONGEST_SECONDS))
            acting.kill()
            acting.join()
            _whole(records, home, environment)
            _refuse(_lost(records, log))
        told = len(_told(log))
        records.close()
    return {"kills": float(KILLS), "transfers acknowledged, none lost or doubled": float(told)}


def act_until_killed(home: Path, environment: Mapping[str, str], log: Path, number: int) -> None:
    """Act at random until somebody kills the process; each approval that was carried out is written down."""
    records = open_records(Home(home), environment)
    drawn, written = random.Random(f"kill {number}"), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(written, b"began\n")
    for run in itertools.count():
        played = Played(records, f"K{number}-{run}")
        for _ in range(60):
            carried = len(played.carried)
            played.play(_drawn(drawn, HONEST))
            for name in played.carried[carried:]:
                os.write(written, f"{name}\n".encode())


def _drawn(drawn: random.Random, verbs: tuple[str, ...]) -> Act:
    who = drawn.choice(ABLE) if drawn.random() < 0.8 else drawn.choice(ACTORS)
    return Act(
        drawn.choice(verbs), who, drawn.randrange(4), drawn.randint(1, 4), drawn.choice((0, 0, 0, 1, 40))
    )


def _opened(home: Home, environment: Mapping[str, str]) -> Records:
    records = open_records(home, environment)
    found(records, DEMONSTRATION, NOW)
    return records


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _told(log: Path) -> list[str]:
    return [line for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("A-")]


def _lost(records: Records, log: Path) -> list[str]:
    """Return the approvals that were said to be carried out, and are not, or not used up."""
    moved, used = LEDGER_TRANSFERS.c, APPROVAL_EVENTS.c
    with records.reading() as connection:
        there = set(connection.execute(select(moved.approval_id)).scalars())
        gone = set(connection.execute(select(used.approval_id).where(used.step == "used")).scalars())
    return [name for name in _told(log) if name not in there or name not in gone]


def _whole(records: Records, home: Home, environment: Mapping[str, str]) -> None:
    wrong = faults(records)
    broken = verify(records, Anchors.of(home, environment)).broken
    _refuse(wrong if broken is None else [*wrong, broken.words])


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise RuntimeError(f"{len(wrong)} faults: {'; '.join(wrong[:5])}")
