"""Rendered identity checks for measurements of re-use: persons in rooms before cameras, kept as JPEG files.

Each person is taken TAKES times, each time in another room, light and device, two frames a take. Rendering
takes about a tenth of a second a check; what is once rendered is read again from the folder.

    nice -n 10 python -m benchmarks.rendered_checks FOLDER FIRST END      # persons FIRST to END
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Clip, Frame
from data.world.media.camera import jpeg, shoot
from data.world.media.conditions import draw_conditions
from data.world.media.faces import make_face
from data.world.media.film import film
from data.world.media.rooms import make_room

TAKES = 4
FRAMES = 2
PERSONS_A_FILE = 25
# Higher than any of the rendered cameras, so that keeping the frames changes them little.
_QUALITY = 96
_SALT = 0x5EE4


@dataclass(frozen=True, slots=True)
class Check:
    """One rendered check: who, which of the person's takes, and the frames as the device delivered them."""

    person: int
    take: int
    clip: Clip


def rendered(folder: Path, persons: range) -> Iterator[Check]:
    """Yield the checks of whole files of PERSONS_A_FILE `persons`, rendering those that are not there."""
    cv2.setNumThreads(1)
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(persons.start, persons.stop, PERSONS_A_FILE):
        path = folder / f"{first}.npz"
        if not path.exists():
            _render(path, range(first, first + PERSONS_A_FILE))
        yield from _read(path, first)


def kept(folder: Path) -> list[range]:
    """Return the persons whose checks are in the folder, in runs of PERSONS_A_FILE."""
    firsts = sorted(int(path.stem) for path in folder.glob("*.npz") if path.stem.isdigit())
    return [range(first, first + PERSONS_A_FILE) for first in firsts]


def _render(path: Path, persons: range) -> None:
    coded = [
        cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].ravel()
        for person in persons
        for frame in _frames(person)
    ]
    part = path.with_suffix(".part.npz")
    np.savez(part, data=np.concatenate(coded), ends=np.cumsum([len(one) for one in coded]))
    part.rename(path)


def _frames(person: int) -> Iterator[Frame]:
    face = make_face(person)
    for take in range(TAKES):
        rng = np.random.default_rng([person, take, _SALT])
        conditions = draw_conditions(rng)
        scene = film(face, make_room(person * TAKES + take), conditions, FRAMES, rng)
        yield from shoot(scene.clip, conditions, rng).frames


def _read(path: Path, first: int) -> Iterator[Check]:
    with np.load(path) as held:
        pictures = np.split(held["data"], held["ends"][:-1])
    for number in range(len(pictures) // FRAMES):
        frames = [_decoded(one) for one in pictures[number * FRAMES : (number + 1) * FRAMES]]
        person, take = divmod(number, TAKES)
        yield Check(first + person, take, Clip(np.stack(frames), 125.0 * np.arange(FRAMES, dtype=np.float64)))


def _decoded(coded: NDArray[np.uint8]) -> Frame:
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def compressed(clip: Clip, quality: int) -> Clip:
    """Return the clip with every frame as JPEG of that quality."""
    return Clip(np.stack([jpeg(frame, quality) for frame in clip.frames]), clip.times_ms)


if __name__ == "__main__":
    for _ in rendered(Path(sys.argv[1]), range(int(sys.argv[2]), int(sys.argv[3]))):
        pass
