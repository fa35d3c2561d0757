"""What rings are found from, read from the store by day: accounts, uses, transfers, and what labels said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from data.statement import read_statement
from scoring.rings.evidence import Confirmed
from scoring.rings.kinds import MICROSECONDS_A_DAY, SHARED_KINDS, TRANSFER
from scoring.rings.score import People
from scoring.rings.shared import Uses
from scoring.rings.ties import Ints, Ties, padded, pairs_of

_SQL = Path(__file__).parent
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Sources:
    """All of the store's evidence in the order in which it became known.

    `uses` are sorted by `use_day` (days since 1970), `direct` ties by `direct_known` (microseconds). A thing
    below `names` has its name there; a transfer's thing is `len(names)` and more.
    """

    account_ids: list[str]
    people: People
    confirmed: Confirmed
    uses: Uses
    use_day: Ints
    direct: Ties
    direct_known: Ints
    names: list[str]
    transfer_micro: Ints
    first_day: int
    last_day: int

    def of_day(self, day: int) -> tuple[Uses, Ties]:
        """Answer the uses of `day` and the direct ties that are known at its end."""
        return self.of_days(day, day + 1)

    def of_days(self, start: int, end: int) -> tuple[Uses, Ties]:
        """Answer what became known in the days from `start` to before `end`."""
        rows = np.searchsorted(self.use_day, [start, end])
        bounds = np.array([start, end]) * MICROSECONDS_A_DAY
        known = np.searchsorted(self.direct_known, bounds, side="right")
        direct = self.direct.where(np.arange(known[0], known[1]))
        # Of several looks at one transfer the last one counts.
        last = len(direct) - 1 - np.unique(direct.thing[::-1], return_index=True)[1]
        return self.uses.between(int(rows[0]), int(rows[1])), direct.where(np.sort(last))


def read_sources(cursor: duckdb.DuckDBPyConnection) -> Sources | None:
    """Read everything from `spine`, `accounts`, `labels` and `media_matches`; None: there is no event."""
    cursor.execute(_sql("accounts"))
    most = [kind.most for kind in SHARED_KINDS]
    cursor.execute(_sql("uses"), {"most": most})
    cursor.execute(_sql("transfers"))
    ((first, last),) = cursor.execute("SELECT min(t), max(t) FROM spine").fetchall()
    if first is None:
        return None
    accounts = _table(cursor, "FROM ring_accounts ORDER BY code")
    uses = _table(cursor, "FROM ring_uses ORDER BY day, kind, number, account")
    named = _table(
        cursor, "SELECT number, any_value(artefact) AS artefact FROM ring_uses GROUP BY 1 ORDER BY 1"
    )
    names = named.column("artefact").to_pylist()
    direct, known, names = _direct(cursor, names)
    transfers = _table(cursor, "FROM ring_transfer_ties ORDER BY known_t, event_id")
    sent, sent_known, micro = _transfers(transfers, len(names))
    # Who was invited before the first event is known on the first day.
    begins = int(first) // MICROSECONDS_A_DAY * MICROSECONDS_A_DAY + 1
    together = np.concatenate([np.maximum(known, begins), sent_known])
    order = np.argsort(together, kind="stable")
    both = Ties(*(np.concatenate([getattr(direct, f), getattr(sent, f)])[order] for f in Ties.__slots__))
    return Sources(
        account_ids=accounts.column("account_id").to_pylist(),
        people=People(
            _ints(accounts, "opened_t"),
            accounts.column("confirmed_t").fill_null(_NEVER).to_numpy().astype(np.int64),
            _numbered(accounts.column("first_country")),
        ),
        confirmed=_confirmed(cursor, accounts),
        uses=Uses(*(_ints(uses, n) for n in ("kind", "number", "account", "first_t", "last_t", "uses"))),
        use_day=_ints(uses, "day"),
        direct=both,
        direct_known=together[order],
        names=names,
        transfer_micro=micro,
        first_day=int(first) // MICROSECONDS_A_DAY,
        last_day=int(last) // MICROSECONDS_A_DAY,
    )


def _direct(cursor: duckdb.DuckDBPyConnection, names: list[str]) -> tuple[Ties, Ints, list[str]]:
    found = _table(cursor, _sql("direct"))
    at = _ints(found, "t")
    first = found.column("first_value").to_numpy().astype(np.float64)
    second = found.column("second_value").to_numpy(zero_copy_only=False).astype(np.float64)
    thing = len(names) + np.arange(found.num_rows)
    kind = _ints(found, "kind")
    pair = pairs_of(_ints(found, "one"), _ints(found, "other"))
    ties = Ties(pair, kind, thing, at, at, padded([first, second]))
    return ties, at + 1, [*names, *found.column("artefact").to_pylist()]


def _transfers(found: pa.Table, first_thing: int) -> tuple[Ties, Ints, Ints]:
    """Answer a tie for each look at a transfer, when that was known, and the transfers' amounts."""
    _, first, number = np.unique(
        np.array(found.column("event_id").to_pylist(), dtype=object), return_index=True, return_inverse=True
    )
    at = _ints(found, "t")
    features = [found.column(name).to_numpy().astype(np.float64) for name in TRANSFER.features]
    count = found.num_rows
    ties = Ties(
        pairs_of(_ints(found, "sender"), _ints(found, "receiver")),
        np.full(count, TRANSFER.number, dtype=np.int64),
        first_thing + number.astype(np.int64),
        at,
        at,
        padded(features),
    )
    return ties, _ints(found, "known_t"), _ints(found, "micro")[first]


def _confirmed(cursor: duckdb.DuckDBPyConnection, accounts: pa.Table) -> Confirmed:
    pairs = _table(cursor, _sql("confirmed_pairs"))
    known = accounts.column("confirmed_t").fill_null(_NEVER).to_numpy().astype(np.int64)
    is_known = known != _NEVER
    return Confirmed(
        pairs_of(_ints(pairs, "one"), _ints(pairs, "other")),
        _ints(pairs, "known_t"),
        np.flatnonzero(is_known),
        known[is_known],
    )


def _numbered(countries: pa.ChunkedArray) -> Ints:
    """Answer a number for each country, the same for the same, and -1 for null."""
    number: Ints = countries.combine_chunks().dictionary_encode().indices.fill_null(-1).to_numpy()
    return number.astype(np.int64)


def _sql(name: str) -> str:
    return read_statement(_SQL / f"{name}.sql").sql


def _table(cursor: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    return cursor.sql(sql).to_arrow_table()


def _ints(table: pa.Table, name: str) -> Ints:
    column: Ints = table.column(name).to_numpy().astype(np.int64)
    return column
