"""Light on the face: skin shines in small spots, eyes glint, a nose throws a shade; paper does not."""

from __future__ import annotations

import cv2
import numpy as np

from data.clip import Frame
from scoring.media.view import FACE, Mask, Plane, View, log_ratio, upright_mask

_SKIN = upright_mask(0.0, 0.85)[FACE, FACE]
_EYES = ((98, 118, 86, 116), (98, 118, 140, 170))
_NOSE = (124, 142, 120, 136)
_BESIDE = ((128, 148, 86, 108), (128, 148, 148, 170))
_BURNT = 250


def light(view: View) -> dict[str, float]:
    """Return the signals of light."""
    share, size = specular(view.face)
    right, left = (_glint(view.wide_grey, eye) for eye in _EYES)
    beside = float(np.mean([_patch(view.wide_grey, patch).mean() for patch in _BESIDE]))
    return {
        "specular": share,
        "specular_size": size,
        "glare": glare(view.thumb),
        "eye_glint": (right + left) / 2,
        "glints_differ": abs(right - left),
        "shading": shading(view.face_grey),
        "nose_relief": log_ratio(float(_patch(view.wide_grey, _NOSE).mean()), beside, 1.0),
    }


def specular(face: Frame) -> tuple[float, float]:
    """Return the share of the skin that shines, and the share of it in its largest spot.

    Shining is brighter than the skin's mean by a third and by less than half as saturated.
    """
    _, saturation, value = cv2.split(cv2.cvtColor(face, cv2.COLOR_BGR2HSV))
    bright = min(254.0, 1.3 * cv2.mean(value, _SKIN)[0])
    pale = 0.55 * cv2.mean(saturation, _SKIN)[0]
    shining = ((value > bright) & (saturation <= pale) & (_SKIN > 0)).astype(np.uint8)
    count = int(shining.sum())
    if not count:
        return 0.0, 0.0
    return count / float((_SKIN > 0).sum()), _largest(shining) / count


def glare(thumb: Frame) -> float:
    """Return the share of the picture that its largest burnt-out spot covers."""
    burnt = cv2.inRange(thumb, (_BURNT, _BURNT, _BURNT), (255, 255, 255))
    return _largest(burnt) / float(burnt.size)


def shading(face: Plane) -> float:
    """Return the steepness of the plane of light through the face, share of its mean over its width."""
    small = cv2.resize(face, (8, 8), interpolation=cv2.INTER_AREA)
    line = (np.arange(8) - 3.5) / 8
    across = float((small.mean(axis=0) * line).sum() / (line * line).sum())
    down = float((small.mean(axis=1) * line).sum() / (line * line).sum())
    return float(np.hypot(across, down)) / max(float(small.mean()), 1.0)


def _glint(grey: Plane, eye: tuple[int, int, int, int]) -> float:
    """Return how far the brightest point of an eye stands above its median, share of 255."""
    patch = _patch(grey, eye)
    return float(patch.max() - np.median(patch)) / 255.0


def _patch(grey: Plane, where: tuple[int, int, int, int]) -> Plane:
    top, bottom, left, right = where
    return grey[top:bottom, left:right]


def _largest(mask: Mask) -> float:
    """Return the size of the largest connected spot, pixels."""
    if not mask.any():
        return 0.0
    return float(cv2.connectedComponentsWithStats(mask)[2][1:, cv2.CC_STAT_AREA].max())
