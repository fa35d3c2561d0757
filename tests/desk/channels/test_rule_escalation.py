from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk_configured import OPENED, case, configured
from sqlalchemy import select

from data.home import PROJECT_ROOT, Home
from desk import audit
from desk.actors import SYSTEM, Actor, RightError
from desk.cases.acting import Doing, do
from desk.cases.by_rule import by_rule
from desk.cases.moves import Escalate, Take
from desk.cases.state import CaseError, CaseState
from desk.cases.steps import CASE_QUEUE, Step, append_steps, queue_differs, requeue, states_of
from desk.channels.clocks import clock_of
from desk.channels.escalation import escalate_due, fits
from desk.channels.in_force import channels_in_force, put_in_force
from desk.channels.notices import notices
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records
from desk.transactional import take_turn

ANA = Actor("Ana Analystdemo", "analyst")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Records]:
    opened = open_records(Home(tmp_path), {})
    found(opened, DEMONSTRATION, OPENED)
    yield opened
    opened.close()


def opened(records: Records, *cases: CaseState) -> None:
    with records.writing() as connection:
        take_turn(connection)
        append_steps(connection, [Step(state, "opened", SYSTEM, "Alert", state.opened_at) for state in cases])


def now_of(records: Records, case_id: str) -> CaseState:
    with records.reading() as connection:
        return states_of(connection, [case_id])[case_id]


def rules_that_fit(state: CaseState, minutes: int) -> list[str]:
    at = OPENED + minutes * MINUTE
    return [rule.name for rule in channels_in_force().rules if fits(rule, state, clock_of(state, at), at)]


@pytest.mark.parametrize(
    ("state", "minutes", "rules"),
    [
        (case(), 1, []),
        (case(expected_loss_micro=25_000_000_001), 1, ["large_loss"]),
        (case(expected_loss_micro=25_000_000_000), 1, []),
        (case(kind="sanction", severity="low"), 1, ["sanction"]),
        (case(kind="ring", severity="low", expected_loss_micro=10_000_000_001), 1, ["large_ring"]),
        (case(severity="critical"), 14, []),
        (case(severity="critical"), 15, ["critical_unlooked"]),
        (case(severity="critical", first_look_at=OPENED), 15, []),
        (case(), 541, ["urgent_due_soon"]),
        (case(severity="critical", first_look_at=OPENED, level=1), 241, ["critical_breached"]),
        (case(severity="critical", level=2), 241, []),
    ],
)
def test_a_rule_raises_what_fits_all_that_it_names(state: CaseState, minutes: int, rules: list[str]) -> None:
    assert rules_that_fit(state, minutes) == rules


def test_a_case_goes_up_by_a_rule_once_with_a_step_and_a_line_of_the_audit_log(desk: Records) -> None:
    opened(desk, case("C-1", kind="sanction"), case("C-2"))

    first, again = (escalate_due(desk, OPENED + MINUTE) for _ in range(2))

    assert (dict(first.raised), dict(again.raised)) == ({"C-1": "sanction"}, {})
    assert (now_of(desk, "C-1").level, now_of(desk, "C-2").level) == (1, 0)
    (line,) = audit.lines(desk, action="escalated")
    assert (line.actor, line.role, line.object_id) == ("Watchfloor", "system", "C-1")
    assert line.reason == "A sanctioned counterparty."


def test_a_case_that_is_worked_on_is_not_taken_from_its_person(desk: Records) -> None:
    opened(desk, case("C-1", kind="sanction"))
    do(desk, Doing("C-1", Take(), ANA, "", OPENED))

    assert escalate_due(desk, OPENED + MINUTE).raised == {}
    assert now_of(desk, "C-1").holder == ANA.name

    late = replace(now_of(desk, "C-1"), version=3, holder=None, lease_until=None)
    with desk.writing() as connection:
        append_steps(connection, [Step(late, "released", ANA, "", OPENED + MINUTE)])
    assert escalate_due(desk, OPENED + 2 * MINUTE).raised == {"C-1": "sanction"}


def test_the_highest_rule_comes_first_and_goes_straight_to_its_level(desk: Records) -> None:
    opened(desk, case("C-1", kind="sanction", severity="critical"))

    assert escalate_due(desk, OPENED + 300 * MINUTE).raised == {"C-1": "critical_breached"}
    assert now_of(desk, "C-1").level == 2
    assert escalate_due(desk, OPENED + 301 * MINUTE).raised == {}


def test_what_goes_up_and_what_breaches_is_told_once(desk: Records, tmp_path: Path) -> None:
    hook = '[[webhooks]]\nname = "chat"\nurl = "https://example.com/x"\nkey_variable = "KEY"\n'
    put_in_force(configured(tmp_path, hook))
    opened(desk, case("C-1", kind="sanction", severity="medium"))

    assert escalate_due(desk, OPENED + MINUTE).notices == 1
    assert escalate_due(desk, OPENED + 1440 * MINUTE).notices == 1
    assert escalate_due(desk, OPENED + 1441 * MINUTE).notices == 0
    assert [one.notice_id for one in notices(desk)] == [
        "breached:C-1:20251101T1200:chat",
        "escalated:C-1:sanction:chat",
    ]


def test_the_program_escalates_by_a_rule_of_the_configuration_and_by_nothing_else(desk: Records) -> None:
    opened(desk, case("C-1"))

    with desk.writing() as connection:
        take_turn(connection)
        with pytest.raises(CaseError, match="by rule only"):
            by_rule(connection, [(case("C-1"), Escalate(), "Because")], OPENED)
        with pytest.raises(CaseError, match="by rule only"):
            by_rule(connection, [(case("C-1"), Escalate("made_up", 2), "Because")], OPENED)
    with pytest.raises(RightError):
        do(desk, Doing("C-1", Escalate("sanction", 2), SYSTEM, "Because", OPENED))


def test_a_person_escalates_by_hand_and_never_by_a_rule(desk: Records) -> None:
    opened(desk, case("C-1"))
    for claimed in (Escalate(rule="large_loss"), Escalate(to=2)):
        with pytest.raises(CaseError, match="Only the program escalates by a rule"):
            do(desk, Doing("C-1", claimed, ANA, "It looks large", OPENED))
    assert do(desk, Doing("C-1", Escalate(), ANA, "It looks large", OPENED)).level == 1


def test_no_page_can_act_as_the_program() -> None:
    naming = [
        str(path.relative_to(PROJECT_ROOT))
        for room in ("dashboard", "pages")
        for path in (PROJECT_ROOT / room).rglob("*.py")
        if re.search(
            r"import .*\bby_rule\b|actors import[^\n]*\bSYSTEM\b|Actor\(\"Watchfloor\"", path.read_text()
        )
    ]

    # Only what runs without anybody: the lines of jobs, and the clock.
    assert sorted(naming) == ["dashboard/desk_clock.py", "dashboard/job_lines.py"]


def test_a_changed_configuration_queues_the_cases_anew(desk: Records, tmp_path: Path) -> None:
    opened(desk, case("C-1"), case("C-2", severity="low"))
    sooner = '[[levels]]\nchannel = "europe"\nseverity = "high"\nfirst_look_minutes = 5\nminutes = 30\n'
    put_in_force(configured(tmp_path, sooner))

    with desk.writing() as connection:
        take_turn(connection)
        assert queue_differs(connection) == ["C-1"]
        assert (requeue(connection), queue_differs(connection)) == (1, [])
        due = connection.execute(select(CASE_QUEUE.c.due_at).where(CASE_QUEUE.c.case_id == "C-1")).scalar()
    assert due == datetime(2025, 10, 31, 12, 30)
