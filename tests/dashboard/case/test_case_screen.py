"""The screen of a case and its forms, each drawn as a page; a case is that of `opened_case`."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from decimal import Decimal

import pytest
from case_evidence import case_files
from opened_case import ANA, NOW, OLGA, alert, done, minutes_after, opened, opened_w1, scene
from small_cases import confirmed
from streamlit.testing.v1 import AppTest

from dashboard import acting, owner
from dashboard.case.closing_form import loss_of
from dashboard.case.taking_away import letter_of
from dashboard.case.view import case_view
from dashboard.desk_records import desk_records
from data.home import PROJECT_ROOT
from desk.cases.files import LARGEST_BYTES
from desk.cases.moves import Note, Rate, Take
from desk.cases.reading import case, history
from desk.cases.state import CaseState

pytestmark = pytest.mark.usefixtures("desked")
SCREEN = """
from dashboard.case import screen
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts
screen.draw(desk_scene(facts(), None), "{case}")
"""
# A dialog runs as a fragment, which only a browser reruns by itself; so its content is tested as a page.
FORM = """
from dashboard.case import acts
from dashboard.case.actions import FORMS
from dashboard.case.view import case_view
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts
view = case_view(desk_scene(facts(), None), "{case}")
FORMS["{form}"][1](view, acts.panel("{case}") or acts.Panel("{case}", "{form}", {seen}))
"""


def screen(case_id: str) -> AppTest:
    page = AppTest.from_string(SCREEN.format(case=case_id), default_timeout=30).run()
    assert not page.exception
    return page


def form(state: CaseState, name: str) -> AppTest:
    script = FORM.format(case=state.case_id, form=name, seen=state.version)
    page = AppTest.from_string(script, default_timeout=30).run()
    assert not page.exception
    return page


def click(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def can(page: AppTest) -> dict[str, bool]:
    return {
        button.label: not button.disabled for button in page.button if str(button.key).startswith("case_")
    }


def said(page: AppTest) -> str:
    told = [*page.title, *page.markdown, *page.caption, *page.error]
    # Without the marks that keep names from being read as Markdown.
    return "\n".join(text.value for text in told).replace("\\", "")


def test_the_screen_says_what_happened_and_every_action_can_be_done() -> None:
    page = screen(opened_w1().case_id)

    assert "Fraud case, account A1" in said(page)
    assert "a withdrawal of 900 USDT" in said(page)
    doors = (
        "Next",
        "Take",
        "Dispose",
        "Note",
        "Escalate",
        "Assign",
        "Hand over",
        "Severity",
        "Pause",
        "File",
    )
    assert {name: can(page)[name] for name in doors} == dict.fromkeys(doors, True)
    assert not can(page)["Undo"]


def test_taking_a_case_keeps_it_and_it_can_be_let_go_again() -> None:
    state = opened_w1()
    page = screen(state.case_id)

    click(page, "Take")
    assert case(desk_records(), state.case_id).holder == acting.actor().name
    assert can(page)["Keep"]
    assert can(page)["Let go"]

    click(page, "Let go")
    assert case(desk_records(), state.case_id).holder is None


def test_a_case_that_another_person_holds_can_be_read_and_noted_only() -> None:
    state = opened_w1()
    done(state.case_id, Take(), OLGA)

    page = screen(state.case_id)

    assert "Olga has this case in hand" in said(page)
    doors = can(page)
    assert [name for name in ("Next", "Note", "File") if not doors[name]] == []
    refused = ("Take", "Dispose", "Escalate", "Assign", "Hand over", "Severity", "Pause")
    assert [name for name in refused if doors[name]] == []


@pytest.mark.parametrize("role", ["executive", "auditor"])
def test_who_only_reads_is_told_why(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_ROLE", role)
    page = screen(opened_w1().case_id)

    assert f"You look as {role}, a role that may not work the cases of the desk." in said(page)
    assert not any(can(page)[name] for name in ("Next", "Take", "Dispose", "Note", "Escalate", "File"))
    assert [one.disabled for one in page.button if one.label == "Make evidence"] == [True]


def test_an_unknown_case_says_so() -> None:
    assert "There is no case C-none" in said(screen("C-none"))


def test_a_closed_case_offers_the_next_one_and_to_be_opened_again() -> None:
    state = opened_w1()
    done(state.case_id, confirmed(loss_micro=0), ANA, "The customer denies it")

    page = screen(state.case_id)

    assert {"Next", "Note", "File", "Reopen"} <= set(can(page))
    assert "Dispose" not in can(page)


def test_next_lets_go_of_this_case_and_shows_the_next_best() -> None:
    first = opened_w1()
    second = opened("A2", [alert("L1", minutes_after(-60), account="A2", amount=10)])
    page = screen(first.case_id)

    click(page, "Take")
    click(page, "Next")

    assert page.query_params["case"] in (second.case_id, [second.case_id])
    assert case(desk_records(), first.case_id).holder is None
    assert case(desk_records(), second.case_id).holder == acting.actor().name


def test_confirming_takes_typology_checklist_loss_and_a_note_and_writes_all_of_it() -> None:
    state = opened_w1()
    page = form(state, "dispose")
    click(page, "Confirmed")
    page.selectbox(key=f"typology_{state.case_id}").set_value("account_takeover").run()

    click(page, "Close the case")
    assert "Choose what it was and complete what is marked above." in said(page)

    for name in ("customer_reached", "new_access"):
        page.button(key=f"check_account_takeover_{name}").click().run()
    page.text_input(key=f"loss_{state.case_id}").set_value("1,250.000001")
    click(page, "Insert the reasons")
    click(page, "Close the case")

    closed = case(desk_records(), state.case_id)
    assert (closed.outcome, closed.typology, closed.loss_micro) == (
        "confirmed",
        "account_takeover",
        1_250_000_001,
    )
    last = history(desk_records(), state.case_id)[-1]
    assert last.details["checked"] == ["customer_reached", "new_access"]
    assert last.reason.startswith("- Shared device (+60.0 points): 2 accounts used this device.")


def test_a_false_positive_takes_a_reason_and_words() -> None:
    state = opened_w1()
    page = form(state, "dispose")
    click(page, "False positive")
    page.selectbox(key=f"because_{state.case_id}").set_value("travel")

    click(page, "Close the case")
    assert "This needs a note." in said(page)

    page.text_area(key=f"closing_{state.case_id}").set_value("He is on a journey")
    click(page, "Close the case")
    assert case(desk_records(), state.case_id).outcome == "false_positive"
    assert history(desk_records(), state.case_id)[-1].details["because"] == "travel"


def test_a_stale_case_is_refused_with_what_changed_and_what_was_typed_stays() -> None:
    state = opened_w1()
    page = form(state, "dispose")
    click(page, "Inconclusive")
    page.text_area(key=f"closing_{state.case_id}").set_value("Nobody answers").run()
    done(state.case_id, Rate("low"), OLGA, "A small amount")

    click(page, "Close the case")

    assert "Olga: rated (A small amount)" in said(page)
    assert page.text_area(key=f"closing_{state.case_id}").value == "Nobody answers"
    assert case(desk_records(), state.case_id).outcome is None

    click(page, "I have read what changed")
    click(page, "Close the case")
    assert case(desk_records(), state.case_id).outcome == "inconclusive"


def test_a_pause_takes_what_is_waited_for_and_an_end() -> None:
    state = opened_w1()
    page = form(state, "pause")
    page.radio(key="panel_pause").set_value("4 hours")
    page.text_area(key=f"pause_{state.case_id}").set_value("Asked by mail")

    click(page, "Stop the clock")

    paused = case(desk_records(), state.case_id)
    assert (paused.status, paused.paused_until) == ("paused", NOW + timedelta(hours=4))


def test_a_second_look_by_another_person_is_kept() -> None:
    state = opened_w1()
    done(state.case_id, confirmed(loss_micro=0), OLGA, "The customer denies it", dice=0.0)
    closed = case(desk_records(), state.case_id)
    assert closed.second_look
    page = form(closed, "review")
    assert "Olga closed it as **Confirmed, Mule**." in said(page)

    click(page, "Inconclusive")
    page.text_area(key=f"review_{state.case_id}").set_value("Nobody asked the sender")
    click(page, "Say so")

    reviewed = history(desk_records(), state.case_id)[-1]
    assert (reviewed.action, reviewed.details["agrees"]) == ("reviewed", False)


def test_evidence_and_a_letter_hold_the_same_reasons_each_in_its_words() -> None:
    state = opened_w1()
    done(state.case_id, Note(), OLGA, "Asked the customer")
    view = case_view(scene(), state.case_id)

    letter = letter_of(view).decode()

    assert case_files(owner.store(), state.case_id)["reasons.txt"].decode().splitlines() == view.in_words
    assert "We stopped 900 USDT on 30 October 2025. It is still stopped." in letter
    assert "- The amount was unusual for your account." in letter
    # A device that others use names others: it is not told.
    assert "device" not in letter
    assert "A2" not in letter


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("0", Decimal(0)), ("12,300.5", Decimal("12300.5")), ("0.000001", Decimal("0.000001"))],
)
def test_a_loss_is_exact(typed: str, amount: Decimal) -> None:
    assert loss_of(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "much", "-1", "0.0000001", "NaN", "Infinity", "1,5", "1,50,000", "1e30", "1_000", "9" * 13, "1e400"],
)
def test_what_is_no_loss_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"amount|loss"):
        loss_of(typed)


def test_the_server_takes_files_as_large_as_a_case_may_have() -> None:
    config = tomllib.loads((PROJECT_ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == LARGEST_BYTES // 1_000_000
