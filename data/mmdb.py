"""A database of networks that a user brings: any `.mmdb` with countries or operators, read by `maxminddb`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import maxminddb
import pyarrow as pa

from data.errors import SourceError

SCHEMA = pa.schema(
    [("ip", pa.string()), ("country", pa.string()), ("asn", pa.uint32()), ("operator", pa.string())]
)


def name_of(path: Path) -> str:
    """Answer what the database calls itself and when it was built. Raises SourceError when it is none."""
    with _open(path) as reader:
        described = reader.metadata()
        return f"{described.database_type} {described.build_epoch}"


def look_up(path: Path, addresses: Iterable[str]) -> pa.Table:
    """Answer ip, country, asn and operator of those `addresses` that the database knows.

    It understands MaxMind's layout (country.iso_code, autonomous_system_number) and the flat ones of
    ip-location-db and IPinfo (country_code, country, asn as "AS15169"). Raises SourceError when the file
    is absent or no `.mmdb`.
    """
    rows = []
    with _open(path) as reader:
        for address in addresses:
            try:
                record = reader.get(address)
            except ValueError:
                # Not an address, or IPv6 in a database of IPv4 alone.
                continue
            if isinstance(record, dict):
                rows.append({"ip": address, **_read(record)})
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _open(path: Path) -> maxminddb.Reader:
    try:
        return maxminddb.open_database(path)
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        raise SourceError(
            "The database of networks cannot be read.",
            where=str(path),
            possible="a MaxMind DB file (.mmdb) with countries or autonomous systems",
            to_do=f"Check the path, or fetch the file again; nothing was changed. The reader says: {error}",
        ) from error


def _read(record: dict[str, Any]) -> dict[str, Any]:
    country = record.get("country", record.get("country_code"))
    if isinstance(country, dict):
        country = country.get("iso_code")
    asn = record.get("autonomous_system_number", record.get("asn"))
    digits = str(asn).upper().removeprefix("AS") if asn is not None else ""
    operator = record.get("autonomous_system_organization", record.get("as_name"))
    return {
        "country": record.get("country_code", country) if not _is_code(country) else country,
        "asn": int(digits) if digits.isdigit() else None,
        "operator": operator if isinstance(operator, str) else None,
    }


def _is_code(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2
