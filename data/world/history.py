"""The whole history of a world: normal life, crimes, checks, in time order, before anything has a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from data.world.calendar import END, START, make_calendar
from data.world.checks import honest_checks
from data.world.claims import Claims, together
from data.world.columns import Checks, Ints, Logins, Rng, Transactions, in_time_order, join
from data.world.cover import covering_logins, covering_transactions
from data.world.crime import Crime, Hideouts, make_hideouts, members, victims
from data.world.equipment import make_equipment
from data.world.incidents import Incidents, Parts, draw_incidents, draw_openings
from data.world.normal import (
    LOGIN_SHARE,
    TRANSACTION_SHARE,
    draw_sessions,
    normal_logins,
    normal_transactions,
)
from data.world.population import EVENTS_PER_ACCOUNT, make_population
from data.world.reactions import react
from data.world.scene import Scene
from data.world.typologies import (
    account_takeover,
    bad_withdrawal,
    bonus_abuse,
    device_reuse,
    false_claim,
    investment_scam,
    mistaken_transfer,
    mule,
    round_trip,
    scatter_gather,
    structuring,
    synthetic_identity,
)

EVENTS_OF_RATES = 300_000  # the size at which the declared rates of crime are meant
Commit = Callable[[Scene, Hideouts, Parts, Rng], Crime]
# Each typology with its act; `hits_victims` where participants are customers who lose, not ring members.
_TYPOLOGIES: tuple[tuple[Commit, bool], ...] = (
    (account_takeover.commit, True),
    (mule.commit, False),
    (structuring.commit, False),
    (bonus_abuse.commit, False),
    (investment_scam.commit, True),
    (bad_withdrawal.commit, True),
    (synthetic_identity.commit, False),
    (scatter_gather.commit, False),
    (round_trip.commit, False),
    (device_reuse.commit, True),
)
WAVES = (
    account_takeover.WAVE,
    mule.WAVE,
    structuring.WAVE,
    bonus_abuse.WAVE,
    investment_scam.WAVE,
    bad_withdrawal.WAVE,
    synthetic_identity.WAVE,
    scatter_gather.WAVE,
    round_trip.WAVE,
    device_reuse.WAVE,
)


@dataclass(frozen=True, slots=True)
class History:
    """Everything that happened, by number; the scene holds people, devices and networks."""

    scene: Scene
    incidents: Incidents
    hideouts: Hideouts
    transactions: Transactions
    logins: Logins
    checks: Checks
    claims: Claims


def part_rng(seed: int, name: str) -> Rng:
    """Return the random numbers of one part of the world, so that parts do not move one another."""
    return np.random.default_rng([seed, crc32(name.encode())])


def make_incidents(seed: int, scale: float) -> Incidents:
    """Draw all crimes, with how rings react to measures; `scale` is the number of events over 300,000."""
    return react(draw_incidents(WAVES, scale, part_rng(seed, "incidents")), part_rng(seed, "reactions"))


def make_history(seed: int, events: int) -> History:
    """Draw the whole history of about `events` events; the same seed and size give the same history."""
    scale = events / EVENTS_OF_RATES
    incidents = make_incidents(seed, scale)
    openings = draw_openings(WAVES, incidents, part_rng(seed, "openings"))
    customers = int(events / EVENTS_PER_ACCOUNT)
    people = make_population(customers, openings, part_rng(seed, "people"))
    own = make_equipment(people, part_rng(seed, "equipment"))
    scene = Scene(make_calendar(part_rng(seed, "calendar")), people, own, scale)
    hideouts = make_hideouts(scene, incidents, part_rng(seed, "hideouts"))
    crimes = _crimes(scene, incidents, hideouts, seed)
    stolen = [crime.transactions for crime in crimes if crime.transactions is not None]
    rng = part_rng(seed, "cover")
    # Takeovers bring their own sign-ins.
    hidden = join(
        [crime.transactions for crime in crimes if crime.transactions is not None and crime.logins is None]
    )
    stolen += covering_transactions(scene, hidden, rng)
    wanted = int(events * TRANSACTION_SHARE) - sum(len(block.at) for block in stolen)
    sessions = draw_sessions(scene, wanted, part_rng(seed, "sessions"))
    moved = normal_transactions(scene, sessions, part_rng(seed, "transactions"))
    claims, mistakes = _claims(scene, moved, seed)
    signed = normal_logins(scene, sessions, int(events * LOGIN_SHARE), part_rng(seed, "logins"))
    faked = [crime.checks for crime in crimes if crime.checks is not None]
    attacked = np.unique(np.concatenate([block.account for block in faked]))
    honest = honest_checks(scene, attacked, moved, signed, part_rng(seed, "checks"))
    entered = [crime.logins for crime in crimes if crime.logins is not None]
    entered.append(covering_logins(scene, hidden, rng))
    return History(
        scene=scene,
        incidents=incidents,
        hideouts=hideouts,
        transactions=in_time_order(join([moved, mistakes, *stolen]), START, END),
        logins=in_time_order(join([signed, *entered]), START, END),
        checks=in_time_order(join([honest, *faked]), START, END),
        claims=claims.as_known(),
    )


def _claims(scene: Scene, moved: Transactions, seed: int) -> tuple[Claims, Transactions]:
    """Draw what customers claim back, with or without right, and the transfers that went wrong."""
    honest, mistakes = mistaken_transfer.draw(scene.people, moved, scene.scale, part_rng(seed, "mistakes"))
    false = false_claim.draw(scene.people, moved, scene.scale, part_rng(seed, "false claims"))
    return together((honest, false)), mistakes


def _crimes(scene: Scene, incidents: Incidents, hideouts: Hideouts, seed: int) -> list[Crime]:
    crimes = []
    for number, (wave, (commit, hits_victims)) in enumerate(zip(WAVES, _TYPOLOGIES, strict=True)):
        rng = part_rng(seed, wave.typology)
        rows: Ints = np.flatnonzero(incidents.typology == number)
        if len(rows) == 0:
            continue
        parts = (
            victims(scene, incidents, rows, rng)
            if hits_victims
            else members(scene.people, incidents, rows, rng)
        )
        crimes.append(commit(scene, hideouts, parts, rng))
    return crimes
