"""Random textures and small shapes from which faces, rooms and paper are made; all float32."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
"""A picture or a field of light as the renderer keeps it."""
Numbers = NDArray[np.floating[Any]]
Number = float | np.floating[Any]


def fractal(rng: np.random.Generator, shape: tuple[int, int], slope: float = 1.0, octaves: int = 7) -> Plane:
    """Noise (h, w) of mean 0 and variance 1 whose amplitude spectrum falls as 1/f**slope.

    A photograph of the world has a slope near 1: then every octave carries the same variance.
    """
    height, width = shape
    last = min(octaves, int(np.log2(max(min(shape), 2)))) - 1
    total = np.zeros((1, 1), np.float32)
    for octave in range(last, -1, -1):
        step = 2**octave
        size = (-(-width // step), -(-height // step))
        layer = rng.standard_normal(size[::-1], dtype=np.float32) * np.float32(2 ** (octave * (slope - 1)))
        if octave < last:
            layer += cv2.resize(total, size, interpolation=cv2.INTER_CUBIC)
        total = layer
    return standard(total)


def standard(plane: Plane) -> Plane:
    """The plane with mean 0 and variance 1; a constant plane becomes 0."""
    mean, spread = cv2.meanStdDev(plane)
    return np.asarray((plane - mean[0, 0]) / max(float(spread[0, 0]), 1e-6), np.float32)


def strands(rng: np.random.Generator, angle: Plane, radius: Plane, fineness: float = 1.0) -> Plane:
    """Fibres that run outwards from a point, given each pixel's angle and radius (in pixels) around it.

    Noise that is fine across the angle and slow along the radius, looked up in polar coordinates.
    """
    wide, long = 1024, 64
    raw = rng.standard_normal((long, wide), dtype=np.float32)
    fine = np.asarray(cv2.GaussianBlur(raw, (0, 0), sigmaX=0.8, sigmaY=2.0), np.float32)
    locks = np.asarray(cv2.GaussianBlur(raw[:, ::-1], (0, 0), sigmaX=9.0, sigmaY=4.0), np.float32)
    table = standard(standard(fine) + 1.2 * standard(locks))
    across = np.mod(angle * np.float32(wide / (2 * np.pi) * fineness) + 0.02 * radius, wide - 1)
    along = np.mod(radius / 6.0, long - 1)
    return cv2.remap(table, across.astype(np.float32), along.astype(np.float32), cv2.INTER_LINEAR).astype(
        np.float32
    )


def ramp(values: Numbers, low: Number, high: Number) -> Plane:
    """0 at `low`, 1 at `high`, smooth between (a cubic step); `low` may be the larger of the two."""
    at = np.asarray(values, np.float32) - np.float32(low)
    at *= np.float32(1 / (high - low))
    np.clip(at, 0, 1, out=at)
    return np.asarray(at * at * (3 - 2 * at), np.float32)


def soft(plane: Plane, sigma: float) -> Plane:
    """The plane under a Gaussian blur of `sigma` pixels."""
    if sigma < 0.15:
        return plane
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma), np.float32)


def linear(colour: tuple[float, float, float]) -> Plane:
    """A screen colour (red, green, blue, 0 to 255) as linear light (blue, green, red, 0 to 1).

    The renderer takes a gamma of 2 everywhere: a square root instead of a power, at a fifth of the cost.
    """
    red, green, blue = colour
    return np.asarray([(blue / 255) ** 2, (green / 255) ** 2, (red / 255) ** 2], np.float32)
