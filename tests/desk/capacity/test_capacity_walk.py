"""The walk against a hand-worked morning, a slow twin, and the closed form of a simple queue."""

from __future__ import annotations

from math import exp, factorial
from typing import Any

import numpy as np
import pytest
from slow_walk import slowly

from desk.capacity.walk import Came, Rostered, walk

QUARTERS_A_DAY = 96


def came(rows: list[dict[str, Any]]) -> Came:
    """Alerts of one hour allowed, from what differs: at, rank, loss, subject, service, channel, reaction."""
    plain = {"channel": 0, "rank": 3, "loss": 100.0, "service": 30.0, "reaction": 0.0}
    full = [plain | {"subject": number} | row for number, row in enumerate(rows)]
    columns = {name: np.array([row[name] for row in full]) for name in full[0]}
    return Came(
        at=columns["at"].astype(np.float64),
        channel=columns["channel"],
        rank=columns["rank"],
        loss=columns["loss"].astype(np.float64),
        subject=columns["subject"],
        service=columns["service"].astype(np.float64),
        reaction=columns["reaction"].astype(np.float64),
        allowed=np.full((len(full), 4), 60.0),
    )


def always(seats: int, days: int = 1) -> Rostered:
    quarters = days * QUARTERS_A_DAY
    return Rostered(
        np.full((quarters, 1), seats), np.ones((quarters, 1, 1), dtype=np.bool_), np.zeros(0, dtype=np.int64)
    )


def test_a_free_seat_begins_a_case_when_it_comes() -> None:
    found = walk(came([{"at": 10.0}]), always(1))

    assert (found.begun[0], found.ended[0]) == (10.0, 40.0)


def test_the_graver_case_is_begun_first_and_of_two_as_grave_the_one_that_loses_more() -> None:
    rows = [
        {"at": 0.0},
        {"at": 1.0, "rank": 2, "loss": 10.0},
        {"at": 2.0, "rank": 2, "loss": 50.0},
        {"at": 3.0, "rank": 0, "loss": 1.0},
    ]
    found = walk(came(rows), always(1))

    assert found.begun.tolist() == [0.0, 90.0, 60.0, 30.0]


def test_an_alert_joins_the_case_of_its_account_until_that_ends() -> None:
    rows = [
        {"at": 0.0, "subject": 7},
        {"at": 29.0, "subject": 7, "rank": 0, "loss": 5.0},
        {"at": 30.0, "subject": 7},
    ]
    found = walk(came(rows), always(1))

    assert found.case.tolist() == [0, 0, 2]
    assert found.rank.tolist()[0] == 0
    assert found.loss.tolist()[0] == 105.0


def test_a_case_that_becomes_graver_while_it_waits_is_begun_before_others() -> None:
    rows = [
        {"at": 0.0},
        {"at": 1.0, "rank": 2, "subject": 8},
        {"at": 2.0, "rank": 3, "subject": 9},
        {"at": 3.0, "rank": 1, "subject": 9},
    ]
    found = walk(came(rows), always(1))

    assert (found.begun[1], found.begun[2]) == (60.0, 30.0)


def test_nobody_takes_a_case_before_the_reaction_is_over() -> None:
    found = walk(came([{"at": 5.0, "reaction": 12.0}]), always(3))

    assert found.begun[0] == 17.0


def test_what_was_begun_is_finished_after_the_shift_and_the_next_desk_takes_the_rest() -> None:
    # Channel 0 sits for the first hour, channel 1 from then on, for both.
    seats = np.zeros((QUARTERS_A_DAY, 2), dtype=np.int64)
    seats[:4, 0], seats[4:, 1] = 1, 1
    serves = np.zeros((QUARTERS_A_DAY, 2, 2), dtype=np.bool_)
    serves[:4, 0, 0] = True
    serves[4:, 1, :] = True
    rostered = Rostered(seats, serves, np.array([4]))
    found = walk(came([{"at": 50.0}, {"at": 51.0}, {"at": 52.0}]), rostered)

    assert found.begun.tolist() == [50.0, 60.0, 90.0]
    assert found.ended.tolist() == [80.0, 90.0, 120.0]
    assert found.desk.tolist() == [0, 1, 1]


def test_a_case_that_nobody_serves_is_never_begun_and_counts_in_the_queue() -> None:
    found = walk(came([{"at": 30.0}]), always(0))

    assert np.isinf(found.begun[0])
    assert found.queue[:3, 0].tolist() == [0, 1, 1]


@pytest.mark.parametrize("seed", range(12))
def test_the_walk_is_the_slow_twin(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, quarters = 40, 24
    # Whole minutes make instants meet, and few losses make cases as urgent as others.
    alerts = Came(
        at=np.sort(rng.integers(0, 300, n)).astype(np.float64),
        channel=rng.integers(0, 3, n),
        rank=rng.integers(0, 4, n),
        loss=rng.integers(1, 4, n) * 10.0,
        subject=rng.integers(0, 20, n),
        service=rng.integers(1, 60, n).astype(np.float64),
        reaction=rng.integers(0, 20, n).astype(np.float64),
        allowed=rng.integers(1, 5, (n, 4)) * 30.0,
    )
    seats = rng.integers(0, 3, (quarters, 3))
    serves = rng.random((quarters, 3, 3)) < 0.5
    rostered = Rostered(seats, serves, np.arange(1, quarters))

    found = walk(alerts, rostered)
    columns = (found.case, found.begun, found.ended, found.desk)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == slowly(alerts, rostered)


def test_the_mean_wait_of_a_simple_queue_is_erlangs() -> None:
    # Three seats, a case every 10 minutes of 24 minutes on average: 80 % busy.
    rng = np.random.default_rng(5)
    n, between, service, seats = 60_000, 10.0, 24.0, 3
    at = np.cumsum(rng.exponential(between, n))
    days = int(at[-1] // 1440) + 2
    alerts = Came(
        at, np.zeros(n, np.int64), np.zeros(n, np.int64), np.ones(n), np.arange(n),
        rng.exponential(service, n), np.zeros(n), np.full((n, 4), 60.0),
    )  # fmt: skip
    found = walk(alerts, always(seats, days))

    load = service / between
    waits_at_all = load**seats / factorial(seats) * seats / (seats - load)
    waits_at_all /= sum(load**k / factorial(k) for k in range(seats)) + waits_at_all
    expected = waits_at_all * service / (seats - load)
    assert expected == pytest.approx(25.9, abs=0.1)
    waited = found.begun - at
    assert waited.mean() == pytest.approx(expected, rel=0.08)
    assert (waited > 0).mean() == pytest.approx(waits_at_all, rel=0.03)
    # All are as urgent, so that they are taken in the order they come: the tail is exponential.
    assert (waited > expected).mean() == pytest.approx(waits_at_all * exp(-expected * 0.6 / 24), rel=0.08)
