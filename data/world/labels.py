"""What becomes known of the world's events, when, from whom, and how often it is wrong.

Each incident is reported by one source or never. A label has its own delay: the desk hours to days, a
customer 3 to 25 days, a partner 10 to 40, an authority 30 to 90. What is not known by the end of the
window does not exist in the files; the truth keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.world.calendar import DAY, END, HOUR
from data.world.columns import NONE, Flags, Floats, Ints, Rng
from data.world.crime import chosen
from data.world.incidents import Incidents

CHECKS = 2  # the stream of identity checks
SOURCES = ("desk", "customer", "partner", "authority")
DESK, CUSTOMER, PARTNER, AUTHORITY = range(4)
LABEL_OUTCOMES = ("confirmed", "false_positive", "inconclusive")
CONFIRMED, FALSE_POSITIVE, INCONCLUSIVE = range(3)
# Days after the event, lowest and highest.
DELAY_DAYS: tuple[tuple[float, float], ...] = ((0.1, 4.0), (3.0, 25.0), (10.0, 40.0), (30.0, 90.0))


@dataclass(frozen=True, slots=True)
class Reporting:
    """How crimes of one typology become known: chance at all, and chances of each of SOURCES."""

    reported: float
    sources: tuple[float, float, float, float]


# The desk sees what it looks for; victims report what they lost; mules surface at partners and police.
REPORTING: dict[str, Reporting] = {
    "account_takeover": Reporting(0.94, (0.32, 0.58, 0.07, 0.03)),
    "mule": Reporting(0.92, (0.42, 0.05, 0.38, 0.15)),
    "structuring": Reporting(0.91, (0.58, 0.0, 0.28, 0.14)),
    "bonus_abuse": Reporting(0.93, (0.88, 0.0, 0.12, 0.0)),
    "investment_scam": Reporting(0.92, (0.12, 0.66, 0.1, 0.12)),
    "bad_withdrawal": Reporting(0.92, (0.66, 0.0, 0.26, 0.08)),
    "synthetic_identity": Reporting(0.93, (0.84, 0.0, 0.16, 0.0)),
    "scatter_gather": Reporting(0.91, (0.45, 0.03, 0.37, 0.15)),
    "round_trip": Reporting(0.91, (0.6, 0.0, 0.27, 0.13)),
    "device_reuse": Reporting(0.94, (0.45, 0.47, 0.05, 0.03)),
}
EVENT_FOUND = 0.97  # chance that a reported incident's event is found to belong to it
DISMISSED = 0.025  # of crime's events: the desk mistakes them for honest
REVIEWED_AND_CLEARED = 0.0045  # of honest events, more where they look odd
INCONCLUSIVE_SHARE = 0.11
SEEN_AT_SECOND_LOOK = 0.95  # of attacks on identity checks that nobody had labelled
WRONGLY_CONFIRMED = 0.028  # of the honest events that the desk reviews


@dataclass(frozen=True, slots=True)
class Happened:
    """All events of the three streams that a label can mean, in one shape; `stream` 0, 1, 2 and its row.

    `oddness` multiplies the chance that the desk reviews an honest event.
    """

    stream: Ints
    row: Ints
    account: Ints
    at: Ints
    incident: Ints
    species: Ints
    oddness: Floats


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels, one entry each: the event by its place in Happened, and what is said of it."""

    event: Ints
    outcome: Ints
    incident: Ints
    known_at: Ints
    source: Ints

    @property
    def is_known(self) -> Flags:
        """Which of them are known within the window."""
        return self.known_at < END


@dataclass(frozen=True, slots=True)
class Reports:
    """By which source each incident becomes known (NONE: never), and how long that takes."""

    source: Ints
    delay: Ints


def draw_reports(incidents: Incidents, typologies: Sequence[str], rng: Rng) -> Reports:
    """Draw who reports each incident, if anybody does."""
    source = np.full(incidents.count, NONE, dtype=np.int64)
    for number, name in enumerate(typologies):
        mine = np.flatnonzero(incidents.typology == number)
        spoken = REPORTING[name]
        drawn = rng.choice(len(SOURCES), len(mine), p=spoken.sources)
        source[mine] = np.where(chosen(len(mine), spoken.reported, rng), drawn, NONE)
    low, high = (np.array(DELAY_DAYS)[source, side] for side in (0, 1))
    # Most reports come early in their span.
    days = low + (high - low) * rng.beta(1.3, 2.2, incidents.count)
    return Reports(source, (days * DAY).astype(np.int64))


def draw_labels(happened: Happened, incidents: Incidents, reports: Reports, rng: Rng, looks: Rng) -> Labels:
    """Draw all labels that will ever be given, known within the window or later.

    `looks` draws the second look at identity checks, so that it moves no other label.
    """
    crime = np.flatnonzero((happened.incident != NONE) & (reports.source[happened.incident] != NONE))
    crime = crime[chosen(len(crime), EVENT_FOUND, rng)]
    told = _of_crime(happened, crime, incidents, reports, rng)
    reviewed = _reviewed(happened, rng)
    parts = (told, reviewed, _second_looks(happened, told, looks))
    joined = Labels(
        *(
            np.concatenate([getattr(p, name) for p in parts])
            for name in ("event", "outcome", "incident", "known_at", "source")
        )
    )
    order = np.lexsort((happened.at[joined.event], joined.known_at))
    return Labels(
        *(getattr(joined, name)[order] for name in ("event", "outcome", "incident", "known_at", "source"))
    )


def _of_crime(happened: Happened, crime: Ints, incidents: Incidents, reports: Reports, rng: Rng) -> Labels:
    """Say of each event of a reported incident what it is, once the incident's report is in."""
    incident = happened.incident[crime]
    source = reports.source[incident]
    # The desk works through events one by one; others report when it is over, all of it together.
    last = np.zeros(incidents.count, dtype=np.int64)
    np.maximum.at(last, happened.incident[crime], happened.at[crime])
    since = np.where(source == DESK, happened.at[crime], last[incident])
    jitter = (rng.exponential(3.0, len(crime)) * HOUR).astype(np.int64)
    outcome = np.where(chosen(len(crime), DISMISSED, rng), FALSE_POSITIVE, CONFIRMED)
    return Labels(
        event=crime,
        outcome=outcome,
        incident=np.where(outcome == CONFIRMED, incident, NONE),
        known_at=since + reports.delay[incident] + jitter,
        source=source,
    )


def _second_looks(happened: Happened, told: Labels, rng: Rng) -> Labels:
    """Let the desk look again at attacks on checks that nobody has labelled; pictures can be kept."""
    is_told = np.zeros(len(happened.at), dtype=np.bool_)
    is_told[told.event[told.outcome == CONFIRMED]] = True
    event = np.flatnonzero((happened.stream == CHECKS) & (happened.species != NONE) & ~is_told)
    event = event[chosen(len(event), SEEN_AT_SECOND_LOOK, rng)]
    low, high = DELAY_DAYS[CUSTOMER]
    days = low + (high - low) * rng.beta(1.3, 2.2, len(event))
    return Labels(
        event=event,
        outcome=np.full(len(event), CONFIRMED, dtype=np.int64),
        incident=happened.incident[event],
        known_at=happened.at[event] + (days * DAY).astype(np.int64),
        source=np.full(len(event), DESK, dtype=np.int64),
    )


def _reviewed(happened: Happened, rng: Rng) -> Labels:
    """Let the desk review honest events: clear most, leave some open, condemn a few wrongly."""
    chance = REVIEWED_AND_CLEARED * happened.oddness * (happened.incident == NONE)
    event = np.flatnonzero(rng.random(len(chance)) < chance)
    draw = rng.random(len(event))
    outcome = np.where(draw < INCONCLUSIVE_SHARE, INCONCLUSIVE, FALSE_POSITIVE)
    outcome = np.where(draw > 1.0 - WRONGLY_CONFIRMED, CONFIRMED, outcome)
    low, high = DELAY_DAYS[DESK]
    days = low + (high - low) * rng.beta(1.3, 2.2, len(event))
    return Labels(
        event=event,
        outcome=outcome,
        incident=np.full(len(event), NONE, dtype=np.int64),
        known_at=happened.at[event] + (days * DAY).astype(np.int64),
        source=np.full(len(event), DESK, dtype=np.int64),
    )
