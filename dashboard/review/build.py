"""The review of a period, put together: every measure, and the blocks that say whether it can be believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

from dashboard import ask, reader
from dashboard.facts import facts
from dashboard.formats import exact
from dashboard.measures.audit import Recall, Stratum, recall_change, recall_of
from dashboard.measures.change import Week
from dashboard.measures.crime_index import Circumstances
from dashboard.measures.crime_index import verdict as verdict_of
from dashboard.measures.decomposition import RegionDetections, decompose
from dashboard.measures.displacement import Place, find_displacement
from dashboard.questions import books, words
from dashboard.questions.measures import BY_NAME, WORLD, Readings, index_of, readings
from dashboard.questions.overview import headline
from dashboard.questions.period import Period
from dashboard.review.model import (
    Attribution,
    Decomposition,
    Flow,
    Part,
    RecoveryLine,
    RequestLine,
    Review,
    Verdict,
)
from dashboard.review.published import beside
from dashboard.review.sections import SECTIONS
from dashboard.tables import Asked

SEED = 20_250_101
PART_WORDS = {
    "Exposure": "More or fewer events were scored.",
    "Regional mix": "The events came from regions where more or less is detected.",
    "Model or policy": "Another model or policy judged the same events; it knows the labels of the earlier "
    "quarter, so it finds somewhat more there than it would have found then.",
}
# Falls looked at for displacement: the surest ones of the regions.
MOST_FALLS = 4


@reader.summing()
def review_of(period: Period) -> Review:
    """Return the review of a period, from memory when the store has not changed since."""
    return _review(books.version(), period)


@lru_cache(maxsize=64)
def _review(_version: str, period: Period) -> Review:
    known = facts()
    found = readings(period)
    recalls = _recalls(period)
    return Review(
        period=period,
        money_unit=known.money_unit,
        is_synthetic=known.is_synthetic,
        as_of=known.now or period.ends,
        sections=SECTIONS,
        readings=found,
        verdict=_verdict(period, found),
        decomposition=_decomposition(period, found),
        attributions=_attributions(),
        displacement=_displacement(period),
        audit=_audit(period, recalls),
        flows=tuple(Flow(**row) for row in _rows("money_flow", period)),
        requests=tuple(_request_line(row) for row in _rows("requests_by_class", period)),
        recoveries=tuple(RecoveryLine(**row) for row in _rows("recoveries_by_kind", period)),
        published=beside(period, known.money_unit) if known.is_synthetic else (),
        notes=_notes(found),
        questions=_questions(period),
    )


def _questions(period: Period) -> Mapping[str, Asked]:
    quarters = {"quarter": period.quarter.start, "base": period.base.start}
    return {
        "decomposition": Asked("cross_flagged", quarters),
        "attributions": Asked("attributed"),
        "displacement": Asked("incident_kinds", period.window),
        "audit": Asked("audit_strata", period.window),
        "flows": Asked("money_flow", period.between),
        "requests": Asked("requests_by_class", period.between),
        "recoveries": Asked("recoveries_by_kind", period.between),
    }


def _rows(name: str, period: Period) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ask.answer(name, **period.between).to_pylist()
    return rows


def _request_line(row: dict[str, Any]) -> RequestLine:
    return RequestLine(request_class=row.pop("class"), **row)


def _verdict(period: Period, found: Readings) -> Verdict:
    """Say what may be said of organised crime, by the rule of `crime_index`."""
    world = found["organised_crime"][WORLD]
    said = headline(world, period)
    index = index_of(period)
    if index is None or period.refusal:
        why = period.refusal or "No transaction was settled in one of the quarters."
        return Verdict(said, "not comparable", ((False, why),))
    measure = BY_NAME["organised_crime"]
    definition = f"{measure.name} version {measure.version}"
    arrived = world.arrived if world.arrived is not None else 1.0
    # Both windows are counted as known equally long after their end: equally mature by construction.
    caught = found["recall"][WORLD]
    before, after = (
        Circumstances(definition, recall, arrived, audited)
        for recall, audited in zip((caught.shown_before, caught.shown), _audited(period), strict=True)
    )
    judged = verdict_of(index, before, after)
    is_said = judged.word in ("reduction", "rise")
    if world.change is not None and world.change.is_shown and not is_said:
        said = (
            f"Fewer organised-crime rings were found in {period.name} than in {period.base_name}, "
            "but no reduction is shown"
        )
    return Verdict(said, judged.word, tuple((is_said, reason) for reason in judged.reasons))


def _decomposition(period: Period, found: Readings) -> Decomposition | None:
    if period.refusal:
        return None
    quarters = {"quarter": period.quarter.start, "base": period.base.start}
    cells: dict[str, dict[tuple[bool, bool], int]] = defaultdict(dict)
    for row in ask.answer("cross_flagged", **quarters).to_pylist():
        cells[row["region"]][row["is_now"], row["is_new"]] = row["flagged"]
    is_crossed = {key for seen in cells.values() for key in seen} >= set(product((False, True), repeat=2))
    regions = []
    for region, reading in found["suspicious_actions"].items():
        if region == WORLD:
            continue
        before, after = round(reading.previous), round(reading.value)
        seen = cells[region]
        regions.append(
            RegionDetections(
                region,
                reading.previous_exposure,
                reading.exposure,
                before,
                after,
                before_by_new=_crossed(before, seen.get((False, True)), seen.get((False, False)))
                if is_crossed
                else None,
                after_by_old=_crossed(after, seen.get((True, False)), seen.get((True, True)))
                if is_crossed
                else None,
            )
        )
    parts = decompose(regions)
    if parts is None:
        return None
    shown = tuple(
        Part(name, float(size), PART_WORDS.get(name) or _remainder(name)) for name, size in parts.parts
    )
    caveat = (
        "Suspicious actions, not crime. Another model's decisions are counted on one event in ten of each "
        "quarter and applied to all of them; the parts add up exactly."
    )
    return Decomposition("suspicious_actions", parts.before, parts.after, shown, caveat)


def _remainder(name: str) -> str:
    said = "What none of the others explains: a change in the events themselves, crime or how it hides."
    return (
        said
        if name == "Remainder"
        else f"{said} Model and policy are in it, since they were not cross-scored."
    )


def _crossed(own: int, other: int | None, same: int | None) -> int:
    """Return what the other version would have flagged: the whole count, by the sample's ratio of the two.

    A place of which the sample holds nothing is taken to be flagged alike by both.
    """
    return round(own * (other or 0) / same) if same else own


def _attributions() -> tuple[Attribution, ...]:
    found = []
    for row in ask.answer("attributed").to_pylist():
        leads = zip(
            *(row[f"lead_{name}"] or () for name in ("weeks", "ratios", "lows", "highs")), strict=True
        )
        if row["ratio"] is None:
            continue
        place = row["place"]
        name = words.country(place) if len(place) == 2 else words.region(place)
        found.append(
            Attribution(
                row["intervention_id"], row["title"], name, row["starts_at"], row["ratio"], row["low"],
                row["high"], row["pre_trend_p"], tuple(leads), row["verdict"],
            )
        )  # fmt: skip
    return tuple(found)


def _displacement(period: Period) -> tuple[str, ...]:
    """Say of the surest falls whether other regions or kinds rose."""
    if period.refusal:
        return ()
    places = _places(period)
    kinds: dict[str, Place] = {}
    for place in places:
        # The kind that is most frequent in a region stands for its fall.
        best = kinds.get(place.region)
        if best is None or sum(w.count for w in place.before) > sum(w.count for w in best.before):
            kinds[place.region] = place
    found = [find_displacement(place.region, place.kind, places) for place in kinds.values()]
    falls = sorted((one for one in found if one and one.fall.high < 1), key=lambda one: one.fall.high)
    return tuple(one.sentence() for one in falls[:MOST_FALLS])


def _places(period: Period) -> list[Place]:
    windows = []
    for window in (period.base_window, period.window):
        rows = ask.answer("incident_kinds", **window).to_pylist()
        exposed = ask.answer("weekly_settled", starts=window["starts"], ends=window["ends"]).to_pylist()
        windows.append((rows, exposed))
    pairs = sorted({(row["region"], row["kind"]) for rows, _ in windows for row in rows})
    names = {kind: kind.replace("_", " ") for _, kind in pairs}
    return [
        Place(
            words.region(region),
            names[kind],
            *(_place_weeks(rows, exposed, region, kind) for rows, exposed in windows),
        )
        for region, kind in pairs
    ]


def _place_weeks(
    rows: list[dict[str, Any]], exposed: list[dict[str, Any]], region: str, kind: str
) -> tuple[Week, ...]:
    """Return a place's weeks, all of them in one order, so that places can be summed."""
    counts = {row["week"]: row["incidents"] for row in rows if (row["region"], row["kind"]) == (region, kind)}
    here = {row["week"]: row["exposure"] for row in exposed if row["region"] == region}
    weeks: list[date] = sorted({row["week"] for row in exposed} | {row["week"] for row in rows})
    return tuple(Week(counts.get(week, 0), here.get(week, 0.0)) for week in weeks)


def _strata(window: Mapping[str, object]) -> list[Stratum]:
    rows = ask.answer("audit_strata", **window).to_pylist()
    return [
        Stratum(
            row["name"],
            row["is_flagged"],
            max(row["events"], row["audited"]),
            row["audited"],
            row["crimes"],
        )
        for row in rows
    ]


def _audited(period: Period) -> tuple[int, int]:
    before, after = (
        sum(stratum.audited for stratum in _strata(window)) for window in (period.base_window, period.window)
    )
    return before, after


def _recalls(period: Period) -> tuple[Recall | None, Recall | None]:
    before, after = (
        recall_of(strata, SEED) if (strata := _strata(window)) else None
        for window in (period.base_window, period.window)
    )
    return before, after


def _audit(period: Period, recalls: tuple[Recall | None, Recall | None]) -> tuple[str, ...]:
    """Say what the random audit found of what went unseen, and whether that changed."""
    before, after = recalls
    if after is None:
        return ("Not measured yet: no random audit of this quarter was loaded.",)
    said = [f"{exact(_audited(period)[1])} events of {period.name} were drawn at random. {after.sentence()}"]
    if before is not None and not period.refusal:
        change = recall_change(_strata(period.base_window), _strata(period.window), SEED)
        if change is not None:
            said.append(change.sentence())
    return tuple(said)


def _notes(found: Readings) -> tuple[str, ...]:
    """Return why figures are missing or could not be compared, each reason once."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for name, places in found.items():
        refusal = places[WORLD].refusal
        if refusal:
            reasons[refusal].append(BY_NAME[name].title.format(unit="Money"))
    if any(len(titles) == len(found) for titles in reasons.values()):
        return tuple(reasons)
    return tuple(f"{', '.join(titles)}: {refusal}" for refusal, titles in reasons.items())
