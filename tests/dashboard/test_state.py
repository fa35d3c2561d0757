from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import state
from dashboard.navigation import DETAILS, GROUPS
from dashboard.state import View

HERE = View(period="2025Q2", region="cis", country="KZ", account="A1", tab="corridors")


def test_opening_a_page_clears_what_it_owns_and_leaves_the_rest_for_back() -> None:
    opened = state.parameters("accounts", HERE, account="A2")
    assert opened == {"period": "2025Q2", "region": "cis", "country": "KZ", "account": "A2"}


def test_the_navigation_takes_period_and_region_along() -> None:
    assert state.navigation_parameters(HERE) == {"period": "2025Q2", "region": "cis"}
    assert state.navigation_parameters(View()) == {}


def test_a_name_that_is_no_part_of_a_view_is_refused_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="no such part of a view: colour; there are period, region"):
        state.parameters("overview", View(), colour="teal")


def test_every_page_of_the_navigation_says_what_it_owns() -> None:
    names = {name for entries in (*GROUPS.values(), DETAILS) for name, _, _ in entries}
    assert names == set(state.OWNED)
    with pytest.raises(KeyError, match="no page 'overwiev'; there are overview"):
        state.path("overwiev")


PICKER = """
import streamlit as st
from dashboard import state

chosen = state.pick("Measure", ["events", "money"], name="measure", anything="All measures")
st.text(f"{chosen} {state.current().measure}")
"""


def test_a_choice_is_in_the_url_and_the_url_is_the_choice() -> None:
    at = AppTest.from_string(PICKER).run()
    assert at.text[0].value == "None None"
    at.selectbox[0].select("money").run()
    assert at.query_params["measure"] in ("money", ["money"])
    assert at.text[0].value == "money money"
    at.selectbox[0].select("").run()
    assert "measure" not in at.query_params


def test_a_choice_follows_a_shared_link_and_ignores_what_is_not_offered() -> None:
    at = AppTest.from_string(PICKER)
    at.query_params["measure"] = "events"
    assert at.run().selectbox[0].value == "events"
    at = AppTest.from_string(PICKER)
    at.query_params["measure"] = "cats"
    assert at.run().selectbox[0].value == ""


def test_a_region_that_does_not_exist_is_no_choice() -> None:
    at = AppTest.from_string(
        "import streamlit as st\nfrom dashboard import state\nst.text(state.current().region)"
    )
    at.query_params["region"] = "atlantis"
    assert at.run().text[0].value == "None"
    at.query_params["region"] = "cis"
    assert at.run().text[0].value == "cis"
