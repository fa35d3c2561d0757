"""The tab Policy lab over an exchange of a dozen events a week, from draft to roll-out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from lab_exchange import fill
from opened import open_page, words_of
from streamlit.testing.v1 import AppTest

from dashboard import owner
from dashboard.desk_records import desk_records
from data.home import Home
from desk.approvals import approvals, approve
from desk.people import DEMONSTRATION, found, person
from desk.rollouts import Plan, propose_rollout, roll_out
from scoring.lab.draft import Draft

pytestmark = pytest.mark.usefixtures("tried")
DRAFT = "s=0.1;h=0.2;b=0.9;c=24"


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("tried"))
    fill(owner.become(folder).store)
    owner.bump()
    yield folder
    owner.resign()


def lab(**parameters: str) -> AppTest:
    return open_page("models", tab="lab", period="2025Q3", **parameters)


def figures_of(page: AppTest) -> dict[str, str]:
    return {b.key: b.label for b in page.button if b.key and b.key.startswith("figure_lab_")}


def test_without_a_draft_the_lab_shows_what_is_in_force_and_no_difference() -> None:
    page = lab()
    assert "Nothing changed yet" in words_of(page)
    assert figures_of(page)["figure_lab_alerts"] == "4"
    assert page.button(key="lab_propose").disabled


def test_a_draft_in_the_address_is_decided_beside_the_policy_in_force() -> None:
    page = lab(draft=DRAFT)
    assert figures_of(page) == {
        "figure_lab_alerts": "9",
        "figure_lab_step_ups": "1",
        "figure_lab_loss_caught": "1.75K",
        "figure_lab_loss_missed": "500",
        "figure_lab_disturbed": "4",
        "figure_lab_wrongful_holds": "6",
    }
    words = words_of(page)
    assert "24 h cool-off for new addresses" in words
    assert "hold from 0.2 (now 0.5)" in words


def test_a_number_opens_the_events_behind_it() -> None:
    page = lab(draft=DRAFT)
    page.button(key="figure_lab_alerts").click().run()
    assert not page.exception
    shown = next(table.value for table in page.dataframe if "event_id" in table.value.columns)
    assert len(shown) == 9


def test_sending_the_levers_writes_the_draft_into_the_address() -> None:
    page = lab()
    field = next(field for field in page.number_input if field.label.startswith("Cool-off"))
    field.set_value(24.0)
    next(button for button in page.button if button.label == "Try this draft").click().run()
    assert not page.exception
    assert page.query_params["draft"] == "s=0.1;h=0.5;b=0.9;c=24"
    assert figures_of(page)["figure_lab_alerts"] == "6"


def test_what_is_no_draft_is_said_and_the_policy_in_force_is_shown() -> None:
    page = lab(draft="nonsense")
    assert "is no draft of a policy" in page.error[0].value
    assert figures_of(page)["figure_lab_alerts"] == "4"


def test_an_approved_rollout_stands_with_its_forecast_and_can_be_taken_back() -> None:
    records, now = desk_records(), datetime(2025, 10, 1)
    found(records, DEMONSTRATION, now)
    rita, rolf = (person(records, f"{name} Riskdemo").actor for name in ("Rita", "Rolf"))
    told = {"weeks": {"alerts": [{"value": 2.0, "low": 1.0, "high": 4.0}]}}
    changes = Draft.read(DRAFT, "cis").changes()
    plan = Plan("cis", "Hold more", now + timedelta(days=3), changes, told)
    asked = propose_rollout(records, plan, rita, "Losses grow", now)
    page = lab()
    # The words of people are written so that nothing in them is read as Markdown.
    assert "Hold more\\, in CIS from 04 October 2025" in words_of(page)
    assert "waits for a second person" in words_of(page)

    approve(records, asked.approval_id, rolf, "", now)
    roll_out(records, owner.store(), asked.approval_id, rita, now)
    owner.bump()
    page = lab()
    assert "begins on 04 October 2025; proposed by Rita Riskdemo, approved by Rolf Riskdemo" in words_of(page)
    assert page.button(key="lab_back") is not None
    assert approvals(records, now)[0].state == "used"
