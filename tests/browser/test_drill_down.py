"""From the map to one event and back, by clicks only; the URL says at each step what is looked at."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from screen import PATIENCE, TABLE, Screen

from dashboard import maps

pytestmark = pytest.mark.browser

# The middle of Borneo: Indonesia, wherever the map is drawn.
BORNEO = (114.0, -0.5)
THAILAND = (101.0, 15.5)
REGION = "south_east_asia"


def test_map_region_country_account_explanation_and_back(screen: Screen) -> None:
    screen.open()
    overview = screen.heading
    assert screen.point_at(*BORNEO, maps.WORLD_LOOK) == "Indonesia"
    screen.press_map("regions", region=REGION)
    expect(screen.page.locator("h1").first).to_contain_text("South-East Asia")
    region, at_region = screen.heading, screen.query

    assert screen.point_at(*BORNEO, maps.look_at(REGION)) == "Indonesia"
    screen.press_map("regions", region=REGION, country="ID")
    expect(screen.page.locator("h1").first).to_contain_text("Indonesia")
    country, at_country = screen.heading, screen.query

    screen.press_row(screen.card("card_accounts").locator(TABLE))
    screen.page.wait_for_url("**/accounts?*account=*")
    screen.settle()
    account = screen.query["account"]
    screen.reads(account)
    at_account = screen.query

    screen.page.get_by_role("button", name="Explanation").click()
    screen.page.wait_for_url("**/explanations?*event=*")
    screen.settle()
    assert screen.query["account"] == account
    assert "at " in screen.heading

    # Streamlit leaves one more entry for each page that is left, of that page with the next one's parameters.
    back_to(screen, "accounts", at_account, account)
    back_to(screen, "regions", at_country, country)
    back_to(screen, "regions", at_region, region)
    back_to(screen, "", {}, overview)


def back_to(screen: Screen, path: str, parameters: dict[str, str], heading: str) -> None:
    """Go back, over at most one entry between, to a view that was seen before."""
    for _ in range(2):
        screen.page.go_back()
        screen.settle()
        if screen.page.url.partition("?")[0] == f"{screen.address}/{path}" and screen.query == parameters:
            break
    screen.arrive(path, **parameters)
    assert screen.query == parameters
    screen.reads(heading)


@pytest.mark.parametrize(
    "path",
    [
        "?measure=deepfakes_stopped&region=cis",
        "regions?period=2025Q2&region=south_asia&country=IN&measure=organised_crime&tab=rate",
        "explanations?tab=model&model=liveness&period=2025Q3",
    ],
)
def test_reload_shows_the_same(screen: Screen, path: str) -> None:
    screen.open(path)
    heading, words = screen.heading, screen.page.get_by_test_id("stMain").inner_text()
    chosen = screen.page.get_by_role("combobox").evaluate_all("all => all.map(one => one.value)")
    screen.page.reload()
    screen.settle()
    screen.reads(heading)
    expect(screen.page.get_by_test_id("stMain")).to_have_text(words, use_inner_text=True)
    assert screen.page.get_by_role("combobox").evaluate_all("all => all.map(one => one.value)") == chosen


def test_a_click_in_a_row_of_the_regions_opens_that_region(screen: Screen) -> None:
    screen.open("regions")
    screen.press_row(screen.card("card_places").locator(TABLE))
    screen.page.wait_for_url(lambda url: "region=" in url, timeout=PATIENCE)


def test_back_undoes_a_filter(screen: Screen) -> None:
    screen.open("regions?region=europe")
    before = screen.heading
    screen.choose("Measure", "Organised crime")
    screen.arrive("regions", measure="organised_crime")
    expect(screen.page.locator("h1").first).to_contain_text("organised-crime")
    screen.page.go_back()
    screen.reads(before)
    assert "measure" not in screen.query


def test_a_filter_change_keeps_the_view_of_the_map_and_the_place_of_the_page(screen: Screen) -> None:
    look = maps.look_at(REGION)
    screen.open(f"regions?region={REGION}")
    assert screen.point_at(*THAILAND, look) == "Thailand"
    thailand = screen.place_of(*THAILAND, look)
    # A turn of the wheel over Borneo: where Thailand was, the sea between the two comes to lie.
    assert screen.point_at(*BORNEO, look) == "Indonesia"
    screen.page.mouse.wheel(0, -600)
    screen.until(lambda turn: screen.page.mouse.move(thailand[0] + turn % 2, thailand[1]), screen.is_silent)
    main = screen.page.get_by_test_id("stMain")
    main.evaluate("main => main.scrollTo(0, 40)")

    screen.choose("Measure", "Organised crime")
    screen.arrive("regions", measure="organised_crime")
    assert main.evaluate("main => main.scrollTop") == 40
    main.evaluate("main => main.scrollTo(0, 0)")
    # The map answers again, and the sea is still where Thailand was.
    assert screen.point_at(*BORNEO, look) == "Indonesia"
    screen.until(lambda turn: screen.page.mouse.move(thailand[0] + turn % 2, thailand[1]), screen.is_silent)


def test_the_keyboard_leads_from_the_first_tab_to_an_account(screen: Screen) -> None:
    screen.open("accounts")
    account = screen.heading
    screen.open()
    search = screen.page.get_by_role("searchbox", name="Search")
    for _ in range(14):
        screen.page.keyboard.press("Tab")
        if search.evaluate("box => box === document.activeElement"):
            break
    expect(search).to_be_focused()
    screen.page.keyboard.type(account)
    screen.page.keyboard.press("Enter")
    screen.arrive("accounts", account=account)
    screen.reads(account)
