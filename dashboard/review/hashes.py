"""SHA-256 of a question and of the rows that it answers, so that a figure can be proved later.

    digest(asked)        # Hashes(query="9f2c...", data="51ab...")

The rows are written as DuckDB's own text of each (`CAST(row AS VARCHAR)`), sorted, one a line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dashboard import ask, reader
from dashboard.tables import Asked

# A whole quarter of flagged events is read to be hashed; a page never waits for it.
HASH_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Hashes:
    """SHA-256, hexadecimal, of a question with its parameters and of the rows it answered."""

    query: str
    data: str


Digest = Callable[[Asked], Hashes]


@reader.summing()
def digest(asked: Asked) -> Hashes:
    """Return the hashes of a question of the owned store; rows are hashed in the order of their text."""
    return Hashes(
        query_hash(asked), _data_hash(reader.version(), asked.name, _canonical(asked), _Held(asked))
    )


def query_hash(asked: Asked) -> str:
    """Return the SHA-256 of the SQL, a line break, and the parameters as JSON with sorted names."""
    return hashlib.sha256(f"{asked.statement.sql}\n{_canonical(asked)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Held:
    """A question that a cache carries along and does not compare."""

    asked: Asked

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


@lru_cache(maxsize=4096)
def _data_hash(_version: str, _name: str, _parameters: str, held: _Held) -> str:
    asked = held.asked
    # The order of rows that a question leaves open must not matter, so their texts are sorted.
    texts = f"SELECT CAST(answer AS VARCHAR) FROM ({asked.statement.sql}) AS answer ORDER BY 1"
    found = hashlib.sha256()
    with ask.cursor(asked.name, HASH_SECONDS) as cursor:
        found_rows = cursor.sql(reader.worded(texts), params=dict(asked.parameters) or None).to_arrow_table()
    for chunk in found_rows.column(0).chunks:
        found.update("\n".join([*chunk.to_pylist(), ""]).encode())
    return found.hexdigest()


def _canonical(asked: Asked) -> str:
    return json.dumps(dict(asked.parameters), sort_keys=True, default=str, ensure_ascii=False)
