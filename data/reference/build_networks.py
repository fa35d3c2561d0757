"""Turns two lists of address ranges, by country and by operator, into one list of disjoint ranges.

1. Each list is swept from the lowest address up; where its ranges overlap, the smallest holds. Addresses
   that belong to nobody on the Internet come first: the lists give some of them a country all the same.
2. The two results are laid over each other: a new range begins where either changes.
3. Only the beginnings are kept. Addresses that nobody announces begin a range without country or operator,
   so that a lookup is one ASOF join on the beginning.

IPv4 is counted in addresses, IPv6 in networks of 64 bits (`ip >> 64`), the smallest that is routed.
"""

from __future__ import annotations

import csv
import heapq
from collections.abc import Iterable, Iterator
from ipaddress import ip_network
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

Range = tuple[int, int, str]
Beginning = tuple[int, str | None]
Merged = tuple[int, str | None, str | None]
# Private, documentation, test, shared and multicast addresses: IANA's special-purpose registries (RFC 6890).
RESERVED = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/3",
    "::/16",
    "64:ff9b::/32",
    "100::/64",
    "2001:2::/48",
    "2001:db8::/32",
    "3fff::/20",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
)
# Level 22 is the highest of zstd: slow to write once, as quick to read as any other.
COMPRESSION_LEVEL = 22


def write_networks(countries: Path, operators: Path, folder: Path) -> None:
    """Write `ranges_v4.parquet`, `ranges_v6.parquet` and `operators.parquet` into `folder`."""
    names: dict[int, str] = {}
    for family, shift, kind in (("ipv4", 0, pa.uint32()), ("ipv6", 64, pa.uint64())):
        reserved = reserved_ranges(family, shift)
        by_country = read_ranges(countries / f"geo-whois-asn-country-{family}-num.csv", shift)
        path = operators / f"asn-{family}-num.csv"
        names.update(read_operators(path))
        merged = list(lay_over(sweep(by_country + reserved), sweep(read_ranges(path, shift) + reserved)))
        table = pa.table(
            {
                "start": pa.array([start for start, _, _ in merged], kind),
                "country": pa.array([country for _, country, _ in merged], pa.string()),
                "asn": pa.array([int(asn) if asn else None for _, _, asn in merged], pa.uint32()),
            }
        )
        _write(table, folder / f"ranges_{family[2:]}.parquet")
    ordered = sorted(names.items())
    asns = pa.array([asn for asn, _ in ordered], pa.uint32())
    _write(pa.table({"asn": asns, "operator": [name for _, name in ordered]}), folder / "operators.parquet")


def read_ranges(path: Path, shift: int) -> list[Range]:
    """Read first address, last address (both in units of 2**shift, whole units only) and value."""
    with path.open(newline="", encoding="utf-8") as lines:
        rows = [(int(row[0]), int(row[1]), row[2]) for row in csv.reader(lines)]
    # The start rounds up and the end down: a part of a network of 64 bits is not the whole.
    units = ((-(-start >> shift), ((end + 1) >> shift) - 1, value) for start, end, value in rows)
    return [(start, end, value) for start, end, value in units if start <= end]


def reserved_ranges(family: str, shift: int) -> list[Range]:
    """Answer the ranges of a family that belong to nobody, with an empty value."""
    networks = [ip_network(text) for text in RESERVED]
    kept = [network for network in networks if f"ipv{network.version}" == family]
    return [(int(n.network_address) >> shift, int(n.broadcast_address) >> shift, "") for n in kept]


def read_operators(path: Path) -> dict[int, str]:
    """Read the name of each autonomous system."""
    with path.open(newline="", encoding="utf-8") as lines:
        return {int(row[2]): row[3].strip() for row in csv.reader(lines)}


def sweep(ranges: list[Range]) -> list[Beginning]:
    """Turn `ranges`, which may overlap, into beginnings; the smallest range that covers an address holds.

    A range with an empty value holds before any other, and gives no value.
    """
    ranges = sorted(ranges)
    edges = sorted({edge for start, end, _ in ranges for edge in (start, end + 1)})
    active: list[tuple[bool, int, int, str]] = []
    beginnings: list[Beginning] = []
    taken = 0
    for edge in edges:
        while taken < len(ranges) and ranges[taken][0] == edge:
            start, end, value = ranges[taken]
            heapq.heappush(active, (bool(value), end - start, end, value))
            taken += 1
        while active and active[0][2] < edge:
            heapq.heappop(active)
        value_now = (active[0][3] or None) if active else None
        if not beginnings or beginnings[-1][1] != value_now:
            beginnings.append((edge, value_now))
    return beginnings


def lay_over(left: Iterable[Beginning], right: Iterable[Beginning]) -> Iterator[Merged]:
    """Merge two lists of beginnings: each result begins where either of the two values changes."""
    sides: list[str | None] = [None, None]
    last: tuple[str | None, str | None] | None = None
    merged = heapq.merge(_on_side(0, left), _on_side(1, right), key=_place)
    waiting: int | None = None
    for at, side, value in merged:
        if waiting is not None and at != waiting and (sides[0], sides[1]) != last:
            last = (sides[0], sides[1])
            yield waiting, *last
        sides[side], waiting = value, at
    if waiting is not None and (sides[0], sides[1]) != last:
        yield waiting, sides[0], sides[1]


def _on_side(side: int, beginnings: Iterable[Beginning]) -> Iterator[tuple[int, int, str | None]]:
    for at, value in beginnings:
        yield at, side, value


def _place(edge: tuple[int, int, str | None]) -> tuple[int, int]:
    return edge[:2]


def _write(table: pa.Table, path: Path) -> None:
    first = table.column_names[0]
    # The first column only rises, so the differences of neighbours are small numbers.
    encoding = {first: "DELTA_BINARY_PACKED"}
    others = table.column_names[1:]
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=COMPRESSION_LEVEL,
        use_dictionary=others if "country" in others else False,
        column_encoding=encoding,
        row_group_size=1 << 20,
    )
