from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from data.errors import ModelError
from data.store import Store
from scoring.fraud import FRAUD
from scoring.planning import know_truth, make_plans, quarter_starts

START = datetime(2025, 1, 1)
DAY = timedelta(days=1)
RECIPE = replace(FRAUD, fewest_cases=5)


def given(store: Store, labels: list[dict[str, Any]], days: int = 200) -> None:
    """Two trades a day from the first of January, e0, e1, ... by accounts a0 to a9 in turn, and `labels`."""
    events = [
        {
            "event_id": f"e{i}",
            "event_key": i,
            "stream": "transaction",
            "account_id": f"a{i % 10}",
            "occurred_at": START + i * DAY / 2,
        }
        for i in range(2 * days)
    ]
    whole = [{"label_id": f"l{i}", "outcome": "confirmed"} | row for i, row in enumerate(labels)]
    names = dict.fromkeys(name for row in whole for name in row)
    with store.writing() as cursor:
        cursor.register("events_given", pa.Table.from_pylist(events))
        cursor.execute("INSERT INTO spine BY NAME SELECT * FROM events_given")
        if whole:
            table = pa.Table.from_pylist([{name: row.get(name) for name in names} for row in whole])
            cursor.register("labels_given", table)
            cursor.execute("INSERT INTO labels BY NAME SELECT * FROM labels_given")


def reported(events: range, after_days: float) -> list[dict[str, Any]]:
    """One confirmed label for each event, known `after_days` later."""
    return [
        {
            "event_id": f"e{i}",
            "account_id": f"a{i % 10}",
            "known_at": START + i * DAY / 2 + after_days * DAY,
        }
        for i in events
    ]


def truth(store: Store, as_of: datetime) -> dict[str, str]:
    cursor = store.cursor()
    try:
        know_truth(cursor, as_of, START + 199.5 * DAY)
        return dict(cursor.execute("SELECT event_id, outcome FROM truth").fetchall())
    finally:
        cursor.close()


def test_quarters_start_after_the_first_event_and_not_after_the_last() -> None:
    found = quarter_starts(datetime(2025, 1, 1), datetime(2025, 10, 1))

    assert found == [datetime(2025, 4, 1), datetime(2025, 7, 1), datetime(2025, 10, 1)]


def test_a_label_that_is_known_tomorrow_does_not_exist_today(store: Store) -> None:
    given(store, reported(range(1), after_days=10))

    assert truth(store, START + 9 * DAY) == {}
    assert truth(store, START + 10 * DAY) == {"e0": "confirmed"}


def test_a_label_without_a_time_is_known_only_at_the_last_event(store: Store) -> None:
    given(store, [{"event_id": "e0", "account_id": "a0"}])

    assert truth(store, START + 199 * DAY) == {}
    assert truth(store, START + 199.5 * DAY) == {"e0": "confirmed"}


def test_the_label_known_last_corrects_those_before(store: Store) -> None:
    later = {"event_id": "e0", "account_id": "a0", "outcome": "false_positive", "known_at": START + 20 * DAY}
    given(store, [*reported(range(1), after_days=10), later])

    assert truth(store, START + 15 * DAY) == {"e0": "confirmed"}
    assert truth(store, START + 25 * DAY) == {"e0": "false_positive"}


def test_a_label_of_an_account_counts_for_its_events_since_the_time_it_names(store: Store) -> None:
    # a3 acts every fifth day: e3 on day 1.5, e13 on 6.5, e23 on 11.5.
    label = {"account_id": "a3", "known_at": START + 50 * DAY, "occurred_at": START + 5 * DAY}
    given(store, [label], days=15)

    assert truth(store, START + 60 * DAY) == {"e13": "confirmed", "e23": "confirmed"}


def test_what_is_said_of_an_event_outweighs_what_is_said_of_its_account(store: Store) -> None:
    cleared = {"event_id": "e3", "account_id": "a3", "outcome": "legitimate", "known_at": START + 2 * DAY}
    given(store, [{"account_id": "a3", "known_at": START + 50 * DAY}, cleared], days=10)

    assert truth(store, START + 60 * DAY) == {"e3": "legitimate", "e13": "confirmed"}


def test_rows_younger_than_the_delay_of_labels_are_left_out(store: Store) -> None:
    given(store, reported(range(0, 180, 4), after_days=12))

    plan = make_plans(store.cursor(), RECIPE, datetime(2025, 4, 1))[0]

    assert plan.delay == 12 * DAY
    assert plan.window_to == datetime(2025, 3, 20)
    # Cases every second day from day 0 to day 76: 39; the 30th of them, on day 58, ends the growing.
    assert plan.cases == 39
    assert plan.cut == START + 58 * DAY


def test_the_wait_never_takes_more_than_a_third_of_the_history(store: Store) -> None:
    given(store, reported(range(180), after_days=60))

    plan = make_plans(store.cursor(), RECIPE, datetime(2025, 4, 1))[0]

    assert plan.window_to == datetime(2025, 4, 1) - 0.34 * 90 * DAY


def test_a_quarter_without_enough_labels_has_no_model(store: Store) -> None:
    # Five cases: in February, known after the first of April.
    given(store, reported(range(60, 65), after_days=80))

    plans = make_plans(store.cursor(), RECIPE, None)

    assert [plan.as_of for plan in plans] == [datetime(2025, 7, 1)]


def test_labels_of_accounts_without_times_make_one_model_split_by_account(store: Store) -> None:
    given(store, [{"account_id": f"a{i}"} for i in range(6)])

    plan = make_plans(store.cursor(), RECIPE, None)[0]

    assert plan.is_by_account
    assert plan.as_of == START + 199.5 * DAY
    grown, held_out = plan.growing(1_000_000), plan.held_out(1_000_000, keeps_crime=False)
    assert (grown["first_bucket"], grown["last_bucket"]) == (0, 74)
    assert (held_out["first_bucket"], held_out["last_bucket"]) == (75, 99)


def test_too_few_labels_are_refused_with_the_counts_and_what_to_do(store: Store) -> None:
    given(store, reported(range(4), after_days=3))

    with pytest.raises(ModelError) as refusal:
        make_plans(store.cursor(), RECIPE, None)

    assert str(refusal.value) == (
        "There are too few labels for the fraud model: 4 confirmed events of 4 accounts.\n"
        "Where: labels known by 2025-07-19 12:00 of events old enough to judge\n"
        "Possible: 5 or more with outcome 'confirmed'\n"
        "What to do: Load more labels (map your own words to 'confirmed' in the mapping file), "
        "then train again."
    )


def test_a_model_without_events_of_its_streams_is_refused(store: Store) -> None:
    given(store, [])

    with pytest.raises(ModelError, match="There are no events for the liveness model"):
        make_plans(store.cursor(), replace(RECIPE, model="liveness", streams=("liveness",)), None)
