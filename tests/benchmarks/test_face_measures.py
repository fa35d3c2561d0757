"""The measures, folders and scales of the benchmark of faces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.face_detectors import balanced, by_place, scale_of
from benchmarks.face_folders import drawn, labelled, sets_in, species_of
from benchmarks.face_measures import (
    AT_THRESHOLD,
    RANKING,
    Trial,
    apcer_at,
    auc,
    blocks,
    equal_error_rate,
    figures,
)
from benchmarks.face_media import Measured


def trial(honest: list[float], false: list[float], threshold: float = 0.0) -> Trial:
    return Trial(np.array(honest), np.array(false), threshold)


def test_the_ranking_measures_count_pairs_and_shares() -> None:
    one = trial([1, 2, 3, 4], [2.5, 5, 6, 7])

    assert auc(one) == 14 / 16
    assert apcer_at(one, 0.25) == 1 / 4
    assert apcer_at(one, 0.05) == 1 / 4
    assert equal_error_rate(one) == 0.25


def test_a_bpcer_that_no_picture_fills_stops_no_bona_fide_picture() -> None:
    assert apcer_at(trial([1, 2, 3, 4], [3.5, 4, 5]), 0.2) == 2 / 3


def test_a_threshold_stops_what_is_above_it() -> None:
    one = trial([1, 2, 3, 4], [2, 5], threshold=2)

    assert {name: measure(one) for name, measure in AT_THRESHOLD.items()} == {"BPCER": 0.5, "APCER": 0.5}


def test_a_figure_is_the_mean_of_both_halves_beside_its_baseline() -> None:
    both = [trial([0, 0], [1, 1]), trial([1, 1], [0, 0])]

    found = figures("set", both, RANKING, [trial([1, 1], [0, 0])], "old")[0]

    assert (found.name, found.value, found.baseline, found.baseline_name) == ("set: AUC", 0.5, 0.0, "old")
    assert (found.low, found.high) == (0.5, 0.5)


def test_blocks_are_runs_of_neighbours_of_nearly_one_length() -> None:
    assert blocks(7, 2).tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert blocks(5, 5).tolist() == [0, 1, 2, 3, 4]
    assert blocks(0, 2).tolist() == []


@pytest.mark.parametrize(
    ("path", "species"),
    [
        ("bona_fide/1.png", "bona_fide"),
        ("train/ClientRaw/0001/1.jpg", "bona_fide"),
        ("test/Real Faces/1.jpg", "bona_fide"),
        ("attack/print/1.jpg", "print"),
        ("train/spoof/1.jpg", "spoof"),
        ("fake_real/1.jpg", "fake_real"),
        ("ImposterRaw/1.jpg", "imposterraw"),
        ("live_photos/attack/1.jpg", "bona_fide"),
        ("others/1.jpg", None),
        ("1.jpg", None),
    ],
)
def test_folders_say_what_a_picture_is(path: str, species: str | None) -> None:
    assert species_of(Path(path)) == species


def test_sets_lie_below_the_folder_or_are_the_folder_itself(tmp_path: Path) -> None:
    (tmp_path / "many" / "one" / "live").mkdir(parents=True)
    (tmp_path / "many" / "two" / "spoof").mkdir(parents=True)

    assert sets_in(tmp_path / "many") == [tmp_path / "many" / "one", tmp_path / "many" / "two"]
    assert sets_in(tmp_path / "many" / "one") == [tmp_path / "many" / "one"]
    assert sets_in(tmp_path / "absent") == []


def test_pictures_are_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    for name in ("real/10.png", "real/2.png", "attack/1.png", "real/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = [(path.name, species) for path, species in labelled(tmp_path)]

    assert found == [("1.png", "attack"), ("2.png", "bona_fide"), ("10.png", "bona_fide")]


def test_half_of_the_pictures_drawn_are_of_each_label_where_there_are_as_many() -> None:
    honest = [(Path(f"h{n}"), "bona_fide") for n in range(30)]
    false = [(Path(f"f{n}"), "print") for n in range(30)]

    def counts(pictures: list[tuple[Path, str]]) -> tuple[int, int]:
        species = [name for _, name in drawn(pictures, 20, 1)]
        return species.count("bona_fide"), species.count("print")

    assert counts(honest + false) == (10, 10)
    assert counts(honest + false[:4]) == (16, 4)
    assert counts(honest) == (20, 0)
    assert drawn(honest[:5], 20, 1) == honest[:5]


def test_a_scale_is_the_median_and_the_usual_distance_from_it() -> None:
    scale = scale_of(np.array([[1.0, 7], [2, 7], [3, 7], [4, 7], [100, 7]]))

    assert scale.middle.tolist() == [3, 7]
    assert scale.spread[1] == 1
    assert scale.of(np.array([[np.nan, 8], [1000, -8]])).tolist() == [[0, 1], [5, -5]]


def test_each_place_is_on_the_scale_of_its_own_bona_fide() -> None:
    media = Measured(
        np.array([[0.0], [1], [2], [100], [101], [102], [101]]),
        np.array(["bona_fide"] * 6 + ["presentation_print"]),
        np.arange(7),
        np.array(["a"] * 3 + ["b"] * 4),
        np.zeros(7, bool),
    )

    assert by_place(media).values[:, 0].round(3).tolist() == [-0.674, 0, 0.674, -0.674, 0, 0.674, 0]


def test_both_labels_weigh_the_same_in_training() -> None:
    weight = balanced(np.array([True, False, False, False]), np.ones(4))

    assert weight.round(6).tolist() == [2, 0.666667, 0.666667, 0.666667]
