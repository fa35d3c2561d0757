"""What a page says of blocks held at random: a quarter with enough, one with too few, one with none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
import small_exchange
from streamlit.testing.v1 import AppTest

from dashboard import ask, owner
from dashboard.facts import facts
from dashboard.models.exploration import cost, sentence
from dashboard.questions import exploration
from dashboard.questions.period import Period, shown_period
from data.home import Home
from scoring.selective.measuring import Blocked, Weighed

pytestmark = pytest.mark.usefixtures("explored_exchange")


def row(area: str, quarter: date, judged: int, confirmed: int) -> dict[str, Any]:
    """Twice as many explored as judged, of one chance in twenty: weights of 20, squares of 400."""
    return {
        "area": area,
        "quarter": quarter,
        "would_be_blocks": 400,
        "blocked": 360,
        "blocked_confirmed": 180,
        "blocked_cleared": 36,
        "explored": 2 * judged,
        "judged": judged,
        "confirmed": confirmed,
        "weight": 20.0 * judged,
        "weight_confirmed": 20.0 * confirmed,
        "weight_squared": 400.0 * judged,
        "expected": 0.95,
        "value_held": Decimal("1234.5"),
        "minutes": 600,
        "spared": 4,
    }


ROWS = [
    row("cis", date(2025, 7, 1), 20, 16),
    row("ID", date(2025, 7, 1), 3, 3),
    row("europe", date(2025, 7, 1), 0, 0),
    row("cis", date(2025, 4, 1), 9, 9),
]


BLOCK = """
from dashboard.facts import facts
from dashboard.models import exploration
from dashboard.questions.period import shown_period

exploration.draw("cis", shown_period("2025Q3", facts()))
"""


@pytest.fixture(scope="module")
def explored_exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("explored"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    with store.writing() as cursor:
        cursor.register("rows_given", pa.Table.from_pylist(ROWS))
        cursor.execute("INSERT INTO exploration BY NAME SELECT * FROM rows_given")
        cursor.execute(
            "INSERT INTO policy_acts SELECT event_id, occurred_at, 'cis', 'exploration', 'block', 'hold',"
            " 0.05, 'p' FROM scored WHERE decision <> 'block' AND occurred_at BETWEEN TIMESTAMP '2025-07-01'"
            " AND TIMESTAMP '2025-09-20'"
            " ORDER BY occurred_at DESC LIMIT 2"
        )
    yield folder
    owner.resign()


@pytest.fixture
def period() -> Period:
    return shown_period("2025Q3", facts())


def test_a_quarter_is_asked_by_its_area(period: Period) -> None:
    found = exploration.explored_of("cis", period)
    assert (found.would_be_blocks, found.explored, found.minutes, found.spared) == (400, 40, 600, 4)
    assert found.blocked == Blocked(360, 180, 36)
    assert found.sums == Weighed(20, 400.0, 320.0, 8_000.0)
    assert found.value_held == Decimal("1234.5")


def test_the_explored_events_are_the_rows_behind_the_number(period: Period) -> None:
    asked = exploration.explored_asked("cis", period)
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    assert len(rows) == 2
    assert {(row["by_score"], row["decision"], row["probability"]) for row in rows} == {
        ("block", "hold", 0.05)
    }


def test_enough_explored_give_a_share_with_its_interval_beside_what_was_foretold(period: Period) -> None:
    # 16 of 20: Wilson's interval is .584 to .919, and .95 lies outside.
    assert sentence(exploration.explored_of("cis", period), "cis", period) == (
        "Of all events in CIS in Q3 2025 that score for a block, 80% are crime (58% to 92%); "
        "the scores foretold 95%, outside the interval."
    )


def test_too_few_are_said_to_be_too_few(period: Period) -> None:
    assert sentence(exploration.explored_of("ID", period), "ID", period) == (
        "Too few to say: 3 of 6 blocks held at random in Indonesia in Q3 2025 are judged, "
        "and a share needs 10."
    )


def test_without_exploration_it_is_not_known_how_often_a_block_is_right(period: Period) -> None:
    assert sentence(exploration.explored_of("europe", period), "europe", period) == (
        "400 events in Europe in Q3 2025 scored for a block and none was drawn to be looked at instead, "
        "so how often a block is right there is not known."
    )
    assert sentence(exploration.explored_of("mena", period), "mena", period).startswith(
        "No score led to a block"
    )


def test_the_cost_is_money_time_and_whom_it_spared(period: Period) -> None:
    assert cost(exploration.explored_of("cis", period), "USDT") == (
        "Cost: 1.23K USDT of crime was held instead of blocked, and people spent about 10 h at a quarter "
        "of an hour each. 4 honest customers spared a wrong block."
    )


def test_the_block_draws_its_numbers() -> None:
    page = AppTest.from_string(BLOCK).run()
    assert not page.exception
    assert [button.label for button in page.button] == ["40", "20", "80%"]
