"""Learns the average face and the sums of fingerprints from rendered checks and their altered copies.

For each window: numbers of the originals give what differs between pictures (B), differences to altered
copies what alteration does (W). Linear discriminants keep the DIRECTIONS with the most of B in B + W, each
scaled to the same spread. The sums are 256 orthogonal random mixtures of the directions, so that every bit
tells something of everything. Persons outside LEARN_FROM are for `benchmarks/reuse.py` to ask of.

    nice -n 10 python -m benchmarks.learn_prints FOLDER      # where rendered checks are kept
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from benchmarks.alterations import ALTERATIONS
from benchmarks.rendered_checks import rendered
from data.clip import Clip
from scoring.media.finding import find_faces
from scoring.media.fingerprints import WHOLE, WINDOWS, Window, numbers, whole_of
from scoring.media.registration import LEARNED, brightness, from_landmarks, register, square
from scoring.media.search import BITS

Floats = NDArray[np.float64]
LEARN_FROM = range(500)
DIRECTIONS = 110
_RIDGE = 0.05
_SEED = 7


def learn(folder: Path) -> None:
    """Write LEARNED: first the average face, then by it the sums of every window."""
    squares = [square(brightness(_middle(clip)), from_landmarks(found)) for clip, found in _faces(folder)]
    average = np.mean(squares, axis=0)
    learned: dict[str, Any] = {"average_face": average.astype(np.float16)}
    np.savez_compressed(LEARNED, **learned)
    originals: dict[str, list[Floats]] = {window.name: [] for window in WINDOWS}
    changes: dict[str, list[Floats]] = {window.name: [] for window in WINDOWS}
    rng = np.random.default_rng(_SEED)
    for clip, found in _faces(folder):
        before = _numbers(clip, found)
        for name, one in before.items():
            originals[name].append(one)
        for alter in ALTERATIONS.values():
            changed = alter(clip, rng)
            faces = find_faces(_middle(changed))
            after = _numbers(changed, faces.landmarks[0]) if len(faces) else {}
            for name in before.keys() & after.keys():
                changes[name].append(after[name] - before[name])
    for window in WINDOWS:
        parts = discriminants(np.array(originals[window.name]), np.array(changes[window.name]))
        learned |= {f"{window.name}_{part}": value for part, value in parts.items()}
    np.savez_compressed(LEARNED, **learned)


def discriminants(originals: Floats, changes: Floats) -> dict[str, NDArray[np.float16]]:
    """Return mean (k,), directions (d, k) and sums (256, d) from numbers (n, k) and their changes (m, k)."""
    mean = originals.mean(axis=0)
    # A copy whose window slid away says nothing about the others.
    length = np.linalg.norm(changes, axis=1)
    held = changes * np.minimum(1, np.quantile(length, 0.97) / np.maximum(length, 1e-9))[:, None]
    between = _ridged(np.cov(originals.T))
    within = _ridged(held.T @ held / len(held) / 2) + 1e-3 * np.diag(between).mean() * np.eye(len(between))
    noise, directions = eigh(within, between + within)
    kept = min(DIRECTIONS, len(noise))
    mixed, _ = np.linalg.qr(np.random.default_rng(_SEED).normal(size=(BITS, kept)))
    sums = mixed * np.maximum(1e-3, 1 - noise[:kept])
    found = {"mean": mean, "directions": directions[:, :kept].T, "sums": sums}
    return {name: value.astype(np.float16) for name, value in found.items()}


def _ridged(covariance: Floats) -> Floats:
    """Return it nearer to its diagonal: few samples overstate how numbers go together."""
    return (1 - _RIDGE) * covariance + _RIDGE * np.diag(np.diag(covariance))


def _faces(folder: Path) -> Iterator[tuple[Clip, Floats]]:
    for check in rendered(folder, LEARN_FROM):
        faces = find_faces(_middle(check.clip))
        if len(faces):
            yield check.clip, faces.landmarks[0]


def _middle(clip: Clip) -> NDArray[np.uint8]:
    middle: NDArray[np.uint8] = clip.frames[len(clip) // 2]
    return middle


def _numbers(clip: Clip, landmarks: Floats) -> dict[str, Floats]:
    """Return the numbers of every window that has some."""
    middle = _middle(clip)
    place = register(middle, landmarks)
    mean = np.asarray(np.round(clip.frames.mean(axis=0)), np.uint8)
    made: dict[str, Floats] = {}
    for window in WINDOWS:
        found = _of(window, middle, mean, place)
        if found is not None:
            made[window.name] = found
    return made


def _of(window: Window, middle: NDArray[np.uint8], mean: NDArray[np.uint8], place: Floats) -> Floats | None:
    if window is WHOLE:
        return numbers(middle, window, whole_of(middle))
    return numbers(mean if window.name == "video" else middle, window, place)


if __name__ == "__main__":
    learn(Path(sys.argv[1]))
