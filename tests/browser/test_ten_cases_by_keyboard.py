"""Ten cases worked with the keyboard alone, and nothing typed is lost while another person acts.

The desk is a copy of the built demonstration with a dozen past cases opened again, served to an analyst. What
came of a key is looked up in the records, which the test reads, and writes as another person, meanwhile.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright import sync_api
from playwright.sync_api import BrowserContext, Locator, expect
from screen import CLICK_TAKES, PATIENCE, Screen
from serving import serving
from sqlalchemy import select

from data.home import Home
from desk.actors import ROLE_VARIABLE, Actor
from desk.cases.acting import Doing, do, do_all
from desk.cases.checklists import checklist
from desk.cases.endings import Reopen
from desk.cases.moves import Move, Note
from desk.cases.reading import Told, case, history
from desk.cases.steps import CASES_NOW, queue_differs
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records

pytestmark = pytest.mark.browser

ANA = "Ana Analystdemo"
LENA = Actor("Lena Leaddemo", "desk_lead")
OPENED_AGAIN = 14
# The name of the field or button that has the focus; a button's icon and key are lines of their own.
FOCUSED = """(e => e?.getAttribute('aria-label') || (e?.tagName === 'BUTTON' ? e.innerText : ''))(
  document.activeElement)"""


@dataclass
class Desk:
    """The desk on the screen, and the records behind it."""

    screen: Screen
    records: Records

    @property
    def case_id(self) -> str:
        """The case on the screen."""
        return self.screen.query["case"]

    def steps(self) -> list[Told]:
        """Return what was done with the case on the screen."""
        return history(self.records, self.case_id)

    def press(self, key: str, holds: Callable[[], object]) -> None:
        """Press a key, again only where nothing at all came of it, until something holds."""
        self.screen.settle()
        for _ in range(PATIENCE // CLICK_TAKES):
            self.screen.page.keyboard.press(key)
            with suppress(sync_api.Error, AssertionError):
                holds()
                self.screen.settle()
                return
        raise AssertionError(f"nothing came of {key}")

    def open_form(self, key: str) -> Locator:
        """Open a form by its key and return it."""
        form = self.screen.page.get_by_role("dialog")
        self.press(key, lambda: form.wait_for(timeout=CLICK_TAKES))
        return form

    def tab_to(self, label: str) -> None:
        """Press Tab until the name of what has the focus begins with `label`."""
        for _ in range(60):
            self.screen.page.keyboard.press("Tab")
            named = str(self.screen.page.evaluate(FOCUSED)).splitlines()
            if any(line.startswith(label) for line in named):
                return
        raise AssertionError(f"Tab never came to {label!r}")

    def write(self, label: str, words: str) -> None:
        """Type into a field that Tab leads to."""
        self.tab_to(label)
        self.screen.page.keyboard.type(words)

    def send(self, action: str) -> None:
        """Send a form and wait until the records hold what it does, and it is closed."""
        before = len(self.steps())
        self.screen.page.keyboard.press("Control+Enter")
        self.until(lambda: len(self.steps()) > before)
        assert (self.steps()[-1].action, self.steps()[-1].actor) == (action, ANA)
        expect(self.screen.page.get_by_role("dialog")).to_have_count(0)
        self.screen.settle()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that the records say."""
        self.screen.until(lambda _: None, holds)

    def next(self) -> None:
        """Take the next best case."""
        before = self.screen.page.url
        self.press("n", lambda: self.screen.page.wait_for_url(lambda url: "case=" in url and url != before))


def dispose(desk: Desk, place: str, marks: str) -> None:
    """Close the case as the outcome at a place, with a note."""
    form = desk.open_form("d")
    chosen = form.locator("[data-testid=stBaseButton-primary]", has_text=marks)
    desk.press(place, lambda: chosen.wait_for(timeout=CLICK_TAKES))
    desk.write("How is it known?", "The customer was called back on an old number.")
    desk.send("disposed")


def false_positive(desk: Desk) -> None:
    dispose(desk, "2", "False positive")
    assert desk.steps()[-1].state.outcome == "false_positive"


def inconclusive(desk: Desk) -> None:
    dispose(desk, "3", "Inconclusive")
    assert desk.steps()[-1].state.outcome == "inconclusive"


def confirmed(desk: Desk) -> None:
    form = desk.open_form("d")
    chosen = form.locator("[data-testid=stBaseButton-primary]", has_text="Confirmed")
    desk.press("1", lambda: chosen.wait_for(timeout=CLICK_TAKES))
    desk.tab_to("Typology")
    desk.screen.page.keyboard.type("mule")
    desk.screen.page.get_by_role("option", name="Mule", exact=True).wait_for()
    desk.screen.page.keyboard.press("Enter")
    musts = [point.words for point in checklist("mule").points if point.must]
    expect(form).to_contain_text(musts[0])
    desk.screen.settle()
    for words in musts:
        desk.tab_to(words)
        desk.screen.page.keyboard.press("Space")
        desk.screen.settle()
    desk.write("How is it known?", "The sender's bank says so.")
    desk.send("disposed")
    assert (desk.steps()[-1].state.outcome, desk.steps()[-1].state.typology) == ("confirmed", "mule")


def note(desk: Desk) -> None:
    desk.open_form("m")
    desk.write("What should the next person know?", "Called twice, no answer.")
    desk.send("noted")
    assert desk.steps()[-1].reason == "Called twice, no answer."


def escalate(desk: Desk) -> None:
    desk.open_form("e")
    desk.write("Why does it need somebody else?", "A large sum.")
    desk.send("escalated")
    assert desk.steps()[-1].state.level == 1


def pause(desk: Desk) -> None:
    desk.open_form("p")
    desk.write("More, if it needs more", "The customer travels.")
    desk.send("paused")
    assert desk.steps()[-1].state.status == "paused"


# In the order in which the ten are worked.
TEN = (
    *(false_positive, note, inconclusive, escalate, confirmed),
    *(pause, false_positive, note, inconclusive, false_positive),
)


@pytest.fixture(scope="module")
def desk(built: Home, light: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("keyboard")
    left_out = shutil.ignore_patterns("owner.*", "events", "truth")
    shutil.copytree(built.path, root / "demo", ignore=left_out)
    records = open_records(Home(root / "demo"), {})
    with records.reading() as connection:
        past = connection.execute(select(CASES_NOW).where(CASES_NOW.c.status == "closed")).all()
    now = max(row.closed_at for row in past)
    found(records, DEMONSTRATION, now)
    again = [row.case_id for row in past if row.subject_kind == "account"][: 3 * OPENED_AGAIN]
    assert len(do_all(records, again, Reopen(), LENA, "New facts", now).states) >= OPENED_AGAIN
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROLE_VARIABLE, "analyst")
        with serving(root, "open", "--demo") as address:
            page = light.new_page()
            yield Desk(Screen(page, address), records)
            page.close()
    records.close()


def test_ten_cases_are_worked_with_the_keyboard_alone(desk: Desk) -> None:
    desk.screen.open("desk?tab=queue")
    worked = []
    for work in TEN:
        desk.next()
        assert case(desk.records, desk.case_id).holder == ANA
        worked.append(desk.case_id)
        work(desk)

    assert len(set(worked)) == 10
    ended = [case(desk.records, case_id).status for case_id in worked]
    assert ended.count("closed") == 6
    with desk.records.reading() as connection:
        assert queue_differs(connection) == []


def other(desk: Desk, move: Move, words: str) -> None:
    """Act on the case on the screen as another person, from elsewhere."""
    state = case(desk.records, desk.case_id)
    do(desk.records, Doing(desk.case_id, move, LENA, words, state.opened_at))


def test_what_one_types_is_kept_when_another_person_acts_and_who_is_too_late_is_told(desk: Desk) -> None:
    desk.screen.open("desk?tab=queue")
    desk.next()
    form = desk.open_form("d")
    chosen = form.locator("[data-testid=stBaseButton-primary]", has_text="Inconclusive")
    desk.press("3", lambda: chosen.wait_for(timeout=CLICK_TAKES))
    desk.write("How is it known?", "Nobody answers ")
    other(desk, Note(), "Their bank called: it is fraud")
    desk.screen.page.keyboard.type("the telephone.")
    desk.screen.page.keyboard.press("Control+Enter")

    expect(form).to_contain_text("has changed since you read it: Lena Leaddemo: noted")
    expect(form.get_by_label("How is it known?")).to_have_value("Nobody answers the telephone.")
    assert case(desk.records, desk.case_id).status == "open"
    desk.tab_to("I have read what changed")
    desk.screen.page.keyboard.press("Enter")
    desk.screen.settle()
    desk.send("disposed")
    assert desk.steps()[-1].reason == "Nobody answers the telephone."


def test_the_queue_follows_others_while_one_types_into_its_search(desk: Desk) -> None:
    desk.screen.open("desk?tab=queue")
    find = desk.screen.card("queue_find").locator("input")
    desk.press("f", lambda: expect(find).to_be_focused(timeout=CLICK_TAKES))
    desk.screen.page.keyboard.type("not sent ye")
    with desk.records.reading() as connection:
        waiting = connection.execute(select(CASES_NOW).where(CASES_NOW.c.status == "open")).all()
    chosen = waiting[0]
    do(desk.records, Doing(chosen.case_id, Note(), LENA, "Seen", chosen.opened_at))
    expect(desk.screen.page.locator("body")).to_contain_text("Noted just now by Lena Leaddemo")
    desk.screen.page.keyboard.type("t")
    expect(find).to_have_value("not sent yet")
