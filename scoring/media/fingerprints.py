"""Fingerprints of 256 bits: pictures that were copied, cropped, recompressed or recoloured keep most of them.

1. A window is laid over the picture: by the face where there is one (`registration.py`), so that a crop, a
   change of size or a turn moves nothing in it; else over the whole frame.
2. Brightness as logarithm, and two differences of logarithms as colour, on a small grid: a change of
   exposure or white balance adds a constant, a change of contrast or gamma multiplies. The mean and the fall
   of light across are taken away and the rest scaled to the same spread.
3. Low frequencies only (discrete cosine transform).
4. Directions in them that differ between pictures and survive alteration, learned on rendered checks and
   their altered copies (`benchmarks/learn_prints.py`, linear discriminants). Each is bent (tanh), so that one
   strong trait, a red scarf, does not outvote all others.
5. The signs of 256 fixed sums of the directions are the print.

A picture with nothing on it, a plain wall, has no print: it would be that of every other plain wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Clip, Frame
from scoring.media.registration import LEARNED, Floats, register

_GRID = 32
_SMALL = 1e-9
# Spread of the logarithm of brightness or colour under which there is noise rather than a picture: half as
# much is what a well-lit plain wall shows after its fall of light is taken away.
_PLAIN = 0.03
# At least this share of the window must lie in the frame.
_SEEN = 0.3


@dataclass(frozen=True, slots=True)
class Window:
    """What of a picture a print is made from.

    `left`, `top`, `right`, `bottom` in distances between the eyes around the middle between them, or in
    shares of the frame. `reach` is the highest frequency kept, in half waves over the window; `least` the
    spread of the logarithm of brightness or colour below which there is no print.
    """

    name: str
    left: float
    top: float
    right: float
    bottom: float
    reach: float
    least: float = _PLAIN


FACE = Window("face", -1.4, -1.4, 1.4, 1.7, reach=8.5)
# A little contrast behind a head is soon lost in noise and compression.
BACKGROUND = Window("background", -1.6, -1.8, 1.6, 1.9, reach=9.5, least=0.08)
VIDEO = Window("video", -1.8, -1.8, 1.8, 2.1, reach=8.5)
WHOLE = Window("whole", 0.0, 0.0, 1.0, 1.0, reach=5.5)
WINDOWS = (FACE, BACKGROUND, VIDEO, WHOLE)
# Half width and half height of the head with its hair, which another face may stand in for.
_HEAD = (1.3, 1.75)


def face_print(frame: Frame, landmarks: Floats) -> bytes | None:
    """Return the print of the face and its hair, from `landmarks` (5, 2) in pixels; None: it is too plain."""
    return signs(numbers(frame, FACE, register(frame, landmarks)), FACE)


def background_print(frame: Frame, landmarks: Floats) -> bytes | None:
    """Return the print of room and clothes around the head of the face with these `landmarks` (5, 2).

    It finds the same picture again, also with another face in it; not the same room seen from elsewhere. None
    where what is there is too plain to be told from another.
    """
    return signs(numbers(frame, BACKGROUND, register(frame, landmarks)), BACKGROUND)


def video_print(clip: Clip, landmarks: Floats | None = None) -> bytes | None:
    """Return the print of a clip, of the mean of its frames; None for a photograph and for plain pictures.

    `landmarks` (5, 2) of the face in its middle frame lay the window; None: the whole frame is used.
    """
    if len(clip) < 2:
        return None
    mean = np.asarray(np.round(clip.frames.mean(axis=0)), np.uint8)
    if landmarks is None:
        return whole_print(mean)
    return signs(numbers(mean, VIDEO, register(clip.frames[len(clip) // 2], landmarks)), VIDEO)


def whole_print(frame: Frame) -> bytes | None:
    """Return the print of a whole frame, as of an identity document; None where it is too plain."""
    return signs(numbers(frame, WHOLE, whole_of(frame)), WHOLE)


@dataclass(frozen=True, slots=True)
class CheckPrints:
    """The prints of one check that has a face; None where there is none."""

    face: bytes | None
    background: bytes | None
    video: bytes | None


def prints_of(clip: Clip, landmarks: Floats) -> CheckPrints:
    """Return all prints of a clip by `landmarks` (5, 2) of its middle frame, registered once."""
    middle = clip.frames[len(clip) // 2]
    place = register(middle, landmarks)
    mean = np.asarray(np.round(clip.frames.mean(axis=0)), np.uint8)
    return CheckPrints(
        signs(numbers(middle, FACE, place), FACE),
        signs(numbers(middle, BACKGROUND, place), BACKGROUND),
        signs(numbers(mean, VIDEO, place), VIDEO) if len(clip) > 1 else None,
    )


def whole_of(frame: Frame) -> Floats:
    """Return the place (2, 3) of a window that is the whole frame."""
    height, width = frame.shape[:2]
    return np.array([[width, 0.0, 0.0], [0.0, height, 0.0]])


def signs(found: Floats | None, window: Window) -> bytes | None:
    """Return the print of the numbers (k,) of a window."""
    if found is None:
        return None
    mean, directions, sums = _learned(window.name)
    return np.packbits(sums @ np.tanh(directions @ (found - mean)) > 0).tobytes()


def numbers(frame: Frame, window: Window, place: Floats) -> Floats | None:
    """Return what a window holds (k,): its low frequencies in brightness and two colours; None: too plain."""
    cells, inside = _cells(frame, window, place)
    wanted = _wanted(window)
    if (inside & wanted).sum() < _SEEN * wanted.sum():
        return None
    flat = [_without_light(channel, wanted) for channel in _channels(cells)]
    size = wanted.sum()
    light = float(np.sqrt((flat[0] ** 2).sum() / size))
    colour = float(np.sqrt((flat[1] ** 2 + flat[2] ** 2).sum() / size))
    if max(light, colour) < window.least:
        return None
    scales = (max(light, _PLAIN), max(colour, _PLAIN), max(colour, _PLAIN))
    kept = _kept(window.reach)
    parts = [cv2.dct(channel / scale)[kept] for channel, scale in zip(flat, scales, strict=True)]
    return np.concatenate(parts)


def _cells(frame: Frame, window: Window, place: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the window on a grid (32, 32, 3), 0 to 255, and which cells lie in the frame.

    Cells outside repeat the frame's edge: nearer to what a crop took away than nothing is.
    """
    step = np.array([window.right - window.left, window.bottom - window.top]) / _GRID
    cell = np.array([[step[0], 0.0, window.left], [0.0, step[1], window.top], [0.0, 0.0, 1.0]])
    to_cells = place @ cell
    # Shrunk first, else a cell would be one pixel of many: about two samples a side stay for each cell.
    scale = min(1.0, 2.0 / max(float(np.linalg.norm(to_cells[:, 0])), _SMALL))
    wide = (max(1, round(frame.shape[1] * scale)), max(1, round(frame.shape[0] * scale)))
    small = cv2.resize(frame, wide, interpolation=cv2.INTER_AREA) if scale < 0.75 else frame
    shrink = np.array([small.shape[1] / frame.shape[1], small.shape[0] / frame.shape[0]])
    # Two samples a side of each cell, from pixels whose centre is half a pixel from their corner.
    sample = np.array([[0.5, 0.0, 0.25], [0.0, 0.5, 0.25], [0.0, 0.0, 1.0]])
    matrix = (to_cells @ sample) * shrink[:, None] - np.array([[0, 0, 0.5], [0, 0, 0.5]])
    size = (2 * _GRID, 2 * _GRID)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(small, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    cells = cv2.resize(seen, (_GRID, _GRID), interpolation=cv2.INTER_AREA).astype(np.float64)
    middle = np.arange(_GRID) + 0.5
    across, down = np.meshgrid(middle, middle)
    x, y = to_cells @ np.stack([across.ravel(), down.ravel(), np.ones(_GRID**2)])
    inside = (x >= 0) & (x < frame.shape[1]) & (y >= 0) & (y < frame.shape[0])
    return cells, inside.reshape(_GRID, _GRID)


def _channels(cells: Floats) -> tuple[Floats, Floats, Floats]:
    """Return logarithms of brightness, red over green and blue over green of (32, 32, 3) cells."""
    # The darkest pixels hold noise and blocks of compression, which the 16 keeps small.
    blue, green, red = np.moveaxis(np.log(cells + 16.0), 2, 0)
    return 0.1 * blue + 0.6 * green + 0.3 * red, red - green, blue - green


def _without_light(channel: Floats, wanted: NDArray[np.bool_]) -> Floats:
    """Return a channel less the plane that fits it best where it is wanted; 0 elsewhere."""
    planes = _planes()
    known = planes * wanted.ravel()[:, None]
    weights = np.linalg.solve(known.T @ known, known.T @ channel.ravel())
    rest = channel - (planes @ weights).reshape(channel.shape)
    return np.where(wanted, rest, 0.0)


@cache
def _planes() -> Floats:
    across, down = np.meshgrid(np.linspace(-1, 1, _GRID), np.linspace(-1, 1, _GRID))
    return np.stack([np.ones(_GRID**2), across.ravel(), down.ravel()], axis=1)


@cache
def _wanted(window: Window) -> NDArray[np.bool_]:
    """Return which cells count: all, but for BACKGROUND those outside the head."""
    if window is not BACKGROUND:
        return np.ones((_GRID, _GRID), dtype=bool)
    x = window.left + (np.arange(_GRID) + 0.5) * (window.right - window.left) / _GRID
    y = window.top + (np.arange(_GRID) + 0.5) * (window.bottom - window.top) / _GRID
    across, down = np.meshgrid(x, y)
    around: NDArray[np.bool_] = (across / _HEAD[0]) ** 2 + ((down - 0.3) / _HEAD[1]) ** 2 > 1
    return around


@cache
def _kept(reach: float) -> NDArray[np.bool_]:
    down, across = np.mgrid[0:_GRID, 0:_GRID]
    waves = np.hypot(down, across)
    kept: NDArray[np.bool_] = (waves > 0) & (waves <= reach)
    return kept


@cache
def _learned(name: str) -> tuple[Floats, Floats, Floats]:
    """Return the mean (k,) of a window's numbers, its directions (d, k) and its sums (256, d)."""
    with np.load(LEARNED) as learned:
        mean, directions, sums = (
            learned[f"{name}_{part}"].astype(np.float64) for part in ("mean", "directions", "sums")
        )
    return mean, directions, sums
