"""One tab of Chromium as a person uses it: open a page, wait until it is drawn, point at the map or a row."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from playwright import sync_api
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from dashboard import maps

READY = "[data-testid=stApp][data-test-script-state=notRunning]"
# Drawn: the script is done, no element's code is still on its way, and none is left of the run before.
DRAWN = f"""() => document.querySelector('{READY}') !== null
    && document.querySelector('[data-testid=stSkeleton], [data-stale=true]') === null"""
MAP = "[data-testid=stDeckGlJsonChart]"
TIP = ".deck-tooltip"
TABLE = "[data-testid=stDataFrame]"
# Generous, for a machine that does other things too; a condition that holds ends the wait at once.
PATIENCE = 60_000
# In which a click that was taken has led somewhere, so that the next is not one too many.
CLICK_TAKES = 6_000
# Of deck.gl: the world is 512 pixels wide at zoom 0.
WORLD_PIXELS = 512
ROW_HEIGHT = 30
# The grid's header is a little higher than its rows.
HEADER_HEIGHT = 36


@dataclass
class Seen:
    """Everything that a browser asked for and complained about."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def take(self) -> tuple[list[str], list[str]]:
        """The requests and the complaints since the last time."""
        taken = self.requests, self.complaints
        self.requests, self.complaints = [], []
        return taken

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _is_probe(message.location["url"]):
            self.complaints.append(f"{message.text} {message.location['url']}")


def is_foreign(url: str, own: str) -> bool:
    """Whether a request goes to any other place than `own`, the address of the pages."""
    asked = urlsplit(url)
    return asked.scheme not in ("data", "blob") and asked.netloc != urlsplit(own).netloc


def _is_probe(url: str) -> bool:
    """Whether Streamlit's client only tried where its server is.

    On `/regions` it cannot know whether the app is served below `/regions/` or `/`; it asks
    `/regions/_stcore/health` and `host-config` first, gets 404, then asks one folder higher. A browser
    logs each 404 as an error, and Streamlit has no setting that leaves the question out.
    """
    first, _, rest = urlsplit(url).path.lstrip("/").partition("/")
    return first != "_stcore" and rest in ("_stcore/health", "_stcore/host-config")


class Screen:
    """A tab with the pages at `address`."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def open(self, path: str = "") -> None:
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until everything is drawn."""
        self.page.wait_for_function(DRAWN, timeout=PATIENCE)

    def arrive(self, path: str, within: int = PATIENCE, /, **parameters: str) -> None:
        """Wait until the URL is `path` with at least `parameters`, and the page is drawn."""

        def is_there(url: str) -> bool:
            return urlsplit(url).path == f"/{path}" and parameters.items() <= query(url).items()

        self.page.wait_for_url(is_there, timeout=within, wait_until="commit")
        self.settle()

    @property
    def query(self) -> Mapping[str, str]:
        return query(self.page.url)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    def reads(self, heading: str) -> None:
        """Wait until the heading is this one."""
        expect(self.page.locator("h1").first).to_have_text(heading, timeout=PATIENCE)

    def card(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key}")

    def choose(self, label: str, option: str) -> None:
        """Choose in a select box."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def place_of(self, longitude: float, latitude: float, look: maps.Look) -> tuple[float, float]:
        """Where in the window a place is on the map, which shows `look`."""
        drawn = self.page.locator(MAP)
        drawn.scroll_into_view_if_needed()
        box = drawn.bounding_box()
        assert box is not None
        x, y = pixels(longitude, latitude, look, box["width"], box["height"])
        return box["x"] + x, box["y"] + y

    def point_at(self, longitude: float, latitude: float, look: maps.Look) -> str:
        """Move the mouse over a place of the map; return the name that the map then says."""
        x, y = self.place_of(longitude, latitude, look)
        # Until the map has drawn what can be pointed at, each move is lost: so the mouse trembles.
        self.until(lambda turn: self.page.mouse.move(x + turn % 2, y), lambda: not self.is_silent())
        return self.page.locator(TIP).inner_text().splitlines()[0]

    def is_silent(self) -> bool:
        """Whether the map names nothing below the mouse."""
        return not self.page.locator(TIP).is_visible()

    def press_map(self, path: str, **parameters: str) -> None:
        """Click where the mouse is, until that leads to `path` with `parameters`.

        deck.gl looks up what is below the mouse between press and release. Where software draws, that can
        take longer than the 250 ms after which a press is no click any more, and the click is lost.
        """
        for _ in range(PATIENCE // CLICK_TAKES):
            self.page.mouse.down()
            self.page.mouse.up()
            with suppress(sync_api.TimeoutError):
                self.arrive(path, CLICK_TAKES, **parameters)
                return
        raise AssertionError(f"no click led to {path}")

    def press_row(self, table: Locator, row: int = 0) -> None:
        """Click on a row of a table, below its header."""
        table.click(position={"x": 40, "y": HEADER_HEIGHT + ROW_HEIGHT * row + ROW_HEIGHT / 2})

    def until(self, do: Callable[[int], object], holds: Callable[[], bool]) -> None:
        """Do something again and again until it took effect; between two tries the window draws once."""
        for turn in range(PATIENCE // 100):
            do(turn)
            self.page.wait_for_timeout(100)
            if holds():
                return
        raise AssertionError("nothing came of it")


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def pixels(
    longitude: float, latitude: float, look: maps.Look, width: float, height: float
) -> tuple[float, float]:
    """Where a place is on a Web Mercator map of `width` x `height` pixels that shows `look`."""
    world = WORLD_PIXELS * 2**look.zoom

    def north(degrees: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(degrees) / 2)) / (2 * math.pi)

    return (
        width / 2 + (longitude - look.longitude) / 360 * world,
        height / 2 - (north(latitude) - north(look.latitude)) * world,
    )
