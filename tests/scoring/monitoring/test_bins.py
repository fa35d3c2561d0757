from __future__ import annotations

import numpy as np

from scoring.monitoring.bins import CODES, MISSING, codes_of, counted, edges_of

TEN = np.arange(1.0, 11.0)


def test_ten_values_make_ten_parts_each_ended_by_its_own_value() -> None:
    edges = edges_of(("tens",), TEN[:, None])

    assert edges.inner[0].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert codes_of(edges, TEN[:, None])[:, 0].tolist() == list(range(10))
    assert edges.labels(0)[0] == "up to 1"
    assert edges.labels(0)[-1] == "over 9"


def test_a_feature_that_is_nearly_always_nothing_has_two_parts() -> None:
    values = np.array([0.0] * 98 + [3.0, 7.0])[:, None]
    edges = edges_of(("rare",), values)

    assert edges.used[0].sum() == 2
    assert np.bincount(codes_of(edges, values)[:, 0]).tolist() == [98, 2]


def test_what_is_not_known_has_a_part_of_its_own() -> None:
    edges = edges_of(("tens",), TEN[:, None])

    assert codes_of(edges, np.array([[np.nan], [99.0]]))[:, 0].tolist() == [MISSING, 9]


def test_rows_are_counted_by_cell_and_part() -> None:
    codes = np.array([[0, MISSING], [0, 1], [2, 1]], dtype=np.uint8)

    found = counted(codes, np.array([0, 1, 1]), 2)

    assert found.shape == (2, 2, CODES)
    assert found[0, 1, [0, 2]].tolist() == [1, 1]
    assert found[1, 0, MISSING] == 1
    assert found[1, 1, 1] == 2
