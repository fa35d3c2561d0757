"""Which country and operator announce an address on the network, and which addresses a country has.

The ranges are a committed snapshot (`docs/reference-data.md`): beginnings of disjoint ranges, so that a
lookup is one ASOF join. What kind of network an operator runs is a heuristic on its name, its words being
data in `reference/operator_words.csv`; the first kind in that file that matches holds.
"""

from __future__ import annotations

import csv
import re
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.geography import REFERENCE

RANGES_V4 = REFERENCE / "ranges_v4.parquet"
RANGES_V6 = REFERENCE / "ranges_v6.parquet"
# The date of the packages that the ranges were made from; shown on the data page.
RANGES_DATE = "2026-06-17"
# Lowest number of an IPv4 address among all addresses: ::ffff:0:0.
V4_OFFSET = 0xFFFF << 32
# First and last addresses of a range are often gateways; a range shorter than a /24 has few customers.
SMALLEST_RANGE = 256

Addresses = npt.NDArray[np.str_]


@cache
def operators() -> pa.Table:
    """Answer every operator: asn (uint32), operator (its name), kind (of its network; null: no word fits)."""
    table = pq.read_table(REFERENCE / "operators.parquet")
    kind = pa.nulls(table.num_rows, pa.string())
    for name, pattern in reversed(_patterns().items()):
        fits = pc.match_substring_regex(table["operator"], pattern, ignore_case=True)
        kind = pc.if_else(fits, pa.scalar(name), kind)
    return table.append_column("kind", kind)


@cache
def _patterns() -> dict[str, str]:
    """Answer one regular expression a kind, in the file's order; a `word` stands alone, a `part` anywhere."""
    texts: dict[str, list[str]] = {}
    with (REFERENCE / "operator_words.csv").open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            edge = r"\b" if row["match"] == "word" else ""
            texts.setdefault(row["kind"], []).append(f"{edge}{re.escape(row['text'])}{edge}")
    return {kind: "|".join(found) for kind, found in texts.items()}


def sample_addresses(
    country: str, count: int, rng: np.random.Generator, *, kind: str | None = None, operators: int = 5
) -> Addresses:
    """Draw `count` IPv4 addresses, as text, that enrichment finds in `country` (ISO alpha-2).

    They come from the `operators` largest operators of that country, in proportion to their addresses; the
    same arguments mean the same operators, and operators=1 a single one. `kind` (residential, mobile,
    education, datacentre) keeps operators of that kind. Addresses may repeat, as customers behind one
    gateway do. Raises ValueError when the country announces no such range.
    """
    starts, sizes = _largest(country, kind, operators)
    chosen = rng.choice(len(starts), size=count, p=sizes / sizes.sum())
    # The first and the last address of a range belong to no host.
    offsets = 1 + np.floor(rng.random(count) * (sizes[chosen] - 2)).astype(np.int64)
    return as_text(starts[chosen] + offsets)


def as_text(numbers: npt.NDArray[np.int64]) -> Addresses:
    """Write IPv4 numbers as dotted text, in columns."""
    parts = [(numbers >> shift & 255).astype(np.str_) for shift in (24, 16, 8, 0)]
    text = parts[0]
    for part in parts[1:]:
        text = np.char.add(np.char.add(text, "."), part)
    return text


@cache
def _largest(
    country: str, kind: str | None, count: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Answer starts and sizes of the ranges of the `count` largest operators of that kind in a country."""
    table = _v4_ranges()
    fits = pc.and_(pc.equal(table["country"], country), pc.greater_equal(table["size"], SMALLEST_RANGE))
    rows = table.filter(fits).join(operators(), "asn", join_type="inner")
    if kind is not None:
        rows = rows.filter(pc.equal(rows["kind"], kind))
    totals = rows.group_by("asn").aggregate([("size", "sum")])
    first = totals.sort_by([("size_sum", "descending"), ("asn", "ascending")]).slice(0, count)
    kept = rows.filter(pc.is_in(rows["asn"], value_set=first["asn"].combine_chunks())).sort_by("start")
    if kept.num_rows == 0:
        raise ValueError(
            f"no range of kind {kind} is announced in {country!r}; kinds: {', '.join(_patterns())}"
        )
    return kept["start"].to_numpy().astype(np.int64), kept["size"].to_numpy().astype(np.int64)


@cache
def _v4_ranges() -> pa.Table:
    """Answer the announced IPv4 ranges: start, country, asn and size in addresses."""
    table = pq.read_table(RANGES_V4)
    starts = table["start"].to_numpy().astype(np.int64)
    sizes = np.diff(starts, append=1 << 32)
    return table.append_column("size", pa.array(sizes)).filter(pc.is_valid(table["asn"]))
