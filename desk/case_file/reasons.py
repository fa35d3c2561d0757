"""The reasons of a case in words: the same for the note, the evidence and the letter of an appeal.

    found = reasons_of(rows)                 # rows of `case_reasons.sql`
    reasons_in_words(found)                  # ["New device (+21.4 points): This customer first used ..."]

Of each reason the event where it weighs most is told, and only what raised the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from data.statement import Statement, read_statement

# Beyond these a reason moves the score by less than what a reader keeps in mind.
MODEL_TOLD = 6
ANOMALY_TOLD = 2
# What kind of event it is tells nobody why.
SAYS_NOTHING = frozenset({"kind of event"})


@dataclass(frozen=True, slots=True)
class CaseReason:
    """One reason of one event of a case.

    `source` is model, anomaly or ring; `weight` are probability points of a model, the share of the surprise
    of an anomaly, the probability of a ring; `normal` is what is usual for this customer or its like.
    """

    source: str
    event_id: str
    occurred_at: datetime
    rank: int
    reason: str
    feature: str | None
    value: float | None
    normal: float | None
    weight: float | None
    sentence: str | None


def statement() -> Statement:
    """Return the question of all reasons of a case; it takes case_id, since and until (naive UTC)."""
    return read_statement(Path(__file__).with_name("case_reasons.sql"))


def reasons_of(rows: Iterable[Mapping[str, Any]]) -> tuple[CaseReason, ...]:
    """Return the rows of the question as reasons."""
    names = [each.name for each in fields(CaseReason)]
    return tuple(CaseReason(**{name: row[name] for name in names}) for row in rows)


def strongest(reasons: Sequence[CaseReason]) -> list[CaseReason]:
    """Return what raised the alerts, each reason once where it weighs most: models, anomalies, rings."""
    best: dict[tuple[str, str], CaseReason] = {}
    for one in reasons:
        key = (one.source, one.event_id if one.source == "ring" else one.reason)
        weighs = (one.weight or 0.0) > (best[key].weight or 0.0) if key in best else _raises(one)
        if weighs and one.reason not in SAYS_NOTHING:
            best[key] = one
    ordered = sorted(best.values(), key=lambda one: (-(one.weight or 0.0), one.reason))
    by_source = {
        name: [one for one in ordered if one.source == name] for name in ("model", "anomaly", "ring")
    }
    return [*by_source["model"][:MODEL_TOLD], *by_source["anomaly"][:ANOMALY_TOLD], *by_source["ring"]]


def _raises(one: CaseReason) -> bool:
    return one.source == "ring" or (one.weight or 0.0) > 0


def reasons_in_words(reasons: Sequence[CaseReason]) -> list[str]:
    """Return the strongest reasons of a case as sentences, each with what it weighs."""
    return [_in_words(one) for one in strongest(reasons)]


def _in_words(one: CaseReason) -> str:
    said = (one.sentence or "no sentence was kept").rstrip(".")
    name = one.reason[:1].upper() + one.reason[1:]
    if one.source == "model":
        return f"{name} (+{100 * (one.weight or 0.0):.1f} points): {said}."
    if one.source == "anomaly":
        return f"{name} ({100 * (one.weight or 0.0):.0f} % of how unusual it is): {said}."
    likely = "" if one.weight is None else f", {100 * one.weight:.0f} % likely a ring of crime"
    return f"Ring {one.event_id}{likely}: {said}."
