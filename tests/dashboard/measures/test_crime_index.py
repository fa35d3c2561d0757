from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.measures.change import Week, change_between
from dashboard.measures.crime_index import Cell, Circumstances, Index, crime_index, verdict

ALIKE = Circumstances("organised_crime@1", recall=0.7, maturity=0.95, audited=4000)


def weeks(count: int, exposure: float, number: int = 4) -> tuple[Week, ...]:
    return (Week(count, exposure),) * number


def index_of(before: int, after: int) -> Index:
    found = crime_index([Cell("cis", "spot", weeks(before, 1000), weeks(after, 1000))])
    assert found is not None
    return found


def test_with_one_cell_the_interval_is_that_of_two_counts() -> None:
    before = (Week(10, 900.0), Week(30, 1100.0), Week(18, 1000.0))
    after = (Week(9, 1200.0), Week(8, 1000.0), Week(14, 900.0))
    plain = change_between(before, after)
    found = crime_index([Cell("cis", "spot", before, after)])
    assert plain is not None
    assert found is not None
    assert found.change.ratio == pytest.approx(plain.ratio)
    assert (found.change.low, found.change.high) == pytest.approx((plain.low, plain.high))
    assert found.change.dispersion == plain.dispersion > 1


def test_the_index_does_not_move_when_only_business_moves() -> None:
    # Rates 1 and 4 in a thousand stay; the dangerous region's business goes from a quarter to three.
    found = crime_index(
        [
            Cell("calm", "spot", weeks(3, 3000), weeks(1, 1000)),
            Cell("wild", "spot", weeks(4, 1000), weeks(12, 3000)),
        ]
    )
    assert found is not None
    # 100,000 x (3/4 x 0.001 + 1/4 x 0.004) = 175 in both windows.
    assert (found.change.before, found.change.after) == (pytest.approx(175), pytest.approx(175))
    assert found.change.ratio == pytest.approx(1)
    assert not found.change.is_shown


def test_a_cell_without_business_in_one_window_is_left_out_and_named() -> None:
    closed = Cell("mars", "futures", weeks(5, 1000), weeks(0, 0))
    found = crime_index([Cell("cis", "spot", weeks(10, 1000), weeks(10, 1000)), closed])
    assert found is not None
    assert found.left_out == ("mars, futures",)
    assert found.incidents_before == 40
    assert crime_index([closed]) is None


def test_a_shown_fall_in_like_circumstances_is_a_reduction() -> None:
    found = verdict(index_of(100, 60), ALIKE, ALIKE)
    assert found.word == "reduction"
    # 400 and 240: log 0.6 +- 1.96 sqrt(1/400 + 1/240) gives 0.511 to 0.704; exact is wider.
    assert found.reasons[0].startswith("The index fell by 40 %, between 29 and 49 %")


def test_recall_may_fall_by_five_points_and_no_more() -> None:
    index = index_of(100, 60)
    assert verdict(index, ALIKE, replace(ALIKE, recall=0.65)).word == "reduction"
    found = verdict(index, ALIKE, replace(ALIKE, recall=0.5))
    assert found.word == "fewer found, recall fell"
    assert found.reasons == (
        "Estimated recall fell by 20 points, from 70% to 50%: fewer incidents found is not less crime.",
    )


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (replace(ALIKE, definition="organised_crime@2"),
         "The definition changed from organised_crime@1 to organised_crime@2."),
        (replace(ALIKE, recall=None),
         "Recall was not measured in both windows, so a fall may be crime that went unseen."),
        (replace(ALIKE, maturity=0.80),
         "95% of the labels have arrived for the window before, 80% for this one: more than 5 points apart."),
        (replace(ALIKE, audited=2000), "Audits are not alike: 4,000 events before, 2,000 now."),
    ],
)  # fmt: skip
def test_what_else_may_explain_a_fall_forbids_the_word(after: Circumstances, reason: str) -> None:
    found = verdict(index_of(100, 60), ALIKE, after)
    assert (found.word, found.reasons) == ("no change shown", (reason,))


def test_a_shown_fall_of_too_few_incidents_is_no_reduction() -> None:
    # 40 -> 8 is shown; a fall of 30 % needs 7.8489 x (1 + 1/0.7) / log(0.7)^2 = 149.8.
    found = verdict(index_of(10, 2), ALIKE, ALIKE)
    assert found.word == "no change shown"
    assert found.reasons == ("Too few incidents: 40 before, where 150 would show a fall of 30%.",)
    # For a fall of 70 %: 7.8489 x (1 + 1/0.3) / log(0.3)^2 = 23.5.
    assert verdict(index_of(10, 2), ALIKE, ALIKE, planned_fall=0.7).word == "reduction"


def test_a_fall_within_chance_is_not_shown_and_a_rise_is_called_a_rise() -> None:
    found = verdict(index_of(10, 7), ALIKE, ALIKE)
    assert found.word == "no change shown"
    assert found.reasons == (
        "The interval holds no change (40 incidents before, 28 now); "
        "about 150 before would show a change of this size.",
    )
    assert verdict(index_of(60, 100), ALIKE, ALIKE).word == "rise"
