"""Models and policy over a store with identity checks alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import small_exchange
from opened import open_page, words_of

from dashboard import owner
from data.home import Home
from scoring.contract import SCORING_TABLES


@pytest.fixture(scope="module")
def checks_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("checks_only"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        cursor.execute("DELETE FROM daily WHERE stream <> 'liveness'")
    yield folder
    owner.resign()


@pytest.mark.usefixtures("checks_only")
@pytest.mark.parametrize("tab", ["board", "monitoring", "labels", "lab", "history"])
def test_a_store_without_money_or_sign_ins_says_what_the_page_needs(tab: str) -> None:
    page = open_page("models", tab=tab)
    assert page.title[0].value == "No transaction or sign-in was scored yet"
    assert "`watchfloor load`, tables `transactions` and `logins`" in words_of(page)
    assert not page.dataframe
