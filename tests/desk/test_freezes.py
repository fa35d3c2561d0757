from __future__ import annotations

from datetime import datetime

import pytest

from data.store import Store
from desk.freezes_view import COLUMNS, install_freezes

JULY = {day: datetime(2025, 7, day) for day in range(1, 32)}


def add_event(
    store: Store,
    event_id: str,
    day: int,
    decision: str,
    amount: str | None = "100",
    truth: str | None = None,
    known: int | None = None,
    confirmed: int | None = None,
) -> None:
    """An event flagged in July, its truth and on which day that became known, and when first confirmed."""
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO flagged_events (event_id, account_id, region, country, amount, occurred_at,"
            " decision, truth, truth_known_at, confirmed_at) "
            "VALUES ($id, 'a', 'cis', 'KZ', $amount, $at, $decision, $truth, $known, $confirmed)",
            {
                "id": event_id,
                "amount": amount,
                "at": JULY[day],
                "decision": decision,
                "truth": truth,
                "known": JULY.get(known or 0),
                "confirmed": JULY.get(confirmed or 0),
            },
        )


def freezes(store: Store) -> dict[str, tuple[str, datetime | None]]:
    install_freezes(store)
    rows = store.cursor().execute("SELECT event_id, state, ended_at FROM freezes").fetchall()
    return {event: (state, ended) for event, state, ended in rows}


@pytest.fixture
def july(store: Store) -> Store:
    with store.writing() as cursor:
        cursor.execute("INSERT INTO account_risk (account_id, last_seen) VALUES ('a', $1)", [JULY[31]])
    return store


def test_only_money_that_was_held_or_frozen_is_a_freeze(july: Store) -> None:
    for decision in ("step_up", "block", "freeze"):
        add_event(july, decision, 1, decision)
    add_event(july, "a login has no money", 1, "hold", amount=None)
    assert set(freezes(july)) == {"freeze"}


def test_a_freeze_lasts_until_the_event_turns_out_innocent(july: Store) -> None:
    add_event(july, "open", 1, "freeze")
    add_event(july, "innocent", 1, "freeze", truth="false_positive", known=9)
    add_event(july, "crime", 1, "freeze", truth="confirmed", known=9, confirmed=9)
    add_event(july, "appealed", 1, "freeze", truth="false_positive", known=20, confirmed=5)
    assert freezes(july) == {
        "open": ("held", None),
        "innocent": ("released", JULY[9]),
        "crime": ("confirmed", None),
        "appealed": ("released", JULY[20]),
    }


def test_a_hold_that_nobody_confirms_within_three_days_ends_by_itself(july: Store) -> None:
    add_event(july, "forgotten", 1, "hold")
    add_event(july, "too late", 1, "hold", truth="confirmed", known=6, confirmed=6)
    add_event(july, "in time", 1, "hold", truth="confirmed", known=3, confirmed=3)
    add_event(july, "in time and again", 1, "hold", truth="confirmed", known=20, confirmed=3)
    add_event(july, "innocent at once", 1, "hold", truth="legitimate", known=2)
    add_event(july, "innocent long after", 1, "hold", truth="legitimate", known=20)
    add_event(july, "fresh", 30, "hold")
    assert freezes(july) == {
        "forgotten": ("released", JULY[4]),
        "too late": ("released", JULY[4]),
        "in time": ("confirmed", None),
        "in time and again": ("confirmed", None),
        "innocent at once": ("released", JULY[2]),
        "innocent long after": ("released", JULY[4]),
        "fresh": ("held", None),
    }


def test_the_view_has_the_columns_that_its_declaration_says(july: Store) -> None:
    install_freezes(july)
    described = july.cursor().execute("DESCRIBE freezes").fetchall()
    assert [row[0] for row in described] == [column.name for column in COLUMNS]
