"""Sharpness of the picture: a copy of a copy loses it, a pasted face has another than its surroundings."""

from __future__ import annotations

import cv2
import numpy as np

from scoring.media.view import (
    INSIDE,
    RING,
    Plane,
    View,
    log_ratio,
    means_in,
    upright_mask,
)

_BOX = np.ones((5, 5), np.uint8)
_FACE, _AROUND = upright_mask(*INSIDE), upright_mask(*RING)
# Patches of the upright face: eyes, cheeks, mouth, forehead, jaw (top, bottom, left, right).
_PATCHES = {
    "right eye": (96, 120, 88, 116),
    "left eye": (96, 120, 140, 168),
    "right cheek": (126, 150, 84, 110),
    "left cheek": (126, 150, 146, 172),
    "mouth": (154, 178, 104, 152),
    "forehead": (66, 88, 100, 156),
    "jaw": (184, 208, 100, 156),
}


def sharpness(view: View) -> dict[str, float]:
    """Return the signals of sharpness."""
    grey = view.wide_grey
    laplacian = np.abs(cv2.Laplacian(grey, cv2.CV_32F))
    fine = gradient(grey)
    parts = {name: float(laplacian[t:b, x:y].mean()) for name, (t, b, x, y) in _PATCHES.items()}
    values = np.log(np.maximum(list(parts.values()), 0.05))
    eyes, cheeks = ((parts[f"right {w}"] + parts[f"left {w}"]) / 2 for w in ("eye", "cheek"))
    mean, spread = (float(v[0, 0]) for v in cv2.meanStdDev(grey, mask=_FACE))
    energy = float(cv2.Laplacian(view.face_grey, cv2.CV_32F).var())
    return {
        "blur": float(np.log(max(energy, 0.01))),
        "blur_effect": blur_effect(view.face_grey),
        "blur_against_ring": _relative(laplacian, fine),
        "focus_spread": float(values.std()),
        "eyes_against_cheeks": log_ratio(eyes, cheeks, 0.05),
        "overshoot": overshoot(view.face_grey),
        "contrast": spread / max(mean, 1.0),
        **_native(view),
    }


def gradient(plane: Plane) -> Plane:
    """Return the magnitude of the gradient, levels a pixel."""
    across = cv2.Sobel(plane, cv2.CV_32F, 1, 0, ksize=3, scale=0.125)
    down = cv2.Sobel(plane, cv2.CV_32F, 0, 1, ksize=3, scale=0.125)
    return np.asarray(cv2.magnitude(across, down), np.float32)


def blur_effect(plane: Plane) -> float:
    """Return the share of neighbour differences that a strong blur leaves (Crété and others, 2007)."""
    again = cv2.blur(plane, (9, 9))
    shares = []
    for axis in (0, 1):
        before, after = np.abs(np.diff(plane, axis=axis)), np.abs(np.diff(again, axis=axis))
        lost = np.maximum(before - after, 0).sum()
        shares.append(1 - float(lost) / max(float(before.sum()), 1e-6))
    return max(shares)


def overshoot(plane: Plane) -> float:
    """Return how much of the strong edges' detail lies beyond the brightness on their two sides."""
    low, high = cv2.erode(plane, _BOX), cv2.dilate(plane, _BOX)
    smooth = cv2.blur(plane, (5, 5))
    span = high - low
    strong = span > max(8.0, float(span.mean()) + float(span.std()))
    if not strong.any():
        return 0.0
    beyond = np.maximum(high - cv2.dilate(smooth, _BOX), 0)
    beyond += np.maximum(cv2.erode(smooth, _BOX) - low, 0)
    return float((beyond[strong] / span[strong]).mean())


def _relative(laplacian: Plane, fine: Plane) -> float:
    """Return sharpness, details over gradients, of the face against its surroundings."""
    face, around = (
        log_ratio(cv2.mean(laplacian, mask)[0], cv2.mean(fine, mask)[0], 0.05) for mask in (_FACE, _AROUND)
    )
    return face - around


def _native(view: View) -> dict[str, float]:
    """Return what is measured as filmed: fine over coarse gradients, and the middle against the rim."""
    fine = gradient(view.near_grey)
    coarse = gradient(cv2.blur(view.near_grey, (7, 7)))
    masks = (view.inside, view.middle, view.rim)
    shares = zip(means_in(fine, *masks), means_in(coarse, *masks), strict=True)
    face, middle, rim = (log_ratio(one, other, 0.02) for one, other in shares)
    return {"blur_native": face, "inner_outer_sharpness": middle - rim}
