"""What Explanations asks: why this event, and what moves scores in general."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard import ask
from dashboard.charts.beeswarm import Dots
from dashboard.charts.waterfall import Step
from dashboard.questions.period import Period
from dashboard.questions.words import spoken
from dashboard.tables import Asked

# Enough dots to see a shape, few enough to draw in a tenth of a second.
SWARM_EVENTS = 350
SWARM_REASONS = 10
# The reasons below these move scores by less than a tenth of the strongest.
BARS_SHOWN = 14
EVENTS_BEFORE = 7
DEFAULT_MODEL = "fraud"
DEPENDENCE_EVENTS = 900


@dataclass(frozen=True, slots=True)
class Event:
    """One scored event with what its explanation says; None where nothing is known.

    `act` is what took the decision where the score alone leads to another one, `by_score`.
    """

    event_id: str
    account_id: str
    occurred_at: datetime
    stream: str
    kind: str
    outcome: str | None
    amount: float | None
    asset: str | None
    counterparty: str | None
    device_id: str | None
    ip: str | None
    region: str
    country: str | None
    network_country: str | None
    network_kind: str | None
    model: str
    model_version: str
    score: float
    threshold: float | None
    decision: str
    policy_version: str
    is_in_training: bool
    is_explained: bool
    reason: str | None
    sentence: str | None
    base_probability: float | None
    nearest_change: str | None
    act: str | None
    by_score: str | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of an event: `value` of its leading feature, what is `normal`, and the points it adds."""

    rank: int
    reason: str
    feature: str | None
    value: float | None
    normal: float | None
    contribution: float
    points: float
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Which explanations the global view is of: a model's, of one period, in one region or everywhere."""

    model: str
    period: Period
    region: str | None

    @property
    def parameters(self) -> dict[str, object]:
        """The parameters that all global questions take."""
        return {"model": self.model, "region": self.region, **self.period.between}


@dataclass(frozen=True, slots=True)
class Importance:
    """How much one reason moves scores: mean absolute points over `events` sampled ones."""

    reason: str
    mean: float
    raised: int
    lowered: int
    events: int


def event(event_id: str, account_id: str | None) -> Event | None:
    """Answer one event; without its account the account is looked up first. None when there is none."""
    owner_id = account_id or ask.value("account_of_event", event_id=event_id)
    if owner_id is None:
        return None
    rows = ask.answer("event_of_account", event_id=event_id, account_id=owner_id).to_pylist()
    if not rows and account_id is not None:
        return event(event_id, None)
    return Event(**rows[0]) if rows else None


def newest_blocked(model: str | None, region: str | None) -> tuple[str, str] | None:
    """Answer (event, account) of the newest blocked or frozen event, else the newest flagged one."""
    rows = ask.answer("newest_blocked", model=model, region=region).to_pylist()
    return (rows[0]["event_id"], rows[0]["account_id"]) if rows else None


def shown_event(
    event_id: str | None, account_id: str | None, model: str | None, region: str | None
) -> Event | None:
    """Return the event that the URL names, unless another model was chosen since; else the newest blocked."""
    if event_id:
        found = event(event_id, account_id)
        if found is None or model is None or found.model == model:
            return found
    newest = newest_blocked(model or DEFAULT_MODEL, region)
    return event(*newest) if newest else None


def next_flagged(shown: Event, region: str | None) -> tuple[str, str] | None:
    """Answer (event, account) of the flagged event of the same model that happened last before `shown`."""
    rows = ask.answer(
        "next_flagged",
        event_id=shown.event_id,
        occurred_at=shown.occurred_at,
        model=shown.model,
        region=region,
    ).to_pylist()
    return (rows[0]["event_id"], rows[0]["account_id"]) if rows else None


def newest_flagged(chosen: Slice) -> Asked:
    """Return the question of the newest events that were not allowed."""
    return Asked("newest_flagged", chosen.parameters)


def account_before(shown: Event) -> list[dict[str, Any]]:
    """Answer what the event's account did up to it, the event itself first; the newest EVENTS_BEFORE."""
    rows, _ = ask.first(
        "account_before", EVENTS_BEFORE, account_id=shown.account_id, occurred_at=shown.occurred_at
    )
    found: list[dict[str, Any]] = rows.to_pylist()
    return found


def reasons_asked(shown: Event) -> Asked:
    """Return the question of all reasons of an event."""
    return Asked("event_reasons", {"event_id": shown.event_id, "occurred_at": shown.occurred_at})


def event_reasons(shown: Event) -> tuple[Reason, ...]:
    """Answer why an event has its score, the largest reason first; empty when it was not explained."""
    asked = reasons_asked(shown)
    return tuple(Reason(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def steps(reasons: tuple[Reason, ...]) -> tuple[Step, ...]:
    """Return the bars of a waterfall for `reasons`."""
    return tuple(Step(spoken(r.reason), r.points, r.sentence or "") for r in reasons)


def capture_signals(event_id: str) -> dict[str, Any]:
    """Answer what the camera reported of an identity check, by name; empty when it is none."""
    rows = ask.answer("capture_signals", event_id=event_id).to_pylist()
    return rows[0] if rows else {}


def importance_asked(chosen: Slice) -> Asked:
    """Return the question of how much each reason moves scores."""
    return Asked("reason_importance", chosen.parameters)


def reason_importance(chosen: Slice) -> tuple[Importance, ...]:
    """Answer how much each reason moves scores in a slice, the strongest first."""
    rows = ask.answer("reason_importance", **chosen.parameters).to_pylist()
    return tuple(
        Importance(r["reason"], float(r["importance"]), r["raised"], r["lowered"], r["events"]) for r in rows
    )


def reason_swarm(chosen: Slice) -> tuple[Dots, ...]:
    """Answer the points of the strongest reasons over sampled events, a row a reason."""
    table = ask.answer("reason_swarm", how_many=SWARM_EVENTS, reasons=SWARM_REASONS, **chosen.parameters)
    names = np.asarray(table.column("reason").to_pylist(), dtype=object)
    points = np.asarray(table.column("points").to_pylist(), dtype=float)
    standing = np.asarray(
        [np.nan if s is None else s for s in table.column("standing").to_pylist()], dtype=float
    )
    events = np.asarray(table.column("event_id").to_pylist(), dtype=object)
    sentences = np.asarray([s or "" for s in table.column("sentence").to_pylist()], dtype=object)
    rows = []
    for name in dict.fromkeys(names):
        mine = names == name
        rows.append(
            Dots(spoken(name), points[mine], standing[mine], list(events[mine]), list(sentences[mine]))
        )
    return tuple(rows)


def reason_features(chosen: Slice, reason: str) -> tuple[str, ...]:
    """Answer the features that led a reason, the most frequent first."""
    rows = ask.answer("reason_features", reason=reason, **chosen.parameters)
    return tuple(str(name) for name in rows.column("feature").to_pylist())


def dependence_asked(chosen: Slice, reason: str, feature: str) -> Asked:
    """Return the question of how a reason's points depend on its feature's value."""
    return Asked(
        "reason_dependence",
        {**chosen.parameters, "reason": reason, "feature": feature, "how_many": DEPENDENCE_EVENTS},
    )


def reason_dependence(
    chosen: Slice, reason: str, feature: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], list[str], list[str]]:
    """Answer values (n,) of a feature, points (n,) of its reason, and the events and sentences of both."""
    asked = dependence_asked(chosen, reason, feature)
    table = ask.answer(asked.name, **asked.parameters)
    return (
        np.asarray(table.column("value").to_pylist(), dtype=float),
        np.asarray(table.column("points").to_pylist(), dtype=float),
        table.column("event_id").to_pylist(),
        [sentence or "" for sentence in table.column("sentence").to_pylist()],
    )
