"""Movement of the face over the frames of a clip: what lives blinks, turns and trembles, and a camera hisses.

A still that is injected as a video has no noise between its frames; a held print moves its background with
the face; a screen flickers in rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Frame
from data.media_signals import OVER_TIME
from scoring.media.noise import noise_plane
from scoring.media.view import (
    INSIDE,
    OVAL_AXES,
    OVAL_CENTRE,
    RING,
    TEMPLATE,
    Plane,
    Points,
    View,
    grey_of,
    log_ratio,
    similarity,
    upright_mask,
)

FEWEST = 3
_FACE, _AROUND = upright_mask(*INSIDE), upright_mask(*RING)
_EYES = ((98, 118, 86, 116), (98, 118, 140, 170))
_MOUTH = (150, 186, 98, 158)
_FLOOR = 0.05
# In pixels of a thumbnail; less is the trembling of what finds the face.
_STANDS_STILL = 0.6


@dataclass(frozen=True, slots=True)
class Moment:
    """What movement needs of one frame: brightness (h, w), a thumbnail, and its view."""

    grey: Plane
    thumb: Plane
    view: View


def moment(view: View) -> Moment:
    """Return the moment of one view."""
    return Moment(grey_of(view.frame), grey_of(view.thumb), view)


def motion(moments: list[Moment]) -> dict[str, float]:
    """Return the signals of movement; all NaN with fewer than three frames of one size."""
    if len(moments) < FEWEST:
        return dict.fromkeys(OVER_TIME, float("nan"))
    landmarks = np.stack([m.view.landmarks for m in moments])
    greys = np.stack([m.view.wide_grey for m in moments])
    return {
        **landmark_signals(landmarks),
        **brightness_signals(greys),
        **noise_signals(moments),
        **repeat_signals([m.view.frame for m in moments], [m.thumb for m in moments]),
        "blink": blink(greys),
        "mouth_eyes": mouth_eyes(greys),
        "banding": banding([m.grey for m in moments]),
        "texture_swim": texture_swim(greys),
        "moves_with_background": moves_with_background(moments),
    }


def landmark_signals(landmarks: Points) -> dict[str, float]:
    """Return motion, turning, trembling and depth of landmarks (frames, 5, 2)."""
    width = float(np.linalg.norm(landmarks[:, 0] - landmarks[:, 1], axis=1).mean()) * 2
    width = max(width, 1.0)
    middle = landmarks.mean(axis=1)
    upright = np.stack([_carried(points, TEMPLATE) for points in landmarks])
    turn = upright[:, 2, 0] - upright[:, :2, 0].mean(axis=1)
    trembling = np.diff(upright, 2, axis=0)
    # The spread of a second difference of independent errors is the root of 6 times theirs.
    jitter = float(np.sqrt((trembling**2).mean() / 6)) / 54
    flat = [_beyond_affine(landmarks[0], points) for points in landmarks[1:]]
    return {
        "head_motion": float(np.linalg.norm(np.diff(middle, axis=0), axis=1).mean()) / width,
        "head_turn": float(turn.std()) / 54,
        "landmark_jitter": jitter,
        "flat_motion": float(np.max(flat)) / width,
    }


def brightness_signals(greys: Plane) -> dict[str, float]:
    """Return the flicker of the upright face (frames, 256, 256), alone and against its surroundings."""
    face = np.array([cv2.mean(grey, _FACE)[0] for grey in greys])
    around = np.array([cv2.mean(grey, _AROUND)[0] for grey in greys])
    share, ring = (_flicker(series) for series in (face, around))
    return {"flicker": share, "flicker_against_ring": log_ratio(share, ring, 1e-4)}


def blink(greys: Plane) -> float:
    """Return how far the eyes' contrast falls in one frame below its median, share of it."""
    open_ = np.array([np.mean([_vertical(grey, eye) for eye in _EYES]) for grey in greys])
    usual = float(np.median(open_))
    return max(0.0, (usual - float(open_.min())) / max(usual, _FLOOR))


def mouth_eyes(greys: Plane) -> float:
    """Return the change between frames in the mouth against that in the eyes, logarithm."""
    changes = np.abs(np.diff(greys, axis=0))
    mouth = float(_patch(changes, _MOUTH).mean())
    eyes = float(np.mean([_patch(changes, eye).mean() for eye in _EYES]))
    return log_ratio(mouth, eyes, _FLOOR)


def banding(greys: list[Plane]) -> float:
    """Return the ripple along rows of the brightness's change between frames, against its columns."""
    rows, columns = [], []
    for before, after in pairwise(greys):
        change = after - before
        rows.append(_ripple(change.mean(axis=1)))
        columns.append(_ripple(change.mean(axis=0)))
    return log_ratio(float(np.median(rows)), float(np.median(columns)), 0.01)


def noise_signals(moments: list[Moment]) -> dict[str, float]:
    """Return the noise between frames where nothing moves, and against the noise within a frame."""
    squares = [_noise_between(a, b) for a, b in pairwise(moments)]
    level = float(np.median([low for low, _ in squares]))
    against = [ratio for _, ratio in squares if not math.isnan(ratio)]
    within = float(np.median([_quiet(_squares(noise_plane(m.grey))) for m in moments]))
    return {
        "frame_noise": float(np.log(max(level, _FLOOR))),
        "frame_noise_against_ring": float(np.median(against)) if against else float("nan"),
        "frame_noise_against_noise": log_ratio(level, within, _FLOOR),
    }


def repeat_signals(frames: list[Frame], thumbs: list[Plane]) -> dict[str, float]:
    """Return the share of frames that repeat an earlier one, and the closest return to an earlier frame."""
    small = [np.ascontiguousarray(frame[::4, ::4]) for frame in frames]
    repeats = sum(
        any(float((small[later] == small[earlier]).mean()) > 0.95 for earlier in range(later))
        for later in range(1, len(small))
    )
    steps = [float(np.abs(a - b).mean()) for a, b in pairwise(thumbs)]
    returns = [
        float(np.abs(thumbs[later] - thumbs[earlier]).mean())
        for later in range(3, len(thumbs))
        for earlier in range(later - 2)
    ]
    return {
        "repeated_frames": repeats / (len(small) - 1),
        "loop": log_ratio(min(returns), float(np.median(steps)), _FLOOR) if returns else float("nan"),
    }


def texture_swim(greys: Plane) -> float:
    """Return the change over frames of fine texture, share of its strength, of face against surroundings."""
    fine = np.stack([grey - cv2.blur(grey, (5, 5)) for grey in greys])
    change, strength = fine.std(axis=0), np.abs(fine).mean(axis=0)
    share = [
        cv2.mean(change, mask)[0] / max(cv2.mean(strength, mask)[0], _FLOOR) for mask in (_FACE, _AROUND)
    ]
    return log_ratio(share[0], share[1])


def moves_with_background(moments: list[Moment]) -> float:
    """Return 1 where the background moves exactly with the face, 0 where it stands still or goes its own way.

    NaN where the face hardly moves.
    """
    ties = []
    for before, after in pairwise(moments):
        scale = before.thumb.shape[1] / before.grey.shape[1]
        face = (after.view.landmarks - before.view.landmarks).mean(axis=0) * scale
        length = float(np.linalg.norm(face))
        if length < _STANDS_STILL:
            continue
        shift = _background_shift(before, after)
        ties.append(1 - min(1.0, float(np.linalg.norm(face - shift)) / length))
    return float(np.median(ties)) if ties else float("nan")


def _carried(points: Points, onto: Points) -> Points:
    turn = similarity(points, onto)
    return np.asarray(points @ turn[:, :2].T + turn[:, 2])


def _beyond_affine(first: Points, later: Points) -> float:
    """Return what an affine map, as a plane makes from afar, leaves of the movement, pixels."""
    base = np.column_stack([first - first.mean(axis=0), np.ones(len(first))])
    solved = np.linalg.lstsq(base, later, rcond=None)[0]
    return float(np.sqrt(((later - base @ solved) ** 2).mean()))


def _flicker(series: NDArray[np.float64]) -> float:
    """Return the size of second differences of brightness, share of its mean."""
    return float(np.abs(np.diff(series, 2)).mean()) / max(float(series.mean()), 1.0)


def _vertical(grey: Plane, where: tuple[int, int, int, int]) -> float:
    """Return the mean step down the rows of a patch: an open eye has a white, an iris and a lid."""
    return float(np.abs(np.diff(_patch(grey, where), axis=0)).mean())


def _patch(planes: Plane, where: tuple[int, int, int, int]) -> Plane:
    top, bottom, left, right = where
    return planes[..., top:bottom, left:right]


def _ripple(line: NDArray[np.floating]) -> float:
    """Return the spread of a line of means after its slow part is taken off."""
    slow = cv2.blur(line.astype(np.float32).reshape(1, -1), (31, 1)).ravel()
    return float((line - slow).std())


def _noise_between(before: Moment, after: Moment) -> tuple[float, float]:
    """Return the noise, levels, of the quietest squares of the change of two frames, and of face by ring."""
    plane = noise_plane(after.grey - before.grey) / np.float32(math.sqrt(2))
    squares = _squares(plane)
    radius = _frame_radius(after, squares.shape)
    face = squares[radius < INSIDE[1]]
    ring = squares[(radius > RING[0]) & (radius < RING[1])]
    if len(face) < 6 or len(ring) < 6:
        return _quiet(squares), float("nan")
    return _quiet(squares), log_ratio(_quiet(face), _quiet(ring), _FLOOR)


def _squares(plane: Plane) -> Plane:
    """Return means over squares of 16 pixels."""
    size = (max(1, plane.shape[1] // 16), max(1, plane.shape[0] // 16))
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _quiet(squares: Plane) -> float:
    """Return the level that a fifth of all squares stay below: where nothing moves and little is drawn."""
    return float(np.quantile(squares, 0.2))


def _frame_radius(at: Moment, shape: tuple[int, ...]) -> Plane:
    """Return the radius in the oval of the centre of each square of the frame."""
    from_frame = similarity(at.view.landmarks, TEMPLATE)
    height, width = at.grey.shape
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float64) + 0.5
    x, y = x * width / shape[1], y * height / shape[0]
    u = from_frame[0, 0] * x + from_frame[0, 1] * y + from_frame[0, 2]
    v = from_frame[1, 0] * x + from_frame[1, 1] * y + from_frame[1, 2]
    across, down = (u - OVAL_CENTRE[0]) / OVAL_AXES[0], (v - OVAL_CENTRE[1]) / OVAL_AXES[1]
    return np.asarray(np.hypot(across, down), np.float32)


def _background_shift(before: Moment, after: Moment) -> Points:
    """Return the shift (2,), thumbnail pixels, of what lies outside the face and the body below it."""
    planes = []
    for one in (before, after):
        height, width = one.thumb.shape
        radius = _frame_radius(one, (height, width))
        below = np.arange(height)[:, None] > np.argmin(radius.min(axis=1))
        planes.append(np.where((radius < RING[0]) | (below & (radius < 2.6)), np.nan, one.thumb))
    known = ~np.isnan(planes[0]) & ~np.isnan(planes[1])
    if known.sum() < 200:
        return np.zeros(2)
    filled = [np.where(known, p - p[known].mean(), 0.0).astype(np.float32) for p in planes]
    shift, _ = cv2.phaseCorrelate(filled[0], filled[1])
    return np.asarray(shift, np.float64)
