"""Synthetic identities: accounts opened with faked faces, alone or in farms; those that pass move money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, END, MINUTE
from data.world.columns import (
    BEFORE_WITHDRAWAL,
    DEPOSIT,
    ONBOARDING,
    WITHDRAWAL,
    Checks,
    Flags,
    Ints,
    Rng,
    full,
    join,
)
from data.world.crime import Crime, Hideouts, chosen, disguised, later, moves, usual_amount
from data.world.incidents import Parts, Wave
from data.world.scene import Scene
from data.world.trends import DEEPFAKES

# Kinds of attack, as ISO/IEC 30107-3 (presentation) and CEN/TS 18099 (injection) tell them apart.
SPECIES = (
    "injection_virtual_camera",
    "injection_emulator",
    "presentation_replay",
    "presentation_print",
    "injection_face_swap",
    "injection_generated_face",
)
VIRTUAL_CAMERA, EMULATOR, REPLAY, PRINT, FACE_SWAP, GENERATED_FACE = range(6)
INJECTIONS = (VIRTUAL_CAMERA, EMULATOR, FACE_SWAP, GENERATED_FACE)

WAVE = Wave(
    "synthetic_identity",
    142,
    (0.69, 0.285, 0.015, 0.007, 0.003),
    careful=0.45,
    opened=1.0,
    opened_days_before=0.3,
    trend=DEEPFAKES,
)


@dataclass(frozen=True, slots=True)
class SyntheticIdentity:
    """How often attackers try, with what, and what they do with an account that passed."""

    species: tuple[float, ...] = (0.26, 0.12, 0.2, 0.11, 0.19, 0.12)
    tries_again: float = 0.5
    attempts: int = 4
    checked_later: float = 0.3
    moves_money: float = 0.2


PARAMETERS = SyntheticIdentity()


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Attack the check at onboarding, some once more before a withdrawal, then pay in and out."""
    p = PARAMETERS
    people = scene.people
    opened = np.maximum(people.opened_at[parts.account], parts.at - DAY)
    species_of_incident = rng.choice(len(SPECIES), int(parts.incident.max(initial=0)) + 1, p=p.species)
    species = species_of_incident[parts.incident]
    species = np.where(
        chosen(len(species), 0.2, rng), rng.choice(len(SPECIES), len(species), p=p.species), species
    )
    first = later(opened, 25 * MINUTE, 1.0, rng)
    checks = _attempts(scene, hideouts, parts, first, species, ONBOARDING, rng)
    again = chosen(len(parts.rank), p.checked_later, rng)
    when = later(first[again], 6 * DAY, 0.7, rng)
    checks += _attempts(scene, hideouts, parts.where(again), when, species[again], BEFORE_WITHDRAWAL, rng)
    acts = chosen(len(parts.rank), p.moves_money, rng)
    some = parts.where(acts)
    count = len(some.rank)
    came = np.minimum(later(first[acts], 2.5 * DAY, 0.9, rng), END - DAY)
    amount = usual_amount(people, some) * np.exp(rng.normal(0.5, 0.7, count))
    place = disguised(scene, hideouts, some, came, (0.5, 0.5), rng)
    fresh = other_side.fresh_address(count, rng)
    deposits = moves(some, came, DEPOSIT, amount, full(count, 0), fresh, place)
    left = later(came, 0.6 * DAY, 1.0, rng)
    place = disguised(scene, hideouts, some, left, (0.5, 0.5), rng)
    ring = other_side.ring_address(some.ring, rng.integers(0, 3, count))
    to = np.where(chosen(count, 0.5, rng), other_side.hot_wallet(count, rng), ring)
    leaves = moves(some, left, WITHDRAWAL, amount * rng.uniform(0.8, 0.99, count), full(count, 0), to, place)
    return Crime(transactions=join([deposits, leaves]), checks=join(checks))


def is_injection(species: Ints) -> Flags:
    """Answer which of `species` come in behind the camera; NONE does not."""
    return np.isin(species, INJECTIONS)


def _attempts(
    scene: Scene, hideouts: Hideouts, parts: Parts, at: Ints, species: Ints, purpose: int, rng: Rng
) -> list[Checks]:
    blocks = []
    for number in range(PARAMETERS.attempts):
        count = len(parts.rank)
        device, ip = disguised(scene, hideouts, parts, at, (0.6, 0.6), rng)
        blocks.append(
            Checks(
                account=parts.account,
                at=at,
                purpose=full(count, purpose),
                attempt=full(count, number + 1),
                device=device,
                ip=ip,
                species=species,
                is_careful=parts.is_careful.astype(np.int64),
                incident=parts.incident,
            )
        )
        goes_on = chosen(count, PARAMETERS.tries_again, rng)
        parts, species = parts.where(goes_on), species[goes_on]
        at = later(at[goes_on], 4 * MINUTE, 0.9, rng)
    return blocks
