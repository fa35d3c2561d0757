"""Renewing: what `watchfloor retrain` does: one area, all that are due, or the quarter that can be judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from data.home import Home
from data.progress import Progress, Step
from data.store import Store
from scoring.fraud import FRAUD
from scoring.recipe import Recipe
from scoring.regional.due import due_now, judged_quarter
from scoring.regional.judging import judge_all
from scoring.regional.retraining import FEWEST_CASES, Retrained, areas_there, retrain
from scoring.regional.shadow import shadow

ASKED_FOR = "a person asked for it"


def renew(
    store: Store, home: Home, progress: Progress, area: str, as_of: datetime | None = None
) -> list[Retrained]:
    """Retrain one area because a person asks for it. Raises ModelError as `retrain` does."""
    return retrain(store, home, progress, {area: ASKED_FOR}, as_of)


def renew_due(store: Store, home: Home, progress: Progress) -> list[Retrained]:
    """Retrain every area that is due, each as of the instant that made it so; none where none is."""
    cursor = store.cursor()
    try:
        called = due_now(cursor)
    finally:
        cursor.close()
    by_instant: dict[datetime, dict[str, str]] = defaultdict(dict)
    for one in called:
        by_instant[one.as_of][one.area] = one.why
    done: list[Retrained] = []
    for as_of in sorted(by_instant):
        done += retrain(store, home, progress, by_instant[as_of], as_of)
    progress(Step("challengers", len(done), len(done), "areas"))
    return done


def renew_judged(
    store: Store,
    home: Home,
    progress: Progress,
    areas: Sequence[str] | None = None,
    *,
    champion: Recipe = FRAUD,
    needed: int = FEWEST_CASES,
) -> list[Retrained]:
    """Retrain as of the last quarter start that can be judged by now, shadow up to now, and judge.

    What a demonstration shows on its first day; `areas` are all unless given. Nothing where the history
    is too short for any quarter.
    """
    cursor = store.cursor()
    try:
        as_of = judged_quarter(cursor)
        chosen = list(areas_there(cursor) if areas is None else areas)
    finally:
        cursor.close()
    if as_of is None:
        return []
    why = dict.fromkeys(chosen, f"a quarter began on {as_of:%Y-%m-%d}")
    done = retrain(store, home, progress, why, as_of, champion=champion, needed=needed)
    shadow(store, home, progress, champion)
    judge_all(store, progress, champion=champion)
    return done
