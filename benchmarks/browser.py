"""How long does a reader wait in the browser, from the click on a page's name until the page is drawn?

Chromium at 1440 x 900 clicks through the navigation of the demonstration, warm: each page has been drawn
before. The clock runs inside the browser, from the click to the frame in which everything is drawn; for a
map also to the end of its strokes. The next click comes when the browser is at rest. The baseline is the
same switch between two pages of one line each, served by the same Streamlit in the same run.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.results import Figure, Result
from benchmarks.screenshots import CHROMIUM, READY, demonstration, wait_for_overview

SEED = 7
# Of the demonstration, and of the baseline; both after each page was drawn twice.
SWITCHES, BASELINE_SWITCHES, WARM_UP = 120, 60, 8
PORT, BASELINE_PORT = 8652, 8653
START_SECONDS = 60
PATIENCE_MS = 60_000
# A map of software takes longer for a frame than any page at rest.
QUICK_FRAME_MS = 60
DRAWS = 2_000


# Milliseconds until the map is on the screen: reading one of its pixels waits for all strokes before it,
# and the first of five quick frames is the end of the work. Without a map, until the browser is at rest.
REST = f"""async () => {{
    const start = performance.now();
    let calm = 0, last = start, since = start;
    while (calm < 5) {{
        await new Promise(requestAnimationFrame);
        const gl = document.querySelector("[data-testid=stDeckGlJsonChart] canvas")?.getContext("webgl2");
        gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
        const now = performance.now();
        calm = now - last < {QUICK_FRAME_MS} ? calm + 1 : 0;
        if (calm === 0) since = now;
        last = now;
        if (now - start > {PATIENCE_MS}) throw new Error("the browser never came to rest");
    }}
    return since - start;
}}"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the navigation: the words on its link, what only it has, and whether it has a map."""

    name: str
    mark: str
    has_map: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch: to which page, and milliseconds until it is drawn and until its map is on the screen."""

    to: Entry
    drawn_ms: float
    rest_ms: float


PAGES = (
    Entry("Overview", ".st-key-card_alerts", has_map=True),
    Entry("Regions", ".st-key-card_places", has_map=True),
    Entry("Accounts", ".st-key-card_timeline"),
    Entry("Explanations", ".st-key-card_newest"),
)
BASELINE_PAGES = (Entry("One", ".st-key-one"), Entry("Two", ".st-key-two"))
BASELINE = """import streamlit as st

def one():
    st.container(key="one").title("One line")

def two():
    st.container(key="two").title("Another line")

pages = [st.Page(one, title="One", default=True), st.Page(two, title="Two")]
chosen = st.navigation(pages, position="hidden")
for page in pages:
    st.sidebar.page_link(page)
chosen.run()
"""
# The page is there, its script is done, no element's code is still on its way, none is left of the page
# before, and the map, where it has one, has its canvas.
DRAWN = f"""([name, mark, hasMap]) => document.querySelector(mark) !== null
    && document.querySelector("{READY}") !== null
    && document.querySelector("[data-testid=stSkeleton], [data-stale=true]") === null
    && (!hasMap || document.querySelector("[data-testid=stDeckGlJsonChart] canvas") !== null)"""
# Milliseconds from the click to the second frame after that.
SWITCH = f"""async (wanted) => {{
    const drawn = {DRAWN};
    const name = wanted[0];
    const frame = () => new Promise(requestAnimationFrame);
    const links = [...document.querySelectorAll("[data-testid=stSidebar] a")];
    const link = links.find(link => link.innerText.trim().endsWith(name));
    const start = performance.now();
    link.click();
    while (!drawn(wanted)) {{
        await frame();
        if (performance.now() - start > {PATIENCE_MS}) throw new Error(name + " was never drawn");
    }}
    await frame();
    await frame();
    return performance.now() - start;
}}"""


def main() -> None:
    """Measure and write the result. Raises SystemExit without chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is not installed; on Debian: apt-get install chromium")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=CHROMIUM)
        with one_liner() as url:
            baseline = switches(browser, url, BASELINE_PAGES, BASELINE_SWITCHES)
        with demonstration(PORT) as url:
            # The address is told a moment before somebody listens there.
            _wait_for(url)
            wait_for_overview(browser, url)
            found = switches(browser, url, PAGES, SWITCHES)
        version = browser.version
        browser.close()
    _result(found, baseline, version).write()


def switches(browser: Browser, url: str, entries: Sequence[Entry], count: int) -> list[Switch]:
    """Switch `count` times, each time to another page drawn by lot."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.wait_for_function(DRAWN, arg=_told(entries[0]), timeout=PATIENCE_MS)
    for entry in [*entries[1:], *entries, *entries][:WARM_UP]:
        switch(page, entry)
    lots, found = random.Random(SEED), []
    here = entries[0]
    switch(page, here)
    for _ in range(count):
        here = lots.choice([entry for entry in entries if entry != here])
        found.append(switch(page, here))
    page.close()
    return found


def switch(page: Page, entry: Entry) -> Switch:
    """Click on a page's name, and wait until the browser is at rest again."""
    drawn_ms = float(page.evaluate(SWITCH, _told(entry)))
    return Switch(entry, drawn_ms, drawn_ms + float(page.evaluate(REST)))


def _told(entry: Entry) -> list[str | bool]:
    return [entry.name, entry.mark, entry.has_map]


@contextmanager
def one_liner() -> Iterator[str]:
    """Yield the address of the baseline, two pages of one line; stop it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "baseline.py"
        script.write_text(BASELINE, encoding="utf-8")
        options = {
            "server.port": BASELINE_PORT,
            "server.address": "127.0.0.1",
            "server.headless": "true",
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": "false",
        }
        told = [f"--{name}={value}" for name, value in options.items()]
        command = [sys.executable, "-m", "streamlit", "run", str(script), *told]
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{BASELINE_PORT}"
            _wait_for(url)
            yield url
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(url: str) -> None:
    """Wait until the server answers. Raises TimeoutError."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
            return
        time.sleep(0.2)
    raise TimeoutError(f"nothing answers at {url} after {START_SECONDS} s")


def _result(found: list[Switch], baseline: list[Switch], version: str) -> Result:
    groups = {
        "pages without a map": [one.drawn_ms for one in found if not one.to.has_map],
        "pages with a map, all but the map": [one.drawn_ms for one in found if one.to.has_map],
        "pages with a map, the map too": [one.rest_ms for one in found if one.to.has_map],
        **{entry.name: [one.drawn_ms for one in found if one.to == entry] for entry in PAGES},
    }
    usual = [one.drawn_ms for one in baseline]
    return Result(
        "spine",
        "browser",
        "How long from the click on a page's name until it is drawn, warm, in Chromium?",
        tuple(
            _figure(name, times, quantile, usual)
            for name, times in groups.items()
            for quantile in (0.5, 0.95)
        ),
        seed=SEED,
        notes=(
            f"{len(found)} switches in Chromium {version}, headless, on the machine that also serves.",
            "No GPU: maps are drawn by the processor (SwiftShader); a reader's own machine is faster.",
            f"Baseline: the same quantile of {len(baseline)} switches between two pages of one line each.",
        ),
    )


def _figure(name: str, times: list[float], quantile: float, baseline: list[float]) -> Figure:
    """Return a quantile with its bootstrap interval, beside the same quantile of the baseline."""
    lots = np.random.default_rng(SEED)
    drawn = np.quantile(lots.choice(times, (DRAWS, len(times))), quantile, axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Figure(
        f"{name}, p{quantile * 100:.0f}",
        float(np.quantile(times, quantile)),
        "ms",
        low=float(low),
        high=float(high),
        baseline=float(np.quantile(baseline, quantile)),
        baseline_name="ms of a page of one line",
    )
