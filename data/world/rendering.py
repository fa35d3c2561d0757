"""Rendering: the clips of the checks that have pictures of their own, one file each.

A recording is a function of its number: the same file played again under another account shows the same
frames, cropped, compressed and coloured a little otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from os import cpu_count
from pathlib import Path
from zlib import crc32

import cv2
import numpy as np
import pyarrow.parquet as pq

from data.clip import Clip
from data.home import Home
from data.world.columns import Rng
from data.world.media.attacks import attack
from data.world.media.camera import shoot
from data.world.media.conditions import draw_conditions
from data.world.media.faces import Face, make_face
from data.world.media.files import write_clip
from data.world.media.film import Take, film
from data.world.media.rooms import make_room
from data.world.media.seen_again import shown_again
from data.world.showing import SHOWN
from data.world.writing import MEDIA

# Enough for what changes over time (blinks, noise between frames) and half of what a live check sends.
FRAMES = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """One check to render: what `Shown` says of it, and its species, None for a bona fide check."""

    event_id: str
    species: str | None
    face: int
    room: int
    take: int
    host: int
    quality: float


def render_checks(home: Home, seed: int, done: Callable[[int, int], None]) -> int:
    """Render every check that is to be, into the folder of events; answer how many.

    `done` is told how many of how many are written. The same seed gives the same bytes.
    """
    # Threads take whole checks; a second layer of threads inside OpenCV only makes them wait.
    cv2.setNumThreads(1)
    names = list(Wanted.__dataclass_fields__)
    shown = pq.read_table(home.truth / SHOWN, columns=[*names, "is_rendered"])
    rows = [Wanted(**{name: row[name] for name in names}) for row in shown.to_pylist() if row["is_rendered"]]
    folder = home.events / MEDIA
    folder.mkdir(exist_ok=True)
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        for number, _ in enumerate(pool.map(lambda one: _write(one, seed, folder), rows)):
            done(number + 1, len(rows))
    return len(rows)


def _write(one: Wanted, seed: int, folder: Path) -> None:
    write_clip(rendered(one, seed), folder / f"{one.event_id}.avi")


def rendered(one: Wanted, seed: int) -> Clip:
    """Return the clip of one check as the capture kit receives it."""
    of_take = _rng(seed, "take", one.take)
    of_check = _rng(seed, one.event_id, 0)
    conditions = draw_conditions(of_take)
    source = film(_face(one.face), make_room(one.room), conditions, FRAMES, of_take)
    if one.species is None:
        return shoot(source.clip, conditions, of_check)
    host = _host(one, seed) if one.species == "injection_face_swap" else source
    is_played = one.species.startswith("injection")
    if not is_played:
        # The photograph or the recording is the same every time; who holds it up is somewhere else each time.
        conditions = draw_conditions(of_check)
    made = attack(
        one.species,
        source.clip,
        host.clip,
        conditions,
        one.quality,
        of_take if is_played else of_check,
        landmarks=source.landmarks,
        host_landmarks=host.landmarks,
    )
    return shown_again(made, of_check) if is_played else made


def _host(one: Wanted, seed: int) -> Take:
    """Return the take of the person who wears the face in `one`."""
    rng = _rng(seed, "host", one.host)
    conditions = draw_conditions(_rng(seed, "take", one.take))
    return film(_face(one.host), make_room(one.room), conditions, FRAMES, rng)


@lru_cache(maxsize=64)
def _face(number: int) -> Face:
    return make_face(number)


def _rng(seed: int, what: str, number: int) -> Rng:
    return np.random.default_rng([seed, crc32(what.encode()), number])
