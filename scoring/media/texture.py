"""Texture of the skin: local binary patterns (Ojala, Pietikäinen, Mäenpää, 2002) of the upright face."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Frame
from scoring.media.view import FACE, MIDDLE, RIM, RING, Mask, Plane, View, log_ratio, upright_mask

Histogram = NDArray[np.float64]
_ROUND = ((-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1))


def _kinds() -> NDArray[np.int64]:
    """Return the kind of each of the 256 patterns: 0 to 8 its ones where they are together, else 9."""
    codes = np.arange(256)
    bits = (codes[:, None] >> np.arange(8)) & 1
    changes = (bits != np.roll(bits, 1, axis=1)).sum(axis=1)
    return np.where(changes <= 2, bits.sum(axis=1), 9)


_KIND = _kinds()
_SKIN = upright_mask(0.0, 0.9)
_AROUND = upright_mask(*RING)
_MIDDLE, _RIM = upright_mask(*MIDDLE), upright_mask(*RIM)


def patterns(plane: NDArray[np.uint8], mask: Mask, reach: int = 1) -> Histogram:
    """Return the shares (10,) of the rotation-invariant patterns of `plane` where `mask` is set.

    Position k < 9: k of 8 neighbours are at least as bright, all in one arc; 9: in several arcs.
    """
    height, width = plane.shape
    middle = plane[reach : height - reach, reach : width - reach]
    code = np.zeros(middle.shape, np.uint8)
    for bit, (down, right) in enumerate(_ROUND):
        y, x = reach * (1 + down), reach * (1 + right)
        there = plane[y : y + middle.shape[0], x : x + middle.shape[1]]
        code |= (there >= middle).view(np.uint8) << np.uint8(bit)
    inside = mask[reach : height - reach, reach : width - reach] > 0
    counts = np.bincount(_KIND[code[inside]], minlength=10).astype(np.float64)
    return np.asarray(counts / max(counts.sum(), 1.0))


def entropy(shares: Histogram) -> float:
    """Return the variety of shares, bits."""
    some = shares[shares > 0]
    return float(-(some * np.log2(some)).sum())


def texture(view: View) -> dict[str, float]:
    """Return the signals of the skin's texture."""
    wide = view.wide_grey.astype(np.uint8)
    face, skin = wide[FACE, FACE], _SKIN[FACE, FACE]
    fine, coarse, around = patterns(face, skin), patterns(face, skin, 3), patterns(wide, _AROUND)
    laplacian = cv2.Laplacian(view.wide_grey, cv2.CV_32F)
    middle, rim = (cv2.mean(np.abs(laplacian), mask)[0] for mask in (_MIDDLE, _RIM))
    return {
        "lbp_flat": float(fine[0] + fine[8]),
        "lbp_edges": float(fine[3:6].sum()),
        "lbp_mixed": float(fine[9]),
        "lbp_entropy": entropy(fine),
        "lbp_coarse_mixed": float(coarse[9]),
        "lbp_coarse_entropy": entropy(coarse),
        "lbp_against_ring": pattern_distance(fine, around),
        "detail_tails": kurtosis(laplacian, _SKIN),
        "inner_outer_texture": log_ratio(middle, rim),
    }


def chroma_texture(face: Frame) -> dict[str, float]:
    """Return the signals of the texture of blue and red chroma of an upright face (160, 160, 3)."""
    chroma = cv2.cvtColor(face, cv2.COLOR_BGR2YCrCb)
    skin = _SKIN[FACE, FACE]
    red = patterns(np.ascontiguousarray(chroma[..., 1]), skin)
    blue = patterns(np.ascontiguousarray(chroma[..., 2]), skin)
    return {"cb_mixed": float(blue[9]), "cr_mixed": float(red[9]), "cr_entropy": entropy(red)}


def pattern_distance(one: Histogram, other: Histogram) -> float:
    """Return the chi-square distance of two histograms of shares: 0 alike, 1 without a common pattern."""
    return float(0.5 * ((one - other) ** 2 / np.maximum(one + other, 1e-12)).sum())


def kurtosis(plane: Plane, mask: Mask) -> float:
    """Return the logarithm of the kurtosis of `plane` where `mask` is set: log 3 for normal noise."""
    values = plane[mask > 0]
    centred = values - values.mean()
    square = centred * centred
    spread = float(square.mean())
    return float(np.log(max(float((square * square).mean()), 1e-9) / max(spread * spread, 1e-9)))
