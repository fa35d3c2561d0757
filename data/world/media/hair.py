"""Hair, scarves and glasses: what lies in front of and behind the face on the canonical canvas."""

from __future__ import annotations

import cv2
import numpy as np

from data.world.media.head import CANVAS, Grid
from data.world.media.skin import tint
from data.world.media.textures import Plane, fractal, linear, ramp, soft, strands
from data.world.media.traits import Traits

VOLUMES = {
    "bald": 0.0,
    "cropped": 0.035,
    "short": 0.1,
    "parted": 0.14,
    "fringe": 0.15,
    "long": 0.18,
    "curls": 0.3,
    "tied": 0.07,
    "scarf": 0.16,
}
"""How far each style stands from the skull, in half widths of the face."""


def crown_mask(traits: Traits, grid: Grid, rng: np.random.Generator) -> Plane:
    """The whole mass of hair (h, w), the face not yet cut out; empty for a bald head."""
    if traits.hair == "bald":
        return np.zeros(CANVAS, np.float32)
    volume = VOLUMES[traits.hair] * (0.6 + 0.4 * traits.hair_volume)
    ragged = fractal(rng, CANVAS, 0.9, 5) * (0.05 if traits.hair == "curls" else 0.016)
    wide, high = 1.0 + volume, 0.9 + 0.75 * volume
    ball = np.sqrt((grid.u / wide) ** 2 + ((grid.v + 0.46) / high) ** 2) + ragged
    mass = ramp(ball, 1.012, 0.985)
    low = -0.12 if traits.hair in {"cropped", "short", "parted", "bald", "tied"} else 0.25
    if traits.hair in {"long", "scarf"}:
        drop = 1.0 + 0.6 * min(1.0, traits.hair_volume)
        side = np.abs(grid.u) + ragged - 0.06 * np.cos(3 * grid.v)
        if traits.hair == "long":
            falls = ramp(np.abs(grid.u) + 0.5 * ragged, 0.6, 0.7)
        else:
            falls = np.ones(CANVAS, np.float32)
        curtain = falls * ramp(side, wide + 0.02, wide - 0.02) * ramp(grid.v + 3 * ragged, drop, drop - 0.12)
        return np.asarray(np.maximum(mass, curtain * ramp(grid.v, -0.5, -0.42)), np.float32)
    return mass * ramp(grid.v + 4 * ragged, low + 0.1, low - 0.05)


def front_mask(traits: Traits, grid: Grid, rng: np.random.Generator) -> Plane:
    """1 where hair lies over the face: above the hairline, with temples and a parting or a fringe."""
    side, across = np.sign(grid.u + 0.3), np.abs(grid.u)
    wave = 0.02 * fractal(rng, CANVAS, 1.0, 5)
    line = traits.hairline + 0.10 * across**2 + 1.5 * np.clip(across - 0.72, 0, 1) ** 1.2
    if traits.hair == "fringe":
        line = np.where(across < 0.85, -0.47 + 0.04 * np.sin(9 * grid.u), line)
    if traits.hair == "parted":
        line = line + 0.16 * np.clip(side * (grid.u + 0.3), 0, 0.9) - 0.03
    if traits.hair == "long":
        line = line + 0.8 * np.clip(across - 0.6, 0, 1)
    if traits.hair == "scarf":
        line = -0.78 + 2.6 * np.clip(across - 0.55, 0, 1) ** 1.5
        low = 0.86 - 0.6 * np.clip(across - 0.2, 0, 1) ** 1.5
        return np.maximum(ramp(grid.v - line, 0.012, -0.012), ramp(grid.v - low - 0.1, -0.012, 0.012))
    return ramp(grid.v - np.asarray(line, np.float32) + wave, 0.035, -0.035)


def hair_look(traits: Traits, grid: Grid, rng: np.random.Generator) -> tuple[Plane, Plane]:
    """Colour (h, w, 3) and relief (h, w, pixels) of hair everywhere on the canvas, strand by strand."""
    if traits.hair == "scarf":
        return _cloth(rng)
    dx = (grid.u - np.float32(0.15 * traits.asymmetry)) * grid.unit
    dy = (grid.v + 1.3) * grid.rise * np.ones_like(grid.u)
    dx = dx * np.ones_like(dy)
    if traits.hair == "curls":
        dx = dx + 9 * soft(fractal(rng, CANVAS, 0.8, 4), 1.0)
        dy = dy + 9 * soft(fractal(rng, CANVAS, 0.8, 4), 1.0)
    elif traits.hair in {"cropped", "short"}:
        dx = dx + 3 * fractal(rng, CANVAS, 1.0, 5)
    fibres = strands(
        rng, np.asarray(np.arctan2(dx, dy), np.float32), np.asarray(np.hypot(dx, dy), np.float32)
    )
    colour = linear(traits.hair_colour) * np.exp(0.38 * fibres)[..., None]
    if traits.hair == "cropped":
        colour = 0.72 * colour + 0.28 * linear(traits.skin)
    return np.asarray(colour, np.float32), np.asarray(0.7 * fibres, np.float32)


def _cloth(rng: np.random.Generator) -> tuple[Plane, Plane]:
    """The colour and folds of a scarf."""
    folds = soft(fractal(rng, CANVAS, 1.7), 3.0) * 2.0
    weave = fractal(rng, CANVAS, 0.3, 3)
    red, green, blue = (float(level) for level in rng.uniform(20, 220, 3))
    colour = linear((red, green, blue))
    return np.asarray(colour * (1 + 0.05 * weave[..., None]), np.float32), np.asarray(folds, np.float32)


def ears(grid: Grid) -> Plane:
    """Two ears beside the head (h, w), 0 to 1."""
    at = (np.abs(grid.u) - 0.985) / 0.1
    up = (grid.v - 0.03 - 0.2 * at.clip(-1, 1) * -0.12) / 0.235
    return ramp(at**2 + up**2 + 0.18 * up * at.clip(0, 2), 1.05, 0.85)


def paint_glasses(albedo: Plane, alpha: Plane, gloss: Plane, traits: Traits, grid: Grid) -> None:
    """A frame around the eyes, a bridge and two temples, with shiny lenses; in place."""
    if traits.glasses == "none":
        return
    frame = np.zeros(CANVAS, np.uint8)
    lens = np.zeros(CANVAS, np.uint8)
    thick = {"thin": 1, "thick": 4, "round": 2}[traits.glasses]
    level = traits.eye_level + 0.03
    half = (0.3 * grid.unit, (0.3 if traits.glasses == "round" else 0.21) * grid.unit)
    for side in (-1, 1):
        x, y = grid.point(side * (traits.eye_distance + 0.02), level)
        corners = np.asarray(
            cv2.ellipse2Poly((round(x), round(y)), (round(half[0]), round(half[1])), 0, 0, 360, 6), np.int32
        )
        if traits.glasses != "round":
            middle, box = np.asarray([x, y]), np.asarray(half) * 0.92
            corners = np.clip(corners, np.round(middle - box), np.round(middle + box)).astype(np.int32)
        cv2.fillPoly(lens, [corners], 255, cv2.LINE_AA)
        cv2.polylines(frame, [corners], isClosed=True, color=255, thickness=thick, lineType=cv2.LINE_AA)
        hinge = (round(x + side * half[0]), round(y - 4))
        end = grid.point(side * 1.0, level - 0.06)
        cv2.line(frame, hinge, (round(end[0]), round(end[1])), 255, thick, cv2.LINE_AA)
    left, right = grid.point(-0.15, level - 0.05), grid.point(0.15, level - 0.05)
    cv2.line(
        frame, (round(left[0]), round(left[1])), (round(right[0]), round(right[1])), 255, thick, cv2.LINE_AA
    )
    rim = frame.astype(np.float32) / 255
    tint(albedo, 0.9 * rim, linear(traits.hair_colour) * 0.5)
    np.maximum(alpha, rim, out=alpha)
    gloss *= 1 - 0.6 * lens.astype(np.float32) / 255
    gloss += 0.12 * rim
