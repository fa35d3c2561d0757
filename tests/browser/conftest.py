"""Chromium on a small demonstration, built and served by the real command for the whole session.

Take `site` for the address of a finished demonstration, `page` for a fresh tab that records every
request, `empty_site` for the address of a store with nothing in it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from chromium import PATIENCE_MS, Site, Tab, served
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BUILD_SECONDS = 420
# The smallest world whose quarters all have models and flagged events in many regions.
EVENTS = "24000"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    chromium = shutil.which("chromium")
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            if chromium is None:
                item.add_marker(pytest.mark.skipif(True, reason="Debian's chromium is not installed"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """A demonstration whose build was watched from its first screen until it became the Overview."""
    home = tmp_path_factory.mktemp("demonstration")
    with served(home, "demo", "--events", EVENTS) as found:
        tab = browser.new_page()
        tab.goto(found.url)
        end = time.monotonic() + BUILD_SECONDS
        while time.monotonic() < end and not tab.locator(".st-key-card_map").count():
            assert found.process.poll() is None, (home / "server.log").read_text()
            with suppress(Exception):
                found.build_texts.append(tab.locator("[data-testid=stMain]").inner_text(timeout=2_000))
            tab.wait_for_timeout(700)
        tab.wait_for_selector(".st-key-card_map", timeout=1_000)
        tab.close()
        yield found


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(tmp_path_factory.mktemp("empty"), "open") as found:
        yield found


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page.set_default_timeout(PATIENCE_MS)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    yield Tab(page, requests)
    page.close()
