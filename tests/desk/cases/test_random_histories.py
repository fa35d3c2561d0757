"""Whatever several people do in whatever order: the desk stays whole, and agrees with a plain model of it.

One history is a list of acts, each by one person on one case, some on an old version, while the wall clock
goes on. A fold of moves in Python, without the database, is the slow twin of what the records say.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_cases import ANA, BEN, LEE, MISTAKEN, NOW, OLGA, RITA, SmallDesk, Wall, confirmed, never
from sqlalchemy import select

from data.errors import WatchfloorError
from data.home import Home
from data.store import Store, memory_store
from desk.actors import Actor
from desk.anchors import Anchors
from desk.cases.acting import do_all
from desk.cases.endings import Dispose, Reopen, Withdraw
from desk.cases.moves import (
    Assign,
    Escalate,
    ForceRelease,
    Hand,
    Move,
    Note,
    Pause,
    Rate,
    Release,
    Resume,
    Take,
    Turn,
)
from desk.cases.next_case import claim_next, in_hand
from desk.cases.reading import case, history
from desk.cases.state import CaseState, StaleError
from desk.cases.steps import CASE_STEPS
from desk.cases.undoing import undo, undo_all
from desk.chain_check import verify
from desk.projection import project
from desk.projection_tables import DESK_TABLES
from desk.records import open_records

PEOPLE = (ANA, BEN, OLGA, LEE, RITA)
CASES = 3
MOVES: tuple[Move, ...] = (
    *(Take(), Release(), ForceRelease(), Assign("Ana"), Assign(None), Note(), Escalate(), Hand("south_asia")),
    *(Hand("cis"), Rate("critical"), Rate("low"), Pause(), Resume(), Withdraw(), Reopen()),
    *(Pause(NOW + timedelta(minutes=30)), confirmed()),
    MISTAKEN,
)


@dataclass(frozen=True)
class Act:
    """One act of a history: who, on which of the cases, how many versions behind, after how many minutes."""

    kind: str
    actor: Actor
    place: int
    move: Move
    behind: int
    minutes: int


ACTS = st.lists(
    st.builds(
        Act,
        st.sampled_from(["do"] * 6 + ["claim", "claim", "undo", "bulk", "undo_all"]),
        st.sampled_from(PEOPLE),
        st.integers(0, CASES - 1),
        st.sampled_from(MOVES),
        st.sampled_from([0, 0, 0, 1, 2]),
        st.sampled_from([0, 0, 1, 9, 16]),
    ),
    max_size=30,
)


@dataclass
class Played:
    """A desk on which acts are played, with what each person was told came of them."""

    desk: SmallDesk
    ids: list[str]
    told: list[tuple[str, int, str, str]] = field(default_factory=list)
    bulks: list[str] = field(default_factory=list)

    def play(self, act: Act) -> None:
        """Play one act; a refusal writes nothing."""
        self.desk.wall.pass_by(minutes=act.minutes)
        self.desk.at += timedelta(minutes=act.minutes)
        before = self.count()
        try:
            states = self._acted(act)
        except WatchfloorError:
            states = ()
        self.told += [(state.case_id, state.version, act.actor.name, act.kind) for state in states]
        assert self.count() - before == len(states)

    def _acted(self, act: Act) -> Sequence[CaseState]:
        records, at, case_id = self.desk.records, self.desk.at, self.ids[act.place]
        if act.kind == "claim":
            found = claim_next(records, act.actor, ["cis"], at)
            return () if found is None else (found,)
        if act.kind == "undo":
            return (undo(records, case_id, act.actor, at),)
        if act.kind == "bulk":
            done = do_all(records, self.ids, act.move, act.actor, "All of them", at, dice=never)
            self.bulks.append(done.bulk_id)
            return done.states
        if act.kind == "undo_all":
            return undo_all(records, self.bulks[-1], act.actor, at).states if self.bulks else ()
        return self._one(act, case_id)

    def _one(self, act: Act, case_id: str) -> Sequence[CaseState]:
        """Act on one case; whoever holds an old version of what must be fresh is never let in."""
        before = case(self.desk.records, case_id)
        seen = max(1, before.version - act.behind)
        since = [step for step in history(self.desk.records, case_id) if step.state.version > seen]
        is_stale = any((step.action, step.actor) != ("taken", act.actor.name) for step in since)
        after = self.desk.do(case_id, act.move, act.actor, seen=seen)
        assert not (is_stale and act.move.needs_fresh)
        held_by = before.held_by(self.desk.wall.now)
        assert held_by in (None, act.actor.name) or not act.move.needs_hands
        return (after,)

    def count(self) -> int:
        """Return how many steps there are."""
        with self.desk.records.reading() as connection:
            return len(connection.execute(select(CASE_STEPS.c.number)).all())


def folded(steps: Sequence[Any]) -> CaseState:
    """Return the state that a case's steps lead to, by the moves alone: the slow twin of the newest row."""
    state: CaseState = steps[0].state
    states = {1: state}
    kinds: dict[str, list[Move]] = {}
    for move in MOVES:
        kinds.setdefault(move.action, []).append(move)
    for step in steps[1:]:
        turn = Turn(Actor(step.actor, step.role), step.at, step.recorded_at)
        if step.action == "undone":
            earlier = states[step.details["undoes"] - 1]
            state = replace_version(earlier, state.version + 1)
        else:
            (move,) = [move for move in kinds[step.action] if dict(move.details) == dict(step.details)]
            state = move.after(state, turn)
        states[state.version] = state
    return state


def replace_version(state: CaseState, version: int) -> CaseState:
    """Return a state as another version of the case."""
    return CaseState(**{name: getattr(state, name) for name in state.__slots__} | {"version": version})


def check(played: Played, home: Home, store: Store) -> None:
    """Hold everything that must be so after any history."""
    records = played.desk.records
    assert played.desk.differs() == []
    holders: dict[str, str] = {}
    acknowledged = []
    for case_id in played.ids:
        steps = history(records, case_id)
        assert [step.state.version for step in steps] == list(range(1, len(steps) + 1))
        assert folded(steps) == steps[-1].state == case(records, case_id)
        acknowledged += [(case_id, step.state.version, step.actor) for step in steps[1:]]
    for actor in PEOPLE:
        for state in in_hand(records, actor):
            assert holders.setdefault(state.case_id, actor.name) == actor.name
    assert sorted(acknowledged) == sorted(row[:3] for row in played.told)
    assert verify(records, Anchors.of(home, {})).broken is None
    assert_copied(played, store)


def assert_copied(played: Played, store: Store) -> None:
    """Hold that the store, which held another history, now holds the cases of this one as they stand."""
    project(store, played.desk.records)
    with store.cursor() as cursor:
        copied = cursor.execute("SELECT case_id, version, status, holder, paused_seconds FROM desk_cases")
        found = {row[0]: tuple(row[1:]) for row in copied.fetchall()}
    there = [case(played.desk.records, case_id) for case_id in played.ids]
    assert found == {
        state.case_id: (state.version, state.status, state.holder, state.paused_seconds) for state in there
    }


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with empty records, to copy for each history."""
    home = Home(tmp_path_factory.mktemp("histories") / "empty")
    open_records(home, {}, clock=Wall()).close()
    return home


@pytest.fixture(scope="module")
def copied() -> Iterator[Store]:
    with memory_store() as opened:
        opened.create(DESK_TABLES)
        yield opened


@contextmanager
def fresh_desk(empty: Home) -> Iterator[tuple[Home, SmallDesk]]:
    """Yield a desk of its own, empty."""
    with tempfile.TemporaryDirectory(dir=empty.path.parent) as folder:
        shutil.copytree(empty.path, folder, dirs_exist_ok=True)
        home, wall = Home(Path(folder)), Wall()
        records = open_records(home, {}, clock=wall)
        yield home, SmallDesk(records, wall)
        records.close()


@settings(max_examples=20, deadline=None)
@given(acts=ACTS)
def test_any_history_of_several_people_leaves_the_desk_whole(
    empty: Home, copied: Store, acts: list[Act]
) -> None:
    with fresh_desk(empty) as (home, desk):
        played = Played(desk, [desk.opened(f"A{number}") for number in range(CASES)])
        for act in acts:
            played.play(act)
        check(played, home, copied)


@settings(max_examples=6, deadline=None)
@given(
    writers=st.lists(st.sampled_from(PEOPLE[:3]), min_size=2, max_size=3, unique=True),
    moves=st.lists(
        st.sampled_from([Rate("low"), Escalate(), Pause(), Dispose("inconclusive")]), min_size=3, max_size=3
    ),
)
def test_of_all_who_act_on_the_version_they_read_one_is_let_in_and_the_others_told(
    empty: Home, writers: list[Actor], moves: list[Move]
) -> None:
    with fresh_desk(empty) as (_, desk):
        case_id = desk.opened()
        told = []
        for actor, move in zip(writers, moves, strict=False):
            try:
                desk.do(case_id, move, actor, seen=1)
            except StaleError as error:
                told.append(error.what)
        assert len(told) == len(writers) - 1
        assert all(f"{writers[0].name}: {moves[0].action}" in words for words in told)
        assert case(desk.records, case_id).version == 2
