"""What every visitor asks first, asked before anyone does: at the start of the server and after each job.

Nobody then waits for what does not depend on the person: the facts of the store, the measures of every
quarter, the list of alerts of every region. What it leaves is put out of the garbage collector's way.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import pkgutil

import dashboard
from dashboard import maps, owner, reader, theme
from dashboard.facts import Facts, facts
from dashboard.measures.quarter import Quarter
from dashboard.questions import (
    accounts,
    checks,
    clusters,
    explanations,
    liveness,
    liveness_errors,
    measures,
    overview,
    rings,
    words,
)
from dashboard.questions.period import Period, period_of
from dashboard.review.build import review_of
from data.errors import WatchfloorError
from desk.actors import DEFAULT_ROLE, Actor
from desk.reads import reader_of

LOG = logging.getLogger("watchfloor.warm")
# A pair takes about 1.5 s at 2.4 million events; a store of five years has 400 pairs.
QUARTERS_CROSSED = 4
# The script itself, which draws when it is imported, and what starts the process.
NOT_IMPORTED = {"app", "__main__"}


def warm() -> None:
    """Compute what does not depend on the person; a store that cannot answer is left to the pages to tell."""
    try:
        # What most people see first; who reads otherwise waits once for what differs.
        with reader.reading_as(reader_of(Actor("Somebody", DEFAULT_ROLE))):
            ask_all()
    except WatchfloorError as error:
        LOG.warning("The pages could not be prepared: %s", error)
    owner.settle()


def ask_all() -> None:
    """Ask of the present version of the store what the four pages ask of everyone. Raises QuestionError."""
    known = facts()
    if known.stage != "scored":
        return
    standard = period_of(None, known)
    # The newest pair first: it is what most people open.
    for quarter, base in pairs(known):
        period = period_of(str(quarter), known, str(base))
        if period is not None:
            review_of(period)
    for region in (None, *known.regions):
        overview.worth_looking_at(region)
        accounts.riskiest_account(region)
        for model in words.MODELS:
            explanations.newest_blocked(model, region)
        if standard is not None:
            ask_of_checks(standard, region)
            ask_of_rings(standard, region)
        checks.newest_rejected(region)
    if standard is not None:
        for name in measures.BY_NAME:
            measures.readings_in(standard, name, measures.WORLD)
        for model in words.MODELS:
            chosen = explanations.Slice(model, standard, None)
            explanations.reason_importance(chosen)
            explanations.reason_swarm(chosen)


def ask_of_checks(period: Period, region: str | None) -> None:
    """Ask what Liveness asks of everyone who looks at a region."""
    liveness.check_counts(period, region)
    liveness.attack_weeks(period, region)
    liveness.check_latency(period, region)
    clusters.cluster_marks(clusters.media_clusters(period, region))
    clusters.cluster_countries(period, region, None)
    if region is None:
        liveness.species_there()
        liveness_errors.error_rates(period.quarter.start)
        liveness_errors.det_curve(period.quarter.start)
        liveness_errors.left_out(period.quarter.start)


def ask_of_rings(period: Period, region: str | None) -> None:
    """Ask what Rings asks of everyone who looks at a region."""
    rings.ring_growth(period, region)
    rings.riskiest_ring(region)
    if region is None:
        rings.rings_by_region(period)
        rings.rings_there()


def pairs(known: Facts) -> list[tuple[Quarter, Quarter]]:
    """Return every quarter with the one before, then the newest year's quarters with each other."""
    found = [(quarter, quarter.previous) for quarter in known.quarters]
    year = known.quarters[:QUARTERS_CROSSED]
    return found + [(q, base) for q in year for base in year if base not in (q, q.previous)]


def import_pages() -> None:
    """Import everything that pages import, so that the first visitor does not wait for it."""
    for found in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        if found.name.removeprefix("dashboard.") not in NOT_IMPORTED:
            importlib.import_module(found.name)
    # Streamlit looks at its callers once a process, which reads where every module lies: 0.3 s, then kept.
    inspect.stack()
    for kind in theme.PALETTES:
        theme.template(kind)
        theme.stylesheet(kind)
        maps.world_map(maps.MapContent("region", ()), kind)
