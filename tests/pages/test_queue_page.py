"""The tab Queue of the page Desk: what it says, what it offers to whom, and what its buttons do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from opened import buttons_of, open_page, words_of
from small_cases import NOW, OLGA, SmallDesk
from streamlit.testing.v1 import AppTest

from dashboard.desk_records import desk_records
from data.home import Home
from desk.actors import ROLE_VARIABLE, Actor
from desk.cases.moves import Note
from desk.cases.reading import case
from desk.saved_views import SavedView, views

LOCAL = "local"


@pytest.fixture(autouse=True)
def _operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROLE_VARIABLE, "desk_operator")


@pytest.fixture(scope="module")
def desk(exchange: Home) -> SmallDesk:
    del exchange
    return SmallDesk(desk_records())


@pytest.fixture(scope="module")
def ids(desk: SmallDesk) -> dict[str, str]:
    found = {}
    for subject, severity, hours in (("A1", "critical", 1), ("A2", "high", 13), ("A3", "low", 2)):
        desk.at = NOW - timedelta(hours=hours)
        found[subject] = desk.opened(subject, severity=severity, loss=10_000_000, events=[f"E-{subject}"])
    desk.at = NOW
    return found


def said_on(page: AppTest) -> str:
    """What the page says, without the marks that keep names from being read as Markdown."""
    return words_of(page).replace("\\", "")


def press(page: AppTest, key: str) -> AppTest:
    """Click a button; the page must not fail."""
    page.button(key=key).click().run()
    assert not page.exception, page.exception[0].message
    return page


@pytest.mark.usefixtures("exchange")
def test_a_desk_without_a_case_says_so_and_how_one_comes() -> None:
    said = said_on(open_page("desk", tab="queue"))

    assert "Nothing waits: every live case is in somebody's hands or paused." in said
    assert "Cases open by themselves when a model raises an alert" in said


def test_the_headline_says_what_is_most_urgent_and_counts(ids: dict[str, str]) -> None:
    page = open_page("desk", tab="queue")

    said = said_on(page)
    assert f"Most urgent: {ids['A1']}, critical, fraud, CIS, 3 h left" in said
    assert "In all, 1 breached and none due soon." in said
    names = ("live", "breached", "due_soon", "in_hand", "at_stake")
    shown = [page.button(key=f"figure_queue_{name}").label for name in names]
    assert shown == ["3", "1", "0", "0", "30 USDT"]
    assert "3 cases match" in said
    assert {"Assign to me", "Disposition", "Note", "Escalate", "Pause", "Let go"} <= set(buttons_of(page))


def test_a_number_opens_its_rows(ids: dict[str, str]) -> None:
    page = press(open_page("desk", tab="queue"), "figure_queue_breached")

    assert "**1 case past their time**" in said_on(page)
    assert page.dataframe[0].value["case_id"].tolist() == [ids["A2"]]


def test_no_match_offers_to_clear_the_filters(ids: dict[str, str]) -> None:
    page = open_page("desk", tab="queue", find="nowhere", severity="high")
    assert "No case fits these filters" in said_on(page)

    press(page, "queue_clear_here")

    assert "find" not in page.query_params
    assert "severity" not in page.query_params
    assert f"{len(ids)} cases match" in said_on(page)


def test_who_only_reads_sees_the_queue_and_why_nothing_can_be_done(
    ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ROLE_VARIABLE, "executive")

    page = open_page("desk", tab="queue")

    assert len(ids) == 3
    assert "You look as executive, a role that may not work the cases of the desk." in said_on(page)
    acting = [page.button(key=f"queue_act_{name}") for name in ("mine", "dispose", "note", "escalate")]
    assert all(button.disabled for button in (*acting, page.button(key="queue_next")))


def test_the_marked_case_is_assigned_at_once_and_taken_back(desk: SmallDesk, ids: dict[str, str]) -> None:
    page = press(open_page("desk", tab="queue"), "queue_act_mine")
    assert case(desk.records, ids["A1"]).assignee == LOCAL
    assert "1 case assigned to you" in said_on(page)

    press(page, "queue_undo")

    assert case(desk.records, ids["A1"]).assignee is None
    assert "1 case taken back" in said_on(page)


def test_all_that_match_are_chosen_and_the_dialog_says_how_many(ids: dict[str, str]) -> None:
    page = press(open_page("desk", tab="queue", severity="high,low"), "queue_all_button")
    assert "**All 2 cases that match**" in said_on(page)

    press(page, "queue_act_note")

    said = said_on(page)
    assert "**2 cases**, all that matched the filters when this opened: " in said
    assert ids["A2"] in said
    assert "Note: 2 cases" in buttons_of(page)


def _dialog(name: str, versions: dict[str, int]) -> None:
    # AppTest runs only what is cut out of this file.
    from dashboard.desk import queue_dialog, queue_list  # noqa: PLC0415
    from dashboard.desk.queue_acts import Target  # noqa: PLC0415
    from dashboard.desk.scene import desk_scene  # noqa: PLC0415
    from dashboard.facts import facts  # noqa: PLC0415

    scene = desk_scene(facts(), None)
    assert scene is not None
    queue_list._draw_outcome(scene)
    queue_dialog.form(name, Target(versions, is_all=True), scene)


def test_a_dialog_wants_words_and_says_what_was_refused_and_why(desk: SmallDesk, ids: dict[str, str]) -> None:
    versions = {ids[name]: case(desk.records, ids[name]).version for name in ("A2", "A3")}
    desk.do(ids["A3"], Note(), OLGA, "Meanwhile")
    form = AppTest.from_function(_dialog, kwargs={"name": "rate", "versions": versions}, default_timeout=30)
    form.run()
    send = "FormSubmitter:queue_act_rate-Rate severity: 2 cases"

    form.button(key=send).click().run()
    assert [error.value for error in form.error] == ["Say in a sentence why. Nothing was done yet."]
    form.selectbox(key="queue_rate").set_value("medium")
    form.text_area(key="queue_words_rate").set_value("Seen in the morning round")
    form.button(key=send).click().run()

    assert not form.exception
    assert "1 case rated. 1 refused." in said_on(form)
    assert "has changed since you read it: Olga: noted (Meanwhile)." in said_on(form)
    assert [case(desk.records, ids[name]).severity for name in ("A2", "A3")] == ["medium", "low"]

    press(form, "queue_undo")
    assert case(desk.records, ids["A2"]).severity == "high"


def test_the_next_case_is_taken_and_opened(desk: SmallDesk, ids: dict[str, str]) -> None:
    page = open_page("desk", tab="queue")

    page.button(key="queue_next").click().run()

    taken = case(desk.records, ids["A1"])
    assert taken.holder == LOCAL
    page = open_page("desk", tab="queue")
    assert "**In my hands**" in said_on(page)
    press(page, f"queue_release_{ids['A1']}")
    assert case(desk.records, ids["A1"]).holder is None


def test_a_view_is_kept_opened_and_deleted_with_a_way_back(desk: SmallDesk, ids: dict[str, str]) -> None:
    page = open_page("desk", tab="queue", severity="high", order="due")
    page.text_input(key="queue_view_name").set_value("Late")
    page.button(key="FormSubmitter:queue_view_form-Keep").click().run()

    (kept,) = desk_views(desk)
    assert (kept.name, dict(kept.chosen)) == ("Late", {"severity": "high", "order": "due"})

    page = press(open_page("desk", tab="queue"), f"queue_view_{kept.view_id}")
    assert page.query_params["severity"] == "high"
    press(page, f"queue_view_delete_{kept.view_id}")
    assert desk_views(desk) == []
    press(page, "queue_view_undo")
    assert [view.name for view in desk_views(desk)] == ["Late"]
    assert len(ids) == 3


def desk_views(desk: SmallDesk) -> list[SavedView]:
    return views(desk.records, Actor(LOCAL, "desk_operator"))
