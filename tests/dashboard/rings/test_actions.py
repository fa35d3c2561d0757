"""The actions on a ring, on a page that draws nothing else; the ring is that of `evident_ring.py`."""

from __future__ import annotations

import pytest
import small_evidence
import small_exchange
from evident_ring import fill_ring
from streamlit.testing.v1 import AppTest

from dashboard import owner
from dashboard.desk_records import desk_records
from dashboard.evidence.button import MADE
from data.home import Home
from desk.evidence.keeping import Keeping
from desk.ring_cases import case_of

PAGE = """
from dashboard.rings import actions
actions.draw("R-1")
"""
# A dialog runs as a fragment, which only a browser reruns by itself; so its content is tested as a page.
ESCALATION = """
from dashboard import owner
from dashboard.rings import actions
from desk.actors import local_actor
from desk.ring_cases import ring_of

with owner.store().cursor() as cursor:
    ring = ring_of(cursor, "R-1")
actions.escalation_form(ring, local_actor({}))
"""
WITHDRAWAL = """
from dashboard.rings import actions
from dashboard.desk_records import desk_records
from desk.actors import local_actor
from desk.ring_cases import case_of

case = case_of(desk_records(), "R-1")
actions.withdrawal_form(case, local_actor({}))
"""


@pytest.fixture(scope="module")
def with_rings(exchange: Home) -> Home:
    fill_ring(owner.store())
    small_evidence.add_features(owner.store())
    owner.bump()
    return exchange


@pytest.fixture
def filled(with_rings: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The exchange with its rings, of which nobody made a case yet."""
    monkeypatch.delenv("WATCHFLOOR_ROLE", raising=False)
    monkeypatch.delenv("WATCHFLOOR_DESK_URL", raising=False)
    remove_records(with_rings)
    return with_rings


def remove_records(home: Home) -> None:
    for path in home.path.glob("desk.sqlite*"):
        path.unlink()


def opened(script: str = PAGE) -> AppTest:
    page = AppTest.from_string(script, default_timeout=30).run()
    assert not page.exception
    return page


def click(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def labels(page: AppTest) -> list[str]:
    """What can be done; the way to packs of earlier tests is left out."""
    return [button.label for button in page.button if not button.label.endswith(" made")]


def said(page: AppTest) -> str:
    return "\n".join(text.value for text in [*page.markdown, *page.caption, *page.error])


def escalated(note: str = "Same payout", *, is_sure: bool = True) -> AppTest:
    form = opened(ESCALATION)
    form.text_area(key="ring_note").set_value(note)
    form.checkbox(key="ring_sure").set_value(is_sure)
    click(form, "Open the case")
    return form


@pytest.mark.usefixtures("filled")
def test_escalating_says_what_will_happen_and_then_who_opened_the_case() -> None:
    page = opened()
    assert labels(page) == ["Escalate", "Make evidence"]

    click(page, "Escalate")
    assert "Nothing is frozen, and no customer is told." in said(page)
    # Three accounts, .95 of 50 at risk.
    assert "3 accounts in CIS, South-East Asia; score 95%, severity critical, expected loss 47.5" in said(
        page
    )
    assert case_of(desk_records(), "R-1") is None

    escalated()
    page = opened()
    found = case_of(desk_records(), "R-1")
    assert found is not None
    assert (found.opened_by, found.opened_as, found.note) == ("local", "risk_manager", "Same payout")
    assert found.state.opened_at == small_exchange.NOW
    assert f"Case **{found.case_id}** opened by local at 2025-10-31 23:00 (UTC)" in said(page)
    assert labels(page) == [f"Case {found.case_id}", "Withdraw", "Make evidence"]


@pytest.mark.usefixtures("filled")
def test_a_case_needs_a_note_and_a_confirmation() -> None:
    assert "Tick the box to confirm." in said(escalated(is_sure=False))
    assert "This needs a note." in said(escalated(note=" "))
    assert case_of(desk_records(), "R-1") is None


@pytest.mark.usefixtures("filled")
def test_a_withdrawn_case_stays_on_the_screen_with_its_reason_and_can_be_opened_again() -> None:
    escalated()
    page = opened()
    click(page, "Withdraw")
    assert "It stays in the records with your reason" in said(page)

    form = opened(WITHDRAWAL)
    click(form, "Withdraw the case")
    assert "This needs a note." in said(form)
    form.text_area(key="ring_reason").set_value("One *family*")
    click(form, "Withdraw the case")

    # What people write is shown as it is, never as Markdown.
    page = opened()
    assert r"was withdrawn by local at 2025-10-31 23:00 (UTC): One \*family\*" in said(page)
    assert labels(page)[1:] == ["Escalate", "Make evidence"]
    escalated()
    assert labels(opened())[1:] == ["Withdraw", "Make evidence"]


@pytest.mark.usefixtures("filled")
def test_evidence_is_collected_on_a_click_and_then_handed_over() -> None:
    page = opened()
    assert not page.get("download_button")
    click(page, "Make evidence")

    assert labels(page) == ["Escalate"]
    (button,) = page.get("download_button")
    assert button.proto.label.startswith("Download evidence, ")
    _, pack = page.session_state[MADE]
    data = Keeping.of(owner.home(), {}).read(pack.name, pack.sha256)
    assert {"manifest.json", "members.csv", "README.txt"} <= set(small_evidence.files_of(data))
    assert pack.sha256 in button.proto.help


@pytest.mark.usefixtures("filled")
def test_a_pack_is_made_anew_when_the_store_has_changed() -> None:
    page = opened()
    click(page, "Make evidence")
    owner.bump()
    page.run()
    assert labels(page) == ["Escalate", "Make evidence"]
    assert not page.get("download_button")


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("role", ["executive", "auditor"])
def test_who_only_reads_sees_why_not_and_who_may(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    monkeypatch.setenv("WATCHFLOOR_ROLE", role)
    page = opened()
    assert [(button.label, button.disabled) for button in page.button] == [
        ("Escalate", True),
        ("Make evidence", True),
    ]
    assert f"You look as {role}, a role that may not open and withdraw a case." in said(page)
    assert f"You look as {role}, a role that may not take evidence out of the program." in said(page)


@pytest.mark.usefixtures("filled")
def test_a_ring_that_is_not_there_is_said_to_be_none() -> None:
    page = AppTest.from_string(PAGE.replace("R-1", "R-9"), default_timeout=30).run()
    assert not page.exception
    assert "There is no ring 'R-9'." in said(page)


def test_records_that_were_removed_are_begun_anew(filled: Home) -> None:
    page = opened()
    escalated()
    remove_records(filled)
    page.run()
    assert labels(page) == ["Escalate", "Make evidence"]
    assert not page.exception
