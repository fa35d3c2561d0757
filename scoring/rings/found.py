"""What the walk found, as columns of the tables about rings."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scoring.rings.graph import HALF_LIFE_DAYS
from scoring.rings.history import Ring, Walk
from scoring.rings.identity import NONE
from scoring.rings.kinds import KINDS, LOCKSTEP, MICROSECONDS_A_DAY, SHARED_KINDS, TRANSFER, YOUNG_DAYS
from scoring.rings.ties import Floats, Ints, ends_of, padded
from scoring.rings.words import say_ring

# A tie counts no longer once what it adds has decayed below this.
_FAINT = 0.3
# Accounts opened so shortly after one another were opened together.
_TOGETHER_DAYS = 7


def alarmed_of(walk: Walk) -> Ints:
    """Answer the numbers of the rings that ever raised an alarm."""
    return np.array([n for n, ring in enumerate(walk.rings) if ring.alarmed != NONE], dtype=np.int64)


def stays_of(walk: Walk) -> pa.Table:
    """Answer who was in which alarmed ring: ring_id, account_id, since, until, strength."""
    stays = walk.log.stays()
    rows = np.isin(stays.ring, alarmed_of(walk))
    ids = np.array(walk.sources.account_ids, dtype=np.object_)
    return pa.table(
        {
            "ring_id": pa.array(_names(walk)[stays.ring[rows]], pa.string()),
            "account_id": pa.array(ids[stays.account[rows]], pa.string()),
            "since": _days(stays.since[rows]),
            "until": _days(stays.until[rows]),
            "strength": stays.strength[rows],
        }
    )


def features_of(walk: Walk) -> pa.Table:
    """Answer RING_FEATURES, by account and day."""
    snapshots = walk.log.snapshots
    if not snapshots:
        return pa.table({name: pa.array([], kind) for name, kind in _FEATURE_TYPES.items()})
    columns = {name: np.concatenate([snapshot[name] for snapshot in snapshots]) for name in snapshots[0]}
    order = np.lexsort((columns["day"], columns["account"]))
    columns = {name: column[order] for name, column in columns.items()}
    ids = np.array(walk.sources.account_ids, dtype=np.object_)
    ring = columns["ring"]
    return pa.table(
        {
            "account_id": pa.array(ids[columns["account"]], pa.string()),
            "as_of": _days(columns["day"]),
            "ring_id": pa.array(np.where(ring >= 0, _names(walk)[ring], None), pa.string()),
            "ring_score": _known(columns["score"]),
            "ring_accounts": _known(columns["accounts"]),
            "ring_known_bad": _known(columns["known_bad"]),
            "ring_strength": _known(columns["strength"]),
            "ring_young_share": _known(columns["young_share"]),
            "ring_since": _days(columns["since"]),
        }
    )


def models_of(walk: Walk) -> pa.Table:
    """Answer RING_MODELS, in the order of days."""
    made = walk.log.learnings
    return pa.table(
        {
            "as_of": _days(np.array([one.day for one in made], dtype=np.int64)),
            "model": pa.array([one.model for one in made], pa.string()),
            "examples": pa.array([one.examples for one in made], pa.int64()),
            "positives": pa.array([one.positives for one in made], pa.int64()),
            "fingerprint": pa.array([one.fingerprint for one in made], pa.string()),
        }
    )


def changes_of(walk: Walk) -> pa.Table:
    """Answer RING_HISTORY of the alarmed rings, in the order of days."""
    names = _names(walk)
    rows = [change for change in walk.log.changes if walk.rings[change.ring].alarmed != NONE]
    columns: dict[str, Any] = {
        name: [getattr(row, name) for row in rows]
        for name in ("change", "accounts", "joined", "gone", "known_bad", "score")
    }
    return pa.table(
        {
            "ring_id": pa.array([names[row.ring] for row in rows], pa.string()),
            "as_of": _days(np.array([row.day for row in rows], dtype=np.int64)),
            "other_ring_id": pa.array([_name(walk, row.other) for row in rows], pa.string()),
        }
        | {name: pa.array(column) for name, column in columns.items()}
    )


def rings_of(walk: Walk, ties: pa.Table) -> pa.Table:
    """Answer the alarmed rings as the walk knows them; `ties` are RING_TIES."""
    kinds: dict[str, Counter[str]] = {}
    things = zip(*(ties.column(name).to_pylist() for name in _THINGS), strict=True)
    # A shared thing counts once, whatever the number of pairs; a tie without one counts by itself.
    seen = {(ring_id, kind, thing or f"{one}+{other}") for ring_id, kind, thing, one, other in things}
    for ring_id, kind, _ in sorted(seen):
        kinds.setdefault(ring_id, Counter())[kind] += 1
    rows = [_row(walk, walk.rings[n], kinds.get(walk.rings[n].name, Counter())) for n in alarmed_of(walk)]
    days = {name: _days(np.array([row.pop(name) for row in rows], dtype=np.int64)) for name in _MOMENTS}
    names = ("ring_id", "merged_into", "split_from", "sentence")
    texts = {name: pa.array([row.pop(name) for row in rows], pa.string()) for name in names}
    numbers = {
        name: pa.array([row[name] for row in rows], pa.float64() if "score" in name else pa.int32())
        for name in ("accounts", "tie_kinds", "score", "highest_score")
    }
    return pa.table(texts | days | numbers)


def ties_of(walk: Walk) -> tuple[pa.Table, NDArray[np.float32]]:
    """Answer the ties that speak for their pair, and the features of all; `row` of a tie is its row there."""
    evidence = walk.evidence
    ties, strength, context = evidence.ties, evidence.strength, evidence.context
    speaks = np.flatnonzero(strength > _FAINT)
    opened = walk.sources.people.opened
    first, second = ends_of(ties.pair)
    is_close = np.abs(opened[first] - opened[second]) < _TOGETHER_DAYS * MICROSECONDS_A_DAY
    together = np.flatnonzero((context > _FAINT) & is_close)
    # The context is of the pair: one row each.
    together = together[np.unique(ties.pair[together], return_index=True)[1]]
    rows = np.concatenate([speaks, together])
    kind = np.concatenate([ties.kind[speaks], np.full(len(together), LOCKSTEP.number)])
    adds = np.concatenate([strength[speaks], context[together]])
    one, other = ends_of(ties.pair[rows])
    since = np.concatenate([ties.since[speaks], np.maximum(opened[one], opened[other])[len(speaks) :]])
    last = np.concatenate([ties.last[speaks], ties.last[together]])
    thing = ties.thing[rows]
    lasts = HALF_LIFE_DAYS * np.log2(adds / _FAINT) * MICROSECONDS_A_DAY
    is_shared = np.isin(kind, [k.number for k in SHARED_KINDS])
    artefact = walk.sources.names.of(thing)
    artefact[kind == LOCKSTEP.number] = None
    apart = np.abs(opened[one] - opened[other]) / MICROSECONDS_A_DAY
    features = np.concatenate([ties.features[speaks], padded([apart[len(speaks) :]])])
    table = pa.table(
        {
            "one": one,
            "other": other,
            "kind": kind,
            "kind_name": pa.array([k.name for k in KINDS]).take(pa.array(kind)),
            "thing": thing,
            "artefact": pa.array(artefact, pa.string()),
            "sharers": pa.array(np.nan_to_num(features[:, 0]).astype(np.int32), mask=~is_shared),
            "since": _moments(since),
            "last_at": _moments(last),
            "until": _moments(last + lasts.astype(np.int64)),
            "strength": adds,
            "amount": _amounts(walk, thing, kind),
            "row": np.arange(len(rows)),
        }
    )
    return table, features


_THINGS = ("ring_id", "kind", "artefact", "account_a", "account_b")
_MOMENTS = ("found_at", "alarmed_at", "grew_at", "broken_at", "ended_at")
_FEATURE_TYPES = {
    "account_id": pa.string(),
    "as_of": pa.timestamp("us"),
    "ring_id": pa.string(),
    "ring_score": pa.float64(),
    "ring_accounts": pa.float64(),
    "ring_known_bad": pa.float64(),
    "ring_strength": pa.float64(),
    "ring_young_share": pa.float64(),
    "ring_since": pa.timestamp("us"),
}


def _row(walk: Walk, ring: Ring, kinds: Counter[str]) -> dict[str, Any]:
    age = ring.alarmed - walk.sources.people.opened[ring.accounts] / MICROSECONDS_A_DAY
    young = int(((age >= 0) & (age < YOUNG_DAYS)).sum())
    return {
        "ring_id": ring.name,
        "merged_into": _name(walk, ring.merged_into),
        "split_from": _name(walk, ring.split_from),
        "sentence": say_ring(len(ring.accounts), kinds, young, ring.known_bad),
        "found_at": ring.found,
        "alarmed_at": ring.alarmed,
        "grew_at": ring.grew,
        "broken_at": ring.broken,
        "ended_at": ring.ended,
        "accounts": len(ring.accounts),
        "tie_kinds": len(kinds),
        "score": ring.score,
        "highest_score": ring.highest,
    }


def _amounts(walk: Walk, thing: Ints, kind: Ints) -> pa.Array:
    """Answer what was sent over each tie by transfer, in units; null for the others."""
    micro = walk.sources.amounts.of(thing)
    micro[kind != TRANSFER.number] = None
    return pa.array([None if amount is None else amount / 1e6 for amount in micro], pa.float64())


def _names(walk: Walk) -> NDArray[np.object_]:
    return np.array([*(ring.name for ring in walk.rings), None], dtype=np.object_)


def _name(walk: Walk, number: int) -> str | None:
    return None if number == NONE else walk.rings[number].name


def _days(day: Ints) -> pa.Array:
    """Answer days since 1970 as timestamps, null for NONE."""
    return pa.array(day * MICROSECONDS_A_DAY, mask=day == NONE).cast(pa.timestamp("us"))


def _moments(at: Ints) -> pa.Array:
    return pa.array(at).cast(pa.timestamp("us"))


def _known(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))
