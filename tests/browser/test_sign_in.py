"""Sign-in at a provider of OpenID Connect, as a browser does it: in as a person, over at its end, refused."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
import small_exchange
from playwright.sync_api import Browser, Page, expect
from serving import free_port, serving

from dashboard import owner
from data.home import Home
from desk.people import DEMONSTRATION, found
from desk.records import open_records

pytestmark = pytest.mark.browser
START_SECONDS = 30
# Long enough to be seen signed in on a busy machine, short enough to wait for its end.
SESSION_SECONDS = 20
CLAIMS = (
    '{"sub": "ana", "email": "Ana@example.org", "email_verified": true}',
    '{"sub": "eve", "email": "lena@example.org", "email_verified": false}',
)


@contextmanager
def _provider(port: int, seconds: int) -> Iterator[str]:
    told = [part for claims in CLAIMS for part in ("--user-claims", claims)]
    process = subprocess.Popen(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "oidc_provider_mock",
            "-p",
            str(port),
            "-e",
            str(seconds),
            *told,
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with suppress(OSError), urlopen(f"{address}/.well-known/openid-configuration", timeout=5):
                break
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A home with the small exchange and the people of the demonstration, two of them with an identity."""
    home = Home(tmp_path / "served" / "store")
    small_exchange.fill(owner.become(home).store)
    owner.resign()
    records = open_records(home, {})
    found(records, DEMONSTRATION, small_exchange.NOW)
    records.close()
    named = '[people]\n"ana@example.org" = "Ana Analystdemo"\n"lena@example.org" = "Lena Leaddemo"\n'
    (home.path / "people.toml").write_text(named, encoding="utf-8")
    return home.path.parent


def _secrets(path: Path, provider: str, port: int) -> Path:
    path.write_text(
        "[auth]\n"
        f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        'cookie_secret = "thirty-two characters of a secret"\n'
        'client_id = "watchfloor"\nclient_secret = "secret"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    return path


def _sign_in(page: Page, address: str, subject: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=subject).click()


def test_one_signs_in_as_a_person_of_the_store_until_the_provider_ends_it(
    browser: Browser, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = free_port(), free_port()
    with _provider(theirs, SESSION_SECONDS) as provider:
        monkeypatch.setenv("WATCHFLOOR_SECRETS", str(_secrets(root / "secrets.toml", provider, mine)))
        with serving(root, "open", port=mine) as address:
            page = browser.new_context().new_page()
            page.goto(f"{address}/accounts?account=A1")
            expect(page.get_by_text("Sign in to see what this store holds.")).to_be_visible()
            expect(page.get_by_text("A1", exact=True)).to_have_count(0)
            _sign_in(page, address, "ana")
            expect(page.get_by_role("button", name="Analyst")).to_be_visible()
            signed_in = time.monotonic()
            _refuse_eve(browser, address)
            time.sleep(max(0.0, SESSION_SECONDS + 1 - (time.monotonic() - signed_in)))
            page.get_by_role("link", name="Desk").click()
            expect(page.get_by_text("The session is over.")).to_be_visible()
            expect(page.get_by_role("button", name="Analyst")).to_have_count(0)


def _refuse_eve(browser: Browser, address: str) -> None:
    """She names herself by an address that her provider has not verified: nobody, and no data."""
    page = browser.new_context().new_page()
    _sign_in(page, address, "eve")
    expect(page.get_by_text("nobody of this store is known by that")).to_be_visible()
    expect(page.get_by_role("link", name="Desk")).to_have_count(0)
    page.context.close()
