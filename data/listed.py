"""Signatures that come through a mapping: their id, and networks as ranges of numbers."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from data.addresses import span_of
from data.statement import SQL, read_statement

# What the load adds to the columns that a mapping fills.
ADDED = ("ip_from", "ip_to")
_NETWORKS = "SELECT DISTINCT value FROM staged WHERE kind = 'network' AND value IS NOT NULL"
_LOW = (1 << 64) - 1
_SCHEMA = pa.schema(
    [
        ("text", pa.string()),
        ("spelled", pa.string()),
        ("wrong", pa.string()),
        *((name, pa.uint64()) for name in ("from_high", "from_low", "to_high", "to_low")),
    ]
)


def complete_signatures(cursor: duckdb.DuckDBPyConnection) -> None:
    """Complete the signatures in `staged`; a network that is none becomes a fault."""
    texts = [text for (text,) in cursor.execute(_NETWORKS).fetchall()]
    cursor.register("spans", pa.Table.from_pylist([_span(text) for text in texts], schema=_SCHEMA))
    cursor.execute(read_statement(SQL / "complete_signatures.sql").sql)
    cursor.unregister("spans")


def _span(text: str) -> dict[str, str | int]:
    try:
        first, last, spelled = span_of(text)
    except ValueError as error:
        return {"text": text, "wrong": str(error)}
    ends = {"from_high": first >> 64, "from_low": first & _LOW, "to_high": last >> 64, "to_low": last & _LOW}
    return {"text": text, "spelled": spelled, **ends}
