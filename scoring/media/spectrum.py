"""Spectrum of the picture: its fall with frequency, its peaks, its lattices.

A radial spectrum that bends or ripples was enlarged (Durall and others, 2020; Frank and others, 2020);
peaks away from zero are moire of a screen's or print's dots (Patel and others, 2015).
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import fft

from scoring.media.view import Plane, View, log_ratio, means_in

TILE = 128
_TINY = 1e-3


def spectrum(view: View) -> dict[str, float]:
    """Return the signals of the spectrum."""
    return {**radial_signals(view.face_grey), **peak_signals(view), **dct_signals(view.face_grey)}


def radial_signals(face: Plane) -> dict[str, float]:
    """Return slopes, bend and ripple of the radial spectrum of a square face."""
    profile = radial_profile(face)
    count = len(profile)
    frequency = np.log(np.arange(1, count))
    logs = np.log(profile[1:] + _TINY)
    # The window spreads the coarsest three waves over each other.
    low, high = slice(3, count // 4), slice(count // 4, count - 2)
    slope, bend = _line(frequency[low], logs[low])
    high_slope, _ = _line(frequency[high], logs[high])
    _, whole = _line(frequency[3:-2], logs[3:-2])
    total = float((profile[2:] * np.arange(2, count)).sum())
    fine = float((profile[count // 2 :] * np.arange(count // 2, count)).sum())
    return {
        "spectrum_slope": slope,
        "spectrum_high_slope": high_slope,
        "spectrum_high": log_ratio(fine, total, 1e-9),
        "spectrum_bend": whole - bend,
        "spectrum_ripple": float(np.diff(logs[high], 2).std()),
    }


def radial_profile(face: Plane) -> NDArray[np.float64]:
    """Return the mean power at each whole radius up to half the side of a square picture."""
    side = face.shape[0]
    power = _power(face)
    rings, counts = _rings(side)
    total = np.bincount(rings.ravel(), power.ravel(), minlength=len(counts))
    return np.asarray(total / np.maximum(counts, 1))[: side // 2 + 1]


def peak_signals(view: View) -> dict[str, float]:
    """Return peaks and lattices as filmed, of the face and of the whole picture."""
    grey = cv2.cvtColor(view.frame, cv2.COLOR_BGR2GRAY)
    red = view.frame[..., 2].astype(np.float32) - grey
    power = _power(_centre_tile(view))
    across = _excess(power)
    beat = shared_peaks(tiles(grey.astype(np.float32)), smear=3)
    colour = shared_peaks(tiles(red, 2), smear=1)
    middle = cv2.absdiff(cv2.blur(view.near_grey, (3, 3)), cv2.blur(view.near_grey, (9, 9)))
    shares = zip(*(means_in(plane, view.inside, view.ring) for plane in (view.detail, middle)), strict=True)
    face, ring = (log_ratio(fine, coarse, 0.02) for fine, coarse in shares)
    return {
        "spectrum_peak": float(across[_fine()].max()),
        "spectrum_lattice": lattice(across),
        "spectrum_axes": axes_share(power),
        "spectrum_against_ring": face - ring,
        "moire": float(beat[_slanted()].max()),
        "moire_share": float((beat[_slanted()] > 1.2).mean()),
        "moire_colour": float(colour[_slanted()].max()),
    }


def tiles(plane: Plane, most: int = 3) -> list[Plane]:
    """Return up to `most` by `most` tiles of 128 pixels; one, enlarged by mirrors, if smaller."""
    height, width = plane.shape
    down, right = max(0, TILE - height), max(0, TILE - width)
    if down or right:
        plane = np.asarray(cv2.copyMakeBorder(plane, 0, down, 0, right, cv2.BORDER_REFLECT_101), np.float32)
        height, width = plane.shape
    rows = np.unique(np.linspace(0, height - TILE, min(most, -(-2 * height // TILE) - 1)).astype(int))
    columns = np.unique(np.linspace(0, width - TILE, min(most, -(-2 * width // TILE) - 1)).astype(int))
    return [plane[y : y + TILE, x : x + TILE] for y in rows for x in columns]


def shared_peaks(pieces: list[Plane], smear: int) -> Plane:
    """Return log power (128, 65) above its wider neighbourhood, the mean over tiles.

    The mean of logarithms keeps what all tiles share; one busy tile counts no more than a quiet one. A peak
    that perspective smears over `smear` frequencies is gathered first.
    """
    powers = [_bordered(_power(piece)) for piece in pieces]
    peaks = np.mean([np.log(cv2.blur(power, (smear, smear)) + _TINY) for power in powers], axis=0)
    around = cv2.blur(np.mean([np.log(power + _TINY) for power in powers], axis=0), (15, 15))
    return np.asarray((peaks - around)[8:-8, 8:-8], np.float32)


def lattice(excess: Plane) -> float:
    """Return the mean excess at the three points that doubling every pixel fills."""
    half = TILE // 2
    return float(np.mean([excess[half, 0], excess[0, half], excess[half, half]]))


def axes_share(power: Plane) -> float:
    """Return fine power along rows and columns against the diagonals, logarithm."""
    half, quarter = TILE // 2, TILE // 4
    down = np.minimum(np.arange(TILE), TILE - np.arange(TILE))[:, None]
    right = np.arange(half + 1)[None, :]
    straight = ((down < 8) | (right < 8)) & (np.maximum(down, right) > quarter)
    slanted = (np.abs(down - right) < 8) & (np.minimum(down, right) > quarter * 0.7)
    return log_ratio(float(power[straight].mean()), float(power[slanted].mean()), 1e-3)


def dct_signals(face: Plane) -> dict[str, float]:
    """Return the shares of middle and high frequencies in the cosine transform of the face."""
    energy = cv2.dct(face[: face.shape[0] // 2 * 2, : face.shape[1] // 2 * 2]) ** 2
    total = float(energy.sum() - energy[:4, :4].sum())
    middle = float(energy[:80, :80].sum() - energy[:27, :27].sum())
    high = float(energy.sum() - energy[:80, :80].sum())
    return {"dct_middle": log_ratio(middle, total, 1e-9), "dct_high": log_ratio(high, total, 1e-9)}


def _centre_tile(view: View) -> Plane:
    """Return 128 pixels of the face's middle as filmed."""
    back = cv2.invertAffineTransform(view.turn)
    x, y = back[:, :2] @ (128.0, 140.0) + back[:, 2]
    height, width = view.near_grey.shape
    left = int(np.clip(x - TILE / 2, 0, max(0, width - TILE)))
    top = int(np.clip(y - TILE / 2, 0, max(0, height - TILE)))
    return tiles(np.ascontiguousarray(view.near_grey[top : top + TILE, left : left + TILE]))[0]


def _power(piece: Plane) -> Plane:
    window = _window(piece.shape[0])
    waves = fft.rfft2((piece - piece.mean()) * window)
    return np.asarray(waves.real**2 + waves.imag**2, np.float32)


def _excess(power: Plane) -> Plane:
    """Return log power above the median of its 25 neighbours, over the torus of frequencies."""
    logs = np.log(power + _TINY)
    around = cv2.copyMakeBorder(logs, 2, 2, 2, 2, cv2.BORDER_REFLECT_101)
    return np.asarray(logs - cv2.medianBlur(around, 5)[2:-2, 2:-2], np.float32)


def _bordered(power: Plane) -> Plane:
    """Return power with 8 more frequencies on each side: rows go around, columns mirror."""
    rows = np.concatenate([power[-8:], power, power[:8]])
    return np.asarray(cv2.copyMakeBorder(rows, 0, 0, 8, 8, cv2.BORDER_REFLECT_101), np.float32)


def _line(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Return the slope of the least-squares line and the root mean square of what it leaves."""
    dx, dy = x - x.mean(), y - y.mean()
    slope = float((dx * dy).sum() / (dx * dx).sum())
    return slope, float(np.sqrt(np.mean((dy - slope * dx) ** 2)))


@cache
def _window(side: int) -> Plane:
    line = np.hanning(side)
    return np.outer(line, line).astype(np.float32)


@cache
def _rings(side: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    down = np.fft.fftfreq(side) * side
    rings = np.rint(np.hypot(down[:, None], np.arange(side // 2 + 1)[None, :])).astype(np.int64)
    return rings, np.bincount(rings.ravel())


@cache
def _slanted() -> NDArray[np.bool_]:
    """Return the fine frequencies off both axes, where walls, frames and hair draw no lines of their own."""
    down = np.minimum(np.arange(TILE), TILE - np.arange(TILE))[:, None]
    return np.asarray(_fine() & (down > 3) & (np.arange(TILE // 2 + 1)[None, :] > 3))


@cache
def _fine() -> NDArray[np.bool_]:
    """Return the frequencies where a peak is no content: not coarse, not on the grid of 8 pixels' lines."""
    half, coarse, step = TILE // 2, TILE // 12, TILE // 8
    down = np.minimum(np.arange(TILE), TILE - np.arange(TILE))[:, None]
    right = np.arange(half + 1)[None, :]
    grid = ((down < 2) & ((right + 1) % step < 3)) | ((right < 2) & ((down + 1) % step < 3))
    return (np.hypot(down, right) > coarse) & ~grid
