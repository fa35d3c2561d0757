"""What really happened, for benchmarks and calibration only: never in the files that are loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from data.world.columns import NONE, Ints
from data.world.given_up import given_up, made
from data.world.history import WAVES, History
from data.world.labels import LABEL_OUTCOMES, SOURCES, Happened, Labels, Reports
from data.world.names import account_ids, event_ids, incident_ids, ring_ids
from data.world.population import HARD_NEGATIVES
from data.world.trends import AREAS
from data.world.typologies.synthetic_identity import SPECIES
from data.world.writing import times, words, write_parquet

TYPOLOGIES = tuple(wave.typology for wave in WAVES)
STREAMS = ("transaction", "login", "liveness")


def write_truth(folder: Path, history: History, happened: Happened, labels: Labels, reports: Reports) -> None:
    """Write the truth of accounts, events, checks and incidents, and the labels that came too late."""
    write_parquet(_accounts(history), folder / "accounts.parquet")
    write_parquet(made(_events(history, happened), history.checks), folder / "events.parquet")
    write_parquet(made(_checks(history), history.checks), folder / "checks.parquet")
    write_parquet(_incidents(history, happened, reports), folder / "incidents.parquet")
    write_parquet(made(_late_labels(happened, labels), history.checks), folder / "late_labels.parquet")


def event_names(happened: Happened, event: Ints) -> pa.Array:
    """Return the ids of events by their place in Happened."""
    stream, row = happened.stream[event], happened.row[event]
    order = np.argsort(stream, kind="stable")
    texts = pa.concat_arrays([event_ids(number, row[order][stream[order] == number]) for number in range(3)])
    back = np.empty(len(event), dtype=np.int64)
    back[order] = np.arange(len(event))
    return texts.take(pa.array(back))


def incident_names(incident: Ints) -> pa.Array:
    """Return the ids of incidents, null for NONE."""
    return incident_ids(np.maximum(incident, 0)).take(pa.array(np.arange(len(incident)), mask=incident < 0))


def _accounts(history: History) -> pa.Table:
    people = history.scene.people
    rings = ring_ids(np.maximum(people.ring, 0))
    return pa.table(
        {
            "account_id": account_ids(np.arange(people.count)),
            "area": words(AREAS, people.area),
            "hard_negative": words(HARD_NEGATIVES, people.hard_negative),
            "group_number": pa.array(people.group, mask=people.group < 0),
            "ring_id": rings.take(pa.array(np.arange(people.count), mask=people.ring < 0)),
        }
    )


def _events(history: History, happened: Happened) -> pa.Table:
    crime = np.flatnonzero(happened.incident != NONE)
    incident = happened.incident[crime]
    return pa.table(
        {
            "event_id": event_names(happened, crime),
            "stream": words(STREAMS, happened.stream[crime]),
            "account_id": account_ids(happened.account[crime]),
            "occurred_at": times(happened.at[crime]),
            "incident_id": incident_ids(incident),
            "typology": words(TYPOLOGIES, history.incidents.typology[incident]),
            "ring_id": ring_ids(history.incidents.ring[incident]),
            "is_careful": pa.array(history.incidents.is_careful[incident]),
        }
    )


def _checks(history: History) -> pa.Table:
    checks = history.checks
    return pa.table(
        {
            "event_id": event_ids(2, np.arange(len(checks.at))),
            "is_attack": pa.array(checks.species != NONE),
            "species": words(SPECIES, checks.species),
            "is_careful": pa.array(checks.is_careful == 1),
        }
    )


def _incidents(history: History, happened: Happened, reports: Reports) -> pa.Table:
    incidents = history.incidents
    crime = happened.incident != NONE
    crime[happened.stream == len(STREAMS) - 1] &= ~given_up(history.checks)
    pairs = np.unique(np.stack([happened.incident[crime], happened.account[crime]], axis=1), axis=0)
    accounts = np.bincount(pairs[:, 0], minlength=incidents.count)
    events = np.bincount(happened.incident[crime], minlength=incidents.count)
    return pa.table(
        {
            "incident_id": incident_ids(np.arange(incidents.count)),
            "typology": words(TYPOLOGIES, incidents.typology),
            "area": words(AREAS, incidents.area),
            "moved_from": words(AREAS, incidents.moved_from),
            "has_reacted": pa.array(incidents.has_reacted),
            "ring_id": ring_ids(incidents.ring),
            "started_at": times(incidents.at),
            "accounts": pa.array(accounts),
            "events": pa.array(events),
            "is_organised": pa.array(accounts >= 3),
            "is_careful": pa.array(incidents.is_careful),
            "reported_by": words(SOURCES, reports.source),
        }
    )


def _late_labels(happened: Happened, labels: Labels) -> pa.Table:
    late = ~labels.is_known
    return pa.table(
        {
            "event_id": event_names(happened, labels.event[late]),
            "outcome": words(LABEL_OUTCOMES, labels.outcome[late]),
            "incident_id": incident_names(labels.incident[late]),
            "occurred_at": times(happened.at[labels.event[late]]),
            "known_at": times(labels.known_at[late]),
            "source": words(SOURCES, labels.source[late]),
        }
    )
