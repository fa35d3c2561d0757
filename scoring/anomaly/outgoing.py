"""Outgoing events: what anomalies are looked for in, as columns, and which of them are whose peers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.statement import read_statement
from scoring.anomaly.signals import SIGNALS
from scoring.anomaly.surprise import peers_among
from scoring.calibration import Floats
from scoring.frame import PIECE, matrix_of
from scoring.policy import FREEZABLE

ROWS = Path(__file__).with_name("outgoing.sql")
COLUMNS = ("event_key", "event_id", "account_id", "area", "kind", "occurred_at")
# Peers are the three calendar months before an event's own: long enough for quiet areas, short enough to
# follow what is usual.
PEER_MONTHS = 3
# With fewer, an area's peers are those of all areas; with fewer than this of all, nobody is judged yet.
FEWEST_PEERS = 500


class Named(NamedTuple):
    """Words (n,) as whole numbers: `code` (n,) is the position of each in `names`."""

    names: tuple[str, ...]
    code: NDArray[np.int64]

    def words(self, rows: NDArray[np.int64]) -> pa.Array:
        """Answer the words at `rows`, as Arrow words."""
        return pa.array(self.names, pa.string()).take(pa.array(self.code[rows]))


@dataclass(frozen=True, slots=True)
class Outgoing:
    """n events in the order of time: features (n, f) with NaN for missing, and who, where and when."""

    event_key: NDArray[np.int64]
    event_id: pa.Array
    account: Named
    area: Named
    kind: Named
    at: NDArray[np.datetime64]
    matrix: Floats

    def __len__(self) -> int:
        """How many events."""
        return len(self.event_key)

    @property
    def month(self) -> NDArray[np.int64]:
        """(n,) calendar month, in months since 1970."""
        return self.at.astype("datetime64[M]").astype(np.int64)


@dataclass(frozen=True, slots=True)
class Block:
    """Events of one area, kind and month as row numbers, with their peers; all of them earlier.

    `is_own`: the peers are of the area; else they are those of all areas.
    """

    area: str
    kind: str
    month: int
    rows: NDArray[np.int64]
    peers: NDArray[np.int64]
    is_own: bool


def read_outgoing(cursor: duckdb.DuckDBPyConnection) -> Outgoing:
    """Read the events with which money leaves an account, the only ones that a person can still stop."""
    names = [feature.name for feature in SIGNALS]
    rows = cursor.sql(read_statement(ROWS).sql, params={"kinds": list(FREEZABLE)})
    rows = rows.select(*COLUMNS, *names)
    parts: list[pa.RecordBatch] = []
    matrices: list[Floats] = []
    for piece in rows.to_arrow_reader(PIECE):
        parts.append(piece.select(list(COLUMNS)))
        matrices.append(matrix_of(piece, names))
    if not parts:
        return _nothing(len(names))
    table = pa.Table.from_batches(parts)
    at = table.column("occurred_at").to_numpy().astype("datetime64[us]")
    key = table.column("event_key").to_numpy().astype(np.int64)
    order = np.lexsort((key, at))
    table = table.take(pa.array(order))
    return Outgoing(
        event_key=key[order],
        event_id=table.column("event_id").combine_chunks(),
        account=_named(table, "account_id"),
        area=_named(table, "area"),
        kind=_named(table, "kind"),
        at=at[order],
        matrix=_in_order(matrices, order, len(names)),
    )


def _nothing(columns: int) -> Outgoing:
    none, nobody = np.empty(0, dtype=np.int64), Named((), np.empty(0, dtype=np.int64))
    at, matrix = np.empty(0, dtype="datetime64[us]"), np.empty((0, columns))
    return Outgoing(none, pa.array([], pa.string()), nobody, nobody, nobody, at, matrix)


def _in_order(parts: list[Floats], order: NDArray[np.int64], columns: int) -> Floats:
    """Answer the rows of `parts` in `order`, giving each part's memory back when it is copied."""
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    matrix = np.empty((len(order), columns))
    begin = 0
    while parts:
        part = parts.pop(0)
        matrix[place[begin : begin + len(part)]] = part
        begin += len(part)
    return matrix


def _named(table: pa.Table, column: str) -> Named:
    encoded = table.column(column).cast(pa.string()).combine_chunks().dictionary_encode()
    code = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Named(tuple(encoded.dictionary.to_pylist()), code)


def blocks(events: Outgoing, is_usable: NDArray[np.bool_]) -> Iterator[Block]:
    """Yield the events of each area, kind and month that have FEWEST_PEERS usable peers before their month.

    Peers are of the same kind, from the PEER_MONTHS before, of the area, or of all areas where those are few.
    """
    month, area = events.month, events.area.code
    for kind, kind_name in enumerate(events.kind.names):
        of_kind = np.flatnonzero(events.kind.code == kind)
        for number in np.unique(month[of_kind]):
            # The order of time is that of months.
            first, begin, end = np.searchsorted(month[of_kind], [number - PEER_MONTHS, number, number + 1])
            earlier, here = of_kind[first:begin], of_kind[begin:end]
            earlier = earlier[is_usable[earlier]]
            for place in np.unique(area[here]):
                own = earlier[area[earlier] == place]
                is_own = len(own) >= FEWEST_PEERS
                peers = own if is_own else earlier
                if len(peers) >= FEWEST_PEERS:
                    rows = here[area[here] == place]
                    yield Block(events.area.names[place], kind_name, int(number), rows, peers, is_own)


def sampled(block: Block) -> NDArray[np.int64]:
    """Answer the peers of a block that are looked at."""
    return peers_among(block.peers)
