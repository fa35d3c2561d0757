"""From arrival to answer: what is refused before the checks are passed, and what two people hand over."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime, timedelta

import pytest
from small_exchange import insert
from small_requests import ANA, ASKED, EMERGENCY, LENA, LIN, NOON, OF_USER, RITA, Desk

from data.store import Store
from desk.actors import Actor, RightError
from desk.approvals import ApprovalError, approve, reject
from desk.audit import lines
from desk.evidence.packing import sha256
from desk.requests.acting import call_back, check, doubt, verify
from desk.requests.answering import (
    Given,
    ask_disclosure,
    disclose,
    give_help,
    keep,
    narrow,
    refuse,
    say_nothing_found,
    withdraw,
)
from desk.requests.book import IN_THE_ACCOUNT
from desk.requests.reading import history
from desk.requests.settling import settle
from desk.requests.state import RequestError

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def exchange(store: Store) -> Store:
    """Two accounts that are asked about, and one that is not."""
    with store.writing() as cursor:
        for table, rows in (
            ("accounts", [{"account_id": name, "kyc_country": "KE"} for name in ("A1", "A2", "A3")]),
            (
                "transactions",
                [
                    {
                        "event_id": f"T{number}",
                        "account_id": account,
                        "occurred_at": datetime(2025, month, 1),
                        "kind": "deposit",
                        "amount": number,
                    }
                    for number, (account, month) in enumerate(
                        [("A1", 3), ("A1", 9), ("A2", 9), ("A3", 9)], start=1
                    )
                ],
            ),
        ):
            insert(cursor, table, [{"ingest_seq": 1, "file_id": 1} | row for row in rows])
    return store


def handed(desk: Desk, store: Store, request_id: str, *, maker: Actor = LIN) -> Given:
    _, asked = ask_disclosure(desk.records, request_id, maker, "Verified", NOON)
    approve(desk.records, asked.approval_id, RITA, "", NOON)
    with store.cursor() as cursor:
        return disclose(desk.records, cursor, desk.home.path / "out", asked.approval_id, maker, LATER)


def test_what_is_given_is_the_scope_given_and_its_hash_is_in_the_audit_log(
    desk: Desk, exchange: Store
) -> None:
    state = desk.verified(since=datetime(2025, 1, 1), until=NOON)
    narrow(
        desk.records, state.request_id, ("transactions", "profile"), LIN, "No logins are named", NOON,
        since=datetime(2025, 6, 1),
    )  # fmt: skip
    given = handed(desk, exchange, state.request_id)
    with zipfile.ZipFile(given.path) as archive:
        assert archive.namelist() == ["profile.csv", "transactions.csv", "manifest.json"]
        rows = archive.read("transactions.csv").decode().splitlines()
        manifest = json.loads(archive.read("manifest.json"))
    # Of A1 only what lies in the narrowed period, of A2 all, of A3 nothing.
    assert [row.split(",")[1] for row in rows[1:]] == ["T2", "T3"]
    assert manifest["accounts"] == ["A1", "A2"]
    assert given.sha256 == sha256(given.path.read_bytes())
    assert (given.state.status, given.state.outcome) == ("answered", "partly_given")
    line = next(
        line for line in lines(desk.records, object_id=state.request_id) if line.action == "disclosed"
    )
    assert json.loads(line.after or "")["package_hash"] == given.sha256
    assert line.approval_id is not None


def test_nothing_is_answered_before_it_is_verified(here: Desk, store: Store) -> None:
    request_id = here.receive().request_id
    records, until = here.records, NOON + timedelta(days=90)
    with store.cursor() as cursor:
        for answer in (
            lambda: narrow(records, request_id, ("profile",), LIN, "Less", NOON),
            lambda: ask_disclosure(records, request_id, LIN, "Now", NOON),
            lambda: say_nothing_found(records, request_id, LIN, "Nobody", NOON),
            lambda: give_help(records, request_id, LIN, "Here", NOON),
            lambda: keep(records, cursor, here.home.path, request_id, until, LIN, "Keep", NOON),
        ):
            with pytest.raises(RequestError, match="is received"):
                answer()
    with pytest.raises(RequestError, match="is not checked: call back"):
        verify(records, request_id, here.book, LIN, "Looks fine", NOON)
    assert len(history(records, request_id, LIN)) == 1


def test_only_the_number_of_the_book_is_a_call_back(here: Desk) -> None:
    state = here.receive(words="Call me under +000 99.")
    with pytest.raises(RequestError, match="is not the number of the book") as refused:
        call_back(here.records, state.request_id, "+000 99", here.book, LENA, "Called", NOON, is_theirs=True)
    assert "Possible: +000 1" in str(refused.value)
    unknown = here.receive(agency="Office of Nowhere")
    with pytest.raises(RequestError, match="knows no number of Office of Nowhere"):
        call_back(here.records, unknown.request_id, "+000 1", here.book, LENA, "Called", NOON, is_theirs=True)


def test_in_an_emergency_who_called_back_does_not_answer(desk: Desk, exchange: Store) -> None:
    state = desk.call(desk.receive(EMERGENCY), LIN)
    verify(desk.records, state.request_id, desk.book, LIN, "Danger", NOON)
    with pytest.raises(RequestError, match="Lin Liaisondemo called back: in an emergency somebody else"):
        ask_disclosure(desk.records, state.request_id, LIN, "At once", NOON)
    state = desk.call(state, LENA)
    assert state.status == "verified"
    assert handed(desk, exchange, state.request_id).state.outcome == "data_given"


def test_who_called_back_cannot_carry_out_what_another_asked_for(here: Desk, exchange: Store) -> None:
    state = here.verified(EMERGENCY)
    _, asked = ask_disclosure(here.records, state.request_id, LIN, "At once", NOON)
    approve(here.records, asked.approval_id, RITA, "", NOON)
    with exchange.cursor() as cursor, pytest.raises(RequestError, match="Lena Leaddemo called back"):
        disclose(here.records, cursor, here.home.path / "out", asked.approval_id, LENA, NOON)
    assert not (here.home.path / "out").exists()


def test_a_call_back_that_denies_it_takes_the_verification_away(here: Desk, exchange: Store) -> None:
    state = here.verified()
    _, asked = ask_disclosure(here.records, state.request_id, LIN, "Verified", NOON)
    approve(here.records, asked.approval_id, RITA, "", NOON)
    assert here.call(state, is_theirs=False).status == "checking"
    with exchange.cursor() as cursor, pytest.raises(RequestError, match="is checking"):
        disclose(here.records, cursor, here.home.path / "out", asked.approval_id, LIN, NOON)
    assert refuse(here.records, state.request_id, LIN, "It is forged", NOON).outcome == "refused"


def test_an_approval_is_of_the_scope_that_was_approved_and_used_once(here: Desk, exchange: Store) -> None:
    state = here.verified()
    _, first = ask_disclosure(here.records, state.request_id, LIN, "All of it", NOON)
    reject(here.records, first.approval_id, RITA, "Too much", NOON)
    assert settle(here.records, NOON) == 1
    narrow(here.records, state.request_id, ("profile",), LIN, "Only who it is", NOON)
    with exchange.cursor() as cursor, pytest.raises(RequestError, match="is answering"):
        disclose(here.records, cursor, here.home.path, first.approval_id, LIN, NOON)
    given = handed(here, exchange, state.request_id)
    assert given.state.scope_given == ("profile",)
    with exchange.cursor() as cursor, pytest.raises(RequestError, match="is answered"):
        disclose(here.records, cursor, here.home.path, first.approval_id, LIN, NOON)


def test_nobody_hands_over_what_was_not_approved(here: Desk, exchange: Store) -> None:
    state = here.verified()
    _, asked = ask_disclosure(here.records, state.request_id, LIN, "Verified", NOON)
    with exchange.cursor() as cursor, pytest.raises(ApprovalError, match="Nobody has approved it yet"):
        disclose(here.records, cursor, here.home.path / "out", asked.approval_id, LIN, NOON)
    with pytest.raises(RightError, match="may not work requests"):
        refuse(here.records, state.request_id, ANA, "No", NOON)


def test_what_is_kept_is_kept_until_a_later_day(here: Desk, exchange: Store) -> None:
    state = here.verified(request_class="preservation")
    folder, until = here.home.path / "out", NOON + timedelta(days=90)
    with exchange.cursor() as cursor:
        with pytest.raises(RequestError, match="until a later day"):
            keep(here.records, cursor, folder, state.request_id, NOON, LIN, "Keep", NOON)
        kept = keep(here.records, cursor, folder, state.request_id, until, LIN, "Until the court", NOON)
    assert (kept.state.status, kept.state.kept_until) == ("kept", until)
    assert kept.path.name == f"{state.request_id}-kept.zip"


def test_a_user_is_answered_about_their_own_account_alone(here: Desk, exchange: Store) -> None:
    state = here.receive(OF_USER)
    call_back(here.records, state.request_id, IN_THE_ACCOUNT, here.book, LENA, "Asked", NOON, is_theirs=True)
    verify(here.records, state.request_id, here.book, LIN, "Theirs", NOON)
    given = handed(here, exchange, state.request_id)
    with zipfile.ZipFile(given.path) as archive:
        assert archive.read("profile.csv").decode().splitlines()[1:] == ["A1,,KE,"]


def test_a_doubtful_request_is_verified_only_when_its_checks_are_passed_again(here: Desk) -> None:
    state = here.verified()
    assert doubt(here.records, state.request_id, here.book, LIN, "A second look", NOON).status == "doubtful"
    with pytest.raises(RequestError, match="is doubtful"):
        ask_disclosure(here.records, state.request_id, LIN, "Now", NOON)
    assert verify(here.records, state.request_id, here.book, LIN, "Fine", NOON).status == "verified"
    assert check(here.records, state.request_id, here.book, LIN, NOON).status == "verified"


def test_every_ending_says_how_it_ended(here: Desk) -> None:
    assert withdraw(here.records, here.receive().request_id, LIN, "Taken back", NOON).outcome == "withdrawn"
    nobody = here.verified(account_ids=())
    with pytest.raises(RequestError, match="concerns no account"):
        ask_disclosure(here.records, nobody.request_id, LIN, "Now", NOON)
    assert say_nothing_found(here.records, nobody.request_id, LIN, "No customer", NOON).outcome == "no_data"
    helped = here.verified(ASKED, request_class="assistance", legal_basis="Letter of request 4")
    assert give_help(here.records, helped.request_id, LIN, "A statement was sent", NOON).outcome == "helped"
    with pytest.raises(RequestError, match="is answered"):
        refuse(here.records, helped.request_id, LIN, "No", NOON)
