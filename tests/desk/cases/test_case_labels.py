"""What a disposition of a case says of its events, on its way into `labels`."""

from __future__ import annotations

import pytest
from small_cases import ANA, BEN, MISTAKEN, NOW, SmallDesk, confirmed

from data.store import memory_store
from desk.audit import lines
from desk.cases.acting import do_all
from desk.cases.endings import Dispose, Reopen
from desk.cases.reading import alerts, case
from desk.cases.state import CaseError
from desk.dispositions import DispositionError, of_event, project


def labels(desk: SmallDesk) -> list[tuple[object, ...]]:
    """Project once more into an empty store, and return what it then holds."""
    with memory_store() as store, store.writing() as cursor:
        project(cursor, desk.records)
        assert project(cursor, desk.records) == 0
        return cursor.execute(
            "SELECT event_id, account_id, outcome, typology, known_at, source FROM labels ORDER BY ingest_seq"
        ).fetchall()


def test_a_confirmed_case_labels_its_events_and_the_innocent_ones_apart(both: SmallDesk) -> None:
    case_id = both.opened("A1", events=("E1", "E2", "E3"))
    both.do(case_id, confirmed(innocent_events=("E2",)), ANA, "They say so")

    assert labels(both) == [
        ("E1", "A1", "confirmed", "mule", NOW, "desk"),
        ("E2", "A1", "false_positive", None, NOW, "desk"),
        ("E3", "A1", "confirmed", "mule", NOW, "desk"),
    ]
    assert [said.disposition.note for said in of_event(both.records, "E2")] == ["They say so"]
    # A line of the opening, one for each event and one for the case.
    assert [line.object_id for line in lines(both.records)] == [case_id, "E3", "E2", "E1", case_id]


def test_the_events_of_cases_that_went_on_in_it_are_labelled_however_many_cases_deep(both: SmallDesk) -> None:
    first, second, third = (both.opened(f"A{number}", events=(f"E{number}",)) for number in (1, 2, 3))
    both.merge(first, second)
    both.merge(second, third)
    both.do(third, Dispose("false_positive", because="shared_use"), ANA)

    assert {(row[0], row[1], row[2]) for row in labels(both)} == {
        ("E1", "A1", "false_positive"),
        ("E2", "A2", "false_positive"),
        ("E3", "A3", "false_positive"),
    }
    assert [alert.event_id for alert in alerts(both.records, third)] == ["E1", "E2", "E3"]
    with pytest.raises(CaseError, match="is merged"):
        both.do(first, Dispose("inconclusive"), ANA)


def test_a_case_disposed_of_again_says_the_newer_last(desk: SmallDesk) -> None:
    case_id = desk.opened("A1", events=("E1",))
    desk.do(case_id, confirmed(), ANA)
    desk.do(case_id, Reopen(), BEN)
    desk.do(case_id, MISTAKEN, BEN)

    assert [row[2] for row in labels(desk)] == ["confirmed", "false_positive"]
    newest = lines(desk.records, object_id="E1")[0]
    assert (newest.actor, newest.before) == ("Ben", '{"outcome":"confirmed"}')


def test_many_cases_disposed_of_at_once_label_each_of_their_events(desk: SmallDesk) -> None:
    ids = [desk.opened(f"A{number}", events=(f"E{number}",)) for number in range(4)]
    do_all(desk.records, ids, MISTAKEN, ANA, "One promotion", NOW)
    assert [row[0] for row in labels(desk)] == ["E0", "E1", "E2", "E3"]


@pytest.mark.parametrize(
    ("move", "error", "words"),
    [
        (Dispose("confirmed"), DispositionError, "needs its kind"),
        (Dispose("inconclusive", "mule"), DispositionError, "nothing else has one"),
        (confirmed(innocent_events=("E9",)), CaseError, "E9 is no event of case"),
    ],
)
def test_a_disposition_that_does_not_fit_is_refused_and_leaves_nothing(
    desk: SmallDesk, move: Dispose, error: type[Exception], words: str
) -> None:
    case_id = desk.opened("A1", events=("E1",))
    with pytest.raises(error, match=words):
        desk.do(case_id, move, ANA)
    with pytest.raises(error, match=words):
        do_all(desk.records, [case_id], move, ANA, "Because", NOW)
    assert (case(desk.records, case_id).status, labels(desk)) == ("open", [])
