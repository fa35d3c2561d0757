"""Faces, rooms, film and camera: what a detector finds, what a seed decides, what the pictures look like."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data.clip import Clip
from data.world.media.camera import delivered_size, shoot, white_balance
from data.world.media.conditions import Conditions, draw_conditions
from data.world.media.faces import make_face
from data.world.media.film import film
from data.world.media.rooms import make_room
from data.world.media.textures import fractal, ramp
from data.world.media.traits import draw_traits

PEOPLE = 30


def test_a_detector_finds_the_face_in_99_of_100_honest_frames(stages, found) -> None:
    answers = [face for number in range(PEOPLE) for face in found(stages(number).honest)]
    assert sum(face is not None for face in answers) / len(answers) >= 0.99


def test_faces_are_as_wide_as_a_check_asks(stages, found) -> None:
    widths = [
        face[2] / stages(n).conditions.size[0]
        for n in range(PEOPLE)
        for face in found(stages(n).honest)
        if face is not None
    ]
    assert np.percentile(widths, 5) > 0.36
    assert np.percentile(widths, 95) < 0.7


def test_film_knows_its_landmarks_as_the_detector_sees_them(stages, found) -> None:
    errors = []
    for number in range(PEOPLE):
        check = stages(number)
        for known, face in zip(check.take.landmarks, found(check.honest), strict=True):
            if face is not None:
                eyes = np.linalg.norm(known[1] - known[0])
                errors.append(np.linalg.norm(known - face[4:14].reshape(5, 2), axis=1).max() / eyes)
    assert np.median(errors) < 0.16


def test_a_seed_is_one_person_to_the_last_pixel() -> None:
    first, again, other = make_face(7), make_face(7), make_face(8)
    assert np.array_equal(first.head.albedo, again.head.albedo)
    assert np.array_equal(first.landmarks, again.landmarks)
    assert np.abs(first.head.albedo - other.head.albedo).mean() > 0.02


def test_the_same_draws_give_the_same_clip() -> None:
    def once() -> Clip:
        rng = np.random.default_rng(3)
        conditions = draw_conditions(rng)
        return shoot(film(make_face(3), make_room(3), conditions, 2, rng).clip, conditions, rng)

    assert np.array_equal(once().frames, once().frames)


def test_skin_covers_the_human_range() -> None:
    tones = [draw_traits(np.random.default_rng(seed)).skin[0] for seed in range(300)]
    assert min(tones) < 72
    assert max(tones) > 238
    assert all(np.histogram(tones, bins=4, range=(60, 250))[0] > 30)


def test_two_rooms_differ_more_than_two_frames_of_one_room() -> None:
    rooms = [make_room(seed).picture for seed in range(12)]
    apart = [np.abs(a - b).mean() for i, a in enumerate(rooms) for b in rooms[i + 1 :]]
    assert np.percentile(apart, 5) > 0.05


def test_lids_close_in_some_frames_and_the_eyes_are_skin_then() -> None:
    face, conditions = make_face(21), Conditions()
    lids = face.opening > 0.9
    assert lids.sum() > 150
    assert np.abs(face.closed[lids] - face.head.albedo[lids]).mean() > 0.05
    frames = film(face, make_room(1), conditions, 40, np.random.default_rng(5)).clip.frames
    assert frames.shape == (40, 384, 288, 3)


def test_a_long_clip_moves_and_every_frame_differs() -> None:
    clip = film(make_face(2), make_room(2), Conditions(), 8, np.random.default_rng(1)).clip
    steps = np.abs(np.diff(clip.frames.astype(np.int16), axis=0)).mean((1, 2, 3))
    assert (steps > 0.2).all()
    assert list(clip.times_ms[:3]) == [0.0, 125.0, 250.0]


def test_a_photograph_of_any_shape_keeps_its_proportions() -> None:
    photograph = Clip(np.full((1, 500, 1000, 3), 120, np.uint8), np.zeros(1))
    width, height = delivered_size(photograph, Conditions(size=(300, 400)))
    assert width / height == pytest.approx(2.0, abs=0.02)
    assert width * height == pytest.approx(120_000, rel=0.02)
    taken = shoot(photograph, Conditions(size=(300, 400)), np.random.default_rng(0))
    assert taken.frames.shape == (1, height, width, 3)


def test_noise_is_what_the_conditions_say_and_fresh_in_each_frame() -> None:
    grey = Clip(np.full((6, 200, 150, 3), 110, np.uint8), np.arange(6.0))
    plain = Conditions(
        noise=4.0, sharpening=0.0, blur=0.0, capture_scale=1.0, jpeg_quality=100, size=(150, 200)
    )
    taken = shoot(grey, plain, np.random.default_rng(2)).frames.astype(float)
    luma = taken.mean(-1)
    assert 2.0 < taken[0].std() < 5.5
    # Six frames: sqrt(5/6) stays in time; sqrt(1/6) and the fixed pattern's 0.18 stay in their mean.
    assert luma.std(0).mean() / luma.mean(0).std() == pytest.approx(0.913 / 0.446, abs=0.3)


def test_warm_light_leaves_red_and_cool_light_leaves_blue() -> None:
    warm, neutral, cool = white_balance(3500), white_balance(5500), white_balance(7500)
    assert neutral == pytest.approx(np.ones(3))
    assert warm[2] > 1 > warm[0]
    assert cool[0] > 1 > cool[2]


def test_dim_light_makes_a_darker_and_noisier_picture() -> None:
    rng = np.random.default_rng(0)
    draws = [draw_conditions(rng) for _ in range(400)]
    dim = [c.noise for c in draws if c.light < 0.3]
    bright = [c.noise for c in draws if c.light > 0.8]
    assert np.mean(dim) > 2 * np.mean(bright)
    take = film(make_face(4), make_room(4), Conditions(), 1, rng).clip
    low = shoot(take, replace(Conditions(), light=0.0), np.random.default_rng(0)).frames.mean()
    high = shoot(take, replace(Conditions(), light=1.0), np.random.default_rng(0)).frames.mean()
    assert low < 0.85 * high


def test_fractal_noise_has_the_slope_it_is_asked_for() -> None:
    field = fractal(np.random.default_rng(0), (256, 256), slope=1.0)
    power = np.abs(np.fft.fft2(field)) ** 2
    far = np.hypot(*np.meshgrid(np.fft.fftfreq(256) * 256, np.fft.fftfreq(256) * 256)).astype(int)
    radial = np.bincount(far.ravel(), power.ravel()) / np.bincount(far.ravel())
    slope = np.polyfit(np.log(np.arange(4, 100)), np.log(radial[4:100]), 1)[0]
    assert slope == pytest.approx(-2.0, abs=0.5)
    assert field.std() == pytest.approx(1.0, abs=1e-3)


def test_a_ramp_is_a_half_in_the_middle_and_runs_both_ways() -> None:
    values = np.asarray([0.0, 2.0, 3.0, 4.0, 9.0])
    assert ramp(values, 2, 4).tolist() == [0, 0, 0.5, 1, 1]
    assert ramp(values, 4, 2).tolist() == [1, 1, 0.5, 0, 0]
