"""What the page Requests asks of the store, on twenty requests of the third quarter by hand.

    class          country   kind     requests
    information    KZ        police   6, one of them secret, one doubtful
    information    KZ        court    3
    information    ID        police   3
    freeze         KZ        police   5
    emergency      KZ        police   2
    preservation   KZ        police   1

Each but the doubtful one was answered after 4 hours, with data; one of October waits, and so does a user's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import small_exchange

from dashboard import ask, owner, reader
from dashboard.facts import facts
from dashboard.questions import requests
from dashboard.questions.period import Period, shown_period
from dashboard.questions.requests import Chosen, Moment
from data.home import Home
from desk.actors import Actor
from desk.channels.tables import install_clocks
from desk.reads import reader_of

CAME_IN = datetime(2025, 8, 1, 12)
CELLS = (
    ("information", "KZ", "police", 6),
    ("information", "KZ", "court", 3),
    ("information", "ID", "police", 3),
    ("freeze", "KZ", "police", 5),
    ("emergency", "KZ", "police", 2),
    ("preservation", "KZ", "police", 1),
)


@pytest.fixture(scope="module")
def asked(exchange: Home) -> Home:
    rows = [
        _row(f"Q{place}-{number}", request_class, country, kind)
        for place, (request_class, country, kind, count) in enumerate(CELLS)
        for number in range(count)
    ]
    rows[0] |= {"is_secret": True}
    rows[2] |= {"authenticity": 0.2}
    rows[1] |= {"status": "doubtful", "missing": ["domain"], "answered_at": None, "outcome": None}
    october = {"received_at": datetime(2025, 10, 31, 20), "due_at": datetime(2025, 11, 1, 1)}
    waits = {"status": "received", "authenticity": 0.49, "answered_at": None, "outcome": None, **october}
    rows += [
        _row("Q-waits", "information", "KZ", "police") | waits,
        _row("Q-own", "information", None, None) | waits | {"asker": "user"},
    ]
    install_clocks(owner.store())
    with owner.store().writing() as cursor:
        small_exchange.insert(cursor, "desk_requests", rows)
    return exchange


def _row(request_id: str, request_class: str, country: str | None, kind: str | None) -> dict[str, Any]:
    return {
        "request_id": request_id,
        "asker": "authority",
        "request_class": request_class,
        "country": country,
        "agency_kind": kind,
        "status": "answered",
        "outcome": "data_given",
        "place": "cis",
        "received_at": CAME_IN,
        "at_risk_at": CAME_IN + timedelta(hours=2),
        "due_at": CAME_IN + timedelta(hours=3),
        "answered_at": CAME_IN + timedelta(hours=4),
        "accounts": 2,
        "account_ids": ["A1"],
        "missing": [],
        "is_secret": False,
        "is_narrowed": False,
        "words": "",
    }


def third_quarter() -> Period:
    return shown_period("2025Q3", facts())


def moment() -> Moment:
    now = facts().now
    assert now is not None
    return Moment(now, None, third_quarter())


def cells() -> dict[tuple[str, str, str], dict[str, Any]]:
    """What is published of the third quarter, by class, country and kind."""
    found = requests.transparency(third_quarter()).to_pylist()
    return {(row["request_class"], row["country"], row["agency_kind"]): row for row in found}


@pytest.mark.usefixtures("asked")
def test_cells_of_fewer_than_five_are_pooled_until_the_pool_is_large_enough() -> None:
    # Emergency and preservation are 3 together, so freeze, the next smallest class, joins them.
    assert {cell: row["received"] for cell, row in cells().items()} == {
        ("information", "KZ", "police"): 6,
        ("information", "others", "others"): 6,
        ("others", "KZ", "police"): 8,
    }


@pytest.mark.usefixtures("asked")
def test_a_cell_says_how_many_were_valid_and_given_data_and_how_long_they_took() -> None:
    row = cells()["information", "KZ", "police"]

    assert (row["valid"], row["narrowed"], row["refused"], row["accounts"]) == (5, 0, 0, 12)
    assert (row["share_with_data"], row["median_hours"]) == (1.0, 4.0)


@pytest.mark.usefixtures("asked")
def test_the_table_sums_to_the_rows_behind_it() -> None:
    period = third_quarter()
    window = {"received_from": period.starts, "received_before": period.ends}
    question = requests.asked(Chosen(status="all"), moment(), **window)

    assert sum(row["received"] for row in cells().values()) == 20
    assert ask.how_many(question.statement, **question.parameters) == 20


@pytest.mark.usefixtures("asked")
def test_who_may_not_see_requests_reads_sums_without_what_is_secret() -> None:
    with reader.reading_as(reader_of(Actor("Emil", "executive"))):
        assert cells()["information", "KZ", "police"]["received"] == 5


@pytest.mark.usefixtures("asked")
def test_a_quarter_of_too_few_says_no_more_than_that_there_are_some() -> None:
    question = requests.quarters_asked()
    rows = ask.answer(question.statement, **question.parameters).to_pylist()

    assert [(f"{row['quarter']:%Y-%m}", row["received"], row["median_hours"]) for row in rows] == [
        ("2025-10", None, None),
        ("2025-07", 20, 4.0),
    ]


@pytest.mark.usefixtures("asked")
def test_clocks_of_open_and_of_ended_requests_are_told_apart() -> None:
    question = requests.asked(Chosen(status="all"), moment())
    rows = {row["request_id"]: row for row in ask.run(question.statement, question.parameters).to_pylist()}

    assert len(rows) == 21
    # The answer came an hour after it was due; the doubtful one is open since August.
    assert (rows["Q0-0"]["clock"], rows["Q0-0"]["hours_taken"]) == ("answered_late", 4.0)
    assert rows["Q0-1"]["clock"] == "breached"
    assert (rows["Q-waits"]["clock"], rows["Q-waits"]["hours_left"]) == ("at_risk", 2.0)
    assert next(iter(rows)) == "Q0-1"
    assert [rows[name]["marks"] for name in ("Q0-0", "Q0-1", "Q0-2", "Q-waits")] == [
        "secret",
        "doubtful",
        "",
        "doubtful",
    ]


@pytest.mark.usefixtures("asked")
def test_an_emergency_comes_before_what_is_due_earlier() -> None:
    with owner.store().writing() as cursor:
        cursor.execute("UPDATE desk_requests SET request_class = 'emergency' WHERE request_id = 'Q-waits'")
    orders = {}
    for order in ("urgent", "due"):
        question = requests.asked(Chosen(order=order), moment())
        rows = ask.run(question.statement, question.parameters).to_pylist()
        orders[order] = [row["request_id"] for row in rows]
    with owner.store().writing() as cursor:
        cursor.execute("UPDATE desk_requests SET request_class = 'information' WHERE request_id = 'Q-waits'")

    assert orders == {"urgent": ["Q-waits", "Q0-1"], "due": ["Q0-1", "Q-waits"]}


@pytest.mark.usefixtures("asked")
def test_the_headline_counts_authorities_without_users() -> None:
    found = requests.counts("authority", moment())

    assert (found.open, found.due_soon, found.breached, found.doubtful) == (2, 1, 1, 2)
    assert (found.answered, found.median_hours, found.base_median_hours) == (19, 4.0, None)
    assert requests.counts("user", moment()).open == 1


@pytest.mark.usefixtures("asked")
def test_the_clocks_of_open_requests_are_counted_by_class() -> None:
    assert requests.clocks("authority", moment()) == (
        {"request_class": "information", "breached": 1, "at_risk": 1, "on_time": 0},
    )


@pytest.mark.usefixtures("asked")
def test_pasted_accounts_are_named_once_each_in_their_order() -> None:
    found = requests.accounts_pasted("A2, A0\nA1;A2 |")

    assert [(one.account_id, one.is_here) for one in found] == [("A2", True), ("A0", False), ("A1", True)]
    assert requests.accounts_pasted(" ,;\n") == ()
