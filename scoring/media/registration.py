"""Where exactly a face lies in a picture, the same in every copy of it.

A detector's five points move by some hundredths of that distance when a picture is cropped or compressed,
enough to turn bits of a fingerprint over. So the points only start it: the window is then moved, turned and
scaled until it fits an average face best (Baker and Matthews, "Lucas-Kanade 20 years on", 2004, inverse
compositional). The best fit depends on the picture alone, not on where the search began.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Frame

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

LEARNED = Path(__file__).parent / "weights" / "prints.npz"
# Right eye, left eye, nose, right and left corner of the mouth, as a frontal face has them: in distances
# between the eyes, from the middle between them, x to the right of the picture, y down.
TEMPLATE = np.array([(-0.5, 0.0), (0.5, 0.0), (0.0, 0.62), (-0.41, 1.06), (0.41, 1.06)])
CELLS = 48
# Left, top, width of the square that is fitted, and the middle of its turns.
_LEFT, _TOP, _SIDE, _MIDDLE = -1.25, -1.0, 2.5, 0.4
_STEPS = 25
_ENOUGH = 1e-3
# What is broader than so many cells is light or skin, not the features of a face.
_BROAD = 7.0
# A fit that ends farther from the detector's points, in distances between the eyes, has slid off the face.
_FARTHEST = 0.6
_CORNERS = np.array([[-0.9, 0.9, 0.9, -0.9], [-0.9, -0.9, 1.3, 1.3], [1.0, 1.0, 1.0, 1.0]])


def register(frame: Frame, landmarks: Floats) -> Floats:
    """Return the similarity (2, 3) from TEMPLATE's coordinates to pixels; `landmarks` are (5, 2)."""
    start = from_landmarks(landmarks)
    light = brightness(frame)
    fit = _fit()
    place = start
    for _ in range(_STEPS):
        error = (fit.normal(_features(square(light, place))) - fit.average).ravel()
        across, down, grow, turn = -(fit.solver @ error)
        step = np.array(
            [[1 + grow, -turn, across + turn * _MIDDLE], [turn, 1 + grow, down - grow * _MIDDLE], [0, 0, 1]]
        )
        place = place @ step
        if not _is_near(place, start):
            return start
        if abs(across) + abs(down) + abs(grow) + abs(turn) < _ENOUGH:
            break
    return place


def from_landmarks(landmarks: Floats) -> Floats:
    """Return the similarity (2, 3) that brings TEMPLATE nearest to `landmarks` (least squares, Umeyama)."""
    points = np.asarray(landmarks, dtype=np.float64)
    middle, centre = TEMPLATE.mean(axis=0), points.mean(axis=0)
    ours, theirs = TEMPLATE - middle, points - centre
    size = (ours**2).sum()
    cosine = (ours * theirs).sum() / size
    sine = (ours[:, 0] * theirs[:, 1] - ours[:, 1] * theirs[:, 0]).sum() / size
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([turn, centre - turn @ middle])


def brightness(frame: Frame) -> Singles:
    """Return the logarithm of brightness (h, w), a little blurred: exposure adds, contrast multiplies."""
    light = np.log(cv2.transform(frame, np.array([[0.1, 0.6, 0.3]])).astype(np.float32) + 16)
    return np.asarray(cv2.GaussianBlur(light, (0, 0), 1.5), np.float32)


def square(light: Singles, place: Floats) -> Singles:
    """Return the square of the face (48, 48) of a picture at that place."""
    side = _SIDE / CELLS
    cell = np.array([[side, 0, _LEFT + side / 2], [0, side, _TOP + side / 2], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (CELLS, CELLS)
    return np.asarray(
        cv2.warpAffine(light, place @ cell, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def _features(face: Singles) -> Singles:
    return np.asarray(face - cv2.GaussianBlur(face, (0, 0), _BROAD), np.float32)


def _is_near(place: Floats, start: Floats) -> bool:
    moved = (place - start) @ _CORNERS
    unit = float(np.linalg.norm(start[:, 0]))
    return bool(np.sqrt((moved**2).sum(axis=0).mean()) < _FARTHEST * unit)


@dataclass(frozen=True, slots=True)
class _Fit:
    """The average face, how much each cell counts, and the step that an error of the fit asks for."""

    average: Singles
    weight: Singles
    solver: Floats

    def normal(self, face: Singles) -> Singles:
        """Return a face with weighted mean 0 and spread 1."""
        return _normal(face, self.weight)


def _normal(face: Singles, weight: Singles) -> Singles:
    level = face - (face * weight).sum() / weight.sum()
    return np.asarray(level / np.sqrt((level**2 * weight).sum() / weight.sum() + 1e-6), np.float32)


@cache
def _fit() -> _Fit:
    with np.load(LEARNED) as learned:
        average = learned["average_face"].astype(np.float32)
    side = _SIDE / CELLS
    x, y = np.meshgrid(np.linspace(-1, 1, CELLS), np.linspace(-1, 1, CELLS))
    weight = np.exp(-2.5 * (x**2 + y**2)).astype(np.float32)
    average = _normal(_features(average), weight)
    steep_y, steep_x = (slope / side for slope in np.gradient(average))
    across = _LEFT + side * (np.arange(CELLS) + 0.5)[None, :]
    down = _TOP + side * (np.arange(CELLS) + 0.5)[:, None] - _MIDDLE
    moves = (steep_x, steep_y, steep_x * across + steep_y * down, -steep_x * down + steep_y * across)
    slopes = np.stack([move.ravel() for move in moves], axis=1).astype(np.float64)
    share = weight.ravel().astype(np.float64)
    # Brightness and contrast are normalised away, so no step may answer to them.
    for fixed in (np.ones(CELLS**2), average.ravel().astype(np.float64)):
        slopes -= np.outer(fixed, (slopes * (share * fixed)[:, None]).sum(axis=0) / (share * fixed**2).sum())
    weighted = (slopes * share[:, None]).T
    curvature = weighted @ slopes
    damped = curvature + 0.05 * np.diag(np.diag(curvature))
    return _Fit(average, weight, np.asarray(np.linalg.solve(damped, weighted), np.float64))
