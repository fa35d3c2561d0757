"""Rings at their alarm, delays, honest families: a world of two true and two alarmed rings, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.ring_alarms import at_first_alarm, delays, detections, false_rings, innocents_in, median_of
from benchmarks.ring_baselines import components, grouped
from benchmarks.ring_graph_world import draw, shared_ties
from benchmarks.ring_measures import NONE, TrueRings, agreement
from benchmarks.ring_truth import World, last_groups

# Ring 0 has the accounts a, b, c and d; ring 1 e, f and g. The family 5 is h and i, the family 6 j and k.
ACCOUNTS = list("abcdefghijk")


def day(number: int) -> pd.Timestamp:
    return pd.Timestamp("2025-01-01") + pd.Timedelta(days=number)


def world() -> World:
    first = np.array([day(n) for n in (1, 1, 9, 30, 2, 3, 4)], dtype="datetime64[ns]")
    typology = np.array(["mule", "round_trip"], dtype=np.object_)
    ring = np.array([0, 0, 0, 0, 1, 1, 1])
    truth = TrueRings(11, np.arange(7), ring, np.ones(7, dtype=np.int64), typology)
    people = pd.DataFrame(
        {
            "account_id": ACCOUNTS,
            "hard_negative": ["none"] * 7 + ["family"] * 4,
            "group_number": [np.nan] * 7 + [5, 5, 6, 6],
            "is_innocent": [False] * 7 + [True] * 4,
        }
    )
    # P: a and b since day 5, c since 10, h and i since 12; alarmed on day 10. Q: e alone, d since 20.
    rows = [("P", 0, 5), ("P", 1, 5), ("P", 2, 10), ("P", 7, 12), ("P", 8, 12), ("Q", 4, 15), ("Q", 3, 20)]
    found = pd.DataFrame(
        {
            "ring_id": [name for name, _, _ in rows],
            "account": [account for _, account, _ in rows],
            "group": [0 if name == "P" else 1 for name, _, _ in rows],
            "since": [day(since) for _, _, since in rows],
            "until": pd.Series([pd.NaT] * len(rows), dtype="datetime64[ns]"),
            "alarmed_at": [day(10 if name == "P" else 20) for name, _, _ in rows],
        }
    )
    return World(pd.Index(ACCOUNTS), pd.Index(["R0", "R1"]), truth, first, people, found)


def test_an_account_is_in_the_ring_that_it_was_last_in() -> None:
    assert last_groups(world()).tolist() == [0, 0, 0, 1, 1, NONE, NONE, 0, 0, NONE, NONE]


def test_at_its_alarm_a_ring_is_held_against_who_had_committed_a_crime_by_then() -> None:
    truth, group = at_first_alarm(world())
    found = agreement(truth, group, np.ones(len(truth.typology), dtype=np.bool_))
    # P holds a, b, c, all criminals by day 10: three pairs. Q holds d, no criminal yet, and e: a wrong pair.
    assert found.precision.value == pytest.approx(3 / 4)
    # Ring 0 had three criminals by day 10, and is also the first of the two rings around Q: three pairs,
    # none of which stand in Q.
    assert found.recall.value == pytest.approx(3 / 6)


def test_a_ring_is_detected_when_an_alarmed_ring_holds_two_accounts_and_half_of_them() -> None:
    detected = detections(world())
    # P holds three of the four accounts of ring 0, Q only one of ring 1.
    assert detected["share"].tolist() == [3 / 4, 0.0]
    assert detected.loc[0, "detected_at"] == day(10)
    assert detected["detected_at"].isna().tolist() == [False, True]
    third = pd.Series([day(8), day(4)], index=[0, 1])
    assert delays(detected, third).tolist() == [2.0, np.inf]


def test_the_median_takes_what_is_never_detected_for_infinitely_late() -> None:
    assert median_of(np.array([1.0, 3.0, np.inf])).value == 3.0
    assert median_of(np.array([1.0, np.inf, np.inf])).value == np.inf


def test_a_family_stands_in_a_ring_by_mistake_when_two_innocents_do() -> None:
    whole = world()
    assert false_rings(whole, whole.found, "family").value == 1 / 2
    assert innocents_in(whole, whole.found, "family").value == 2 / 4


def test_groups_are_components_of_at_least_three_accounts() -> None:
    account, thing = np.array([0, 1, 1, 2, 3, 4, NONE]), pd.Series(["x", "x", "y", "y", "z", "z", "y"])
    assert grouped(account, thing, 6).tolist() == [0, 0, 0, NONE, NONE, NONE]
    assert components(account, thing, 6).tolist() == [0, 0, 0, 1, 1, 2]


def test_a_drawn_graph_is_the_same_from_the_same_seed_and_of_the_size_asked_for() -> None:
    one, other = draw(3_000, 9_000, 5), draw(3_000, 9_000, 5)
    assert np.array_equal(one.direct.pair, other.direct.pair)
    assert np.array_equal(one.uses.thing, other.uses.thing)
    # Payments of an account to itself are left out.
    assert abs(shared_ties(one.uses) + len(one.direct) - 9_000) < 30
