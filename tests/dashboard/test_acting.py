"""Who acts: one visitor of a demonstration proposes as one person and approves as another."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import small_exchange
from streamlit.testing.v1 import AppTest

from dashboard import owner
from dashboard.demonstration import Wanted, mark_built
from dashboard.desk_records import desk_records
from data.home import Home
from desk.actors import Actor
from desk.approvals import Act, approvals, propose
from desk.audit import lines
from desk.people import people

ACT = Act("promote_model", "fraud-cis-2", None, {"area": "cis"}, "Promote *fraud-cis-2* in CIS")
PAGE = """
import streamlit as st
from dashboard import acting, approvals, header
from dashboard.facts import facts
from dashboard.desk_records import desk_records
from desk.approvals import Act, use

ACT = Act("promote_model", "fraud-cis-2", None, {"area": "cis"}, "Promote *fraud-cis-2* in CIS")

def promote(asked, actor):
    with desk_records().writing() as connection:
        use(connection, asked.approval_id, ACT, actor, facts().now)

header.draw(facts())
st.caption(f"acts: {acting.actor().name}, {acting.actor().role}")
WAYS = approvals.Ways(carry_out=promote)
approvals.draw_waiting("promote_model", ways=WAYS)
"""
DECIDE = (
    PAGE
    + """
from desk.approvals import approvals as all_of
asked = all_of(desk_records(), facts().now)[0]
approvals.decision_form(asked, st.session_state["label"])
"""
)

CARRY = (
    PAGE
    + """
from desk.approvals import approvals as all_of
approvals.carry_out_form(all_of(desk_records(), facts().now)[0], WAYS)
"""
)


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("demonstration"))
    small_exchange.fill(owner.become(folder).store)
    mark_built(owner.store(), Wanted())
    owner.bump()
    yield folder
    desk_records().close()
    owner.resign()


@pytest.fixture
def demonstration(exchange: Home) -> Iterator[Home]:
    """The demonstration before anybody did anything."""
    yield exchange
    for path in exchange.path.glob("desk.sqlite*"):
        path.unlink()


def opened(text: str = PAGE, **session: str) -> AppTest:
    page = AppTest.from_string(text, default_timeout=30)
    for name, value in session.items():
        page.session_state[name] = value
    page.run()
    assert not page.exception
    return page


def acts(page: AppTest) -> str:
    return next(str(said.value) for said in page.caption if str(said.value).startswith("acts: "))


def buttons(page: AppTest) -> dict[str, bool]:
    """Return the labels of the buttons, and whether each can be pressed."""
    return {button.label: not button.disabled for button in page.button}


def proposed() -> None:
    propose(desk_records(), ACT, Actor("Rita Riskdemo", "risk_manager"), "Catches more", small_exchange.NOW)


def send(page: AppTest, label: str, words: str) -> None:
    page.text_area[0].set_value(words)
    next(button for button in page.button if button.label == label and button.form_id).click()
    page.run()
    assert not page.exception


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_starts_as_the_risk_manager_and_every_switch_is_audited() -> None:
    page = opened()
    assert acts(page) == "acts: Rita Riskdemo, risk_manager"

    page.radio(key="header_person").set_value("Lena Leaddemo").run()
    assert acts(page) == "acts: Lena Leaddemo, desk_lead"
    assert "person" not in page.query_params
    newest = lines(desk_records(), most=1)[0]
    assert (newest.action, newest.actor, newest.object_id) == (
        "switched_person",
        "Rita Riskdemo",
        "Lena Leaddemo",
    )
    assert json.loads(newest.after or "") == {"person": "Lena Leaddemo", "role": "desk_lead"}
    # Another visitor is somebody else.
    assert acts(opened()) == "acts: Rita Riskdemo, risk_manager"


@pytest.mark.usefixtures("demonstration")
def test_the_role_of_local_mode_names_whom_the_demonstration_starts_as(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WATCHFLOOR_ROLE", "analyst")
    assert acts(opened()) == "acts: Ana Analystdemo, analyst"
    assert len(people(desk_records())) == 11


@pytest.mark.usefixtures("demonstration")
def test_one_visitor_proposes_as_one_approves_as_another_and_carries_out() -> None:
    assert "Nothing waits for a second person." in [str(said.value) for said in opened().caption]
    proposed()

    page = opened()
    assert buttons(page) == {"Approve": False, "Reject": False, "Withdraw": True}
    said = [str(each.value) for each in page.caption]
    assert "You proposed it, so somebody else must decide." in said
    # What people write is shown as it is, never as Markdown.
    assert any(r"**Promote \*fraud" in str(each.value) for each in page.markdown)

    page = opened(acting_person="Ana Analystdemo")
    assert buttons(page) == {"Approve": False, "Reject": False}
    page = opened(acting_person="Lena Leaddemo")
    assert buttons(page) == {"Approve": True, "Reject": True}
    send(opened(DECIDE, acting_person="Lena Leaddemo", label="Approve"), "Approve", "")

    page = opened(acting_person="Aude Auditordemo")
    assert buttons(page) == {"Carry out": False}
    page = opened()
    assert buttons(page) == {"Carry out": True, "Withdraw": True}
    page = opened(CARRY)
    next(button for button in page.button if button.label == "Do it now").click().run()
    assert buttons(opened()) == {}
    (done,) = approvals(desk_records(), small_exchange.NOW)
    assert (done.state, done.maker.name, done.checker and done.checker.name) == (
        "used",
        "Rita Riskdemo",
        "Lena Leaddemo",
    )


@pytest.mark.usefixtures("demonstration")
def test_a_rejection_needs_words_and_is_the_end_of_it() -> None:
    opened()
    proposed()
    page = opened(DECIDE, acting_person="Lena Leaddemo", label="Reject")
    send(page, "Reject", " ")
    assert "This needs a reason." in page.error[0].value
    send(page, "Reject", "Too thin")
    assert approvals(desk_records(), small_exchange.NOW)[0].state == "rejected"
