"""Each role against each table, from the one table of reads: what it sees, and what is not there for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import small_exchange

from dashboard import ask, owner, reader
from dashboard.exporting import export
from data.contract import TABLES
from data.enriched import ENRICHED_TABLES
from data.home import Home
from data.statement import Statement
from desk.actors import RIGHTS, ROLES, SEE_PERSONAL, SEE_REQUESTS, Actor, RightError
from desk.ledger.buckets import BUCKETS
from desk.masking import key_in, token
from desk.projection_tables import DESK_TABLES
from desk.reads import EVERYTHING, READ_RIGHTS, READS, Reader, reader_of, readers, summing
from scoring.contract import SCORING_TABLES

RAW = {"D1", "10.0.0.1", "0xbad"}
SENTENCE = "Both used the device D1, at 10.0.0.1@20151."


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("exchange"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    with store.writing() as cursor:
        small_exchange.insert(
            cursor,
            "ring_ties",
            [{"ring_id": "R-1", "kind": "device", "artefact": "D1", "sentence": SENTENCE}],
        )
        small_exchange.insert(cursor, "requests", [_asked("Q1"), _asked("Q2")])
        small_exchange.insert(cursor, "desk_requests", [{"request_id": "Q2", "is_secret": True}])
        frozen = [
            {"freeze_id": "F1", "account_id": "A1", "is_secret": False},
            {"freeze_id": "F2", "account_id": "A1", "is_secret": True},
        ]
        small_exchange.insert(cursor, "desk_freezes", frozen)
        moved = [
            _moved(1, 1, "available", "held", 10, held=10, available=-10),
            _moved(2, 2, "available", "ordered", 5, held=10, ordered=5, available=-15),
            _moved(3, 1, "held", "released", 4, held=6, ordered=5, released=4, available=-15),
        ]
        small_exchange.insert(cursor, "desk_transfers", moved)
        told = [
            {"number": 1, "object_kind": "freeze", "object_id": "F1", "mentions": ["F1"], "reason": SENTENCE},
            {"number": 2, "object_kind": "approval", "object_id": "P1", "mentions": ["F2"], "reason": ""},
            {"number": 3, "object_kind": "freeze", "object_id": "F2", "mentions": ["F2"], "reason": ""},
        ]
        small_exchange.insert(cursor, "desk_audit", told)
    yield folder
    owner.resign()


def _asked(request_id: str) -> dict[str, object]:
    return {"request_id": request_id, "received_at": small_exchange.NOW, "class": "information"}


def _moved(
    number: int, freeze: int, source: str, target: str, amount: int, **after: int
) -> dict[str, object]:
    """A movement of A1, the `number`-th of all, because of a freeze; the second freeze is secret."""
    told = {"object_kind": "freeze", "object_id": f"F{freeze}", "account_id": "A1", "asset": "USDT"}
    moved = {"number": number, "version": number, "source": source, "target": target, "amount": amount}
    return {**told, **moved, **dict.fromkeys(BUCKETS, 0), **after}


def _of(role: str) -> Reader:
    return reader_of(Actor("Somebody", role))


def _all(table: str) -> Statement:
    return Statement(f"all_{table}", "All of it.", f'SELECT * FROM "{table}"')


def _there() -> list[str]:
    with owner.store().cursor() as cursor:
        asked = "SELECT table_name FROM duckdb_columns() WHERE NOT internal AND database_name = 'watchfloor'"
        return sorted({row[0] for row in cursor.execute(asked).fetchall()})


@pytest.mark.usefixtures("exchange")
def test_every_table_and_view_of_the_store_is_in_the_table_of_reads() -> None:
    declared = {one.name for one in (*TABLES, *ENRICHED_TABLES, *SCORING_TABLES, *DESK_TABLES)}
    assert declared <= set(READS)
    assert set(_there()) <= set(READS)


def test_every_right_of_a_read_is_a_right() -> None:
    assert set(RIGHTS) >= READ_RIGHTS
    assert EVERYTHING in readers()


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_asks_the_tables_that_it_may_read_and_sees_tokens_where_it_must(role: str) -> None:
    actor = Actor("Somebody", role)
    for table in _there():
        read = READS[table]
        with reader.reading_as(_of(role)):
            if read.right is not None and not actor.may(read.right):
                with pytest.raises(RightError, match="which your role may not read"):
                    ask.answer(_all(table))
                continue
            rows = ask.answer(_all(table)).to_pylist()
        cells = {str(cell) for row in rows for cell in row.values()}
        if not actor.may(SEE_PERSONAL):
            assert not cells & RAW, table
            assert SENTENCE not in cells
        elif table == "scored":
            assert cells >= RAW


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize("role", ROLES)
def test_a_role_exports_the_tables_that_it_may_read(role: str, tmp_path: Path) -> None:
    path, actor = tmp_path / "taken.parquet", Actor("Somebody", role)
    for table in ("scored", "ring_ties", "desk_freezes", "requests", "desk_requests", "desk_audit"):
        right = READS[table].right
        if right is not None and not actor.may(right):
            with pytest.raises(RightError, match="may not read"):
                export(_of(role), table, path, {})
            continue
        export(_of(role), table, path, {})
        cells = {str(cell) for row in pq.read_table(path).to_pylist() for cell in row.values()}
        assert bool(cells & RAW) == (actor.may(SEE_PERSONAL) and table in ("scored", "ring_ties"))


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize(
    ("table", "column", "open_", "all_"),
    [
        ("desk_freezes", "freeze_id", ["F1"], ["F1", "F2"]),
        ("desk_transfers", "object_id", ["F1", "F1"], ["F1", "F1", "F2"]),
    ],
)
def test_what_is_secret_is_not_there_for_whom_it_is_no_business(
    table: str, column: str, open_: list[str], all_: list[str]
) -> None:
    for role, expected in (("analyst", open_), ("administrator", open_), ("desk_lead", all_)):
        with reader.reading_as(_of(role)):
            assert sorted(ask.answer(_all(table)).column(column).to_pylist()) == expected


@pytest.mark.usefixtures("exchange")
def test_balances_are_those_that_there_would_be_without_what_is_secret() -> None:
    asked = Statement(
        "balances",
        "The last balances.",
        "SELECT version, held::INTEGER AS held, ordered::INTEGER AS ordered, "
        "available::INTEGER AS available, "
        "released::INTEGER AS released FROM desk_transfers ORDER BY number DESC LIMIT 1",
    )
    with reader.reading_as(_of("analyst")):
        assert ask.answer(asked).to_pylist() == [
            {"version": 2, "held": 6, "ordered": 0, "available": -10, "released": 4}
        ]
    with reader.reading_as(_of("auditor")):
        assert ask.answer(asked).to_pylist() == [
            {"version": 3, "held": 6, "ordered": 5, "available": -15, "released": 4}
        ]


@pytest.mark.usefixtures("exchange")
def test_a_line_of_the_log_about_a_secret_is_not_there_for_an_administrator() -> None:
    for role, expected in (("administrator", [1]), ("auditor", [1, 2, 3])):
        with reader.reading_as(_of(role)):
            assert sorted(ask.answer(_all("desk_audit")).column("number").to_pylist()) == expected


@pytest.mark.usefixtures("exchange")
def test_a_sum_counts_requests_that_are_no_secret_for_everybody() -> None:
    with reader.reading_as(_of("executive")), reader.summing():
        assert ask.answer(_all("requests")).column("request_id").to_pylist() == ["Q1"]
    with reader.reading_as(_of("liaison")), reader.summing():
        assert ask.answer(_all("requests")).num_rows == 2
    assert summing(_of("executive")).may(SEE_REQUESTS)


@pytest.mark.usefixtures("exchange")
def test_a_token_is_the_same_wherever_a_value_stands_and_joins_as_the_value_does(exchange: Home) -> None:
    shown = token(key_in(exchange.path), "device", "D1")
    joined = Statement(
        "joined",
        "Who used it.",
        "SELECT DISTINCT entity, ring_ties.sentence FROM scored JOIN ties_by_entity ON entity = device_id "
        "JOIN ring_ties ON artefact = entity",
    )
    with reader.reading_as(_of("executive")):
        rows = ask.answer(joined).to_pylist()
        found = ask.answer("find_accounts", text=shown).column("account_id").to_pylist()
        assert ask.answer("find_accounts", text="D1").num_rows == 0
    address = token(key_in(exchange.path), "ip", "10.0.0.1")
    assert rows == [{"entity": shown, "sentence": f"Both used the device {shown}, at {address}@20151."}]
    assert found == ["A1", "A2"]


@pytest.mark.usefixtures("exchange")
def test_what_two_roles_read_alike_is_asked_once_and_what_they_read_differently_is_not() -> None:
    with reader.reading_as(_of("risk_manager")):
        masked = ask.answer(_all("scored"))
    with reader.reading_as(_of("executive")):
        assert ask.answer(_all("scored")) is masked
    with reader.reading_as(_of("analyst")):
        assert ask.answer(_all("scored")) is not masked


@pytest.mark.usefixtures("exchange")
def test_a_thread_that_nobody_sent_sees_tokens_and_one_that_was_sees_what_its_sender_sees() -> None:
    found: list[object] = []

    def look() -> None:
        found.append("D1" in ask.answer(_all("scored")).column("device_id").to_pylist())

    with reader.reading_as(_of("analyst")):
        sent = reader.bound(look)
    for call in (look, sent):
        thread = threading.Thread(target=call)
        thread.start()
        thread.join()
    assert found == [False, True]


@pytest.mark.usefixtures("exchange")
def test_a_text_that_comes_later_is_masked_too() -> None:
    with owner.store().writing("desk") as cursor:
        small_exchange.insert(cursor, "desk_steps", [{"number": 1, "reason": "Ask about D1."}])
    owner.desk_changed()
    with reader.reading_as(_of("executive")):
        (reason,) = ask.answer(_all("desk_steps")).column("reason").to_pylist()
    assert reason.startswith("Ask about device-")


@pytest.mark.usefixtures("exchange")
def test_a_question_that_goes_below_its_own_names_comes_to_the_tables_of_the_reader() -> None:
    below = Statement(
        "below",
        "Those of one's own.",
        "WITH desk_freezes AS (SELECT * FROM main.desk_freezes) "
        "SELECT (SELECT count(*) FROM main.desk_freezes) AS frozen FROM desk_freezes",
    )
    with reader.reading_as(_of("analyst")):
        assert ask.answer(below).column("frozen").to_pylist() == [1]
    with reader.reading_as(_of("desk_lead")):
        assert ask.answer(below).column("frozen").to_pylist() == [2, 2]
    with reader.reading_as(_of("analyst")), pytest.raises(ask.QuestionError), ask.cursor("raw") as cursor:
        cursor.execute("SELECT * FROM main.desk_freezes")
