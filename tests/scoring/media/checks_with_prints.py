"""Checks with fingerprints for tests of re-use: `check(...)` makes one, `write` takes them into a store."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from data.progress import silent
from data.store import Store
from scoring.media.reuse import RADII, build_reuse

START = datetime(2025, 7, 1)
Row = dict[str, Any]


def check(key: int, account: str, at: datetime, **prints: str | None) -> Row:
    """One check with the prints named by kind."""
    return {
        "event_id": f"c{key}",
        "event_key": key,
        "account_id": account,
        "occurred_at": at,
        "t": (at - datetime(1970, 1, 1)) // timedelta(microseconds=1),
        "stream": "liveness",
        **{f"{kind}_print": prints.get(kind) for kind in RADII},
    }


def write(store: Store, checks: list[Row]) -> None:
    with store.writing() as cursor:
        for table in ("check_media", "spine"):
            names = [n for n in cursor.table(table).columns if n in checks[0]]
            cursor.register("given", pa.table({n: [row[n] for row in checks] for n in names}))
            insert = f"INSERT INTO {table} BY NAME SELECT * FROM given"
            cursor.execute(insert)
            cursor.unregister("given")
        build_reuse(cursor, silent)


def rows(store: Store, table: str) -> list[Row]:
    cursor = store.cursor()
    found: list[Row] = cursor.table(table).to_arrow_table().to_pylist()
    cursor.close()
    return found


def with_flipped(print_: str, bits: int) -> str:
    """The print with its last `bits` bits turned over."""
    return f"{int(print_, 16) ^ (2**bits - 1):064x}"


def any_checks(rng: np.random.Generator) -> list[Row]:
    """150 checks of twelve accounts at sixteen moments, so that many tie; keys do not follow time."""
    originals = [rng.bytes(32).hex() for _ in range(6)]

    def any_print(kind: str) -> str | None:
        if rng.random() < 0.2:
            return None
        # Up to and beyond the radius, so that both sides of it occur.
        return with_flipped(originals[rng.integers(6)], int(rng.integers(0, RADII[kind] + 20)))

    return [
        check(
            int(key),
            f"a{rng.integers(12)}",
            START + timedelta(hours=7 * int(rng.integers(16))),
            **{kind: any_print(kind) for kind in RADII},
        )
        for key in rng.permutation(150)
    ]
