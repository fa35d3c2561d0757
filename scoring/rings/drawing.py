"""The drawing of a ring: a place for each account, close to those it is strongly tied to."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pyarrow as pa
import rustworkx as rx
from numpy.typing import NDArray

from scoring.rings.columns import rows_of, table_of

Floats = NDArray[np.float64]

PLACES = pa.schema(
    [("ring_id", pa.string()), ("account_id", pa.string()), ("x", pa.float64()), ("y", pa.float64())]
)
# The drawing is the same wherever and whenever it is made.
SEED = 5
# Steps of the layout, each quadratic in the accounts: 500 accounts with 100 steps are drawn in a second.
STEPS = 100
# Parallel ties add up; very strong ones would pull accounts onto one point.
STRONGEST = 10.0
WEAKEST = 0.1


def place(members: pa.Table, ties: pa.Table) -> pa.Table:
    """Answer PLACES: one row a ring and account of `members`, sorted, x and y in [-1, 1].

    `members`: ring_id, account_id. `ties`: ring_id, account_a, account_b, strength; ties of accounts that
    are not members are left out. Springs after Fruchterman and Reingold, as strong as the ties of a pair
    together, from a start fixed by SEED; an account without ties stands apart.
    """
    accounts: dict[str, set[str]] = defaultdict(set)
    for ring_id, account in rows_of(members, "ring_id", "account_id"):
        accounts[ring_id].add(account)
    strength: dict[str, dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
    for ring_id, a, b, weight in sorted(
        rows_of(ties, "ring_id", "account_a", "account_b", "strength"),
        key=lambda row: (*row[:3], row[3] or 0.0),
    ):
        if a != b and {a, b} <= accounts.get(ring_id, set()):
            strength[ring_id][min(a, b), max(a, b)] += weight or 0.0
    rows = []
    for ring_id in sorted(accounts):
        listed = sorted(accounts[ring_id])
        for name, (x, y) in zip(listed, _layout(listed, strength[ring_id]).tolist(), strict=True):
            rows.append((ring_id, name, x, y))
    return table_of(rows, PLACES)


def _layout(accounts: list[str], strength: dict[tuple[str, str], float]) -> Floats:
    """Answer the (n, 2) places of a ring's accounts."""
    number = {account: n for n, account in enumerate(accounts)}
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(accounts)))
    graph.add_edges_from(
        [
            (number[a], number[b], min(max(weight, WEAKEST), STRONGEST))
            for (a, b), weight in sorted(strength.items())
        ]
    )
    found = rx.spring_layout(graph, num_iter=STEPS, weight_fn=float, seed=SEED)
    return _framed(np.array([found[n] for n in range(len(accounts))], dtype=np.float64))


def _framed(places: Floats) -> Floats:
    """Answer the places moved and scaled so that they fill the frame from -1 to 1, undistorted."""
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    moved = places - middle
    reach = np.abs(moved).max()
    framed: Floats = np.round(moved / reach, 6) if reach > 0 else moved
    return framed
