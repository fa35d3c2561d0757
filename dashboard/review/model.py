"""The quarterly review as values: what every form of it (page, PDF, HTML, CSV, Parquet) is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dashboard.questions.measures import Reading
from dashboard.questions.period import Period
from dashboard.tables import Asked


@dataclass(frozen=True, slots=True)
class Section:
    """A group of measures on the review: its title, the question it answers, and which measures."""

    title: str
    question: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said of organised crime: `word` is reduction, rise, no change shown, or why neither.

    `reasons` are sentences, one for each condition of the rule, with whether it held.
    """

    headline: str
    word: str
    reasons: tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a change: detections that it added (positive) or took away, and what it is, in words."""

    name: str
    value: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A change of detections split into parts that add up: before + sum of parts = after."""

    measure: str
    before: float
    after: float
    parts: tuple[Part, ...]
    caveat: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """What one dated regional measure did, by the cohort model: a rate ratio with its interval.

    `leads` are (weeks before, ratio, low, high) of the pre-trend. `verdict` says weak when it is weak.
    """

    intervention: str
    title: str
    place: str
    starts_at: datetime
    ratio: float
    low: float
    high: float
    pre_trend_p: float | None
    leads: tuple[tuple[int, float, float, float], ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that went from one state to another in the window."""

    source: str
    target: str
    amount: float


@dataclass(frozen=True, slots=True)
class RequestLine:
    """Requests of one class: received, answered in the window, executed, still open at its end; hours."""

    request_class: str
    received: int
    answered: int
    executed: int
    open: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class RecoveryLine:
    """Mistaken transfers of one kind: claims ended in the window, recovered, false; the money recovered."""

    kind: str
    ended: int
    recovered: int
    false_claims: int
    amount_recovered: float


@dataclass(frozen=True, slots=True)
class Published:
    """One public figure beside ours; `measured` is None where it is not comparable, `state` says why."""

    figure: str
    words: str
    published: str
    measured: str | None
    difference: str | None
    interval: str
    contract: str
    state: str


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that one review says of a period against its base.

    `readings[measure][region]` (region slug, empty for everywhere). `questions` holds, for every block that
    is no measure, the question behind it, so that each number opens to its SQL and rows. `published` is empty
    but in the demonstration.
    """

    period: Period
    money_unit: str
    is_synthetic: bool
    as_of: datetime
    sections: tuple[Section, ...]
    readings: Mapping[str, Mapping[str, Reading]]
    verdict: Verdict
    decomposition: Decomposition | None
    attributions: tuple[Attribution, ...]
    displacement: tuple[str, ...]
    audit: tuple[str, ...]
    flows: tuple[Flow, ...]
    requests: tuple[RequestLine, ...]
    recoveries: tuple[RecoveryLine, ...]
    published: tuple[Published, ...]
    notes: tuple[str, ...]
    questions: Mapping[str, Asked]
