"""The library of rendered and measured identity checks from which the demonstration draws media signals.

    python -m benchmarks.media_library        # writes data/world/media_library.parquet, some ten minutes

To be made anew whenever the renderer, the attacks or the signals change; a test measures some of it again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.world.drawing import GOOD, LIBRARY
from data.world.media.files import write_clip
from data.world.rendering import Wanted, rendered
from data.world.typologies.synthetic_identity import SPECIES
from scoring.media.measuring import ROWS, Pictures, measured

SEED = 20_250_101
QUARTERS = 4
BONA_FIDE = 200  # of each quarter
ATTACKS = 25  # of each quarter, species and quality
SHOWN_AGAIN = 6  # one in so many recordings is measured twice, for how far its print moves
# Faces, rooms and recordings of the library have numbers above all others.
FIRST = 4_000_000_000

SCHEMA = pa.schema(
    [
        ("quarter", pa.int8()),
        ("species", pa.string()),
        ("is_good", pa.bool_()),
        ("again_bits", pa.float32()),
        *((field.name, pa.float32() if field.type == pa.float64() else field.type) for field in ROWS),
    ]
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One check of the library: what is rendered, for which quarter."""

    quarter: int
    wanted: Wanted


def entries() -> Iterator[Entry]:
    """Yield every check of the library; no face is in two quarters."""
    rng = np.random.default_rng(SEED)
    number = FIRST
    for quarter in range(QUARTERS):
        kinds: list[tuple[str | None, bool]] = [(None, False)] * BONA_FIDE
        kinds += [(name, good) for name in SPECIES for good in (False, True) for _ in range(ATTACKS)]
        for species, good in kinds:
            number += 1
            low = GOOD if good else GOOD - 0.4
            yield Entry(
                quarter,
                Wanted(
                    event_id=f"L{number}",
                    species=species,
                    face=number,
                    room=number,
                    take=number,
                    host=number + 2 * FIRST,
                    quality=float(low + 0.4 * rng.random()),
                ),
            )


def row_of(entry: Entry, folder: Path) -> dict[str, Any]:
    """Render one check and measure it the way any check is; how far its print moves when shown again."""
    one = entry.wanted
    cv2.setNumThreads(1)
    path = folder / f"{one.event_id}.avi"
    write_clip(rendered(one, SEED), path)
    row = measured(Pictures(one.event_id, path, None))
    again = None
    if one.species and one.species.startswith("injection") and one.face % SHOWN_AGAIN == 0:
        # The same recording under another account.
        write_clip(rendered(Wanted(**{**_fields(one), "event_id": one.event_id + "again"}), SEED), path)
        other = measured(Pictures(one.event_id, path, None))
        if row["face_print"] and other["face_print"]:
            again = float((int(row["face_print"], 16) ^ int(other["face_print"], 16)).bit_count())
    path.unlink()
    facts = {"quarter": entry.quarter, "species": one.species, "is_good": one.quality >= GOOD}
    return row | facts | {"again_bits": again}


def _fields(one: Wanted) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Wanted.__dataclass_fields__}


def main() -> None:
    """Render and measure the whole library and write it."""
    wanted, began = list(entries()), time.monotonic()
    rows = []
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        # Processes: what is painted by many small steps holds the interpreter.
        pool = stack.enter_context(ProcessPoolExecutor(os.cpu_count()))
        for row in pool.map(partial(row_of, folder=Path(folder)), wanted, chunksize=8):
            rows.append(row)
            if len(rows) % 100 == 0:
                print(
                    f"{len(rows):,} of {len(wanted):,} checks, {time.monotonic() - began:.0f} s", flush=True
                )
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(table, LIBRARY, compression="zstd", use_dictionary=["species", "source", "problem"])
    print(f"{LIBRARY}: {table.num_rows:,} checks, {LIBRARY.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
