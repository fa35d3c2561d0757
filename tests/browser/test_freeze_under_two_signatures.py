"""From the start to money that is stopped: asked for by one person, approved by another, in eight clicks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect
from screen import Screen

pytestmark = pytest.mark.browser

PATIENCE = 60_000
CLICKS = 8


class Hand:
    """A mouse that counts."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.clicks = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1
        self.screen.settle()

    def button(self, label: str) -> Locator:
        return self.screen.page.get_by_role("button", name=label, exact=True)


def test_one_visitor_asks_for_a_freeze_as_rita_and_approves_it_as_lena_in_eight_clicks(
    screen: Screen,
) -> None:
    screen.open("freezes?tab=account")
    hand, page = Hand(screen), screen.page

    hand.click(hand.button("Freeze money"))
    page.get_by_label("How much, USDT").fill("1,234.5")
    page.get_by_label("Why?").fill("Bought with stolen money")
    hand.click(hand.button("Ask for the freeze"))
    expect(page.get_by_text("You proposed it, so somebody else must decide.")).to_be_visible()
    expect(hand.button("Approve")).to_be_disabled()
    hand.click(screen.card("header_acting").get_by_role("button"))
    hand.click(page.get_by_text("Lena Leaddemo, desk lead"))
    page.keyboard.press("Escape")
    hand.click(hand.button("Approve"))
    hand.click(hand.button("Approve and do it"))

    # Until it is drawn anew, the card stands there twice.
    expect(page.get_by_text("Money stopped by Lena Leaddemo").last).to_be_visible(timeout=PATIENCE)
    screen.settle()
    assert hand.clicks <= CLICKS
    history = screen.card("card_freeze_history")
    expect(history).to_contain_text("Asked for by Rita Riskdemo")
    expect(screen.card("freeze_head")).to_contain_text("1.23K")
    # Lena may not ask for it to be handed over; nothing else of it is closed to her.
    expect(hand.button("Ask handover")).to_be_disabled()
    expect(hand.button("Ask release")).to_be_enabled()
