"""Media signals of the checks that are not rendered: whole rows of those that are, under the same conditions.

1. A check draws the row of a rendered one of its quarter, kind of attack and quality; faces of one quarter
   are in no other, so that a model never meets in testing whom it was trained on.
2. Fingerprints are not copied, or every row would be a near-duplicate. Each face, room and recording has bits
   of its own; each showing flips as many as the rendered showings of one recording differ by.
3. Where nothing fits, or its pictures were lost, a check has no media.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.home import Home
from data.world.columns import Flags, Ints, mixed
from data.world.history import part_rng
from data.world.showing import SHOWN
from data.world.writing import write_parquet

DRAWN = "check-media.parquet"
DRAWN_MAPPING = "check-media.toml"
_MAPPING = """# Made by `watchfloor demo`: everything in this file is made up.
synthetic = true
money_unit = "USDT"
time_zone = "UTC"

[[table]]
table = "check_media"
files = ["{file}"]
[table.columns]
{columns}
"""
PRINTS = {"face_print": "face", "background_print": "room", "video_print": "take"}
WORDS = 4  # of 64 bits in a fingerprint
# Share of the bits by which two showings of one recording differ where the rendered ones hold no such pair.
USUAL_FLIPS = 0.05
GOOD = 0.5  # quality from which an attack counts as well made
_OF_ITSELF = ("event_id", "source", "drawn_from", "ingest_seq", "file_id", *PRINTS)


def draw_media(home: Home, seed: int, measured: pa.Table) -> tuple[Path, Path]:
    """Write the file of drawn media signals; return it and its mapping.

    `measured` are the rows of `check_media` of the rendered checks, with their event_id.
    """
    shown = pq.read_table(home.truth / SHOWN)
    library = _joined(shown, measured)
    wants = shown.filter(pa.array(_flags(shown, "is_kept") & ~_flags(shown, "is_rendered")))
    rng = part_rng(seed, "drawn media")
    chosen = np.full(wants.num_rows, -1, dtype=np.int64)
    kinds, groups = _groups(wants), _groups(library)
    for kind in np.unique(kinds):
        rows, supply = np.flatnonzero(kinds == kind), np.flatnonzero(groups == kind)
        if len(supply):
            chosen[rows] = supply[rng.integers(0, len(supply), len(rows))]
    wants = wants.filter(pa.array(chosen >= 0))
    rows = library.take(pa.array(chosen[chosen >= 0]))
    copied = {name: rows.column(name) for name in measured.column_names if name not in _OF_ITSELF}
    flips = _flips_of(library)
    table = pa.table(
        {
            "event_id": wants.column("event_id"),
            "source": pa.repeat("drawn", wants.num_rows),
            "drawn_from": rows.column("event_id"),
            **{
                name: pa.array(_prints(seed, column, _ints(wants, column), flips, rng))
                for name, column in PRINTS.items()
            },
            **copied,
        }
    )
    path, mapping = home.events / DRAWN, home.events / DRAWN_MAPPING
    write_parquet(table, path)
    columns = "\n".join(f'{name} = "{name}"' for name in table.column_names)
    mapping.write_text(_MAPPING.format(file=DRAWN, columns=columns), encoding="utf-8")
    return path, mapping


def _joined(shown: pa.Table, measured: pa.Table) -> pa.Table:
    """Answer the measured rows with what they show, in the order of their ids."""
    both = measured.join(shown, "event_id", join_type="inner")
    return both.sort_by("event_id")


def _groups(table: pa.Table) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    """Answer a name for each row's quarter, species and, of attacks, how well it is made."""
    species = table.column("species").to_pylist()
    quality = table.column("quality").to_numpy()
    return np.array(
        [
            f"{quarter}/{kind or 'bona fide'}/{kind is not None and good >= GOOD}"
            for quarter, kind, good in zip(table.column("quarter").to_pylist(), species, quality, strict=True)
        ],
        dtype=object,
    )


def _flips_of(library: pa.Table) -> float:
    """Answer the mean share of differing bits of rendered showings of one recording."""
    prints = library.column("face_print").to_pylist()
    first: dict[int, str] = {}
    shares = []
    for take, text in zip(_ints(library, "take").tolist(), prints, strict=True):
        if text is None:
            continue
        if take in first:
            shares.append((int(text, 16) ^ int(first[take], 16)).bit_count() / 256)
        first.setdefault(take, text)
    return float(np.mean(shares)) if shares else USUAL_FLIPS


def _prints(seed: int, kind: str, number: Ints, flips: float, rng: np.random.Generator) -> list[str]:
    """Answer fingerprints in hexadecimal: the bits of each number, some of them flipped."""
    part = sum(kind.encode())
    bits = np.stack([mixed(seed, part, number, word) for word in range(WORDS)], axis=1)
    # Each showing is off the original by half of what two showings differ by.
    flipped = np.packbits(rng.random((len(number), WORDS * 64)) < flips / 2, axis=1).view(np.uint64)
    return [row.tobytes().hex() for row in bits ^ flipped]


def _flags(table: pa.Table, name: str) -> Flags:
    flags: Flags = table.column(name).to_numpy(zero_copy_only=False).astype(np.bool_)
    return flags


def _ints(table: pa.Table, name: str) -> Ints:
    numbers: Ints = table.column(name).to_numpy().astype(np.int64)
    return numbers
