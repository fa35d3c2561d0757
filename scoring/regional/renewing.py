"""Renewing: what `watchfloor retrain` does: one area, all that are due, or those that can be judged today."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from data.home import Home
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.fraud import FRAUD
from scoring.recipe import Recipe
from scoring.regional.due import due_now, judged_instant
from scoring.regional.past import SQL
from scoring.regional.retraining import FEWEST_CASES, Retrained, areas_there, retrain

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
    *,
    champion: Recipe = FRAUD,
    needed: int = FEWEST_CASES,
) -> list[Retrained]:
    """Retrain the areas with a dated measure, and those around them, as of the newest instant to be judged.

    What a demonstration does once it is built. Every area where there is no measure; nothing where the
    history is too short.
    """
    cursor = store.cursor()
    try:
        as_of = judged_instant(cursor)
        measured = [area for (area,) in cursor.execute(read_statement(SQL / "measured.sql").sql).fetchall()]
        there = areas_there(cursor)
    finally:
        cursor.close()
    if as_of is None:
        return []
    chosen = [area for area in there if area in measured] or there
    why = dict.fromkeys(chosen, "models of that day are the newest whose shadow can be judged")
    return retrain(store, home, progress, why, as_of, champion=champion, needed=needed)
