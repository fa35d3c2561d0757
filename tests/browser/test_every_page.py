"""Every page in both themes: no other host, no complaint of the browser, legible to all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from playwright.sync_api import Browser
from screen import PATIENCE, Screen, Seen, is_foreign

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "assets" / "axe.min.js"
VIEWS = {
    "overview": "",
    "regions": "regions",
    "a country": "regions?region=south_east_asia&country=ID",
    "the review": "review",
    "a review not over": "review?period=2025Q4",
    "accounts": "accounts",
    "a search": "accounts?find=A1",
    "explanations": "explanations",
    "the whole model": "explanations?tab=model",
    "liveness": "liveness",
    "the errors of liveness": "liveness?tab=errors",
    "re-used media": "liveness?tab=reuse",
    "the list of checks": "liveness?tab=checks",
    "one check": "check",
    "rings": "rings",
    "every ring": "rings?stage=all",
    "one ring": "ring",
    "the queue": "desk",
    "a handover": "desk?tab=handover",
    "the desk's measures": "desk?tab=measures",
    "capacity": "desk?tab=capacity",
    "channels": "desk?tab=channels",
    "training": "desk?tab=training",
    "one case": "case",
    "freezes": "freezes",
    "open freezes": "freezes?tab=open",
    "a freeze that is not there": "freezes?tab=open&freeze=F-0",
    "approvals": "freezes?tab=approvals",
    "a ledger": "freezes?tab=account",
    "requests": "requests",
    "one request": "requests?tab=request",
    "what is published of requests": "requests?tab=transparency",
    "the audit log": "audit",
    "a line of the log": "audit?line=1",
    "the proof": "audit?tab=proof",
    "administration": "audit?tab=administration",
    "an account that is not there": "accounts?account=A0",
}
HEADER = ("header_search", "header_period", "header_region", "header_facts")
Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Visit:
    """What one view did in one theme."""

    foreign: list[str]
    requests: int
    complaints: list[str]
    violations: list[str]
    background: str
    exceptions: int
    width: int
    header: list[dict[str, float]]
    is_marked: bool


@pytest.fixture(scope="module", params=get_args(Theme))
def visits(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[dict[str, Visit]]:
    """Each view once, as a deep link, in one theme."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=request.param)
    page, seen = context.new_page(), Seen()
    seen.listen(page)
    screen = Screen(page, address)
    found = {}
    for name, path in VIEWS.items():
        screen.open(path)
        page.wait_for_load_state("networkidle", timeout=PATIENCE)
        faults = violations(screen)
        asked, complaints = seen.take()
        found[name] = Visit(
            [url for url in asked if is_foreign(url, address)],
            len(asked),
            complaints,
            faults,
            page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"),
            page.get_by_test_id("stException").count(),
            *narrow(screen),
        )
    yield found
    context.close()


def narrow(screen: Screen) -> tuple[int, list[dict[str, float]], bool]:
    """At 1024 pixels: the page's width, the boxes of the header's parts, whether it is marked synthetic."""
    screen.page.set_viewport_size({"width": 1024, "height": 768})
    width: int = screen.page.evaluate("document.documentElement.scrollWidth")
    boxes = [screen.card(key).bounding_box() for key in HEADER]
    is_marked = screen.page.get_by_text("Synthetic data").is_visible()
    screen.page.set_viewport_size({"width": 1440, "height": 900})
    return width, [dict(box) for box in boxes if box is not None], is_marked


def violations(screen: Screen) -> list[str]:
    """What axe-core calls serious or critical, with the element and the reason."""
    screen.page.evaluate(AXE.read_text(encoding="utf-8"))
    answer: dict[str, Any] = screen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']} ({found['impact']}): {node['html'][:160]} {node['failureSummary']}"
        for found in answer["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_asks_no_host_but_its_own(visits: dict[str, Visit], view: str) -> None:
    assert visits[view].requests > 10
    assert visits[view].foreign == []


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_is_drawn_without_a_complaint_of_the_browser(visits: dict[str, Visit], view: str) -> None:
    assert visits[view].complaints == []
    assert visits[view].exceptions == 0


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_has_no_serious_fault_for_those_who_read_it_otherwise(
    visits: dict[str, Visit], view: str
) -> None:
    assert visits[view].violations == []


def test_the_theme_follows_the_reader(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> None:
    dark = "dark" in request.node.name
    for visit in visits.values():
        red = int(visit.background.removeprefix("rgb(").split(",")[0])
        assert (red < 64) == dark


def test_a_request_to_another_host_would_be_seen(browser: Browser, address: str) -> None:
    seen = Seen()
    context = browser.new_context()
    page = context.new_page()
    seen.listen(page)
    page.goto(address)
    page.evaluate("fetch('http://127.0.0.2:9/').catch(() => null)")
    with page.expect_websocket(lambda socket: "127.0.0.2" in socket.url):
        page.evaluate("new WebSocket('ws://127.0.0.2:9/').onerror = () => null")
    asked, _ = seen.take()
    assert [url for url in asked if is_foreign(url, address)] == ["http://127.0.0.2:9/", "ws://127.0.0.2:9/"]
    context.close()


def test_the_overview_is_complete_at_1440_by_900_without_scrolling(screen: Screen) -> None:
    screen.open()
    main = screen.page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollHeight - main.clientHeight") <= 0
    for key in ("headline", "cards", "card_map", "card_alerts"):
        box = screen.card(key).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    assert screen.card("card_alerts").get_by_role("button").count() >= 3


@pytest.mark.parametrize("view", VIEWS)
def test_the_header_holds_in_one_row_at_1024_pixels(visits: dict[str, Visit], view: str) -> None:
    visit = visits[view]
    assert visit.width <= 1024
    assert len(visit.header) == len(HEADER)
    for box in visit.header:
        assert box["width"] > 60
        assert box["x"] + box["width"] <= 1024
    middles = [box["y"] + box["height"] / 2 for box in visit.header]
    assert max(middles) - min(middles) < 16
    assert visit.is_marked
