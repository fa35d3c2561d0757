"""Which confirmed crimes one ring committed: those that share a device, an address or a payout.

1. An artefact counts when most of the accounts that used it used it for crime (`ring_artefacts.sql`).
2. Crimes that share a device, a network address or a counterparty are one ring (connected components).
3. A kind of tie counts for a ring when at least two of its accounts share one artefact of that kind.

Suspected rings among accounts that nobody confirmed are another question.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from data.statement import read_statement

Ints = NDArray[np.int64]

ARTEFACTS = Path(__file__).with_name("ring_artefacts.sql")
# A transfer between accounts happens inside a crime; it does not tie one crime to the next.
LINKING = ("device", "ip", "counterparty")
RINGS = pa.schema(
    [
        ("incident_id", pa.string()),
        ("ring_id", pa.string()),
        ("ring_accounts", pa.int64()),
        ("tie_kinds", pa.int32()),
    ]
)


def know_rings(cursor: duckdb.DuckDBPyConnection) -> None:
    """Write the temporary table `crime_rings` of `cursor`: the ring of every crime that has an artefact."""
    used = cursor.sql(read_statement(ARTEFACTS).sql).to_arrow_table()
    cursor.register("found_rings", rings_of(used))
    cursor.execute("CREATE OR REPLACE TEMP TABLE crime_rings AS SELECT * FROM found_rings")
    cursor.unregister("found_rings")


def rings_of(used: pa.Table) -> pa.Table:
    """Answer RINGS from (incident_id, account_id, tie_kind, artefact): one row a crime, sorted by it.

    A ring is named by the first of its crimes in the order of their ids.
    """
    if not used.num_rows:
        return RINGS.empty_table()
    names, incident = _numbered(used.column("incident_id"))
    _, account = _numbered(used.column("account_id"))
    kinds, kind = _numbered(used.column("tie_kind"))
    _, artefact = _numbered(pa.array(_joined(used)))
    is_linking = np.isin(kind, [n for n, name in enumerate(kinds) if name in LINKING])
    ring = _components(incident[is_linking], artefact[is_linking], len(names))
    of_row = ring[incident]
    accounts = _distinct_by(of_row, account, int(ring.max()) + 1)
    # An artefact of one kind that two accounts of the ring share makes that kind a tie.
    users = np.unique(np.stack([of_row, artefact, account]), axis=1)
    shared, count = np.unique(users[:2], axis=1, return_counts=True)
    kind_of = np.zeros(int(artefact.max()) + 1, dtype=np.int64)
    kind_of[artefact] = kind
    is_shared = count >= 2
    ties = _distinct_by(shared[0][is_shared], kind_of[shared[1][is_shared]], int(ring.max()) + 1)
    first = np.full(int(ring.max()) + 1, len(names), dtype=np.int64)
    np.minimum.at(first, ring, np.arange(len(names)))
    return pa.table(
        {
            "incident_id": names,
            "ring_id": [names[number] for number in first[ring]],
            "ring_accounts": accounts[ring],
            "tie_kinds": ties[ring].astype(np.int32),
        },
        schema=RINGS,
    )


def _joined(used: pa.Table) -> list[str]:
    pairs = zip(used.column("tie_kind").to_pylist(), used.column("artefact").to_pylist(), strict=True)
    return [f"{kind}:{artefact}" for kind, artefact in pairs]


def _numbered(
    column: pa.ChunkedArray | pa.Array,
) -> tuple[list[str], Ints]:
    """Answer the sorted distinct texts of a column and each row's number among them."""
    names, number = np.unique(np.array(column.to_pylist(), dtype=object), return_inverse=True)
    return names.tolist(), number.astype(np.int64)


def _components(
    incident: Ints,
    artefact: Ints,
    incidents: int,
) -> Ints:
    """Answer the component of each crime in the graph of crimes and artefacts."""
    nodes = incidents + int(artefact.max(initial=-1)) + 1
    graph = coo_matrix((np.ones(len(incident)), (incident, incidents + artefact)), shape=(nodes, nodes))
    _, component = connected_components(graph, directed=False)
    _, dense = np.unique(component[:incidents], return_inverse=True)
    return dense.astype(np.int64)


def _distinct_by(
    group: Ints,
    value: Ints,
    groups: int,
) -> Ints:
    """Answer how many different values each group has."""
    pairs = np.unique(np.stack([group, value]), axis=1)
    return np.bincount(pairs[0], minlength=groups).astype(np.int64)
