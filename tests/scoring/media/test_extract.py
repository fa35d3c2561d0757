from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from drawn_face import clip_of, draw_face, landmarks

from data.clip import Clip
from data.errors import ModelError
from data.media_signals import OVER_TIME, SIGNALS
from scoring.media import finding
from scoring.media.extract import extract, frame_signals
from scoring.media.finding import find_faces
from scoring.media.view import TEMPLATE, similarity, view_of
from scoring.threads import on_all_cores

NAMES = [signal.name for signal in SIGNALS]


def test_every_declared_signal_is_measured_and_nothing_else() -> None:
    measured = frame_signals(view_of(draw_face(), landmarks()))

    assert sorted([*measured, *OVER_TIME]) == sorted(NAMES)


def test_a_clip_has_all_signals_but_that_of_a_model_nobody_gave() -> None:
    found = extract(clip_of(*(draw_face(seed=seed, shift=(9 * seed, 0)) for seed in range(4))))

    unknown = [name for name, value in zip(NAMES, found.values, strict=True) if np.isnan(value)]
    assert unknown == ["own_model_score"]
    assert (found.problem, found.frames, found.faces) == (None, 4, 1)


def test_a_photograph_has_all_signals_but_those_of_movement() -> None:
    found = extract(clip_of(draw_face()))

    unknown = [name for name, value in zip(NAMES, found.values, strict=True) if np.isnan(value)]
    assert unknown == [*OVER_TIME, "own_model_score"]


def test_a_signal_is_the_median_over_frames() -> None:
    frames = [draw_face(noise=noise) for noise in (1.0, 3.0, 9.0)]
    place = NAMES.index("noise")

    alone = [extract(clip_of(frame)).values[place] for frame in frames]

    assert extract(clip_of(*frames)).values[place] == sorted(alone)[1]


def test_a_frame_without_a_face_contributes_nothing() -> None:
    wall = np.full_like(draw_face(), 128)
    with_wall, without = extract(clip_of(draw_face(), wall)), extract(clip_of(draw_face()))

    assert with_wall.frames == 1
    assert np.array_equal(with_wall.values, without.values, equal_nan=True)


def test_a_wall_has_no_face() -> None:
    found = extract(clip_of(np.full((240, 320, 3), 128, np.uint8)))

    assert (found.problem, found.faces, found.frames, found.box) == ("no_face", 0, 0, None)
    assert np.isnan(found.values).all()


def test_two_people_are_many_faces_and_one_far_behind_is_not() -> None:
    two = np.hstack([draw_face(), draw_face(seed=1)])
    small = draw_face()[::3, ::3]
    behind = np.full((480, 520, 3), (150, 140, 120), np.uint8)
    behind[:, :360] = draw_face()
    behind[10 : 10 + small.shape[0], 380 : 380 + small.shape[1]] = small

    assert extract(clip_of(two)).problem == "many_faces"
    assert extract(clip_of(two)).faces == 2
    assert extract(clip_of(behind)).problem is None


def test_a_face_of_a_few_pixels_is_too_small() -> None:
    wide = np.full((600, 640, 3), (150, 140, 120), np.uint8)
    wide[200:280, 200:260] = draw_face(noise=0)[::6, ::6]
    found = extract(clip_of(wide))

    assert found.problem in ("face_too_small", "no_face")
    assert np.isnan(found.values).all()


def test_the_surest_face_has_its_box_and_landmarks_beside_it() -> None:
    found = extract(clip_of(draw_face()))

    assert found.best == 0
    assert found.landmarks is not None
    assert np.abs(found.landmarks - landmarks()).max() < 12
    assert found.box is not None
    left, top, width, height = found.box
    assert left < 144 < 216 < left + width
    assert top < 215 < 300 < top + height


def test_a_model_of_the_user_is_one_more_signal() -> None:
    found = extract(clip_of(draw_face()), own_model=lambda frame, points: float(frame.shape[1] + len(points)))

    assert found.values[NAMES.index("own_model_score")] == 365


def test_a_similarity_finds_shift_turn_and_scale() -> None:
    turn = np.array([[0.0, -2.0], [2.0, 0.0]])
    given = TEMPLATE @ turn.T + (5.0, -7.0)

    assert similarity(TEMPLATE, given) == pytest.approx(np.column_stack([turn, (5.0, -7.0)]))


@pytest.mark.parametrize("scale", [1, 2])
def test_a_face_stands_upright_at_the_same_place_whatever_its_size(scale: int) -> None:
    frame = np.kron(draw_face(noise=0), np.ones((scale, scale, 1), np.uint8))
    view = view_of(frame, landmarks() * scale)

    # Both pupils are dark, where the template has them.
    assert view.wide_grey[104:112, 97:105].min() < 90
    assert view.wide_grey[104:112, 151:159].min() < 90
    assert view.wide.shape == (256, 256, 3)


def test_threads_have_detectors_of_their_own_and_find_the_same() -> None:
    frames = [draw_face(seed=seed) for seed in range(6)]

    boxes = [faces.boxes for faces in on_all_cores(find_faces, frames)]

    assert all(np.array_equal(box, find_faces(frame).boxes) for box, frame in zip(boxes, frames, strict=True))


def test_finding_faces_prints_nothing() -> None:
    code = (
        "import numpy as np; from scoring.media.finding import find_faces;"
        "print(len(find_faces(np.zeros((99, 99, 3), np.uint8))))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert (done.stdout.strip(), done.stderr) == ("0", "")


def test_weights_that_were_changed_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "yunet.onnx").write_bytes(b"other weights")
    monkeypatch.setattr(finding, "WEIGHTS", tmp_path / "yunet.onnx")
    finding._checked_weights.cache_clear()

    with pytest.raises(ModelError, match="not the ones that Watchfloor was measured with"):
        finding._checked_weights()
    finding._checked_weights.cache_clear()


def test_an_empty_clip_has_no_face() -> None:
    assert extract(Clip(np.empty((0, 10, 10, 3), np.uint8), np.empty(0))).problem == "no_face"
