"""Neck, shoulders and clothes of a synthetic person, on a canvas of their own."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from data.world.media.textures import Plane, fractal, linear, ramp, soft
from data.world.media.traits import Traits

BODY = (210, 540)
"""Height and width of the canvas of the shoulders."""
ANCHOR = (270.0, 20.0)
"""The x, y on it that lies under the chin."""

CLOTHES = (
    (28, 30, 36),
    (225, 224, 220),
    (52, 68, 104),
    (120, 40, 44),
    (92, 96, 90),
    (176, 168, 150),
    (40, 84, 72),
    (200, 160, 60),
    (130, 120, 170),
    (150, 150, 155),
)
"""Red, green, blue of cloth."""


@dataclass(frozen=True, slots=True)
class Shoulders:
    """Albedo (h, w, 3) linear, alpha (h, w), normals (h, w, 3) and shade (h, w) of neck and clothes."""

    albedo: Plane
    alpha: Plane
    normals: Plane
    shade: Plane


def make_shoulders(traits: Traits, rng: np.random.Generator) -> Shoulders:
    """The neck in the skin's colour, a collar, and cloth with folds and sometimes stripes."""
    x = np.arange(BODY[1], dtype=np.float32)[None, :] - np.float32(ANCHOR[0])
    y = np.arange(BODY[0], dtype=np.float32)[:, None] - np.float32(ANCHOR[1])
    neck_half = traits.half_width * (0.56 + 0.14 * traits.male)
    neck_half = neck_half + 0.02 * np.clip(y, 0, None) ** 1.2
    neck = ramp(np.abs(x) - neck_half, 1.5, -1.5)
    slope = 36 + 0.0016 * np.clip(np.abs(x) - neck_half, 0, None) ** 2.1 + 0.16 * np.abs(x)
    wide = (185 + 40 * traits.male) + 0.2 * y
    cloth = ramp(y - slope, -1.5, 2.5) * ramp(np.abs(x) - wide, 6, -6)
    collar = rng.uniform(22, 60)
    opening = ramp(y - collar - 34 + (np.abs(x) / neck_half) ** 2 * 26, 1.5, -1.5) * ramp(
        np.abs(x), 1.25 * 60, 70
    )
    cloth = cloth * (1 - opening * ramp(np.abs(x) - neck_half, 14, 4))
    height = 40 * np.sqrt(np.clip(1 - (x / (1.3 * neck_half)) ** 2, 0, 1)) * (1 - cloth)
    height = height + cloth * (
        60 * np.sqrt(np.clip(1 - (x / 300) ** 2, 0, 1)) + 2.2 * soft(fractal(rng, BODY, 1.7), 3)
    )
    height = height + 0.25 * fractal(rng, BODY, 0.6, 4)
    albedo = linear(traits.skin) * (1 + 0.05 * fractal(rng, BODY, 1.1))[..., None]
    albedo = albedo + cloth[..., None] * (_cloth(rng) - albedo)
    shade = 0.35 + 0.65 * ramp(y, 8, 60 + 20 * traits.male) + 0.3 * cloth
    return Shoulders(
        np.clip(albedo, 0.002, 1).astype(np.float32),
        np.asarray(np.maximum(neck, cloth) * ramp(y, -20, -16), np.float32),
        _normals(np.asarray(soft(np.asarray(height, np.float32), 1.0), np.float32)),
        np.asarray(np.clip(shade, 0, 1), np.float32),
    )


def _cloth(rng: np.random.Generator) -> Plane:
    """Colour of the cloth (h, w, 3): plain, striped or checked, with its weave."""
    first, second = rng.choice(len(CLOTHES), 2, replace=False)
    colour = linear(_rgb(first)) * np.ones((*BODY, 1), np.float32)
    kind = rng.uniform()
    period = rng.uniform(9, 34)
    if kind < 0.25:
        bands = ramp(np.sin(np.arange(BODY[0], dtype=np.float32) / period * 6.28)[:, None], 0.3, 0.6)
        colour = colour + bands[..., None] * (linear(_rgb(second)) - colour)
    elif kind < 0.35:
        bands = ramp(np.sin(np.arange(BODY[1], dtype=np.float32) / period * 6.28)[None, :], 0.6, 0.8)
        colour = colour + 0.7 * bands[..., None] * (linear(_rgb(second)) - colour)
    weave = fractal(rng, BODY, 0.25, 3) * np.float32(rng.uniform(0.03, 0.12))
    return np.asarray(colour * np.exp(weave)[..., None], np.float32)


def _rgb(number: int) -> tuple[float, float, float]:
    red, green, blue = CLOTHES[number]
    return float(red), float(green), float(blue)


def _normals(height: Plane) -> Plane:
    """Unit normals (h, w, 3) of a height field in pixels."""
    dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    length = 1 / np.sqrt(dx * dx + dy * dy + 1)
    return np.asarray(np.stack([-dx * length, -dy * length, length], -1), np.float32)
