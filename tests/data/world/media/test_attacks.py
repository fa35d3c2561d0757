"""Attacks: each is found as a face, each leaves what it says, and nothing else tells it apart."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import pytest
from scipy.stats import ks_2samp
from stages import Stage, stage

from data.clip import Clip
from data.errors import WatchfloorError
from data.world.media.attacks import SPECIES, attack
from data.world.media.attacks.scene import Material, similarity
from data.world.media.conditions import Conditions, draw_conditions

CHECKS = 18


@cache
def attacked(species: str, number: int, quality: float) -> Clip:
    check = stage(number)
    rng = np.random.default_rng([number, 99])
    takes = (check.take.landmarks, check.host.landmarks)
    return attack(species, check.take.clip, check.host.clip, check.conditions, quality, rng, *takes)


def quality_of(number: int) -> float:
    return (number % 5) / 4


@pytest.mark.parametrize("species", SPECIES)
def test_a_detector_finds_the_face_in_97_of_100_frames_of_an_attack(species: str, found) -> None:
    answers = [face for n in range(CHECKS) for face in found(attacked(species, n, quality_of(n)))]
    assert sum(face is not None for face in answers) / len(answers) >= 0.97


@pytest.mark.parametrize("species", SPECIES)
def test_an_attack_has_the_size_and_the_times_of_the_honest_check(species: str) -> None:
    for number in range(6):
        honest, false = stage(number).honest, attacked(species, number, quality_of(number))
        assert false.frames.shape == honest.frames.shape
        assert false.frames.dtype == np.uint8
        assert np.array_equal(false.times_ms, honest.times_ms)


@pytest.mark.parametrize("species", SPECIES)
def test_brightness_and_warmth_do_not_tell_an_attack(species: str) -> None:
    honest = [stage(n).honest for n in range(CHECKS)]
    false = [attacked(species, n, quality_of(n)) for n in range(CHECKS)]
    for measure in (brightness, warmth):
        apart = ks_2samp([measure(c) for c in honest], [measure(c) for c in false])
        assert apart.pvalue > 0.01, (measure.__name__, apart)


def brightness(clip: Clip) -> float:
    return float(clip.frames.mean())


def warmth(clip: Clip) -> float:
    return float(clip.frames[..., 2].mean() / clip.frames[..., 0].mean())


@pytest.mark.parametrize("species", [name for name in SPECIES if name != "injection_face_swap"])
def test_the_face_is_as_large_as_in_an_honest_check(species: str, found) -> None:
    def widths(clip: Clip) -> list[float]:
        return [float(face[2]) for face in found(clip) if face is not None]

    shares = [
        np.mean(widths(attacked(species, n, quality_of(n)))) / np.mean(widths(stage(n).honest))
        for n in range(CHECKS)
        if widths(attacked(species, n, quality_of(n)))
    ]
    assert np.mean(shares) == pytest.approx(1.0, abs=0.06)


@pytest.mark.parametrize("species", SPECIES)
def test_the_same_draws_give_the_same_attack(species: str) -> None:
    first, again = (attacked.__wrapped__(species, 1, 0.5) for _ in range(2))
    assert np.array_equal(first.frames, again.frames)


@pytest.mark.parametrize("species", SPECIES)
def test_one_photograph_of_any_size_can_be_attacked(species: str) -> None:
    rng = np.random.default_rng(0)
    source = Clip(rng.integers(0, 256, (1, 333, 517, 3), dtype=np.uint8), np.zeros(1))
    host = Clip(rng.integers(0, 256, (1, 612, 408, 3), dtype=np.uint8), np.zeros(1))
    points = np.asarray([[[200, 130], [300, 130], [250, 190], [210, 240], [290, 240]]], np.float32)
    false = attack(species, source, host, Conditions(size=(240, 320)), 0.5, rng, points, points * 0.9)
    assert len(false) == 1
    assert false.frames[0].size == pytest.approx(240 * 320 * 3, rel=0.05)


def fine(clip: Clip) -> float:
    """Energy of what is finer than a pixel and a half, of the frame's middle, grey levels."""
    grey = cv2.cvtColor(clip.frames[0], cv2.COLOR_BGR2GRAY).astype(np.float32)
    return float((grey - cv2.GaussianBlur(grey, (0, 0), 1.5)).std())


def trembling(clip: Clip) -> float:
    """The median of what changes from frame to frame in fine detail, grey levels."""
    steps = np.diff(clip.frames.astype(np.float32), axis=0)
    return float(np.mean([np.median(np.abs(s - cv2.GaussianBlur(s, (0, 0), 2))) for s in steps]))


def ratio(measure: Callable[[Clip], float], species: str, quality: float) -> float:
    """The median over checks of the attack's measure over the honest check's."""
    shares = [measure(attacked(species, n, quality)) / measure(stage(n).honest) for n in range(CHECKS)]
    return float(np.median(shares))


@pytest.mark.parametrize(
    ("species", "quality"),
    [("injection_virtual_camera", 0.0), ("injection_emulator", 0.0), ("injection_generated_face", 1.0)],
)
def test_an_injected_stream_lacks_the_noise_of_the_sensor(species: str, quality: float) -> None:
    assert ratio(trembling, species, quality) < 0.6


@pytest.mark.parametrize("species", ["presentation_print", "presentation_replay"])
def test_what_is_held_before_a_camera_has_the_noise_of_its_sensor(species: str) -> None:
    assert ratio(trembling, species, 0.2) > 0.8


def test_paper_adds_its_own_texture() -> None:
    flat = Clip(np.full((1, 384, 288, 3), 150, np.uint8), np.zeros(1))
    still = Conditions(noise=0.0, blur=0.0, sharpening=0.0, capture_scale=1.0, jpeg_quality=98)
    rough = [
        fine(attack("presentation_print", flat, flat, still, q, np.random.default_rng(s)))
        for q in (0.0, 1.0)
        for s in range(8)
    ]
    assert np.mean(rough[:8]) > 1.5 * np.mean(rough[8:])
    assert np.mean(rough[8:]) > 0.5


def test_a_print_does_not_blink_and_moves_as_one() -> None:
    source = stage(3).take.clip
    changed = Clip(source.frames.copy(), source.times_ms)
    changed.frames[1:] = 0
    one, other = (
        attack("presentation_print", c, source, stage(3).conditions, 0.5, np.random.default_rng(1))
        for c in (source, changed)
    )
    assert np.array_equal(one.frames, other.frames)


def test_a_screen_leaves_waves_that_an_honest_wall_does_not_have() -> None:
    flat = Clip(np.full((1, 384, 288, 3), 150, np.uint8), np.zeros(1))
    still = Conditions(noise=0.5, blur=0.3, sharpening=0.0, capture_scale=1.0, jpeg_quality=98)
    peaks = [
        peak(attack("presentation_replay", flat, flat, still, 0.0, np.random.default_rng(s)))
        for s in range(10)
    ]
    assert np.median(peaks) > 30


def peak(clip: Clip) -> float:
    """The largest power beside the slow waves, over the median power."""
    grey = clip.frames[0, 40:-40, 40:-40].mean(-1)
    power = np.abs(np.fft.fft2(grey - grey.mean())) ** 2
    far = np.hypot(*np.meshgrid(np.fft.fftfreq(grey.shape[1]), np.fft.fftfreq(grey.shape[0])))
    return float(power[far > 0.08].max() / np.median(power[far > 0.08]))


def test_a_generated_face_has_a_peak_at_half_the_sampling_rate() -> None:
    ratios = [
        at_half_rate(attacked("injection_generated_face", n, 0.0)) / at_half_rate(stage(n).honest)
        for n in range(CHECKS)
    ]
    assert np.median(ratios) > 1.5


def at_half_rate(clip: Clip) -> float:
    """Power of the checkerboard frequencies over their neighbours'."""
    grey = clip.frames[0].mean(-1)
    grey = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2]
    power = np.abs(np.fft.fft2(grey - grey.mean())) ** 2
    rows, columns = grey.shape[0] // 2, grey.shape[1] // 2
    peaks = power[rows, :4].mean() + power[:4, columns].mean()
    beside = power[rows - 12 : rows - 4, :4].mean() + power[:4, columns - 12 : columns - 4].mean()
    return float(peaks / beside)


def test_a_swap_changes_the_face_and_leaves_the_room() -> None:
    check = stage(5)
    shown = attack(
        "injection_face_swap",
        check.take.clip,
        check.host.clip,
        check.conditions,
        0.5,
        np.random.default_rng(4),
        check.take.landmarks,
        check.host.landmarks,
    )
    x, y = check.host.landmarks[0].mean(0).astype(int)
    host = check.host.clip.frames[0].astype(int)
    apart = np.abs(shown.frames[0].astype(int) - host).mean(-1)
    assert apart[y - 15 : y + 15, x - 15 : x + 15].mean() > 1.2 * apart[:30, :30].mean()


def test_a_careful_attacker_leaves_less_behind() -> None:
    assert ratio(trembling, "injection_virtual_camera", 1.0) > 1.15 * ratio(
        trembling, "injection_virtual_camera", 0.0
    )
    assert ratio(fine, "injection_face_swap", 1.0) > ratio(fine, "injection_face_swap", 0.0)


def test_an_unknown_species_is_refused_with_the_possible_ones() -> None:
    check = stage(0)
    with pytest.raises(WatchfloorError, match="presentation_print, presentation_replay"):
        attack("mask", check.take.clip, check.host.clip, check.conditions, 0.5, np.random.default_rng(0))


def test_a_swap_without_landmarks_says_where_to_take_them() -> None:
    check = stage(0)
    with pytest.raises(WatchfloorError, match="find them with a face detector"):
        attack(
            "injection_face_swap",
            check.take.clip,
            check.host.clip,
            check.conditions,
            0.5,
            np.random.default_rng(0),
        )


def test_a_similarity_brings_points_where_they_aim() -> None:
    points = np.asarray([[0, 0], [1, 0], [0, 1]], np.float32)
    aim = np.asarray([[5, 5], [5, 7], [3, 5]], np.float32)
    assert similarity(points, aim) == pytest.approx(np.asarray([[0, -2, 5], [2, 0, 5]]), abs=1e-6)


def test_the_stronger_end_belongs_to_the_careless() -> None:
    check: Stage = stage(0)
    draws = draw_conditions(np.random.default_rng(0))
    careless = Material(check.take.clip, check.host.clip, draws, 0.0, None, None)
    careful = Material(check.take.clip, check.host.clip, draws, 1.0, None, None)
    assert (careless.careless(1, 9), careful.careless(1, 9)) == (9, 1)
