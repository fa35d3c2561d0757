"""Databases of networks that a user brings, made here byte by byte from MaxMind's public format."""

from ipaddress import ip_network
from pathlib import Path

from data.enrich import Enriched, enrich
from data.mmdb import look_up, name_of
from data.progress import silent
from data.store import Store

Value = str | int | dict[str, "Value"] | list[str]


# Numbers of the metadata that are not of 16 bits: the type and, above 7, its extension.
WIDTHS = {"build_epoch": (0, b"\x02"), "node_count": (6, b"")}


def encoded(value: Value, width: tuple[int, bytes] = (6, b"")) -> bytes:
    """Encode one value of the data section; texts up to 283 bytes, lists and maps up to 28 members."""
    if isinstance(value, str):
        size = len(value)
        return (bytes([2 << 5 | size]) if size < 29 else bytes([2 << 5 | 29, size - 29])) + value.encode()
    if isinstance(value, int):
        digits = value.to_bytes((value.bit_length() + 7) // 8, "big")
        return bytes([width[0] << 5 | len(digits)]) + width[1] + digits
    if isinstance(value, list):
        return bytes([len(value), 4]) + b"".join(encoded(part) for part in value)
    return bytes([7 << 5 | len(value)]) + b"".join(encoded(k) + encoded(v) for k, v in value.items())


def encoded_metadata(values: dict[str, Value]) -> bytes:
    """Encode the metadata, whose numbers are of 16 bits but for two."""
    pairs = (encoded(name) + encoded(value, WIDTHS.get(name, (5, b""))) for name, value in values.items())
    return bytes([7 << 5 | len(values)]) + b"".join(pairs)


def write_mmdb(path: Path, records: dict[str, dict[str, Value]], epoch: int) -> Path:
    """Write a database of IPv4 networks: a binary tree with records of 24 bits, then the data."""
    nodes: list[list[int | None]] = [[None, None]]
    data = b""
    leaves: dict[tuple[int, int], int] = {}
    for cidr, record in records.items():
        network, at = ip_network(cidr), 0
        for depth in range(network.prefixlen):
            bit = int(network.network_address) >> (31 - depth) & 1
            if depth == network.prefixlen - 1:
                leaves[at, bit] = len(data)
            else:
                following = nodes[at][bit]
                if following is None:
                    nodes.append([None, None])
                    following = nodes[at][bit] = len(nodes) - 1
                at = following
        data += encoded(record)
    tree = b""
    for number, node in enumerate(nodes):
        for bit, following in enumerate(node):
            leaf = leaves.get((number, bit))
            pointer = len(nodes) if following is None else following
            tree += (pointer if leaf is None else len(nodes) + 16 + leaf).to_bytes(3, "big")
    metadata: dict[str, Value] = {
        "node_count": len(nodes),
        "record_size": 24,
        "ip_version": 4,
        "database_type": "Test-Networks",
        "languages": ["en"],
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": epoch,
        "description": {"en": "made by a test"},
    }
    path.write_bytes(tree + bytes(16) + data + b"\xab\xcd\xefMaxMind.com" + encoded_metadata(metadata))
    return path


def test_the_layouts_of_three_publishers_are_understood(tmp_path: Path) -> None:
    records: dict[str, dict[str, Value]] = {
        "20.0.0.0/8": {"country": {"iso_code": "VN"}},
        "21.0.0.0/8": {"country_code": "TH"},
        "22.0.0.0/8": {"country": "PH", "asn": "AS64500", "as_name": "Test"},
        "23.0.0.0/8": {"autonomous_system_number": 64501, "autonomous_system_organization": "Other"},
    }
    path = write_mmdb(tmp_path / "n.mmdb", records, 1)
    asked = ["20.1.1.1", "21.1.1.1", "22.1.1.1", "23.1.1.1", "24.1.1.1", "2001:db8::1", "nonsense"]
    assert [tuple(row.values()) for row in look_up(path, asked).to_pylist()] == [
        ("20.1.1.1", "VN", None, None),
        ("21.1.1.1", "TH", None, None),
        ("22.1.1.1", "PH", 64500, "Test"),
        ("23.1.1.1", None, 64501, "Other"),
    ]
    assert name_of(path) == "Test-Networks 1"


def test_a_brought_database_holds_where_it_knows_and_the_reference_elsewhere(
    store: Store, tmp_path: Path
) -> None:
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO logins BY NAME SELECT ip AS event_id, 'a' AS account_id, 'login' AS kind, ip, "
            "TIMESTAMP '2025-03-01' AS occurred_at FROM (VALUES ('8.8.8.8'), ('36.66.1.1')) AS given (ip)"
        )
    enrich(store, silent)
    first = write_mmdb(tmp_path / "1.mmdb", {"8.0.0.0/8": {"country": {"iso_code": "CA"}}}, 1)
    second = write_mmdb(tmp_path / "2.mmdb", {"36.0.0.0/8": {"country": {"iso_code": "MY"}}}, 2)
    query = "SELECT ip, country, asn FROM networks ORDER BY ip"
    found = []
    for path in (first, None, second):
        assert enrich(store, silent, path) == Enriched(addresses=0, networks=0, matches=0, devices=0)
        found.append(store.cursor().execute(query).fetchall())
    assert found[0] == [("36.66.1.1", "ID", 7713), ("8.8.8.8", "CA", 15169)]
    # Without a database what the last one said stays; another one replaces all of it.
    assert found[1] == found[0]
    assert found[2] == [("36.66.1.1", "MY", 7713), ("8.8.8.8", "US", 15169)]
