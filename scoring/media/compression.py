"""Compression: grids of 8 and 16 pixels, zeroed and combed coefficients, what one more JPEG changes.

A picture that was compressed, changed and compressed again shows two grids, two combs (Popescu, Farid,
2004), and areas that answer another compression differently (Farid's ghosts, 2009).
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from scoring.media.view import Plane, View, log_ratio, means_in

_GHOST_QUALITY = 75
_FLOOR = 0.05
_MOST_BLOCKS = 1200
_NOTHING = np.empty(0, np.float32)
# Coarse coefficients of a block (row * 8 + column): large enough to show the steps of quantisation.
_COARSE = (1, 8, 9, 2, 16)


def compression(view: View) -> dict[str, float]:
    """Return the signals of compression."""
    grey = view.near_grey
    lines = [line_steps(grey, axis) for axis in (0, 1)]
    shift = [_strongest_shift(grid_steps(line)) for line in lines]
    near = float(np.mean([_at_grid(grid_steps(line)) for line in lines]))
    inside = float(np.mean([_at_grid(grid_steps(line_steps(grey[view.box], axis))) for axis in (0, 1)]))
    zero, comb = coefficient_signals(grey)
    return {
        "blockiness": near,
        "block_shift": float(np.mean(shift)),
        "blockiness_against_ring": inside - near,
        "macroblocks": float(np.mean([macroblocks(line) for line in lines])),
        "dct_zero": zero,
        "dct_comb": comb,
        "chroma_blur": chroma_blur(view),
        **ghost(view),
    }


def line_steps(grey: Plane, axis: int) -> NDArray[np.float64]:
    """Return the mean step, levels, at each border between lines along `axis`."""
    before, after = (grey[:-1], grey[1:]) if axis == 0 else (grey[:, :-1], grey[:, 1:])
    return np.asarray(cv2.absdiff(after, before).mean(axis=1 - axis), np.float64)


def grid_steps(lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean (8,) of steps between lines at each place in the grid of 8 pixels.

    Position 7 is the border between two blocks.
    """
    return np.array([float(lines[place::8].mean()) if len(lines) > place else 0.0 for place in range(8)])


def macroblocks(lines: NDArray[np.float64]) -> float:
    """Return steps on every second border of 8 pixels against the others, as 16-pixel blocks leave them."""
    if len(lines) < 48:
        return float("nan")
    odd, even = float(lines[15::16].mean()), float(lines[7::16].mean())
    return abs(log_ratio(odd, even, _FLOOR))


def coefficient_signals(grey: Plane) -> tuple[float, float]:
    """Return the share of zeroed fine coefficients of 8-pixel blocks, and the comb of the coarse ones.

    The comb is the highest mean of cos(2 pi c / q) over steps q: 1 where all are multiples of one step.
    """
    blocks = _blocks(grey)
    # Not numpy's product, whose library takes every core for a moment.
    coefficients = cv2.gemm(blocks - np.float32(128), _cosines(), 1.0, _NOTHING, 0.0)
    zero = float((np.abs(coefficients[:, 10:]) < 0.5).mean())
    steps = np.arange(3.0, 21.0, 1.0, dtype=np.float32)
    combs = []
    for place in _COARSE:
        values = coefficients[:, place]
        values = values[np.abs(values) > 2.5][:400]
        if len(values) >= 40:
            combs.append(float(np.cos(values[:, None] * (2 * np.pi / steps)).mean(axis=0).max()))
    return zero, float(np.mean(combs)) if combs else 0.0


def chroma_blur(view: View) -> float:
    """Return fine against coarse steps of chroma, less the same of brightness, as filmed."""
    red = view.near[..., 2].astype(np.float32) - view.near_grey
    return _fineness(red) - _fineness(view.near_grey)


def ghost(view: View) -> dict[str, float]:
    """Return what a JPEG of quality 75 changes in the face, against its detail and its surroundings."""
    done, code = cv2.imencode(
        ".jpg", view.near_grey.astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, _GHOST_QUALITY]
    )
    if not done:
        return {"ghost": float("nan"), "ghost_against_ring": float("nan")}
    again = np.asarray(cv2.imdecode(code, cv2.IMREAD_GRAYSCALE), np.float32)
    planes = (cv2.absdiff(again, view.near_grey), view.detail)
    shares = zip(*(means_in(plane, view.inside, view.ring) for plane in planes), strict=True)
    face, ring = (log_ratio(changed, detail, _FLOOR) for changed, detail in shares)
    return {"ghost": face, "ghost_against_ring": face - ring}


def _at_grid(lines: NDArray[np.float64]) -> float:
    return log_ratio(float(lines[7]), float(np.delete(lines, 7).mean()), _FLOOR)


def _strongest_shift(lines: NDArray[np.float64]) -> float:
    """Return the strongest step off the grid against the median of those off the grid."""
    others = lines[:7]
    return log_ratio(float(others.max()), float(np.median(others)), _FLOOR)


def _blocks(grey: Plane) -> Plane:
    """Return evenly chosen blocks (n, 64) of the grid of 8."""
    height, width = (side // 8 * 8 for side in grey.shape)
    blocks = grey[:height, :width].reshape(height // 8, 8, width // 8, 8).swapaxes(1, 2).reshape(-1, 64)
    return np.ascontiguousarray(blocks[:: max(1, len(blocks) // _MOST_BLOCKS)])


@cache
def _cosines() -> Plane:
    """Return the matrix (64, 64) that takes a block's pixels to its cosine coefficients."""
    k, n = np.arange(8)[:, None], np.arange(8)[None, :]
    line = np.cos(np.pi * (2 * n + 1) * k / 16) * np.where(k == 0, np.sqrt(1 / 8), 0.5)
    return np.kron(line, line).T.astype(np.float32)


def _fineness(plane: Plane) -> float:
    """Return the mean step between neighbours against that between pixels four apart, logarithm."""
    fine = float(np.abs(np.diff(plane[::2], axis=1)).mean())
    coarse = float(np.abs(plane[::2, 4:] - plane[::2, :-4]).mean())
    return log_ratio(fine, coarse, _FLOOR)
