"""One face of one frame as the signals see it: upright at a fixed size, and as it was filmed.

The upright picture is 256 pixels wide with the eyes always at the same place, so that textures compare
between cameras. The near picture is cut from the frame without resampling, along the frame's grid of 8
pixels, so that noise and compression stay what they were. What is measured at each near pixel is averaged
over squares of 4 before any mask is laid over it: masks are a sixteenth as large.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Frame

Plane = NDArray[np.floating[Any] | np.integer[Any]]
Mask = Plane
Points = NDArray[np.float64]

WIDE = 256
THUMB = 160
FACE = slice(48, 208)
# Where right eye, left eye, nose and corners of the mouth stand in the upright picture.
TEMPLATE = np.array([[101.0, 108.0], [155.0, 108.0], [128.0, 140.0], [106.0, 166.0], [150.0, 166.0]])
OVAL_CENTRE = (128.0, 134.0)
OVAL_AXES = (62.0, 80.0)
# In radii of the oval: the whole face, its middle (brows to mouth), its rim, and what surrounds it.
INSIDE, MIDDLE, RIM, RING = (0.0, 0.92), (0.0, 0.6), (0.7, 0.95), (1.25, 1.85)
SQUARE = 4


@dataclass(frozen=True, slots=True)
class View:
    """One face of one frame.

    `wide` (256, 256, 3) upright, `wide_grey` its brightness; `near` (h, w, 3) as filmed, `near_grey` its
    brightness, `detail` (h, w) the size of its Laplacian; masks (h / 4, w / 4), 0 or 1, of four bands of
    radii of the face's oval; `turn` (2, 3) takes near pixels to upright ones; `frame` the whole picture,
    `thumb` the same at 160 pixels; `landmarks` (5, 2) in the frame's pixels.
    """

    frame: Frame
    thumb: Frame
    landmarks: Points
    turn: Points
    wide: Frame
    wide_grey: Plane
    near: Frame
    near_grey: Plane
    detail: Plane
    inside: Mask
    middle: Mask
    rim: Mask
    ring: Mask

    @property
    def face(self) -> Frame:
        """The upright face (160, 160, 3)."""
        return self.wide[FACE, FACE]

    @property
    def face_grey(self) -> Plane:
        """The upright face's brightness (160, 160)."""
        return self.wide_grey[FACE, FACE]

    @property
    def box(self) -> tuple[slice, slice]:
        """Rows and columns of the near picture that hold the inside of the oval, on the grid of 8."""
        left, top, width, height = (SQUARE * at for at in cv2.boundingRect(self.inside))
        rows = slice(top // 8 * 8, max(top + height, top // 8 * 8 + 16))
        return rows, slice(left // 8 * 8, max(left + width, left // 8 * 8 + 16))


def view_of(frame: Frame, landmarks: Points) -> View:
    """Return the view of the face whose five landmarks (5, 2) are given."""
    turn = similarity(landmarks, TEMPLATE)
    left, top, right, bottom = _surroundings(frame, turn)
    near = np.ascontiguousarray(frame[top:bottom, left:right])
    turn = turn.copy()
    turn[:, 2] += turn[:, :2] @ (left, top)
    wide = _upright(near, turn)
    near_grey = grey_of(near)
    radius = _radius(near.shape[:2], turn, SQUARE)
    return View(
        frame=frame,
        thumb=_thumb(frame),
        landmarks=landmarks,
        turn=turn,
        wide=wide,
        wide_grey=grey_of(wide),
        near=near,
        near_grey=near_grey,
        detail=np.abs(cv2.Laplacian(near_grey, cv2.CV_32F)),
        inside=_band(radius, INSIDE),
        middle=_band(radius, MIDDLE),
        rim=_band(radius, RIM),
        ring=_band(radius, RING),
    )


def grey_of(picture: Frame) -> Plane:
    """Return the brightness (h, w), 0 to 255, of a picture."""
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)


def similarity(given: Points, wanted: Points) -> Points:
    """Return the (2, 3) shift, turn and scale that bring `given` nearest to `wanted` (least squares)."""
    from_middle, to_middle = given.mean(axis=0), wanted.mean(axis=0)
    g, w = given - from_middle, wanted - to_middle
    size = max(float((g * g).sum()), 1e-9)
    a = float((g * w).sum()) / size
    b = float((g[:, 0] * w[:, 1] - g[:, 1] * w[:, 0]).sum()) / size
    turn = np.array([[a, -b], [b, a]])
    return np.column_stack([turn, to_middle - turn @ from_middle])


def upright_mask(low: float, high: float) -> Mask:
    """Return the mask (256, 256) of upright pixels between two radii of the oval."""
    radius = _radius((WIDE, WIDE), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), 1)
    return np.asarray(cv2.inRange(radius, low, high), np.uint8)


def squares(plane: Plane) -> Plane:
    """Return the means (h / 4, w / 4) of a near plane over squares of 4 pixels."""
    size = (plane.shape[1] // SQUARE, plane.shape[0] // SQUARE)
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def means_in(plane: Plane, *masks: Mask) -> list[float]:
    """Return the mean of a near plane in each of `masks`; NaN where one is set nowhere."""
    small = squares(plane)
    return [weighted(small, mask) for mask in masks]


def weighted(values: Plane, weights: Plane) -> float:
    """Return the mean of `values` by `weights`; NaN where there is no weight."""
    total = float(weights.sum(dtype=np.float64))
    return float((values * weights).sum(dtype=np.float64)) / total if total > 0 else float("nan")


def log_ratio(one: float, other: float, floor: float = 1e-3) -> float:
    """Return the logarithm of `one` over `other`, both at least `floor`; NaN where one is unknown."""
    if np.isnan(one) or np.isnan(other):
        return float("nan")
    return float(np.log(max(one, floor) / max(other, floor)))


def _thumb(frame: Frame) -> Frame:
    factor = min(1.0, THUMB / max(frame.shape[:2]))
    size = (max(1, round(frame.shape[1] * factor)), max(1, round(frame.shape[0] * factor)))
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)


def _surroundings(frame: Frame, turn: Points) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what lies around the face's oval, on the frame's grid of 8."""
    scale = float(np.hypot(turn[0, 0], turn[1, 0]))
    back = cv2.invertAffineTransform(turn)
    x, y = back[:, :2] @ OVAL_CENTRE + back[:, 2]
    reach_x, reach_y = 1.8 * OVAL_AXES[0] / scale, 1.65 * OVAL_AXES[1] / scale
    height, width = frame.shape[:2]
    left, right = _on_grid(x - reach_x, x + reach_x, width)
    top, bottom = _on_grid(y - reach_y, y + reach_y, height)
    return left, top, right, bottom


def _on_grid(low: float, high: float, side: int) -> tuple[int, int]:
    """Return a span within `side` pixels, on the grid of 8, at least 32 long if it can be."""
    start = min(max(0, int(low) // 8 * 8), max(0, (side - 32) // 8 * 8))
    return start, max(start + 8, min(side // 8 * 8, max(start + 32, int(high) // 8 * 8)))


def _band(radius: Plane, band: tuple[float, float]) -> Mask:
    return np.asarray(cv2.inRange(radius, *band) // 255, np.uint8)


def _upright(near: Frame, turn: Points) -> Frame:
    """Return the upright picture; a large face is shrunk by areas first, so that nothing aliases."""
    scale = float(np.hypot(turn[0, 0], turn[1, 0]))
    times = int(1 / max(scale, 0.05) + 0.4)
    if times > 1:
        size = (max(1, near.shape[1] // times), max(1, near.shape[0] // times))
        near = near[: size[1] * times, : size[0] * times]
        near = np.asarray(cv2.resize(near, size, interpolation=cv2.INTER_AREA), np.uint8)
        turn = np.column_stack([turn[:, :2] * times, turn[:, 2] + turn[:, :2] @ np.full(2, (times - 1) / 2)])
    wide = cv2.warpAffine(near, turn, (WIDE, WIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(wide, np.uint8)


def _radius(shape: tuple[int, ...], turn: Points, step: int) -> Plane:
    """Return the radius in the oval of the middle of each square of `step` pixels."""
    middle = np.float32((step - 1) / 2)
    x = np.arange(0, shape[1] // step * step, step, dtype=np.float32) + middle
    y = np.arange(0, shape[0] // step * step, step, dtype=np.float32)[:, None] + middle
    t = turn.astype(np.float32)
    across = (t[0, 0] * x + (t[0, 1] * y + (t[0, 2] - OVAL_CENTRE[0]))) / np.float32(OVAL_AXES[0])
    down = (t[1, 0] * x + (t[1, 1] * y + (t[1, 2] - OVAL_CENTRE[1]))) / np.float32(OVAL_AXES[1])
    return np.asarray(cv2.magnitude(across, down), np.float32)
