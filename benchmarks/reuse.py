"""Re-use of media: are altered copies found among a million checks, nothing else, and how fast?

The index of each kind holds the rendered checks, TAKES of each person, and is filled to a million with
prints drawn with the rendered ones' statistics: the mean of every bit and the correlation of every two, as
signs of correlated normal numbers. Queries of false matches are rendered checks of persons nobody learned
from, against everybody else, and as many drawn ones as an upper limit needs.

    nice -n 10 python -m benchmarks reuse           # PERSONS persons, rendered where they are not kept
    nice -n 10 python -m benchmarks.reuse kept      # only those that were rendered before

Rendered checks are kept in WATCHFLOOR_RENDERED, by default `reuse_frames` in the folder for temporary files.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from benchmarks.alterations import ALTERATIONS
from benchmarks.learn_prints import LEARN_FROM
from benchmarks.rendered_checks import TAKES, kept, rendered
from benchmarks.results import Figure, Result
from data.clip import Clip, Frame
from scoring.media.finding import find_faces
from scoring.media.fingerprints import prints_of, whole_print
from scoring.media.reuse import RADII, Checks
from scoring.media.reuse_now import ReuseNow
from scoring.media.search import BITS, BYTES, PrintIndex, Prints

MILLION = 1_000_000
PERSONS = 5_000
FOLDER = Path(os.environ.get("WATCHFLOOR_RENDERED", Path(tempfile.gettempdir()) / "reuse_frames"))
SEED = 11
LATER = datetime(2026, 1, 1)
# Enough that none found puts the upper limit of 95 % under 1 in 10,000.
DRAWN_QUERIES = 40_000
ALTERED = 1_500
TIMED = 400
KINDS = tuple(RADII)
# What imagehash's users take for the same picture: 10 of 64 bits.
PHASH_RADIUS = 10
Row = dict[str, bytes | None]
Bits = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Printed:
    """All rendered checks: whose they are, and their prints by kind, None where there is none."""

    person: NDArray[np.int64]
    rows: list[Row]

    def of(self, kind: str) -> tuple[NDArray[np.int64], Prints]:
        """Return which checks have a print of this kind, and the prints."""
        has = np.array([n for n, row in enumerate(self.rows) if row[kind] is not None])
        joined = b"".join(row[kind] or b"" for row in self.rows)
        return has, np.frombuffer(joined, np.uint8).reshape(len(has), -1)


def main(persons: list[range] | None = None) -> None:
    """Measure recall, false matches, time and memory of these persons' checks, print and write it."""
    rng = np.random.default_rng(SEED)
    printed, altered = prints_of_all(persons or [range(PERSONS)], rng)
    figures: list[Figure] = []
    indexes: dict[str, Prints] = {}
    for kind in KINDS:
        _, prints = printed.of(kind)
        drawn = Drawn(prints)
        indexes[kind] = np.concatenate([prints, drawn.some(MILLION - len(prints), rng)])
        figures += recall(kind, printed, altered)
        figures += false_matches(kind, printed, indexes[kind], drawn, rng)
        figures += spreads(kind, printed, drawn, rng)
    figures += speed(indexes)
    notes = (
        f"{len(printed.rows)} rendered checks of {len(set(printed.person))} persons; the rest is drawn.",
        f"Learned from persons {LEARN_FROM.start} to {LEARN_FROM.stop - 1}; queries are of all others.",
        "An altered copy that has no print any more, or no face, counts as not found.",
        f"Radii in bits of {BITS}: {RADII}.",
        "The radii were chosen on these queries, where they match next to nothing: not an unseen test.",
        "Drawn prints have the mean and spread of rendered ones, not their look-alikes: see the least bits.",
        "The document's print is measured on whole frames of checks: no documents are rendered.",
    )
    question = "Are altered copies of media found among a million checks, and nothing else?"
    Result("liveness", "reuse", question, tuple(figures), SEED, notes).write()


def prints_of_all(
    persons: list[range], rng: np.random.Generator
) -> tuple[Printed, list[tuple[int, str, Row]]]:
    """Return the prints of all rendered checks, and of altered copies: place of the original, how, prints."""
    whose, rows = [], []
    altered: list[tuple[int, str, Row]] = []
    every = max(1, sum(TAKES * len(some) for some in persons) // ALTERED)
    checks = (check for some in persons for check in rendered(FOLDER, some))
    for number, check in enumerate(checks):
        whose.append(check.person)
        rows.append(row_of(check.clip))
        # An odd step, so that all takes come in turn.
        if check.person not in LEARN_FROM and number % (every | 1) == 0:
            for name, alter in ALTERATIONS.items():
                altered.append((number, name, row_of(alter(check.clip, rng))))
    return Printed(np.array(whose), rows), altered


def row_of(clip: Clip) -> Row:
    """Return the prints of a clip by kind, and the baseline's."""
    middle = clip.frames[len(clip) // 2]
    row: Row = {"document": whole_print(middle), "phash": phash(middle)}
    faces = find_faces(middle)
    if not len(faces):
        return row | {"face": None, "background": None, "video": None}
    found = prints_of(clip, faces.landmarks[0])
    return row | {"face": found.face, "background": found.background, "video": found.video}


def phash(frame: Frame) -> bytes:
    """Return the hash of imagehash: the 8 x 8 lowest frequencies of 32 x 32 greys, over their median."""
    grey = cv2.resize(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), (32, 32), interpolation=cv2.INTER_AREA)
    low = cv2.dct(grey.astype(np.float64))[:8, :8]
    return np.packbits(low > np.median(low)).tobytes()


def distance(one: bytes, other: bytes) -> int:
    """Return how many bits differ."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def recall(kind: str, printed: Printed, altered: list[tuple[int, str, Row]]) -> list[Figure]:
    """Return the share of altered copies found, beside the baseline's on the same pictures."""
    figures = []
    for name in ALTERATIONS:
        ours, theirs, far = [], [], []
        for number, how, row in altered:
            before, after = printed.rows[number][kind], row[kind]
            if how != name or before is None:
                continue
            bits = BITS if after is None else distance(before, after)
            far.append(bits)
            ours.append(bits <= RADII[kind])
            theirs.append(distance(printed.rows[number]["phash"] or b"", row["phash"] or b"") <= PHASH_RADIUS)
        low, high = proportion_confint(sum(ours), len(ours), method="wilson")
        baseline = 100 * float(np.mean(theirs))
        figures.append(
            Figure(
                f"{kind}: found after {name}", 100 * float(np.mean(ours)), "%", 100 * low, 100 * high,
                baseline, "pHash of the whole frame, at most 10 of 64 bits",
            )
        )  # fmt: skip
        figures.append(
            Figure(f"{kind}: bits changed by {name}, 99th percentile", float(np.quantile(far, 0.99)), "bits")
        )
    return figures


def false_matches(
    kind: str, printed: Printed, index: Prints, drawn: Drawn, rng: np.random.Generator
) -> list[Figure]:
    """Return the share of queries without a duplicate that match anything of another person."""
    has, prints = printed.of(kind)
    held = _index_of(index)
    is_query = ~np.isin(printed.person[has], LEARN_FROM)
    person = np.concatenate([printed.person[has], np.full(len(index) - len(has), -1)])
    wrong, asked = 0, np.flatnonzero(is_query)
    for start in range(0, len(asked), 500):
        rows = asked[start : start + 500]
        near = held.near(prints[rows], RADII[kind])
        is_other = person[near.row] != person[rows][near.query]
        wrong += len(np.unique(near.query[is_other]))
    figures = [_share(f"{kind}: rendered queries that match another person", wrong, len(asked))]
    strangers, wrong = drawn.some(DRAWN_QUERIES, rng), 0
    for start in range(0, len(strangers), 500):
        wrong += len(np.unique(held.near(strangers[start : start + 500], RADII[kind]).query))
    return [*figures, _share(f"{kind}: drawn queries that match anything", wrong, len(strangers))]


def _share(name: str, wrong: int, asked: int) -> Figure:
    low, high = proportion_confint(wrong, asked, method="beta")
    return Figure(name, 1e4 * wrong / asked, "in 10,000", 1e4 * low, 1e4 * high)


def spreads(kind: str, printed: Printed, drawn: Drawn, rng: np.random.Generator) -> list[Figure]:
    """Return how far two different checks are apart, rendered and drawn: whether the drawn ones are alike."""
    has, prints = printed.of(kind)
    first = np.unique(printed.person[has], return_index=True)[1]
    figures = [Figure(f"{kind}: checks with a print", 100 * len(has) / len(printed.rows), "%")]
    for name, some in (("rendered", prints[first]), ("drawn", drawn.some(len(first), rng))):
        apart = _apart(some)
        figures.append(Figure(f"{kind}: bits between two {name}, mean", float(apart.mean()), "bits"))
        figures.append(Figure(f"{kind}: bits between two {name}, spread", float(apart.std()), "bits"))
        figures.append(Figure(f"{kind}: bits between two {name}, least", float(apart.min()), "bits"))
    return figures


def _apart(prints: Prints) -> NDArray[np.float64]:
    signs = 1 - 2 * np.unpackbits(prints, axis=1).astype(np.float32)
    return ((BITS - (signs @ signs.T).astype(np.float64)) / 2)[np.triu_indices(len(signs), 1)]


class Drawn:
    """Prints with the statistics of others: the mean of every bit, the correlation of every two."""

    def __init__(self, prints: Prints) -> None:
        """Measure `prints` (n, 32)."""
        bits = np.unpackbits(prints, axis=1).astype(np.float64)
        share = np.clip(bits.mean(axis=0), 1e-3, 1 - 1e-3)
        # Signs of normal numbers that correlate by r agree as arcsin(r) (Sheppard, 1899).
        linked = np.sin(np.pi / 2 * np.corrcoef(bits.T))
        values, vectors = np.linalg.eigh(linked)
        self._mix = (vectors * np.sqrt(np.maximum(values, 0))).T
        self._mix /= np.linalg.norm(self._mix, axis=0)
        self._level = norm.ppf(1 - share)

    def some(self, size: int, rng: np.random.Generator) -> Prints:
        """Return `size` prints (size, 32)."""
        made = np.empty((size, BYTES), np.uint8)
        for start in range(0, size, 20_000):
            part = made[start : start + 20_000]
            part[:] = np.packbits(rng.normal(size=(len(part), BITS)) @ self._mix > self._level, axis=1)
        return made


def _index_of(prints: Prints) -> PrintIndex:
    index = PrintIndex()
    index.add(prints)
    return index


def speed(indexes: dict[str, Prints]) -> list[Figure]:
    """Return the time of one query of one kind, and of one question about a whole check, over a million."""
    index = _index_of(indexes["face"])
    single = _times(lambda n: index.near(indexes["face"][n : n + 1], RADII["face"]))
    size = min(len(prints) for prints in indexes.values())
    rows = np.arange(size)
    prints = {kind: (rows, found[:size]) for kind, found in indexes.items()}
    ids = np.empty(0, dtype=np.object_)
    now = ReuseNow(Checks(rows, ids, rows, [str(n) for n in range(size)], rows, prints))
    asked = _times(lambda n: now.ask("new", {kind: indexes[kind][n].tobytes() for kind in KINDS}, LATER))
    return [
        Figure("one query, median", float(np.median(single)), "ms"),
        Figure("one query, 95th percentile", float(np.quantile(single, 0.95)), "ms"),
        Figure("one check of all four kinds, median", float(np.median(asked)), "ms"),
        Figure("one check of all four kinds, 95th percentile", float(np.quantile(asked, 0.95)), "ms"),
        Figure("memory of one index", MILLION * BYTES / 2**20, "MiB"),
    ]


def _times(ask: Callable[[int], object]) -> list[float]:
    taken = []
    for number in range(TIMED):
        start = time.perf_counter()
        ask(number)
        taken.append(1000 * (time.perf_counter() - start))
    return taken


if __name__ == "__main__":
    main(kept(FOLDER) if sys.argv[1:] == ["kept"] else None)
