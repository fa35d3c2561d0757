"""Roll-outs of policies: two people, a beginning that is not over, served by scoring."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from data.home import Home
from data.store import Store
from desk.actors import Actor, RightError
from desk.approvals import ApprovalError, approve
from desk.audit import lines
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records
from desk.rollout_events import ROLLOUT_EVENTS
from desk.rollouts import (
    Plan,
    RolloutError,
    back_of,
    plan_of,
    propose_rollout,
    roll_out,
    rollouts,
    serve_rollouts,
)
from scoring.amendments import rollouts_begun
from scoring.policy_tables import ROLLOUTS

NOW = datetime(2025, 10, 31, 23)
STARTS_AT = datetime(2025, 11, 3)
RITA, ROLF = Actor("Rita Riskdemo", "risk_manager"), Actor("Rolf Riskdemo", "risk_manager")
ANA = Actor("Ana Analystdemo", "analyst")
LADDER = {"step_up": 0.02, "hold": 0.3, "block": 0.9}
PLAN = Plan(
    "ID",
    "Stricter withdrawals",
    STARTS_AT,
    {"thresholds": LADDER, "verification": {"new_address_hours": 24.0}},
    {"weeks_seen": 16},
)


@pytest.fixture
def tables(store: Store) -> Store:
    store.create((ROLLOUTS,))
    return store


def approved(records: Records, plan: Plan = PLAN) -> str:
    asked = propose_rollout(records, plan, RITA, "Losses go to new addresses", NOW)
    return approve(records, asked.approval_id, ROLF, "Seen", NOW).approval_id


def test_a_draft_is_proposed_approved_by_another_and_then_served(records: Records, tables: Store) -> None:
    rollout_id = roll_out(records, tables, approved(records), RITA, NOW)
    with tables.cursor() as cursor:
        served = rollouts_begun(cursor)
        row = cursor.execute("SELECT title, drafted_by, approved_by, approved_at FROM rollouts").fetchall()
    assert [(one.rollout_id, one.area, one.starts_at) for one in served] == [(rollout_id, "ID", STARTS_AT)]
    assert served[0].changes == PLAN.changes
    assert row == [("Stricter withdrawals", "Rita Riskdemo", "Rolf Riskdemo", NOW)]


def test_the_record_keeps_the_plan_the_two_people_and_the_forecast(records: Records, tables: Store) -> None:
    rollout_id = roll_out(records, tables, approved(records), RITA, NOW)
    (made,) = rollouts(records, "ID")
    assert (made.rollout_id, made.plan, made.maker, made.checker) == (
        rollout_id,
        PLAN,
        "Rita Riskdemo",
        "Rolf Riskdemo",
    )
    assert rollouts(records, "cis") == []
    assert [line.action for line in lines(records, object_id=rollout_id)] == ["rolled out"]


def test_nobody_rolls_out_what_was_not_approved_or_twice(records: Records, tables: Store) -> None:
    asked = propose_rollout(records, PLAN, RITA, "Losses", NOW)
    with pytest.raises(ApprovalError, match="Nobody has approved it yet"):
        roll_out(records, tables, asked.approval_id, RITA, NOW)
    approve(records, asked.approval_id, ROLF, "", NOW)
    roll_out(records, tables, asked.approval_id, RITA, NOW)
    with pytest.raises(ApprovalError, match="used already"):
        roll_out(records, tables, asked.approval_id, RITA, NOW)
    assert len(rollouts(records)) == 1


def test_an_analyst_proposes_no_rollout(records: Records) -> None:
    with pytest.raises(RightError):
        propose_rollout(records, PLAN, ANA, "Losses", NOW)


def test_what_was_decided_stays_decided(records: Records, tables: Store) -> None:
    with pytest.raises(RolloutError, match="that is over"):
        propose_rollout(records, replace(PLAN, starts_at=NOW - timedelta(hours=1)), RITA, "Losses", NOW)
    asked = approved(records, replace(PLAN, starts_at=NOW))
    with pytest.raises(RolloutError, match="Choose a later beginning"):
        roll_out(records, tables, asked, RITA, NOW + timedelta(hours=1))
    assert rollouts(records) == []


def test_a_change_that_no_policy_has_is_refused(records: Records) -> None:
    for changes, says in (
        ({"colour": {}}, "no colour"),
        ({"verification": {"moon": 1}}, "no verification moon"),
        ({"thresholds": {"step_up": 0.5, "hold": 0.3, "block": 0.9}}, "do not rise"),
        ({"thresholds": {"step_up": 0.5}}, "do not rise"),
    ):
        with pytest.raises(RolloutError, match=says):
            propose_rollout(records, replace(PLAN, changes=changes), RITA, "Losses", NOW)


def test_one_step_takes_a_rollout_back(records: Records, tables: Store) -> None:
    roll_out(records, tables, approved(records), RITA, NOW)
    back = back_of("ID", STARTS_AT + timedelta(days=7))
    assert back.is_back
    assert plan_of(back.act()) == back
    roll_out(records, tables, approved(records, back), ROLF, NOW)
    with tables.cursor() as cursor:
        assert [dict(one.changes) for one in rollouts_begun(cursor)] == [PLAN.changes, {}]


def test_a_copy_that_was_cut_short_is_made_up_for_once(records: Records, tables: Store) -> None:
    roll_out(records, tables, approved(records), RITA, NOW)
    with tables.writing() as cursor:
        cursor.execute("DELETE FROM rollouts")
    assert serve_rollouts(records, tables) == 1
    assert serve_rollouts(records, tables) == 0


def test_the_record_of_a_rollout_is_never_changed_or_removed(
    home: Home, environment: dict[str, str], tables: Store
) -> None:
    # On both databases: the rule lies in each of them.
    records = open_records(home, environment)
    found(records, DEMONSTRATION, NOW)
    roll_out(records, tables, approved(records), RITA, NOW)
    for change in (update(ROLLOUT_EVENTS).values(area="cis"), delete(ROLLOUT_EVENTS)):
        with pytest.raises(DBAPIError, match="append-only"), records.writing() as connection:
            connection.execute(change)
    records.close()
