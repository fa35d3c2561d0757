"""What rings are found from, read from the store by day: accounts, uses, transfers, and what labels said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.statement import read_statement
from scoring.rings.evidence import Confirmed
from scoring.rings.kinds import MICROSECONDS_A_DAY, SHARED_KINDS, TRANSFER
from scoring.rings.score import People
from scoring.rings.shared import Uses
from scoring.rings.ties import Ints, Ties, padded, pairs_of

_SQL = Path(__file__).parent
_NEVER = np.iinfo(np.int64).max
# Things of three statements share one row of numbers, each with every third of them.
_SOURCES = 3
_SHARED, _DIRECT, _SENT = range(_SOURCES)


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of things by their number, ascending."""

    thing: Ints
    value: NDArray[Any]

    def of(self, things: Ints) -> NDArray[np.object_]:
        """Answer the value of each thing, None where there is none."""
        found = np.full(len(things), None, dtype=np.object_)
        if len(self.thing):
            place = np.minimum(np.searchsorted(self.thing, things), len(self.thing) - 1)
            is_there = self.thing[place] == things
            found[is_there] = self.value[place[is_there]]
        return found


@dataclass(frozen=True, slots=True)
class Sources:
    """All of the store's evidence in the order in which it became known.

    `uses` are sorted by `use_day` (days since 1970), `direct` ties by `direct_known` (microseconds). Accounts
    and things are numbered in the order in which they came (`came`: of accounts, microseconds), so that what
    comes later changes no number. `amounts` are micro-units sent.
    """

    account_ids: list[str]
    came: Ints
    people: People
    confirmed: Confirmed
    uses: Uses
    use_day: Ints
    direct: Ties
    direct_known: Ints
    names: Named
    amounts: Named
    first_day: int
    last_day: int
    watermark: datetime

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
        return self.uses.where(np.arange(rows[0], rows[1])), direct.where(np.sort(last))

    def before(self, day: int, but: Ints) -> Uses:
        """Answer the uses before `day` of all things but those numbered in `but`, ascending."""
        early = np.arange(int(np.searchsorted(self.use_day, day)))
        return self.uses.where(early[~np.isin(self.uses.thing[early], but)])


def read_sources(cursor: duckdb.DuckDBPyConnection) -> Sources | None:
    """Read everything from `spine`, `accounts`, `labels` and `media_matches`; None: there is no event."""
    cursor.execute(_sql("accounts"))
    most = [kind.most for kind in SHARED_KINDS]
    cursor.execute(_sql("uses"), {"most": most})
    cursor.execute(_sql("transfers"))
    ((first, last, watermark),) = cursor.execute(
        "SELECT min(t), max(t), max(occurred_at) FROM spine"
    ).fetchall()
    if first is None:
        return None
    accounts = _table(cursor, "FROM ring_accounts ORDER BY code")
    uses = _table(cursor, "FROM ring_uses ORDER BY day, kind, number, account")
    shared = _table(
        cursor, "SELECT number, any_value(artefact) AS artefact FROM ring_uses GROUP BY 1 ORDER BY 1"
    )
    direct, known, names = _direct(cursor, shared)
    sent, sent_known, amounts = _transfers(
        _table(cursor, "FROM ring_transfer_ties ORDER BY known_t, event_id")
    )
    # Who was invited before the first event is known on the first day.
    begins = int(first) // MICROSECONDS_A_DAY * MICROSECONDS_A_DAY + 1
    together = np.concatenate([np.maximum(known, begins), sent_known])
    order = np.argsort(together, kind="stable")
    both = Ties(*(np.concatenate([getattr(direct, f), getattr(sent, f)])[order] for f in Ties.__slots__))
    return Sources(
        account_ids=accounts.column("account_id").to_pylist(),
        came=_ints(accounts, "came_t"),
        people=People(
            _ints(accounts, "opened_t"),
            accounts.column("confirmed_t").fill_null(_NEVER).to_numpy().astype(np.int64),
            _numbered(accounts.column("first_country")),
        ),
        confirmed=_confirmed(cursor, accounts),
        uses=Uses(
            _ints(uses, "kind"),
            _ints(uses, "number") * _SOURCES + _SHARED,
            *(_ints(uses, name) for name in ("account", "first_t", "last_t", "uses")),
        ),
        use_day=_ints(uses, "day"),
        direct=both,
        direct_known=together[order],
        names=names,
        amounts=amounts,
        first_day=int(first) // MICROSECONDS_A_DAY,
        last_day=int(last) // MICROSECONDS_A_DAY,
        watermark=watermark,
    )


def _direct(cursor: duckdb.DuckDBPyConnection, shared: pa.Table) -> tuple[Ties, Ints, Named]:
    """Answer referrals and matches of liveness as ties, when they were known, and the names of all things."""
    found = _table(cursor, _sql("direct"))
    at = _ints(found, "t")
    values = [found.column(name).to_numpy(zero_copy_only=False) for name in ("first_value", "second_value")]
    thing = _ints(found, "number") * _SOURCES + _DIRECT
    pair = pairs_of(_ints(found, "one"), _ints(found, "other"))
    ties = Ties(pair, _ints(found, "kind"), thing, at, at, padded([v.astype(np.float64) for v in values]))
    things = np.concatenate([_ints(shared, "number") * _SOURCES + _SHARED, thing])
    texts = np.array([*shared.column("artefact").to_pylist(), *found.column("artefact").to_pylist(), None])
    order = np.argsort(things)
    return ties, at + 1, Named(things[order], texts[:-1][order])


def _transfers(found: pa.Table) -> tuple[Ties, Ints, Named]:
    """Answer a tie for each look at a transfer, when that was known, and the transfers' amounts."""
    at = _ints(found, "t")
    thing = _ints(found, "number") * _SOURCES + _SENT
    ties = Ties(
        pairs_of(_ints(found, "sender"), _ints(found, "receiver")),
        np.full(found.num_rows, TRANSFER.number, dtype=np.int64),
        thing,
        at,
        at,
        padded([found.column(name).to_numpy().astype(np.float64) for name in TRANSFER.features]),
    )
    things, first = np.unique(thing, return_index=True)
    return ties, _ints(found, "known_t"), Named(things, _ints(found, "micro")[first])


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
