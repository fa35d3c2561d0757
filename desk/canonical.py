"""One way to write a value as JSON, so that the same value has the same hash everywhere and for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

_FLAT = (str, int, bool, float)


def canonical(value: object) -> str:
    """Return `value` as JSON: keys sorted, no spaces, times as ISO 8601, money as text.

    Raises ValueError for a number that is not one (NaN, infinity).
    """
    if not _is_flat(value):
        # Twice: names that are no text become text first, and are put in order then.
        value = json.loads(json.dumps(value, allow_nan=False, default=_plain))
    return json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _is_flat(value: object) -> bool:
    """Answer whether it is a mapping of names to plain values, as most lines of the audit log hold."""
    return type(value) is dict and all(
        type(name) is str and (one is None or type(one) in _FLAT) for name, one in value.items()
    )


def digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def row_hash(row: Mapping[str, object]) -> str:
    """Return the hash by which the audit log knows a row of a table: of all its columns but its number."""
    return digest(canonical({name: value for name, value in row.items() if name != "number"}))


def _plain(value: object) -> str:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)
