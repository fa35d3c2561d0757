"""Bins: a feature's values in about ten parts of equal size in its reference, and how many fall in each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scoring.calibration import Bools, Floats
from scoring.monitoring.shifts import Counts

# Ten parts are what population stability is read in; more make its noise larger, not its sight sharper.
PARTS = 10
# A code for "not known", beside those of the parts.
MISSING = PARTS
CODES = PARTS + 1


@dataclass(frozen=True, slots=True)
class Edges:
    """The inner edges of each of f features, ascending, none twice; values equal to an edge lie below it."""

    names: tuple[str, ...]
    inner: tuple[Floats, ...]

    @property
    def used(self) -> Bools:
        """Which parts each feature has, (f, PARTS): one more than it has edges."""
        parts = np.array([len(edges) + 1 for edges in self.inner])
        return np.asarray(np.arange(PARTS)[None, :] < parts[:, None])

    def labels(self, position: int) -> list[str]:
        """Answer how each part of the feature at `position` is written: `<= 1`, `1 to 5`, `> 5`."""
        edges = [f"{edge:.4g}" for edge in self.inner[position]]
        if not edges:
            return ["all"]
        between = [f"{low} to {high}" for low, high in pairwise(edges)]
        return [f"up to {edges[0]}", *between, f"over {edges[-1]}"]


def edges_of(names: tuple[str, ...], matrix: Floats) -> Edges:
    """Answer the deciles of each column of a reference (n, f); a column of few values has fewer parts.

    NaN is no value. A column of one value has an edge there: what is larger is seen.
    """
    at = np.arange(1, PARTS) / PARTS
    found = []
    for column in matrix.T:
        known = column[~np.isnan(column)]
        # The nearest value that there was: a mean of two would cut where no value lies.
        cuts = np.quantile(known, at, method="inverted_cdf") if len(known) else np.empty(0)
        found.append(np.unique(cuts))
    return Edges(names, tuple(found))


def codes_of(edges: Edges, matrix: Floats) -> NDArray[np.uint8]:
    """Answer the part (n, f) in which each value of feature rows (n, f) lies; MISSING for NaN."""
    codes = np.empty(matrix.shape, dtype=np.uint8, order="F")
    for position, inner in enumerate(edges.inner):
        column = np.ascontiguousarray(matrix[:, position])
        part = np.searchsorted(inner, column, side="left")
        codes[:, position] = np.where(np.isnan(column), MISSING, part)
    return codes


def counted(codes: NDArray[np.uint8], cell: NDArray[np.int64], cells: int) -> Counts:
    """Answer how many rows of each cell have each code: (f, cells, CODES) of codes (n, f), cell (n,)."""
    first = cell * CODES
    found = [np.bincount(first + column, minlength=cells * CODES) for column in codes.T]
    return np.array(found, dtype=np.int64).reshape(codes.shape[1], cells, CODES)
