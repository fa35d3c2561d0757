"""Random histories of approvals: whatever anybody tries in whatever order, the rule holds."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from data.errors import WatchfloorError
from data.home import Home
from desk.actors import RIGHTS, ROLES, Actor
from desk.anchors import Anchors
from desk.approval_events import APPROVAL_EVENTS
from desk.approvals import LIFE, Act, approve, propose, reject, use, waiting, withdraw
from desk.audit import lines
from desk.chain_check import verify
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records

NOW = datetime(2025, 10, 31, 23)
ACTORS = [Actor(name, role) for name, role in DEMONSTRATION.items()]
# Those who may do anything here, so that histories come far.
ABLE = [actor for actor in ACTORS if actor.role in ("risk_manager", "desk_lead")]
# Two people who say that they are in the role of the other, and one who is not here.
LIARS = [
    Actor("Rita Riskdemo", "desk_lead"),
    Actor("Ada Admindemo", "risk_manager"),
    Actor("Eve", "desk_lead"),
]
ACTS = [
    Act(action, object_id, amount, {}, f"{action} {object_id}")
    for action in ("promote_model", "roll_out_policy")
    for object_id, amount in (("one", None), ("two", 5))
]
VERBS = ("propose", "approve", "reject", "withdraw", "use")
WHO = st.one_of(st.sampled_from(ABLE), st.sampled_from(ACTORS + LIARS))
# Who does what with which act to which approval, whether it is used for its own act, and after how many
# hours: most are used while they are good, some after the end of LIFE.
STEP = st.tuples(
    st.sampled_from(VERBS),
    WHO,
    st.sampled_from(ACTS),
    st.integers(0, 3),
    st.sampled_from((True, True, False)),
    st.sampled_from((0, 0, 1, 40)),
)
Step = tuple[str, Actor, Act, int, bool, int]
_runs = itertools.count()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Records, Home]]:
    home = Home(tmp_path_factory.mktemp("histories"))
    records = open_records(home, {})
    found(records, DEMONSTRATION, NOW)
    yield records, home
    records.close()


def attempt(
    records: Records, verb: str, actor: Actor, act: Act, approval_id: str, now: datetime
) -> str | None:
    """Do what is asked, and return the id of a proposal that was made; None where it was refused."""
    try:
        if verb == "propose":
            return propose(records, act, actor, "Because", now).approval_id
        if verb == "use":
            with records.writing() as connection:
                use(connection, approval_id, act, actor, now)
            return None
        {"approve": approve, "reject": reject, "withdraw": withdraw}[verb](
            records, approval_id, actor, "Because", now
        )
    except WatchfloorError:
        return None
    return None


RITA, LENA = ABLE[0], ABLE[2]
TO_EVERY_STEP: list[Step] = [
    (verb, actor, ACTS[place], place, True, 0)
    for place, verb, actor in (
        (0, "propose", RITA), (0, "approve", LENA), (0, "use", RITA),
        (1, "propose", RITA), (1, "reject", LENA),
        (2, "propose", LENA), (2, "approve", RITA), (2, "withdraw", LENA),
    )
]  # fmt: skip


@example(history=TO_EVERY_STEP)
@settings(max_examples=40, deadline=None)
@given(history=st.lists(STEP, min_size=15, max_size=30))
def test_no_history_uses_an_approval_twice_or_has_a_maker_who_checks(
    kept: tuple[Records, Home], history: list[Step]
) -> None:
    records, _ = kept
    # Objects of this run only, so that runs do not meet.
    run, now, made = next(_runs), NOW, dict[str, Act]()
    for verb, actor, wanted, place, is_its_own, hours in history:
        now += timedelta(hours=hours)
        act = replace(wanted, object_id=f"{wanted.object_id}-{run}")
        approval_id = list(made)[place % len(made)] if made else "A-none"
        if verb != "propose" and is_its_own:
            act = made.get(approval_id, act)
        done = attempt(records, verb, actor, act, approval_id, now)
        if done is not None:
            made[done] = act

    holds_the_rule(records, list(made))


def holds_the_rule(records: Records, made: list[str]) -> None:
    """Read the bare rows of these approvals and hold each part of the rule against them."""
    with records.reading() as connection:
        asked = select(APPROVAL_EVENTS).where(APPROVAL_EVENTS.c.approval_id.in_(made))
        rows = list(connection.execute(asked.order_by(APPROVAL_EVENTS.c.number)))
    here = set(DEMONSTRATION.items())
    assert all((row.actor, row.role) in here for row in rows)
    proposed = {row.approval_id: row for row in rows if row.step == "proposed"}
    approved = {row.approval_id: row for row in rows if row.step == "approved"}
    assert max(Counter((row.approval_id, row.step) for row in rows).values(), default=1) == 1
    for row in rows:
        first = proposed[row.approval_id]
        assert (row.act_hash, row.maker, row.expires_at) == (first.act_hash, first.actor, first.at + LIFE)
        if row.step in ("approved", "rejected"):
            assert row.actor != first.actor
            assert row.role in RIGHTS[row.action].checkers
        if row.step == "used":
            assert approved[row.approval_id].at <= row.at < row.expires_at
            assert (row.action, row.object_id) == (first.action, first.object_id)
    ends = Counter(row.approval_id for row in rows if row.step in ("rejected", "withdrawn", "used"))
    assert max(ends.values(), default=1) == 1
    # Every step, and nothing else, is a line of the log with the same person.
    for approval_id in made:
        told = [(line.action, line.actor) for line in reversed(lines(records, approval_id=approval_id))]
        assert told == [(row.step, row.actor) for row in rows if row.approval_id == approval_id]


def test_after_all_histories_the_chain_is_whole(kept: tuple[Records, Home]) -> None:
    records, home = kept
    # The histories came to every step there is.
    assert all(lines(records, action=step) for step in ("approved", "rejected", "withdrawn", "used"))
    assert verify(records, Anchors.of(home, {})).broken is None


@pytest.mark.parametrize("action", [right.name for right in RIGHTS.values() if right.is_dangerous])
def test_each_role_against_each_step_is_allowed_or_refused_as_the_table_of_rights_says(
    tmp_path: Path, action: str
) -> None:
    records = open_records(Home(tmp_path), {})
    # Two people a role, so that nobody is refused for being the maker.
    found(records, {f"{role} {who}": role for role in ROLES for who in ("one", "two")}, NOW)
    right = RIGHTS[action]
    maker = Actor(f"{min(right.holders)} one", min(right.holders))
    for role in ROLES:
        actor = Actor(f"{role} two", role)
        act = Act(action, role, None, {}, f"{action} {role}")
        may_propose = attempt(records, "propose", actor, act, "", NOW) is not None
        assert may_propose == (role in right.holders), role
        asked = propose(records, act, maker, "Because", NOW)
        attempt(records, "approve", actor, act, asked.approval_id, NOW)
        is_waiting = asked.approval_id in [each.approval_id for each in waiting(records, NOW)]
        assert is_waiting != (role in right.checkers), role
    records.close()
