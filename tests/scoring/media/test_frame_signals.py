"""Each signal of one frame on a picture whose answer is known by hand."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from drawn_face import as_bytes, draw_face, drawn_view, grey_picture, landmarks, noise_picture, upright

from scoring.media.boundary import boundary
from scoring.media.colour import colour, correlation, face_light, hue_spread, skin_tone
from scoring.media.light import glare, light, shading, specular
from scoring.media.noise import noise, noise_planes
from scoring.media.sharpness import blur_effect, overshoot, sharpness
from scoring.media.spectrum import radial_signals, spectrum
from scoring.media.texture import entropy, kurtosis, pattern_distance, patterns, texture
from scoring.media.view import OVAL_AXES, OVAL_CENTRE, Plane, view_of

EVERYWHERE = np.full((40, 40), 255, np.uint8)


def oval(low: float, high: float, side: int = 256) -> Plane:
    """1 between two radii of the upright face's oval, else 0, softened over two pixels."""
    y, x = np.mgrid[:side, :side]
    radius = np.hypot((x - OVAL_CENTRE[0]) / OVAL_AXES[0], (y - OVAL_CENTRE[1]) / OVAL_AXES[1])
    return cv2.GaussianBlur(((radius >= low) & (radius < high)).astype(np.float32), (0, 0), 1.0)


def waves(period: float, size: int = 256) -> Plane:
    """A slanted wave of 20 levels around 128."""
    y, x = np.mgrid[:size, :size].astype(np.float64)
    return 128 + 20 * np.sin(2 * np.pi * (0.8 * x + 0.6 * y) / period)


def test_patterns_of_a_plain_area_have_all_neighbours_as_bright() -> None:
    shares = patterns(np.full((40, 40), 7, np.uint8), EVERYWHERE)

    assert shares.tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0]


def test_patterns_of_a_chessboard_are_half_plain_and_half_irregular() -> None:
    # A dark field has eight neighbours at least as bright; a bright one only its four corners.
    board = (np.indices((40, 40)).sum(axis=0) % 2 * 200).astype(np.uint8)

    shares = patterns(board, EVERYWHERE)

    assert shares[8] == pytest.approx(0.5)
    assert shares[9] == pytest.approx(0.5)
    assert entropy(shares) == pytest.approx(1.0)


def test_the_distance_of_patterns_is_0_alike_and_1_without_a_common_one() -> None:
    one, other = np.array([1.0, 0.0]), np.array([0.0, 1.0])

    assert pattern_distance(one, one) == 0
    assert pattern_distance(one, other) == 1


def test_normal_noise_has_the_kurtosis_3() -> None:
    noise = np.random.default_rng(0).normal(0, 2, (200, 200)).astype(np.float32)

    assert kurtosis(noise, np.full((200, 200), 255, np.uint8)) == pytest.approx(math.log(3), abs=0.05)


def test_noise_has_more_irregular_texture_than_its_blur() -> None:
    sharp, soft = noise_picture(8), cv2.GaussianBlur(noise_picture(8), (0, 0), 2)

    assert texture(upright(sharp))["lbp_mixed"] > texture(upright(soft))["lbp_mixed"] + 0.1


def test_a_blur_lowers_the_sharpness_and_leaves_less_to_blur() -> None:
    sharp = draw_face(noise=6)
    soft = cv2.GaussianBlur(sharp, (0, 0), 2)
    before, after = (sharpness(view_of(frame, landmarks())) for frame in (sharp, soft))

    assert after["blur"] < before["blur"] - 2
    assert after["blur_effect"] > before["blur_effect"] + 0.2
    assert after["blur_native"] < before["blur_native"]


def test_a_white_line_loses_most_of_its_steps_to_a_blur() -> None:
    line = np.zeros((60, 60), np.float32)
    line[:, 30] = 90

    # Two steps of 90 a row become two of 10: a ninth is left across, nothing was there along.
    assert blur_effect(line) == pytest.approx(1.0)
    assert blur_effect(line + line.T) < 0.2


def test_a_face_that_alone_is_blurred_is_less_sharp_than_its_surroundings() -> None:
    sharp = noise_picture(8).astype(np.float32)
    inside = oval(0, 1.1)[..., None]
    mixed = as_bytes(inside * cv2.GaussianBlur(sharp, (0, 0), 2) + (1 - inside) * sharp)

    assert sharpness(upright(noise_picture(8)))["blur_against_ring"] == pytest.approx(0, abs=0.1)
    assert sharpness(upright(mixed))["blur_against_ring"] < -0.3
    assert spectrum(upright(mixed))["spectrum_against_ring"] < -0.3


def test_sharpening_leaves_halos() -> None:
    face = drawn_view(noise=0).face_grey
    halo = face + 1.5 * (face - cv2.GaussianBlur(face, (0, 0), 2))

    assert overshoot(halo) > overshoot(face)


def test_a_spectrum_that_falls_with_the_square_has_the_slope_minus_2() -> None:
    down = np.fft.fftfreq(160)[:, None]
    right = np.fft.rfftfreq(160)[None, :]
    frequency = np.hypot(down, right)
    frequency[0, 0] = 1
    given = []
    for seed in range(8):
        phase = np.random.default_rng(seed).uniform(0, 2 * np.pi, frequency.shape)
        plane = np.fft.irfft2(np.exp(1j * phase) / frequency, s=(160, 160))
        given.append(radial_signals((128 + plane * 30 / plane.std()).astype(np.float32)))

    assert np.mean([one["spectrum_slope"] for one in given]) == pytest.approx(-2, abs=0.2)
    assert np.mean([one["spectrum_high_slope"] for one in given]) == pytest.approx(-2, abs=0.2)


def test_a_fine_wave_is_a_peak_of_the_spectrum_and_noise_is_none() -> None:
    wave = grey_picture(waves(4) + noise_picture(3)[..., 0] - 128.0)
    peaks, none = spectrum(upright(wave)), spectrum(upright(noise_picture(3)))

    assert peaks["moire"] > none["moire"] + 2
    assert peaks["spectrum_peak"] > none["spectrum_peak"] + 1
    assert peaks["moire_share"] > none["moire_share"]


def test_a_wave_of_colour_alone_is_seen_in_colour() -> None:
    picture = np.full((256, 256, 3), 128.0)
    # Red and blue against each other leave the brightness: .299 of red, .114 of blue.
    wave = waves(4) - 128
    picture[..., 2] += wave * 0.114
    picture[..., 0] -= wave * 0.299
    picture += np.random.default_rng(0).normal(0, 1, picture.shape)
    given, none = spectrum(upright(as_bytes(picture))), spectrum(upright(noise_picture(1)))

    assert given["moire_colour"] > none["moire_colour"] + 2


def test_a_chessboard_of_pixels_stands_on_the_lattice_of_doubling() -> None:
    board = np.indices((256, 256)).sum(axis=0) % 2 * 6.0
    given = spectrum(upright(grey_picture(noise_picture(3)[..., 0] + board)))

    assert given["spectrum_lattice"] > spectrum(upright(noise_picture(3)))["spectrum_lattice"] + 0.5


def test_noise_has_more_high_frequencies_than_its_blur() -> None:
    sharp, soft = noise_picture(8), cv2.GaussianBlur(noise_picture(8), (0, 0), 2)

    for name in ("dct_high", "spectrum_high"):
        assert spectrum(upright(sharp))[name] > spectrum(upright(soft))[name] + 0.5


def test_hues_that_are_alike_have_no_spread_and_a_right_angle_has_45_degrees() -> None:
    alike, apart = np.zeros(180, np.int64), np.zeros(180, np.int64)
    alike[10] = 5
    apart[[0, 45]] = 3  # 0 and 90 degrees: the mean vector is the root of a half long

    assert hue_spread(alike) == pytest.approx(0, abs=1e-6)
    assert hue_spread(apart) == pytest.approx(math.degrees(math.sqrt(math.log(2))))


def test_correlation_is_1_for_a_line_and_0_for_a_constant() -> None:
    line = np.arange(10, dtype=np.float32)

    assert correlation(line, 3 * line + 1) == pytest.approx(1)
    assert correlation(line, -line) == pytest.approx(-1)
    assert correlation(line, np.ones(10, np.float32)) == 0


def test_a_grey_picture_has_no_cast_and_a_narrow_gamut() -> None:
    given = colour(upright(noise_picture(5)))

    assert given["colour_cast"] == pytest.approx(0, abs=0.5)
    assert given["gamut"] == pytest.approx(0, abs=1e-6)


def test_black_and_white_levels_are_the_ends_of_the_brightness() -> None:
    picture = np.full((256, 256, 3), 128, np.uint8)
    picture[:40], picture[-40:] = 20, 230

    given = colour(upright(picture))

    assert (given["black_level"], given["white_level"]) == (20, 230)


def test_a_picture_of_even_levels_uses_half_of_them() -> None:
    # Between an even lowest and an even highest level lie one odd fewer than even ones.
    even = grey_picture(np.random.default_rng(0).integers(0, 100, (256, 256)) * 2.0)

    assert colour(upright(even))["levels"] == pytest.approx(0.5, abs=0.01)


def test_a_neck_of_another_colour_is_seen() -> None:
    picture = np.full((256, 256, 3), (110, 140, 190), np.uint8)
    assert colour(upright(picture))["neck_colour"] == 0

    picture[216:] = (110, 140, 160)

    assert colour(upright(picture))["neck_colour"] > 5


def test_the_middle_of_the_face_in_another_colour_than_its_rim_is_seen() -> None:
    picture = np.full((256, 256, 3), (110, 140, 190), np.float64)
    picture[..., 2] -= 30 * oval(0, 0.62)

    assert colour(upright(as_bytes(picture)))["inner_outer_colour"] > 3


def test_the_tone_of_skin_is_an_angle_between_lightness_and_yellow() -> None:
    lab = np.array([[[70.0, 10.0, 20.0]]], np.float32)  # L* - 50 = b*: 45 degrees
    bgr = cv2.cvtColor(lab, cv2.COLOR_LAB2BGR)[0, 0] * 255
    picture = np.tile(as_bytes(bgr), (256, 256, 1))

    assert skin_tone(picture) == pytest.approx(45, abs=1)


def test_the_light_of_a_grey_face_is_its_level() -> None:
    assert face_light(np.full((160, 160, 3), 90, np.uint8)) == 90


def test_one_pale_spot_shines_and_is_all_that_shines() -> None:
    face = np.full((160, 160, 3), (80, 110, 160), np.uint8)
    assert specular(face) == (0.0, 0.0)

    face[40:50, 60:70] = 250
    share, largest = specular(face)

    # A hundred pixels of an oval of pi * 62 * .85 * 80 * .85 pixels.
    assert share == pytest.approx(100 / (math.pi * 52.7 * 68), rel=0.02)
    assert largest == 1.0


def test_glare_is_the_largest_burnt_spot() -> None:
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[10:30, 10:30] = 255
    picture[60:65, 60:65] = 255

    assert glare(picture) == pytest.approx(0.04)


def test_a_ramp_of_light_has_its_own_steepness() -> None:
    # From 60 to 140 over the width: 80 levels of a mean of 100.
    ramp = np.tile(np.linspace(60, 140, 160, dtype=np.float32), (160, 1))

    assert shading(ramp) == pytest.approx(0.8, abs=0.02)
    assert shading(np.full((160, 160), 50, np.float32)) == pytest.approx(0, abs=1e-6)


def test_a_white_point_in_one_eye_is_a_glint_of_that_eye() -> None:
    picture = np.full((256, 256, 3), 51, np.uint8)
    picture[105:108, 100:103] = 255

    given = light(upright(picture))

    assert given["eye_glint"] == pytest.approx(0.4)
    assert given["glints_differ"] == pytest.approx(0.8)


@pytest.mark.parametrize("spread", [2.0, 5.0])
def test_noise_is_measured_in_levels(spread: float) -> None:
    view = upright(noise_picture(spread))
    given = noise(view, noise_planes(view))

    assert math.exp(given["noise"]) == pytest.approx(spread, rel=0.06)
    assert given["noise_against_ring"] == pytest.approx(0, abs=0.06)
    assert given["inner_outer_noise"] == pytest.approx(0, abs=0.06)
    assert given["noise_zero_against_ring"] == pytest.approx(0, abs=0.02)
    assert given["noise_channels"] == pytest.approx(1)


def test_a_face_with_half_the_noise_of_its_surroundings_is_seen() -> None:
    inside = oval(0, 1.1)
    plane = 128 + np.random.default_rng(0).normal(0, 6, (256, 256)) * (1 - 0.5 * inside)
    view = upright(grey_picture(plane))

    assert noise(view, noise_planes(view))["noise_against_ring"] == pytest.approx(math.log(0.5), abs=0.1)


def test_noise_that_grows_with_the_light_has_the_slope_1() -> None:
    ramp = np.tile(np.linspace(20, 235, 256), (256, 1))
    plane = ramp + np.random.default_rng(0).normal(0, 1, ramp.shape) * ramp * 0.04
    view = upright(grey_picture(plane))

    assert noise(view, noise_planes(view))["noise_by_light"] == pytest.approx(1, abs=0.2)


def test_noise_that_was_enlarged_is_tied_between_neighbours() -> None:
    small = cv2.resize(noise_picture(8), (128, 128), interpolation=cv2.INTER_AREA)
    enlarged = upright(cv2.resize(small, (256, 256), interpolation=cv2.INTER_LINEAR))
    own = upright(noise_picture(8))

    assert (
        noise(enlarged, noise_planes(enlarged))["noise_tie"]
        > noise(own, noise_planes(own))["noise_tie"] + 0.2
    )


def test_noise_on_every_second_pixel_stands_on_a_lattice() -> None:
    board = np.indices((256, 256)).sum(axis=0) % 2
    plane = 128 + np.random.default_rng(0).normal(0, 8, (256, 256)) * board
    view, plain = upright(grey_picture(plane)), upright(noise_picture(8))

    assert noise(view, noise_planes(view))["noise_lattice"] > 0.05
    assert noise(plain, noise_planes(plain))["noise_lattice"] < 0.02


def test_a_plain_picture_has_no_noise() -> None:
    view = upright(np.full((256, 256, 3), 128, np.uint8))
    given = noise(view, noise_planes(view))

    assert given["noise_zero"] == 1
    assert given["noise"] == pytest.approx(math.log(0.02))


def test_a_pasted_oval_is_an_even_edge_of_light_and_colour() -> None:
    picture = np.full((256, 256, 3), (110, 130, 150), np.float64)
    picture += np.random.default_rng(0).normal(0, 2, picture.shape)
    pasted = picture + oval(0, 0.9)[..., None] * np.array([-20.0, 0.0, 20.0])
    plain, seen = ((boundary(v, noise_planes(v))) for v in map(upright, map(as_bytes, (picture, pasted))))

    assert seen["edge_colour"] > plain["edge_colour"] + 1
    assert seen["edge_light"] > plain["edge_light"]
    assert seen["edge_even"] == pytest.approx(1, abs=0.05)


def test_a_face_of_less_noise_has_an_edge_of_noise_and_a_smoothed_seam_dips() -> None:
    grain = np.random.default_rng(0).normal(0, 6, (256, 256))
    quiet, seam = 1 - 0.7 * oval(0, 0.9), 1 - 0.9 * oval(0.8, 0.95)
    plain, edge, dip = (
        boundary(v, noise_planes(v))
        for v in (upright(grey_picture(128 + grain * w)) for w in (1, quiet, seam))
    )

    assert edge["edge_noise"] > plain["edge_noise"]
    assert edge["edge_sharpness"] > plain["edge_sharpness"]
    assert dip["edge_seam"] > plain["edge_seam"] + 0.5
