"""Re-use of media: how often the face, background, clip or document of a check was seen under other accounts.

1. Checks come in the order of time; each looks only at checks strictly before it, of other accounts.
2. For each kind of print, every pair within the kind's radius is found (`search.py`), chunk by chunk.
3. Counts are exact. Of the pairs themselves at most MOST_MATCHES a check and kind are kept: the earliest,
   which holds a cluster together, and the nearest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.contract import Table, comment_statements
from data.progress import Progress, Step
from data.statement import read_statement
from scoring.liveness_tables import MEDIA_MATCHES, MEDIA_REUSE
from scoring.media.search import (
    BACKGROUND_RADIUS,
    DOCUMENT_RADIUS,
    FACE_RADIUS,
    VIDEO_RADIUS,
    Ints,
    PrintIndex,
    Prints,
    from_hex,
)

STATEMENT = Path(__file__).with_name("prints_of_checks.sql")
RADII = {
    "face": FACE_RADIUS,
    "background": BACKGROUND_RADIUS,
    "video": VIDEO_RADIUS,
    "document": DOCUMENT_RADIUS,
}
# A background alone may be a family's wall or a shop's; the others say that the same picture came again.
STRONG = ("face", "video", "document")
MOST_MATCHES = 50
# Other accounts count as in step with a check when their media came this shortly before it.
LOCKSTEP_MICROSECONDS = 24 * 3_600_000_000
# Even if all of 100,000 prints were the same, the pairs of so many fit into half a gigabyte.
_QUERIES_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Checks:
    """Checks with prints, sorted by time: keys, ids, places among `account_ids`, microseconds since 1970."""

    key: Ints
    event_id: NDArray[np.object_]
    account: Ints
    account_ids: list[str]
    t: Ints
    # By kind: the rows of checks that have such a print, ascending, and the prints.
    prints: dict[str, tuple[Ints, Prints]]

    def __len__(self) -> int:
        """How many checks."""
        return len(self.key)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Later check, earlier check of another account, bits that differ: rows of Checks, by the later."""

    later: Ints
    earlier: Ints
    distance: Ints


def build_reuse(cursor: duckdb.DuckDBPyConnection, progress: Progress) -> int:
    """Write `media_matches` and `media_reuse` anew from `check_media` and `spine`; answer how many matches.

    `media_reuse` has one row a check with any print; without media both tables are empty.
    """
    checks = read_checks(cursor)
    progress(Step("re-used media", 0, len(checks), "checks"))
    reuse, matches = reuse_of(checks, progress)
    for table, rows in ((MEDIA_REUSE, reuse), (MEDIA_MATCHES, matches)):
        cursor.register("found_reuse", rows)
        replace = f"CREATE OR REPLACE TABLE {table.name} AS SELECT * FROM found_reuse"
        cursor.execute(replace)
        cursor.unregister("found_reuse")
        for comment in comment_statements(table):
            cursor.execute(comment)
    progress(Step("re-used media", len(checks), len(checks), "checks", f"{matches.num_rows} matches"))
    return int(matches.num_rows)


def read_checks(cursor: duckdb.DuckDBPyConnection) -> Checks:
    """Read every check that has a print from `check_media` and `spine`."""
    found = cursor.sql(read_statement(STATEMENT).sql).to_arrow_table()
    prints = {}
    for kind in RADII:
        column = found.column(kind)
        rows = np.flatnonzero(column.is_valid().to_numpy())
        prints[kind] = (rows.astype(np.int64), from_hex(column.drop_null().to_pylist()))
    accounts = found.column("account_id").combine_chunks().dictionary_encode()
    return Checks(
        found.column("event_key").to_numpy(),
        np.array(found.column("event_id").to_pylist(), dtype=np.object_),
        accounts.indices.to_numpy().astype(np.int64),
        accounts.dictionary.to_pylist(),
        found.column("t").to_numpy(),
        prints,
    )


def reuse_of(checks: Checks, progress: Progress) -> tuple[pa.Table, pa.Table]:
    """Answer the rows of `media_reuse`, sorted by key, and of `media_matches`, sorted by the later check."""
    size = len(checks)
    accounts: dict[str, Ints] = {kind: np.full(size, -1, dtype=np.int64) for kind in RADII}
    nearest = np.full(size, -1, dtype=np.int64)
    newest = np.full(size, -1, dtype=np.int64)
    in_step: list[Pairs] = []
    kept: list[pa.Table] = []
    for kind in RADII:
        rows, _ = checks.prints[kind]
        accounts[kind][rows] = 0
        for pairs in pairs_of(checks, kind):
            accounts[kind] += _other_accounts(checks, pairs)
            if kind in STRONG:
                _note_nearest(checks, pairs, nearest, newest)
            age = checks.t[pairs.later] - checks.t[pairs.earlier]
            in_step.append(_some(pairs, age <= LOCKSTEP_MICROSECONDS))
            kept.append(_matches(checks, kind, pairs))
        progress(Step(f"re-used media: {kind}", len(rows), len(rows), "prints"))
    reuse = _reuse_table(checks, accounts, nearest, newest, _lockstep(checks, in_step))
    return reuse, pa.concat_tables([_schema(MEDIA_MATCHES).empty_table(), *kept]).sort_by(
        [("event_id", "ascending"), ("kind", "ascending"), ("distance", "ascending")]
    )


def pairs_of(checks: Checks, kind: str) -> Iterator[Pairs]:
    """Yield all pairs of one kind, some later checks at a time, each of them in one part only."""
    rows, prints = checks.prints[kind]
    index = PrintIndex()
    for start in range(0, len(rows), _QUERIES_AT_ONCE):
        part = slice(start, start + _QUERIES_AT_ONCE)
        index.add(prints[part])
        near = index.near(prints[part], RADII[kind])
        later, earlier = rows[part][near.query], rows[near.row]
        is_past = checks.t[earlier] < checks.t[later]
        is_other = checks.account[earlier] != checks.account[later]
        yield _some(Pairs(later, earlier, near.distance), is_past & is_other)


def _some(pairs: Pairs, wanted: NDArray[np.bool_]) -> Pairs:
    return Pairs(pairs.later[wanted], pairs.earlier[wanted], pairs.distance[wanted])


def _spans(pairs: Pairs) -> Iterator[tuple[int, slice]]:
    """Yield each later check with where its pairs stand."""
    starts = np.flatnonzero(np.diff(pairs.later, prepend=-1) > 0)
    ends = np.append(starts, len(pairs.later))[1:]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        yield int(pairs.later[start]), slice(start, end)


def _other_accounts(checks: Checks, pairs: Pairs) -> Ints:
    """Answer for each check how many different accounts its pairs have."""
    counts = np.zeros(len(checks), dtype=np.int64)
    # Flags instead of sorting: a print that everybody has makes as many pairs as there are checks, squared.
    is_seen = np.zeros(int(checks.account.max(initial=0)) + 1, dtype=bool)
    for later, span in _spans(pairs):
        accounts = checks.account[pairs.earlier[span]]
        is_seen[accounts] = True
        counts[later] = np.count_nonzero(is_seen)
        is_seen[accounts] = False
    return counts


def _note_nearest(checks: Checks, pairs: Pairs, nearest: Ints, newest: Ints) -> None:
    """Bring the smallest distance and the time of the newest pair of each check up to date; -1: none."""
    for later, span in _spans(pairs):
        least = int(pairs.distance[span].min())
        nearest[later] = least if nearest[later] < 0 else min(least, int(nearest[later]))
        newest[later] = max(int(newest[later]), int(checks.t[pairs.earlier[span]].max()))


def _lockstep(checks: Checks, parts: list[Pairs]) -> Ints:
    """Answer for each check how many other accounts its pairs of any kind have."""
    if not parts:
        return np.zeros(len(checks), dtype=np.int64)
    later = np.concatenate([part.later for part in parts])
    order = np.argsort(later, kind="stable")
    earlier = np.concatenate([part.earlier for part in parts])
    return _other_accounts(checks, Pairs(later[order], earlier[order], earlier[order]))


def _matches(checks: Checks, kind: str, pairs: Pairs) -> pa.Table:
    """Answer the pairs that are kept, as rows of `media_matches`."""
    kept = [span.start + _chosen(pairs, span) for _, span in _spans(pairs)]
    rows = np.concatenate(kept) if kept else np.zeros(0, dtype=np.int64)
    return pa.table(
        {
            "event_id": checks.event_id[pairs.later[rows]],
            "other_event_id": checks.event_id[pairs.earlier[rows]],
            "kind": np.full(len(rows), kind, dtype=object),
            "distance": pairs.distance[rows],
        },
        schema=_schema(MEDIA_MATCHES),
    )


def _chosen(pairs: Pairs, span: slice) -> Ints:
    """Answer which of one check's pairs are kept: the earliest, then by distance, the newest of equals."""
    earlier = pairs.earlier[span]
    if len(earlier) <= MOST_MATCHES:
        return np.arange(len(earlier))
    rank = (pairs.distance[span] << 40) - earlier
    rank[earlier.argmin()] = np.iinfo(np.int64).min
    return np.argpartition(rank, MOST_MATCHES)[:MOST_MATCHES]


def _reuse_table(
    checks: Checks, accounts: dict[str, Ints], nearest: Ints, newest: Ints, lockstep: Ints
) -> pa.Table:
    columns = {
        "event_key": pa.array(checks.key),
        **{f"{kind}_accounts": pa.array(found, mask=found < 0) for kind, found in accounts.items()},
        "nearest_bits": pa.array(nearest, mask=nearest < 0),
        "since_media_seconds": pa.array((checks.t - newest) / 1_000_000, mask=nearest < 0),
        "lockstep_accounts": pa.array(lockstep),
    }
    return pa.table(columns).cast(_schema(MEDIA_REUSE)).sort_by("event_key")


def _schema(table: Table) -> pa.Schema:
    types = {"VARCHAR": pa.string(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64()}
    return pa.schema([(column.name, types[column.type]) for column in table.columns])
