"""Random processing that an app may do to a picture, drawn alike for bona fide frames and for attacks."""

from __future__ import annotations

import cv2
import numpy as np

from data.clip import Frame
from data.world.media.camera import jpeg


def processed(frame: Frame, rng: np.random.Generator) -> Frame:
    """Return the frame after some of: rescaling, blur, noise, contrast and brightness, sharpening; JPEG."""
    picture: Frame = frame
    height, width = frame.shape[:2]
    if rng.uniform() < 0.5:
        scale = rng.uniform(0.7, 1.5)
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        size = (round(width * scale), round(height * scale))
        picture = np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)
    if rng.uniform() < 0.4:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.1)), np.uint8)
    if rng.uniform() < 0.3:
        grain = rng.normal(0, rng.uniform(1, 5), picture.shape)
        picture = np.clip(picture + grain, 0, 255).astype(np.uint8)
    if rng.uniform() < 0.5:
        level = 128 + (np.arange(256) - 128) * rng.uniform(0.8, 1.2) + rng.uniform(-15, 15)
        picture = np.asarray(cv2.LUT(picture, np.clip(level, 0, 255).astype(np.uint8)), np.uint8)
    if rng.uniform() < 0.3:
        low = cv2.GaussianBlur(picture, (0, 0), 1.0)
        share = rng.uniform(0.2, 0.8)
        picture = np.asarray(cv2.addWeighted(picture, 1 + share, low, -share, 0), np.uint8)
    return jpeg(picture, int(rng.integers(55, 97)))
