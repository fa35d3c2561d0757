"""Addresses on the network as numbers: IPv4 stands within IPv6 at ::ffff:0:0/96, so one order holds both."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from data.geography import SQL
from data.networks import V4_OFFSET
from data.statement import read_statement

_LOW = (1 << 64) - 1


def number_of(text: str) -> int | None:
    """Answer an address as a number of 128 bits; None when it is no address.

    A zone ("fe80::1%eth0") is left out; an IPv4 address written within IPv6 is that IPv4 address.
    """
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return None
    return int(parsed) + V4_OFFSET if parsed.version == 4 else int(parsed)


def span_of(text: str) -> tuple[int, int, str]:
    """Answer first number, last number and one spelling of a CIDR or an address. Raises ValueError."""
    network = ipaddress.ip_network(text, strict=True)
    offset = V4_OFFSET if network.version == 4 else 0
    return int(network.network_address) + offset, int(network.broadcast_address) + offset, str(network)


def register_unseen(cursor: duckdb.DuckDBPyConnection) -> int:
    """Give every address that has none its number in `ip_numbers`; answer how many there were.

    The cursor's temporary table `unseen_addresses` holds them afterwards. Runs in the caller's transaction.
    """
    cursor.execute(read_statement(SQL / "find_unseen_addresses.sql").sql)
    unseen = cursor.execute(read_statement(SQL / "unseen_long_addresses.sql").sql).fetchall()
    cursor.register("parsed_addresses", _parsed(ip for (ip,) in unseen))
    inserted = cursor.execute(read_statement(SQL / "number_addresses.sql").sql).fetchone()
    cursor.unregister("parsed_addresses")
    return int(inserted[0]) if inserted else 0


def _parsed(texts: Iterable[str]) -> pa.Table:
    numbers = {text: number for text in texts if (number := number_of(text)) is not None}
    return pa.table(
        {
            "ip": pa.array(list(numbers), pa.string()),
            "high": pa.array([number >> 64 for number in numbers.values()], pa.uint64()),
            "low": pa.array([number & _LOW for number in numbers.values()], pa.uint64()),
        }
    )
