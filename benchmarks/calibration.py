"""Calibration: do the measures find the public changes in the world, on the default seed and on others?

What a change of confirmed crime is measured from (labels, accounts, settled transactions) does not depend on
any model, so each seed's world is loaded and summed up without training; the measures are the product's own.
Levels that depend on models are measured by building the full demonstration: `watchfloor demo --full`, then
the table on its Quarterly review.

    nice python -m benchmarks.calibration 11 12       # these seeds; none: DEFAULT_SEED and ten others
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.results import Figure, Result
from dashboard import owner
from dashboard.facts import facts
from dashboard.questions.measures import WORLD, readings, readings_in
from dashboard.questions.period import shown_period
from dashboard.review.published import claims
from data.enrich import enrich
from data.home import Home
from data.load import load_files
from data.mapping import read_mapping
from data.progress import silent
from data.store import Store
from data.world import DEFAULT_SEED, FULL_EVENTS, build_world
from scoring.contract import SCORING_TABLES
from scoring.planning import watermark_of
from scoring.rollups import build_rollups
from scoring.spine import build_spine

OTHER_SEEDS = tuple(range(1, 11))
QUARTER = "2025Q3"
Change = tuple[float, float, float]


def main() -> None:
    """Measure the default seed and the others, print and write what was found."""
    found = {seed: told(seed) for seed in (DEFAULT_SEED, *OTHER_SEEDS)}
    wanted = {claim.figure: claim.value for claim in claims()}
    figures = []
    for name in found[DEFAULT_SEED]:
        percent, low, high = found[DEFAULT_SEED][name]
        held = sum(_holds(found[seed][name], wanted[name]) for seed in OTHER_SEEDS)
        figures += [
            Figure(f"{name}, default seed", percent, "%", low, high, wanted[name], "published"),
            Figure(f"{name}, other seeds whose interval holds it", held, f"of {len(OTHER_SEEDS)}"),
        ]
    question = "Do the measures find the public changes in the world?"
    Result("quarter", "calibration", question, tuple(figures), DEFAULT_SEED).write()


def told(seed: int) -> dict[str, Change]:
    """Measure one seed and print it as a line of JSON."""
    changes = measured(seed)
    print(
        json.dumps({"seed": seed} | {name: [round(x, 1) for x in c] for name, c in changes.items()}),
        flush=True,
    )
    return changes


def measured(seed: int, events: int = FULL_EVENTS) -> dict[str, Change]:
    """Return the change of every claim on confirmed crime, in percent with its interval, for one seed."""
    with _summed_up(seed, events):
        period = shown_period(QUARTER, facts())
        changes = {}
        for claim in claims():
            if claim.kind != "change":
                continue
            if claim.country:
                reading = readings_in(period, claim.measure.name, WORLD)[claim.country]
            else:
                reading = readings(period)[claim.measure.name][claim.region]
            if reading.change is None:
                raise ValueError(f"seed {seed}: {claim.figure} has no change: {reading.refusal}")
            change = reading.change
            changes[claim.figure] = (change.percent, 100 * (change.low - 1), 100 * (change.high - 1))
    return changes


@contextmanager
def _summed_up(seed: int, events: int) -> Iterator[Store]:
    """Yield the store of a seed's world with its rollups, every event allowed."""
    home = Home(Path(tempfile.mkdtemp(prefix="calibration-")))
    try:
        build_world(home, seed=seed, events=events, progress=silent)
        store = owner.become(home).store
        for result in load_files(store, [home.events], read_mapping(home.events / "mapping.toml"), silent):
            if result.error is not None:
                raise result.error
        enrich(store, silent, None)
        build_spine(store, silent)
        store.create(SCORING_TABLES)
        with store.writing() as cursor:
            cursor.execute(
                "INSERT INTO scored BY NAME SELECT *, 'fraud' AS model, 'allow' AS decision FROM spine"
            )
            build_rollups(cursor, watermark_of(cursor), silent)
        owner.bump()
        yield store
    finally:
        owner.resign()
        shutil.rmtree(home.path, ignore_errors=True)


def _holds(change: Change, value: float) -> bool:
    return change[1] <= value <= change[2]


if __name__ == "__main__":
    for chosen in sys.argv[1:]:
        told(int(chosen))
    if not sys.argv[1:]:
        main()
