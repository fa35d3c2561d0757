"""Rendered people: `stage(number)` films one person and another as host, once for all tests of the folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from data.clip import Clip
from data.world.media.camera import shoot
from data.world.media.conditions import Conditions, draw_conditions
from data.world.media.faces import make_face
from data.world.media.film import Take, film
from data.world.media.rooms import make_room

FRAMES = 4


@dataclass(frozen=True)
class Stage:
    """One check: its conditions, the person's take, another person's, and the honest clip."""

    number: int
    conditions: Conditions
    take: Take
    host: Take
    honest: Clip


@cache
def stage(number: int) -> Stage:
    rng = np.random.default_rng(number)
    conditions = draw_conditions(rng)
    take = film(make_face(number), make_room(number), conditions, FRAMES, rng)
    host = film(make_face(10_000 + number), make_room(20_000 + number), conditions, FRAMES, rng)
    return Stage(number, conditions, take, host, shoot(take.clip, conditions, rng))
