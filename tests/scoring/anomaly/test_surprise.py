"""Surprise: tails worked by hand and against a slow twin, the own past, and exact parts of the total."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from scoring.anomaly import past
from scoring.anomaly.past import excess, total, usual
from scoring.anomaly.signals import SIGNALS, is_strange_when_little
from scoring.anomaly.surprise import MILLION, MOST_PEERS, Reasons, Tail, peers_among
from scoring.features import FRAUD_FEATURES

NOT_KNOWN = float("nan")
START = np.datetime64("2025-03-01T00:00:00.000000")
DAY = np.timedelta64(1, "D")


def slow_surprise(peers: list[float], value: float, *, is_little_strange: bool) -> int:
    """Count peers one by one."""
    if value != value:
        return 0
    at_least = sum(
        1 for peer in peers if peer == peer and (peer <= value if is_little_strange else peer >= value)
    )
    return round(-log((at_least + 1) / (len(peers) + 1)) * MILLION)


def test_a_value_that_no_peer_reaches_surprises_by_the_logarithm_of_their_number() -> None:
    tail = Tail(np.array([1.0, 2.0, 2.0, NOT_KNOWN]), is_little_strange=False)
    # Of four peers, one of them not known: none, two and three reach 3, 2 and 1; five, with itself.
    found = tail.surprise(np.array([3.0, 2.0, 1.0, NOT_KNOWN]))
    assert found.tolist() == [round(log(5) * 1e6), round(log(5 / 3) * 1e6), round(log(5 / 4) * 1e6), 0]
    assert tail.median == 2.0


def test_what_is_usual_among_peers_is_the_mean_of_their_own_surprises() -> None:
    tail = Tail(np.array([1.0, 2.0, 2.0, NOT_KNOWN]), is_little_strange=False)
    # 1 surprises by ln 5/4, each 2 by ln 5/3, and what is not known by nothing.
    assert tail.typical == (round(log(5 / 4) * 1e6) + 2 * round(log(5 / 3) * 1e6)) // 4


@pytest.mark.parametrize("is_little_strange", [False, True])
def test_surprise_is_that_of_its_slow_twin_with_ties_and_gaps(is_little_strange: bool) -> None:  # noqa: FBT001
    rng = np.random.default_rng(6)
    for _ in range(20):
        peers = rng.integers(0, 6, 30).astype(float)
        peers[rng.random(30) < 0.2] = NOT_KNOWN
        values = np.append(rng.integers(-1, 8, 12).astype(float), NOT_KNOWN)
        tail = Tail(peers, is_little_strange=is_little_strange)
        slow = [
            slow_surprise(peers.tolist(), value, is_little_strange=is_little_strange)
            for value in values.tolist()
        ]
        assert tail.surprise(values).tolist() == slow
        twins = [
            slow_surprise(peers.tolist(), peer, is_little_strange=is_little_strange)
            for peer in peers.tolist()
        ]
        assert tail.typical == sum(twins) // 30


def test_peers_that_are_all_not_known_surprise_nobody_and_have_no_middle() -> None:
    tail = Tail(np.array([NOT_KNOWN, NOT_KNOWN]), is_little_strange=True)
    assert tail.typical == 0
    assert np.isnan(tail.median)
    assert tail.surprise(np.array([NOT_KNOWN])).tolist() == [0]


def test_a_reason_is_the_mean_of_its_signals_and_led_by_the_strangest() -> None:
    pair = [feature for feature in SIGNALS if feature.reason == "masked network"]
    reasons = Reasons(pair, [False] * 3)
    peers = np.array([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    surprise, leader = reasons.surprises(reasons.tails(peers), np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 0.0]]))
    # Tor as usual; one of two peers masked itself so; none came from a data centre.
    assert surprise.tolist() == [[(round(log(3 / 2) * 1e6) + round(log(3) * 1e6)) // 3], [0]]
    assert leader.tolist() == [[2], [0]]


def test_the_own_past_is_ninety_days_before_and_never_the_same_instant() -> None:
    account = np.array([0, 0, 0, 0, 1])
    at = START + np.array([0, 91, 91, 92, 92]) * DAY
    surprise = np.array([[8_000_000], [2_000_000], [4_000_000], [1_000_000], [5_000_000]])
    typical = np.full((5, 1), 1_000_000)
    # The first has only its peers; the second and third do not see each other, nor what is 91 days old; the
    # fourth sees both, and one part of its peers; another account sees nobody.
    own = usual(account, at, surprise, typical)
    assert own.ravel().tolist() == [
        1_000_000,
        1_000_000,
        1_000_000,
        (2_000_000 + 4_000_000 + 1_000_000) / 3,
        1_000_000,
    ]
    more = excess(surprise, own)
    assert more.ravel().tolist() == [7.0, 1.0, 3.0, 0.0, 4.0]


def test_the_own_past_does_not_depend_on_the_order_of_rows() -> None:
    rng = np.random.default_rng(4)
    account, at = rng.integers(0, 5, 60), START + rng.integers(0, 200, 60) * DAY
    surprise, typical = rng.integers(0, 9_000_000, (60, 2)), np.full((60, 2), 700_000)
    own = usual(account, at, surprise, typical)
    for row in range(60):
        mine = (account == account[row]) & (at < at[row]) & (at >= at[row] - past.DAYS * DAY)
        slow = (surprise[mine].sum(axis=0) + typical[row]) / (mine.sum() + 1)
        assert own[row].tolist() == slow.tolist()


def test_the_total_is_the_sum_of_the_five_strongest_reasons() -> None:
    assert total(np.array([[1.0, 2.0, 4.0, 8.0, 16.0, 32.0], [0.0] * 6])).tolist() == [62.0, 0.0]


def test_peers_are_spread_over_their_order_and_few_are_all_taken() -> None:
    rows = np.arange(3 * MOST_PEERS)
    taken = peers_among(rows)
    assert len(taken) == MOST_PEERS
    assert (taken[0], taken[-1]) == (0, 3 * MOST_PEERS - 1)
    assert peers_among(rows[:7]).tolist() == list(range(7))


def test_no_signal_comes_from_labels_or_lists_of_known_bad() -> None:
    names = {feature.name for feature in SIGNALS}
    told = {
        f.name
        for f in FRAUD_FEATURES
        if any(w in f.name for w in ("confirmed", "cleared", "listed", "tainted", "ring"))
    }
    assert len(told) == 24 + 7
    assert not names & told


def test_new_and_recent_is_strange_and_so_is_activity_after_a_long_silence() -> None:
    little = {feature.name for feature in SIGNALS if is_strange_when_little(feature)}
    assert {
        "event_account_age_seconds",
        "account_device_since_first_events",
        "event_factor_strength",
    } <= little
    assert not {"account_since_last_events", "event_amount", "event_is_tor"} & little
