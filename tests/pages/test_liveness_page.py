"""Liveness and the page of one check over the checks by hand (`small_liveness.py`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import small_exchange
import small_liveness
from streamlit.testing.v1 import AppTest

from dashboard import owner
from data.home import PROJECT_ROOT, Home

pytestmark = pytest.mark.usefixtures("checked")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("checked"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    small_liveness.fill_liveness(store)
    yield folder
    owner.resign()


def open_page(name: str, **parameters: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{name}.py"), default_timeout=30)
    for part, value in parameters.items():
        page.query_params[part] = value
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def words_of(page: AppTest) -> str:
    parts = [*page.title, *page.markdown, *page.caption, *page.info, *page.warning]
    return "\n".join(
        [*(part.value for part in parts), *(str(found.proto.body) for found in page.get("html"))]
    )


def test_liveness_opens_with_its_answer_in_a_sentence() -> None:
    page = open_page("liveness")
    assert page.title[0].value == (
        "0 attacks on identity checks stopped in Q3 2025, 20% of honest checks disturbed; "
        "of the worst species, face swap, 50% came in"
    )


@pytest.mark.parametrize("tab", ["attacks", "errors", "reuse", "checks"])
def test_every_tab_is_drawn(tab: str) -> None:
    page = open_page("liveness", tab=tab)
    drawn = [*page.get("plotly_chart"), *page.get("deck_gl_json_chart"), *page.dataframe]
    assert drawn, words_of(page)
    assert all(len(found.proto.alt) > 20 for found in drawn)


@pytest.mark.parametrize("check", ["F2", "F1", "C5", "L1", "C1", "X"])
def test_every_check_is_drawn(check: str) -> None:
    assert open_page("check", check=check).title
