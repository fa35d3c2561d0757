"""Near-duplicate search over fingerprints: exact Hamming distances to every print that was ever added.

faiss' flat binary index compares one print with a million others in 1.5 ms (`benchmarks/reuse.py`), so that
no approximate index is needed: none of them finds what the flat one misses.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition

import faiss
import numpy as np
from numpy.typing import NDArray

from data.errors import ModelError

Prints = NDArray[np.uint8]
Ints = NDArray[np.int64]

BITS = 256
BYTES = BITS // 8

# Up to so many different bits two prints show the same picture: about where, among 5,400 rendered checks, the
# first look-alikes of other persons begin. `benchmarks/reuse.py` measures what is found and what is mistaken.
FACE_RADIUS = 41
BACKGROUND_RADIUS = 36
VIDEO_RADIUS = 38
DOCUMENT_RADIUS = 40


@dataclass(frozen=True, slots=True)
class Near:
    """Pairs within a radius, sorted by query: rows of the queries, rows of the index, bits that differ."""

    query: Ints
    row: Ints
    distance: Ints

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.query)


class PrintIndex:
    """All prints of one kind, in the order in which they were added; many may read while nobody adds."""

    def __init__(self) -> None:
        """Start empty."""
        self._index = faiss.IndexBinaryFlat(BITS)
        self._changed = Condition()
        self._readers = 0

    def __len__(self) -> int:
        """How many prints it holds."""
        return int(self._index.ntotal)

    def add(self, prints: Prints) -> None:
        """Append prints (n, 32); they become rows `len(self)` and on. Waits for readers to end."""
        checked = _checked(prints)
        with self._changed:
            while self._readers:
                self._changed.wait()
            self._index.add(checked)

    def near(self, prints: Prints, radius: int) -> Near:
        """Return every row of the index within `radius` bits, inclusive, of each of `prints` (n, 32)."""
        checked = _checked(prints)
        with self._reading():
            # faiss answers what is nearer than its radius; ours is the last that still counts.
            ends, distance, row = self._index.range_search(checked, radius + 1)
        query = np.repeat(np.arange(len(checked)), np.diff(ends.astype(np.int64)))
        return Near(query, row.astype(np.int64), distance.astype(np.int64))

    def save(self, path: Path) -> None:
        """Write all prints to `path`."""
        with self._reading():
            faiss.write_index_binary(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> PrintIndex:
        """Read what `save` wrote. Raises ModelError when the file is no such index."""
        made = cls()
        try:
            found = faiss.read_index_binary(str(path))
        except RuntimeError:
            found = None
        if not isinstance(found, faiss.IndexBinaryFlat) or found.d != BITS:
            raise ModelError(
                "The file is no index of fingerprints.",
                where=str(path),
                possible=f"what PrintIndex.save wrote, {BITS} bits a print",
                to_do="Delete it; it is made anew from the fingerprints in the store.",
            )
        made._index = found
        return made

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._changed:
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()


def from_hex(texts: list[str]) -> Prints:
    """Return prints (n, 32) of texts of 64 hexadecimal digits each. Raises ValueError on anything else."""
    return np.frombuffer(bytes.fromhex("".join(texts)), dtype=np.uint8).reshape(len(texts), BYTES)


def _checked(prints: Prints) -> Prints:
    if prints.ndim != 2 or prints.shape[1] != BYTES or prints.dtype != np.uint8:
        raise ModelError(
            f"Prints have the shape {prints.shape} and the type {prints.dtype}.",
            where="the search of fingerprints",
            possible=f"(n, {BYTES}) of uint8",
            to_do="Pass prints as the functions in scoring/media/fingerprints.py make them.",
        )
    return np.ascontiguousarray(prints)
