from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.measures.decomposition import RegionDetections, decompose, shapley

COUNTS = st.integers(0, 5_000)
EXPOSURES = st.floats(1, 1e7)
MAYBE = st.none() | COUNTS
REGIONS = st.lists(
    st.builds(RegionDetections, st.just("x"), EXPOSURES, EXPOSURES, COUNTS, COUNTS, MAYBE, MAYBE),
    min_size=1,
    max_size=6,
)


@given(REGIONS)
def test_the_parts_sum_to_the_whole_exactly(regions: list[RegionDetections]) -> None:
    found = decompose(regions)
    assert found is not None
    assert sum(size for _, size in found.parts) == found.after - found.before
    assert found.after - found.before == sum(r.after for r in regions) - sum(r.before for r in regions)


def test_twice_the_business_at_the_same_rate_is_all_exposure() -> None:
    found = decompose([RegionDetections("a", 100, 200, 10, 20, 10, 20)])
    assert found is not None
    assert found.parts == (("Exposure", 10), ("Regional mix", 0), ("Model or policy", 0), ("Remainder", 0))


def test_a_blinder_model_is_not_sold_as_less_crime() -> None:
    # Today's model finds half in both windows; the events are the same.
    found = decompose([RegionDetections("a", 100, 100, 40, 20, before_by_new=20, after_by_old=40)])
    assert found is not None
    assert (found.model_or_policy, found.remainder, found.exposure, found.mix) == (-20, 0, 0, 0)
    assert found.sentence() == (
        "40 before, 20 now (-20): exposure +0, regional mix +0, model or policy -20, remainder +0."
    )


def test_business_that_moves_to_a_dangerous_region_is_mix() -> None:
    # Rates 0.1 and 0.4; shares go from 3:1 to 1:3 of 200: 15 + 20 = 35 before, 5 + 60 = 65 now.
    found = decompose(
        [RegionDetections("calm", 150, 50, 15, 5, 15, 5), RegionDetections("wild", 50, 150, 20, 60, 20, 60)]
    )
    assert found is not None
    assert (found.exposure, found.mix, found.model_or_policy, found.remainder) == (0, 30, 0, 0)


def test_two_causes_share_what_only_both_together_add() -> None:
    # Exposure doubles and the rate halves: 100 -> 200 x 0.5. By either order first: +100 - 100 or
    # -50 + 50, so (100 + 50) / 2 = 75 for exposure and -75 for the remainder.
    found = decompose([RegionDetections("a", 100, 200, 100, 100, 100, 100)])
    assert found is not None
    assert (found.exposure, found.remainder) == (75, -75)


def test_without_cross_scores_the_version_is_not_measured_and_lies_in_the_remainder() -> None:
    found = decompose([RegionDetections("a", 100, 100, 40, 20)])
    assert found is not None
    assert found.model_or_policy is None
    assert found.parts[-1] == ("Remainder, model or policy in it", -20)
    assert found.sentence().endswith("model or policy in it -20; model or policy: not measured.")


def test_a_region_that_opens_at_the_common_rate_is_business_and_mix_alone() -> None:
    found = decompose([RegionDetections("a", 100, 100, 10, 10), RegionDetections("new", 0, 100, 0, 10)])
    assert found is not None
    assert (found.exposure, found.mix, found.remainder) == (10, 0, 0)


def test_detections_without_exposure_are_refused() -> None:
    with pytest.raises(ValueError, match="mars has detections without exposure"):
        decompose([RegionDetections("mars", 0, 10, 3, 1)])


def test_without_any_exposure_before_there_is_nothing_to_split() -> None:
    assert decompose([RegionDetections("a", 0, 10, 0, 1)]) is None


def test_shapley_values_of_a_product_of_two_are_their_midpoints() -> None:
    # x: 2 -> 3, y: 5 -> 7; (3 - 2) * (5 + 7) / 2 = 6 and (7 - 5) * (2 + 3) / 2 = 5.
    values = np.array([[10.0, 14.0], [15.0, 21.0]])
    assert shapley(values) == pytest.approx([6, 5])
