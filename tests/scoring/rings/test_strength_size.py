"""Strengths learned from a part of the unconfirmed pairs, and asked for in pieces."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.rings import strength
from scoring.rings.kinds import DEVICE, SHARED
from scoring.rings.strength import Known, learn
from scoring.rings.ties import Floats, Ties, padded, pairs_of

# Pairs of accounts: the first 300 were confirmed together, and used their device on the same day.
_PAIRS, _CONFIRMED = 3_000, 300


def tied() -> tuple[Ties, Floats, Known]:
    number = np.arange(_PAIRS)
    pair = pairs_of(2 * number, 2 * number + 1)
    is_confirmed = number < _CONFIRMED
    apart = np.where(is_confirmed, 0.5, 20.0 + number % 7)
    features = padded([apart if name == "apart" else np.full(_PAIRS, 2.0) for name in SHARED])
    ties = Ties(pair, np.full(_PAIRS, DEVICE.number), number, number, number, features)
    lockstep = np.stack([number % 91.0, (number % 2).astype(np.float64)], axis=1)
    accounts = np.arange(2 * _CONFIRMED)
    return ties, lockstep, Known(pair[is_confirmed], accounts)


def test_ties_asked_for_in_pieces_add_what_they_add_together(monkeypatch: pytest.MonkeyPatch) -> None:
    ties, lockstep, known = tied()
    found = learn(ties, lockstep, known)
    assert found is not None
    together = found.adds(ties, lockstep)
    monkeypatch.setattr(strength, "_PIECE", 700)
    assert np.array_equal(found.adds(ties, lockstep), together)


def test_the_context_is_the_same_for_a_tie_alone_as_among_others() -> None:
    ties, lockstep, known = tied()
    found = learn(ties, lockstep, known)
    assert found is not None
    rows = np.array([4, 2_000])
    assert np.array_equal(found.adds(ties.where(rows), lockstep[rows]), found.adds(ties, lockstep)[rows])


def test_a_part_of_the_unconfirmed_pairs_is_made_up_for_in_the_base(monkeypatch: pytest.MonkeyPatch) -> None:
    ties, lockstep, known = tied()
    monkeypatch.setattr(strength, "MOST_UNCONFIRMED", 1_350)
    found = learn(ties, lockstep, known)
    assert found is not None
    # 2,700 were not confirmed: half of them are read, and the odds of a pair are half of what the trees saw.
    assert found.share_read == 0.5
    assert found.base == pytest.approx(found.raw_base + np.log(0.5))
    assert found.positives == _CONFIRMED
    assert abs(found.examples - _CONFIRMED - 1_350) < 60


def test_without_too_many_pairs_all_are_read() -> None:
    ties, lockstep, known = tied()
    found = learn(ties, lockstep, known)
    assert found is not None
    assert (found.examples, found.share_read, found.base) == (_PAIRS, 1.0, found.raw_base)
