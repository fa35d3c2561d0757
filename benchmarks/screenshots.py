"""The README's pictures: every page of the demonstration, light and dark, as Chromium draws it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from data.home import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "docs" / "screenshots"
PAGES = {
    "overview": "",
    "regions": "regions",
    "review": "review",
    "accounts": "accounts",
    "explanations": "explanations",
    "liveness": "liveness?tab=errors",
    "rings": "rings?stage=all",
    "ring": "ring",
    "models": "models?area=south_asia",
    "desk": "desk",
    "case": "case",
}
PORT = 8650
# A first demonstration is built before it can be drawn.
PATIENCE_SECONDS = 600
READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# Software drawing, and no request of Chromium's own to its maker's hosts.
CHROMIUM = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Open the demonstration, and draw each page in both themes. Raises SystemExit without chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed; on Debian: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration(PORT) as url, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=CHROMIUM)
        wait_for_overview(browser, url)
        for theme in THEMES:
            for name, path in PAGES.items():
                draw(browser, f"{url}/{path}", theme, name)
        browser.close()


def draw(browser: Browser, url: str, theme: Literal["light", "dark"], name: str) -> None:
    """Draw one page at 1440 x 900 into `docs/screenshots`."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=theme)
    page.goto(url)
    page.wait_for_selector(READY, timeout=60_000)
    # Maps and charts fade in after the script is done.
    page.wait_for_timeout(4_000)
    target = FOLDER / f"{name}-{theme}.png"
    page.screenshot(path=target)
    page.close()
    print(target.relative_to(PROJECT_ROOT))


def wait_for_overview(browser: Browser, url: str) -> None:
    """Wait until the build, which is the first screen of a new demonstration, has become the Overview."""
    page = browser.new_page()
    page.goto(url)
    page.wait_for_selector(".st-key-card_map", timeout=PATIENCE_SECONDS * 1_000)
    page.close()


@contextmanager
def demonstration(port: int) -> Iterator[str]:
    """Yield the address of a running demonstration, built or still building; stop it afterwards."""
    command = [sys.executable, "-m", "dashboard", "demo", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        # The first line is `Watchfloor is open at http://... .`
        yield "http://" + process.stdout.readline().split("http://")[1].split()[0].rstrip(".")
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    main()
