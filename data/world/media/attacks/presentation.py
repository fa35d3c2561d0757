"""A printed photograph held before the camera."""

from __future__ import annotations

import cv2
import numpy as np

from data.clip import Clip, Frame
from data.world.media.attacks.scene import Material, held_corners, other_conditions, tightened, warped
from data.world.media.camera import shoot
from data.world.media.textures import Plane, fractal, ramp, soft


def printed(material: Material, rng: np.random.Generator) -> Clip:
    """One frame of the source, printed, held by a hand, and taken by the device under the check's conditions.

    A print loses contrast and resolution, shows the fibres of its paper and the dots of its ink, bends,
    shines, and moves as one flat thing: nobody blinks.
    """
    still = Clip(material.source.frames[:1], material.source.times_ms[:1])
    photo = shoot(still, other_conditions(material.conditions, rng, material.quality), rng).frames[0]
    shows_edges = rng.uniform() > 0.3 + 0.7 * material.quality
    zoom = rng.uniform(0.84, 0.95) if shows_edges else rng.uniform(1.0, 1.05)
    sheet = _paper(tightened(photo, zoom) if shows_edges else photo, material, rng)
    height, width = sheet.shape[:2]
    count = len(material.source)
    corners = held_corners((width, height), count, zoom, material.careless(0.008, 0.03), 0.006, rng)
    behind = _behind(material, (width, height)) if shows_edges else None
    frames = [warped(sheet, place, (width, height), behind) for place in corners]
    return shoot(Clip(np.stack(frames), material.source.times_ms), material.conditions, rng)


def _behind(material: Material, size: tuple[int, int]) -> Frame:
    """What is seen around the sheet: the host's picture, far out of focus."""
    room = cv2.resize(material.host.frames[0], size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.GaussianBlur(room, (0, 0), 9), np.uint8)


def _paper(photo: Frame, material: Material, rng: np.random.Generator) -> Frame:
    """The photograph on paper (h, w, 3): ink, dots, fibres, bend and shine."""
    height, width = photo.shape[:2]
    picture = cv2.GaussianBlur(photo, (0, 0), material.careless(0.45, 0.95)).astype(np.float32) / 255
    black, white = material.careless(0.04, 0.11), rng.uniform(0.86, 0.97)
    tint = 1 + rng.normal(0, 0.025, 3)
    picture = (black + (white - black) * picture ** rng.uniform(0.9, 1.15)) * tint
    grey = picture.mean(-1, keepdims=True)
    picture = grey + (picture - grey) * rng.uniform(0.72, 0.95)
    picture *= np.exp(_dots((height, width), grey[..., 0], material, rng))[..., None]
    fibres = fractal(rng, (height, width), 0.55, 4) * material.careless(0.018, 0.05)
    picture *= np.exp(fibres + _bend((height, width), rng))[..., None]
    picture += _shine((height, width), material, rng)[..., None]
    return np.asarray(np.clip(picture * 255, 0, 255), np.uint8)


def _dots(shape: tuple[int, int], grey: Plane, material: Material, rng: np.random.Generator) -> Plane:
    """The printer's screen (h, w), logarithm: crossed waves or lines, strongest in the middle greys."""
    y, x = np.indices(shape, dtype=np.float32)
    angle, pitch = rng.uniform(0, np.pi), rng.uniform(2.1, 3.6)
    turn = 2 * np.pi / pitch
    along = x * np.float32(np.cos(angle)) + y * np.float32(np.sin(angle))
    across = y * np.float32(np.cos(angle)) - x * np.float32(np.sin(angle))
    waves = np.cos(turn * along) * (np.cos(turn * across) if rng.uniform() < 0.7 else 1.0)
    strength = material.careless(0.015, 0.075) * rng.uniform(0.5, 1.0)
    return np.asarray(strength * 4 * np.clip(grey * (1 - grey), 0, 0.25) * waves, np.float32)


def _bend(shape: tuple[int, int], rng: np.random.Generator) -> Plane:
    """Light over a sheet that is never flat (h, w), logarithm."""
    y, x = np.indices(shape, dtype=np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    along = (x / shape[1] - 0.5) * np.float32(np.cos(angle)) + (y / shape[0] - 0.5) * np.float32(
        np.sin(angle)
    )
    curl = 0.12 * np.sin(rng.uniform(1.5, 5) * along + rng.uniform(0, 6)) + rng.uniform(-0.25, 0.25) * along
    if rng.uniform() < 0.3:
        curl -= 0.1 * np.exp(-(((along - rng.uniform(-0.3, 0.3)) * shape[1] / 1.5) ** 2))
    return np.asarray(curl, np.float32)


def _shine(shape: tuple[int, int], material: Material, rng: np.random.Generator) -> Plane:
    """The reflection of a lamp in the ink (h, w), 0 to 1, broken by the fibres."""
    if rng.uniform() < 0.4:
        return np.zeros(shape, np.float32)
    y, x = np.indices(shape, dtype=np.float32)
    far = np.hypot(
        (x / shape[1] - rng.uniform(-0.1, 1.1)) / rng.uniform(0.2, 0.7),
        (y / shape[0] - rng.uniform(-0.1, 1.1)) / rng.uniform(0.2, 0.7),
    )
    grain = 1 + 0.15 * soft(rng.standard_normal(shape, dtype=np.float32), 0.6)
    return np.asarray(material.careless(0.05, 0.22) * ramp(far.astype(np.float32), 1, 0) * grain, np.float32)
