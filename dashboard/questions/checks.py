"""What the page of one identity check asks: why this decision, seen where else, and what came afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard import ask, reader
from dashboard.charts.waterfall import Step
from dashboard.questions import check_words
from dashboard.tables import Asked
from desk.actors import SEE_PERSONAL

# Points below this are rounding, not a reason.
LEAST_POINTS = 5e-4


@dataclass(frozen=True, slots=True)
class Check:
    """One identity check with how it was decided; None where nothing is known.

    `media` says where its media signals come from (`drawn_from` another check), `problem` why there are none.
    `pictures` is the file of its frames as it was given; it may be gone by now.
    """

    event_id: str
    account_id: str
    occurred_at: datetime
    region: str
    country: str | None
    purpose: str | None
    attempt: int | None
    device: str | None
    light: str | None
    media: str
    problem: str | None
    stage: str
    cheap_score: float | None
    score: float
    threshold: float | None
    decision: str
    is_unseen: bool | None
    is_attack: bool | None
    is_ripe: bool | None
    species: str | None
    attack: str | None
    fingerprint_ms: float | None
    media_ms: float | None
    base_probability: float | None
    nearest_change: str | None
    sentence: str | None
    model_version: str | None
    policy_version: str | None
    device_id: str | None
    ip: str | None
    vendor_outcome: str | None
    drawn_from: str | None
    frames: int | None
    faces: int | None
    pictures: Path | None


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of a check: its `value`, what is `normal` among bona fide checks, and the points it adds."""

    family: str
    feature: str
    value: float | None
    normal: float | None
    points: float
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A check of another account whose `same` (face, clip, ...) differs in `distance` bits of 256."""

    event_id: str
    same: str
    distance: int
    occurred_at: datetime | None
    account_id: str | None
    region: str | None
    decision: str | None
    species: str | None
    pictures: Path | None


@dataclass(frozen=True, slots=True)
class After:
    """What an account did after a check; money in the store's unit."""

    events: int
    last_seen: datetime | None
    moved_in: float
    moved_out: float
    stopped_out: float


@dataclass(frozen=True, slots=True)
class Membership:
    """The cluster that a check is in, and what the accounts that came in through it moved."""

    cluster_id: str
    checks: int
    accounts: int
    came_in: int
    moved_out: float
    stopped_out: float


def check(event_id: str) -> Check | None:
    """Answer one identity check; None when there is none of that id."""
    rows = ask.answer("check_of_event", event_id=event_id).to_pylist()
    if not rows:
        return None
    row = _with_pictures(rows[0])
    return Check(**{name: row[name] for name in Check.__dataclass_fields__})


def newest_rejected(region: str | None) -> str | None:
    """Answer the newest rejected check of a region or of all; None without checks."""
    found = ask.value("newest_rejected_check", region=region)
    return None if found is None else str(found)


def signals_asked(event_id: str) -> Asked:
    """Return the question of the signals of a check."""
    return Asked("signals_of_check", {"event_id": event_id})


def signals(event_id: str) -> tuple[Signal, ...]:
    """Answer the strongest signals of a check by group; empty when it was not explained."""
    return tuple(Signal(**row) for row in ask.answer("signals_of_check", event_id=event_id).to_pylist())


def steps_by_group(found: Sequence[Signal], base: float, score: float) -> tuple[Step, ...]:
    """Return what each group of signals adds, and what the signals that are not listed add together."""
    sums = dict.fromkeys(check_words.FAMILIES, 0.0)
    for signal in found:
        sums[signal.family] = sums.get(signal.family, 0.0) + signal.points
    rest = score - base - sum(sums.values())
    named = [
        Step(check_words.FAMILIES.get(family, family), points)
        for family, points in sums.items()
        if abs(points) >= LEAST_POINTS
    ]
    return (*named, Step("Weaker signals", rest)) if abs(rest) >= LEAST_POINTS else tuple(named)


def duplicates_asked(event_id: str) -> Asked:
    """Return the question of near-duplicates of a check."""
    return Asked("near_duplicates_of_check", {"event_id": event_id})


def duplicates(event_id: str) -> tuple[Duplicate, ...]:
    """Answer the checks of other accounts with nearly the same media, the nearest first."""
    rows = ask.answer("near_duplicates_of_check", event_id=event_id).to_pylist()
    return tuple(
        Duplicate(**{name: row[name] for name in Duplicate.__dataclass_fields__})
        for row in map(_with_pictures, rows)
    )


def attempts_asked(account_id: str) -> Asked:
    """Return the question of every check of an account."""
    return Asked("attempts_of_account", {"account_id": account_id})


def after_asked(found: Check) -> Asked:
    """Return the question of what the account did after a check."""
    return Asked("account_after_check", _since(found))


def after(found: Check) -> After:
    """Answer how much came, left and was stopped after a check."""
    return After(**ask.answer("account_sums_after", **_since(found)).to_pylist()[0])


def membership(event_id: str) -> Membership | None:
    """Answer the cluster of a check; None when its media were used once."""
    rows = ask.answer("cluster_of_check", event_id=event_id).to_pylist()
    return Membership(**rows[0]) if rows else None


def _since(found: Check) -> dict[str, object]:
    return {"account_id": found.account_id, "occurred_at": found.occurred_at}


def _with_pictures(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with the path of its pictures: as given, or from the folder of the loaded file."""
    given, file_path = row.get("media_path"), row.get("file_path")
    if given:
        # Where they lie is personal and shown to nobody; what is drawn of them is blurred by `desk.faces`.
        with reader.reading_as(reader.seeing(SEE_PERSONAL)):
            told = ask.answer("pictures_of_check", event_id=row["event_id"]).to_pylist()
        given = told[0]["media_path"] if told else None
    path = Path(given) if given else None
    if path is not None and not path.is_absolute() and file_path:
        path = Path(file_path).parent / path
    return {**row, "pictures": path}
