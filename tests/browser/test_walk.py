from __future__ import annotations

import csv
from urllib.parse import parse_qs, urlparse

import pytest
from chromium import Site, Tab
from playwright.sync_api import Locator

PAGES = ("", "regions", "accounts", "explanations")


def asked(tab: Tab, name: str) -> str:
    """Return one parameter of the tab's URL, or nothing."""
    return parse_qs(urlparse(tab.page.url).query).get(name, [""])[0]


def click_in(tab: Tab, box: Locator, across: float, down: float) -> None:
    """Click at a share of an element's width and height."""
    box.scroll_into_view_if_needed()
    at = box.bounding_box()
    assert at is not None
    tab.page.mouse.click(at["x"] + at["width"] * across, at["y"] + at["height"] * down)


def first_row(tab: Tab, card: str) -> None:
    """Pick the first row of a card's table by its checkbox."""
    table = tab.page.locator(f".st-key-{card} [data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    tab.page.wait_for_timeout(500)
    at = table.bounding_box()
    assert at is not None
    tab.page.mouse.click(at["x"] + 16, at["y"] + 50)


def test_the_first_screen_is_the_build_with_its_steps_and_becomes_the_overview(site: Site) -> None:
    seen = "\n".join(site.build_texts)
    assert "Write a made-up exchange" in seen
    assert "Load files" in seen
    assert "so far" in seen


def test_from_the_map_to_a_region_a_country_an_account_its_explanation_and_back(site: Site, tab: Tab) -> None:
    tab.open(site.url)
    tab.page.wait_for_selector("[data-testid=stDeckGlJsonChart] canvas")
    tab.page.wait_for_timeout(3_000)
    # The north of Asia on a map of the whole world.
    click_in(tab, tab.page.locator("[data-testid=stDeckGlJsonChart]"), 0.80, 0.30)
    tab.wait_for_url("/regions")
    assert asked(tab, "region") == "cis"

    first_row(tab, "card_places")
    tab.wait_for_url("country=")
    country = asked(tab, "country")
    assert len(country) == 2

    first_row(tab, "card_accounts")
    tab.wait_for_url("/accounts")
    account = asked(tab, "account")
    assert tab.page.locator("h1").first.inner_text() == account

    tab.page.locator(".st-key-card_flagged button, .st-key-card_reasons button").first.click()
    tab.wait_for_url("/explanations")
    event = asked(tab, "event")
    assert event
    tab.page.reload()
    tab.settle()
    tab.page.get_by_text(event).first.wait_for()

    tab.page.go_back()
    tab.wait_for_url("/accounts")
    assert asked(tab, "account") == account


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_asks_any_other_host(site: Site, tab: Tab, theme: str) -> None:
    tab.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    for path in PAGES:
        tab.open(f"{site.url}/{path}")
        tab.page.wait_for_load_state("networkidle")
    own = (site.url, site.url.replace("http", "ws"), "data:", "blob:")
    assert [url for url in tab.requests if not url.startswith(own)] == []
    assert len(tab.requests) > len(PAGES)


def test_the_overview_is_whole_at_1440_by_900(site: Site, tab: Tab) -> None:
    tab.open(site.url)
    main = tab.page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollHeight - e.clientHeight") <= 0
    assert tab.page.get_by_text("Synthetic data").is_visible()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_small_screen(site: Site, tab: Tab, path: str) -> None:
    tab.page.set_viewport_size({"width": 1024, "height": 768})
    tab.open(f"{site.url}/{path}")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 1024
    assert tab.page.locator("[data-testid=stException]").count() == 0


def test_a_number_opens_to_its_definition_its_sql_and_all_its_rows(site: Site, tab: Tab) -> None:
    tab.open(site.url)
    card = tab.page.locator(".st-key-figure_suspicious_actions button").first
    number = int(card.inner_text().split()[0].replace(",", ""))
    card.click()
    dialog = tab.page.get_by_role("dialog")
    dialog.wait_for()
    tab.settle()
    assert "did not allow" in dialog.inner_text()
    with tab.page.expect_download() as coming:
        dialog.get_by_role("button", name="CSV").click()
    with coming.value.path().open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert len(rows) - 1 == number
    dialog.get_by_text("SQL").first.click()
    assert "SELECT" in dialog.inner_text()


def test_search_takes_a_keyboard_to_an_account(site: Site, tab: Tab) -> None:
    tab.open(f"{site.url}/accounts")
    account = tab.page.locator("h1").first.inner_text()
    tab.open(site.url)
    tab.page.get_by_placeholder("Account, event, device, IP or address").focus()
    tab.page.keyboard.type(account)
    tab.page.keyboard.press("Enter")
    tab.wait_for_url("/accounts")
    assert asked(tab, "account") == account


def test_an_empty_store_says_what_to_do_next(empty_site: Site, tab: Tab) -> None:
    tab.open(empty_site.url)
    said = tab.page.locator("[data-testid=stMain]").inner_text()
    assert "watchfloor load" in said
    assert "watchfloor demo" in said
