"""The past of the request desk: what an earlier one left becomes steps, each request once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from small_exchange import insert
from small_requests import NOON, Desk

from data.store import Store
from desk.audit import lines
from desk.requests.past import take_requests
from desk.requests.state import RequestState
from desk.requests.steps import requests_of

DAY = timedelta(days=1)
OF_OFFICE = {"agency": "Cyber Office", "agency_kind": "police", "country": "KE", "accounts": 1}


def _ended(request_id: str, name: str, days: int, outcome: str) -> dict[str, Any]:
    return {"request_id": request_id, "class": name, "answered_at": NOON - days * DAY, "outcome": outcome}


def fill(store: Store) -> None:
    """Four of authorities: answered in part, an executed order, a forged one, an open one; and a user's."""
    requests = [
        _ended("Q1", "information", 5, "partly_given"),
        _ended("Q2", "freeze", 4, "executed") | {"amount": 70},
        _ended("Q3", "emergency", 3, "refused"),
        {"request_id": "Q4", "class": "information"},
    ]
    signed: dict[str, Any] = {
        "contact": "b@cyber.ke.example",
        "officer": "B",
        "legal_basis": "Production order 1",
    }
    called: dict[str, Any] = {"called_at": NOON - 7 * DAY, "is_confirmed": True}
    given = {"scope": "profile;logins", "scope_given": "profile", "narrowed_because": "Not named"}
    secret = {"is_secret": True, "secret_until": NOON - DAY}
    forged = {"contact": "b@cybre.ke.example", "words": "Do not call.", "is_secret": True}
    of_user = {"received_at": NOON - 2 * DAY, "answered_at": NOON - DAY, "outcome": "data_given"}
    papers = [
        {"request_id": "Q1"} | signed | called | given | secret,
        {"request_id": "Q3"} | forged,
        {"request_id": "Q4", "scope": "profile"} | signed,
        {"request_id": "Q5", "asker": "user", "account_id": "A1", "scope": "profile"} | of_user,
    ]
    with store.writing() as cursor:
        there: dict[str, Any] = {"received_at": NOON - 8 * DAY, "account_id": "A1"}
        there |= {"ingest_seq": 1, "file_id": 1} | OF_OFFICE
        insert(cursor, "requests", [there | row for row in requests])
        insert(
            cursor,
            "request_papers",
            [{"asker": "authority", "ingest_seq": 1, "file_id": 1} | row for row in papers],
        )


def taken(desk: Desk, store: Store) -> tuple[int, dict[str, RequestState]]:
    new = take_requests(store, desk.records, desk.book, NOON, lambda _: None, at_once=2)
    with desk.records.reading() as connection:
        return new, requests_of(connection, ["Q1", "Q2", "Q3", "Q4", "Q5"])


@pytest.fixture
def past(here: Desk, store: Store) -> tuple[Desk, Store, dict[str, RequestState]]:
    fill(store)
    new, states = taken(here, store)
    assert new == 5
    return here, store, states


def test_each_request_is_taken_once_as_it_ended(past: tuple[Desk, Store, dict[str, RequestState]]) -> None:
    here, store, states = past
    assert {name: (state.status, state.version) for name, state in states.items()} == {
        "Q1": ("answered", 3),
        "Q2": ("executed", 2),
        "Q3": ("refused", 2),
        "Q4": ("received", 1),
        "Q5": ("answered", 2),
    }
    told = states["Q1"]
    assert (told.scope_asked, told.scope_given, told.is_narrowed) == (
        ("profile", "logins"),
        ("profile",),
        True,
    )
    assert (told.narrowed_because, told.called_number, told.is_secret) == ("Not named", "+000 1", False)
    assert states["Q2"].amount_micro == 70_000_000
    assert (states["Q5"].asker, states["Q5"].accounts) == ("user", 1)
    written = len(lines(here.records, object_kind="request"))
    assert written == 10
    assert taken(here, store)[0] == 0
    assert len(lines(here.records, object_kind="request")) == written


def test_what_is_seen_of_a_forged_one_is_in_its_score(
    past: tuple[Desk, Store, dict[str, RequestState]],
) -> None:
    _, _, states = past
    assert states["Q3"].missing == ("domain", "call_back", "officer", "legal_basis")
    assert (states["Q3"].authenticity or 0) < 0.05 < (states["Q4"].authenticity or 0)
    # The other request from this contact was confirmed only after this one had come in.
    assert states["Q4"].missing == ("call_back",)


def test_the_store_holds_the_same_requests(past: tuple[Desk, Store, dict[str, RequestState]]) -> None:
    _, store, states = past
    rows = store.cursor().execute(
        "SELECT request_id, status, amount::VARCHAR, account_ids, is_secret FROM desk_requests ORDER BY ALL"
    )
    assert rows.fetchall() == [
        ("Q1", "answered", None, ["A1"], False),
        ("Q2", "executed", "70.000000", ["A1"], False),
        ("Q3", "refused", None, ["A1"], True),
        ("Q4", "received", None, ["A1"], False),
        ("Q5", "answered", None, ["A1"], False),
    ]
    answered = states["Q1"].answered_at
    steps = "SELECT count(*), max(done_at) FROM desk_request_steps WHERE request_id = 'Q1'"
    assert store.cursor().execute(steps).fetchall() == [(3, answered)]
