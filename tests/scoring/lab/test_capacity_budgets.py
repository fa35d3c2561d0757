"""Alert budgets of the desk's capacity, on the twelve events of the policy lab."""

from __future__ import annotations

from lab_dozen import dozen

from desk.capacity.past import first_places
from desk.capacity.setting import BUDGETS, TODAY


def test_a_budget_takes_its_multiple_of_the_share_of_events() -> None:
    """Four of twelve events reach today's threshold; half of that are two: 0.95 and 0.7."""
    places = first_places(dozen())

    assert places[[6, 9]].tolist() == [0, 0]
    assert places[[2, 3]].tolist() == [TODAY, TODAY]
    # Half as much again are six: 0.3 is in, the two of 0.2 would be seven.
    assert places[5] == BUDGETS.index(1.5)
    assert places[[1, 8]].tolist() == [BUDGETS.index(2.0)] * 2
