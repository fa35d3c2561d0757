"""A served store and a tab of Chromium, as the browser tests use them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from data.home import PROJECT_ROOT

# A machine at work on other things is slow, not broken.
PATIENCE_MS = 90_000


@dataclass
class Site:
    """A served store: its address, and the build screens that were seen while it was made."""

    url: str
    process: subprocess.Popen[bytes]
    build_texts: list[str] = field(default_factory=list)


@dataclass
class Tab:
    """One tab of 1440 x 900 with what it asked for."""

    page: Page
    requests: list[str]

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.settle()

    def settle(self) -> None:
        """Wait until the script is done and nothing on the page is out of date."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning]", timeout=PATIENCE_MS
        )
        self.page.wait_for_function("!document.querySelector('[data-stale=true]')", timeout=PATIENCE_MS)

    def wait_for_url(self, part: str) -> None:
        self.page.wait_for_url(lambda url: part in url, timeout=PATIENCE_MS)
        self.settle()


@contextmanager
def served(home: Path, *command: str) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [sys.executable, "-m", "dashboard", *command, "--no-browser", "--port", str(port)]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            arguments,
            cwd=PROJECT_ROOT,
            env={**os.environ, "WATCHFLOOR_HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_served(port, home)
        yield Site(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_until_served(port: int, home: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.3)
    raise TimeoutError((home / "server.log").read_text())
