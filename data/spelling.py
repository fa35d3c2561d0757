"""Addresses of version 6 in one spelling each, so that the same network is never two."""

from __future__ import annotations

from ipaddress import IPv6Address

import duckdb
import pyarrow as pa

from data.checks import IP_ADVICE

_DISTINCT = "SELECT DISTINCT ip FROM staged WHERE contains(ip, ':')"
_SPELL = (
    "UPDATE staged SET ip = words.spelled FROM ip_words AS words "
    "WHERE staged.ip = words.word AND words.spelled <> words.word"
)
_REFUSE = (
    "UPDATE staged SET fault_column = coalesce(fault_column, 'ip'), fault_reason = concat_ws("
    "'; also: ', fault_reason, 'ip is no address: ''' || left(ip, 80) || '''' || $advice) "
    "FROM ip_words AS words WHERE staged.ip = words.word AND words.spelled IS NULL"
)


def spell_addresses(cursor: duckdb.DuckDBPyConnection) -> None:
    """Bring every v6 address in `staged` to its canonical spelling, and fault those that are none.

    An IPv4 address inside a v6 one (::ffff:203.0.113.7) becomes the IPv4 address.
    """
    words = [row[0] for row in cursor.execute(_DISTINCT).fetchall()]
    if not words:
        return
    spelled = pa.table({"word": words, "spelled": pa.array([_spelled(word) for word in words], pa.string())})
    cursor.register("ip_words", spelled)
    cursor.execute(_REFUSE, {"advice": IP_ADVICE})
    cursor.execute(_SPELL)
    cursor.unregister("ip_words")


def _spelled(word: str) -> str | None:
    try:
        address = IPv6Address(word)
    except ValueError:
        return None
    return str(address.ipv4_mapped or address)
