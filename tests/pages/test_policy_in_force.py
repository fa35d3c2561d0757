"""What decides in an area, on the board and on the page of an event, over a policy by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import pytest
import small_exchange
from opened import open_page, words_of

from dashboard import owner
from dashboard.facts import facts
from dashboard.questions import areas, explanations, words
from dashboard.questions.areas import AreaCounts
from dashboard.questions.period import Period, shown_period
from data.home import Home
from scoring.areas import write_areas
from scoring.contract import SCORING_TABLES
from scoring.policy import EXPLORED
from scoring.verification import RULES

pytestmark = pytest.mark.usefixtures("decided")
LADDER = {"step_up": 0.1, "hold": 0.3, "block": 0.6}
DOCUMENT = {
    "model": "fraud",
    "budget": {"step_up": 0.0555, "hold": 0.008, "block": 0.0015},
    "default": LADDER,
    "regions": {
        "cis": {"thresholds": LADDER | {"block": 0.9}, "basis": "region"},
        "south_east_asia": {"thresholds": LADDER | {"hold": 0.25}, "basis": "region"},
    },
    "verification": {"ID": {"new_address_hours": 24, "step_up_from": 3000, "corridors": ["RU>ID"]}},
    "exploration": {"of": "block", "to": "hold", "share": 0.05},
    "rollouts": {"ID": "R-1"},
}


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("decided"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        write_areas(cursor)
        cursor.execute(
            "INSERT INTO policies VALUES ('fraud-1', TIMESTAMP '2025-04-01', $document),"
            " ('fraud-2', TIMESTAMP '2025-07-01', $document)",
            {"document": json.dumps(DOCUMENT)},
        )
        for country, decision, events in (("ID", "allow", 90), ("ID", "hold", 10), ("MY", "block", 5)):
            cursor.execute(
                "INSERT INTO daily VALUES ('2025-08-01', 'south_east_asia', $country, 'login', 'login',"
                " $decision, $events, 0, 0, 0)",
                {"country": country, "decision": decision, "events": events},
            )
        cursor.execute(
            "INSERT INTO policy_acts"
            " SELECT event_id, occurred_at, 'cis', $act, 'block', 'hold', 0.05, 'fraud-2'"
            " FROM scored WHERE region = 'cis' AND stream = 'transaction'"
            " AND occurred_at >= TIMESTAMP '2025-07-01' ORDER BY event_id LIMIT 1",
            {"act": EXPLORED},
        )
    yield folder
    owner.resign()


@pytest.fixture
def period() -> Period:
    return shown_period("2025Q3", facts())


def test_the_newest_policy_counts_with_the_areas_own_ladder() -> None:
    found = areas.policy_in_force("cis")
    assert found is not None
    assert (found.policy_version, found.since) == ("fraud-2", datetime(2025, 7, 1))
    assert found.thresholds["block"] == 0.9
    assert (found.verification, found.rollout, found.explored) == ({}, None, 0.05)


def test_a_country_apart_has_its_regions_ladder_and_rules_of_its_own() -> None:
    found = areas.policy_in_force("ID")
    assert found is not None
    assert found.thresholds["hold"] == 0.25
    assert (found.verification["new_address_hours"], found.rollout) == (24, "R-1")


def test_indonesia_is_counted_apart_from_its_region(period: Period) -> None:
    there = {found.area: found for found in areas.areas_there(period)}
    assert there["ID"] == AreaCounts("ID", events=100, alerts=10, flagged=10)
    assert there["south_east_asia"] == AreaCounts("south_east_asia", events=5, alerts=5, flagged=5)
    assert there["ID"].alert_share == 0.1
    assert words.area("ID") == "Indonesia"
    assert words.area("cis") == "CIS"
    assert words.region_of_area("ID") == "south_east_asia"
    assert words.region_of_area("cis") == "cis"


def test_the_board_says_the_rules_in_words() -> None:
    said = words_of(open_page("models", area="ID"))
    assert (
        "Withdrawals to an address wait until the customer has known it for so many hours. 24 hours." in said
    )
    assert "3,000 USDT." in said
    assert "RU>ID." in said
    assert "fraud-2, deciding since 01 July 2025 (UTC)." in said


def test_what_a_draw_decided_is_counted_and_said_on_the_events_page(period: Period) -> None:
    assert dict(areas.acts_in_area("cis", period)) == {EXPLORED: 1}
    assert dict(areas.acts_in_area("ID", period)) == {}
    page = open_page("models", area="cis")
    assert {b.label for b in page.button if b.key == f"figure_act_{EXPLORED}"} == {"1"}
    (act,) = owner.store().cursor().execute("SELECT event_id FROM policy_acts").fetchall()
    event = explanations.event(act[0], None)
    assert event is not None
    assert (event.act, event.by_score) == (EXPLORED, "block")
    said = words_of(open_page("explanations", event=act[0]))
    assert "blocked by the score alone, drawn to be looked at instead of blocked" in said


def test_every_rule_has_words_for_what_it_did() -> None:
    assert set(words.ACTS) == {*RULES, EXPLORED}
