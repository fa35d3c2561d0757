"""Noise of the sensor: a camera leaves it everywhere and more of it in the light.

A pasted face brings other noise than its surroundings, a generated one little, a copy's is smoothed and
tied between neighbours. Level by Immerkær (1996): the picture through a filter that content leaves at zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from scoring.media.view import Mask, Plane, View, log_ratio, mean_in

_FILTER = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
# The filter's mean magnitude for normal noise of spread 1 is 6 * sqrt(2 / pi).
_UNIT = math.sqrt(math.pi / 2) / 6
_FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class NoisePlanes:
    """Noise (h, w) of a near picture, levels; `flat` where its content is flat; `residual` (h, w, 3)."""

    noise: Plane
    flat: Mask
    residual: Plane


def noise_planes(view: View) -> NoisePlanes:
    """Return the noise of a view, where it can be read, and what a median of 9 pixels takes away."""
    grey = view.near_grey
    smooth = cv2.blur(grey, (5, 5))
    steep = cv2.morphologyEx(smooth, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    clipped = cv2.inRange(grey, 6, 249)
    flat = cv2.inRange(steep, 0.0, max(1.5, cv2.mean(steep)[0]))
    residual = view.near.astype(np.float32) - cv2.medianBlur(view.near, 3)
    return NoisePlanes(noise_plane(grey), cv2.bitwise_and(flat, clipped), residual)


def noise_plane(grey: Plane) -> Plane:
    """Return the noise at each pixel, levels: its mean over an area estimates the standard deviation."""
    return np.asarray(np.abs(cv2.filter2D(grey, cv2.CV_32F, _FILTER)) * np.float32(_UNIT), np.float32)


def noise(view: View, planes: NoisePlanes) -> dict[str, float]:
    """Return the signals of noise of one view."""
    bands = (view.inside, view.middle, view.rim, view.ring)
    face, middle, rim, ring = (cv2.bitwise_and(planes.flat, band) for band in bands)
    level, around = mean_in(planes.noise, face), mean_in(planes.noise, ring)
    zero, zero_around = _zero_share(planes, face), _zero_share(planes, ring)
    return {
        "noise": log_ratio(level, 1.0, _FLOOR),
        "noise_against_ring": log_ratio(level, around, _FLOOR),
        "inner_outer_noise": log_ratio(mean_in(planes.noise, middle), mean_in(planes.noise, rim), _FLOOR),
        "noise_by_light": noise_by_light(view.near_grey, planes.noise, planes.flat),
        "noise_zero": zero,
        "noise_zero_against_ring": zero - zero_around,
        "noise_uneven": unevenness(planes.noise, face),
        "noise_lattice": lattice(planes.noise),
        **_residual_signals(planes.residual, face),
    }


def noise_by_light(grey: Plane, noise: Plane, flat: Mask) -> float:
    """Return the slope of log noise over log brightness; NaN where the brightness hardly varies.

    A sensor's shot noise grows with the root of the light: .5 in linear light, less after its gamma.
    """
    edges = np.linspace(16, 240, 9)
    lights, levels, sizes = [], [], []
    for low, high in pairwise(edges):
        mask = cv2.bitwise_and(flat, cv2.inRange(grey, float(low), float(high)))
        size = cv2.countNonZero(mask)
        if size >= 150:
            lights.append(math.log((low + high) / 2))
            levels.append(math.log(max(cv2.mean(noise, mask)[0], _FLOOR)))
            sizes.append(min(size, 3000))
    if len(lights) < 3:
        return float("nan")
    return float(np.polyfit(lights, levels, 1, w=np.sqrt(sizes))[0])


def unevenness(noise: Plane, mask: Mask) -> float:
    """Return the relative spread of the noise over squares of 16 pixels of the masked area."""
    size = (max(1, noise.shape[1] // 16), max(1, noise.shape[0] // 16))
    weight = cv2.resize((mask > 0).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    level = cv2.resize(noise * (mask > 0), size, interpolation=cv2.INTER_AREA)
    full = weight > 0.4
    if full.sum() < 6:
        return float("nan")
    squares = level[full] / weight[full]
    return float(squares.std() / max(float(squares.mean()), _FLOOR))


def lattice(noise: Plane) -> float:
    """Return the noise on the black fields of a chessboard of pixels against the white, logarithm, unsigned.

    Interpolated colour filters and enlargement by two leave one of them smoother (Gallagher, Chen, 2008).
    """
    black = noise[::2, ::2].mean() + noise[1::2, 1::2].mean()
    white = noise[1::2, ::2].mean() + noise[::2, 1::2].mean()
    return abs(log_ratio(float(black), float(white), _FLOOR))


def _residual_signals(residual: Plane, mask: Mask) -> dict[str, float]:
    """Return ties, tails and colour of what a small median takes away from the masked area."""
    inside = mask > 0
    if inside.sum() < 100:
        return dict.fromkeys(("noise_tie", "noise_channels", "noise_tails", "noise_colour"), float("nan"))
    blue, green, red = (residual[..., k][inside] for k in range(3))
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


def _zero_share(planes: NoisePlanes, mask: Mask) -> float:
    """Return the share of masked pixels whose noise is below a quarter of a level."""
    count = cv2.countNonZero(mask)
    if not count:
        return float("nan")
    return cv2.countNonZero(cv2.bitwise_and(mask, cv2.inRange(planes.noise, 0.0, 0.25))) / count


def _tie(one: Plane, other: Plane) -> float:
    size = math.sqrt(float((one * one).sum()) * float((other * other).sum()))
    return float((one * other).sum()) / size if size > 1e-6 else 0.0
