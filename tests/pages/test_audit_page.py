"""The page Audit: the log searched, paged and opened, what is secret, the proof, people under four eyes.

The past of these tests, in a store with the small exchange: eleven people joined (lines 1 to 11), sixty notes
on cases (12 to 71), and a secret freeze of A1 that Ana asked for (two lines, its approval and its request).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import pytest
from opened import buttons_of, open_page, words_of
from streamlit.testing.v1 import AppTest

from dashboard import owner
from dashboard.audit.difference import Part, difference
from dashboard.audit.objects import page_of
from dashboard.audit.pairs import pairs
from dashboard.desk_records import desk_records, follow
from dashboard.questions import audit_log
from dashboard.questions.audit_log import Chosen
from dashboard.reader import reading_as
from dashboard.tables import exported
from data.home import Home
from desk.actors import Actor
from desk.approvals import approve
from desk.audit import Entry, record
from desk.freezes.acting import Asked, request_freeze
from desk.people import DEMONSTRATION, Person, found, people
from desk.reads import reader_of
from desk.role_changes import Change, ask_change, carry_out_change

NOW = datetime(2025, 10, 31, 23)
ANA = Actor("Ana Analystdemo", "analyst")
ADA = Actor("Ada Admindemo", "administrator")
RITA = Actor("Rita Riskdemo", "risk_manager")
LINES = 11 + 60 + 2


@pytest.fixture(scope="module")
def past(exchange: Home) -> Iterator[str]:
    """Write the past and return the id of the secret freeze."""
    records = desk_records()
    found(records, DEMONSTRATION, NOW)
    with records.writing() as connection:
        for number in range(60):
            before, after = {"status": "open", "notes": number}, {"status": "open", "notes": number + 1}
            entry = Entry(ANA, "noted", "case", f"C-{number:012x}", NOW, before, after, f"Device {number}")
            record(connection, entry)
    asked = Asked("A1", "USDT", 5_000_000, "cis", "RU", is_secret=True)
    state, _ = request_freeze(records, asked, ANA, "Ordered", NOW)
    follow()
    yield state.freeze_id
    assert exchange == owner.home()


def opened_as(role: str, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    names = {role: name for name, role in DEMONSTRATION.items()}
    monkeypatch.setenv("WATCHFLOOR_PERSON", names[role])
    return open_page("audit", **address)


def numbers(chosen: Chosen) -> list[int]:
    return [int(row["number"]) for row in audit_log.page(chosen).rows]


@pytest.mark.usefixtures("past")
def test_the_log_is_paged_from_the_newest_and_says_how_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened_as("auditor", monkeypatch)
    assert f"1 to 50 of {LINES} lines" in words_of(page)
    assert numbers(Chosen()) == list(range(LINES, LINES - 50, -1))
    assert numbers(Chosen(sheet=2)) == list(range(LINES - 50, 0, -1))
    # A page that is not there is the last one.
    assert numbers(Chosen(sheet=9)) == numbers(Chosen(sheet=2))


@pytest.mark.usefixtures("past")
def test_a_search_is_for_all_words_in_any_order_and_every_filter_holds() -> None:
    # Note 17 itself, the one that made them 17, and the one of case ...17, which is 23.
    assert numbers(Chosen(find="17 device")) == [12 + 23, 12 + 17, 12 + 16]
    assert numbers(Chosen(who="role:system")) == list(range(11, 0, -1))
    assert numbers(Chosen(who="Ana Analystdemo", kind="freeze", approval="with")) == [LINES, LINES - 1]
    assert numbers(Chosen(action="noted", since=NOW.date(), until=NOW.date()))[0] == 71
    assert numbers(Chosen(until=datetime(2025, 10, 30).date())) == []
    # By the wall clock they were written today, long after the data's now.
    assert numbers(Chosen(until=NOW.date(), clock="wall")) == []


def test_what_is_secret_is_out_of_lists_counts_lines_and_exports(
    past: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"1 to 50 of {LINES - 2} lines" in words_of(opened_as("administrator", monkeypatch))
    assert audit_log.page(Chosen(find=past)).matching == 2
    with reading_as(reader_of(ADA)):
        assert audit_log.page(Chosen(find=past)).matching == 0
        assert audit_log.line(LINES) is None
        told = exported(audit_log.asked(Chosen()), "jsonl").decode().splitlines()
    assert len(told) == LINES - 2
    first = json.loads(told[0])
    assert (first["number"], first["object_kind"]) == (LINES - 2, "case")
    assert past not in "".join(told)


@pytest.mark.usefixtures("past")
def test_a_line_that_is_opened_says_what_it_changed_and_how_it_is_linked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened_as("auditor", monkeypatch, line="13")
    said = words_of(page)
    assert "**noted** case C\\-000000000001" in said
    assert "Reason: Device 1" in said
    assert "Open the case" in buttons_of(page)
    before = audit_log.line(12)
    assert before is not None
    assert before["hash"] in page.code[0].value
    assert "There is no line of this number" in words_of(opened_as("auditor", monkeypatch, line="999999"))


@pytest.mark.usefixtures("past")
def test_an_approval_names_maker_and_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened_as("risk_manager", monkeypatch, line=str(LINES))
    assert "proposed by Ana Analystdemo" in words_of(page)


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize("tab", ["log", "proof", "administration"])
def test_who_may_not_read_the_log_is_told_so(monkeypatch: pytest.MonkeyPatch, tab: str) -> None:
    page = opened_as("analyst", monkeypatch, tab=tab)
    assert "a role that may not read the audit log" in words_of(page)
    assert len(page.dataframe) == 0


@pytest.mark.usefixtures("past")
def test_the_proof_says_when_nobody_has_looked_and_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened_as("auditor", monkeypatch, tab="proof")
    assert "Nobody has verified them on this machine yet" in words_of(page)
    page.button(key="proof_verify").click().run()
    job = owner.job()
    assert job is not None
    assert job.finished.wait(60)
    said = words_of(opened_as("auditor", monkeypatch, tab="proof"))
    assert ":material/check_circle:] Whole" in said
    assert "Fingerprint of the public key" in said
    # Who asked stands in the log.
    follow()
    last = audit_log.page(Chosen(action="verified")).rows[0]
    assert (last["actor"], last["object_id"]) == ("Aude Auditordemo", "verify")


@pytest.mark.usefixtures("past")
def test_people_are_changed_only_by_two_and_the_page_says_who_could(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ask_change(desk_records(), Change("Noa", "joined", "analyst"), ADA, "The team grows", NOW)
    page = opened_as("auditor", monkeypatch, tab="administration")
    assert page.button(key="role_joined").disabled
    assert "**11 people**" in words_of(page)
    assert f"approve_{asked.approval_id}" in [button.key for button in page.button if button.disabled]
    approve(desk_records(), asked.approval_id, RITA, "", NOW)
    page = opened_as("administrator", monkeypatch, tab="administration")
    assert not page.button(key="role_joined").disabled
    assert not page.button(key=f"carry_{asked.approval_id}").disabled
    carry_out_change(desk_records(), asked.approval_id, ADA, NOW)
    assert "**12 people**" in words_of(opened_as("auditor", monkeypatch, tab="administration"))
    assert Person("Noa", "analyst", NOW) in people(desk_records())


def test_a_difference_names_parts_within_parts_and_what_changed_first() -> None:
    before = '{"state":"open","models":{"a":"1","b":"2"}}'
    after = '{"state":"open","models":{"a":"1","b":"3"},"note":null}'
    assert difference(before, after) == [
        Part("models.b", "2", "3"),
        Part("note", "", "nothing"),
        Part("models.a", "1", "1"),
        Part("state", "open", "open"),
    ]
    assert difference(None, None) == []
    assert difference(None, "no json") == [Part("", "", "no json")]


def test_what_a_line_is_about_leads_to_its_page() -> None:
    assert page_of("case", "C-1") == ("case", {"case": "C-1"})
    # An approval's lines are of the action.
    assert page_of("release", "F-1") == ("freezes", {"freeze": "F-1"})
    assert page_of("job", "train") is None


def test_who_could_complete_an_action_is_two_different_people_or_nobody() -> None:
    here = [Person("Rita", "risk_manager", NOW), Person("Aude", "auditor", NOW)]
    freeze = next(pair for pair in pairs(here) if pair.right.name == "freeze")
    assert (freeze.maker, freeze.checker, freeze.makers, freeze.checkers) == ("", "", 1, 1)
    here.append(Person("Lena", "desk_lead", NOW))
    freeze = next(pair for pair in pairs(here) if pair.right.name == "freeze")
    assert {freeze.maker, freeze.checker} == {"Rita", "Lena"}
