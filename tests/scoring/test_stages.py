"""Two stages, one answer: when media are read, what is forgotten when not, and what training sees."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from scoring.artefact import Model
from scoring.calibration import Calibration
from scoring.frame import empty_frame
from scoring.liveness import LIVENESS
from scoring.recipe import Recipe
from scoring.stages import (
    Band,
    as_decided,
    band_of,
    in_stages,
    late_columns,
    score_by,
    taught_both,
    without_late,
)

# One capture signal and one of the media: enough for every rule.
CAPTURE = next(f for f in LIVENESS.features if f.family == "capture")
LATE = next(f for f in LIVENESS.features if f.is_late)
TWO: Recipe = replace(LIVENESS, features=(CAPTURE, LATE))


class Adds:
    """Trees whose raw score is the sum of what is known."""

    def decision_function(self, matrix: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.nansum(matrix, axis=1)


MODEL = cast(Model, SimpleNamespace(calibration=Calibration(1.0, 0.0), raw=Adds().decision_function))


def odds(*probabilities: float) -> list[float]:
    return [float(np.log(p / (1 - p))) for p in probabilities]


def test_late_are_the_signals_of_the_pictures_and_nothing_that_the_kit_sends_at_once() -> None:
    late = {LIVENESS.features[position].name for position in late_columns(LIVENESS)}

    assert "event_blur" in late
    assert "event_media_score" not in late
    assert {LIVENESS.features[position].family for position in late_columns(LIVENESS)} == {"media"}


def test_media_are_read_only_inside_the_band_and_only_there_do_they_count() -> None:
    band = Band(0.1, 0.9)
    # First stage .05, .5, .5, .95; what the pictures add would be much in each of them.
    matrix = np.column_stack([odds(0.05, 0.5, 0.5, 0.95), [3.0, 3.0, np.nan, -9.0]])

    found = in_stages(TWO, MODEL, band, matrix)

    assert found.stage.tolist() == ["capture", "media", "no media", "capture"]
    assert found.cheap == pytest.approx([0.05, 0.5, 0.5, 0.95])
    assert found.score == pytest.approx([0.05, 1 / (1 + np.exp(-3.0)), 0.5, 0.95])


def test_a_replay_of_what_was_decided_on_gives_the_same_score_bit_for_bit() -> None:
    rng = np.random.default_rng(4)
    matrix = rng.normal(0, 2, (200, 2))
    matrix[::7, 1] = np.nan

    found = in_stages(TWO, MODEL, Band(0.2, 0.8), matrix)

    assert (score_by(MODEL, as_decided(TWO, matrix, found.stage)) == found.score).all()
    assert np.array_equal(as_decided(TWO, matrix, found.stage), found.matrix, equal_nan=True)


def test_a_model_of_one_stage_reads_everything() -> None:
    matrix = np.column_stack([odds(0.05, 0.5), [3.0, 3.0]])

    found = in_stages(TWO, MODEL, None, matrix)

    assert found.score == pytest.approx(score_by(MODEL, matrix))
    assert found.stage.tolist() == [None, None]


def test_training_sees_each_event_with_media_once_more_without_them() -> None:
    frame = replace(
        empty_frame(2),
        matrix=np.array([[1.0, 7.0], [2.0, np.nan], [3.0, 9.0]]),
        is_crime=np.array([True, False, False]),
        account=np.array([0, 1, 2]),
        occurred_at=np.zeros(3, dtype="datetime64[us]"),
        region=np.array(["a", "b", "c"], dtype=object),
        kind=np.array(["k"] * 3, dtype=object),
        amount=np.full(3, np.nan),
        typology=np.array([None] * 3, dtype=object),
    )

    taught = taught_both(TWO, frame)

    nan = np.nan
    expected = [[1.0, 7.0], [2.0, nan], [3.0, 9.0], [1.0, nan], [3.0, nan]]
    assert np.array_equal(taught.matrix, np.array(expected), equal_nan=True)
    assert taught.is_crime.tolist() == [True, False, False, True, False]
    assert taught.account.tolist() == [0, 1, 2, 0, 2]


def test_the_band_begins_where_more_than_one_attack_in_a_hundred_would_slip_by() -> None:
    # 200 attacks of which media would stop all; the first stage passes four of them, so two may be lost.
    attacks_cheap = np.r_[[0.01, 0.02, 0.03, 0.04], np.full(196, 0.7)]
    honest = np.full(100, 0.001)
    cheap = np.r_[attacks_cheap, honest]
    full = np.r_[np.full(200, 0.9), honest]
    is_bad = np.arange(300) < 200

    band = band_of(cheap, full, is_bad, stop=0.5, certain=0.8)

    assert band.low == 0.03
    assert band.reads(np.array([0.02, 0.03, 0.7])).tolist() == [False, True, True]


def test_three_in_four_honest_people_never_wait_for_their_pictures_to_be_read() -> None:
    honest = np.linspace(0.0, 0.1, 101)
    cheap, full = np.r_[honest, [0.001] * 10], np.r_[honest, [0.9] * 10]

    band = band_of(cheap, full, np.arange(111) > 100, stop=0.5, certain=0.8)

    # Every attack hides among the most honest scores, and still three in four are spared.
    assert band.low == pytest.approx(0.075)
    assert (honest < band.low).mean() >= 0.74


def test_above_the_band_nothing_in_the_pictures_would_have_saved_a_check() -> None:
    cheap = np.array([0.3, 0.92, 0.95, 0.97])
    full = np.array([0.2, 0.6, 0.99, 0.99])

    band = band_of(cheap, full, np.array([False, False, True, True]), stop=0.5, certain=0.8)

    assert band.reads(cheap).tolist() == [False, True, False, False]


def test_hiding_changes_a_copy_and_not_the_rows_themselves() -> None:
    matrix = np.array([[1.0, 2.0]])

    hidden = without_late(TWO, matrix)

    assert np.isnan(hidden[0, 1])
    assert matrix[0, 1] == 2.0
