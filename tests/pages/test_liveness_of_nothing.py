"""Liveness over a store whose identity checks were never reported: every part says what to do."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import state
from data.home import PROJECT_ROOT

pytestmark = pytest.mark.usefixtures("exchange")


def opened(name: str, **parameters: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{name}.py"), default_timeout=30)
    for part, value in parameters.items():
        page.query_params[part] = value
    return page.run()


@pytest.mark.parametrize("tab", ["attacks", "errors", "reuse", "checks"])
def test_without_checks_every_tab_says_how_they_come(tab: str) -> None:
    page = opened("liveness", tab=tab)
    assert not page.exception
    assert page.title[0].value == "No identity check was made in Q3 2025 in all regions"
    assert "watchfloor load" in page.markdown[-1].value


def test_without_checks_the_page_of_one_leads_back_to_the_list() -> None:
    page = opened("check")
    assert not page.exception
    assert page.title[0].value == "No identity check is known"
    page.button(key="crumb_checks").click().run()
    assert page.session_state["go_later"] == ("liveness", {"tab": "checks"})


def test_the_way_back_keeps_the_page_as_it_was_left() -> None:
    left = state.View(tab="reuse", cluster="K1", check="C1", period="2025Q3")
    assert state.parameters("check", left, check="C2") == {
        "tab": "reuse",
        "cluster": "K1",
        "check": "C2",
        "period": "2025Q3",
    }
