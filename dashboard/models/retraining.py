"""The job Retrain: challengers of one area or of all that are due, their shadow, and the comparison."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dashboard.formats import counted, exact
from dashboard.jobs import Job
from dashboard.owner import Owner
from data.errors import WatchfloorError
from scoring.regional.judging import judge_all
from scoring.regional.renewing import renew, renew_due, renew_judged
from scoring.regional.shadow import shadow


class RetrainError(WatchfloorError):
    """Retraining was asked for without saying of what, or as of what is no day."""


def retrain(job: Job, owner: Owner, arguments: Mapping[str, object]) -> str:
    """Do the three phases and say what came of each area."""
    area, as_of = arguments.get("area"), _day(arguments.get("as_of"))
    if not (area or arguments.get("due") or arguments.get("judged")):
        raise RetrainError("Nothing is named to retrain.", to_do="Name an area with --region, or say --due.")
    with job.phase("retrain") as progress:
        if area:
            done = renew(owner.store, owner.home, progress, str(area), as_of)
        elif arguments.get("due"):
            done = renew_due(owner.store, owner.home, progress)
        else:
            done = renew_judged(owner.store, owner.home, progress)
        job.came_to("retrain", counted(sum(len(one.versions) for one in done), "challenger"))
    with job.phase("shadow") as progress:
        job.came_to("shadow", f"{exact(shadow(owner.store, owner.home, progress))} scores")
    with job.phase("compare") as progress:
        job.came_to("compare", counted(len(judge_all(owner.store, progress)), "comparison"))
    if not done:
        return "No area is due: no quarter began, no drift was raised, and too few cases are new."
    return "\n".join(f"{one.area}: {one.sentence}, because {one.why}" for one in done)


def _day(given: object) -> datetime | None:
    if not given:
        return None
    try:
        return datetime.fromisoformat(str(given))
    except ValueError as error:
        raise RetrainError(
            f"{given!r} is no day.", where="--as-of", possible="2025-07-01", to_do="Write it like that."
        ) from error
