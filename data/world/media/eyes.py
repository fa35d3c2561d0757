"""Eyes, open and closed: painted on the canonical canvas, each in a box of its own."""

from __future__ import annotations

import numpy as np

from data.world.media.head import CANVAS, Grid
from data.world.media.skin import tint
from data.world.media.textures import Plane, fractal, linear, ramp
from data.world.media.traits import Traits


def paint_eyes(
    albedo: Plane, traits: Traits, grid: Grid, rng: np.random.Generator
) -> tuple[Plane, Plane, Plane]:
    """Open eyes, painted into the albedo in place.

    Returns the albedo with closed eyes (h, w, 3), the opening of the lids (h, w), and for each pixel the
    share of closure, 0 to 1, from which the upper lid covers it (2 where it never does).
    """
    closed = albedo.copy()
    opening = np.zeros(CANVAS, np.float32)
    covered = np.full(CANVAS, 2.0, np.float32)
    texture = fractal(rng, CANVAS, 0.8, 4)
    gaze = float(rng.normal(0, 0.012)), float(rng.normal(0, 0.012))
    for side in (-1, 1):
        lids = _Lids(traits, grid, side)
        _paint_open(albedo[lids.box], lids, traits, gaze, texture[lids.box])
        _paint_closed(closed[lids.box], lids, traits)
        opening[lids.box] += lids.inside
        covered[lids.box] = np.where(lids.level < 1.15, np.clip(lids.level, 0, 1) * 0.95, 2.0)
    return closed, opening, covered


class _Lids:
    """The almond of one eye in its box: x, y in half widths of the eye, its lids and their inside."""

    def __init__(self, traits: Traits, grid: Grid, side: int) -> None:
        centre = grid.point(side * traits.eye_distance, traits.eye_level + 0.01 * side * traits.asymmetry)
        half = 0.2 * grid.unit * traits.eye_size
        angle = side * traits.eye_tilt
        x, y = round(centre[0]), round(centre[1])
        reach, tall = round(1.35 * half), round(0.85 * half)
        self.box = (slice(y - tall, y + tall), slice(x - reach, x + reach))
        dx = np.arange(x - reach, x + reach, dtype=np.float32)[None, :] - np.float32(centre[0])
        dy = np.arange(y - tall, y + tall, dtype=np.float32)[:, None] - np.float32(centre[1])
        self.x = np.asarray((dx * np.cos(angle) - dy * np.sin(angle)) / half * side, np.float32)
        self.y = np.asarray((dy * np.cos(angle) + dx * np.sin(angle)) / half, np.float32)
        self.half = half
        arch = np.clip(1 - self.x**2, 0, 1)
        lift = 0.40 * traits.eye_opening
        self.top = -lift * arch**0.75 * (1 + 0.15 * self.x)
        self.bottom = 0.24 * traits.eye_opening**0.5 * arch**0.9 * (1 - 0.1 * self.x)
        edge = np.float32(half)
        self.inside = (
            ramp((self.y - self.top) * edge, -0.6, 0.9)
            * ramp((self.bottom - self.y) * edge, -0.6, 0.9)
            * ramp(np.abs(self.x), 1.02, 0.94)
        )
        self.level = (self.y - self.top + 0.08) / np.maximum(self.bottom - self.top, 0.12)


def _paint_open(
    albedo: Plane, lids: _Lids, traits: Traits, gaze: tuple[float, float], texture: Plane
) -> None:
    """Eyeball, iris, pupil, catchlight, lashes and the crease above."""
    radius = 0.43
    far = np.sqrt((lids.x - gaze[0]) ** 2 + (lids.y + 0.04 - gaze[1]) ** 2) / np.float32(radius)
    soft_edge = 1 / (lids.half * radius)
    white = 0.82 * linear((214, 204, 198)) * (1 - 0.25 * lids.x[..., None] ** 2)
    white = white * (0.55 + 0.45 * ramp(lids.y - lids.top, 0.0, 0.3))[..., None]
    tint(albedo, lids.inside, np.asarray(white, np.float32))
    spokes = 1 + 0.25 * np.sin(23 * np.arctan2(lids.y, lids.x)) * ramp(far, 0.3, 0.7) + 0.2 * texture
    iris = linear(traits.iris) * (np.clip(spokes, 0.4, 2) * (1.25 - 0.7 * ramp(far, 0.75, 1.0)))[..., None]
    tint(albedo, lids.inside * ramp(far, 1 + soft_edge, 1 - soft_edge), np.asarray(iris, np.float32))
    tint(albedo, lids.inside * ramp(far, 0.42 + soft_edge, 0.42 - soft_edge), linear((14, 12, 12)))
    glint = np.exp(-(((lids.x - gaze[0] - 0.12) ** 2 + (lids.y + 0.16) ** 2) / 0.006))
    tint(albedo, np.asarray(0.85 * lids.inside * glint, np.float32), linear((255, 255, 255)))
    lash = np.exp(-(((lids.y - lids.top) * lids.half / (1.1 + 0.5 * (traits.male < 0.5))) ** 2))
    lash = lash * ramp(np.abs(lids.x), 1.15, 0.85) * (0.75 + 0.25 * lids.x.clip(0, 1))
    tint(albedo, np.asarray(0.88 * lash, np.float32), linear((24, 18, 16)))
    under = np.exp(-(((lids.y - lids.bottom) * lids.half / 1.0) ** 2)) * ramp(np.abs(lids.x), 1.0, 0.8)
    tint(albedo, np.asarray(0.35 * under, np.float32), 0.35 * linear(traits.skin))
    crease = np.exp(-(((lids.y - lids.top + 0.2) * lids.half / 1.3) ** 2)) * ramp(np.abs(lids.x), 1.15, 0.6)
    tint(albedo, np.asarray(0.4 * crease, np.float32), 0.4 * linear(traits.skin))


def _paint_closed(albedo: Plane, lids: _Lids, traits: Traits) -> None:
    """The lid over the eye: skin, a little darker, with lashes along its lower edge."""
    shade = ramp(lids.y, -0.35, 0.3) * ramp(np.abs(lids.x), 1.2, 0.7)
    tint(albedo, 0.3 * shade * ramp(lids.y, 0.5, 0.25), 0.7 * linear(traits.skin))
    lash = np.exp(-(((lids.y - lids.bottom) * lids.half / 1.4) ** 2)) * ramp(np.abs(lids.x), 1.1, 0.85)
    tint(albedo, np.asarray(0.85 * lash, np.float32), linear((28, 20, 18)))
