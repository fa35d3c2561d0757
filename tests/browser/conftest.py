"""A small demonstration served by the real command, and Chromium looking at it.

Take `screen` for a tab at 1440 x 900 on the served demonstration, `built` for the finished store of the
same demonstration, which nobody has open, and `build` for what the first screens were while it was made.

The world is built once a test run, whatever the number of workers; each worker serves its own copy.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from building import Build, watch
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from screen import PATIENCE, Screen
from serving import serving

from data.home import Home
from data.world import FULL_EVENTS

# The fewest that give every page its content: four models, alerts, and an account with over 500 events.
EVENTS = 30_000
CHROMIUM = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed; on Debian: apt-get install chromium")
    with sync_playwright() as player:
        expect.set_options(timeout=PATIENCE)
        opened = player.chromium.launch(executable_path=chromium, args=CHROMIUM)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "browser"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def build(shared: Path, browser: Browser) -> Build:
    told = shared / "build.json"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            with serving(shared / "world", "demo", "--scale", str(EVENTS / FULL_EVENTS)) as address:
                told.write_text(json.dumps(asdict(watch(browser, address))), encoding="utf-8")
    return Build(**json.loads(told.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def built(shared: Path, build: Build) -> Home:
    assert build.headings
    return Home(shared / "world" / "demo")


@pytest.fixture(scope="session")
def address(built: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("served")
    left_out = shutil.ignore_patterns("owner.*", "events", "truth")
    shutil.copytree(built.path, root / "demo", ignore=left_out)
    with serving(root, "open", "--demo") as url:
        yield url


@pytest.fixture(scope="session")
def light(browser: Browser) -> Iterator[BrowserContext]:
    """What the tabs of one window share: above all Streamlit's 13 MB of scripts, fetched once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield context
    context.close()


@pytest.fixture(scope="session")
def tab(light: BrowserContext) -> Page:
    """One tab for test after test: a new one compiles Streamlit's scripts anew, which takes seconds."""
    return light.new_page()


@pytest.fixture
def screen(tab: Page, address: str) -> Screen:
    return Screen(tab, address)
