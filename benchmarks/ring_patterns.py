"""Patterns in rings: are planted typologies found among ordinary money and decoys, and nothing else?

A pattern found is right when it has the typology of a planted one and shares at least half of the
transfers of both together. The flows come from `benchmarks/ring_flows.py`; beside each recall stands what
the same code finds when the times of a ring's transfers are shuffled: what chance would give.
"""

from __future__ import annotations

import time

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.results import Figure, Result
from benchmarks.ring_flows import KINDS, made
from scoring.rings.patterns import find_patterns

Floats = NDArray[np.float64]
Key = tuple[str, str, int]

RINGS = 600
# Others than those that the constants of `scoring/rings/fans.py` were compared on (1 and 2).
SEEDS = (11, 12, 13, 14, 15)
REPETITIONS = 1_000
# Of the transfers of either, so many must be of both.
LEAST_OVERLAP = 0.5


def main() -> None:
    """Make the flows of every seed, look for patterns, and write what was found."""
    counts, chance, transfers, seconds = [], [], 0, 0.0
    for seed in SEEDS:
        flows = made(RINGS, seed)
        table = flows.table()
        begun = time.process_time()
        found = _found(table)
        seconds += time.process_time() - begun
        counts.append(_counted(flows.planted, found))
        chance.append(_counted(flows.planted, _found(_shuffled(table, seed))))
        transfers += table.num_rows
    by_ring, by_chance = np.concatenate(counts), np.concatenate(chance)
    planted = by_ring[:, :, 2].sum(axis=0)
    Result(
        "rings",
        "patterns",
        "Are planted typologies found among ordinary money and decoys, and nothing else?",
        (*_figures(by_ring, by_chance), Figure("transfers a CPU second", transfers / seconds, "transfers/s")),
        seed=SEEDS[0],
        notes=(
            f"{len(by_ring):,} rings of 6-30 accounts over seeds {', '.join(map(str, SEEDS))}, "
            f"{transfers:,} transfers; planted: "
            + ", ".join(f"{number:.0f} {kind}" for kind, number in zip(KINDS, planted, strict=True)),
            "Right: the same typology and at least half of the transfers of both together. Intervals: "
            "bootstrap over rings. Baseline: the same code after shuffling the times within each ring.",
            "Decoys in half of the rings each: wages, a shop, shared dinners, loans repaid to the cent.",
        ),
    ).write()


def _found(table: pa.Table) -> dict[Key, set[str]]:
    """Answer the events of each pattern found, by ring, typology and number."""
    patterns, number = find_patterns(table)
    kinds = {(row["ring_id"], row["pattern_number"]): row["pattern"] for row in patterns.to_pylist()}
    found: dict[Key, set[str]] = {}
    columns = (table.column("ring_id").to_pylist(), table.column("event_id").to_pylist(), number.tolist())
    for ring, event, n in zip(*columns, strict=True):
        if n > 0:
            found.setdefault((ring, kinds[ring, n], n), set()).add(event)
    return found


def _shuffled(table: pa.Table, seed: int) -> pa.Table:
    """Answer the transfers with the times of each ring dealt out anew."""
    random = np.random.default_rng(seed)
    ring = np.array(table.column("ring_id").to_pylist())
    t = table.column("t").to_numpy().copy()
    for name in np.unique(ring):
        of_ring = np.flatnonzero(ring == name)
        t[of_ring] = t[random.permutation(of_ring)]
    return table.set_column(table.column_names.index("t"), "t", pa.array(t))


def _counted(planted: dict[Key, set[str]], found: dict[Key, set[str]]) -> Floats:
    """Answer (rings, typologies, 3): found and right, found, planted."""
    counts = np.zeros((RINGS, len(KINDS), 3))
    left: dict[tuple[str, str], list[set[str]]] = {}
    for (ring, kind, _), events in planted.items():
        counts[int(ring[1:]), KINDS.index(kind), 2] += 1
        left.setdefault((ring, kind), []).append(events)
    for (ring, kind, _), events in found.items():
        place = int(ring[1:]), KINDS.index(kind)
        counts[(*place, 1)] += 1
        same = next((p for p in left.get((ring, kind), []) if _overlap(p, events) >= LEAST_OVERLAP), None)
        if same is not None:
            left[ring, kind].remove(same)
            counts[(*place, 0)] += 1
    return counts


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _figures(by_ring: Floats, by_chance: Floats) -> list[Figure]:
    random = np.random.default_rng(SEEDS[0])
    draws = [random.integers(0, len(by_ring), len(by_ring)) for _ in range(REPETITIONS)]
    sums = np.stack([by_ring[draw].sum(axis=0) for draw in draws])
    sums = np.concatenate([sums, sums.sum(axis=1, keepdims=True)], axis=1)
    totals, shuffled = by_ring.sum(axis=0), by_chance.sum(axis=0)
    totals, shuffled = np.vstack([totals, totals.sum(axis=0)]), np.vstack([shuffled, shuffled.sum(axis=0)])
    figures = []
    for n, kind in enumerate((*KINDS, "all")):
        for name, of in (("precision", 1), ("recall", 2)):
            low, high = np.quantile(sums[:, n, 0] / sums[:, n, of], [0.025, 0.975])
            value, base = totals[n, 0] / totals[n, of], shuffled[n, 0] / max(shuffled[n, of], 1)
            figures.append(
                Figure(f"{kind}, {name}", value, "share", float(low), float(high), base, "times shuffled")
            )
    return figures


if __name__ == "__main__":
    main()
