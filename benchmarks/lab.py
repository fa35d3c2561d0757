"""Does the policy lab foretell what a roll-out does: alerts, loss caught, wrongful holds by week?

In each seed's world the ten areas with most events get a roll-out on one day of the third quarter; four weeks
after it are foretold from what was known that day, and the same draft then decides the events that came. Two
roll-outs are tried, each in every area: stricter verification of withdrawals, like Indonesia's, and twice the
alert budget. What became of the loss is read as known 30 days after each week's end, on both sides.

    WATCHFLOOR_LAB_WORLDS=4597=/tmp/a,11=/tmp/b python -m benchmarks lab     # stores that are there already
    WATCHFLOOR_LAB_KEPT=/tmp/kept python -m benchmarks lab                   # each seed is measured once
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import duckdb
import numpy as np

from benchmarks.results import Figure, Result
from data.enrich import enrich
from data.home import Home
from data.load import load_files
from data.mapping import read_mapping
from data.progress import silent
from data.statement import read_statement
from data.store import Store, open_store
from data.world import DEFAULT_SEED, build_world
from scoring.areas import write_areas
from scoring.contract import SCORING_TABLES
from scoring.fraud import FRAUD
from scoring.lab.backtest import backtest
from scoring.lab.draft import Draft
from scoring.lab.evidence import Evidence, Span, read_evidence
from scoring.lab.forecast import FORETOLD, MOST_WEEKS, Foretold, forecast, happened
from scoring.lab.frontier import front
from scoring.lab.outcomes import WEEK
from scoring.planning import watermark_of
from scoring.quality import proportion
from scoring.run import score
from scoring.training import train

SEEDS = (DEFAULT_SEED, 11, 12, 13)
EVENTS = 800_000
AREAS_TRIED = 10
STARTS_AT = datetime(2025, 8, 11)
AHEAD = 4
QUARTER = Span(datetime(2025, 7, 1), datetime(2025, 10, 1))
BIGGEST = Path(__file__).with_name("lab_areas.sql")
Answer = TypeVar("Answer")
VERIFICATION, BUDGET = "stricter verification", "twice the alert budget"


@dataclass(frozen=True, slots=True)
class Week:
    """One outcome of one area in one week after a roll-out: foretold, and what happened."""

    seed: int
    rollout: str
    area: str
    outcome: str
    foretold: Foretold
    happened: float

    @property
    def is_held(self) -> bool:
        """Whether the interval holds what happened."""
        return self.foretold.holds(self.happened)


def main() -> None:
    """Measure every seed's world and write what was found."""
    weeks: list[Week] = []
    figures: list[Figure] = []
    for seed in _seeds():
        found, speed = _measured(seed)
        weeks += found
        held = sum(week.is_held for week in found)
        figures += [_share(f"held by the 90 % interval, seed {seed}", held, len(found)), *speed]
    figures += _figures(weeks)
    notes = (
        f"{len(weeks)} forecasts: {len(_seeds())} seeds, {AREAS_TRIED} areas, {AHEAD} weeks from "
        f"{STARTS_AT:%Y-%m-%d}, two roll-outs, three outcomes",
        "Two numbers of the forecast (phi before anything is seen, how far days of a month go to the mean) "
        "were chosen on 2025-07-21 in seeds 11 and 12, not on the day measured here",
        "Loss is made of few large crimes: at this scale its intervals are wide whatever the draft",
        "The world's criminals do not know of the roll-out: nobody evades it.",
        "The third quarter's crime moves between regions in every seed, as in the public figures.",
    )
    question = "Does the policy lab foretell what a roll-out does?"
    Result("policy", "lab", question, tuple(figures), DEFAULT_SEED, notes).write()


def _measured(seed: int) -> tuple[list[Week], list[Figure]]:
    """Measure one seed, or read back what was measured of it where WATCHFLOOR_LAB_KEPT names a folder."""
    folder = os.environ.get("WATCHFLOOR_LAB_KEPT")
    kept = Path(folder) / f"{seed}.json" if folder else None
    if kept is not None and kept.exists():
        told = json.loads(kept.read_text(encoding="utf-8"))
        weeks = [Week(**week | {"foretold": Foretold(**week["foretold"])}) for week in told["weeks"]]
        return weeks, [Figure(**figure) for figure in told["speed"]]
    with _world(seed) as store:
        weeks = list(_weeks(store, seed))
        speed = list(_speed(store)) if seed == DEFAULT_SEED else []
    if kept is not None:
        told = {"weeks": [asdict(week) for week in weeks], "speed": [asdict(figure) for figure in speed]}
        kept.write_text(json.dumps(told), encoding="utf-8")
    return weeks, speed


def _weeks(store: Store, seed: int) -> Iterator[Week]:
    with store.cursor() as cursor:
        now = watermark_of(cursor)
        span = Span(STARTS_AT - MOST_WEEKS * WEEK, STARTS_AT + AHEAD * WEEK)
        for area in _areas(cursor):
            evidence = read_evidence(cursor, area, span, now)
            before = evidence.within(Span(span.since, STARTS_AT)).known_by(STARTS_AT)
            after = evidence.within(Span(STARTS_AT, span.until))
            for rollout, draft in _drafts(before, area).items():
                told = forecast(before, draft, AHEAD, seed)
                if told is None:
                    raise ValueError(f"{area} has too short a past in seed {seed}")
                came = happened(after, draft, STARTS_AT, AHEAD)
                for name in FORETOLD:
                    for one, actual in zip(told.by_name[name], came[name], strict=True):
                        yield Week(seed, rollout, area, name, one, actual)


def _areas(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    given = {"until": STARTS_AT, "most": AREAS_TRIED}
    return [row[0] for row in cursor.execute(read_statement(BIGGEST).sql, given).fetchall()]


def _drafts(before: Evidence, area: str) -> Mapping[str, Draft]:
    """Answer the two roll-outs of an area, made from what was before."""
    newest = max(before.policies, key=lambda policy: policy.created_as_of)
    now = Draft.of(newest, area)
    own = before.policy == before.policies.index(newest)
    taken = before.occasion.amount[before.occasion.kind == "withdrawal"]
    verified = replace(
        now,
        new_address_hours=24.0,
        new_device_hours=72.0,
        step_up_from=round(float(np.nanquantile(taken, 0.9)), 2),
    )
    twice = replace(now, budget=2 * newest.document["budget"]["hold"])
    return {VERIFICATION: verified, BUDGET: twice.at_budget(before.occasion.score[own])}


def _figures(weeks: list[Week]) -> Iterator[Figure]:
    yield _share("held by the 90 % interval, all", sum(week.is_held for week in weeks), len(weeks))
    yield _width("median width over forecast, all", weeks)
    for rollout in (VERIFICATION, BUDGET):
        part = [week for week in weeks if week.rollout == rollout]
        yield _share(f"held, {rollout}", sum(week.is_held for week in part), len(part))
        yield _width(f"median width over forecast, {rollout}", part)
        for name in FORETOLD:
            some = [week for week in part if week.outcome == name]
            words = f"{name.replace('_', ' ')}, {rollout}"
            yield _share(f"held, {words}", sum(week.is_held for week in some), len(some))
            yield _width(f"median width over forecast, {words}", some)


def _share(name: str, held: int, tried: int) -> Figure:
    found = proportion(held, tried)
    return Figure(name, found.value, "share", found.low, found.high)


def _width(name: str, weeks: list[Week]) -> Figure:
    return Figure(name, float(np.median([week.foretold.width for week in weeks])), "of the forecast")


def _speed(store: Store) -> Iterator[Figure]:
    """Time one quarter of the largest area: reading it, backtesting a draft, and the front."""
    with store.cursor() as cursor:
        area = _areas(cursor)[0]
        evidence, reading = _timed(lambda: read_evidence(cursor, area, QUARTER, watermark_of(cursor)))
    draft = _drafts(evidence, area)[VERIFICATION]
    _, tested = _timed(lambda: backtest(evidence, draft))
    start = Draft.of(evidence.policies[-1], area)
    points, swept = _timed(lambda: front(evidence, draft, start, evidence, "wrongful_holds"))
    yield Figure("events of a quarter of the largest area", len(evidence), "events")
    yield Figure("read them", reading, "s")
    yield Figure("backtest with intervals and desk", tested, "s")
    yield Figure(f"front of {len(points)} drafts", swept, "s")


def _timed(work: Callable[[], Answer]) -> tuple[Answer, float]:
    begun = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begun


def _seeds() -> tuple[int, ...]:
    return tuple(_built()) or SEEDS


def _built() -> Mapping[int, Path]:
    """Answer the worlds that the environment names, by seed."""
    named = os.environ.get("WATCHFLOOR_LAB_WORLDS", "")
    pairs = [pair.split("=", 1) for pair in named.split(",") if "=" in pair]
    return {int(seed): Path(path) for seed, path in pairs}


@contextmanager
def _world(seed: int) -> Iterator[Store]:
    """Yield the scored store of a seed's world: one that is there, or a new one that goes away."""
    built = _built().get(seed)
    if built is not None:
        with open_store(Home(built).store_path) as store:
            store.create(SCORING_TABLES)
            with store.writing() as cursor:
                write_areas(cursor)
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="lab-") as scratch:
        home = Home(Path(scratch))
        build_world(home, seed=seed, events=EVENTS, progress=silent)
        with open_store(home.store_path) as store:
            load_files(store, [home.events], read_mapping(home.events / "mapping.toml"), silent)
            enrich(store, silent, None)
            train(store, home, silent, recipes=(FRAUD,))
            score(store, home, silent, recipes=(FRAUD,))
            yield store


if __name__ == "__main__":
    main()
