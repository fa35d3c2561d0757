"""What a newcomer sees from the first screen of a new demonstration on."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page
from screen import READY

# Generous, for a machine that does other things too; a quiet one takes a fifth of it.
BUILD_SECONDS = 500


@dataclass(frozen=True)
class Build:
    """What a tab showed from the first screen of a new demonstration on, without any click."""

    headings: list[str]
    steps: list[str]
    url: str


def watch(browser: Browser, address: str) -> Build:
    """Open the first screen of a new demonstration and only look, until it is the Overview."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector(READY, timeout=60_000)
    # The table is drawn after the heading: before it there is nothing to read.
    page.wait_for_selector(".wf-steps", timeout=60_000)
    deadline = time.monotonic() + BUILD_SECONDS
    steps = [read_steps(page)]
    headings = [page.locator("h1").first.inner_text()]
    # The Overview is the only screen with cards.
    while page.locator(".st-key-cards").count() == 0:
        found = read_steps(page)
        if found and found != steps[-1]:
            steps.append(found)
        assert time.monotonic() < deadline, f"the build is not over: {steps[-1]}"
        page.wait_for_timeout(200)
    headings.append(page.locator("h1").first.inner_text())
    url = page.url
    page.close()
    return Build(headings, steps, url)


def read_steps(page: Page) -> str:
    """The table of steps as text, as it stands at one instant; empty where there is none."""
    text: str = page.evaluate("document.querySelector('.wf-steps')?.innerText ?? ''")
    return text
