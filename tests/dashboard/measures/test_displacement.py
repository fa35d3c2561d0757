from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from dashboard.measures.change import Week, change_between
from dashboard.measures.displacement import Place, find_displacement, holm, p_of_rise


def place(region: str, kind: str, before: int, after: int, exposure: float = 1000.0) -> Place:
    return Place(region, kind, (Week(before, exposure),) * 4, (Week(after, exposure),) * 4)


FALLEN = place("indonesia", "takeover", 100, 50)


def test_holm_worked_by_hand() -> None:
    # Sorted 0.01, 0.02, 0.04 times 3, 2, 1: 0.03, 0.04, 0.04.
    assert holm([0.04, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    # 0.02 x 2 = 0.04, then 0.03 x 1 may not fall below it; nothing exceeds 1.
    assert holm([0.03, 0.02]) == pytest.approx([0.04, 0.04])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_the_p_value_of_a_rise_is_the_binomial_tail() -> None:
    one = Place("a", "b", (Week(4, 100.0),), (Week(11, 150.0),))
    change = change_between(one.before, one.after)
    assert change is not None
    assert p_of_rise(one, change) == pytest.approx(binom.sf(10, 15, 0.6))


def test_a_rise_next_door_is_named() -> None:
    found = find_displacement(
        "indonesia", "takeover",
        [FALLEN, place("south asia", "takeover", 50, 100), place("indonesia", "mule", 40, 40),
         place("cis", "mule", 10, 90)],
    )  # fmt: skip
    assert found is not None
    assert [c.place.name for c in found.candidates] == ["takeover in south asia", "mule in indonesia"]
    assert [c.place.name for c in found.risen] == ["takeover in south asia"]
    # 400 to 200: log 0.5 +- 1.96 sqrt(1/400 + 1/200) gives 0.422 to 0.593.
    assert found.sentence().startswith(
        "takeover in indonesia fell by 50 %, between 41 and 58 %, but part may have moved: "
        "takeover in south asia rose by 100 %, between "
    )


def test_places_of_different_level_taken_together_do_not_count_as_scatter() -> None:
    found = find_displacement(
        "indonesia",
        "takeover",
        [FALLEN, place("cis", "takeover", 100, 100), place("indonesia", "mule", 1, 1)],
    )
    assert found is not None
    assert found.together is not None
    assert (found.together.before, found.together.dispersion) == (404, 1.0)


def test_where_nothing_rises_it_is_said_with_what_all_together_allow() -> None:
    found = find_displacement("indonesia", "takeover", [FALLEN, place("cis", "takeover", 100, 100)])
    assert found is not None
    # 400 and 400: exp(1.96 sqrt(2/400)) = 1.149, exactly a little more.
    assert found.sentence() == (
        "No rise is shown in 1 other places and kinds looked at; together between a fall of 13 % and "
        "a rise of 15 %."
    )


def test_few_incidents_elsewhere_cannot_tell() -> None:
    found = find_displacement("indonesia", "takeover", [FALLEN, place("cis", "takeover", 2, 2)])
    assert found is not None
    assert found.sentence().startswith("Too few incidents to tell whether crime moved: 1 other")


def test_without_a_fall_or_others_there_is_nothing_to_say() -> None:
    calm = find_displacement("a", "b", [place("a", "b", 10, 10)])
    alone = find_displacement("indonesia", "takeover", [FALLEN])
    assert calm is not None
    assert alone is not None
    assert calm.sentence() == "No fall is shown for b in a, so there is nothing that could have moved."
    assert alone.sentence() == "takeover in indonesia fell; there is no other place or kind to compare with."
    with pytest.raises(ValueError, match=r"c in d is not among the places: \['b in a'\]"):
        find_displacement("d", "c", [place("a", "b", 1, 1)])


def test_with_twenty_candidates_and_no_move_a_rise_is_seldom_called() -> None:
    random = np.random.default_rng(8)
    called = 0
    for _ in range(200):
        others = [
            Place(
                f"r{i}",
                "takeover",
                *(tuple(Week(int(n), 100.0) for n in random.poisson(8, 13)) for _ in "ab"),
            )
            for i in range(20)
        ]
        found = find_displacement("indonesia", "takeover", [FALLEN, *others])
        assert found is not None
        called += bool(found.risen)
    assert called <= 12  # 2.5 % of 200 are 5
