"""Shares and their differences, against published and hand-worked intervals."""

from __future__ import annotations

import pytest

from dashboard.measures.desk.shares import difference, share_of


def test_a_share_has_wilsons_interval_and_none_without_trials() -> None:
    found = share_of(81, 263)
    assert found is not None
    # Newcombe 1998, table I: 81 of 263 is 0.2553 to 0.3662 by Wilson's method.
    assert found.share == pytest.approx(0.3080, abs=1e-4)
    assert found.low == pytest.approx(0.2553, abs=1e-4)
    assert found.high == pytest.approx(0.3662, abs=1e-4)
    assert share_of(0, 0) is None


def test_a_difference_has_newcombes_interval() -> None:
    # Newcombe 1998, table II: 56 of 70 less 48 of 80 is 0.0524 to 0.3339 by method 10.
    found = difference(share_of(48, 80), share_of(56, 70))
    assert found is not None
    assert found.size == pytest.approx(0.2)
    assert found.low == pytest.approx(0.0524, abs=1e-4)
    assert found.high == pytest.approx(0.3339, abs=1e-4)
    assert found.is_shown
    assert difference(None, share_of(1, 2)) is None


def test_scatter_widens_the_interval_as_if_there_were_fewer_trials() -> None:
    wide, few = share_of(40, 100, 4.0), share_of(10, 25)
    assert wide is not None
    assert few is not None
    assert wide.low == pytest.approx(few.low)
    assert wide.high == pytest.approx(few.high)
    assert (wide.trials, few.trials) == (100, 25)
