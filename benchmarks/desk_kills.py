"""The desk is killed (`kill -9`) at random points, again and again: is any action lost or doubled?

The desk is one process that owns the store and lets four people act at once, as `watchfloor open` does, and
copies what they did into the store. Each person writes down what they are about to do, and that it was
acknowledged; after the restart they look whether what they last began is there, and do it again if not.
WATCHFLOOR_BENCH_KILLS for another number than fifty.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select

from benchmarks.desk_floor import CHANNEL, NOW, databases, emptied, faults, fill, scratch
from benchmarks.results import Figure, Result
from data.errors import WatchfloorError
from data.home import Home
from data.store import open_store
from desk.actors import Actor
from desk.cases.acting import Doing, do
from desk.cases.endings import Dispose
from desk.cases.moves import Escalate, Move, Note, Pause, Rate, Release
from desk.cases.next_case import claim_next
from desk.cases.reading import case, history
from desk.cases.state import StaleError
from desk.cases.steps import CASE_STEPS
from desk.dispositions import project as project_labels
from desk.projection import is_behind, project
from desk.projection_tables import DESK_TABLES
from desk.records import Records, open_records

KILLS = int(os.environ.get("WATCHFLOOR_BENCH_KILLS", "50"))
PEOPLE = 4
CASES = 3_000
# The desk lives this long after it is ready, at most: long enough for some fifty actions.
LONGEST_SECONDS = 1.0
MOVES: Mapping[str, Move] = {
    "noted": Note(),
    "rated": Rate("critical"),
    "paused": Pause(),
    "escalated": Escalate(),
    "disposed": Dispose("false_positive", because="known_pattern"),
    "released": Release(),
}


def main() -> None:
    """Kill the desk on each database and write the result. Raises RuntimeError where anything is wrong."""
    figures: list[Figure] = []
    notes: list[str] = []
    with databases() as there:
        for name, environment in there.items():
            found = killed_again_and_again(environment)
            figures += [
                Figure(f"{name}: {what}", value, unit)
                for what, (value, unit) in found.items()
                if what != "words"
            ]
            notes.append(f"{name}: {found['words'][1]}")
    Result(
        "desk",
        "kills",
        f"Is no action lost or doubled when the desk is killed {KILLS} times?",
        tuple(figures),
        seed=7,
        notes=(
            *notes,
            "after each kill: every acknowledged action is in the table once, the queue is what the steps "
            "lead to, the audit log is whole; at the end the store's copy and labels are the records' own",
        ),
    ).write()


def killed_again_and_again(environment: Mapping[str, str]) -> dict[str, tuple[float, str]]:
    """Kill the desk KILLS times and return what was counted. Raises RuntimeError where something is wrong."""
    emptied(environment)
    drawn = random.Random(7)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["benchmarks.desk_kills"])
    waits: list[float] = []
    with scratch() as folder:
        home = Home(folder / "home")
        records = open_records(home, environment)
        fill(records, 0, CASES)
        for number in range(KILLS):
            ready = folder / f"ready-{number}"
            desk = context.Process(target=desk_of_people, args=(home.path, dict(environment), folder, number))
            began = time.perf_counter()
            desk.start()
            while not ready.exists():
                if not desk.is_alive():
                    raise RuntimeError(f"the desk did not start again after kill {number}")
                time.sleep(0.01)
            waits.append(time.perf_counter() - began)
            time.sleep(drawn.uniform(0, LONGEST_SECONDS))
            desk.kill()
            desk.join()
            _nothing_is_wrong(records, home, environment, folder, f"after kill {number + 1}")
        copied = _copied(records, home)
        found = _counted(records, folder, waits, copied)
        records.close()
    return found


def desk_of_people(home: Path, environment: Mapping[str, str], folder: Path, number: int) -> None:
    """Be the desk until somebody kills it: people act at once, and what they do is copied into the store."""
    records = open_records(Home(home), environment)
    with open_store(Home(home).store_path) as store:
        store.create(DESK_TABLES)
        people = [Person(f"P{each}", folder / f"{each}.log", records, number) for each in range(PEOPLE)]
        for person in people:
            threading.Thread(target=person.work, daemon=True).start()
        (folder / f"ready-{number}").touch()
        while True:
            project(store, records)
            with store.writing() as cursor:
                project_labels(cursor, records)
            time.sleep(0.02)


class Person:
    """Someone at the desk: writes down what comes next, acts, and writes down that it was acknowledged."""

    def __init__(self, name: str, log: Path, records: Records, number: int) -> None:
        self.actor = Actor(name, "analyst")
        self.records = records
        self.random = random.Random(f"{name} {number}")
        self.number = number
        self.count = 0
        self.begun = _last_begun(log)
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def work(self) -> None:
        """First finish what the kill cut off, then take cases one after the other."""
        if self.begun is not None:
            self._go_on(self.begun)
        while True:
            got = claim_next(self.records, self.actor, [CHANNEL], NOW)
            if got is None:
                raise RuntimeError("no case is left: open more")
            self._say({"case": got.case_id, "version": got.version, "action": "taken"})
            seen = got.version
            for action in ("noted", self.random.choice(list(MOVES)[1:])):
                self.count += 1
                words = f"{self.actor.name} {self.number} {self.count}"
                self._say({"begun": words, "case": got.case_id, "action": action, "seen": seen})
                seen = self._do(got.case_id, action, words, seen) or seen

    def _go_on(self, begun: Mapping[str, Any]) -> None:
        """Look whether what was begun before the kill is there; if not, do it on the version read then."""
        steps = history(self.records, begun["case"])
        there = [step.state.version for step in steps if step.reason == begun["begun"]]
        if there:
            self._say(
                {"case": begun["case"], "version": there[0], "action": begun["action"], "was_there": True}
            )
        else:
            self._do(begun["case"], begun["action"], begun["begun"], begun["seen"])
        # Whoever does it again all the same, without looking, is told: their own step came since.
        try:
            doing = Doing(
                begun["case"], Rate("low"), self.actor, f"Again: {begun['begun']}", NOW, begun["seen"]
            )
            do(self.records, doing)
        except StaleError:
            self._say({"stale": begun["begun"]})
        except WatchfloorError as error:
            self._say({"refused": error.what})

    def _do(self, case_id: str, action: str, words: str, seen: int) -> int | None:
        try:
            after = do(self.records, Doing(case_id, MOVES[action], self.actor, words, NOW, seen))
        except WatchfloorError as error:
            self._say({"refused": error.what, "of": words})
            return None
        self._say({"case": case_id, "version": after.version, "action": action, "seen": seen})
        return after.version

    def _say(self, line: Mapping[str, Any]) -> None:
        told = {"actor": self.actor.name, "began": time.time(), "ended": time.time(), **line}
        os.write(self._log, (json.dumps(told) + "\n").encode())


def _last_begun(log: Path) -> Any:
    """Return the last line of a log where it says that something was begun, and nothing came of it yet."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    newest = json.loads(lines[-1]) if lines else {}
    return newest if "begun" in newest else None


def _told(folder: Path) -> list[Any]:
    return [
        json.loads(line)
        for path in folder.glob("*.log")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def _nothing_is_wrong(
    records: Records, home: Home, environment: Mapping[str, str], folder: Path, when: str
) -> None:
    if wrong := faults(records, home, environment, _told(folder)):
        raise RuntimeError(f"{when} {len(wrong)} faults: {'; '.join(wrong[:5])}")


def _copied(records: Records, home: Home) -> int:
    """Return how many steps the store holds after one more copy. Raises RuntimeError where it differs."""
    with open_store(home.store_path) as store:
        store.create(DESK_TABLES)
        project(store, records)
        with store.writing() as cursor:
            project_labels(cursor, records)
            behind = is_behind(cursor, records)
            cases = cursor.execute("SELECT case_id, version, status FROM desk_cases").fetchall()
            labels = cursor.execute("SELECT count(*), count(DISTINCT label_id) FROM labels").fetchall()[0]
            steps = cursor.execute("SELECT count(*), count(DISTINCT number) FROM desk_steps").fetchall()[0]
    with records.reading() as connection:
        rows = connection.execute(select(CASE_STEPS.c.case_id)).all()
    wrong = [
        row for row in cases if (state := case(records, row[0])) and (state.version, state.status) != row[1:]
    ]
    if wrong or behind or labels[0] != labels[1] or steps != (len(rows), len(rows)):
        raise RuntimeError(f"the store's copy differs: {wrong[:3]}, {labels}, {steps} of {len(rows)}")
    return int(steps[0])


def _counted(records: Records, folder: Path, waits: list[float], copied: int) -> dict[str, Any]:
    told = _told(folder)
    kinds = Counter(
        "was there"
        if line.get("was_there")
        else "stale"
        if "stale" in line
        else "acknowledged"
        if "version" in line
        else "refused"
        if "refused" in line
        else "begun"
        for line in told
    )
    size = records.where.split("://")[0]
    return {
        "kills survived": (float(len(waits)), "kills"),
        "acknowledged actions": (float(kinds["acknowledged"]), "actions"),
        "lost, doubled, overwritten or held twice": (0.0, "actions"),
        "cut off by a kill, but done": (float(kinds["was there"]), "actions"),
        "until people act again, p95": (float(np.percentile(waits, 95)), "s"),
        "words": (0.0, f"{size}: {dict(kinds)}, {copied:,} steps in the store"),
    }
