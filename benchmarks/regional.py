"""Regional models on the full world: does a challenger beat the champion on weeks that neither has seen?

1. Challengers of every area as of AS_OF, on what was known then; timed, one area alone too.
2. The rule of promotion is applied at DECIDED_AT, with the labels known then, to what had matured.
3. What it promotes, or else the challenger with the highest average precision by then, is compared with the
   champion on the weeks after that part of the shadow, by the world's own truth, at the same alert budget.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from data.home import Home
from data.progress import silent
from data.store import Store, open_store
from data.world import DEFAULT_SEED
from scoring.areas import write_areas
from scoring.contract import SCORING_TABLES
from scoring.policy import ALERT_BUDGET
from scoring.regional.comparing import Compared, Shadowed, compare
from scoring.regional.judging import Judgement, judge_all, read_matured, shadowed_by
from scoring.regional.retraining import areas_there, retrain
from scoring.regional.rule import PROMOTE
from scoring.regional.shadow import shadow

TRUTH = Path(__file__).with_name("regional_truth.sql")
AS_OF = datetime(2025, 7, 1)
DECIDED_AT = datetime(2025, 9, 15)
# The champion of the same day decides until then; the next knows more than any challenger of AS_OF.
UNTIL = datetime(2025, 10, 1)
ASKED = ("ID", "south_east_asia", "south_asia", "cis")


@dataclass(frozen=True, slots=True)
class Later:
    """A challenger on the weeks after the decision, with intervals drawn by account and by day."""

    decided: Judgement
    is_promoted: bool
    by_account: Compared
    by_day: Compared


def main() -> None:
    """Measure the full demonstration and write the result; the store gets challengers: name a copy.

    WATCHFLOOR_AREAS may name the areas, by commas; all unless it does.
    """
    named = os.environ.get("WATCHFLOOR_AREAS", "")
    with full_demonstration() as home, open_store(home.store_path) as store:
        store.create(SCORING_TABLES)
        with store.writing() as cursor:
            write_areas(cursor)
        retrain_time(store, home).write()
        report(store, home, [area for area in named.split(",") if area]).write()


def report(store: Store, home: Home, areas: Sequence[str] | None = None) -> Result:
    """Retrain, shadow, decide, and look at the later weeks."""
    missing = _without_challengers(store, areas or _areas(store))
    together = _timed(lambda: _retrain(store, home, missing))
    shadowed = _timed(lambda: shadow(store, home, silent))
    judged = [one for one in judge_all(store, silent, DECIDED_AT) if one.since == AS_OF]
    found = later_weeks(store, home, judged)
    figures = [
        *(figure for one in found for figure in _figures(one)),
        Figure(f"retrain {len(missing)} areas that were not", together.wall, "s"),
        Figure(f"retrain {len(missing)} areas that were not, processor", together.processor, "s"),
        Figure("shadow of what was new", shadowed.wall, "s"),
    ]
    question = (
        "Value caught at the same alert budget by a regional model against the global one, unseen weeks"
    )
    return Result("regional", "models", question, tuple(figures), DEFAULT_SEED, tuple(_notes(judged, found)))


def retrain_time(store: Store, home: Home) -> Result:
    """Retrain one area alone, all kinds, with calibration."""
    alone = _timed(lambda: _retrain(store, home, [ASKED[0]]))
    figures = (
        Figure(f"retrain {ASKED[0]} alone", alone.wall, "s", baseline=60.0, baseline_name="s allowed"),
        Figure(f"retrain {ASKED[0]} alone, processor", alone.processor, "s"),
    )
    return Result("regional", "retrain", "Seconds to retrain one area at full scale", figures, DEFAULT_SEED)


def _areas(store: Store) -> list[str]:
    cursor = store.cursor()
    try:
        return areas_there(cursor)
    finally:
        cursor.close()


def _without_challengers(store: Store, areas: Sequence[str]) -> list[str]:
    """Answer those of `areas` that were not retrained as of AS_OF: a second run need not do it again."""
    cursor = store.cursor()
    try:
        done = cursor.execute("SELECT area FROM retrainings WHERE as_of = ?", [AS_OF]).fetchall()
    finally:
        cursor.close()
    return [area for area in areas if (area,) not in done]


def _retrain(store: Store, home: Home, areas: Sequence[str]) -> None:
    if areas:
        retrain(store, home, silent, dict.fromkeys(areas, "a benchmark"), AS_OF)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the wall, and of all cores together: what others do on the machine is not in those."""

    wall: float
    processor: float


def _timed(work: Callable[[], object]) -> Took:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - processor)


def later_weeks(store: Store, home: Home, judged: Sequence[Judgement]) -> list[Later]:
    """Compare each area's chosen challenger with the champion after what the decision has seen."""
    by_area: dict[str, list[Judgement]] = defaultdict(list)
    for one in judged:
        by_area[one.area].append(one)
    cursor = store.cursor()
    try:
        cursor.execute(TRUTH.read_text(encoding="utf-8"), {"truth": str(home.truth / "events.parquet")})
        found = []
        for area, own in by_area.items():
            chosen = chosen_of(own)
            matured = read_matured(cursor, area, chosen.until, UNTIL)
            events, taken = shadowed_by(cursor, chosen.model_version, matured)
            days = matured.occurred_at[taken].astype("datetime64[D]").astype(np.int64)
            found.append(_later(chosen, events, days))
    finally:
        cursor.close()
    return found


def chosen_of(own: Sequence[Judgement]) -> Judgement:
    """Answer the challenger that the rule promotes, the one that gains most; else the best ranked one."""
    promoted = [one for one in own if one.verdict.verdict == PROMOTE]
    measure = "value_caught" if promoted else "average_precision"
    return max(promoted or own, key=lambda one: one.compared.measures[measure].difference)


def _later(chosen: Judgement, events: Shadowed, days: np.ndarray) -> Later:
    by_day = replace(events, cluster=days)
    return Later(
        chosen,
        chosen.verdict.verdict == PROMOTE,
        compare(events, ALERT_BUDGET),
        compare(by_day, ALERT_BUDGET),
    )


def _figures(one: Later) -> list[Figure]:
    """Answer the later weeks of an area: each measure beside the champion's, and the gap."""
    area = one.decided.area
    kind = "promoted" if one.is_promoted else "not promoted"
    figures = []
    for name in ("value_caught", "average_precision", "precision"):
        account, day = one.by_account.measures[name], one.by_day.measures[name]
        figures += [
            Figure(
                f"{area}: {name} of {one.decided.model_version} ({kind})",
                account.challenger,
                "share",
                baseline=account.champion,
                baseline_name="global champion",
            ),
            *(
                Figure(f"{area}: {name} gained, by {drawn}", gap.difference, "share", gap.low, gap.high)
                for drawn, gap in (("account", account), ("day", day))
            ),
        ]
    return figures


def _notes(judged: Sequence[Judgement], found: Sequence[Later]) -> list[str]:
    """Answer what was decided of each challenger, and how many cases the later weeks stand on."""
    notes = [f"{one.model_version} at {DECIDED_AT:%Y-%m-%d}: {one.verdict.sentence}" for one in judged]
    notes += [
        f"{one.decided.area}: later weeks from {one.decided.until:%Y-%m-%d} to {UNTIL:%Y-%m-%d}, "
        f"{one.by_account.cases} cases of {one.by_account.clusters} accounts, {one.by_account.events} events"
        for one in found
    ]
    return notes
