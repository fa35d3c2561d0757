"""What pages send to a role that may not see personal data, or must not learn of a secret order."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import small_exchange
from opened import open_page
from streamlit.testing.v1 import AppTest

from benchmarks.seen import found_in, watching
from dashboard import owner, reader, tables, unmasked
from dashboard.desk_records import desk_records
from data.home import Home
from desk.actors import ROLE_VARIABLE, Actor
from desk.audit import lines
from desk.reads import reader_of
from desk.unmasking import UnmaskError, counts, unmask

RAW = frozenset({"D1", "10.0.0.1", "0xbad"})
VIEWS = (
    ("overview", {}),
    ("accounts", {"account": "A1"}),
    ("accounts", {"account": "A1", "entity": "device:D2"}),
    ("explanations", {"account": "A1"}),
    ("freezes", {}),
)


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("exchange"))
    small_exchange.fill(owner.become(folder).store)
    yield folder
    owner.resign()


def _sent(role: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text of the pages, their log, and the exports of what they offer, as `role`."""
    monkeypatch.setenv(ROLE_VARIABLE, role)
    with watching() as seen:
        for page, view in VIEWS:
            open_page(page, **view)
        with reader.reading_as(reader_of(Actor("Somebody", role))):
            offered = [tables.exported(asked, "csv").decode() for asked in seen.asked.values()]
    assert seen.asked
    return [*seen.texts, *offered]


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize("role", ["executive", "risk_manager"])
def test_nothing_that_is_sent_exported_or_logged_holds_a_masked_value(
    role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not found_in(_sent(role, monkeypatch), RAW)


@pytest.mark.usefixtures("exchange")
def test_the_search_finds_what_an_analyst_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found_in(_sent("analyst", monkeypatch), RAW) == RAW


@pytest.mark.usefixtures("exchange")
@pytest.mark.parametrize("role", ["analyst"])
def test_a_secret_order_changes_nothing_that_a_role_without_need_is_sent(
    role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _lasting(_sent(role, monkeypatch))
    with owner.store().writing("desk") as cursor:
        small_exchange.insert(cursor, "desk_freezes", [_SECRET])
        small_exchange.insert(cursor, "desk_requests", [{"request_id": "Q9", "is_secret": True}])
        small_exchange.insert(cursor, "requests", [_ASKED])
    owner.bump()
    owner.desk_changed()
    try:
        assert _lasting(_sent(role, monkeypatch)) == before
        assert not found_in(before, frozenset({"F-secret", "Q9"}))
    finally:
        with owner.store().writing("desk") as cursor:
            for table in ("desk_freezes", "desk_requests", "requests"):
                cursor.execute(f"DELETE FROM {table}")
        owner.bump()
        owner.desk_changed()


def _lasting(texts: list[str]) -> list[str]:
    """Without the names that Streamlit makes anew for each download of each run."""
    return [text for text in texts if not _MADE_ANEW.fullmatch(text)]


_MADE_ANEW = re.compile(r"[0-9a-f]{32}")
_SECRET = {
    "freeze_id": "F-secret",
    "account_id": "A1",
    "kind": "order",
    "status": "active",
    "region": "cis",
    "amount": 900,
    "remaining": 900,
    "released": 0,
    "seized": 0,
    "opened_at": small_exchange.FROZEN_AT,
    "placed_at": small_exchange.FROZEN_AT,
    "is_secret": True,
}
_ASKED = {
    "request_id": "Q9",
    "class": "freeze",
    "received_at": small_exchange.FROZEN_AT,
    "answered_at": small_exchange.NOW,
    "outcome": "executed",
    "account_id": "A1",
}


ASKED = """
from dashboard import acting, unmasked
from dashboard.facts import facts
unmasked.form("A1", acting.actor(), facts().now)
"""


@pytest.mark.usefixtures("exchange")
def test_one_account_is_shown_for_a_reason_until_it_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROLE_VARIABLE, "risk_manager")
    asked = AppTest.from_string(ASKED, default_timeout=60).run()
    asked.text_area[0].input("The order of 4 May names its device")
    asked.button[0].click().run()
    told = lines(desk_records(), action="unmasked")[0]
    assert (told.object_id, told.actor, told.reason) == (
        "A1",
        "local",
        "The order of 4 May names its device",
    )
    page = open_page("accounts", account="A1")
    assert not _values(page)
    page.session_state[unmasked.SHOWN] = asked.session_state[unmasked.SHOWN]
    page.run()
    assert set(_values(page)) >= RAW
    page.query_params["account"] = "A2"
    page.run()
    assert not _values(page)
    page.query_params["account"] = "A1"
    page.run()
    assert not _values(page)


def _values(page: AppTest) -> list[str]:
    """The values that stand beside their tokens."""
    found = [one.value for one in page.dataframe if "given" in one.value]
    for table in found:
        assert all(shown.split("-")[0] in unmasked.KINDS for shown in table["shown"])
    return [value for table in found for value in table["given"]]


@pytest.mark.usefixtures("exchange")
def test_nobody_is_shown_without_a_reason_and_each_showing_is_counted() -> None:
    auditor, now = Actor("Aude", "auditor"), small_exchange.NOW
    with pytest.raises(UnmaskError, match="shown for a reason"):
        unmask(desk_records(), auditor, "A1", " ", now)
    for account in ("A1", "A2", "A1"):
        unmask(desk_records(), auditor, account, "A complaint", now)
    mine = next(one for one in counts(desk_records()) if one.name == "Aude")
    assert (mine.times, mine.accounts, mine.last_at) == (3, 2, now)


@pytest.mark.usefixtures("exchange")
def test_who_may_not_unmask_is_told_who_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROLE_VARIABLE, "executive")
    button = open_page("accounts", account="A1").button(key="unmask")
    assert button.disabled
    assert "Risk manager and auditor may" in button.help
