"""Alarms of performance, calibration and fairness: each with a limit that matters, and a test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import fmean, stdev
from typing import Any

from scoring.monitoring.alarms import Alarm, Row, monday, named, words
from scoring.monitoring.drift import week_end

# Weeks of its own past that a foretold precision is compared with, and how many standard deviations are far.
FEWEST_WEEKS = 4
FAR = 3.0
# A month is contradicted from five points on: less changes no decision.
LEAST_GAP = 0.05
LEAST_ARRIVED = 0.9
# Scores are wrong by a quarter: the rate of crime, or the slope on log-odds.
LEAST_RATIO, MOST_RATIO = 0.8, 1.25
EVERYWHERE = "everywhere"


def foretold_alarms(weeks: Iterable[Row]) -> list[Alarm]:
    """Answer alarms of weekly rows of `monitor_performance`, uncut, of one or more areas and models."""
    by_place: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in weeks:
        if row["foretold_precision"] is not None:
            by_place[row["model"], row["model_version"], row["area"]].append(row)
    return [
        alarm for rows in by_place.values() for alarm in _fallen(sorted(rows, key=lambda row: row["since"]))
    ]


def _fallen(rows: Sequence[Row]) -> Iterator[Alarm]:
    """Yield the first fall of one place: two weeks in a row under the limit of the weeks before."""
    under: list[float | None] = []
    for place, row in enumerate(rows):
        before = [past["foretold_precision"] for past in rows[:place]]
        limit = fmean(before) - FAR * stdev(before) if len(before) >= FEWEST_WEEKS else None
        is_under = limit is not None and row["foretold_precision_high"] < fmean(before)
        under.append(limit if is_under and limit is not None and row["foretold_precision"] < limit else None)
    for place, (first, second) in enumerate(pairwise(under), start=1):
        if first is not None and second is not None:
            row = rows[place]
            sentence = (
                f"Scores foretell that {_percent(row['foretold_precision'])} of alerts are right, under "
                f"{_percent(second)}, the limit of this model's own weeks, two weeks in a row."
            )
            yield _told(row, "foretold", "precision", week_end(row["since"]), row["since"], sentence) | {
                "value": row["foretold_precision"],
                "value_limit": second,
                "events": row["alerts"],
            }
            return


def contradicted_alarms(months: Iterable[Row], delays: Mapping[str, timedelta], now: datetime) -> list[Alarm]:
    """Answer alarms of monthly rows of `monitor_performance` whose labels say otherwise than their scores.

    `delays` is how long nine in ten labels of each model take. The first month of a model counts: it is told
    once. Where everywhere together is contradicted, areas and groups are named in that one alarm.
    """
    first: dict[tuple[str, ...], Row] = {}
    for row in sorted(months, key=lambda row: (row["since"], row["cut"] != "all")):
        if _is_contradicted(row):
            place = tuple(row[name] for name in ("model", "model_version", "area", "cut", "part"))
            first.setdefault(place, row)
    by_version: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in first.values():
        by_version[row["model"], row["model_version"]].append(row)
    answer = []
    for rows in by_version.values():
        for most, others in _together(rows):
            answer.append(_contradicted(most, delays, now) | {"others": [_group(row) for row in others]})
    return answer


def _together(rows: Sequence[Row]) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Yield each row to tell with those that say the same of a part of it."""
    whole = [row for row in rows if row["area"] == EVERYWHERE and row.get("cut", "all") == "all"]
    if whole:
        yield whole[0], [row for row in rows if row is not whole[0]]
        return
    groups = [row for row in rows if row["area"] == EVERYWHERE]
    if groups:
        yield groups[0], groups[1:]
    yield from ((row, []) for row in rows if row["area"] != EVERYWHERE)


def _group(row: Row) -> str:
    return str(row["part"] if row["area"] == EVERYWHERE else row["area"])


def _is_contradicted(row: Row) -> bool:
    if row["foretold_precision"] is None or row["confirmed_precision"] is None:
        return False
    is_apart = (
        row["confirmed_precision_high"] < row["foretold_precision_low"]
        or row["confirmed_precision_low"] > row["foretold_precision_high"]
    )
    gap = abs(row["confirmed_precision"] - row["foretold_precision"])
    return bool(is_apart and gap >= LEAST_GAP and row["arrived"] >= LEAST_ARRIVED)


def _contradicted(row: Row, delays: Mapping[str, timedelta], now: datetime) -> Alarm:
    month_end = _next_month(row["since"])
    raised = min(now, datetime.combine(month_end, datetime.min.time()) + delays[row["model"]])
    of = "" if row["cut"] == "all" else f" of {words(row['cut'])} {row['part']}"
    low, high = _percent(row["confirmed_precision_low"]), _percent(row["confirmed_precision_high"])
    sentence = (
        f"Scores foretold that {_percent(row['foretold_precision'])} of the alerts{of} of "
        f"{row['since']:%B %Y} are right; labels say "
        f"{_percent(row['confirmed_precision'])} ({low} to {high})."
    )
    subject = "precision" if row["cut"] == "all" else f"{row['cut']}: {row['part']}"
    return _told(row, "contradicted", subject, raised, monday(raised), sentence) | {
        "value": row["confirmed_precision"],
        "value_limit": row["foretold_precision"],
        "events": row["judged"],
    }


def calibration_alarms(wholes: Iterable[Row], raised: Mapping[str, datetime]) -> list[Alarm]:
    """Answer alarms of rows of `monitor_calibration` of all scores together.

    `raised` says for each model version when its newest events had had their time for labels. Where
    everywhere together is off, the areas that are too are named in that one alarm.
    """
    by_version: dict[str, list[Row]] = defaultdict(list)
    for row in wholes:
        if _is_off(row) or _is_bent(row):
            by_version[row["model_version"]].append(row)
    return [
        _off(most, raised[version], is_off=_is_off(most)) | {"others": [row["area"] for row in others]}
        for version, rows in by_version.items()
        for most, others in _together(rows)
    ]


def _is_off(row: Row) -> bool:
    low, high = row["observed_low"], row["observed_high"]
    return bool(low > MOST_RATIO * row["expected"] or high < LEAST_RATIO * row["expected"])


def _is_bent(row: Row) -> bool:
    if row["slope"] is None:
        return False
    return bool(row["slope_low"] > MOST_RATIO or row["slope_high"] < LEAST_RATIO)


def _off(row: Row, raised: datetime, *, is_off: bool) -> Alarm:
    if is_off:
        sentence = (
            f"{row['crimes']:,} of {row['events']:,} events were crime, where scores expected "
            f"{row['expected'] * row['events']:,.0f}."
        )
        told = {"value": row["observed"], "value_limit": row["expected"]}
    else:
        sentence = (
            f"Scores are too {'extreme' if row['slope'] < 1 else 'timid'}: the slope of truth on them is "
            f"{row['slope']:.2f} ({row['slope_low']:.2f} to {row['slope_high']:.2f}), 1 is right."
        )
        told = {"value": row["slope"], "value_limit": 1.0}
    subject = "level" if is_off else "slope"
    return (
        _told(row, "calibration", subject, raised, monday(raised), sentence)
        | told
        | {"events": row["events"]}
    )


def fairness_alarms(findings: Iterable[Row], version: str, raised: Mapping[date, datetime]) -> list[Alarm]:
    """Answer one alarm a quarter and cut of the findings of `fairness`; it names the largest.

    Where nothing is found of everywhere together, each area has its own.
    """
    together: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in findings:
        together[row["quarter"], row["cut"]].append(row)
    return [
        _unequal(most, others, version, raised[quarter])
        for (quarter, _), rows in together.items()
        for most, others in _worst_first(rows)
    ]


def _worst_first(rows: Sequence[Row]) -> Iterator[tuple[Row, Sequence[Row]]]:
    """Yield the worst row of everywhere with all others, or of each area with its own."""
    ordered = sorted(rows, key=lambda row: (row["area"] != EVERYWHERE, -row["ratio_low"]))
    if ordered[0]["area"] == EVERYWHERE:
        yield ordered[0], ordered[1:]
        return
    for area in dict.fromkeys(row["area"] for row in ordered):
        most, *others = [row for row in ordered if row["area"] == area]
        yield most, others


def _unequal(most: Row, others: Sequence[Row], version: str, raised: datetime) -> Alarm:
    place = {"model": "fraud", "model_version": version, "area": most["area"]}
    subject = f"{most['cut']}: {most['part']}"
    return _told(place, "fairness", subject, raised, monday(raised), most["sentence"]) | {
        "others": sorted({_group(row) for row in others} - {most["part"]}),
        "value": most["ratio"],
        "value_limit": MOST_RATIO,
        "events": most["events"],
        "p_adjusted": most["p_adjusted"],
    }


def _told(row: Row, kind: str, subject: str, raised: datetime, week: date, sentence: str) -> Alarm:
    place = {name: row[name] for name in ("model", "model_version", "area")}
    return named(
        {
            **place,
            "kind": kind,
            "subject": subject,
            "others": [],
            "raised_at": raised,
            "week": week,
            "value": None,
            "value_limit": None,
            "events": None,
            "p_adjusted": None,
            "severity": "medium",
            "sentence": sentence,
        }
    )


def _next_month(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
