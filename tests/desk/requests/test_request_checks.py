"""Is it genuine? What each check finds, what the score adds up to, and what must be passed."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from small_requests import ASKED, BOOK, EMERGENCY, NOON, OF_USER

from data.home import Home
from data.world.records.agencies import all_agencies
from desk.requests.acting import Incoming, begun
from desk.requests.book import DEMONSTRATION, IN_THE_ACCOUNT, BookError, read_book
from desk.requests.checks import Authenticity, Seen, weigh
from desk.requests.lookalikes import distance, domain_of, resembled

KNOWN = "cyber.ke.example"


UNSEEN = Seen()


def told(incoming: Incoming = ASKED, seen: Seen = UNSEEN, **state: Any) -> Authenticity:
    return weigh(replace(begun(incoming, "Q-1", NOON), **state), BOOK, seen)


def words(found: Authenticity, name: str) -> str:
    return next(check.words for check in found.checks if check.name == name)


def test_the_score_is_the_logistic_of_the_weights() -> None:
    found = told()
    # Agency 0.5, domain 1.5, first contact -0.5, officer 0.3, law 0.7, number 0.2, scope 0.2, words 0.1.
    assert sum(check.weight for check in found.checks) == pytest.approx(3.0)
    assert found.score == pytest.approx(1 / (1 + math.exp(-3.0)), abs=1e-4)
    assert found.missing == ("call_back",)


@pytest.mark.parametrize(
    "contact",
    [
        "x@cyber.ke.examp1e",
        "x@cybre.ke.example",
        "x@\u0441yber.ke.example",
        "x@xn--yber-8ye.ke.example",
        "x@cyber-ke-example.org",
        "x@cyber.ke.example.secure-post.example",
    ],
)
def test_a_look_alike_domain_is_named_and_no_call_back_heals_it(contact: str) -> None:
    found = told(replace(ASKED, contact=contact), call_confirmed=True, called_at=NOON, called_number="+000 1")
    assert words(found, "domain").endswith(f"is made to look like {KNOWN}.")
    assert found.missing == ("domain",)


def test_a_domain_that_the_book_does_not_know_is_healed_by_a_call_back() -> None:
    ministry = replace(ASKED, contact="x@justice.gov.test")
    assert told(ministry).missing == ("domain", "call_back")
    called = told(ministry, call_confirmed=True, called_at=NOON, called_number="+000 1")
    assert called.missing == ()


def test_a_domain_of_another_authority_is_not_the_one_that_it_names() -> None:
    found = told(replace(ASKED, contact="x@court.de.example"), call_confirmed=True, called_at=NOON)
    assert words(found, "domain") == "court.de.example belongs to another authority than it names."
    assert found.missing == ("domain",)


def test_who_says_that_it_is_not_theirs_decides() -> None:
    found = told(call_confirmed=False, called_at=NOON, called_number="+000 1")
    assert found.score < 0.05
    assert found.missing == ("call_back",)


def test_a_known_contact_needs_no_call_back_except_for_emergencies_and_orders() -> None:
    seen = Seen(requests=4, confirmed=1)
    assert told(seen=seen).missing == ()
    assert told(EMERGENCY, seen=seen).missing == ("call_back",)


def test_words_that_push_past_the_checks_count_against_it() -> None:
    pushing = told(replace(EMERGENCY, words="Do not call. No time to verify!"))
    assert words(pushing, "urgency") == "It pushes: do not call, no time to verify."
    # 3.0 as above without the 0.1 of calm words, and twice 1.2 less.
    assert pushing.score == pytest.approx(1 / (1 + math.exp(-0.5)), abs=1e-4)


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"officer": " "}, "officer"),
        ({"legal_basis": None}, "legal_basis"),
        ({"legal_basis": "Public interest notice"}, "legal_basis"),
        ({"agency": "Office of Nowhere"}, "agency"),
    ],
)
def test_each_required_check_that_fails_is_missing(changed: dict[str, Any], missing: str) -> None:
    assert missing in told(replace(ASKED, **changed)).missing


def test_a_law_of_one_country_is_no_basis_in_another() -> None:
    given = replace(ASKED, legal_basis="Strafprozessordnung, 94")
    assert "legal_basis" in told(given).missing
    of_court = replace(given, agency="Court of Tests", country="DE", contact="orders@court.de.example")
    assert told(of_court).missing == ()


def test_a_user_is_asked_within_the_account() -> None:
    assert told(OF_USER).missing == ("owner",)
    by_phone = told(OF_USER, call_confirmed=True, called_at=NOON, called_number="+000 1")
    assert by_phone.missing == ("owner",)
    assert told(OF_USER, call_confirmed=True, called_at=NOON, called_number=IN_THE_ACCOUNT).missing == ()


def test_every_made_up_authority_of_the_world_is_in_the_demonstration_book() -> None:
    book = read_book(DEMONSTRATION)
    for name, kind, country, domain in all_agencies():
        found = book.find(name, country)
        assert found is not None
        assert (found.kind, found.domains) == (kind, (domain,))


def test_a_book_that_says_what_cannot_be_is_refused_with_where(home: Home) -> None:
    home.path.mkdir(parents=True, exist_ok=True)
    path = home.path / "authorities.toml"
    path.write_text('authorities = [{ name = "X", country = "DE", kind = "court", domains = ["x.example"] }]')
    with pytest.raises(BookError, match="An authority needs number") as refused:
        read_book(path)
    assert f"{path}: row 1" in str(refused.value)


def test_the_distance_counts_a_swap_of_neighbours_once() -> None:
    assert distance("cyber", "cyebr", 2) == 1
    assert distance("cyber", "ciper", 2) == 2
    assert distance("cyber", "nothing", 2) == 3


def test_a_domain_below_a_known_one_is_that_of_the_same_house() -> None:
    assert resembled(f"mail.{KNOWN}", [KNOWN]) is None
    assert domain_of("No Address") is None
    assert domain_of("A@Cyber.KE.example.") == KNOWN


def test_a_period_of_four_years_and_thirty_accounts_are_more_than_usual() -> None:
    long = told(since=datetime(2021, 1, 1), until=datetime(2025, 1, 1))
    assert words(long, "scope") == "It asks for 1461 days."
    assert words(told(accounts=30), "scope") == "It asks about 30 accounts at once."
