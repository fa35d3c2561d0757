"""What is done to media before they are sent again: crop, compression, colour, and all of them."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from benchmarks.rendered_checks import compressed
from data.clip import Clip

Alteration = Callable[[Clip, np.random.Generator], Clip]


def cropped(clip: Clip, rng: np.random.Generator) -> Clip:
    """Return the clip less a tenth of its width and of its height, taken from any sides."""
    height, width = clip.frames.shape[1:3]
    top, left = (0.1 * rng.uniform(0, 1, 2) * [height, width]).astype(int)
    part = clip.frames[:, top : top + int(0.9 * height), left : left + int(0.9 * width)]
    return Clip(np.ascontiguousarray(part), clip.times_ms)


def recoloured(clip: Clip, rng: np.random.Generator) -> Clip:
    """Return the clip with another gamma, contrast, brightness and balance of white."""
    level = 255 * (np.arange(256.0)[:, None] / 255) ** rng.uniform(0.8, 1.25)
    level = (level - 128) * rng.uniform(0.85, 1.15) + 128 + rng.uniform(-18, 18)
    table = np.clip(level * (1 + rng.normal(0, 0.05, 3)), 0, 255).astype(np.uint8)[None]
    return Clip(
        np.stack([np.asarray(cv2.LUT(frame, table), np.uint8) for frame in clip.frames]), clip.times_ms
    )


def at_half_quality(clip: Clip, _: np.random.Generator) -> Clip:
    """Return the clip with every frame as JPEG of quality 50."""
    return compressed(clip, 50)


ALTERATIONS: dict[str, Alteration] = {
    "crop 10 %": cropped,
    "JPEG 50": at_half_quality,
    "colour": recoloured,
    "all together": lambda clip, rng: compressed(recoloured(cropped(clip, rng), rng), 50),
}
