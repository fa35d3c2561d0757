"""Signals of movement on clips whose movement is made by hand."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from drawn_face import Picture, as_bytes, draw_face, grey_picture, landmarks, noise_picture
from numpy.typing import NDArray

from data.media_signals import OVER_TIME
from scoring.media.motion import (
    banding,
    blink,
    brightness_signals,
    landmark_signals,
    moment,
    motion,
    mouth_eyes,
    repeat_signals,
    texture_swim,
)
from scoring.media.view import TEMPLATE, Plane, view_of


def moved(*shifts: tuple[float, float]) -> NDArray[np.float64]:
    return np.stack([landmarks() + shift for shift in shifts])


def of_faces(*frames: Picture, shifts: list[tuple[int, int]] | None = None) -> dict[str, float]:
    """The movement of drawn faces whose landmarks are known."""
    where = shifts or [(0, 0)] * len(frames)
    return motion([moment(view_of(f, landmarks(s))) for f, s in zip(frames, where, strict=True)])


def greys(*frames: Picture) -> Plane:
    return np.stack([view_of(frame, landmarks()).wide_grey for frame in frames])


def thumbs(*frames: Picture) -> list[Plane]:
    return [frame[..., 0].astype(np.float32) for frame in frames]


def test_two_frames_are_too_few_for_movement() -> None:
    given = of_faces(draw_face(), draw_face(seed=1))

    assert given.keys() == set(OVER_TIME)
    assert all(math.isnan(value) for value in given.values())


def test_a_face_that_moves_as_a_whole_moves_flat() -> None:
    # Eyes 72 pixels apart stand for a face 144 wide: steps of 14.4 are a tenth of it.
    given = landmark_signals(moved((0, 0), (14.4, 0), (28.8, 0), (43.2, 0)))

    assert given["head_motion"] == pytest.approx(0.1)
    assert given["head_turn"] == pytest.approx(0)
    assert given["flat_motion"] == pytest.approx(0, abs=1e-9)
    assert given["landmark_jitter"] == pytest.approx(0, abs=1e-9)


def test_a_nose_that_moves_alone_is_a_turn_and_not_flat() -> None:
    turned = np.stack([TEMPLATE] * 4)
    turned[:, 2, 0] += (0, 6, 12, 6)
    given = landmark_signals(turned)

    assert given["head_turn"] == pytest.approx(np.std([0, 6, 12, 6]) / 54, rel=0.1)
    assert given["flat_motion"] > 0.01
    assert given["landmark_jitter"] > 0


def test_a_lamp_that_flickers_flickers_on_face_and_surroundings_alike() -> None:
    # 100, 110, 100, 110: second differences of 20 on a mean of 105.
    levels = np.array([100, 110, 100, 110], np.float32)
    frames = np.ones((4, 256, 256), np.float32) * levels[:, None, None]
    given = brightness_signals(frames)

    assert given["flicker"] == pytest.approx(20 / 105)
    assert given["flicker_against_ring"] == pytest.approx(0, abs=1e-6)


def test_eyes_that_close_in_one_frame_are_a_blink() -> None:
    open_, shut = draw_face(noise=1), draw_face(noise=1, shut=True)

    assert blink(greys(open_, shut, open_, open_)) > 0.3
    assert blink(greys(open_, draw_face(noise=1, seed=1), open_)) < 0.05


def test_shutting_eyes_move_more_than_a_still_mouth() -> None:
    open_, shut = draw_face(noise=1), draw_face(noise=1, shut=True, seed=1)

    assert mouth_eyes(greys(open_, shut, open_)) < -0.5


def test_stripes_in_rows_that_change_are_banding() -> None:
    rows = 5 * np.sin(np.arange(200) * 0.8)[:, None] * np.ones((1, 200))
    base = np.random.default_rng(0).normal(128, 2, (3, 200, 200))
    striped = [(plane + sign * rows).astype(np.float32) for plane, sign in zip(base, (1, -1, 1), strict=True)]

    assert banding(striped) > 2
    assert abs(banding([plane.astype(np.float32) for plane in base])) < 0.5
    assert banding([plane.T.copy() for plane in striped]) < -2


def test_fresh_noise_is_noise_between_frames_as_within_them() -> None:
    given = of_faces(*(draw_face(noise=4, seed=seed) for seed in range(4)))

    assert math.exp(given["frame_noise"]) == pytest.approx(4 * 0.67, rel=0.15)  # grey of three channels
    assert given["frame_noise_against_noise"] == pytest.approx(0, abs=0.15)
    assert given["frame_noise_against_ring"] == pytest.approx(0, abs=0.1)
    assert given["repeated_frames"] == 0


def test_a_still_that_is_injected_has_no_noise_between_its_frames_and_repeats_itself() -> None:
    given = of_faces(*[draw_face(noise=4)] * 4)

    assert given["frame_noise"] == pytest.approx(math.log(0.05))
    assert given["frame_noise_against_noise"] < -3
    assert given["repeated_frames"] == 1


def test_a_face_without_its_own_noise_between_frames_is_seen() -> None:
    frames = []
    for seed in range(4):
        frame = draw_face(noise=4, seed=seed)
        frame[120:360, 90:270] = draw_face(noise=4, seed=0)[120:360, 90:270]
        frames.append(frame)

    assert of_faces(*frames)["frame_noise_against_ring"] < -1


def test_a_loop_returns_to_an_earlier_frame() -> None:
    a, b, c = (noise_picture(20, seed) for seed in range(3))
    other = [noise_picture(20, seed) for seed in range(3, 6)]
    looped = repeat_signals([a, b, c, a, b, c], thumbs(a, b, c, a, b, c))
    free = repeat_signals([a, b, c, *other], thumbs(a, b, c, *other))

    assert looped["repeated_frames"] == pytest.approx(3 / 5)
    assert looped["loop"] < -3
    assert free["repeated_frames"] == 0
    assert free["loop"] == pytest.approx(0, abs=0.1)


def test_a_texture_that_swims_in_the_face_alone_is_seen() -> None:
    still = cv2.GaussianBlur(noise_picture(20)[..., 0], (0, 0), 1).astype(np.float32)
    swims = []
    for seed in range(4):
        plane = still.copy()
        plane[54:214, 66:190] += np.random.default_rng(seed).normal(0, 8, (160, 124)).astype(np.float32)
        plane += np.random.default_rng(seed + 9).normal(0, 1, plane.shape).astype(np.float32)
        swims.append(plane)

    assert texture_swim(np.stack(swims)) > 1


def test_a_held_print_moves_its_background_with_the_face() -> None:
    room = cv2.GaussianBlur(noise_picture(60, 5), (0, 0), 4)
    room = cv2.resize(room, (360, 480)).astype(np.float32) - 128
    shifts = [(0, 0), (12, 0), (24, 0), (36, 0)]
    still = [as_bytes(draw_face(shift=s, noise=1) + room) for s in shifts]
    flat = [np.roll(still[0], s[0], axis=1) for s in shifts]

    assert of_faces(*flat, shifts=shifts)["moves_with_background"] > 0.8
    assert of_faces(*still, shifts=shifts)["moves_with_background"] < 0.4


def test_a_face_that_stands_still_says_nothing_of_the_background() -> None:
    frames = [draw_face(seed=seed) for seed in range(4)]

    assert math.isnan(of_faces(*frames)["moves_with_background"])


def test_a_loop_needs_frames_between() -> None:
    given = repeat_signals([grey_picture(np.zeros((8, 8)))] * 3, [np.zeros((8, 8), np.float32)] * 3)

    assert math.isnan(given["loop"])
