"""Fingerprints of 256 bits: pictures that were copied, cropped, recompressed or recoloured keep most of them.

1. A window is laid over the picture: by the five points of the face where there is one, so that a crop, a
   change of size or a turn moves nothing in it; else over the whole frame.
2. Brightness as logarithm, and two differences of logarithms as colour, on a small grid: a change of
   exposure or white balance adds a constant, a change of contrast or gamma multiplies. What a lamp and a lens
   draw over a wall (a surface of second degree) is taken away and the rest scaled to the same spread.
3. Low frequencies only (discrete cosine transform), each divided by what pictures have there on average.
4. The signs of 256 fixed random sums of them are the print; two of the same picture differ in few.

A picture with nothing on it, a plain wall, has no print: it would be that of every other plain wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Clip, Frame
from scoring.media.search import BITS

Floats = NDArray[np.float64]

# Right eye, left eye, nose, right and left corner of the mouth, as a frontal face has them: in distances
# between the eyes, from the middle between them, x to the right of the picture, y down.
TEMPLATE = np.array([(-0.5, 0.0), (0.5, 0.0), (0.0, 0.62), (-0.41, 1.06), (0.41, 1.06)])
_GRID = 32
_SMALL = 1e-9


@dataclass(frozen=True, slots=True)
class Window:
    """What of a picture a print is made from.

    `left`, `top`, `right`, `bottom` in distances between the eyes around the middle between them, or in
    shares of the frame. `reach` is the highest frequency kept, in half waves over the window; `seed` fixes
    the random sums; `least` is the spread of the logarithm of brightness below which there is no print.
    """

    left: float
    top: float
    right: float
    bottom: float
    reach: float
    seed: int
    least: float


FACE = Window(-1.7, -1.5, 1.7, 1.9, reach=8.5, seed=1, least=0.03)
BACKGROUND = Window(-3.2, -2.8, 3.2, 2.2, reach=8.5, seed=2, least=0.03)
VIDEO = Window(-2.6, -2.6, 2.6, 3.0, reach=8.5, seed=3, least=0.03)
WHOLE = Window(0.0, 0.0, 1.0, 1.0, reach=5.5, seed=4, least=0.03)
# Around the middle between the eyes, the head with its hair, then neck and shoulders: no background.
_HEAD = (1.45, 1.9)


def face_print(frame: Frame, landmarks: Floats) -> bytes | None:
    """Return the print of the face with hair and neck, from `landmarks` (5, 2) in pixels; None: too plain."""
    return _print(_window(frame, FACE, _to_frame(landmarks)), FACE)


def background_print(frame: Frame, box: tuple[float, float, float, float]) -> bytes | None:
    """Return the print of what is around the head; `box` of the face is x, y, width, height in pixels.

    None where the background is too plain to be told from another.
    """
    x, y, width, height = box
    # YuNet's box is about 2.2 distances between the eyes wide; these stand at 0.4 of its height.
    eyes = (width / 2.2 + height / 2.9) / 2
    place = np.array([[eyes, 0.0, x + width / 2], [0.0, eyes, y + 0.4 * height]])
    return _print(_window(frame, BACKGROUND, place), BACKGROUND, _behind())


def video_print(clip: Clip, landmarks: Floats | None = None) -> bytes | None:
    """Return the print of a clip, of the mean of its frames; None for a photograph and for plain pictures.

    `landmarks` (5, 2) of the face in the middle frame lay the window; None: the whole frame is used.
    """
    if len(clip) < 2:
        return None
    frame = clip.frames.mean(axis=0).astype(np.uint8)
    if landmarks is None:
        return whole_print(frame)
    return _print(_window(frame, VIDEO, _to_frame(landmarks)), VIDEO)


def whole_print(frame: Frame) -> bytes | None:
    """Return the print of a whole frame, as of an identity document; None where it is too plain."""
    height, width = frame.shape[:2]
    return _print(_window(frame, WHOLE, np.array([[width, 0.0, 0.0], [0.0, height, 0.0]])), WHOLE)


def _to_frame(landmarks: Floats) -> Floats:
    """Return the similarity (2, 3) that brings TEMPLATE nearest to `landmarks` (least squares, Umeyama)."""
    points = np.asarray(landmarks, dtype=np.float64)
    middle, centre = TEMPLATE.mean(axis=0), points.mean(axis=0)
    ours, theirs = TEMPLATE - middle, points - centre
    size = (ours**2).sum()
    cosine = (ours * theirs).sum() / size
    sine = (ours[:, 0] * theirs[:, 1] - ours[:, 1] * theirs[:, 0]).sum() / size
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([turn, centre - turn @ middle])


def _window(frame: Frame, window: Window, to_frame: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the window of the frame on the grid (32, 32, 3), 0 to 255, and which cells lie in the frame."""
    step = np.array([window.right - window.left, window.bottom - window.top]) / _GRID
    cell = np.array([[step[0], 0.0, window.left], [0.0, step[1], window.top], [0.0, 0.0, 1.0]])
    to_cells = to_frame @ cell
    # Shrunk first, else a cell would be one pixel of many: about two samples a side stay for each cell.
    scale = min(1.0, 2.0 / max(float(np.linalg.norm(to_cells[:, 0])), _SMALL))
    wide = (max(1, round(frame.shape[1] * scale)), max(1, round(frame.shape[0] * scale)))
    small = cv2.resize(frame, wide, interpolation=cv2.INTER_AREA) if scale < 0.75 else frame
    shrink = np.array([small.shape[1] / frame.shape[1], small.shape[0] / frame.shape[0]])
    fine = np.array([[0.5, 0.0, -0.25], [0.0, 0.5, -0.25], [0.0, 0.0, 1.0]])
    centre = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5], [0.0, 0.0, 1.0]])
    matrix = (to_cells @ centre @ fine) * shrink[:, None] - np.array([[0, 0, 0.5], [0, 0, 0.5]])
    size = (2 * _GRID, 2 * _GRID)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(small, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpAffine(
        np.full(small.shape[:2], 255, np.uint8), matrix, size, flags=flags, borderMode=cv2.BORDER_CONSTANT
    )
    cells = cv2.resize(seen, (_GRID, _GRID), interpolation=cv2.INTER_AREA).astype(np.float64)
    known = cv2.resize(inside, (_GRID, _GRID), interpolation=cv2.INTER_AREA) > 250
    return cells, known


def _print(
    seen: tuple[Floats, NDArray[np.bool_]], window: Window, wanted: NDArray[np.bool_] | None = None
) -> bytes | None:
    cells, known = seen
    if wanted is not None:
        known = known & wanted
    # Of a window that hardly lies in the frame nothing can be said.
    if known.sum() < 0.15 * known.size:
        return None
    channels = _channels(cells)
    flat = [_without_light(channel, known) for channel in channels]
    spread = float(np.sqrt((flat[0] ** 2).sum() / known.sum()))
    colour = float(np.sqrt((flat[1] ** 2 + flat[2] ** 2).sum() / known.sum()))
    if max(spread, colour) < window.least:
        return None
    scales = (max(spread, window.least), max(colour, window.least), max(colour, window.least))
    kept = _kept(window.reach)
    sums = [cv2.dct(channel / scale)[kept] for channel, scale in zip(flat, scales, strict=True)]
    weighted = np.concatenate(sums) / np.tile(_usual()[kept], 3)
    bits = _sums(len(weighted), window.seed) @ weighted > 0
    return np.packbits(bits).tobytes()


def _channels(cells: Floats) -> tuple[Floats, Floats, Floats]:
    """Return logarithms of brightness, red over green and blue over green of (32, 32, 3) cells."""
    # Dark pixels hold noise and blocks of compression: below 8 of 255 nothing is told.
    blue, green, red = np.moveaxis(np.log(cells + 16.0), 2, 0)
    return 0.1 * blue + 0.6 * green + 0.3 * red, red - green, blue - green


def _without_light(channel: Floats, known: NDArray[np.bool_]) -> Floats:
    """Return a channel less its surface of second degree, fitted where it is known; 0 elsewhere."""
    surface = _surfaces()
    inner = surface[known.ravel()]
    weights, *_ = np.linalg.lstsq(inner, channel.ravel()[known.ravel()], rcond=None)
    rest = channel - (surface @ weights).reshape(channel.shape)
    return np.where(known, rest, 0.0)


@cache
def _surfaces() -> Floats:
    across, down = np.meshgrid(np.linspace(-1, 1, _GRID), np.linspace(-1, 1, _GRID))
    terms = [np.ones_like(across), across, down, across * down, across**2, down**2]
    return np.stack([term.ravel() for term in terms], axis=1)


@cache
def _behind() -> NDArray[np.bool_]:
    """Return which cells of BACKGROUND are neither head nor body."""
    x = BACKGROUND.left + (np.arange(_GRID) + 0.5) * (BACKGROUND.right - BACKGROUND.left) / _GRID
    y = BACKGROUND.top + (np.arange(_GRID) + 0.5) * (BACKGROUND.bottom - BACKGROUND.top) / _GRID
    across, down = np.meshgrid(x, y)
    head = (across / _HEAD[0]) ** 2 + ((down - 0.3) / _HEAD[1]) ** 2 <= 1
    body = (down > 1.0) & (np.abs(across) < 1.2 + 1.2 * (down - 1.0))
    behind: NDArray[np.bool_] = ~(head | body)
    return behind


@cache
def _kept(reach: float) -> NDArray[np.bool_]:
    down, across = np.mgrid[0:_GRID, 0:_GRID]
    waves = np.hypot(down, across)
    kept: NDArray[np.bool_] = (waves > 0) & (waves <= reach)
    return kept


@cache
def _usual() -> Floats:
    """Return what pictures have on average in each frequency: one over it, as natural images do.

    Field, "Relations between the statistics of natural images", 1987. The highest are held down a little,
    because they are the first that compression and small shifts change.
    """
    down, across = np.mgrid[0:_GRID, 0:_GRID]
    waves = np.maximum(np.hypot(down, across), 1.0)
    usual: Floats = waves**-0.8
    return usual


@cache
def _sums(inputs: int, seed: int) -> Floats:
    return np.random.default_rng(seed).normal(size=(BITS, inputs))
