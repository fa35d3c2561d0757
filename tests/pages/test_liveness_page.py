"""Liveness and the page of one check over the checks by hand (`small_liveness.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser

import cv2
import numpy as np
import opened
import pytest
import small_exchange
import small_liveness
from opened import open_page
from small_exchange import insert
from streamlit.testing.v1 import AppTest

from dashboard import owner
from data.home import PROJECT_ROOT, Home

pytestmark = pytest.mark.usefixtures("checked")
AT = datetime(2025, 8, 1, 12)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("checked"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    small_liveness.fill_liveness(store)
    picture = folder.path / "f1.png"
    cv2.imwrite(str(picture), np.full((120, 90, 3), 90, np.uint8))
    with store.writing() as cursor:
        pictures = [("F1", "A1", str(picture)), ("C1", "C-1", str(folder.path / "gone.png"))]
        checks = [
            {"event_id": event, "account_id": account, "occurred_at": AT, "media_path": path}
            for event, account, path in pictures
        ]
        insert(cursor, "liveness_checks", checks)
    yield folder
    owner.resign()


def words_of(page: AppTest) -> str:
    return opened.words_of(page, "info", "warning")


def pictures_of(page: AppTest) -> list[str]:
    """The words for those who do not see them, of every picture of the page."""
    found: list[str] = []

    class Pictures(HTMLParser):
        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            if tag == "img":
                found.append(dict(attributes)["alt"] or "")

    for part in page.get("html"):
        Pictures().feed(str(part.proto.body))
    return found


def test_liveness_opens_with_its_answer_in_a_sentence() -> None:
    page = open_page("liveness")
    assert page.title[0].value == (
        "0 attacks on identity checks stopped in Q3 2025, 20% of honest checks disturbed; "
        "of the worst species, face swap, 50% came in"
    )


def test_the_headline_numbers_can_be_clicked() -> None:
    page = open_page("liveness")
    figures = {b.key: b.label for b in page.button if (b.key or "").startswith("figure_")}
    assert figures == {
        "figure_deepfakes_stopped": "0",
        "figure_bpcer": "20%",
        "figure_worst": "50%",
        # C1, C2, C3 on capture alone and C5 without media, of nine.
        "figure_without_media": "44%",
        # 10, 20, 30 and 142 ms.
        "figure_latency": "25 / 125 ms",
    }


@pytest.mark.parametrize(
    ("key", "events"),
    [("figure_bpcer", ["C5"]), ("figure_worst", ["F1"]), ("figure_without_media", ["C5", "C3", "C2", "C1"])],
)
def test_the_drawer_of_a_card_lists_the_checks_that_it_counts(key: str, events: list[str]) -> None:
    page = open_page("liveness")
    page.button(key=key).click().run()
    assert not page.exception
    assert list(page.dataframe[-1].value["event_id"]) == events
    assert page.code


def test_a_region_without_labels_says_that_nothing_is_measured_and_how_much_there_is() -> None:
    said = words_of(open_page("liveness", region="cis"))
    assert "whom that disturbed is not measured" in said
    assert "Q3 2025 has 1 confirmed attack and 0 checks known as honest in CIS" in said


def test_a_period_without_checks_says_what_to_do() -> None:
    page = open_page("liveness", period="2025Q2")
    assert page.title[0].value == "No identity check was made in Q2 2025 in all regions"
    assert "watchfloor load" in words_of(page)


def test_without_weeks_enough_nobody_is_alarmed() -> None:
    assert "Too few whole weeks, or no attacks" in words_of(open_page("liveness"))


@pytest.mark.parametrize("tab", ["attacks", "errors", "reuse", "checks"])
def test_every_chart_map_and_table_of_a_tab_is_described_in_words(tab: str) -> None:
    page = open_page("liveness", tab=tab)
    drawn = [*page.get("plotly_chart"), *page.get("deck_gl_json_chart"), *page.dataframe]
    assert drawn
    assert all(len(found.proto.alt) > 20 for found in drawn)


def test_the_slider_is_in_the_url_and_says_what_its_threshold_would_do() -> None:
    page = open_page("liveness", tab="errors", threshold="0.25")
    assert page.select_slider[0].value == "0.25"
    said = words_of(page)
    assert "1 of 5" in said
    assert "1 of 4" in said
    page.select_slider[0].set_value("0.1").run()
    assert page.query_params["threshold"] in ("0.1", ["0.1"])
    assert "0 of 4" in words_of(page)


def test_the_worst_species_is_marked_and_what_was_not_tried_is_not_measured() -> None:
    said = words_of(open_page("liveness", tab="errors", cut="skin_tone"))
    assert "\u25b2 Face swap (injection)" in said
    assert "50% (9.0% to 91%)" not in said
    assert "50% (9.0 to 91%)" in said
    assert "not measured" in said
    assert "A proxy from the colour of the skin" in said


def test_the_words_of_the_standards_stand_on_the_screen_with_their_meaning() -> None:
    said = words_of(open_page("liveness", tab="errors"))
    for term in ("APCER", "BPCER", "ACER", "DET curve", "Operating point", "ISO/IEC 30107-3", "CEN/TS 18099"):
        assert term in said


def test_errors_of_a_quarter_that_was_not_judged_say_what_is_missing() -> None:
    said = words_of(open_page("liveness", tab="errors", period="2025Q4"))
    assert "Error rates are not measured in this period" in said
    assert "Q4 2025 has 0 confirmed attacks and 0 checks known as honest" in said


def test_clusters_are_told_with_what_those_moved_who_came_in() -> None:
    said = words_of(open_page("liveness", tab="reuse"))
    assert "1 cluster: 1 account came in through them and moved 250 USDT out afterwards" in said


def test_a_cluster_opens_with_its_accounts_and_checks() -> None:
    page = open_page("liveness", tab="reuse", cluster="K1")
    assert "2 accounts, 1 of them came in: 250 USDT moved out afterwards, 900 USDT stopped" in words_of(page)
    assert [list(table.value["account_id"]) for table in page.dataframe] == [["A1", "A2"], ["A1", "A2"]]
    page.button(key="crumb_clusters").click().run()
    assert "cluster" not in page.query_params


def test_a_cluster_that_is_not_there_is_said_above_those_that_are() -> None:
    said = words_of(open_page("liveness", tab="reuse", cluster="K9"))
    assert "There is no cluster K9; here are all of Q3 2025." in said
    assert "1 cluster: 1 account came in" in said


def test_a_period_without_re_used_media_says_how_many_were_compared() -> None:
    said = words_of(open_page("liveness", tab="reuse", period="2025Q4"))
    assert "No medium was used by two accounts in Q4 2025 in all regions" in said
    assert "Checks with media that were compared: 1." in said


def test_the_list_of_checks_is_filtered_by_the_url() -> None:
    page = open_page("liveness", tab="checks", decision="block", order="newest")
    assert list(page.dataframe[0].value["event_id"]) == ["F2", "P2", "P1"]
    said = words_of(open_page("liveness", tab="checks", decision="hold"))
    assert "None of the 9 checks of Q3 2025 in all regions is like this" in said


def test_a_check_says_its_decision_what_decided_and_what_it_was() -> None:
    page = open_page("check", check="F2")
    assert page.title[0].value == "Reject at 97%: confirmed as an attack, face swap (injection)"
    said = words_of(page)
    assert "Media read" in said
    assert "40.0% before media" in said
    assert "drawn from the measured media of P1" in said


def test_a_check_without_media_was_scored_on_the_rest_and_says_so() -> None:
    page = open_page("check", check="C5")
    assert page.title[0].value == "Retry at 30%: nobody said otherwise, bona fide"
    said = words_of(page)
    assert "No media: scored on the rest" in said
    assert "It has no media, so there is nothing to compare." in said
    assert "Its media were not seen under another account." in said


def test_a_problem_of_the_media_is_said_in_words() -> None:
    page = open_page("check", check="L1")
    assert [warning.value for warning in page.warning] == ["The file is cut off or damaged."]
    assert page.title[0].value == "Reject at 80%: not known yet"


def test_signals_stand_under_their_group_with_value_normal_and_points() -> None:
    said = words_of(open_page("check", check="F2"))
    assert "Boundary step" in said
    assert "+70.0 pts" in said
    assert "The boundary step is 4.5." in said
    assert "not known" in said


def test_a_check_leads_to_its_account_its_cluster_and_back() -> None:
    page = open_page("check", check="F2", tab="reuse", period="2025Q3")
    page.button(key="check_account").click().run()
    account = {"period": "2025Q3", "check": "F2", "account": "A2", "event": "F2"}
    assert page.session_state["go_later"] == ("accounts", account)
    page.button(key="check_cluster").click().run()
    opened = page.session_state["go_later"]
    assert opened == ("liveness", {"period": "2025Q3", "check": "F2", "tab": "reuse", "cluster": "K1"})
    page.button(key="crumb_liveness").click().run()
    assert page.session_state["go_later"] == ("liveness", {"period": "2025Q3", "check": "F2", "tab": "reuse"})


def test_what_the_account_did_after_the_check_is_told_with_its_rows() -> None:
    page = open_page("check", check="F1")
    figures = [b.label for b in page.button if (b.key or "").startswith("figure_after_")]
    assert figures == ["0", "0", "900"]
    page.button(key="figure_after_stopped").click().run()
    assert list(page.dataframe[-1].value["event_id"])[:2] == ["S1", "W1"]


def test_frames_are_blurred_for_who_may_not_see_faces_and_the_page_says_who_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("WATCHFLOOR_ROLE", raising=False)
    page = open_page("check", check="F1")
    assert pictures_of(page) == ["Frame 1 of 1 of check F1: blurred frames"]
    assert "Blurred: faces are biometric data, and you look as risk manager." in words_of(page)
    monkeypatch.setenv("WATCHFLOOR_ROLE", "analyst")
    page = open_page("check", check="F1")
    assert pictures_of(page) == ["Frame 1 of 1 of check F1: frames"]
    assert "Not blurred: you look as analyst." in words_of(page)


def test_an_unknown_role_shows_no_frame_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFLOOR_ROLE", "boss")
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "check.py"), default_timeout=30)
    page.query_params["check"] = "F1"
    page.run()
    assert page.exception[0].proto.type == "desk.actors.ActorError"
    assert pictures_of(page) == []


def test_a_file_that_is_gone_is_said_in_words() -> None:
    said = words_of(open_page("check", check="C1"))
    assert "The file of its media is not there any more." in said


def test_a_check_that_does_not_exist_says_so() -> None:
    assert open_page("check", check="X9").title[0].value == "There is no identity check X9"


def test_the_page_of_a_check_opens_on_the_newest_rejected() -> None:
    assert open_page("check").title[0].value.startswith("Reject at 80%")


def test_explanations_and_accounts_lead_to_the_check() -> None:
    page = open_page("explanations", event="L1", account="A2")
    page.button(key="event_check").click().run()
    assert page.session_state["go_later"][0] == "check"
    assert page.session_state["go_later"][1]["check"] == "L1"
    page = open_page("accounts", account="A2", event="L1")
    page.button(key="check").click().run()
    assert page.session_state["go_later"][1]["check"] == "L1"
