"""Addresses on the network as numbers: IPv4 stands within IPv6 at ::ffff:0:0/96, so one order holds both."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from data.networks import V4_OFFSET
from data.statement import SQL, read_statement

_LOW = (1 << 64) - 1


def number_of(text: str) -> int | None:
    """Answer an address as a number of 128 bits; None when it is no address.

    A zone ("fe80::1%eth0") is left out; an IPv4 address written within IPv6 is that IPv4 address.
    """
    try:
        return _number(ipaddress.ip_address(text))
    except ValueError:
        return None


def span_of(text: str) -> tuple[int, int, str]:
    """Answer first number, last number and one spelling of a CIDR, an address, or `first-last`.

    Raises ValueError with what is wrong.
    """
    first_text, is_pair, last_text = text.partition("-")
    if is_pair:
        ends = ipaddress.ip_address(first_text.strip()), ipaddress.ip_address(last_text.strip())
        first, last = (_number(end) for end in ends)
        if first > last:
            raise ValueError("the first address is after the last")
        return first, last, f"{ends[0]}-{ends[1]}"
    network = ipaddress.ip_network(text)
    return _number(network.network_address), _number(network.broadcast_address), str(network)


def _number(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> int:
    return int(address) + V4_OFFSET if address.version == 4 else int(address)


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
