"""What every part of the page Desk starts from: the store, its now, and who sits there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard import acting
from dashboard.desk_records import follow
from dashboard.facts import Facts
from desk.actors import Actor


@dataclass(frozen=True, slots=True)
class DeskScene:
    """The desk as a page draws it: facts of the store, its now (naive UTC), who acts, the region chosen."""

    known: Facts
    now: datetime
    actor: Actor
    region: str | None


def desk_scene(known: Facts, region: str | None) -> DeskScene | None:
    """Return the scene with the desk copied up to now; None for a store without events."""
    if known.now is None:
        return None
    follow()
    return DeskScene(known, known.now, acting.actor(), region)
