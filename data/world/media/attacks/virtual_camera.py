"""A recorded file that a virtual camera plays into the check."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from data.clip import Clip, Frame
from data.world.media.attacks.scene import Material, other_conditions, streamed
from data.world.media.camera import jpeg, shoot


def played(material: Material, rng: np.random.Generator) -> Clip:
    """The source, recorded earlier, compressed as a video, often looped, and encoded again by the stream.

    Video compression takes the sensor's noise away and repeats the frame before where little moved; the noise
    of the camera that the check expects is not there.
    """
    earlier = other_conditions(material.conditions, rng, material.quality)
    own = material.conditions
    earlier = replace(
        earlier,
        light=own.light,
        temperature=own.temperature,
        contrast=own.contrast,
        blur=own.blur,
        sharpening=own.sharpening,
    )
    record = shoot(material.source, earlier, rng)
    frames = _compressed(record.frames, material, rng)
    if len(frames) > 2 and rng.uniform() < 0.6:
        length = int(rng.integers(2, len(frames)))
        frames = np.stack([frames[number % length] for number in range(len(frames))])
    return streamed(Clip(frames, record.times_ms), own)


def _compressed(frames: Frame, material: Material, rng: np.random.Generator) -> Frame:
    """Frames after a video codec: less noise, less detail, blocks, and what is still is repeated."""
    height, width = frames.shape[1:3]
    shrink = rng.uniform(0.62, 0.85) + 0.15 * material.quality
    quality = round(rng.uniform(45, 65) + 25 * material.quality)
    size = (max(16, round(width * shrink)), max(16, round(height * shrink)))
    limit = material.careless(2.0, 7.0)
    before: Frame | None = None
    coded = []
    for frame in frames:
        small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
        small = cv2.bilateralFilter(small, 5, material.careless(4, 22), 1.6)
        if before is not None:
            still = (cv2.GaussianBlur(cv2.absdiff(small, before), (0, 0), 2).max(-1) < limit)[..., None]
            small = np.where(still, before, small)
        before = np.asarray(small, np.uint8)
        coded.append(cv2.resize(jpeg(before, quality), (width, height), interpolation=cv2.INTER_LINEAR))
    return np.stack(coded).astype(np.uint8)
