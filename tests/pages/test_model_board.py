"""The board and the history of models over the challengers by hand (`small_models.py`)."""

from __future__ import annotations

from collections.abc import Iterator

import plotly.graph_objects as go
import pytest
import small_exchange
import small_models
from opened import open_page, words_of
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from dashboard import acting, owner, theme
from dashboard.charts.forest import forest
from dashboard.desk_records import desk_records
from dashboard.facts import facts
from dashboard.questions import regional
from data.home import Home
from desk.actors import Actor
from desk.people import DEMONSTRATION, found
from desk.promotions import propose_promotion

pytestmark = pytest.mark.usefixtures("modelled")
ROLF = Actor("Rolf Riskdemo", "risk_manager")


@pytest.fixture(scope="module")
def modelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("modelled"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    small_models.fill_models(store)
    yield folder
    owner.resign()


def button(page: AppTest, key: str) -> Button:
    return next(one for one in page.button if one.key == key)


def test_the_board_says_who_decides_and_what_the_rule_says_of_each_challenger() -> None:
    page = open_page("models", area="cis")
    said = words_of(page)

    assert f"The global champion `{small_models.CHAMPION}` decides for all accounts." in said
    assert "because a quarter began: 3 challengers, from 300 cases" in said
    for sentence in small_models.SENTENCES.values():
        assert sentence in said
    assert "calibration slope 1.02, the champion's 0.98" in said
    assert {b.label for b in page.button if b.key and b.key.startswith("figure_cases_")} == {"300"}


def test_the_forest_has_a_row_a_measure_and_challenger_and_colours_what_is_shown() -> None:
    challengers = [one.model_version for one in regional.challengers_of("cis")]
    found_ = [one for one in regional.differences_of("cis", challengers) if one.measure == "value_caught"]
    chart = forest(found_, theme.LIGHT)
    figure = go.Figure(chart.figure)

    # By name of the kind: local is worse, pooled better, the other shows nothing.
    assert list(figure.data[-1].marker.color) == [theme.LIGHT.red, theme.LIGHT.accent, theme.LIGHT.muted]
    assert list(figure.data[-1].x) == [-9.0, 6.0, 1.0]
    assert "Pooled, area weighted, value caught: +6.0 points (+1.0 to +11.0)" in chart.alt


def test_a_thin_area_says_so_and_offers_no_promotion() -> None:
    assert regional.last_retraining("ID") is not None
    assert regional.challengers_of("ID") == ()
    thin = regional.last_retraining("ID")
    assert thin is not None
    assert thin.sentence == "thin: 31 cases of 150 needed; the global model serves"


def test_a_role_without_the_right_sees_disabled_buttons_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WATCHFLOOR_ROLE", "executive")
    page = open_page("models", area="cis")

    for key in ("board_retrain", "board_propose", "board_roll"):
        assert button(page, key).disabled
        assert "You look as executive" in button(page, key).help


def test_rolling_back_is_disabled_where_the_champion_decides_already() -> None:
    page = open_page("models", area="cis")

    assert acting.actor().role == "risk_manager"
    assert not button(page, "board_propose").disabled
    assert button(page, "board_roll").disabled
    assert button(page, "board_roll").help == "The champion decides for all accounts here already."


def test_what_waits_for_a_second_person_stands_on_the_board() -> None:
    records, now = desk_records(), facts().now
    assert now is not None
    found(records, DEMONSTRATION, now)
    with owner.store().cursor() as cursor:
        asked = propose_promotion(records, cursor, small_models.POOLED, ROLF, "It catches more", now)
    page = open_page("models", area="cis")

    said = words_of(page)
    assert f"Let {small_models.POOLED} decide for 10 % of the accounts of CIS" in said.replace("\\", "")
    assert "proposed by Rolf Riskdemo, risk manager" in said
    assert "It catches more" in said
    # This page is of no demonstration, so the one who looks is a risk manager, but none of its people.
    assert not button(page, f"approve_{asked.approval_id}").disabled


def test_the_history_lists_every_model_and_shows_the_card_that_the_address_names() -> None:
    page = open_page("models", area="cis", tab="history", version=small_models.LOCAL)

    table = next(one.value for one in page.dataframe if "trained_as_of" in one.value.columns)
    assert set(table["model_version"]) == {small_models.CHAMPION, *small_models.JUDGED}
    assert "The card of local" in words_of(page)
    assert "Nothing was promoted here" in words_of(page)
