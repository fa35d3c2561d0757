"""A face of ellipses that the detector finds, and pictures whose measures are known by hand."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Clip
from scoring.media.view import TEMPLATE, View, view_of

Picture = NDArray[np.uint8]


def draw_face(
    width: int = 360,
    height: int = 480,
    *,
    noise: float = 3.0,
    seed: int = 0,
    shift: tuple[int, int] = (0, 0),
    shut: bool = False,
) -> Picture:
    """A face in the middle of a plain wall, moved by `shift`, its eyes `shut` or open, under fresh noise."""
    frame = np.full((height, width, 3), (150, 140, 120), np.uint8)
    x, y = width // 2 + shift[0], height // 2 + shift[1]
    cv2.ellipse(frame, (x, y), (90, 120), 0, 0, 360, (140, 170, 210), -1)
    for side in (-36, 36):
        if not shut:
            cv2.ellipse(frame, (x + side, y - 25), (18, 9), 0, 0, 360, (240, 240, 240), -1)
            cv2.circle(frame, (x + side, y - 25), 8, (40, 50, 60), -1)
        cv2.ellipse(frame, (x + side, y - 48), (24, 6), 0, 0, 360, (40, 50, 60), -1)
    cv2.ellipse(frame, (x, y + 15), (12, 8), 0, 0, 180, (90, 110, 150), -1)
    cv2.line(frame, (x, y - 20), (x - 6, y + 12), (110, 140, 180), 3)
    cv2.ellipse(frame, (x, y + 60), (34, 10), 0, 0, 360, (90, 90, 180), -1)
    soft = cv2.GaussianBlur(frame, (0, 0), 1.5).astype(np.float64)
    return as_bytes(soft + np.random.default_rng(seed).normal(0, noise, soft.shape))


def landmarks(shift: tuple[int, int] = (0, 0)) -> NDArray[np.float64]:
    """Where eyes, nose and corners of the mouth of `draw_face` lie, in its usual size."""
    points = [[144, 215], [216, 215], [178, 252], [150, 300], [210, 300]]
    return np.asarray(points, np.float64) + shift


def drawn_view(noise: float = 3.0) -> View:
    """The view of a drawn face at the landmarks that were drawn."""
    return view_of(draw_face(noise=noise), landmarks())


def upright(picture: Picture) -> View:
    """The view of a picture (256, 256, 3) that stands as the template does, so that nothing is resampled."""
    return view_of(picture, TEMPLATE)


def grey_picture(plane: NDArray[np.floating]) -> Picture:
    """A picture whose three channels are `plane`."""
    return as_bytes(np.repeat(np.asarray(plane, np.float64)[..., None], 3, axis=2))


def noise_picture(spread: float, seed: int = 0, level: float = 128.0) -> Picture:
    """Grey noise (256, 256, 3) of that standard deviation around a level."""
    return grey_picture(level + np.random.default_rng(seed).normal(0, spread, (256, 256)))


def as_bytes(values: NDArray[np.floating]) -> Picture:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def clip_of(*frames: Picture) -> Clip:
    """A clip of frames a tenth of a second apart."""
    return Clip(np.stack(frames), np.arange(len(frames)) * 100.0)
