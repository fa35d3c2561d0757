from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from lab_dozen import dozen, now

from scoring.lab.backtest import Backtest, backtest
from scoring.lab.draft import Draft
from scoring.lab.frontier import Point, front, marked
from scoring.lab.outcomes import NAMES

STRICTER = replace(now(), hold=0.2, new_address_hours=24.0)


def totals(found: Backtest) -> dict[str, tuple[float, float]]:
    return {name: (one.present, one.draft) for name, one in found.totals.items()}


def test_a_backtest_counts_what_each_policy_does_with_the_twelve_events() -> None:
    # Now: 2, 3, 6 and 9 are alerts, 1, 5, 8 and 11 step-ups; A1 and A3 are disturbed. Stricter: 1, 2, 3, 5,
    # 6, 8 and 9 by score, 7 and 10 by the rule; 11 is a step-up; A0 and A6 are disturbed as well.
    assert totals(backtest(dozen(), STRICTER)) == {
        "alerts": (4, 9),
        "rule_alerts": (0, 2),
        "step_ups": (4, 1),
        "loss_caught": (1750, 1750),
        "loss_stopped": (1050, 1750),
        "loss_missed": (500, 500),
        "disturbed": (2, 4),
        "wrongful_holds": (2, 6),
    }


def test_weeks_add_up_but_a_customer_disturbed_in_both_weeks_is_one_customer() -> None:
    found = backtest(dozen(), STRICTER)
    weekly = {name: [(one.present, one.draft) for one in weeks] for name, weeks in found.weekly.items()}
    assert found.weeks == (datetime(2025, 7, 7), datetime(2025, 7, 14))
    assert weekly["alerts"] == [(3, 5), (1, 4)]
    assert weekly["disturbed"] == [(2, 2), (2, 4)]
    assert weekly["loss_caught"] == [(1050, 1050), (700, 700)]


def test_what_is_too_young_to_judge_is_no_wrongful_hold() -> None:
    # On 10 August only what is older than 30 days is ripe: event 3 of 8 July, not event 9 of 15 July.
    assert totals(backtest(dozen(datetime(2025, 8, 10)), now()))["wrongful_holds"] == (1, 1)


def test_crime_that_was_not_known_yet_does_not_exist() -> None:
    # On 9 July nothing of 8 July and later is known at noon but the crime of 8 July, told a day after.
    found = backtest(dozen().known_by(datetime(2025, 7, 9, 12)), now())
    assert totals(found)["loss_caught"] == (1000, 1000)
    assert totals(found)["loss_missed"] == (0, 0)


def test_the_present_policy_against_itself_is_zero_throughout() -> None:
    found = backtest(dozen(), now())
    for one in (*found.totals.values(), *(week for name in NAMES for week in found.weekly[name])):
        assert (one.difference.value, one.difference.low, one.difference.high) == (0, 0, 0)
        assert not one.is_shown
    assert found.changed.tolist() == []


@pytest.mark.parametrize("seed", range(20))
def test_a_stricter_draft_never_catches_less(seed: int) -> None:
    rng = np.random.default_rng(seed)
    first, second, third = sorted(rng.random(3).tolist())
    loose = Draft("cis", first, second, third)
    first, second, third = sorted(limit * rng.random() for limit in (first, second, third))
    stricter = Draft("cis", first, second, third, new_address_hours=24 * rng.random())
    before, after = backtest(dozen(), loose), backtest(dozen(), stricter)
    for name in ("loss_caught", "loss_stopped"):
        assert after.totals[name].draft >= before.totals[name].draft
    assert after.totals["loss_missed"].draft <= before.totals["loss_missed"].draft


def test_an_interval_holds_its_difference_and_is_wider_for_fewer_customers() -> None:
    caught = backtest(dozen(), replace(now(), step_up=0.05)).totals["loss_caught"]
    # Only A4's 500 is caught in addition, so resampling A4 alone moves it, in steps of 500.
    assert caught.difference.value == 500
    assert caught.difference.low == 0
    assert caught.difference.high % 500 == 0
    assert caught.difference.high >= 500


def point(name: str, cost: float, gain: float) -> Point:
    return Point(name, None, 0, loss_caught=gain, loss_stopped=gain, wrongful_holds=cost, disturbed=-cost)


def test_a_point_is_best_where_no_other_costs_no_more_and_catches_no_less() -> None:
    points = [point("a", 1, 10), point("b", 2, 10), point("c", 2, 30), point("d", 3, 20), point("e", 5, 31)]
    assert [p.name for p in marked(points, "wrongful_holds") if p.is_best] == ["a", "c", "e"]
    # Of the other cost the order is turned: e costs least and catches most.
    assert [p.name for p in marked(points, "disturbed") if p.is_best] == ["e"]


def test_two_points_that_are_the_same_are_both_best() -> None:
    assert all(p.is_best for p in marked([point("a", 1, 1), point("b", 1, 1)], "wrongful_holds"))


def test_the_front_gives_the_present_policy_and_the_draft_the_figures_of_the_backtest() -> None:
    found = front(dozen(), STRICTER, now(), dozen(), "wrongful_holds")
    assert (found[0].name, found[0].alerts, found[0].wrongful_holds) == ("present policy", 4, 2)
    assert (found[1].name, found[1].alerts, found[1].wrongful_holds) == ("your draft", 9, 6)
    assert (found[1].loss_caught, found[1].loss_stopped, found[1].disturbed) == (1750, 1750, 4)
    assert (found[0].loss_caught, found[0].loss_stopped) == (1750, 1050)
    assert (found[1].gain("wrongful_holds"), found[0].gain("disturbed")) == (1750, 1750)
    assert len({p.draft.text() for p in found[2:] if p.draft}) == len(found) - 2
