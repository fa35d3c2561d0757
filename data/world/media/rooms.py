"""A room behind a person: `make_room(seed)`; two seeds are two clearly different rooms."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from data.world.media.textures import Plane, fractal, linear, soft

ROOM = (448, 448)
"""Height and width of a room's picture."""

WALLS = (
    (228, 224, 214),
    (205, 196, 178),
    (176, 190, 198),
    (150, 168, 150),
    (196, 160, 140),
    (120, 128, 140),
    (226, 208, 170),
    (98, 84, 76),
    (70, 84, 104),
    (168, 140, 170),
    (235, 235, 235),
    (140, 60, 52),
)
"""Red, green, blue of paint."""


@dataclass(frozen=True, slots=True)
class Room:
    """The picture of a room (h, w, 3), linear light, and how far it is out of focus, pixels."""

    seed: int
    picture: Plane
    defocus: float


def make_room(seed: int) -> Room:
    """The room of a seed: a plain wall in one of six, else a wall with things on and before it."""
    rng = np.random.default_rng([seed, 0x400E])
    picture = _wall(rng)
    if rng.uniform() > 0.16:
        kinds = (_shelf, _window, _pictures, _door, _plant, _curtain, _clutter, _tiles)
        for number in rng.choice(len(kinds), int(rng.integers(2, 5)), replace=False):
            kinds[int(number)](picture, rng)
    grain = np.exp(0.06 * fractal(rng, ROOM, 1.0))[..., None]
    defocus = float(rng.uniform(0.4, 3.2))
    shaped = np.clip(picture * grain, 0.002, 1).astype(np.float32)
    return Room(seed, soft(shaped, defocus), defocus)


def _colour(rng: np.random.Generator) -> Plane:
    """A colour of things (3,): any hue, seldom vivid."""
    grey, hue = rng.uniform(25, 225), rng.normal(0, 28, 3)
    red, green, blue = (float(c) for c in np.clip(grey + hue, 8, 248))
    return linear((red, green, blue))


def _wall(rng: np.random.Generator) -> Plane:
    """Paint with the fall of light across it, plaster, and sometimes a pattern of paper."""
    red, green, blue = (float(c) for c in WALLS[int(rng.integers(len(WALLS)))])
    shift = float(rng.uniform(0.85, 1.1))
    x, y = np.meshgrid(
        np.linspace(-1, 1, ROOM[1], dtype=np.float32), np.linspace(-1, 1, ROOM[0], dtype=np.float32)
    )
    fall = 1 + rng.uniform(-0.35, 0.35) * x + rng.uniform(-0.25, 0.25) * y
    wall = linear((red * shift, green * shift, blue * shift)) * (0.7 * fall)[..., None]
    wall = wall * np.exp(rng.uniform(0.01, 0.07) * fractal(rng, ROOM, rng.uniform(0.6, 1.3)))[..., None]
    if rng.uniform() < 0.2:
        period = rng.uniform(12, 40)
        pattern = np.sin(x * 1400 / period) * (np.sin(y * 1400 / period) if rng.uniform() < 0.5 else 1)
        wall = wall * (1 + 0.16 * pattern)[..., None]
    return np.asarray(wall, np.float32)


def _box(picture: Plane, at: tuple[float, float, float, float], colour: Plane) -> None:
    """A rectangle x, y, width, height as shares of the room."""
    height, width = ROOM
    x0, y0 = int(at[0] * width), int(at[1] * height)
    x1, y1 = int((at[0] + at[2]) * width), int((at[1] + at[3]) * height)
    cv2.rectangle(picture, (x0, y0), (x1, y1), [float(c) for c in colour], -1)


def _shelf(picture: Plane, rng: np.random.Generator) -> None:
    """Boards with books of many colours."""
    x0, wide = rng.uniform(-0.2, 0.5), rng.uniform(0.3, 0.8)
    board = _colour(rng) * 0.5
    for level in np.arange(rng.uniform(0.02, 0.15), 1.0, rng.uniform(0.2, 0.3)):
        x = x0
        while x < x0 + wide:
            step, tall = rng.uniform(0.015, 0.05), rng.uniform(0.08, 0.17)
            if rng.uniform() < 0.85:
                _box(picture, (x, level - tall + 0.15, step * 0.92, tall), _colour(rng))
            x += step
        _box(picture, (x0, level + 0.15, wide, 0.02), board)


def _window(picture: Plane, rng: np.random.Generator) -> None:
    """A bright pane with a cross and what lies outside."""
    x, y, wide, tall = (
        rng.uniform(-0.1, 0.7),
        rng.uniform(-0.1, 0.25),
        rng.uniform(0.25, 0.45),
        rng.uniform(0.35, 0.6),
    )
    bright = linear((225, 236, 248)) * float(rng.uniform(0.5, 1.0))
    _box(picture, (x - 0.02, y - 0.02, wide + 0.04, tall + 0.04), linear((240, 238, 232)) * 0.7)
    _box(picture, (x, y, wide, tall), bright)
    _box(picture, (x, y + tall * rng.uniform(0.5, 0.8), wide, tall * 0.2), linear((90, 120, 80)))
    _box(picture, (x + wide / 2 - 0.01, y, 0.02, tall), linear((240, 238, 232)) * 0.7)
    _box(picture, (x, y + tall / 2 - 0.01, wide, 0.02), linear((240, 238, 232)) * 0.7)


def _pictures(picture: Plane, rng: np.random.Generator) -> None:
    """Framed pictures, each an abstract of its own."""
    for _ in range(int(rng.integers(1, 4))):
        x, y, wide, tall = *rng.uniform(0.0, 0.8, 2), *rng.uniform(0.12, 0.3, 2)
        _box(picture, (x - 0.012, y - 0.012, wide + 0.024, tall + 0.024), _colour(rng) * 0.5)
        _box(picture, (x, y, wide, tall), _colour(rng))
        for _ in range(4):
            inside = (x + rng.uniform(0, 0.7) * wide, y + rng.uniform(0, 0.7) * tall, 0.3 * wide, 0.3 * tall)
            _box(picture, inside, _colour(rng))


def _door(picture: Plane, rng: np.random.Generator) -> None:
    """A door with its panels and handle."""
    x, wide, colour = rng.uniform(-0.1, 0.8), rng.uniform(0.22, 0.34), _colour(rng)
    _box(picture, (x - 0.02, 0.02, wide + 0.04, 1), colour * 0.6)
    _box(picture, (x, 0.04, wide, 1), colour)
    for y in (0.1, 0.5):
        _box(picture, (x + 0.05, y, wide - 0.1, 0.32), colour * 0.8)
    _box(picture, (x + 0.02, 0.46, 0.02, 0.05), linear((200, 200, 190)))


def _plant(picture: Plane, rng: np.random.Generator) -> None:
    """Leaves around a stem, above a pot."""
    x, y = rng.uniform(0.05, 0.95) * ROOM[1], rng.uniform(0.3, 0.8) * ROOM[0]
    _box(picture, (x / ROOM[1] - 0.05, y / ROOM[0], 0.1, 0.2), _colour(rng))
    for _ in range(int(rng.integers(14, 40))):
        angle, far = rng.uniform(-3.0, 0.0), rng.uniform(15, 90)
        centre = (int(x + far * np.cos(angle)), int(y + far * np.sin(angle)))
        green = linear((rng.uniform(20, 90), rng.uniform(70, 150), rng.uniform(20, 80)))
        axes = (int(rng.integers(10, 26)), int(rng.integers(3, 8)))
        cv2.ellipse(picture, centre, axes, float(np.degrees(angle)), 0, 360, [float(c) for c in green], -1)


def _curtain(picture: Plane, rng: np.random.Generator) -> None:
    """Cloth that hangs in folds over a part of the room."""
    x0, wide = int(rng.uniform(-0.1, 0.8) * ROOM[1]), int(rng.uniform(0.2, 0.5) * ROOM[1])
    start, end = max(0, x0), min(ROOM[1], x0 + wide)
    if end <= start:
        return
    at = np.arange(start, end, dtype=np.float32)
    folds = 1 + 0.3 * np.sin(at / rng.uniform(4, 12)) + 0.15 * np.sin(at / rng.uniform(9, 20))
    picture[:, start:end] = _colour(rng) * folds[None, :, None]


def _clutter(picture: Plane, rng: np.random.Generator) -> None:
    """Round and square things on a table."""
    level = rng.uniform(0.6, 0.85)
    _box(picture, (-0.1, level, 1.2, 0.6), _colour(rng))
    for _ in range(int(rng.integers(5, 14))):
        x, size = rng.uniform(0, 1), rng.uniform(0.03, 0.14)
        if rng.uniform() < 0.5:
            _box(picture, (x, level - size, size * rng.uniform(0.5, 1.5), size), _colour(rng))
        else:
            centre = (int(x * ROOM[1]), int((level - size / 2) * ROOM[0]))
            cv2.circle(picture, centre, int(size / 2 * ROOM[0]), [float(c) for c in _colour(rng)], -1)


def _tiles(picture: Plane, rng: np.random.Generator) -> None:
    """Tiles with joints over the lower wall."""
    level, step = int(rng.uniform(0.1, 0.6) * ROOM[0]), int(rng.integers(28, 70))
    picture[level:] = 0.3 * picture[level:] + 0.7 * _colour(rng)
    joint = [float(c) for c in _colour(rng)]
    for y in range(level, ROOM[0], step):
        cv2.line(picture, (0, y), (ROOM[1], y), joint, 2)
    for x in range(0, ROOM[1], step):
        cv2.line(picture, (x, level), (x, ROOM[0]), joint, 2)
