"""Signals of compression on grids and coefficients that are made by hand."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from drawn_face import Picture, draw_face, grey_picture, landmarks, noise_picture, upright

from scoring.media.compression import coefficient_signals, compression, grid_steps, line_steps, macroblocks
from scoring.media.view import Plane, View, view_of


def blocks(side: int, size: int = 256) -> Plane:
    """Squares of random levels."""
    levels = np.random.default_rng(0).integers(60, 200, (size // side, size // side))
    return np.kron(levels, np.ones((side, side))).astype(np.float32)


def jpeg(picture: Picture, quality: int) -> Picture:
    code = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR), np.uint8)


def drawn(picture: Picture) -> View:
    return view_of(picture, landmarks())


def test_squares_of_8_pixels_step_only_between_blocks() -> None:
    steps = grid_steps(line_steps(blocks(8), axis=0))

    assert steps[:7].tolist() == [0] * 7
    # The mean distance of two levels drawn from 140 is a third of that.
    assert steps[7] == pytest.approx(140 / 3, rel=0.1)


def test_a_strong_compression_leaves_its_grid() -> None:
    once, strong = (compression(drawn(jpeg(draw_face(), quality))) for quality in (97, 25))

    assert strong["blockiness"] > once["blockiness"] + 0.2
    assert strong["dct_zero"] > once["dct_zero"] + 0.2


def test_a_grid_that_is_shifted_tells_an_older_compression() -> None:
    shifted = np.roll(jpeg(draw_face(), 25), (-3, -3), axis=(0, 1))

    assert compression(drawn(shifted))["block_shift"] > compression(drawn(draw_face()))["block_shift"] + 0.2


def test_squares_of_16_pixels_step_on_every_second_border() -> None:
    assert macroblocks(line_steps(blocks(16), axis=0)) > 3
    # Noise steps alike everywhere.
    assert macroblocks(line_steps(noise_picture(5)[..., 0].astype(np.float32), axis=0)) < 0.1


def test_a_plain_picture_has_only_zeros_for_fine_coefficients() -> None:
    zero, comb = coefficient_signals(np.full((64, 64), 128, np.float32))

    assert (zero, comb) == (1.0, 0.0)


def test_coefficients_in_steps_of_16_are_a_comb() -> None:
    # One cosine a block, 16 times a whole number strong: its coefficient is that number.
    rng = np.random.default_rng(0)
    strength = 16.0 * rng.integers(-5, 6, (32, 32))
    wave = math.sqrt(1 / 8) * 0.5 * np.cos(np.pi * (2 * np.arange(8) + 1) / 16)
    plane = 128 + np.kron(strength, np.tile(wave, (8, 1)))

    assert coefficient_signals(plane.astype(np.float32))[1] == pytest.approx(1, abs=0.01)
    smooth = 128 + np.kron(rng.uniform(-80, 80, (32, 32)), np.tile(wave, (8, 1)))
    assert coefficient_signals(smooth.astype(np.float32))[1] < 0.5


def test_chroma_at_half_the_resolution_is_blurred_against_brightness() -> None:
    picture = noise_picture(5).astype(np.float32)
    picture[..., 2] += np.random.default_rng(3).normal(0, 10, (256, 256))
    full = np.clip(picture, 0, 255).astype(np.uint8)
    ycc = cv2.cvtColor(full, cv2.COLOR_BGR2YCrCb)
    small = cv2.resize(ycc[..., 1:], (128, 128), interpolation=cv2.INTER_AREA)
    ycc[..., 1:] = cv2.resize(small, (256, 256), interpolation=cv2.INTER_LINEAR)
    halved = cv2.cvtColor(ycc, cv2.COLOR_YCrCb2BGR)

    assert compression(upright(halved))["chroma_blur"] < compression(upright(full))["chroma_blur"] - 0.3


def test_a_face_that_was_compressed_before_answers_another_compression_less() -> None:
    grain = noise_picture(6)
    mixed = grain.copy()
    mixed[40:224, 64:192] = jpeg(grain, 75)[40:224, 64:192]

    given = compression(upright(mixed))

    assert compression(upright(grain))["ghost_against_ring"] == pytest.approx(0, abs=0.05)
    assert given["ghost_against_ring"] < -0.3


def test_a_face_with_a_grid_of_its_own_is_blockier_than_its_surroundings() -> None:
    plane = noise_picture(3)[..., 0].astype(np.float64)
    plane[56:216, 64:192] += (blocks(8)[56:216, 64:192] - 130) * 0.2

    assert compression(upright(grey_picture(plane)))["blockiness_against_ring"] > 0.2
