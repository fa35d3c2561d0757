"""Four eyes, on both databases: two different people, one use, one act, before it expires."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from data.errors import WatchfloorError
from data.home import Home
from desk.actors import PROMOTE_MODEL, Actor, ActorError, RightError
from desk.approval_events import APPROVAL_EVENTS
from desk.approvals import (
    LIFE,
    Act,
    Approval,
    ApprovalError,
    approval_of,
    approve,
    propose,
    reject,
    use,
    waiting,
    withdraw,
)
from desk.audit import lines
from desk.people import DEMONSTRATION, LonelyError, found
from desk.records import Records, RecordsError, open_records

NOW = datetime(2025, 10, 31, 23)
CLOCK = datetime(2026, 1, 5, 12)
ACT = Act(
    PROMOTE_MODEL.name, "fraud-cis-2", None, {"area": "cis", "gain": 0.25}, "Promote fraud-cis-2 in CIS"
)
RITA, ROLF = Actor("Rita Riskdemo", "risk_manager"), Actor("Rolf Riskdemo", "risk_manager")
LENA, ANA = Actor("Lena Leaddemo", "desk_lead"), Actor("Ana Analystdemo", "analyst")


@pytest.fixture
def records(home: Home, environment: dict[str, str]) -> Iterator[Records]:
    opened = open_records(home, environment, clock=lambda: CLOCK)
    found(opened, DEMONSTRATION, NOW)
    yield opened
    opened.close()


def used(
    records: Records, approval_id: str, act: Act = ACT, actor: Actor = RITA, now: datetime = NOW
) -> None:
    with records.writing() as connection:
        use(connection, approval_id, act, actor, now)


def approved(records: Records, maker: Actor = RITA, checker: Actor = LENA) -> Approval:
    asked = propose(records, ACT, maker, "Catches more", NOW)
    return approve(records, asked.approval_id, checker, "Seen", NOW)


def test_one_proposes_another_approves_and_the_act_is_done_once(records: Records) -> None:
    asked = propose(records, ACT, RITA, " Catches more ", NOW)
    assert (asked.state, asked.maker, asked.reason) == ("waiting", RITA, "Catches more")
    assert asked.expires_at == NOW + timedelta(days=3)
    assert waiting(records, NOW) == [asked]

    seen = approve(records, asked.approval_id, LENA, "Seen", NOW + timedelta(hours=1))
    assert (seen.state, seen.checker, seen.note, seen.act) == ("approved", LENA, "Seen", ACT)
    assert seen.decided_at == NOW + timedelta(hours=1)
    assert waiting(records, NOW) == []

    used(records, asked.approval_id)
    assert approval_of(records, asked.approval_id).state == "used"
    with pytest.raises(ApprovalError, match="good for one use"):
        used(records, asked.approval_id)


def test_every_step_is_a_line_of_the_audit_log_with_the_id_of_the_approval(records: Records) -> None:
    asked = approved(records)
    used(records, asked.approval_id)

    told = [
        (line.action, line.actor, line.object_id) for line in lines(records, approval_id=asked.approval_id)
    ]
    assert told == [
        ("used", "Rita Riskdemo", "fraud-cis-2"),
        ("approved", "Lena Leaddemo", "fraud-cis-2"),
        ("proposed", "Rita Riskdemo", "fraud-cis-2"),
    ]


def test_the_same_act_asked_for_twice_is_one_approval_until_it_is_used(records: Records) -> None:
    first = propose(records, ACT, RITA, "Catches more", NOW)
    assert propose(records, ACT, RITA, "Again", NOW) == first
    # Rolf's is another: an approval is bound to its maker.
    assert propose(records, ACT, ROLF, "I think so too", NOW).approval_id != first.approval_id
    approve(records, first.approval_id, LENA, "", NOW)
    used(records, first.approval_id)
    again = propose(records, ACT, RITA, "Once more", NOW)
    assert (again.state, again.approval_id == first.approval_id) == ("waiting", False)


@pytest.mark.parametrize("decide", [approve, reject])
def test_nobody_decides_on_what_they_proposed(records: Records, decide: Callable[..., Approval]) -> None:
    asked = propose(records, ACT, RITA, "Catches more", NOW)
    with pytest.raises(ApprovalError, match="Rita Riskdemo proposed it: somebody else must decide"):
        decide(records, asked.approval_id, RITA, "Mine", NOW)
    assert approval_of(records, asked.approval_id).state == "waiting"


def test_a_person_does_not_become_another_by_naming_another_role_or_a_made_up_name(records: Records) -> None:
    asked = propose(records, ACT, RITA, "Catches more", NOW)
    for actor in (Actor("Rita Riskdemo", "desk_lead"), Actor("Rita  Riskdemo", "risk_manager")):
        with pytest.raises(ActorError, match="is not among the people here"):
            approve(records, asked.approval_id, actor, "", NOW)
    with pytest.raises(ActorError, match="is not among the people here as risk manager"):
        propose(records, ACT, Actor("local", "risk_manager"), "Catches more", NOW)


def test_who_may_not_propose_or_decide_is_told_who_may(records: Records) -> None:
    with pytest.raises(RightError, match=r"may not promote a model\. Risk manager and analyst may"):
        propose(records, ACT, Actor("Ada Admindemo", "administrator"), "Please", NOW)
    asked = propose(records, ACT, RITA, "Catches more", NOW)
    with pytest.raises(RightError, match=r"whether to promote a model\. Risk manager and desk lead may"):
        approve(records, asked.approval_id, ANA, "", NOW)
    approve(records, asked.approval_id, LENA, "", NOW)
    with pytest.raises(RightError, match="may not promote a model"):
        used(records, asked.approval_id, actor=Actor("Aude Auditordemo", "auditor"))


@pytest.mark.parametrize(
    "other",
    [
        replace(ACT, object_id="fraud-cis-3"),
        replace(ACT, amount_micro=1),
        replace(ACT, details={"area": "cis", "gain": 0.26}),
        replace(ACT, summary="Promote it"),
        replace(ACT, action="roll_out_policy"),
    ],
)
def test_an_approval_is_good_for_its_own_act_only(records: Records, other: Act) -> None:
    asked = approved(records)
    with pytest.raises(ApprovalError, match="It is for another act: Promote fraud-cis-2 in CIS"):
        used(records, asked.approval_id, other)
    used(records, asked.approval_id)


def test_an_approval_is_good_until_it_expires(records: Records) -> None:
    asked = approved(records)
    # The last moment and the next one.
    with pytest.raises(ApprovalError, match="It expired before it was used"):
        used(records, asked.approval_id, now=NOW + LIFE)
    used(records, asked.approval_id, now=NOW + LIFE - timedelta(microseconds=1))

    late = propose(records, ACT, ROLF, "Catches more", NOW)
    assert waiting(records, NOW + LIFE) == []
    with pytest.raises(ApprovalError, match="It does not wait any more: it is expired"):
        approve(records, late.approval_id, LENA, "", NOW + LIFE)


def test_what_was_rejected_or_withdrawn_is_never_used(records: Records) -> None:
    asked = propose(records, ACT, RITA, "Catches more", NOW)
    with pytest.raises(ApprovalError, match="needs a reason"):
        reject(records, asked.approval_id, LENA, " ", NOW)
    assert reject(records, asked.approval_id, LENA, "Too thin", NOW).ended_because == "Too thin"
    with pytest.raises(ApprovalError, match="It was rejected"):
        used(records, asked.approval_id)

    other = approved(records, ROLF)
    with pytest.raises(ApprovalError, match="Only Rolf Riskdemo, who proposed it"):
        withdraw(records, other.approval_id, RITA, "Not yours", NOW)
    assert withdraw(records, other.approval_id, ROLF, "Thought again", NOW).state == "withdrawn"
    with pytest.raises(ApprovalError, match="It was withdrawn"):
        used(records, other.approval_id)


def test_a_use_falls_with_the_act_that_it_belongs_to(records: Records) -> None:
    asked = approved(records)

    def fail_after_use() -> None:
        with records.writing() as connection:
            use(connection, asked.approval_id, ACT, RITA, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_use()
    assert approval_of(records, asked.approval_id).state == "approved"
    with (
        pytest.raises(RuntimeError, match=r"within `records.writing\(\)` only"),
        records.reading() as reading,
    ):
        use(reading, asked.approval_id, ACT, RITA, NOW)


def test_an_ordinary_action_is_not_approved_by_two(records: Records) -> None:
    with pytest.raises(ApprovalError, match="'escalate' is not an action that two people approve") as caught:
        propose(records, replace(ACT, action="escalate"), RITA, "Please", NOW)
    assert "Possible: promote_model, roll_out_policy" in str(caught.value)
    with pytest.raises(ApprovalError, match="There is no approval 'A-none'"):
        approve(records, "A-none", LENA, "", NOW)


def test_where_nobody_was_named_nothing_dangerous_begins(home: Home) -> None:
    empty = open_records(home, {})
    with pytest.raises(LonelyError, match="Nobody could ever promote a model: it takes two people"):
        propose(empty, ACT, Actor("local", "risk_manager"), "Catches more", NOW)
    empty.close()


@pytest.mark.parametrize("what", ["approve", "use"])
def test_of_two_who_act_at_once_one_wins(records: Records, what: str) -> None:
    asked = propose(records, ACT, RITA, "Catches more", NOW)
    if what == "use":
        approve(records, asked.approval_id, LENA, "", NOW)
    barrier, told = Barrier(4), list[str]()

    def act(actor: Actor) -> None:
        barrier.wait(30)
        try:
            if what == "use":
                used(records, asked.approval_id, actor=actor)
            else:
                approve(records, asked.approval_id, actor, "", NOW)
            told.append("done")
        except ApprovalError:
            told.append("refused")

    four = (LENA, ROLF, Actor("Luis Leaddemo", "desk_lead"), LENA)
    threads = [Thread(target=act, args=(actor,)) for actor in four]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(told) == ["done", "refused", "refused", "refused"]


def step(records: Records, approval_id: str, **changed: object) -> None:
    """Write a step past the rule, as whoever has the database could: the newest row with `changed`."""
    with records.writing() as connection:
        newest = select(APPROVAL_EVENTS).where(APPROVAL_EVENTS.c.approval_id == approval_id)
        row = connection.execute(newest.order_by(APPROVAL_EVENTS.c.number.desc())).first()
        assert row is not None
        fields = {name: value for name, value in row._asdict().items() if name != "number"}
        connection.execute(insert(APPROVAL_EVENTS).values(**(fields | changed)))


def test_the_database_itself_refuses_a_step_past_the_rule(records: Records) -> None:
    asked = propose(records, ACT, RITA, "Catches more", NOW)
    approval = {"step": "approved", "follows": "proposed"}
    taken = {"step": "used", "follows": "approved", "checker": LENA.name}
    refused = (IntegrityError, DBAPIError, RecordsError)

    def refuses(**changed: object) -> None:
        with pytest.raises(refused):
            step(records, asked.approval_id, **changed)

    refuses(**approval, checker=RITA.name)
    refuses(**approval, actor=LENA.name)
    refuses(**approval, actor=LENA.name, checker=LENA.name, act_hash="0" * 64)
    refuses(**approval, actor=LENA.name, checker=LENA.name, at=NOW + LIFE)
    refuses(**taken)
    approve(records, asked.approval_id, LENA, "", NOW)
    refuses(**taken, maker=LENA.name, actor=LENA.name)
    refuses(**taken, expires_at=NOW + 2 * LIFE)
    refuses(**approval | {"step": "rejected"})
    used(records, asked.approval_id)
    refuses()
    refuses(step="withdrawn", follows="proposed", actor=RITA.name)


def test_no_error_of_an_approval_is_silent_about_what_to_do(records: Records) -> None:
    asked = propose(records, ACT, RITA, "Catches more", NOW)
    with pytest.raises(WatchfloorError) as caught:
        used(records, asked.approval_id)
    assert str(caught.value) == (
        "Nobody has approved it yet.\n"
        f"Where: approval {asked.approval_id}: Promote fraud-cis-2 in CIS\n"
        "Possible: one use, before 03 November 2025, 23:00 UTC, of what was approved by another\n"
        "What to do: Propose it again, and have another person approve it."
    )
