"""The same media under another account, a little changed by an attacker's tool."""

from __future__ import annotations

import cv2
import numpy as np

from data.clip import Clip
from data.world.media.camera import jpeg


def shown_again(clip: Clip, rng: np.random.Generator) -> Clip:
    """The clip cropped by up to 10 % a side, scaled, recoloured, at JPEG quality 50 to 90.

    This is what near-duplicate search must survive; the change is the same over all frames.
    """
    height, width = clip.frames.shape[1:3]
    keep = rng.uniform(0.9, 1.0, 2)
    rows, columns = round(height * keep[0]), round(width * keep[1])
    top, left = int(rng.integers(0, height - rows + 1)), int(rng.integers(0, width - columns + 1))
    scale = rng.uniform(0.85, 1.15)
    size = (max(16, round(width * scale)), max(16, round(height * scale)))
    table = _colours(rng)
    quality = int(rng.integers(50, 91))
    frames = []
    for frame in clip.frames:
        part = cv2.resize(
            frame[top : top + rows, left : left + columns], size, interpolation=cv2.INTER_LINEAR
        )
        frames.append(jpeg(np.asarray(cv2.LUT(part, table), np.uint8), quality))
    return Clip(np.stack(frames), clip.times_ms)


def _colours(rng: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Another brightness, contrast and tint (1, 256, 3), as of a filter."""
    level = np.arange(256, dtype=np.float32)[:, None]
    contrast, shift = rng.uniform(0.85, 1.15), rng.uniform(-18, 18)
    tint = 1 + rng.normal(0, 0.05, 3)
    return np.asarray(np.clip(((level - 128) * contrast + 128 + shift) * tint, 0, 255), np.uint8)[None]
