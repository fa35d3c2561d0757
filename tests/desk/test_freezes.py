from __future__ import annotations

from datetime import datetime

import pytest

from data.store import Store
from desk.freezes import COLUMNS, install_freezes


def add_event(store: Store, event_id: str, day: int, decision: str, amount: str | None = "100") -> None:
    at = {"id": event_id, "amount": amount, "at": datetime(2025, 7, day), "decision": decision}
    with store.writing() as cursor:
        cursor.execute("INSERT INTO scored (event_id, occurred_at) VALUES ($1, $2)", [event_id, at["at"]])
        if decision != "allow":
            cursor.execute(
                "INSERT INTO flagged_events"
                " (event_id, account_id, region, country, amount, occurred_at, decision) "
                "VALUES ($id, 'a', 'cis', 'KZ', $amount, $at, $decision)",
                at,
            )


def add_label(store: Store, event_id: str, outcome: str, known_day: int | None) -> None:
    known_at = None if known_day is None else datetime(2025, 7, known_day)
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO labels (label_id, event_id, account_id, outcome, known_at) "
            "VALUES ($id, $event, 'a', $outcome, $known)",
            {"id": f"{event_id}-{known_day}", "event": event_id, "outcome": outcome, "known": known_at},
        )


def freezes(store: Store) -> dict[str, tuple[str, datetime | None]]:
    install_freezes(store)
    rows = store.cursor().execute("SELECT event_id, state, ended_at FROM freezes").fetchall()
    return {event: (state, ended) for event, state, ended in rows}


@pytest.fixture
def july(store: Store) -> Store:
    add_event(store, "last", 31, "allow")
    return store


def test_only_money_that_was_held_or_frozen_is_a_freeze(july: Store) -> None:
    for decision in ("allow", "step_up", "block", "freeze"):
        add_event(july, decision, 1, decision)
    add_event(july, "a login has no money", 1, "hold", amount=None)
    assert set(freezes(july)) == {"freeze"}


def test_a_freeze_lasts_until_the_event_turns_out_innocent(july: Store) -> None:
    add_event(july, "open", 1, "freeze")
    add_event(july, "innocent", 1, "freeze")
    add_event(july, "crime", 1, "freeze")
    add_label(july, "innocent", "false_positive", 9)
    add_label(july, "crime", "confirmed", 9)
    assert freezes(july) == {
        "open": ("held", None),
        "innocent": ("released", datetime(2025, 7, 9)),
        "crime": ("confirmed", None),
    }


def test_a_hold_that_nobody_confirms_within_three_days_ends_by_itself(july: Store) -> None:
    add_event(july, "forgotten", 1, "hold")
    add_event(july, "too late", 1, "hold")
    add_event(july, "in time", 1, "hold")
    add_event(july, "fresh", 30, "hold")
    add_label(july, "too late", "confirmed", 6)
    add_label(july, "in time", "confirmed", 3)
    assert freezes(july) == {
        "forgotten": ("released", datetime(2025, 7, 4)),
        "too late": ("released", datetime(2025, 7, 4)),
        "in time": ("confirmed", None),
        "fresh": ("held", None),
    }


def test_the_last_word_on_an_event_counts(july: Store) -> None:
    add_event(july, "appealed", 1, "freeze")
    add_label(july, "appealed", "confirmed", 5)
    add_label(july, "appealed", "false_positive", 20)
    assert freezes(july) == {"appealed": ("released", datetime(2025, 7, 20))}


def test_the_view_has_the_columns_that_its_declaration_says(july: Store) -> None:
    install_freezes(july)
    described = july.cursor().execute("DESCRIBE freezes").fetchall()
    assert [row[0] for row in described] == [column.name for column in COLUMNS]
