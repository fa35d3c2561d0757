"""Each role against each action, from the one table of rights: refused or let through as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from dashboard.models import board_actions
from dashboard.questions import desk_moments
from data.home import Home
from desk import dispositions, model_alarms, ring_cases, unmasking
from desk.actors import RIGHTS, ROLES, Actor, RightError
from desk.approvals import Act, propose
from desk.cases import next_case
from desk.channels import notices
from desk.drills import acting as drills
from desk.evidence import subjects
from desk.freezes import acting as freezes
from desk.records import Records, open_records
from desk.recoveries import claiming
from desk.requests import acting as requests
from desk.requests import reading

NOW = datetime(2025, 10, 31, 23)
# What is done under each right. Nothing else that it is called with is good: whoever is let through is told
# that, and whoever is not is refused before anything is looked at.
NONE: Any = None
CALLS: dict[str, Callable[[Records, Actor], object]] = {
    "escalate": lambda records, actor: ring_cases.escalate(records, NONE, actor, "", NOW),
    "export_evidence": lambda _records, actor: subjects.subject_of(NONE, "nothing", "", actor),
    "dispose": lambda records, actor: dispositions.dispose(records, NONE, actor, NOW),
    "work_cases": lambda records, actor: next_case.claim_next(records, actor, ("none",), NOW),
    "review": lambda _records, actor: desk_moments.second_looks_asked(actor, NONE),
    "supervise": lambda records, actor: notices.send_again(records, "", actor, NOW),
    "train": lambda records, actor: drills.begin(records, NONE, actor, NOW),
    "handle_alarms": lambda records, actor: model_alarms.take(records, "", actor, "", NOW),
    "retrain": lambda _records, actor: board_actions.queue_retraining(NONE, actor),
    "confirm_hold": lambda records, actor: freezes.confirm(records, "", actor, "", NOW),
    "work_claims": lambda records, actor: claiming.take_claim(records, NONE, NONE, actor, "", NOW),
    "work_requests": lambda records, actor: requests.receive(records, NONE, NONE, actor, NOW),
    "see_requests": lambda records, actor: reading.requests(records, actor),
    "unmask": lambda records, actor: unmasking.unmask(records, actor, "A1", "", NOW),
    **{
        name: lambda records, actor, name=name: propose(
            records, Act(name, "x", None, {}, "x"), actor, "", NOW
        )
        for name, right in RIGHTS.items()
        if right.is_dangerous
    },
}
# These change what is shown and not what is done: tests of reads and of faces go through all roles.
SHOWN = {"see_faces", "see_personal", "see_secret", "see_audit"}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    opened = open_records(Home(tmp_path_factory.mktemp("rights")), {})
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_actions.owner, "current", lambda: None)


def test_every_right_has_something_that_is_done_under_it() -> None:
    assert set(CALLS) | SHOWN == set(RIGHTS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", CALLS)
def test_a_role_does_what_the_table_of_rights_says_and_nothing_else(
    records: Records, name: str, role: str
) -> None:
    actor = Actor("Somebody", role)
    if not actor.may(RIGHTS[name]):
        with pytest.raises(RightError, match=RIGHTS[name].words):
            CALLS[name](records, actor)
        return
    try:
        CALLS[name](records, actor)
    except RightError as error:
        pytest.fail(f"{role} is refused: {error}")
    except Exception:  # noqa: BLE001 - let through, to be told that the rest is wrong
        return


def test_a_person_without_a_role_does_nothing(records: Records) -> None:
    for name, call in CALLS.items():
        with pytest.raises(Exception, match=r"needs someone|may not"):
            call(records, Actor("Somebody", "guest"))
        assert name in RIGHTS
