"""A recording of the person on a screen that is held before the camera."""

from __future__ import annotations

import cv2
import numpy as np

from data.clip import Clip, Frame
from data.world.media.attacks.scene import Material, held_corners, other_conditions, tightened, warped
from data.world.media.camera import shoot
from data.world.media.textures import Plane, ramp


def replayed(material: Material, rng: np.random.Generator) -> Clip:
    """The source as an earlier camera recorded it, on a screen, taken by the device.

    A screen has its own gamma and white, rows and columns of pixels that beat with the camera's (moire),
    bands of its refresh, and glass that mirrors the room; the person on it moves and blinks.
    """
    record = shoot(material.source, other_conditions(material.conditions, rng, material.quality), rng)
    height, width = record.frames.shape[1:3]
    size, count = (width, height), len(record)
    edges = rng.uniform() > 0.35 + 0.65 * material.quality
    zoom = rng.uniform(0.86, 0.96) if edges else rng.uniform(1.0, 1.05)
    corners = held_corners(size, count, zoom, material.careless(0.008, 0.025), 0.004, rng)
    grid, glass = _grid(size, material, rng), _glass(material.host.frames[0], size, material, rng)
    tone = _tone(rng)
    border = np.full((height, width, 3), int(rng.integers(4, 26)), np.uint8)
    band = rng.uniform(0, 6.3), rng.uniform(0.5, 3.0), material.careless(0.006, 0.05) * rng.uniform(0.2, 1)
    frames = []
    for number, frame in enumerate(record.frames):
        shown = cv2.LUT(frame, tone).astype(np.uint8)
        shown = tightened(shown, zoom) if edges else shown
        picture = warped(shown, corners[number], size, border if edges else None).astype(np.float32)
        move = corners[number].mean(0) - corners[0].mean(0)
        picture *= np.roll(grid, (round(float(move[1])), round(float(move[0]))), (0, 1))
        rows = np.linspace(0, 6.3 * band[1], height, dtype=np.float32) + np.float32(band[0] + 2.1 * number)
        picture *= (1 + np.float32(band[2]) * np.sin(rows))[:, None, None]
        frames.append(np.clip(picture + glass, 0, 255).astype(np.uint8))
    return shoot(Clip(np.stack(frames), record.times_ms), material.conditions, rng)


def _tone(rng: np.random.Generator) -> Frame:
    """The screen's own curve (1, 256, 3): gamma, contrast, a black that glows, a tinted white."""
    level = np.linspace(0, 1, 256, dtype=np.float32)[:, None]
    black = rng.uniform(0.015, 0.06)
    white = 1 + np.asarray([1.0, 0.0, -1.0]) * rng.normal(0.035, 0.04)
    curve = black + (1 - black) * level ** rng.uniform(0.95, 1.3) * white * rng.uniform(0.9, 1.05)
    return np.asarray(np.clip(curve * 255, 0, 255), np.uint8)[None]


def _grid(size: tuple[int, int], material: Material, rng: np.random.Generator) -> Plane:
    """The pixels of the screen as the sensor meets them (h, w, 3), factors around 1.

    Waves of the screen's pitch are sampled at the sensor's, so that what lies above half the sampling rate
    comes back as moire, a little different in each colour because its stripes lie beside each other.
    """
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle, pitch = rng.normal(0, 0.06), rng.uniform(0.55, 1.35)
    lean_x, lean_y = rng.normal(0, 0.05, 2) / width
    near = 1 + np.float32(lean_x) * x + np.float32(lean_y) * y
    u = (x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))) * near * np.float32(2 * np.pi / pitch)
    v = (y * np.float32(np.cos(angle)) - x * np.float32(np.sin(angle))) * near * np.float32(2 * np.pi / pitch)
    strength = np.float32(material.careless(0.012, 0.075) * rng.uniform(0.5, 1.0))
    rows = 0.5 * np.cos(v)
    stripes = [np.cos(u + np.float32(2.1 * shift)) for shift in range(3)]
    return np.asarray(1 + strength * (np.stack(stripes, -1) + rows[..., None]), np.float32)


def _glass(room: Frame, size: tuple[int, int], material: Material, rng: np.random.Generator) -> Plane:
    """What the glass mirrors (h, w, 3), grey levels to add: a blurred room and sometimes a lamp."""
    width, height = size
    mirror = cv2.GaussianBlur(cv2.resize(room[:, ::-1], size), (0, 0), 6).astype(np.float32)
    mirror *= np.float32(material.careless(0.01, 0.07) * rng.uniform(0.3, 1.0))
    if rng.uniform() < 0.5:
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        far = np.hypot(
            (x - rng.uniform(0, width)) / (rng.uniform(0.08, 0.35) * width),
            (y - rng.uniform(0, height)) / (rng.uniform(0.08, 0.35) * height),
        )
        mirror += (ramp(far.astype(np.float32), 1.0, 0.2) * material.careless(12, 75))[..., None]
    return np.asarray(mirror, np.float32)
