from __future__ import annotations

from datetime import datetime, timedelta

from small_drills import FIRST, Past, fill, past

from data.store import Store
from desk.drills.drawing import Candidate
from desk.drills.pool import candidates
from desk.drills.state import Pace

NOW = datetime(2025, 10, 31, 23)


def found(
    store: Store, cases: list[Past], trainee: str = "Olga", seen: tuple[str, ...] = ()
) -> list[Candidate]:
    fill(store, cases)
    with store.cursor() as cursor:
        return candidates(cursor, trainee, seen, NOW)


def ids(some: list[Candidate]) -> list[str]:
    return [one.case.case_id for one in some]


def test_a_past_case_carries_its_truth_what_the_desk_said_and_how_long_it_took(store: Store) -> None:
    (one,) = found(store, [past(1, "mule")])

    case = one.case
    assert (case.truth, case.typology, case.known_at) == ("confirmed", "mule", FIRST + timedelta(days=6))
    assert (case.desk_outcome, case.desk_typology, case.desk_seconds) == ("confirmed", "mule", 600.0)
    # A score of 0.4 over a threshold of 0.2; Kim closed one case and is not experienced yet.
    assert (one.margin, one.was_contradicted, one.was_long, case.pace) == (2.0, False, False, None)


def test_the_truth_is_the_newest_label_and_not_the_first_word_of_the_desk(store: Store) -> None:
    (one,) = found(store, [past(1, "mule", desk="false_positive")])

    assert (one.case.truth, one.case.desk_outcome, one.was_contradicted) == (
        "confirmed",
        "false_positive",
        True,
    )


def test_neither_live_nor_fresh_cases_nor_those_nobody_knows_the_truth_of_are_drawn(store: Store) -> None:
    cases = [
        past(1, "mule"),
        past(2, status="open"),
        past(3, opened_at=NOW - timedelta(days=29)),
        past(4, known_after=NOW - FIRST),
    ]

    assert ids(found(store, cases)) == ["C-p01"]


def test_an_account_that_has_a_live_case_is_no_exercise(store: Store) -> None:
    fill(store, [past(1, "mule"), past(2, "mule")])
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO desk_cases BY NAME SELECT 'C-live' AS case_id, 'account' AS subject_kind, "
            "'P01' AS subject_id, 'open' AS status"
        )
    with store.cursor() as cursor:
        assert ids(candidates(cursor, "Olga", (), NOW)) == ["C-p02"]


def test_what_the_trainee_worked_on_or_was_drilled_with_does_not_come_again(store: Store) -> None:
    cases = [past(1, "mule"), past(2, "mule", by="Olga"), past(3, "mule")]

    assert ids(found(store, cases, seen=("C-p03",))) == ["C-p01"]


def test_a_case_of_which_one_event_is_not_known_is_not_said_to_be_innocent(store: Store) -> None:
    fill(store, [past(1), past(2)])
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO desk_alerts BY NAME SELECT 'fraud:later' AS alert_id, case_id, "
            "subject_id AS account_id, 'PL01' AS event_id, opened_at + INTERVAL 1 HOUR AS raised_at "
            "FROM desk_cases WHERE case_id = 'C-p01'"
        )
    with store.cursor() as cursor:
        assert ids(candidates(cursor, "Olga", (), NOW)) == ["C-p02"]


def test_the_pace_is_that_of_colleagues_who_closed_twenty_cases(store: Store) -> None:
    known = found(store, [*(past(n, "mule") for n in range(1, 21)), past(30, "mule", by="New")])

    assert {one.case.pace for one in known} == {Pace(20, 600.0, 600.0, 600.0)}
