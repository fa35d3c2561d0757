"""What the camera is shown at each identity check: whose face, in which room, by which recording.

Honest customers show themselves at home. Attackers show a face of their own making, or one that a seller of
kits gives to many of them: then the same face comes back under other accounts for some weeks.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pyarrow as pa

from data.world.calendar import DAY, MONTH_STARTS, START
from data.world.columns import NONE, Checks, Flags, Floats, Ints, fixed_uniform
from data.world.equipment import heads_of
from data.world.given_up import given_up
from data.world.names import event_ids
from data.world.scene import Scene
from data.world.typologies.synthetic_identity import SPECIES, is_injection
from data.world.writing import words

SHOWN = "shown.parquet"

# Faces that are nobody's here: bought, stolen or generated. Accounts have the numbers below.
STRANGERS = 1_000_000_000
BUYS_A_KIT = (0.6, 0.25)  # chance of the sloppy and of the careful
KIT_WEEKS = 6  # how long a seller's faces are sold
FACES_OF_A_KIT = 3
SELLERS_AT_FULL_SIZE = 2  # in each area at 2.4 million events
ELSEWHERE = 0.15  # of honest checks are made somewhere else than at home
NOTHING_KEPT = 0.04  # of checks have no pictures: an old kit, or they were lost on the way
RENDERED_AT_300K = 60  # of the checks, which one can look at; the others draw signals from a library
RENDERED_ATTACKS = 0.55
LOOKED_AT_FIRST = 2  # the quarter that pages open on: one of each species is rendered there
_FIRST_OF_QUARTER = MONTH_STARTS[[0, 3, 6, 9]]
_KIT, _WHICH, _OWN, _TAKE, _ROOM, _KEPT, _CHOSEN = range(7)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown at n checks, in the order of their stream, by number.

    `take` numbers the recording: who plays a file again shows the same take. `host` is who sits in front of
    the camera. `quality` is how well an attack is made, 0 to 1. `quarter` counts calendar quarters from 0.
    """

    face: Ints
    room: Ints
    take: Ints
    host: Ints
    quality: Floats
    quarter: Ints
    is_kept: Flags
    is_rendered: Flags


def show(scene: Scene, checks: Checks, seed: int) -> Shown:
    """Decide what every check shows, and which of them are rendered; a function of `seed` alone."""
    count = len(checks.at)
    number = np.arange(count)
    is_fake = checks.species != NONE
    bought, kit = _kits(scene, checks, seed)
    own = STRANGERS + np.floor(fixed_uniform(seed, _OWN, checks.account) * STRANGERS).astype(np.int64)
    face = np.where(is_fake, np.where(bought, kit, own), checks.account)
    home = heads_of(scene.people)[checks.account]
    away = fixed_uniform(seed, _ROOM, checks.account, checks.at) < ELSEWHERE
    room = np.where(away, STRANGERS + number, home)
    played = is_fake & is_injection(checks.species)
    # A played or made-up stream brings its own room; what is shown of a stranger is one recording every time.
    room = np.where(played, face, room)
    take = np.where(is_fake, face, STRANGERS + number)
    quarter = np.searchsorted(_FIRST_OF_QUARTER, checks.at, side="right") - 1
    is_kept = (fixed_uniform(seed, _KEPT, checks.account, checks.at) >= NOTHING_KEPT) & ~given_up(checks)
    low = np.where(checks.is_careful == 1, 0.55, 0.15)
    quality = low + 0.4 * fixed_uniform(seed, _TAKE, face, checks.species)
    shown = Shown(
        face, room, take, checks.account, quality, quarter, is_kept, np.zeros(count, dtype=np.bool_)
    )
    return _with_rendered(shown, checks.species, seed, round(RENDERED_AT_300K * scene.scale**0.5))


def shown_table(checks: Checks, shown: Shown) -> pa.Table:
    """Return what each check shows as a table, for those who render and draw; part of the truth."""
    return pa.table(
        {
            "event_id": event_ids(2, np.arange(len(checks.at))),
            "species": words(SPECIES, checks.species),
            **{field.name: pa.array(getattr(shown, field.name)) for field in fields(Shown)},
        }
    )


def _kits(scene: Scene, checks: Checks, seed: int) -> tuple[Flags, Ints]:
    """Answer which checks show a bought face, and its number: of one of the sellers of place and weeks."""
    chance = np.where(checks.is_careful == 1, BUYS_A_KIT[1], BUYS_A_KIT[0])
    buys = fixed_uniform(seed, _KIT, checks.account) < chance
    sellers = max(1, round(SELLERS_AT_FULL_SIZE * scene.scale / 8))
    weeks = (checks.at - START) // (KIT_WEEKS * 7 * DAY)
    which = np.floor(fixed_uniform(seed, _WHICH, checks.account) * sellers * FACES_OF_A_KIT).astype(np.int64)
    area = scene.people.area[checks.account]
    return buys, 2 * STRANGERS + (area * 1_000 + weeks) * 1_000 + which


def _with_rendered(shown: Shown, species: Ints, seed: int, wanted: int) -> Shown:
    """Choose which checks are rendered: of every quarter and species its share, no face in two quarters."""
    _, face = np.unique(shown.face, return_inverse=True)
    first = np.full(int(face.max(initial=-1)) + 1, len(_FIRST_OF_QUARTER))
    np.minimum.at(first, face, shown.quarter)
    can = shown.is_kept & (first[face] == shown.quarter)
    # Faces come in random order, with all the checks that show them.
    order = np.lexsort((np.arange(len(face)), fixed_uniform(seed, _CHOSEN, shown.face)))
    is_fake = species != NONE
    is_rendered = np.zeros(len(face), dtype=np.bool_)
    for fake, share in ((False, 1 - RENDERED_ATTACKS), (True, RENDERED_ATTACKS)):
        whole = max(1, int((is_fake == fake).sum()))
        group = np.where(is_fake == fake, shown.quarter * len(SPECIES) + np.maximum(species, 0), NONE)
        for one in np.unique(group[group != NONE]):
            some = order[(can & (group == one))[order]]
            due = wanted * share * float((group == one).sum()) / whole
            fewest = one // len(SPECIES) == LOOKED_AT_FIRST
            is_rendered[some[: max(int(fewest), round(due))]] = True
    return replace(shown, is_rendered=is_rendered)
