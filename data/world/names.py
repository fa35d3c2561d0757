"""How numbered things are called in the files: ids that say nothing about order, kind or guilt.

Each number goes once around a ring of digits by a multiplier without a factor in common with it, so that
ids are unique by construction and look drawn.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data.world.columns import Ints

_ACCOUNT = ("A", 8, 38_196_613, 40_127_391)
_DEVICE = ("D", 9, 618_033_989, 271_828_183)
_INCIDENT = ("I", 7, 3_819_661, 1_414_213)
_RING = ("R", 7, 6_180_339, 2_718_281)
_RECORDS = {
    "requests": ("Q", 7, 2_236_067, 1_202_569),
    "cases": ("K", 7, 4_669_201, 2_502_907),
    "recoveries": ("V", 7, 5_772_157, 1_644_934),
    "appeals": ("P", 7, 9_159_655, 1_324_717),
    "audits": ("U", 8, 69_314_718 + 1, 30_102_999),
}
_EVENTS = (
    ("T", 10, 6_180_339_887, 3_141_592_653),
    ("L", 10, 3_819_660_113, 1_618_033_989),
    ("C", 10, 7_320_508_076 + 1, 2_236_067_977),
)


def account_ids(number: Ints) -> pa.Array:
    """Return the ids of accounts."""
    return _ids(number, _ACCOUNT)


def device_ids(number: Ints) -> pa.Array:
    """Return the fingerprints of devices."""
    return _ids(number, _DEVICE)


def incident_ids(number: Ints) -> pa.Array:
    """Return the ids of incidents."""
    return _ids(number, _INCIDENT)


def ring_ids(number: Ints) -> pa.Array:
    """Return the ids of rings."""
    return _ids(number, _RING)


def event_ids(stream: int, row: Ints) -> pa.Array:
    """Return the ids of events of stream 0 (transactions), 1 (logins) or 2 (checks)."""
    return _ids(row, _EVENTS[stream])


def record_ids(table: str, number: Ints) -> pa.Array:
    """Return the ids of records of one table. Raises KeyError for a table without numbers of its own."""
    return _ids(number, _RECORDS[table])


def _ids(number: Ints, shape: tuple[str, int, int, int]) -> pa.Array:
    letter, digits, multiplier, offset = shape
    turned = (number * multiplier + offset) % 10**digits
    text = pc.utf8_lpad(pa.array(turned).cast(pa.string()), digits, "0")
    return pc.binary_join_element_wise(pa.scalar(letter), text, "")
