"""Tamperings: of a hundred random attacks on the file of the records, how many does verify find, and name?

A small store with people, approvals, freezes, a ledger, a log, signed heads and a copy of these outside; for
each attack a copy of it is handed to an attacker who owns the file (triggers and checks are gone), then
`watchfloor verify` looks. Named means that it says the very line, row or head.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from benchmarks.attacked_store import build, damaged
from benchmarks.results import Figure, Result
from benchmarks.store_attacks import ATTACKS

TAMPERINGS = int(os.environ.get("WATCHFLOOR_BENCH_TAMPERINGS", "280"))
SEED = 8


def main() -> None:
    """Attack, look, count, and write the result; raise where an attack was not found or not named."""
    rng = Random(SEED)
    unseen, unnamed, seconds = [], [], 0.0
    made: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        built = build(Path(scratch))
        for number in range(TAMPERINGS):
            name = list(ATTACKS)[number % len(ATTACKS)]
            began = time.perf_counter()
            proved, expected = damaged(built, Path(scratch) / "attacked", ATTACKS[name], rng)
            seconds += time.perf_counter() - began
            made[name] += 1
            if proved.is_whole:
                unseen.append(name)
            elif not any(words in proved.words for words in expected):
                unnamed.append(f"{name}: {proved.words} (expected {expected})")
    if unseen or unnamed:
        raise RuntimeError("\n".join(["not found:", *unseen, "not named:", *unnamed]))
    found = TAMPERINGS - len(unseen)
    Result(
        "money",
        "tamperings",
        f"Are {TAMPERINGS} random tamperings of store and chain all found and named?",
        (
            Figure("found", found, "attacks", baseline=TAMPERINGS, baseline_name="attacks made"),
            Figure(
                "named", found - len(unnamed), "attacks", baseline=TAMPERINGS, baseline_name="attacks made"
            ),
            Figure("one attack and one look", seconds / TAMPERINGS * 1000, "ms"),
        ),
        seed=SEED,
        notes=tuple(f"{count} times: {name}" for name, count in made.items()),
    ).write()
