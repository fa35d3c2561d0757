"""Media signals of the checks that are not rendered: whole rows of a library of rendered and measured ones.

1. `media_library.parquet` holds about 2,000 checks that were rendered and measured once, pixel by pixel
   (`python -m benchmarks.media_library`); every quarter has faces of its own, so that a model never meets in
   testing whom it was trained on.
2. A check draws the row of one of its quarter, kind of attack and quality.
3. Fingerprints are not copied, or every row would be a near-duplicate. Each face and recording has bits of
   its own; each showing flips as many as showings of one recording differ by in the library.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from data.check_media import CHECK_MEDIA
from data.world.columns import NONE, Checks, Flags, Ints, Rng, mixed
from data.world.names import event_ids
from data.world.showing import Shown
from data.world.typologies.synthetic_identity import SPECIES, is_injection

LIBRARY = Path(__file__).with_name("media_library.parquet")
PRINTS = ("face_print", "background_print", "video_print")
EACH_ITS_OWN = 8_000_000_000  # numbers above all faces
WORDS = 4  # of 64 bits in a fingerprint
GOOD = 0.5  # quality from which an attack counts as well made
# Columns of the library that are the check's own and not its pictures'.
OF_ITSELF = ("quarter", "species", "is_good", "again_bits", "event_id", "source", "drawn_from", *PRINTS)
# What was not measured here took no time here.
NOT_MEASURED = ("fingerprint_ms", "media_ms")


def drawn_table(checks: Checks, shown: Shown, seed: int, rng: Rng) -> pa.Table:
    """Return the rows of `check_media` of all checks that kept pictures and are not rendered."""
    library = pq.read_table(LIBRARY)
    number = np.flatnonzero(shown.is_kept & ~shown.is_rendered)
    wanted = _group(shown.quarter[number], checks.species[number], shown.quality[number] >= GOOD)
    supply = _group(
        _ints(library, "quarter"),
        np.array([NONE if name is None else SPECIES.index(name) for name in _column(library, "species")]),
        np.array(_column(library, "is_good"), dtype=np.bool_),
    )
    chosen = np.empty(len(number), dtype=np.int64)
    for group in np.unique(wanted):
        rows, kin = np.flatnonzero(wanted == group), np.flatnonzero(supply == group)
        chosen[rows] = kin[rng.integers(0, len(kin), len(rows))]
    rows = library.take(pa.array(chosen))
    # The same picture around the head, and the same clip, come back only where a stream is played.
    played = np.where(is_injection(checks.species), shown.take, EACH_ITS_OWN + np.arange(len(checks.at)))
    prints = {"face_print": shown.face, "background_print": played, "video_print": played}
    flips = float(np.nanmedian(library.column("again_bits").to_numpy())) / 256
    return pa.table(
        {
            "event_id": event_ids(2, number),
            "source": pa.repeat("drawn", len(number)),
            "drawn_from": rows.column("event_id"),
            **{
                name: pa.array(_prints(seed, name, of_what[number], flips, rng))
                for name, of_what in prints.items()
            },
            **{name: rows.column(name) for name in library.column_names if name not in OF_ITSELF},
            **{name: pa.nulls(len(number), pa.float64()) for name in NOT_MEASURED},
        }
    ).select([column.name for column in CHECK_MEDIA.mapped])


def _group(quarter: Ints, species: Ints, is_good: Flags) -> Ints:
    """Answer a number for each quarter, species and, of attacks, how well it is made."""
    kind = quarter * (len(SPECIES) + 1) + species + 1
    return kind * 2 + np.where(is_good & (species != NONE), 1, 0)


def _prints(seed: int, kind: str, number: Ints, flips: float, rng: Rng) -> list[str]:
    """Answer fingerprints in hexadecimal: the bits of each number, some of them flipped."""
    part = sum(kind.encode())
    bits = np.stack([mixed(seed, part, number, word) for word in range(WORDS)], axis=1)
    # Each showing is off the original by half of what two showings differ by.
    flipped = np.packbits(rng.random((len(number), WORDS * 64)) < flips / 2, axis=1).view(np.uint64)
    return [row.tobytes().hex() for row in bits ^ flipped]


def _column(table: pa.Table, name: str) -> list[str | bool | None]:
    values: list[str | bool | None] = table.column(name).to_pylist()
    return values


def _ints(table: pa.Table, name: str) -> Ints:
    numbers: npt.NDArray[np.int64] = table.column(name).to_numpy().astype(np.int64)
    return numbers
