"""Colour of the skin and of the picture: what a print's inks and a screen's primaries cannot show.

Only spreads, ties and differences: the colour itself follows the person and the lamp, and is `skin_tone`.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Frame
from scoring.media.texture import chroma_texture
from scoring.media.view import FACE, MIDDLE, RIM, Plane, View, log_ratio, upright_mask

_SKIN = upright_mask(0.0, 0.85)[FACE, FACE] > 0
_MIDDLE, _RIM = upright_mask(*MIDDLE), upright_mask(*RIM)
# Cheeks and neck of the upright picture: top, bottom, left, right.
_CHEEKS = ((126, 152, 82, 108), (126, 152, 148, 174))
_NECK = (220, 248, 104, 152)


def colour(view: View) -> dict[str, float]:
    """Return the signals of colour."""
    return {
        **_skin(view.face),
        **_picture(view.thumb),
        **chroma_texture(view.face),
        "levels": levels(view),
        "neck_colour": neck_colour(view.wide),
        "inner_outer_colour": inner_outer_colour(view.wide),
    }


def skin_tone(wide: Frame) -> float:
    """Return the individual typology angle of the cheeks, degrees (Chardon and others, 1991)."""
    light, _, yellow = _lab(wide, *_CHEEKS)
    # Under blue light the yellow of skin vanishes; the angle stays within a right angle.
    return math.degrees(math.atan2(light - 50.0, max(yellow, 0.1)))


def face_light(face: Frame) -> float:
    """Return the mean brightness of an upright face, 0 to 255."""
    return float(cv2.cvtColor(face, cv2.COLOR_BGR2GRAY)[_SKIN].mean())


def neck_colour(wide: Frame) -> float:
    """Return the distance in chroma (a*, b* of CIELAB) between cheeks and neck."""
    cheeks, neck = _lab(wide, *_CHEEKS), _lab(wide, _NECK)
    return math.hypot(cheeks[1] - neck[1], cheeks[2] - neck[2])


def inner_outer_colour(wide: Frame) -> float:
    """Return the distance in chroma (a*, b*) between the middle of the face and its rim."""
    middle = _to_lab(np.array(cv2.mean(wide, _MIDDLE)[:3]))
    rim = _to_lab(np.array(cv2.mean(wide, _RIM)[:3]))
    return math.hypot(middle[1] - rim[1], middle[2] - rim[2])


def levels(view: View) -> float:
    """Return the share of brightness levels in use between the face's 1st and 99th percentile."""
    size = (view.near.shape[1], view.near.shape[0])
    mask = cv2.resize(view.inside, size, interpolation=cv2.INTER_NEAREST)
    counts = cv2.calcHist([view.near], [1], mask, [256], [0, 256]).ravel()
    low, high = _ends(counts, 0.01)
    return float((counts[low : high + 1] > 0).mean())


def _skin(face: Frame) -> dict[str, float]:
    """Return spreads and ties of hue, saturation and chroma over an upright face."""
    hue, saturation, _ = (plane[_SKIN] for plane in cv2.split(cv2.cvtColor(face, cv2.COLOR_BGR2HSV)))
    saturation = saturation.astype(np.float32)
    ycc = cv2.split(cv2.cvtColor(face, cv2.COLOR_BGR2YCrCb))
    light, red, blue = (plane[_SKIN].astype(np.float32) for plane in ycc)
    mean, spread = float(saturation.mean()), float(saturation.std())
    contrast = max(float(light.std()), 1.0)
    skew = float(np.mean((saturation - mean) ** 3)) / max(spread, 1e-3) ** 3
    return {
        "hue_spread": hue_spread(np.bincount(hue, minlength=180)),
        "saturation_spread": spread / max(mean, 1.0),
        "saturation_skew": skew,
        "cb_spread": log_ratio(float(blue.std()), contrast, 1e-2),
        "cr_spread": log_ratio(float(red.std()), contrast, 1e-2),
        "chroma_tie": correlation(blue, red),
        "chroma_light_tie": correlation(light, red),
    }


def hue_spread(counts: NDArray[np.int64]) -> float:
    """Return the circular standard deviation, degrees, of hues counted (180,) in steps of 2 degrees."""
    angle = np.arange(180) * (math.pi / 90)
    sums = float((counts * np.cos(angle)).sum()), float((counts * np.sin(angle)).sum())
    length = math.hypot(*sums) / max(float(counts.sum()), 1.0)
    return math.degrees(math.sqrt(max(0.0, -2 * math.log(min(1.0, max(length, 1e-6))))))


def correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return Pearson's correlation; 0 where one of the two does not vary."""
    a, b = one - one.mean(), other - other.mean()
    size = math.sqrt(float((a * a).sum()) * float((b * b).sum()))
    return float((a * b).sum()) / size if size > 1e-6 else 0.0


def _picture(thumb: Frame) -> dict[str, float]:
    """Return gamut, levels and cast of the whole picture, seen at 160 pixels."""
    light, red, blue = cv2.split(cv2.cvtColor(thumb, cv2.COLOR_BGR2YCrCb))
    ends = [_ends(cv2.calcHist([plane], [0], None, [256], [0, 256]), 0.02) for plane in (red, blue)]
    area = float(np.prod([high - low + 1 for low, high in ends]))
    low, high = _ends(cv2.calcHist([light], [0], None, [256], [0, 256]), 0.001)
    return {
        "gamut": math.log(area),
        "black_level": float(low),
        "white_level": float(high),
        "colour_cast": math.hypot(float(red.mean()) - 128, float(blue.mean()) - 128),
    }


def _ends(counts: Plane, share: float) -> tuple[int, int]:
    """Return the levels below and above which `share` of what was counted (256,) lies."""
    sums = counts.ravel().cumsum() / max(float(counts.sum()), 1.0)
    return int(np.searchsorted(sums, share)), int(np.searchsorted(sums, 1 - share))


def _lab(wide: Frame, *patches: tuple[int, int, int, int]) -> tuple[float, float, float]:
    """Return L*, a*, b* of the mean colour of patches."""
    colours = [wide[t:b, x:y].reshape(-1, 3).mean(axis=0) for t, b, x, y in patches]
    return _to_lab(np.mean(colours, axis=0))


def _to_lab(bgr: NDArray[np.float64]) -> tuple[float, float, float]:
    pixel = (bgr / 255.0).astype(np.float32).reshape(1, 1, 3)
    light, a, b = (float(part) for part in cv2.cvtColor(pixel, cv2.COLOR_BGR2LAB)[0, 0])
    return light, a, b
