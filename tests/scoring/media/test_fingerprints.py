"""Fingerprints of drawn scenes: altered copies stay near, other scenes are far, and plain ones have none."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from data.clip import Clip, Frame
from scoring.media.fingerprints import background_print, face_print, prints_of, video_print, whole_print
from scoring.media.registration import TEMPLATE, from_landmarks, register
from scoring.media.search import BACKGROUND_RADIUS, BYTES, DOCUMENT_RADIUS, FACE_RADIUS, VIDEO_RADIUS

EYES_APART = 70.0
Points = NDArray[np.float64]
RADII = {"face": FACE_RADIUS, "background": BACKGROUND_RADIUS, "video": VIDEO_RADIUS}


def scene(seed: int) -> tuple[Frame, Points]:
    """A face of dark eyes, brows and mouth on skin, before blots of many colours; and its landmarks."""
    rng = np.random.default_rng(seed)
    blots = rng.integers(20, 236, (7, 5, 3)).astype(np.uint8)
    frame = cv2.resize(blots, (300, 400), interpolation=cv2.INTER_CUBIC)
    at = np.array([150.0, 170.0]) + TEMPLATE * EYES_APART
    skin = tuple(map(int, rng.integers(90, 210, 3)))
    size = (int(rng.integers(75, 90)), int(rng.integers(100, 130)))
    _ellipse(frame, (150.0, 195.0), size, skin)
    dark = tuple(int(0.35 * level) for level in skin)
    for eye in at[:2]:
        _ellipse(frame, eye, (int(rng.integers(9, 16)), int(rng.integers(4, 8))), (20, 20, 20))
        _ellipse(frame, eye - (0, rng.integers(14, 24)), (20, int(rng.integers(2, 6))), dark)
    _ellipse(frame, at[2], (int(rng.integers(7, 14)), int(rng.integers(4, 9))), dark)
    _ellipse(frame, (at[3] + at[4]) / 2, (int(rng.integers(22, 32)), int(rng.integers(4, 11))), (60, 50, 120))
    # A fringe, glasses' colour or a scar: one more mark of the person's own.
    _ellipse(frame, at[0] + rng.normal(0, 40, 2), (18, 12), tuple(map(int, rng.integers(0, 255, 3))))
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 1.2), np.uint8), at


def _ellipse(frame: Frame, at: Any, size: tuple[int, int], colour: Any) -> None:
    centre = (round(float(at[0])), round(float(at[1])))
    cv2.ellipse(frame, centre, size, 0, 0, 360, colour, -1, cv2.LINE_AA)


def clip_of(frame: Frame, frames: int = 2) -> Clip:
    return Clip(np.stack([frame] * frames), 100.0 * np.arange(frames, dtype=np.float64))


def all_prints(frame: Frame, landmarks: Points) -> dict[str, bytes | None]:
    found = prints_of(clip_of(frame), landmarks)
    return {"face": found.face, "background": found.background, "video": found.video}


def bits(one: bytes | None, other: bytes | None) -> int:
    assert one is not None
    assert other is not None
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def jpeg(frame: Frame) -> Frame:
    coded = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 50])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def recoloured(frame: Frame) -> Frame:
    tint = np.array([0.95, 1.0, 1.06])
    return np.clip((frame * 0.9 + 14) * tint, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", RADII)
def test_an_altered_copy_is_within_the_radius(seed: int, kind: str) -> None:
    frame, landmarks = scene(seed)
    before = all_prints(frame, landmarks)[kind]
    # A twentieth from each side, JPEG 50, other colours, and points that err by two hundredths.
    height, width = frame.shape[:2]
    left, top = width // 20, height // 20
    cropped = frame[top : height - top, left : width - left]
    err = np.random.default_rng(seed).normal(0, 0.02 * EYES_APART, (5, 2))

    after = all_prints(jpeg(recoloured(cropped)), landmarks - (left, top) + err)[kind]

    assert bits(before, after) <= RADII[kind]


@pytest.mark.parametrize("kind", RADII)
def test_other_people_in_other_rooms_are_farther_than_the_radius(kind: str) -> None:
    found = [all_prints(*scene(seed))[kind] for seed in range(12)]

    nearest = min(bits(found[a], found[b]) for a in range(12) for b in range(a))

    assert nearest > RADII[kind]


def test_a_print_is_256_bits_and_the_same_each_time() -> None:
    frame, landmarks = scene(1)

    assert len(face_print(frame, landmarks) or b"") == BYTES
    assert face_print(frame, landmarks) == face_print(frame.copy(), landmarks.copy())
    assert prints_of(clip_of(frame), landmarks).face == face_print(frame, landmarks)
    assert prints_of(clip_of(frame), landmarks).background == background_print(frame, landmarks)
    assert prints_of(clip_of(frame), landmarks).video == video_print(clip_of(frame), landmarks)


def test_a_plain_wall_has_no_print_however_light_falls_on_it() -> None:
    across = np.linspace(150, 190, 300)
    wall = np.repeat(np.tile(across, (400, 1))[..., None], 3, axis=2)
    wall += np.random.default_rng(0).normal(0, 2, wall.shape)
    landmarks = np.array([150.0, 170.0]) + TEMPLATE * EYES_APART

    plain = wall.astype(np.uint8)
    assert whole_print(plain) is None
    assert background_print(plain, landmarks) is None
    assert video_print(clip_of(plain), landmarks) is None


def test_a_photograph_has_no_print_of_a_clip() -> None:
    frame, landmarks = scene(2)

    assert video_print(clip_of(frame, 1), landmarks) is None
    assert prints_of(clip_of(frame, 1), landmarks).video is None


def test_a_clip_without_a_face_has_the_print_of_its_whole_frame() -> None:
    frame, _ = scene(3)

    assert video_print(clip_of(frame)) == whole_print(frame)


def test_a_whole_frame_keeps_its_print_through_compression_and_colour() -> None:
    frame, _ = scene(4)

    assert bits(whole_print(frame), whole_print(jpeg(recoloured(frame)))) <= DOCUMENT_RADIUS
    assert bits(whole_print(frame), whole_print(scene(5)[0])) > DOCUMENT_RADIUS


def test_landmarks_at_the_template_s_own_place_map_onto_themselves() -> None:
    place = from_landmarks(TEMPLATE * 10 + (3.0, 4.0))

    # Ten pixels between the eyes, whose middle is at 3, 4.
    np.testing.assert_allclose(place, [[10, 0, 3], [0, 10, 4]], atol=1e-12)


def test_a_face_that_lies_turned_is_laid_upright() -> None:
    # A quarter turn: what was right of the eyes is below them.
    turned = np.stack([-TEMPLATE[:, 1], TEMPLATE[:, 0]], axis=1)

    np.testing.assert_allclose(from_landmarks(turned), [[0, -1, 0], [1, 0, 0]], atol=1e-12)


def test_registration_forgets_where_the_detector_began() -> None:
    frame, landmarks = scene(0)
    shift = np.array([0.04, -0.03]) * EYES_APART

    apart = register(frame, landmarks) - register(frame, landmarks + shift)

    # The points differ by 3.5 pixels, the places by less than a tenth of one.
    assert np.abs(apart[:, 2]).max() < 0.1


def test_where_there_is_no_face_registration_stays_at_the_landmarks_or_near() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (400, 300, 3)).astype(np.uint8)
    landmarks = np.array([150.0, 170.0]) + TEMPLATE * EYES_APART

    moved = register(noise, landmarks) - from_landmarks(landmarks)

    assert np.abs(moved[:, 2]).max() < 0.6 * 2 * EYES_APART
