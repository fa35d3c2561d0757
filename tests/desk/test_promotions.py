"""Promotions: two people, the rule's verdict, steps of share, and one step back."""

from __future__ import annotations

from datetime import datetime

import pytest

from data.errors import ModelError
from data.store import Store
from desk.actors import Actor, RightError
from desk.approvals import Approval, ApprovalError, approve
from desk.audit import lines
from desk.promotions import (
    approve_promotion,
    promote,
    promotions_waiting,
    propose_promotion,
    roll_back,
    step_of,
)
from desk.records import Records
from scoring.contract import SCORING_TABLES
from scoring.regional.promoting import serving_now

NOW = datetime(2025, 10, 31, 23)
RITA, ROLF = Actor("Rita Riskdemo", "risk_manager"), Actor("Rolf Riskdemo", "risk_manager")
EMIL = Actor("Emil Executivedemo", "executive")
GOOD, UNSURE, WORSE = "fraud-cis-good", "fraud-cis-unsure", "fraud-cis-worse"


@pytest.fixture
def judged(store: Store) -> Store:
    """A store with three judged challengers of the CIS."""
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        for version, verdict, is_worse in (
            (GOOD, "promote", False),
            (UNSURE, "keep", False),
            (WORSE, "keep", True),
        ):
            cursor.execute(
                "INSERT INTO challengers BY NAME SELECT $v AS model_version, 'cis' AS area, 'pooled' AS kind,"
                " 'h-' || $v AS artefact_hash",
                {"v": version},
            )
            cursor.execute(
                "INSERT INTO verdicts BY NAME SELECT $v AS model_version, 'cis' AS area, $said AS verdict,"
                " $worse AS is_worse, 'The rule says ' || $said AS sentence",
                {"v": version, "said": verdict, "worse": is_worse},
            )
    return store


def proposed(records: Records, store: Store, version: str = GOOD) -> Approval:
    with store.cursor() as cursor:
        return propose_promotion(records, cursor, version, RITA, "Catches more", NOW)


def approved(records: Records, store: Store, version: str = GOOD, note: str = "") -> Approval:
    asked = proposed(records, store, version)
    with store.cursor() as cursor:
        return approve_promotion(records, cursor, asked.approval_id, ROLF, note, NOW)


def share(store: Store) -> tuple[str, int] | None:
    with store.cursor() as cursor:
        serving = serving_now(cursor, "cis")
    return None if serving is None else (serving.model_version, serving.share_percent)


def test_two_people_let_a_challenger_grow_by_steps_and_one_takes_it_back(
    records: Records, judged: Store
) -> None:
    for percent, kind in ((10, "promoted"), (50, "grown"), (100, "grown")):
        asked = approved(records, judged)
        assert [one.approval_id for one in promotions_waiting(records, "cis", NOW)] == [asked.approval_id]
        row = promote(records, judged, asked.approval_id, RITA, NOW)
        assert (row.share_percent, row.kind, row.proposed_by, row.approved_by) == (
            percent,
            kind,
            RITA.name,
            ROLF.name,
        )
        assert share(judged) == (GOOD, percent)
    with pytest.raises(ModelError, match="serves all accounts"):
        proposed(records, judged)

    back = roll_back(records, judged, "cis", ROLF, "Holds rose", NOW)

    assert (back.kind, back.approved_by, share(judged)) == ("rolled_back", None, (GOOD, 0))
    assert lines(records, object_id=GOOD)[0].action == "rolled_back"
    # After a roll-back it begins again at the first step.
    with judged.cursor() as cursor:
        assert step_of(cursor, GOOD).act.details["share_percent"] == 10


def test_an_approval_serves_once_and_for_the_share_that_was_approved(records: Records, judged: Store) -> None:
    asked = approved(records, judged)
    promote(records, judged, asked.approval_id, RITA, NOW)

    with pytest.raises(ApprovalError):
        promote(records, judged, asked.approval_id, RITA, NOW)
    assert share(judged) == (GOOD, 10)


def test_who_proposed_cannot_approve_and_nothing_serves_before(records: Records, judged: Store) -> None:
    asked = proposed(records, judged)

    with judged.cursor() as cursor, pytest.raises(ApprovalError, match="somebody else must decide"):
        approve_promotion(records, cursor, asked.approval_id, RITA, "", NOW)
    with pytest.raises(ApprovalError, match="Nobody has approved it yet"):
        promote(records, judged, asked.approval_id, RITA, NOW)
    assert share(judged) is None


def test_against_the_rule_the_approver_must_say_why_and_the_record_says_so(
    records: Records, judged: Store
) -> None:
    with pytest.raises(ModelError, match="The rule does not promote fraud-cis-unsure"):
        approved(records, judged, UNSURE, " ")

    asked = approved(records, judged, UNSURE, "A new typology that only it knows")
    promote(records, judged, asked.approval_id, RITA, NOW)

    (line,) = lines(records, object_id=UNSURE, action="promoted")
    assert line.reason == "A new typology that only it knows"
    assert line.after is not None
    assert '"against_the_rule":true' in line.after.replace(" ", "")


def test_a_reasonless_approval_by_the_general_door_does_not_get_past_the_rule(
    records: Records, judged: Store
) -> None:
    asked = proposed(records, judged, UNSURE)
    approve(records, asked.approval_id, ROLF, "", NOW)

    with pytest.raises(ModelError, match="The rule does not promote"):
        promote(records, judged, asked.approval_id, RITA, NOW)
    assert share(judged) is None


def test_a_challenger_shown_to_be_worse_cannot_even_be_proposed(records: Records, judged: Store) -> None:
    with pytest.raises(ModelError, match="shown to be worse than the champion; it cannot be promoted"):
        proposed(records, judged, WORSE)


def test_a_file_that_changed_since_the_approval_is_another_act(records: Records, judged: Store) -> None:
    asked = approved(records, judged)
    with judged.writing() as cursor:
        cursor.execute("UPDATE challengers SET artefact_hash = 'other'")

    with pytest.raises(ApprovalError, match="another act"):
        promote(records, judged, asked.approval_id, RITA, NOW)
    assert share(judged) is None


def test_rolling_back_needs_the_right_a_reason_and_something_to_roll_back(
    records: Records, judged: Store
) -> None:
    with pytest.raises(RightError):
        roll_back(records, judged, "cis", EMIL, "Because", NOW)
    with pytest.raises(ApprovalError, match="needs a reason"):
        roll_back(records, judged, "cis", RITA, " ", NOW)
    with pytest.raises(ModelError, match="serves all accounts of cis already"):
        roll_back(records, judged, "cis", RITA, "Because", NOW)
