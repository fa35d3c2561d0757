"""Alarms: what monitoring asks people to look at, one alarm a cause and not one a number.

    sudden drift     what moved in one week, against the four weeks before and the reference; all that moved
                     in one area in that week is one alarm; raised after one week where it is twice its
                     limit, after two where it is not
    slow drift       what has left the reference for three weeks without a sudden step; one alarm an area and
                     model, from three features on
    performance      foretold precision far under its own past for two weeks; a month that labels contradict;
                     scores that have to be bent to be right
    new typology     confirmed crime of a kind that no label named when the model was trained
    fairness         a large gap of wrongful holds

Features that look over all history grow with a store that is younger than a year; they are shown, but raise
nothing until then. Nor do measurements of pictures, which are shown again and again: one new set of pictures
moves all of them together. Whether they are known does, and so does the score that comes of them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES
from scoring.features.subjects import EVENT, EVER
from scoring.monitoring.drift import week_end

Row = Mapping[str, Any]
Alarm = dict[str, Any]

AT_ONCE = 2.0
HIGH = 3.0
# The same subject again within two months is the same cause.
SAME_CAUSE = timedelta(weeks=8)
SLOW_WEEKS = 3
SLOW_SUBJECTS = 3
A_YEAR = timedelta(days=365)
WEEK = timedelta(days=7)
# A typology is news from five labels of three accounts on; one label may be a slip of the pen.
FEWEST_LABELS, FEWEST_ACCOUNTS = 5, 3


def growing_with_the_record() -> frozenset[str]:
    """Answer the features that look over all history of something other than the event."""
    return frozenset(
        feature.name
        for feature in (*FRAUD_FEATURES, *LIVENESS_FEATURES)
        if feature.window is EVER and feature.entity is not EVENT
    )


def left_out_at(first_event: datetime, watermark: datetime) -> frozenset[tuple[str, str]]:
    """Answer which (kind, subject) raise nothing in a store with such a history."""
    pictures = frozenset(("feature", feature.name) for feature in LIVENESS_FEATURES if feature.is_late)
    if watermark - first_event >= A_YEAR:
        return pictures
    return pictures | {(kind, name) for name in growing_with_the_record() for kind in ("feature", "missing")}


def drift_alarms(moved: Iterable[Row]) -> list[Alarm]:
    """Answer the alarms of rows of `monitor_drift` that are moved; those that are left out raise none."""
    by_subject: dict[tuple[str, ...], dict[date, Row]] = defaultdict(dict)
    for row in moved:
        if not row["is_left_out"]:
            by_subject[tuple(row[name] for name in (*_PLACE, "kind", "subject"))][row["week"]] = row
    sudden: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    slow: dict[tuple[str, ...], list[tuple[date, Row]]] = defaultdict(list)
    for key, weeks in by_subject.items():
        steps = list(_steps(weeks))
        for raised, row in steps:
            sudden[(*key[:3], raised)].append(row)
        if not steps and (since := _stayed(weeks)) is not None:
            slow[key[:3]].append((since, weeks[since]))
    return [_sudden(rows, place[-1]) for place, rows in sudden.items()] + [
        alarm for rows in slow.values() for alarm in _slow(rows)
    ]


def _steps(weeks: Mapping[date, Row]) -> Iterator[tuple[date, Row]]:
    """Yield the week at whose end a sudden step is certain, with the row of the step."""
    last: date | None = None
    for week in sorted(weeks):
        row = weeks[week]
        if not row["is_sudden"] or (last is not None and week - last < SAME_CAUSE):
            continue
        if row["psi_newest"] >= AT_ONCE * row["newest_limit"]:
            last = week
            yield week, row
        elif week + WEEK in weeks:
            last = week
            yield week + WEEK, weeks[week + WEEK]


def _stayed(weeks: Mapping[date, Row]) -> date | None:
    """Answer the first week that is the third in a row."""
    return next(
        (week for week in sorted(weeks) if all(week - n * WEEK in weeks for n in range(SLOW_WEEKS))), None
    )


def _sudden(rows: Sequence[Row], week: date) -> Alarm:
    most, *others = sorted(rows, key=lambda row: -row["psi"] / row["psi_limit"])
    what = "moved" if not others else f"and {len(others)} more moved"
    sentence = (
        f"{_said(most).capitalize()} {what} at once in the week of {most['week']:%Y-%m-%d}: population "
        f"stability {most['psi']:.2f}, limit {most['psi_limit']:.2f}, on {most['events']:,} events."
    )
    return _drifted(most, most["kind"] if most["kind"] != "feature" else "drift", others, week, sentence)


def _slow(rows: Sequence[tuple[date, Row]]) -> Iterator[Alarm]:
    """Yield one alarm of an area and model, at the week in which enough subjects had stayed away."""
    ordered = sorted(rows, key=lambda told: (told[0], -told[1]["psi"]))
    if len(ordered) < SLOW_SUBJECTS:
        return
    week = ordered[SLOW_SUBJECTS - 1][0]
    there = [row for since, row in ordered if since <= week]
    most, *others = sorted(there, key=lambda row: -row["psi"] / row["psi_limit"])
    sentence = (
        f"{len(there)} features have slowly left what the model was trained on, most of all "
        f"{_said(most)}: population stability {most['psi']:.2f}, limit {most['psi_limit']:.2f}, on "
        f"{most['events']:,} events."
    )
    yield _drifted(most, "drift", others, week, sentence) | {"severity": "medium"}


def _drifted(most: Row, kind: str, others: Sequence[Row], week: date, sentence: str) -> Alarm:
    told = {
        **{name: most[name] for name in _PLACE},
        "kind": kind,
        "subject": most["subject"],
        "others": sorted({row["subject"] for row in others} - {most["subject"]}),
        "raised_at": week_end(week),
        "week": week,
        "value": most["psi"],
        "value_limit": most["psi_limit"],
        "events": most["events"],
        "p_adjusted": most["p_adjusted"],
        "severity": "high" if most["psi"] >= HIGH * most["psi_limit"] else "medium",
        "sentence": sentence,
    }
    return named(told)


def typology_alarms(found: Iterable[Row]) -> list[Alarm]:
    """Answer the alarms of the rows of `new_typologies.sql`."""
    return [
        named(
            {
                **{name: row[name] for name in _PLACE},
                "kind": "new_typology",
                "subject": row["typology"],
                "others": [],
                "raised_at": row["raised_at"],
                "week": monday(row["raised_at"]),
                "value": float(row["labels"]),
                "value_limit": float(FEWEST_LABELS),
                "events": row["labels"],
                "p_adjusted": None,
                "severity": "high",
                "sentence": f"{row['labels']:,} events are confirmed as {words(row['typology'])}, a kind of "
                "crime that no label named when the model was trained.",
            }
        )
        for row in found
    ]


def named(alarm: Alarm) -> Alarm:
    """Answer `alarm` with its id, which is the same whenever the same thing is found again."""
    said = "|".join(
        str(alarm[name]) for name in ("model", "model_version", "area", "kind", "subject", "week")
    )
    return {"alarm_id": f"M-{hashlib.sha256(said.encode()).hexdigest()[:10]}", **alarm}


def monday(at: datetime) -> date:
    """Answer the Monday of the week of `at`."""
    return at.date() - timedelta(days=at.weekday())


def words(name: str) -> str:
    """Answer a name of the store as words."""
    return name.replace("_", " ")


def _said(row: Row) -> str:
    said = words(row["subject"]).removeprefix("event ")
    return f"whether {said} is known" if row["kind"] == "missing" else said


_PLACE = ("model", "model_version", "area")
