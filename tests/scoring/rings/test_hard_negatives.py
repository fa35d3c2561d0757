"""What looks like a ring and is none: nobody's household, campus, employer or hub raises an alarm.

Once with strengths learned from the farms of the same store, once without any label, by rarity.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from ring_world import DAYS, Exchange, built, busy, household, kinds_in_rings, rows

from data.store import Store, memory_store
from scoring.contract import SCORING_TABLES

# They begin after the warm-up, on the store's forty-fifth day.
BEGIN = 45


def families(exchange: Exchange, rng: np.random.Generator) -> None:
    """Four people each on one device and at one address, from before the first day to the last."""
    for number in range(3):
        household(exchange, f"family{number}", DAYS, rng, size=4)


def campus(exchange: Exchange, rng: np.random.Generator) -> None:
    """Thirty people, each with an own device, at one address; they arrive in three days."""
    for number in range(30):
        name = f"campus-{number}"
        exchange.opens(name, float(rng.uniform(-300, 0)))
        for day in np.arange(BEGIN + 3 * rng.random(), DAYS, 3.0).tolist():
            exchange.signs_in(name, day, f"d-{name}", "10.0.0.1")


def market_maker(exchange: Exchange, rng: np.random.Generator) -> None:
    """Sixty customers send to one account, which sends as much to sixty others, within days."""
    exchange.opens("maker-0", -100)
    for number in range(120):
        exchange.opens(f"client-{number}", float(rng.uniform(-300, BEGIN)))
    for day in np.arange(BEGIN, DAYS, 0.05).tolist():
        one, other = rng.integers(0, 60), rng.integers(60, 120)
        exchange.moves(f"client-{one}", day, "internal_transfer", 500, "maker-0")
        exchange.moves("maker-0", day + 0.5, "internal_transfer", 499, f"client-{other}")


def payroll(exchange: Exchange, rng: np.random.Generator) -> None:
    """One account pays forty every thirty days; most withdraw it, each to an address of their own."""
    exchange.opens("payroll-0", -100)
    for number in range(1, 41):
        exchange.opens(f"payroll-{number}", float(rng.uniform(-300, 40)))
    for day in range(BEGIN, DAYS - 4, 30):
        exchange.moves("payroll-0", day, "deposit", 40_000, "0xtill")
        for number in range(1, 41):
            exchange.moves(f"payroll-{number}", day + 0.01 * number, "deposit", 5, f"0xown{number}")
            exchange.moves("payroll-0", day + 0.5, "internal_transfer", 1_000, f"payroll-{number}")
            if number % 4:
                exchange.moves(f"payroll-{number}", day + 2.5, "withdrawal", 900, f"0xown{number}")


def custodian(exchange: Exchange, rng: np.random.Generator) -> None:
    """Three hundred withdraw to one address."""
    for number in range(300):
        name = f"custody-{number}"
        exchange.opens(name, float(rng.uniform(-300, BEGIN)))
        for day in (BEGIN + 7 * rng.random(2)).tolist():
            exchange.moves(name, day, "withdrawal", 50, "0xcustodian")


def carrier(exchange: Exchange, rng: np.random.Generator) -> None:
    """Two hundred behind two gateways of a carrier, and a few behind one of its hundred others."""
    exchange.networks += [{"ip": f"10.9.0.{n}", "kind": "mobile", "country": "DE"} for n in range(102)]
    for number in range(200):
        name = f"carrier-{number}"
        exchange.opens(name, float(rng.uniform(-300, BEGIN)))
        for day in (BEGIN + 60 * rng.random(4)).tolist():
            exchange.signs_in(name, day, f"d-{name}", f"10.9.0.{number % 2}")
        exchange.signs_in(name, BEGIN + 1, f"d-{name}", f"10.9.0.{2 + number // 4}")


NEGATIVES = (families, campus, market_maker, payroll, custodian, carrier)
NAMES = {"family", "campus", "maker", "client", "payroll", "custody", "carrier", "home", "own"}


@pytest.fixture(scope="module", params=["learned", "by rarity"])
def judged(request: pytest.FixtureRequest) -> Iterator[Store]:
    exchange, rng = busy(), np.random.default_rng(8)
    for negative in NEGATIVES:
        negative(exchange, rng)
    if request.param == "by rarity":
        exchange.labels.clear()
    store = memory_store()
    store.create(SCORING_TABLES)
    built(store, exchange)
    assert bool(rows(store, "FROM ring_models WHERE model = 'ties'")) is (request.param == "learned")
    yield store
    store.close()


@pytest.mark.parametrize("name", sorted(NAMES))
def test_nobody_who_is_no_farm_is_in_a_ring_that_raised_an_alarm(judged: Store, name: str) -> None:
    assert name not in kinds_in_rings(judged)


def test_farms_are_found_all_the_same(judged: Store) -> None:
    assert "farm" in kinds_in_rings(judged)
    found = "SELECT count(DISTINCT regexp_extract(account_id, '^[a-z]+[0-9]+')) FROM ring_members"
    ((farms,),) = rows(judged, f"{found} WHERE account_id LIKE 'farm%'")
    # Of sixty the first ten or so came and went within the warm-up.
    assert farms >= 40
