from __future__ import annotations

from decimal import Decimal

import pytest
from opened import buttons_of, open_page, words_of
from small_exchange import NOW
from small_freezes import ANA, AZIZ, LENA, LIN, RITA, Made, make_freezes
from streamlit.testing.v1 import AppTest

from dashboard import approvals as shown
from dashboard import ask
from dashboard.desk_records import desk_records, follow
from dashboard.facts import facts
from dashboard.freezes.doors import DECIDE, doors_of, why_closed
from dashboard.freezes.ways import is_visible, ways_of
from dashboard.questions import freezes
from dashboard.questions.period import shown_period
from dashboard.state import View
from data.home import Home
from desk.actors import RELEASE, Actor
from desk.approvals import still_open
from desk.freezes.acting import freeze
from desk.freezes.state import FreezeState
from desk.people import DEMONSTRATION, found
from desk.role_changes import Change, ask_change


@pytest.fixture(scope="module")
def peopled(exchange: Home) -> Home:
    found(desk_records(), DEMONSTRATION, NOW)
    return exchange


@pytest.fixture(scope="module")
def made(peopled: Home) -> Made:
    del peopled
    return make_freezes(desk_records())


@pytest.fixture(autouse=True)
def as_rita(peopled: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    del peopled
    monkeypatch.setenv("WATCHFLOOR_PERSON", RITA.name)


def form(name: str, freeze_id: str) -> AppTest:
    """The dialog of a freeze, by the name of its form, without the page around it."""
    script = f"""
from dashboard.freezes import forms
from dashboard.facts import last_event
standing = forms.standing({freeze_id!r})
forms.{name}(forms.Form(standing, "USDT", last_event()))
"""
    return AppTest.from_string(script, default_timeout=30).run()


@pytest.mark.usefixtures("exchange")
def test_a_store_without_freezes_says_so_on_every_tab() -> None:
    assert "No money is stopped now." in words_of(open_page("freezes", period="2025Q4"))
    assert "No money is stopped. Ask for a freeze" in words_of(open_page("freezes", tab="open"))
    assert "Nothing waits for a second person" in words_of(open_page("freezes", tab="approvals"))
    assert "The ledger is empty" in words_of(open_page("freezes", tab="account"))


@pytest.mark.usefixtures("exchange")
def test_names_in_the_address_that_are_nothing_break_no_tab() -> None:
    said = words_of(open_page("freezes", tab="open", freeze="F-*no*"))
    assert "There is no freeze F\\-\\*no\\*" in said
    odd = open_page("freezes", tab="open", status="odd", kind="odd", age="odd", order="odd")
    assert "No money is stopped" in words_of(odd) or "fits this choice" in words_of(odd)
    assert "The ledger knows nothing of this account" in words_of(
        open_page("freezes", tab="account", account="A0")
    )
    assert "Freezes" in words_of(open_page("freezes", tab="nothing"))


@pytest.mark.usefixtures("made")
def test_totals_are_sums_over_the_freezes() -> None:
    follow()
    period = shown_period("2025Q4", facts())

    total = freezes.totals(None)
    assert (total.stopped, total.stopped_freezes) == (Decimal(650), 2)
    assert (total.ordered, total.ordered_freezes) == (Decimal(50), 1)
    # The 300 that went back are wrongful, but the freeze has not ended.
    assert freezes.moved(period, None, "released") == Decimal(300)
    assert freezes.totals("cis").stopped == Decimal(600)
    assert {"650", "50"} <= set(buttons_of(open_page("freezes", period="2025Q4")))


@pytest.mark.usefixtures("made")
def test_money_flows_from_its_place_to_what_became_of_it_and_what_of_that_was_wrong() -> None:
    follow()
    ways = freezes.flow(shown_period("2025Q4", facts()), None)

    assert {(way.source, way.target): way.amount for way in ways} == {
        ("cis", "internal"): Decimal(900),
        ("south_east_asia", "order"): Decimal(50),
        ("internal", "still"): Decimal(600),
        ("order", "still"): Decimal(50),
        ("internal", "released"): Decimal(300),
        ("released", "wrongful"): Decimal(300),
    }


def test_the_list_narrows_to_what_the_address_chooses(made: Made) -> None:
    follow()

    def listed(**chosen: str) -> list[str]:
        asked = freezes.listed_asked(View(**chosen), NOW)
        rows = ask.answer(asked.name, **asked.parameters).to_pylist()
        return [row["freeze_id"] for row in rows]

    assert set(listed()) == {made.applied, made.secret, made.waiting, made.hidden}
    assert set(listed(status="stopped")) == {made.applied, made.secret}
    assert listed(status="stopped", kind="internal") == [made.applied]
    assert listed(status="requested", order="largest") == [made.waiting, made.hidden]
    # Both were stopped 35 hours before the store's last event.
    assert set(listed(age="three_days")) == {made.applied, made.secret}
    assert listed(region="cis") == [made.applied]
    assert listed(status="ended") == []


def test_a_freeze_shows_its_reasons_its_history_and_its_money(made: Made) -> None:
    page = open_page("freezes", tab="open", freeze=made.applied)

    said = words_of(page)
    assert "2 accounts used this device" in said
    assert "Asked for</b> by Ana Analystdemo" in said
    assert "Given back</b> by Rita Riskdemo" in said
    assert "400 known to come from crime" in said
    assert {"Review", "Ask release", "Ask handover", "Appeal filed"} <= set(buttons_of(page))


def test_what_a_role_may_not_do_is_closed_with_the_reason(made: Made) -> None:
    follow()
    row = freezes.one(made.applied)
    assert row is not None
    closed = {
        door.name: why_closed(door, row, Actor("Olga Operatordemo", "desk_operator"))
        for door in doors_of(row)
    }

    assert closed["give_back"] == ""
    assert "may not hand money over to an authority" in closed["hand_over"]
    assert "may not confirm a hold and review a freeze" in closed["review"]


def test_a_secret_freeze_knows_no_appeal_and_no_letter(made: Made) -> None:
    page = open_page("freezes", tab="open", freeze=made.secret)

    assert "The customer must not learn of it" in words_of(page)
    assert "Appeal filed" not in buttons_of(page)
    letter = next(one for one in page.get("download_button") if "Letter" in one.proto.label)
    assert letter.proto.disabled


def test_who_must_not_know_of_a_secret_freeze_meets_it_nowhere_on_the_page(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFLOOR_PERSON", ANA.name)

    assert "There is no freeze" in words_of(open_page("freezes", tab="open", freeze=made.secret))
    totals = buttons_of(open_page("freezes", period="2025Q4"))
    assert "600" in totals
    assert not {"650", "50"} & set(totals)
    # 70.5 wait of which she may know, and not the 20 of the other order.
    assert "**1 freeze asked for**, 70.5 USDT" in words_of(open_page("freezes", tab="open"))
    assert made.secret not in words_of(open_page("freezes", tab="account", account="A2"))


def test_who_must_not_know_of_a_secret_freeze_sees_no_approval_of_it(made: Made) -> None:
    open_ones = {one.approval_id: one for one in still_open(desk_records(), NOW)}

    assert set(open_ones) == {made.waiting_approval, made.hidden_approval}
    assert is_visible(open_ones[made.waiting_approval], ANA)
    assert not is_visible(open_ones[made.hidden_approval], ANA)
    assert is_visible(open_ones[made.hidden_approval], LIN)


def test_the_queue_of_approvals_says_who_may_decide_and_until_when(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = words_of(open_page("freezes", tab="approvals"))
    assert "**2 dangerous actions open**, 2 of them you can decide" in said
    assert "Freeze 70\\.5 in USDT of A2" in said
    assert "good until 2025-11-03 20:00 (UTC)" in said
    assert "May decide: Rita Riskdemo, Rolf Riskdemo, Lena Leaddemo, Luis Leaddemo" in said

    monkeypatch.setenv("WATCHFLOOR_PERSON", ANA.name)
    page = open_page("freezes", tab="approvals")
    assert "**1 dangerous action open**, 0 of them" in words_of(page)
    assert next(one for one in page.button if one.label == "Approve").disabled
    (asked,) = [one for one in still_open(desk_records(), NOW) if one.approval_id == made.waiting_approval]
    assert f"freeze money, {made.waiting}, amount 70.5, asked for by Ana Analystdemo" in shown.bound_to(asked)


def test_an_account_s_ledger_has_both_lines_of_each_transfer_and_adds_up_to_zero(made: Made) -> None:
    follow()
    (balance,) = freezes.balances("A1")
    assert (balance["available"], balance["held"], balance["released"]) == (-900, 600, 300)
    assert balance["total"] == 0

    asked = freezes.entries_asked("A1")
    entries = ask.answer(asked.name, **asked.parameters).to_pylist()
    assert [(one["place"], one["entry"], one["balance"], one["running_sum"]) for one in entries] == [
        ("held", -300, 600, -300),
        ("released", 300, 300, 0),
        ("available", -900, -900, -900),
        ("held", 900, 900, 0),
    ]
    said = words_of(open_page("freezes", tab="account", account="A1"))
    assert "Ledger of account A1" in said
    assert made.applied


@pytest.mark.usefixtures("made")
def test_what_is_stopped_already_is_not_proposed_again() -> None:
    follow()
    place = freezes.to_freeze("A1", "W1")

    assert place is not None
    assert place["stopped"] == Decimal(600)
    # W1, the one flagged event of A1 with money, is stopped.
    assert place["event_id"] is None
    assert freezes.to_freeze("A0", None) is None


def test_an_appeal_goes_from_the_customer_s_words_to_a_release_that_another_approves(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    filing = form("appeal_form", made.applied)
    filing.text_area[0].set_value("It is my salary").run()
    filing.button[0].click().run()
    assert state_of(made).appeal == "filed"
    follow()
    row = freezes.one(made.applied)
    assert row is not None
    # Lena had it stopped: she does not judge the objection.
    assert "You stood by this freeze" in why_closed(DECIDE, row, LENA)
    assert why_closed(DECIDE, row, AZIZ) == ""

    monkeypatch.setenv("WATCHFLOOR_PERSON", AZIZ.name)
    deciding = form("decide_form", made.applied)
    deciding.text_area[0].set_value("The payslip is good").run()
    deciding.button[0].click().run()
    assert state_of(made).appeal == "granted"
    (asked,) = still_open(desk_records(), NOW, RELEASE.name)
    assert (asked.act.amount_micro, asked.maker.name) == (600_000_000, AZIZ.name)
    assert asked.act.details["is_wrongful"] is True
    assert "600 USDT are stopped now; after this 0 would be." in ways_of(asked).says(asked)


def test_a_dialog_that_is_refused_says_why_and_does_nothing(made: Made) -> None:
    before = state_of(made)
    dialog = form("release_form", made.applied)
    dialog.text_input[0].set_value("much").run()
    dialog.text_area[0].set_value("An invoice").run()
    dialog.button[0].click().run()

    assert "'much' is no amount." in dialog.error[0].value
    assert state_of(made) == before


def state_of(made: Made) -> FreezeState:
    return freeze(desk_records(), made.applied)


@pytest.mark.usefixtures("made")
def test_money_is_frozen_from_an_account_and_who_may_not_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_PERSON", ANA.name)
    page = open_page("accounts", account="A1")
    assert not next(one for one in page.button if one.label == "Freeze money").disabled

    monkeypatch.setenv("WATCHFLOOR_PERSON", "Emil Executivedemo")
    ledger = open_page("freezes", tab="account", account="A1")
    closed = next(one for one in ledger.button if one.label == "Freeze money")
    assert closed.disabled
    assert "may not freeze money" in closed.help


@pytest.mark.usefixtures("made")
def test_a_region_without_wrongful_freezes_has_no_median_of_none() -> None:
    assert "not known" in buttons_of(open_page("freezes", period="2025Q4", region="oceania"))


@pytest.mark.usefixtures("made")
def test_a_role_that_waits_is_known_where_it_is_decided_and_can_be_done_there() -> None:
    change = Change("Olga Operatordemo", "role_changed", "analyst")
    asked = ask_change(desk_records(), change, Actor("Ada Admindemo", "administrator"), "She learned it", NOW)

    assert is_visible(asked, RITA)
    assert not is_visible(asked, ANA)
    assert ways_of(asked).carry_out is not None
