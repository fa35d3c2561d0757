"""Noise of the sensor: a camera leaves it everywhere and more of it in the light.

A pasted face brings other noise than its surroundings, a generated one little, a copy's is smoothed and
tied between neighbours. Level by Immerkær (1996): the picture through a filter that content leaves at zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from scoring.media.view import Plane, View, log_ratio, squares, weighted

_FILTER = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
# The filter's mean magnitude for normal noise of spread 1 is 6 * sqrt(2 / pi).
_UNIT = math.sqrt(math.pi / 2) / 6
_FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class NoisePlanes:
    """Noise (h, w) of a near picture, levels, and `flat` (h, w), 1 where its content is flat, else 0.

    `weight` (h / 4, w / 4) is how much of each square of 4 pixels is flat, `level` the mean noise there.
    """

    noise: Plane
    flat: Plane
    weight: Plane
    level: Plane


def noise_planes(view: View) -> NoisePlanes:
    """Return the noise of a view and where it can be read."""
    grey = view.near_grey
    smooth = cv2.blur(grey, (5, 5))
    steep = cv2.morphologyEx(smooth, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    clipped = cv2.inRange(grey, 6, 249)
    flat = cv2.bitwise_and(cv2.inRange(steep, 0.0, max(1.5, cv2.mean(steep)[0])), clipped)
    here = np.asarray(flat // 255, np.float32)
    noise = noise_plane(grey)
    weight = squares(here)
    level = squares(cv2.multiply(noise, here)) / np.maximum(weight, 1e-6)
    return NoisePlanes(noise, here, weight, level)


def noise_plane(grey: Plane) -> Plane:
    """Return the noise at each pixel, levels: its mean over an area estimates the standard deviation."""
    return np.asarray(np.abs(cv2.filter2D(grey, cv2.CV_32F, _FILTER * np.float32(_UNIT))), np.float32)


def noise(view: View, planes: NoisePlanes) -> dict[str, float]:
    """Return the signals of noise of one view."""
    masks = (view.inside, view.middle, view.rim, view.ring)
    inside, middle, rim, ring = (weighted(planes.level, planes.weight * mask) for mask in masks)
    silent = squares((planes.noise < 0.25) * planes.flat) / np.maximum(planes.weight, 1e-6)
    zero, around = (weighted(silent, planes.weight * mask) for mask in (view.inside, view.ring))
    return {
        "noise": log_ratio(inside, 1.0, _FLOOR),
        "noise_against_ring": log_ratio(inside, ring, _FLOOR),
        "inner_outer_noise": log_ratio(middle, rim, _FLOOR),
        "noise_by_light": noise_by_light(squares(view.near_grey), planes),
        "noise_zero": zero,
        "noise_zero_against_ring": zero - around,
        "noise_uneven": unevenness(planes.level, planes.weight * view.inside),
        "noise_lattice": lattice(planes.noise),
        **_residual_signals(view, planes),
    }


def noise_by_light(grey: Plane, planes: NoisePlanes) -> float:
    """Return the slope of log noise over log brightness; NaN where the brightness hardly varies.

    A sensor's shot noise grows with the root of the light: .5 in linear light, less after its gamma.
    `grey` (h / 4, w / 4) is the brightness of squares.
    """
    place = np.clip((grey.ravel() - 16) / 28, 0, 7).astype(np.int64)
    weight = planes.weight.ravel()
    size = np.bincount(place, weight, minlength=8)
    level = np.bincount(place, weight * planes.level.ravel(), minlength=8) / np.maximum(size, 1e-6)
    enough = size >= 10
    if enough.sum() < 3:
        return float("nan")
    light = np.log(16 + 28 * (np.arange(8) + 0.5))[enough]
    logs = np.log(np.maximum(level[enough], _FLOOR))
    return float(np.polyfit(light, logs, 1, w=np.sqrt(np.minimum(size[enough], 200)))[0])


def unevenness(level: Plane, weight: Plane) -> float:
    """Return the relative spread of the noise over larger squares of the weighted area; NaN if few."""
    size = (max(1, level.shape[1] // 4), max(1, level.shape[0] // 4))
    shares = cv2.resize(np.asarray(weight, np.float32), size, interpolation=cv2.INTER_AREA)
    sums = cv2.resize(np.asarray(level * weight, np.float32), size, interpolation=cv2.INTER_AREA)
    full = shares > 0.4
    if full.sum() < 6:
        return float("nan")
    means = sums[full] / shares[full]
    return float(means.std() / max(float(means.mean()), _FLOOR))


def lattice(noise: Plane) -> float:
    """Return the noise on the black fields of a chessboard of pixels against the white, logarithm, unsigned.

    Interpolated colour filters and enlargement by two leave one of them smoother (Gallagher, Chen, 2008).
    """
    black = noise[::2, ::2].mean() + noise[1::2, 1::2].mean()
    white = noise[1::2, ::2].mean() + noise[::2, 1::2].mean()
    return abs(log_ratio(float(black), float(white), _FLOOR))


def _residual_signals(view: View, planes: NoisePlanes) -> dict[str, float]:
    """Return ties, tails and colour of what a median of 9 pixels takes from the flat face."""
    near = np.ascontiguousarray(view.near[view.box])
    residual = cv2.subtract(near, cv2.medianBlur(near, 3), dtype=cv2.CV_32F)
    inside = planes.flat[view.box] > 0
    if inside.sum() < 100:
        return dict.fromkeys(("noise_tie", "noise_channels", "noise_tails", "noise_colour"), float("nan"))
    blue, green, red = (plane[inside] for plane in cv2.split(residual))
    both = inside[:, 1:] & inside[:, :-1]
    plane = residual[..., 1]
    square = green * green
    power = max(float(square.mean()), 1e-6)
    return {
        "noise_tie": float((plane[:, 1:] * plane[:, :-1])[both].mean()) / power if both.any() else 0.0,
        "noise_channels": _tie(green, red),
        "noise_tails": float(np.log(max(float((square * square).mean()), 1e-9) / power**2)),
        "noise_colour": log_ratio(float((red - blue).std()), float(green.std()), _FLOOR),
    }


def _tie(one: Plane, other: Plane) -> float:
    size = math.sqrt(float((one * one).sum()) * float((other * other).sum()))
    return float((one * other).sum()) / size if size > 1e-6 else 0.0
