"""A face that a network made up, animated and sent as the camera's stream."""

from __future__ import annotations

import cv2
import numpy as np

from data.clip import Clip, Frame
from data.world.media.attacks.scene import Landmarks, Material, graded, similarity, streamed
from data.world.media.camera import delivered_size, exposure, sharpened
from data.world.media.conditions import Conditions
from data.world.media.textures import Plane, fractal


def generated(material: Material, rng: np.random.Generator) -> Clip:
    """One frame of the source as a network renders it, moved as a whole, in the light of the check.

    Traces: a spectrum with peaks from transposed convolutions, skin without pores, halves too much alike, no
    sensor noise at all, and motion that is a warp of one picture.
    """
    own = material.conditions
    still = _sized(material.source, own)
    points = _points(material, still)
    face = _symmetric(still, points, material.careless(0.15, 0.6))
    face = _smoothed(face, material)
    face = _upsampled(face, material, rng)
    gain = exposure(face, own)
    frames = _animated(face, len(material.source), rng)
    return streamed(Clip(graded(frames, own, gain), material.source.times_ms), own)


def _sized(source: Clip, conditions: Conditions) -> Frame:
    """The first frame at the size of the check, as sharp as its conditions."""
    size = delivered_size(source, conditions)
    frame = cv2.resize(source.frames[0], size, interpolation=cv2.INTER_AREA)
    blurred = np.asarray(cv2.GaussianBlur(frame, (0, 0), max(0.3, conditions.blur)), np.uint8)
    return sharpened(blurred, conditions)


def _points(material: Material, still: Frame) -> Landmarks | None:
    """The landmarks of the first frame at the size of the check (5, 2)."""
    if material.source_landmarks is None:
        return None
    before = np.asarray(material.source.frames.shape[2:0:-1], np.float32)
    return np.asarray(
        material.source_landmarks[0] * (np.asarray(still.shape[1::-1], np.float32) / before), np.float32
    )


def _symmetric(frame: Frame, points: Landmarks | None, share: float) -> Frame:
    """The face mixed with its mirror image about its own axis, inside an ellipse around the landmarks."""
    if points is None:
        return frame
    height, width = frame.shape[:2]
    mirrored = points[[1, 0, 2, 4, 3]] * np.asarray([-1, 1]) + np.asarray([width - 1, 0])
    move = similarity(mirrored.astype(np.float32), points)
    other = cv2.warpAffine(frame[:, ::-1], move, (width, height), borderMode=cv2.BORDER_REFLECT_101)
    span = float(np.linalg.norm(points[1] - points[0]))
    centre = points.mean(0)
    x = (np.arange(width, dtype=np.float32)[None, :] - centre[0]) / (0.95 * span)
    y = (np.arange(height, dtype=np.float32)[:, None] - centre[1]) / (1.25 * span)
    cover = (share * np.exp(-((x * x + y * y) ** 2)))[..., None]
    return np.asarray(np.clip(frame + cover * (other.astype(np.float32) - frame), 0, 255), np.uint8)


def _smoothed(frame: Frame, material: Material) -> Frame:
    """Skin without pores: an edge-keeping filter, once or twice."""
    smooth = cv2.bilateralFilter(frame, 7, material.careless(12, 30), 2.5)
    return np.asarray(cv2.bilateralFilter(smooth, 5, material.careless(8, 22), 2.0), np.uint8)


def _upsampled(frame: Frame, material: Material, rng: np.random.Generator) -> Frame:
    """The frame as the last layers of a network write it.

    It is taken at half its size and brought back by a transposed convolution: zeros between the pixels,
    then a kernel whose phases do not sum alike, which leaves copies of the spectrum and a checkerboard at
    half rate.
    """
    height, width = frame.shape[:2]
    half = cv2.resize(frame, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA).astype(
        np.float32
    )
    wide = np.zeros((half.shape[0] * 2, half.shape[1] * 2, 3), np.float32)
    wide[::2, ::2] = half
    uneven = material.careless(0.004, 0.022) * rng.uniform(0.5, 1.0)
    taps = np.asarray([0.25 - uneven, 0.75 + uneven, 0.75 - uneven, 0.25 + uneven], np.float32)
    taps = taps + rng.normal(0, uneven / 2, 4).astype(np.float32)
    up = cv2.sepFilter2D(wide, -1, taps, taps, anchor=(1, 1))[:height, :width]
    made_up = _invented_detail((height, width), frame, rng)
    kept = material.careless(0.55, 0.15)
    return np.asarray(np.clip(up + kept * (frame - up) * 0.8 + made_up, 0, 255), np.uint8)


def _invented_detail(shape: tuple[int, int], frame: Frame, rng: np.random.Generator) -> Plane:
    """Texture that a network writes where it knows none (h, w, 1), grey levels: repeated patches of noise."""
    patch = fractal(rng, (64, 64), 0.8, 4)
    tiled = np.tile(patch, (shape[0] // 64 + 1, shape[1] // 64 + 1))[: shape[0], : shape[1]]
    bright = frame.mean(-1) / 255
    return np.asarray(0.9 * tiled * bright, np.float32)[..., None]


def _animated(face: Frame, count: int, rng: np.random.Generator) -> Frame:
    """The picture as a stream of `count` frames: a smooth warp about its middle, the noise moves with it."""
    height, width = face.shape[:2]
    phase = rng.uniform(0, 6.3, 4)
    frames = []
    for number in range(count):
        sway = np.sin(phase + number * np.asarray([0.5, 0.4, 0.6, 0.3])) - np.sin(phase)
        move = cv2.getRotationMatrix2D(
            (width / 2, height / 2), 1.0 * float(sway[0]), 1 + 0.006 * float(sway[1])
        )
        move[:, 2] += 0.006 * width * sway[2:]
        frames.append(
            face
            if number == 0
            else cv2.warpAffine(face, move, (width, height), borderMode=cv2.BORDER_REFLECT_101)
        )
    return np.stack(frames).astype(np.uint8)
