"""The shape of a head: a height field over the picture of the face, in pixels of the canonical canvas."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from data.world.media.textures import Plane, fractal, ramp, soft
from data.world.media.traits import Traits

CANVAS = (400, 320)
"""Height and width of the canonical canvas on which every face is made."""
CENTRE = (160.0, 205.0)
"""Where the middle of the face lies on it: x, y."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Coordinates of the canvas: u (1, w) and v (h, 1).

    u is 1 at the widest point of the face, v is -1 at the hairline and 1 at the chin;
    `outline` (h, 1) is the half width of the head at each v; `unit` and `rise` are pixels per u and v.
    """

    u: Plane
    v: Plane
    outline: Plane
    unit: float
    rise: float

    def bump(self, u0: float, v0: float, su: float, sv: float) -> Plane:
        """A Gaussian hill of height 1."""
        across = np.exp(-0.5 * ((self.u - np.float32(u0)) / np.float32(su)) ** 2)
        return np.asarray(
            across * np.exp(-0.5 * ((self.v - np.float32(v0)) / np.float32(sv)) ** 2), np.float32
        )

    def both(self, u0: float, v0: float, su: float, sv: float) -> Plane:
        """A hill on either side of the face."""
        return self.bump(u0, v0, su, sv) + self.bump(-u0, v0, su, sv)

    def point(self, u0: float, v0: float) -> tuple[float, float]:
        """The pixel x, y of a place on the face."""
        return CENTRE[0] + u0 * self.unit, CENTRE[1] + v0 * self.rise


def make_grid(traits: Traits) -> Grid:
    """The coordinates of one person's face."""
    unit, rise = traits.half_width, traits.half_width * traits.elongation
    u = (np.arange(CANVAS[1], dtype=np.float32)[None, :] - np.float32(CENTRE[0])) / np.float32(unit)
    v = (np.arange(CANVAS[0], dtype=np.float32)[:, None] - np.float32(CENTRE[1])) / np.float32(rise)
    jaw, chin = traits.jaw, 0.6 * traits.jaw + 0.4 * traits.chin
    knots = (-1.36, -1.3, -1.15, -0.95, -0.6, -0.2, 0.15, 0.5, 0.72, 0.86, 0.95, 1.0, 1.035)
    low = (0.87 * jaw, 0.75 * jaw, 0.58 * chin, 0.42 * chin, 0.28 * chin, 0.0)
    widths = (0.0, 0.35, 0.66, 0.84, 0.98, 1.0, 0.96, *low)
    rough = np.interp(v[:, 0], knots, widths).astype(np.float32)[:, None]
    return Grid(u, v, _smooth(rough), unit, rise)


def _smooth(column: Plane) -> Plane:
    """The outline without corners."""
    kernel = np.hanning(19).astype(np.float32)
    return np.convolve(column[:, 0], kernel / kernel.sum(), mode="same").astype(np.float32)[:, None]


def skin_mask(grid: Grid) -> Plane:
    """1 on the head, 0 outside, two pixels soft."""
    inside = (np.maximum(grid.outline, 0.02) - np.abs(grid.u)) * np.float32(grid.unit)
    return ramp(inside, -0.6, 1.8) * ramp(grid.v, -1.36, -1.3) * ramp(grid.v, 1.06, 1.02)


def head_height(traits: Traits, grid: Grid, rng: np.random.Generator) -> Plane:
    """Height towards the camera (h, w), pixels: skull, sockets, nose, mouth, chin, wrinkles and pores."""
    across = np.abs(grid.u) / np.maximum(grid.outline, 0.05)
    dome = np.sqrt(np.clip(1 - across**2, 0, 1)) ** np.float32(0.9)
    dome = dome * np.sqrt(np.clip(1 - ((grid.v + 0.12) / 1.4) ** 2, 0, 1))
    units = 0.9 * dome + _features(traits, grid)
    pores = fractal(rng, CANVAS, slope=0.55, octaves=4) * np.float32(0.13 + 0.13 * traits.age)
    uneven = fractal(rng, CANVAS, slope=1.8) * np.float32(0.45)
    furrows = _wrinkles(traits, grid, rng)
    return np.asarray(units * grid.unit + pores + uneven - furrows, np.float32)


def _features(traits: Traits, grid: Grid) -> Plane:
    """Sockets, brows, nose, cheeks, mouth and chin, in half widths of the face."""
    eye, level, mouth = traits.eye_distance, traits.eye_level, traits.mouth_level
    relief = -0.11 * grid.both(eye - 0.04, level - 0.01, 0.2, 0.1)
    relief += 0.055 * grid.both(eye, level, 0.14, 0.065)
    relief += (0.02 + 0.05 * traits.male) * grid.both(0.38, traits.brow_level, 0.24, 0.07)
    relief += 0.06 * traits.cheeks * grid.both(0.55, 0.12, 0.22, 0.18)
    relief += _nose(traits, grid)
    relief += 0.06 * traits.lips * grid.bump(0, mouth - 0.055, 0.22, 0.035)
    relief += 0.075 * traits.lips * grid.bump(0, mouth + 0.06, 0.19, 0.045)
    relief -= 0.04 * grid.bump(0, mouth, 0.3, 0.012)
    relief -= 0.035 * grid.bump(0, mouth + 0.17, 0.18, 0.04)
    relief += 0.07 * traits.chin * grid.bump(0, 0.88, 0.2, 0.09)
    relief -= 0.02 * grid.bump(0, (mouth + traits.nose_length) / 2 - 0.02, 0.03, 0.05)
    relief -= 0.03 * grid.both(traits.mouth_width + 0.06, mouth, 0.05, 0.06)
    return np.asarray(relief, np.float32)


def _nose(traits: Traits, grid: Grid) -> Plane:
    """A ridge that rises to the tip, the tip, and two wings."""
    tip, wide, bridge = traits.nose_length - 0.06, traits.nose_width, traits.nose_bridge
    knots = (-0.42, -0.26, 0.0, tip - 0.08, tip, tip + 0.06, tip + 0.11)
    rises = (0.0, 0.05 * bridge, 0.13 * bridge, 0.25, 0.29, 0.14, 0.0)
    ridge = _smooth(np.interp(grid.v[:, 0], knots, rises).astype(np.float32)[:, None])
    widths = np.interp(grid.v[:, 0], (-0.3, 0.0, tip), (0.1, 0.085, 0.12 * wide)).astype(np.float32)[:, None]
    nose = ridge * np.exp(-0.5 * (grid.u / widths) ** 2)
    wings = 0.12 * grid.both(0.165 * wide, tip + 0.015, 0.055 * wide, 0.05)
    return np.asarray(nose + wings, np.float32)


def _wrinkles(traits: Traits, grid: Grid, rng: np.random.Generator) -> Plane:
    """Depth of the lines of age (h, w), pixels: forehead, eye corners, from nose to mouth."""
    lines = np.zeros(CANVAS, np.float32)
    depth = 0.2 + 1.2 * traits.age
    for side in (-1, 1):
        start, end = (0.22, traits.nose_length - 0.06), (traits.mouth_width + 0.09, traits.mouth_level + 0.04)
        curve = [
            (start[0] + (end[0] - start[0]) * t**0.7, start[1] + (end[1] - start[1]) * t) for t in _STEPS
        ]
        _stroke(lines, grid, [(side * u, v) for u, v in curve], 1.1 * depth, 3)
        bag = [
            (side * (traits.eye_distance + 0.2 * t - 0.12), traits.eye_level + 0.13 + 0.03 * np.sin(3 * t))
            for t in _STEPS
        ]
        _stroke(lines, grid, bag, 0.6 * depth, 2)
        for ray in (-0.05, 0.0, 0.05):
            u0 = traits.eye_distance + 0.25
            rays = [(side * (u0 + 0.13 * t), traits.eye_level + ray * (0.5 + t)) for t in _STEPS]
            _stroke(lines, grid, rays, 0.9 * traits.age, 1)
    for v0 in (-0.52, -0.62, -0.72):
        waves = rng.normal(0, 0.012, 3)
        line = [(0.9 * (t - 0.5), v0 + waves[0] * np.cos(9 * t) + waves[1] * np.sin(5 * t)) for t in _STEPS]
        _stroke(lines, grid, line, 1.3 * traits.age**1.5, 1)
    return soft(lines, 1.3)


_STEPS = tuple(float(t) for t in np.linspace(0, 1, 9))


def _stroke(plane: Plane, grid: Grid, points: list[tuple[float, float]], value: float, thick: int) -> None:
    """Draw a line through places of the face into the plane."""
    pixels = np.asarray([grid.point(u, v) for u, v in points])
    cv2.polylines(
        plane,
        [np.round(pixels * 8).astype(np.int32)],
        isClosed=False,
        color=value,
        thickness=thick,
        lineType=cv2.LINE_AA,
        shift=3,
    )
