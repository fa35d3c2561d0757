"""Which identity checks hang together by media that came again under other accounts.

1. A tie is a pair of `media_matches` with the same face, clip or document.
2. Checks that are tied, directly or over others, are one cluster (connected components).
3. The same background joins nobody: it may be a family's wall or a shop's. Where the checks of a cluster
   share one too, it is named among the kinds.

A cluster is named by its earliest check, so it keeps its name while it grows; of two that grow together the
older name stays.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from data.statement import read_statement

FOLDER = Path(__file__).with_name("rollups")
JOINING = ("face", "video", "document")
CLUSTERS = pa.schema([("event_id", pa.string()), ("cluster_id", pa.string()), ("kinds", pa.string())])


def know_clusters(cursor: duckdb.DuckDBPyConnection) -> None:
    """Write the temporary table `found_clusters` of `cursor`: cluster and shared kinds of tied checks."""
    ties = cursor.sql(read_statement(FOLDER / "media_ties.sql").sql).to_arrow_table()
    cursor.register("clustered", clusters_of(ties))
    cursor.execute("CREATE OR REPLACE TEMP TABLE found_clusters AS SELECT * FROM clustered")
    cursor.unregister("clustered")


def clusters_of(ties: pa.Table) -> pa.Table:
    """Answer CLUSTERS from (event_id, place, other_event_id, other_place, kind), sorted by cluster and place.

    `place` is the check's place in the order of time, the same wherever the check stands.
    """
    later, earlier = ties.column("place").to_numpy(), ties.column("other_place").to_numpy()
    kind = np.array(ties.column("kind").to_pylist(), dtype=object)
    is_joining = np.isin(kind, JOINING)
    places, number = np.unique(np.concatenate([later[is_joining], earlier[is_joining]]), return_inverse=True)
    if not len(places):
        return CLUSTERS.empty_table()
    ids = dict(zip(later.tolist(), ties.column("event_id").to_pylist(), strict=True))
    ids |= dict(zip(earlier.tolist(), ties.column("other_event_id").to_pylist(), strict=True))
    half = len(number) // 2
    graph = coo_matrix((np.ones(half), (number[:half], number[half:])), shape=(len(places), len(places)))
    _, component = connected_components(graph, directed=False)
    # Places ascend, so the first of each component is its earliest check.
    _, first = np.unique(component, return_index=True)
    of_place = dict(zip(places.tolist(), component.tolist(), strict=True))
    shared: dict[int, set[str]] = {place: set() for place in of_place}
    for one, other, what in zip(later.tolist(), earlier.tolist(), kind.tolist(), strict=True):
        if one in of_place and other in of_place and of_place[one] == of_place[other]:
            shared[one].add(what)
            shared[other].add(what)
    ordered = sorted(shared, key=lambda place: (int(first[of_place[place]]), place))
    return pa.table(
        {
            "event_id": [ids[place] for place in ordered],
            "cluster_id": [f"media-{ids[int(places[first[of_place[place]]])]}" for place in ordered],
            "kinds": [",".join(sorted(shared[place])) for place in ordered],
        },
        schema=CLUSTERS,
    )
