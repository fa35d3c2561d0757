"""Single frames and their signals for the bench of photographs: rendered, real, and attacks made of real.

Labels of real photographs come from their folders (`face_folders`). Bona fide frames and attacks of the
training go through the same random processing, so that it separates nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.face_folders import BONA_FIDE
from benchmarks.face_processing import processed
from data.clip import Clip, Frame
from data.media_signals import OVER_TIME, SIGNALS
from data.world.media.attacks import SPECIES, attack
from data.world.media.camera import shoot
from data.world.media.conditions import draw_conditions
from data.world.media.faces import make_face
from data.world.media.film import film
from data.world.media.rooms import make_room
from scoring.media.extract import extract
from scoring.media.finding import find_faces
from scoring.media.opening import MediaError, first_frame

SINGLE = [n for n, s in enumerate(SIGNALS) if s.name not in OVER_TIME and s.name != "own_model_score"]
"""Positions of the signals that one frame has."""
REAL = "a real set"
SHOT_AGAIN = "bona_fide, through a camera"
"""What a bona fide photograph is called after another camera: bona fide, but no picture of the set."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Signals (n, k) of single frames, the species of each, whose they are, and where they were taken.

    `person` a rendered person, or the position of the photograph in its set; `place` the class of device;
    `is_processed` which went through random processing.
    """

    values: NDArray[np.float64]
    species: NDArray[np.str_]
    person: NDArray[np.int64]
    place: NDArray[np.str_]
    is_processed: NDArray[np.bool_]
    unmeasured: int = 0

    @property
    def is_attack(self) -> NDArray[np.bool_]:
        """Which are attacks."""
        return ~np.isin(self.species, (BONA_FIDE, SHOT_AGAIN))

    def where(self, chosen: NDArray[np.bool_]) -> Measured:
        """Return the chosen frames."""
        return Measured(
            self.values[chosen],
            self.species[chosen],
            self.person[chosen],
            self.place[chosen],
            self.is_processed[chosen],
        )

    def holding(self, values: NDArray[np.float64]) -> Measured:
        """Return the frames with other values."""
        return replace(self, values=values)


def joined(*parts: Measured) -> Measured:
    """Return the frames of all parts."""
    return Measured(
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.species for part in parts]),
        np.concatenate([part.person for part in parts]),
        np.concatenate([part.place for part in parts]),
        np.concatenate([part.is_processed for part in parts]),
    )


Values = NDArray[np.float64]
Row = tuple[int, str, str, bool, Values | None]
Photograph = tuple[Path, str]


def rendered(identities: int, seed: int) -> Measured:
    """Return frames of rendered people, each as taken and processed: two honest ones, each species once.

    Presentation attacks are taken twice, since their detector sees no others.
    """
    return _together(_spread(_render, [(seed, identity) for identity in range(identities)], "people"))


def photographs(chosen: Sequence[Photograph]) -> Measured:
    """Return the photographs of one set, in the order given; `person` is the place in that order."""
    return _together(
        _spread(_read, [(str(path), name, n) for n, (path, name) in enumerate(chosen)], "pictures")
    )


def attacks_on(sources: Sequence[tuple[int, Path, Path]], seed: int) -> Measured:
    """Return attacks of each species made from photographs, and the photographs through a camera.

    A source is the number that becomes `person`, the photograph, and another of another face or room.
    """
    given = [(number, str(path), str(other), seed) for number, path, other in sources]
    return _together(_spread(_attacked, given, "photographs attacked"))


def _spread(work: Callable[..., list[Row]], given: Sequence[tuple[object, ...]], of: str) -> Iterator[Row]:
    """Yield the rows of all work, done by a process a core, and say how far it is."""
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=get_context("spawn")) as pool:
        for done, rows in enumerate(pool.map(work, given, chunksize=2), start=1):
            yield from rows
            if done % 50 == 0 or done == len(given):
                print(f"  {done:,} of {len(given):,} {of}", flush=True)


def _together(rows: Iterator[Row]) -> Measured:
    every = list(rows)
    known = [(*row[:4], row[4]) for row in every if row[4] is not None]
    return Measured(
        np.array([row[4] for row in known], np.float64).reshape(len(known), len(SINGLE)),
        np.array([row[1] for row in known], dtype=np.str_),
        np.array([row[0] for row in known], dtype=np.int64),
        np.array([row[2] for row in known], dtype=np.str_),
        np.array([row[3] for row in known], dtype=np.bool_),
        len(every) - len(known),
    )


def _of_frame(frame: Frame) -> Values | None:
    found = extract(Clip(frame[None], np.zeros(1)))
    return None if found.problem else found.values[SINGLE]


def _render(given: tuple[int, int]) -> list[Row]:
    """Return one person's frames: each taken under conditions of its own, drawn alike for all."""
    cv2.setNumThreads(1)
    seed, identity = given
    rng = np.random.default_rng((seed, identity))
    face, other = make_face(seed * 100_000 + identity), make_face(seed * 100_000 + 50_000 + identity)
    presentation = [name for name in SPECIES if name.startswith("presentation")]
    rows: list[Row] = []
    for species in (BONA_FIDE, *SPECIES, BONA_FIDE, *presentation):
        conditions = draw_conditions(rng)
        take = film(face, make_room(int(rng.integers(1 << 30))), conditions, 1, rng)
        if species == BONA_FIDE:
            clip = shoot(take.clip, conditions, rng)
        else:
            host = film(other, make_room(int(rng.integers(1 << 30))), conditions, 1, rng)
            points = (take.landmarks, host.landmarks)
            clip = attack(species, take.clip, host.clip, conditions, rng.uniform(), rng, *points)
        frame = clip.frames[0]
        rows.append((identity, species, conditions.device, False, _of_frame(frame)))
        rows.append((identity, species, conditions.device, True, _of_frame(processed(frame, rng))))
    return rows


def _read(given: tuple[str, str, int]) -> list[Row]:
    """Return the signals of one photograph; none where it cannot be opened or has no face."""
    cv2.setNumThreads(1)
    path, species, number = given
    try:
        return [(number, species, REAL, False, _of_frame(first_frame(Path(path))))]
    except MediaError:
        return [(number, species, REAL, False, None)]


def _attacked(given: tuple[int, str, str, int]) -> list[Row]:
    """Return one photograph through a camera of its own size, and an attack of each species made from it."""
    cv2.setNumThreads(1)
    number, path, other, seed = given
    rng = np.random.default_rng((seed, number))
    try:
        clips = [Clip(first_frame(Path(p))[None], np.zeros(1)) for p in (path, other)]
    except MediaError:
        return []
    faces = [find_faces(clip.frames[0]) for clip in clips]
    if not all(len(found) for found in faces):
        return []
    points = [found.landmarks[:1].astype(np.float32) for found in faces]
    height, width = clips[0].frames.shape[1:3]
    rows: list[Row] = []
    for species in (SHOT_AGAIN, *SPECIES):
        conditions = replace(draw_conditions(rng), size=(width, height))
        if species == SHOT_AGAIN:
            clip = shoot(clips[0], conditions, rng)
        else:
            clip = attack(species, clips[0], clips[1], conditions, rng.uniform(), rng, *points)
        rows.append((number, species, REAL, False, _of_frame(clip.frames[0])))
    return rows
