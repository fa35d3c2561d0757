"""Single frames and their signals for the bench of photographs: rendered, real, and attacks made of real.

Labels of real photographs come from their folders: `bona_fide`, `genuine`, `real` or `live` against `attack`,
`spoof` or `fake`; what is nested below an attack's folder is its species.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Clip
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

BONA_FIDE = "bona_fide"
_HONEST = ("bona_fide", "bonafide", "genuine", "real", "live")
_FALSE = ("attack", "spoof", "fake")
_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}
SINGLE = [n for n, s in enumerate(SIGNALS) if s.name not in OVER_TIME and s.name != "own_model_score"]
"""Positions of the signals that one frame has."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Signals (n, k) of single frames, the species of each, bona_fide among them, and whose they are."""

    values: NDArray[np.float64]
    species: NDArray[np.str_]
    person: NDArray[np.int64]
    unmeasured: int = 0

    @property
    def is_attack(self) -> NDArray[np.bool_]:
        """Which are attacks."""
        return np.asarray(self.species != BONA_FIDE)

    def where(self, chosen: NDArray[np.bool_]) -> Measured:
        """Return the chosen frames."""
        return Measured(self.values[chosen], self.species[chosen], self.person[chosen])


Row = tuple[int, str, NDArray[np.float64] | None]


def rendered(identities: int, seed: int) -> Measured:
    """Return frames of rendered people: two honest ones and one attack of each species a person."""
    return _together(_spread(_render, [(seed, identity) for identity in range(identities)], "people"))


def photographs(folder: Path, most: int, seed: int) -> Measured:
    """Return the photographs of one set, at most `most` of them drawn at random."""
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _PICTURES)
    named = [(path, name) for path in found if (name := species_of(path.relative_to(folder))) is not None]
    if len(named) > most:
        chosen = np.sort(np.random.default_rng(seed).choice(len(named), most, replace=False))
        named = [named[at] for at in chosen]
    return _together(
        _spread(_read, [(str(path), name, n) for n, (path, name) in enumerate(named)], "pictures")
    )


def attacks_on(folder: Path, most: int, seed: int) -> Measured:
    """Return real bona fide photographs through a camera, and attacks of each species made from them."""
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _PICTURES)
    honest = [str(p) for p in found if species_of(p.relative_to(folder)) == BONA_FIDE]
    order = np.random.default_rng(seed).permutation(len(honest))[:most]
    sources = [honest[at] for at in order]
    pairs = [(one, sources[n - 1], seed, n) for n, one in enumerate(sources)]
    return _together(_spread(_attacked, pairs, "photographs"))


def species_of(path: Path) -> str | None:
    """Return the species that the folders of a picture say; None where they say nothing."""
    parts = path.parts[:-1]
    for depth, part in enumerate(parts):
        name = part.lower().replace("-", "_").replace(" ", "_")
        if name in _HONEST:
            return BONA_FIDE
        if name.startswith(_FALSE):
            below = "/".join(parts[depth + 1 :])
            return below or name
    return None


def _spread(work: Callable[..., list[Row]], given: Sequence[tuple[object, ...]], of: str) -> Iterator[Row]:
    """Yield the rows of all work, done by a process a core, and say how far it is."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for done, rows in enumerate(pool.map(work, given, chunksize=2), start=1):
            yield from rows
            if done % 100 == 0 or done == len(given):
                print(f"  {done:,} of {len(given):,} {of}", flush=True)


def _together(rows: Iterator[Row]) -> Measured:
    every = list(rows)
    known = [(person, species, values) for person, species, values in every if values is not None]
    return Measured(
        np.array([values for _, _, values in known]).reshape(len(known), -1),
        np.array([species for _, species, _ in known], dtype=np.str_),
        np.array([person for person, _, _ in known], dtype=np.int64),
        len(every) - len(known),
    )


def _signals(clip: Clip) -> NDArray[np.float64] | None:
    found = extract(Clip(clip.frames[:1], clip.times_ms[:1]))
    return None if found.problem else found.values[SINGLE]


def _render(given: tuple[int, int]) -> list[Row]:
    """Return one person's frames: each taken under conditions of its own, drawn alike for all."""
    cv2.setNumThreads(1)
    seed, identity = given
    rng = np.random.default_rng((seed, identity))
    face, other = make_face(seed * 100_000 + identity), make_face(seed * 100_000 + 50_000 + identity)
    rows: list[Row] = []
    for species in (BONA_FIDE, *SPECIES, BONA_FIDE):
        conditions = draw_conditions(rng)
        take = film(face, make_room(int(rng.integers(1 << 30))), conditions, 1, rng)
        if species == BONA_FIDE:
            clip = shoot(take.clip, conditions, rng)
        else:
            host = film(other, make_room(int(rng.integers(1 << 30))), conditions, 1, rng)
            points = (take.landmarks, host.landmarks)
            clip = attack(species, take.clip, host.clip, conditions, rng.uniform(), rng, *points)
        rows.append((identity, species, _signals(clip)))
    return rows


def _read(given: tuple[str, str, int]) -> list[Row]:
    """Return the signals of one photograph; none where it cannot be opened or has no face."""
    cv2.setNumThreads(1)
    path, species, number = given
    try:
        frame = first_frame(Path(path))
    except MediaError:
        return [(number, species, None)]
    return [(number, species, _signals(Clip(frame[None], np.zeros(1))))]


def _attacked(given: tuple[str, str, int, int]) -> list[Row]:
    """Return one photograph through the camera, and an attack of each species made from it."""
    cv2.setNumThreads(1)
    path, other, seed, number = given
    rng = np.random.default_rng((seed, number))
    try:
        clips = [Clip(first_frame(Path(p))[None], np.zeros(1)) for p in (path, other)]
    except MediaError:
        return [(number, BONA_FIDE, None)]
    faces = [find_faces(clip.frames[0]) for clip in clips]
    if not all(len(found) for found in faces):
        return [(number, BONA_FIDE, None)]
    points = [found.landmarks[:1].astype(np.float32) for found in faces]
    rows: list[Row] = []
    for species in (BONA_FIDE, *SPECIES):
        conditions = draw_conditions(rng)
        if species == BONA_FIDE:
            clip = shoot(clips[0], conditions, rng)
        else:
            clip = attack(species, clips[0], clips[1], conditions, rng.uniform(), rng, *points)
        rows.append((number, species, _signals(clip)))
    return rows
