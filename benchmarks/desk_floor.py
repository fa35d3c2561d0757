"""A desk to measure: filled records on SQLite or PostgreSQL, operators that act and log, and what must hold.

    with databases() as there:                         # {"SQLite": environment, "PostgreSQL": environment}
        fill(home, environment, 6_000)
        work(Shift(home, environment, "Op 1", ...))     # in a process of its own: logs what it was told
        faults(home, environment, logs)                 # [] where nothing was lost, doubled or overwritten

An operator writes down each action that the desk acknowledged, after it was told; the logs are then held
against the table, step by step.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine, select, text

from data.errors import WatchfloorError
from data.home import Home
from desk.actors import SYSTEM, Actor
from desk.anchors import Anchors
from desk.audit import record_all
from desk.cases.acting import Doing, do, do_all, entry
from desk.cases.alerts import Alert, append_alerts
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Escalate, Move, Note, Pause, Rate, Release
from desk.cases.next_case import claim_next
from desk.cases.opening import Subject, begun
from desk.cases.reading import alerts, case, history
from desk.cases.state import SEVERITIES, CaseState, StaleError
from desk.cases.steps import CASE_STEPS, Step, append_steps, queue_differs
from desk.cases.undoing import undo_all
from desk.chain_check import verify
from desk.records import URL_VARIABLE, Records, open_records
from desk.transactional import take_turn

T = TypeVar("T")
NOW = datetime(2025, 10, 31, 23)
CHANNEL = "cis"
CRIME = Dispose("confirmed", "account_takeover", 5_000_000, checked=("customer_reached", "new_access"))
# Cases that many look at and few have in hand: here two act on the version that both read.
HOT = 5
BULK = 50
_CLUSTER = Path(__file__).parents[1] / "tests" / "desk" / "postgresql.py"


@contextmanager
def databases() -> Iterator[dict[str, dict[str, str]]]:
    """Yield the environments that lead to SQLite and, where the machine has it, to PostgreSQL."""
    spec = spec_from_file_location("postgresql_cluster", _CLUSTER)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{_CLUSTER} is missing")
    cluster: Any = module_from_spec(spec)
    spec.loader.exec_module(cluster)
    if not cluster.is_there():
        yield {"SQLite": {}}
        return
    with cluster.running("-c max_connections=200") as url:
        yield {"SQLite": {}, "PostgreSQL": {URL_VARIABLE: url}}


def emptied(environment: Mapping[str, str]) -> None:
    """Empty the PostgreSQL of an environment; SQLite begins in a folder of its own."""
    if URL_VARIABLE not in environment:
        return
    engine = create_engine(environment[URL_VARIABLE])
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def fill(records: Records, first: int, many: int) -> None:
    """Open cases about accounts `first`, `first` + 1, ..., two alerts each, in one transaction."""
    with records.writing() as connection:
        take_turn(connection)
        steps, placed = [], []
        for number in range(first, first + many):
            state = begun(
                Subject("account", f"A{number}", (CHANNEL,), SEVERITIES[number % 4], {}),
                channel=CHANNEL,
                kind="fraud",
                expected_loss_micro=(number * 7_919) % 90_000 * 1_000_000,
                alerts=2,
                at=NOW,
                earlier=0,
            )
            steps.append(Step(state, "opened", SYSTEM, "By rule", NOW))
            placed += [(state.case_id, _alert(number, part)) for part in range(2)]
        append_steps(connection, steps)
        append_alerts(connection, placed)
        record_all(connection, [entry(None, step) for step in steps])


def _alert(number: int, part: int) -> Alert:
    event = f"E{number}-{part}"
    return Alert(
        f"fraud-{event}", "fraud", f"A{number}", event, None, NOW, 0.9, 5_000_000, 4_500_000, "high", "hold",
        CHANNEL, "RU", "A new device sent more than this customer ever did",
    )  # fmt: skip


@dataclass(frozen=True)
class Shift:
    """One operator's work: where, as whom, for how long, how quickly; `log` gets a line an action.

    `think_seconds` is the mean time between two actions; `hot` are the cases that all look at.
    """

    home: Path
    environment: Mapping[str, str]
    name: str
    is_lead: bool
    seconds: float
    think_seconds: float
    log: Path
    hot: tuple[str, ...]
    seed: int


class Operator:
    """A person at a screen of their own: takes cases, looks, writes, ends them, and logs what came of it."""

    def __init__(self, shift: Shift, records: Records) -> None:
        self.shift = shift
        self.records = records
        self.actor = Actor(shift.name, "desk_lead" if shift.is_lead else "analyst")
        self.random = random.Random(shift.seed)
        self._log = os.open(shift.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.count = 0

    def work(self, is_over: Callable[[], bool]) -> None:
        """Act until it is over."""
        while not is_over():
            draw = self.random.random()
            if draw < 0.1:
                self.contend()
            elif draw < 0.13 and self.shift.is_lead:
                self.bulk()
            else:
                self.one_case()

    def one_case(self) -> None:
        """Take the next case, look at it, write a note, and do one of what is done with cases."""
        got = self.timed("taken", None, lambda: claim_next(self.records, self.actor, [CHANNEL], NOW))
        if got is None:
            return
        self.timed("looked", None, lambda: self._look(got.case_id))
        noted = self.act(got.case_id, Note(), None)
        seen = got.version if noted is None else noted.version
        self.act(got.case_id, self._ending(), seen)

    def _look(self, case_id: str) -> None:
        case(self.records, case_id)
        history(self.records, case_id)
        alerts(self.records, case_id)

    def _ending(self) -> Move:
        chosen: Sequence[Move] = (
            *(CRIME, Dispose("false_positive", because="known_pattern")),
            *(Pause(NOW + timedelta(hours=1)), Escalate(), Release(), Release()),
        )
        return self.random.choice(chosen)

    def contend(self) -> None:
        """Act on a case that others act on too, on the version that was read a moment ago."""
        case_id = self.random.choice(self.shift.hot)
        seen = case(self.records, case_id).version
        time.sleep(self.random.random() * self.shift.think_seconds * 2)
        self.act(case_id, Rate(self.random.choice(SEVERITIES)), seen)

    def bulk(self) -> None:
        """Assign many cases at once, and take it back."""
        ids = self._some()
        done = self.timed(
            "bulk", None, lambda: do_all(self.records, ids, Assign(None), self.actor, self._words(), NOW)
        )
        if done is not None:
            self.timed("bulk", None, lambda: undo_all(self.records, done.bulk_id, self.actor, NOW))

    def _some(self) -> list[str]:
        with self.records.reading() as connection:
            first = self.random.randrange(1, 2_000)
            asked = select(CASE_STEPS.c.case_id).where(
                CASE_STEPS.c.number >= first, CASE_STEPS.c.version == 1
            )
            return [row.case_id for row in connection.execute(asked.limit(BULK))]

    def act(self, case_id: str, move: Move, seen: int | None) -> CaseState | None:
        """Do a move, with words that nobody else writes."""
        doing = Doing(case_id, move, self.actor, self._words(), NOW, seen)
        return self.timed(move.action, doing, lambda: do(self.records, doing))

    def _words(self) -> str:
        self.count += 1
        return f"{self.actor.name} {self.shift.seed} {self.count}"

    def timed(self, action: str, doing: Doing | None, call: Callable[[], T]) -> T | None:
        """Think, call, and write down what came of it and how long it took; None where it was refused."""
        time.sleep(self.random.expovariate(1 / self.shift.think_seconds) if self.shift.think_seconds else 0)
        began = time.time()
        try:
            result = call()
        except StaleError:
            self.say(action, began, refused="stale")
            return None
        except WatchfloorError as error:
            self.say(action, began, refused=error.what)
            return None
        states = result if isinstance(result, CaseState) else getattr(result, "states", ())
        for state in [states] if isinstance(states, CaseState) else states:
            told = {"case": state.case_id, "version": state.version}
            self.say(action, began, **told, seen=None if doing is None else doing.seen)
        if not states:
            self.say(action, began)
        return result

    def say(self, action: str, began: float, **told: Any) -> None:
        """Write one line; it is kept when this process is killed."""
        line = {"actor": self.actor.name, "action": action, "began": began, "ended": time.time(), **told}
        os.write(self._log, (json.dumps(line) + "\n").encode())


def work(shift: Shift) -> None:
    """Work a shift in this process."""
    records = open_records(Home(shift.home), shift.environment)
    ends = time.time() + shift.seconds
    Operator(shift, records).work(lambda: time.time() >= ends)
    records.close()


def faults(records: Records, home: Home, environment: Mapping[str, str], told: Sequence[Any]) -> list[str]:
    """Return in words whatever is wrong: acknowledged but not there, doubled, overwritten, held by two."""
    wrong: list[str] = []
    with records.reading() as connection:
        rows = connection.execute(select(CASE_STEPS).order_by(CASE_STEPS.c.number)).all()
        wrong += [f"queue differs for {case_id}" for case_id in queue_differs(connection)]
    steps = {(row.case_id, row.version): row for row in rows}
    words = Counter(row.reason for row in rows if row.reason and row.bulk_id is None and row.version > 1)
    wrong += [f"doubled: {reason}" for reason, many in words.items() if many > 1]
    for line in told:
        if "version" in line:
            wrong += _lost(line, steps)
    wrong += _held_twice(rows)
    broken = verify(records, Anchors.of(home, environment)).broken
    return wrong if broken is None else [*wrong, f"audit log: {broken.words}"]


def _lost(line: Mapping[str, Any], steps: Mapping[tuple[str, int], Any]) -> list[str]:
    """Hold one acknowledged action against the table, and what it had read against what came before it."""
    where = (line["case"], line["version"])
    if where not in steps or steps[where].actor != line["actor"]:
        return [f"lost: {line}"]
    if line.get("seen") is None:
        return []
    between = [steps[line["case"], version] for version in range(line["seen"] + 1, line["version"])]
    others = [row for row in between if (row.action, row.actor) != ("taken", line["actor"])]
    return [f"overwritten: {line}"] if others and line["action"] not in ("noted", "released") else []


def _held_twice(rows: Sequence[Any]) -> list[str]:
    """Return the steps by which a case that one had in hand got into another's."""
    newest: dict[str, Any] = {}
    wrong = []
    for row in rows:
        before = newest.get(row.case_id)
        was_held = before is not None and before.holder and row.recorded_at < before.lease_until
        if before is not None and was_held and row.holder not in (None, before.holder):
            wrong.append(f"held twice: {row.case_id} by {before.holder} and {row.holder}")
        newest[row.case_id] = row
    return wrong


def held_at_once(told: Sequence[Any]) -> list[str]:
    """Return the cases that two operators believed to hold at the same moment, by their own logs."""
    spans: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    open_now: dict[tuple[str, str], float] = {}
    for line in sorted((line for line in told if "case" in line), key=lambda line: float(line["ended"])):
        key = (line["case"], line["actor"])
        if line["action"] == "taken":
            open_now[key] = line["ended"]
        elif key in open_now and line["action"] not in ("noted", "rated", "bulk"):
            spans[line["case"]].append((open_now.pop(key), line["began"], line["actor"]))
    wrong = []
    for case_id, held in spans.items():
        held.sort()
        for one, other in pairwise(held):
            if other[0] < one[1] and other[2] != one[2]:
                wrong.append(f"held at once: {case_id} by {one[2]} and {other[2]}")
    return wrong


def lines_of(folder: Path) -> list[Any]:
    """Return what all operators wrote down."""
    found = []
    for path in sorted(folder.glob("*.log")):
        found += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return found


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder for a run; on the disk that the machine keeps its files on."""
    with tempfile.TemporaryDirectory(prefix="wf-desk-") as folder:
        yield Path(folder)
