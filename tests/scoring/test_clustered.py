import numpy as np
import pytest

from scoring.clustered import clustered_share, numbered


def share(hits: list[int], cluster: list[int]) -> tuple[float, float, float]:
    found = clustered_share(np.array(hits, dtype=bool), np.array(cluster))
    assert found is not None
    return found.value, round(found.low, 4), round(found.high, 4)


def test_of_nothing_there_is_no_share() -> None:
    assert clustered_share(np.empty(0, dtype=bool), np.empty(0, dtype=np.int64)) is None


def test_clusters_that_agree_within_count_as_one_check_each_at_most() -> None:
    # Four rings of five checks: two pass whole, two not at all. p = 1/2. The ratio's variance is
    # (4 * 2.5^2) * 4/3 / 20^2 = 1/12, that of single checks 0.25 / 20 = 1/80: an effect of 20/3. So 20 checks
    # count as 3, and (3.18245 / 1.95996)^2 = 2.63648 takes them to 1.13788. Wilson's interval of 1/2 of n:
    # half of it is z / (1 + z^2/n) * sqrt(1/(4n) + z^2/(4n^2)) = 0.43917 with n = 1.13788.
    found = share([1] * 10 + [0] * 10, [0] * 5 + [1] * 5 + [2] * 5 + [3] * 5)

    assert found == (0.5, 0.0608, 0.9392)


def test_where_everybody_passed_each_cluster_is_one() -> None:
    # 0 of 12 in rings of 6, 3 and 3: 144 / (36 + 9 + 9) = 8/3 independent ones; Wilson's upper end of 0 of n
    # is z^2 / (n + z^2) = 3.84146 / 6.50813.
    assert share([0] * 12, [0] * 6 + [1] * 3 + [2] * 3) == (0.0, 0.0, 0.5903)


def test_strangers_are_nearly_wilsons() -> None:
    # 15 of 148 alone: Newcombe's 0.0624 to 0.1605; a variance of 147/148 is none below one, and Student's
    # quantile of 147 degrees, 1.97623, widens it by less than one part in a hundred.
    low, high = share([1] * 15 + [0] * 133, list(range(148)))[1:]

    assert (low, high) == (pytest.approx(0.0624, abs=0.001), pytest.approx(0.1605, abs=0.002))


def test_one_ring_is_one_check_whatever_its_size() -> None:
    # 20 of 40 in one ring say as much as one check of which half passed: z / (1 + z^2) * sqrt((1 + z^2) / 4).
    assert share([1, 0] * 20, [0] * 40) == (0.5, 0.0546, 0.9454)


def test_intervals_of_rings_hold_the_truth_as_often_as_they_say_and_single_ones_do_not() -> None:
    # 12 rings of 1 to 15 checks; a ring's chance to pass is Beta(1, 3): a quarter on average.
    rng = np.random.default_rng(5)
    trials, inside, inside_alone = 1_500, 0, 0
    for _ in range(trials):
        sizes = rng.integers(1, 16, 12)
        ring = np.repeat(np.arange(12), sizes)
        is_hit = rng.random(len(ring)) < np.repeat(rng.beta(1, 3, 12), sizes)
        rings, alone = clustered_share(is_hit, ring), clustered_share(is_hit, np.arange(len(ring)))
        assert rings is not None
        assert alone is not None
        inside += rings.low <= 0.25 <= rings.high
        inside_alone += alone.low <= 0.25 <= alone.high

    assert 0.93 <= inside / trials <= 0.98
    assert inside_alone / trials < 0.85


def test_equal_names_have_one_number() -> None:
    assert numbered(np.array(["b", "a", "b"], dtype=object)).tolist() == [1, 0, 1]
