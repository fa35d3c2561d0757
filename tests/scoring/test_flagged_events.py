from __future__ import annotations

from rolled_events import DAY, HOUR, NOW, answers

from data.progress import silent
from data.store import Store
from scoring.rollups import build_rollups

HOW_ANSWERED = (
    "SELECT event_id, truth, answered_at, confirmed_at, truth_known_at FROM flagged_events ORDER BY event_id"
)


def test_a_flagged_event_tells_how_and_when_it_was_answered(rolled: Store) -> None:
    told = NOW - HOUR

    assert answers(rolled, HOW_ANSWERED) == [
        ("e1", "confirmed", told, told, told),
        ("e2", None, None, None, None),
        ("e4", None, None, None, None),
        ("e5", "confirmed", told, told, told),
        # Its label comes only after the store's last event.
        ("e6", None, None, None, None),
        ("e7", "false_positive", told, None, told),
    ]


def test_what_is_said_of_an_account_answers_its_flagged_events_since_then(rolling: Store) -> None:
    early, late = NOW - 2 * HOUR, NOW - HOUR
    with rolling.writing() as cursor:
        cursor.execute("DELETE FROM labels")
        cursor.execute(
            "INSERT INTO labels (label_id, account_id, event_id, outcome, occurred_at, known_at) VALUES"
            " ('of ann', 'ann', NULL, 'confirmed', $since, $early),"
            " ('of e2', 'ann', 'e2', 'legitimate', NULL, $late)",
            {"since": NOW - 4 * DAY, "early": early, "late": late},
        )
        build_rollups(cursor, NOW, silent)
    sql = f"{HOW_ANSWERED} LIMIT 2"

    assert answers(rolling, sql) == [
        ("e1", None, None, None, None),
        ("e2", "legitimate", early, early, late),
    ]


def test_an_inconclusive_answer_is_one_and_changes_no_truth(rolling: Store) -> None:
    early, late = NOW - 2 * HOUR, NOW - HOUR
    with rolling.writing() as cursor:
        cursor.execute("DELETE FROM labels")
        cursor.execute(
            "INSERT INTO labels (label_id, account_id, event_id, outcome, known_at) VALUES"
            " ('1', 'ann', 'e1', 'false_positive', $early), ('2', 'ann', 'e1', 'inconclusive', $late),"
            " ('3', 'ann', 'e2', 'inconclusive', NULL)",
            {"early": early, "late": late},
        )
        build_rollups(cursor, NOW, silent)

    assert answers(rolling, f"{HOW_ANSWERED} LIMIT 2") == [
        ("e1", "false_positive", early, None, early),
        # A label without a time is known since the file was loaded: from the store's last event on.
        ("e2", None, NOW, None, None),
    ]
