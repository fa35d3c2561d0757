"""Intake from a store: which alerts it finds, each once, on both databases, and when it is killed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from small_exchange import insert
from sqlalchemy import select

from data.home import Home
from data.progress import Step, silent
from data.store import Store
from desk.actors import SYSTEM, Actor
from desk.audit import lines
from desk.cases.acting import Doing, do
from desk.cases.alerts import CASE_ALERTS
from desk.cases.moves import Take
from desk.cases.reading import history
from desk.cases.state import CaseState
from desk.cases.steps import CASES_NOW, queue_differs, state_of
from desk.intake.run import Taken, take_in
from desk.records import Records, open_records

T0 = datetime(2025, 10, 30)
HOUR = timedelta(hours=1)
ANA = Actor("Ana Analystdemo", "analyst")


def event(name: str, at: datetime, account: str = "A1", **more: Any) -> dict[str, Any]:
    """A withdrawal of 1,000 USDT in cis, as the store keeps it."""
    usual = {"stream": "transaction", "kind": "withdrawal", "amount": 1000, "micro": 1_000_000_000}
    place = {"region": "cis", "country": "KZ", "counterparty": f"0x{name}"}
    return {"event_id": name, "account_id": account, "occurred_at": at, **usual, **place, **more}


def flagged(name: str, at: datetime, account: str = "A1", **more: Any) -> dict[str, Any]:
    """The same, held by the fraud model at a score of 0.5."""
    held = {"model": "fraud", "score": 0.5, "decision": "hold", "sentence": f"Reason of {name}"}
    return event(name, at, account) | held | more


EVENTS = [
    event("M0", T0 - timedelta(days=10), amount=700),
    event("E1", T0),
    event("E2", T0 + HOUR, "A2"),
    event("L1", T0 + HOUR, stream="login", kind="password_change", amount=None),
    event("C1", T0 + 2 * HOUR, "A2", stream="liveness", kind="identity_check", amount=None),
    event("U1", T0 + 3 * HOUR, "A3"),
    event("S1", T0 + 4 * HOUR, "A4", counterparty="0xbad"),
    event("S2", T0 + 4 * HOUR, "A4", counterparty="0xbad"),
    event("S3", T0 - HOUR, "A4", counterparty="0xbad"),
    event("E9", T0 + 5 * HOUR),
]
FLAGGED = [
    flagged("E1", T0),
    flagged("E2", T0 + HOUR, "A2", decision="step_up"),
    flagged("L1", T0 + HOUR, stream="login", kind="password_change", amount=None),
    flagged(
        "C1", T0 + 2 * HOUR, "A2", model="liveness", decision="block", kind="identity_check", amount=None
    ),
    flagged("S2", T0 + 4 * HOUR, "A4", decision="freeze"),
]
UNUSUAL = {"area": "cis", "kind": "withdrawal", "score": 0.99}
ANOMALIES = [
    UNUSUAL | {"event_id": name, "account_id": account, "occurred_at": at, "is_alert": is_alert}
    for name, account, at, is_alert in (
        ("U1", "A3", T0 + 3 * HOUR, True),
        ("E1", "A1", T0, True),
        ("E2", "A2", T0 + HOUR, False),
    )
]
SANCTIONED = {"entity_kind": "counterparty", "entity": "0xbad", "category": "sanctioned", "source": "OFAC"}
RING = {
    "ring_id": "R1",
    "region": "cis",
    "country": "KZ",
    "highest_score": 0.9,
    "sentence": "They share a phone.",
}


@pytest.fixture
def floor(store: Store) -> Store:
    """A store with alerts of every kind."""
    with store.writing() as cursor:
        insert(cursor, "spine", EVENTS)
        insert(cursor, "flagged_events", FLAGGED)
        insert(cursor, "anomalies", ANOMALIES)
        insert(cursor, "anomaly_gain", [{"area": "cis", "quarter": None, "precision": 0.25}])
        insert(cursor, "signature_matches", [SANCTIONED | {"listed_at": T0}])
        insert(cursor, "rings", [RING | {"alarmed_at": T0 + 4 * HOUR}])
        insert(
            cursor,
            "ring_members",
            [{"ring_id": "R1", "account_id": name, "since": T0, "region": "cis"} for name in ("A1", "A2")],
        )
    return store


def cases(records: Records) -> dict[tuple[str, str], CaseState]:
    """The newest case of each subject."""
    with records.reading() as connection:
        found = [state_of(row) for row in connection.execute(select(CASES_NOW))]
        assert queue_differs(connection) == []
    return {
        (state.subject_kind, state.subject_id): state for state in sorted(found, key=lambda s: s.opened_at)
    }


def alerts(records: Records) -> dict[str, tuple[int, str]]:
    """What may be lost by each alert, in millionths, and how severe it is."""
    with records.reading() as connection:
        rows = connection.execute(select(CASE_ALERTS)).all()
    return {row.alert_id: (row.expected_loss_micro, row.severity) for row in rows}


def test_alerts_of_all_models_are_found_with_what_may_be_lost(floor: Store, records: Records) -> None:
    assert take_in(floor, records, silent) == Taken(alerts=7, cases=5, live=3)
    assert alerts(records) == {
        # 0.5 of 1,000.
        "fraud:E1": (500_000_000, "medium"),
        # No money moves: A1 moved 700 and 1,000 in the 30 days before, of which 0.5.
        "fraud:L1": (850_000_000, "medium"),
        # A2 moved 1,000; the score of its check is 0.5, too.
        "identity:C1": (500_000_000, "medium"),
        # A quarter of such alerts of cis was crime.
        "anomaly:U1": (250_000_000, "low"),
        # Listed from T0 on: S3 was before. S2 is frozen already.
        "sanction:S1": (1_000_000_000, "critical"),
        "fraud:S2": (500_000_000, "critical"),
        # 0.9 of the 2,700 that A1 and A2 moved in the 30 days before.
        "ring:R1": (2_430_000_000, "high"),
    }
    found = cases(records)
    assert {subject: state.status for subject, state in found.items()} == {
        ("account", "A1"): "merged",
        ("account", "A2"): "merged",
        ("account", "A3"): "open",
        ("account", "A4"): "open",
        ("ring", "R1"): "open",
    }
    assert (found["ring", "R1"].alerts, found["ring", "R1"].channel) == (4, "cis")
    assert found["account", "A4"].kind in ("sanction", "fraud")


def test_an_intake_after_a_complete_one_adds_nothing(floor: Store, records: Records) -> None:
    take_in(floor, records, silent)
    before = cases(records)
    assert take_in(floor, records, silent) == Taken()
    assert cases(records) == before


def test_every_step_of_intake_is_a_line_of_the_audit_log(floor: Store, records: Records) -> None:
    take_in(floor, records, silent)
    with records.reading() as connection:
        steps = sum(row.version for row in connection.execute(select(CASES_NOW)))
    written = lines(records, object_kind="case")
    assert len(written) == steps == 5 + 2 + 2 + 2
    assert {line.actor for line in written} == {SYSTEM.name}


@pytest.fixture
def both(home: Home, environment: dict[str, str]) -> Iterator[Records]:
    opened = open_records(home, environment)
    yield opened
    opened.close()


def test_an_intake_that_is_killed_between_batches_goes_on_to_the_same_cases(
    floor: Store, both: Records
) -> None:
    def kill(step: Step) -> None:
        if step.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(floor, both, kill, at_once=1)
    assert 0 < len(alerts(both)) < 7
    take_in(floor, both, silent, at_once=1)
    assert {subject: (state.status, state.alerts) for subject, state in cases(both).items()} == {
        ("account", "A1"): ("merged", 2),
        ("account", "A2"): ("merged", 1),
        ("account", "A3"): ("open", 1),
        ("account", "A4"): ("open", 2),
        ("ring", "R1"): ("open", 4),
    }


def test_the_past_ends_as_work_and_labels_say(floor: Store, records: Records) -> None:
    label = {"label_id": "L1", "account_id": "A3", "event_id": "U1", "outcome": "legitimate"}
    work = {"event_id": "U1", "analyst": "Ana Analystdemo", "began_at": T0, "waited_minutes": None}
    with floor.writing() as cursor:
        insert(cursor, "labels", [label | {"known_at": T0 + 5 * HOUR, "source": "desk", "ingest_seq": 1}])
        insert(cursor, "desk_work", [work | {"ended_at": T0 + 5 * HOUR}])
    take_in(floor, records, silent)
    state = cases(records)["account", "A3"]
    assert (state.status, state.outcome, state.closed_by) == ("closed", "false_positive", "Ana Analystdemo")
    # Its first look was before the alert, by the clock of another system.
    assert [(told.action, told.at) for told in history(records, state.case_id)][1:] == [
        ("taken", T0 + 3 * HOUR),
        ("disposed", T0 + 5 * HOUR),
    ]
    with records.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM dispositions").scalar() == 0


def test_labels_that_arrive_later_are_told_once_to_the_live_case(floor: Store, records: Records) -> None:
    take_in(floor, records, silent)
    opened = cases(records)["account", "A3"]
    do(records, Doing(opened.case_id, Take(), ANA, "", T0 + 5 * HOUR))
    label = {"account_id": "A3", "event_id": "U1", "outcome": "confirmed", "known_at": T0, "ingest_seq": 8}
    with floor.writing() as cursor:
        insert(
            cursor,
            "labels",
            [
                label | {"label_id": "L8", "source": "partner", "typology": "mule"},
                label | {"label_id": "disposition-1-U1", "source": "desk"},
            ],
        )
    assert take_in(floor, records, silent) == Taken(told=1)
    assert take_in(floor, records, silent) == Taken()
    state = cases(records)["account", "A3"]
    assert (state.status, state.holder, state.version) == ("open", "Ana Analystdemo", 3)
    assert history(records, state.case_id)[-1].reason == "A partner said of U1: confirmed, mule"


def test_new_alerts_join_the_cases_that_people_work_on(floor: Store, records: Records) -> None:
    take_in(floor, records, silent)
    ring = cases(records)["ring", "R1"]
    with floor.writing() as cursor:
        insert(cursor, "spine", [event("E5", T0 + 9 * HOUR), event("E6", T0 + 9 * HOUR, "A3")])
        insert(cursor, "flagged_events", [flagged("E5", T0 + 9 * HOUR), flagged("E6", T0 + 9 * HOUR, "A3")])
    assert take_in(floor, records, silent) == Taken(alerts=2)
    found = cases(records)
    assert (found["ring", "R1"].case_id, found["ring", "R1"].alerts) == (ring.case_id, 5)
    assert (found["account", "A3"].alerts, found["account", "A3"].severity) == (2, "medium")


def test_a_store_without_events_has_no_cases(store: Store, records: Records) -> None:
    assert take_in(store, records, silent) == Taken()
