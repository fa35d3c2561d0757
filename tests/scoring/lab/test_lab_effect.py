from dataclasses import replace

import numpy as np
import pytest
from lab_dozen import dozen, now

from scoring.lab.effect import MEASURED, Panel, measured, reach_of


def panel(after_of_own: float, spread: float = 0.0) -> Panel:
    """Return five areas over eight weeks: 100 of everything, `own` with another level from week 0 on."""
    areas, weeks = ("a", "b", "c", "d", "own"), tuple(range(-4, 4))
    values = np.full((5, 8), 100.0)
    values[4, 4:] *= after_of_own
    values[:4, 4:] *= np.exp(spread * np.array([-1.0, 1.0, -1.0, 1.0]))[:, None]
    return Panel(areas, weeks, dict.fromkeys(MEASURED, values) | {"events": np.full((5, 8), 1000.0)})


def test_an_area_that_halved_while_the_others_stood_still_has_a_ratio_of_a_half() -> None:
    found = {one.name: one for one in measured(panel(0.5), "own", ())}
    assert set(found) == set(MEASURED)
    assert found["loss"].ratio.value == pytest.approx(0.5)
    assert (found["loss"].before, found["loss"].after, found["loss"].controls) == (100.0, 50.0, 4)
    assert found["loss"].is_shown


def test_where_the_others_move_as_far_apart_by_themselves_no_change_is_shown() -> None:
    # Their logs are -.7 and +.7: standard deviation .81, times sqrt(1 + 1/4) and t(3) = 3.18 is 2.88.
    found = measured(panel(0.5, 0.7), "own", ())[0]
    assert not found.is_shown
    assert np.log(found.ratio.high / found.ratio.value) == pytest.approx(2.876, abs=0.01)


def test_an_area_under_a_change_of_its_own_is_no_control() -> None:
    assert measured(panel(0.5), "own", {"a"})[0].controls == 3
    assert measured(panel(0.5), "own", {"a", "b"}) == ()
    assert measured(panel(0.5), "elsewhere", ()) == ()


def test_the_rules_reach_the_crime_that_goes_to_a_new_address() -> None:
    # Crime about to leave: 1000, 500 and 700 by withdrawal of A2 and A4, 50 by transfer of A5. From 600 on
    # one more factor reaches 1000 and 700 of 2250, of A2 and A4, two of three customers.
    found = reach_of(dozen(), replace(now(), step_up_from=600.0))
    assert found is not None
    assert found.loss.value == pytest.approx(1700 / 2250)
    assert found.customers.value == pytest.approx(2 / 3)
    assert found.loss.low <= found.loss.value <= found.loss.high
    assert found.hit == 3


def test_without_known_crime_nothing_can_be_said_of_reach() -> None:
    assert reach_of(dozen().taken(~dozen().crime), now()) is None
