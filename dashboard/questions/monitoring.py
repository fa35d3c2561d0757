"""What Monitoring asks: drift, performance, calibration, fairness, labels and alarms of an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from dashboard import ask
from dashboard.questions.words import feature as feature_in_words
from dashboard.questions.words import spoken
from dashboard.tables import Asked

EVERYWHERE = "everywhere"
# As many rows as a screen holds without scrolling.
SUBJECTS_SHOWN = 18
CUTS = {
    "device_class": "Device class",
    "account_age": "Age of account",
    "typology": "Typology",
    "country": "Country",
}
KINDS = {
    "feature": "values",
    "missing": "known or not",
    "input": "input",
    "score": "answer",
}
ALARM_KINDS = {
    "drift": "Drift",
    "input": "Drift of an input",
    "missing": "Missing values",
    "score": "Drift of answers",
    "calibration": "Calibration",
    "foretold": "Foretold precision fell",
    "contradicted": "Labels contradict scores",
    "new_typology": "New typology",
    "fairness": "Fairness",
}
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Drifted:
    """One subject in one week: how far it lies from its reference, and on how many events."""

    subject: str
    kind: str
    week: date
    psi: float
    psi_limit: float
    is_moved: bool
    events: int

    @property
    def words(self) -> str:
        """The subject as a person says it."""
        return subject_words(self.subject, self.kind)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a subject's values with its shares before and in a week."""

    part: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class DriftCounts:
    """The newest week of an area: comparisons made and moved, events compared and of the reference."""

    week: date
    compared: int
    moved: int
    events: int
    before: int


@dataclass(frozen=True, slots=True)
class Precision:
    """Precision of the alerts of a week, foretold and confirmed, with 95 % limits; None where not known."""

    since: date
    model_version: str
    alerts: int
    arrived: float | None
    foretold_precision: float | None
    foretold_precision_low: float | None
    foretold_precision_high: float | None
    confirmed_precision: float | None
    confirmed_precision_low: float | None
    confirmed_precision_high: float | None


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Expected and observed share of crime of a bin of scores; bin -1 is all, with the slope."""

    model_version: str
    bin: int
    events: int
    crimes: int
    expected: float
    observed: float
    observed_low: float
    observed_high: float
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    intercept: float | None


@dataclass(frozen=True, slots=True)
class Treated:
    """How often honest events of a group were stopped, against the rest of the area."""

    quarter: date
    part: str
    events: int
    accounts: int
    held: int
    rate: float
    rate_low: float
    rate_high: float
    rest_rate: float
    ratio: float | None
    is_finding: bool
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Needed:
    """What came since a model was trained, and whether an area should train again."""

    model: str
    model_version: str
    trained_as_of: datetime
    labels_before: int
    labels_since: int
    labels_needed: int
    alarms_since: int
    is_due: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm of monitoring."""

    alarm_id: str
    raised_at: datetime
    area: str
    model: str
    kind: str
    subject: str
    severity: str
    sentence: str
    others: Sequence[str]


def subject_words(subject: str, kind: str) -> str:
    """Say what is compared: a feature by its name in words, an input as it is called."""
    said = spoken(subject.removeprefix("event_"))
    return f"{said} (known or not)" if kind == "missing" else said


def subject_sentence(subject: str, kind: str) -> str:
    """Say what a subject measures, in its declaration's sentence where it is a feature."""
    return feature_in_words(subject) if kind in ("feature", "missing") else spoken(subject)


def heat_asked(area: str, model: str) -> Asked:
    """Return the question of the subjects that moved furthest."""
    return Asked("drift_heat", {"area": area, "model": model, "most": SUBJECTS_SHOWN})


def drift_heat(area: str, model: str) -> tuple[Drifted, ...]:
    """Answer the weeks of the subjects that moved furthest, those first."""
    return _all(Drifted, heat_asked(area, model))


def drift_asked(area: str, model: str) -> Asked:
    """Return the question of every comparison that moved."""
    return Asked("drift_rows", {"area": area, "model": model})


def drift_counts(area: str, model: str) -> DriftCounts | None:
    """Answer what was compared in the newest week; None where nothing was."""
    return next(iter(_all(DriftCounts, Asked("drift_counts", {"area": area, "model": model}))), None)


def week_asked(area: str, model: str, chosen: Drifted) -> Asked:
    """Return the question of one subject's parts in one week."""
    told = {"subject": chosen.subject, "kind": chosen.kind, "week": chosen.week}
    return Asked("drift_of_week", {"area": area, "model": model, **told})


def drift_of_week(area: str, model: str, chosen: Drifted) -> tuple[Part, ...]:
    """Answer the shares of a subject's parts before and in a week."""
    return _all(Part, week_asked(area, model, chosen))


def weeks_asked(area: str, model: str) -> Asked:
    """Return the question of precision by week."""
    return Asked("performance_by_week", {"area": area, "model": model})


def performance_by_week(area: str, model: str) -> tuple[Precision, ...]:
    """Answer foretold and confirmed precision of every week, the oldest first."""
    return _all(Precision, weeks_asked(area, model))


def parts_asked(area: str, model: str, cut: str) -> Asked:
    """Return the question of precision and recall by month and part."""
    return Asked("performance_by_part", {"area": area, "model": model, "cut": cut})


def curve_asked(area: str, model: str) -> Asked:
    """Return the question of calibration by bin of scores."""
    return Asked("calibration_curve", {"area": area, "model": model})


def calibration_curve(area: str, model: str) -> tuple[Calibrated, ...]:
    """Answer expected and observed shares by bin of scores; the first, bin -1, is all together."""
    return _all(Calibrated, curve_asked(area, model))


def fairness_asked(area: str, cut: str, ends: datetime) -> Asked:
    """Return the question of wrongful holds by group, of the newest judged quarter before `ends`."""
    return Asked("fairness_of_area", {"area": area, "cut": cut, "ends": ends})


def fairness_of_area(area: str, cut: str, ends: datetime) -> tuple[Treated, ...]:
    """Answer wrongful holds by group, the highest rate first."""
    return _all(Treated, fairness_asked(area, cut, ends))


def supply_asked(area: str) -> Asked:
    """Return the question of labels by quarter and source."""
    return Asked("label_supply_of_area", {"area": area})


def label_supply(area: str) -> Sequence[Mapping[str, Any]]:
    """Answer the labels of an area by quarter, model and source, the newest quarter first."""
    asked = supply_asked(area)
    rows: list[dict[str, Any]] = ask.answer(asked.name, **asked.parameters).to_pylist()
    return rows


def label_need(area: str) -> tuple[Needed, ...]:
    """Answer for each model of an area what came since it was trained."""
    return _all(Needed, Asked("label_need_of_area", {"area": area}))


def alarms_asked(area: str) -> Asked:
    """Return the question of the alarms of an area and of everywhere."""
    return Asked("alarms_of_area", {"area": area})


def alarms_of_area(area: str) -> tuple[Raised, ...]:
    """Answer the alarms of an area and of everywhere, the newest first."""
    return _all(Raised, alarms_asked(area))


def typologies_known() -> tuple[str, ...]:
    """Answer every kind of crime that a label confirmed."""
    return tuple(ask.answer("confirmed_typologies").column("typology").to_pylist())


def event_to_dispose(event_id: str) -> tuple[str, datetime] | None:
    """Answer the account and time of an event; None where there is none."""
    rows = ask.answer("event_to_dispose", event=event_id).to_pylist()
    return (rows[0]["account_id"], rows[0]["occurred_at"]) if rows else None


def _all(kind: type[Row], asked: Asked) -> tuple[Row, ...]:
    names = list(vars(kind)["__dataclass_fields__"])
    rows = ask.answer(asked.name, **asked.parameters).select(names).to_pylist()
    return tuple(kind(**row) for row in rows)
