"""Stores that have nothing to show: the pages, or the command, say the next step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from screen import Screen
from serving import serving

from data.home import PROJECT_ROOT

pytestmark = pytest.mark.browser
EVERY_PAGE = (
    "",
    *("regions", "desk", "case", "accounts", "explanations", "liveness", "check", "rings", "ring", "models"),
)


def test_an_empty_store_shows_the_next_step_on_every_page(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "empty", "open") as address:
        screen = Screen(browser.new_page(), address)
        for path in (
            "",
            "regions",
            "accounts",
            "explanations",
            "liveness",
            "check",
            "rings",
            "ring",
            "desk",
            "case",
        ):
            screen.open(path)
            screen.reads("Nothing is loaded yet")
            expect(screen.page.locator("code").first).to_contain_text(
                "watchfloor load FILES --map mapping.toml"
            )
        screen.page.close()


def test_a_damaged_store_is_told_in_words_and_left_as_it_is(tmp_path: Path) -> None:
    store = tmp_path / "store" / "watchfloor.duckdb"
    store.parent.mkdir()
    store.write_bytes(b"this is no database " * 1_000)
    ended = subprocess.run(
        [sys.executable, "-m", "dashboard", "open", "--no-browser"],
        cwd=PROJECT_ROOT,
        env={**os.environ, "WATCHFLOOR_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert str(store) in ended.stderr.replace("\n", "")
    assert "What to do:" in ended.stderr
    assert store.read_bytes() == b"this is no database " * 1_000
