"""What the report says, in the order in which it says it: plain JSON values that both templates print.

Texts of figures come from the lines of `figures.py`; nothing is counted or formatted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from dashboard.formats import percent
from dashboard.questions import words
from dashboard.questions.measures import WORLD, Reading, readings_in
from dashboard.review import drawings
from dashboard.review.drawings import Panel
from dashboard.review.figures import Line, grid, line_of, lines_of, shown_of
from dashboard.review.model import Review

# The regions that the review follows by name, and the country among them; all others are "the rest".
FOLLOWED = (("south_east_asia", ""), ("south_east_asia", "ID"), ("south_asia", ""), ("cis", ""))
CARDS = 5
REQUEST_COLUMNS = ("received", "answered", "executed", "open", "median hours")
RECOVERY_COLUMNS = ("ended", "recovered", "false claims", "amount recovered")
Content = dict[str, Any]


def card_measures(review: Review) -> tuple[str, ...]:
    """Return the measures shown as cards: the first of each section, then the next, at most five."""
    found: list[str] = []
    longest = max((len(section.measures) for section in review.sections), default=0)
    for place in range(longest):
        found += [s.measures[place] for s in review.sections if place < len(s.measures)]
    known = [name for name in found if WORLD in review.readings.get(name, {})]
    # A number is worth a card before the reason why there is none.
    return tuple(sorted(known, key=lambda name: not review.readings[name][WORLD].is_measured)[:CARDS])


def regional_measure(review: Review, wanted: str | None = None) -> str:
    """Return the measure shown by region: the one wanted, fraud incidents, or the first with regions."""
    regional = [name for name, places in review.readings.items() if len(places) > 1]
    standard = [name for name in ("incidents",) if name in regional]
    return wanted if wanted in regional else next(iter([*standard, *regional, *review.readings]))


def countries_of(review: Review, measure: str) -> dict[str, Reading]:
    """Return one measure's readings of the countries that the review follows, by their two letters."""
    found: dict[str, Reading] = {}
    places = review.readings[measure]
    for region, country in FOLLOWED:
        inside = readings_in(review.period, measure, region) if country and region in places else {}
        if country in inside:
            found[country] = inside[country]
    return found


def panels_of(review: Review, measure: str, countries: Mapping[str, Reading]) -> tuple[Panel, ...]:
    """Return the small pictures of one measure: the followed places, then all the rest together."""
    places = review.readings[measure]
    followed = [countries.get(country) if country else places.get(region) for region, country in FOLLOWED]
    found = [_panel(line_of(reading, review), reading) for reading in followed if reading is not None]
    named = {region for region, _ in FOLLOWED}
    rest = [reading for slug, reading in sorted(places.items()) if slug not in named and slug != WORLD]
    rest = [reading for reading in rest if reading.is_measured]
    return (*found, _rest(rest, review)) if rest else tuple(found)


def with_readings(
    found: Sequence[Panel], review: Review, measure: str, countries: Mapping[str, Reading]
) -> list[tuple[Panel, Reading | None]]:
    """Return each small picture with the reading behind it; the rest, a sum, has none."""
    known = (*review.readings[measure].values(), *countries.values())
    by_name = {line_of(reading, review).place: reading for reading in known}
    return [(panel, by_name.get(panel.name)) for panel in found]


def all_lines(review: Review) -> tuple[Line, ...]:
    """Return every figure of the review, those of the followed countries included."""
    return lines_of(review, [r for name in review.readings for r in countries_of(review, name).values()])


def content_of(review: Review, table: pa.Table, lines: Sequence[Line]) -> Content:
    """Return the report; `table` is made of `lines`, and its hashes are what the appendix lists."""
    world = {line.measure: line for line in lines if line.block == "measure" and not line.region}
    measure = regional_measure(review, next(iter(card_measures(review)), None))
    period = review.period
    return {
        "title": "Quarterly review",
        "period": period.name,
        "base": period.base.name,
        "as_of": f"{review.as_of:%d %B %Y, %H:%M} UTC",
        "is_synthetic": review.is_synthetic,
        "headline": review.verdict.headline,
        "reasons": [{"held": held, "words": text} for held, text in review.verdict.reasons],
        "cards": [_card(world[name], review) for name in card_measures(review)],
        "sections": [
            {
                "title": section.title,
                "question": section.question,
                "rows": [_row(world[name]) for name in section.measures if name in world],
            }
            for section in review.sections
        ],
        "decomposition": _decomposition(review, lines),
        "regional": _regional(review, measure, lines),
        "flows": _flows(review, lines),
        "requests": {"columns": REQUEST_COLUMNS, "rows": grid(lines, "requests", REQUEST_COLUMNS)},
        "recoveries": {"columns": RECOVERY_COLUMNS, "rows": grid(lines, "recoveries", RECOVERY_COLUMNS)},
        "attributions": _attributions(review, lines),
        "displacement": review.displacement,
        "audit": review.audit,
        "published": [_published(line) for line in review.published],
        "notes": review.notes,
        "contracts": [_contract(reading, world[name]) for name, reading in _worlds(review) if name in world],
        "places": [{**_row(line), "place": line.place} for line in lines if line.region and line.asked],
        "queries": _queries(table),
    }


def _worlds(review: Review) -> Iterable[tuple[str, Reading]]:
    return ((name, places[WORLD]) for name, places in review.readings.items() if WORLD in places)


def _panel(line: Line, reading: Reading) -> Panel:
    return Panel(line.place, reading.weeks, line.shown, line.change, line.tone)


def _rest(rest: Sequence[Reading], review: Review) -> Panel:
    """Sum the weeks of the regions that are not followed; a sum of intervals would be none."""
    weeks: dict[Any, float] = {}
    for reading in rest:
        for day, value in reading.weeks:
            weeks[day] = weeks.get(day, 0.0) + value
    whole = replace(
        rest[0], value=sum(r.value for r in rest), exposure=sum(r.exposure for r in rest), is_measured=True
    )
    # A median of medians is none.
    shown = f"{len(rest)} regions" if whole.measure.kind == "median" else shown_of(whole, review)
    return Panel("The rest", tuple(sorted(weeks.items())), shown, "", "quiet")


def _card(line: Line, review: Review) -> Content:
    weeks = review.readings[line.measure][WORLD].weeks
    return {**_row(line), "spark": drawings.sparkline([value for _, value in weeks], line.tone)}


def _row(line: Line) -> Content:
    arrived = f" {percent(line.arrived)} of its labels have arrived." if line.arrived is not None else ""
    said = f"{line.title}: {line.refusal}" if line.refusal else line.said
    return {
        "title": line.title,
        "shown": line.shown,
        "base_shown": line.base_shown,
        "change": line.change,
        "interval": line.interval,
        "tone": line.tone,
        "said": said + arrived,
    }


def _decomposition(review: Review, lines: Sequence[Line]) -> Content | None:
    whole = review.decomposition
    if whole is None:
        return None
    world = review.readings.get(whole.measure, {}).get(WORLD)
    name = line_of(world, review).title if world else words.spoken(whole.measure)
    return {
        "title": name,
        "svg": drawings.waterfall(whole, review.period.base.name, review.period.name),
        "rows": [[line.title, line.shown, line.said] for line in lines if line.block == "decomposition"],
        "caveat": whole.caveat,
    }


def _regional(review: Review, measure: str, lines: Sequence[Line]) -> Content:
    shown = panels_of(review, measure, countries_of(review, measure))
    own = [line for line in lines if line.block == "measure" and line.measure == measure and line.region]
    return {
        "title": line_of(review.readings[measure][WORLD], review).title,
        "svg": drawings.panels(shown, review.period.starts.date()) if shown else "",
        "rows": [{**_row(line), "place": line.place} for line in own],
    }


def _flows(review: Review, lines: Sequence[Line]) -> Content | None:
    if not review.flows:
        return None
    return {
        "svg": drawings.flow(review.flows, review.money_unit),
        "rows": [[line.title, line.shown] for line in lines if line.block == "flows"],
    }


def _attributions(review: Review, lines: Sequence[Line]) -> list[Content]:
    own = [line for line in lines if line.block == "attributions"]
    return [
        {
            "title": line.title,
            "starts": f"{effect.starts_at:%d %B %Y}",
            "shown": line.shown,
            "interval": line.interval,
            "said": line.said,
            "pre_trend": pre_trend(effect.pre_trend_p),
            "svg": drawings.leads(effect) if effect.leads else "",
        }
        for line, effect in zip(own, review.attributions, strict=True)
    ]


def pre_trend(p: float | None) -> str:
    """Say whether the regions moved alike before a measure began."""
    if p is None:
        return "The pre-trend could not be tested: too few weeks before it began."
    held = "no sign of" if p >= 0.05 else "there was"
    return f"Pre-trend: {held} a movement before it began (p = {p:.2g})."


def _published(line: Any) -> Content:
    return {
        "figure": line.words,
        "published": line.published,
        "measured": line.measured or "\u2013",
        "difference": line.difference or "\u2013",
        "interval": line.interval,
        "contract": line.contract,
        "state": line.state,
    }


def _contract(reading: Reading, line: Line) -> Content:
    measure = reading.measure
    return {
        "title": line.title,
        "name": f"{measure.name}, version {measure.version}",
        "definition": measure.definition.format(unit=line.unit),
        "unit": line.unit,
        "population": line.population,
        "window": line.window_rule,
        "exposure": line.exposure_name or "none",
        "owner": line.owner,
    }


def _queries(table: pa.Table) -> list[Content]:
    """Return the questions behind the figures of all regions with their hashes, each once."""
    found: dict[tuple[str, str], Content] = {}
    for row in table.to_pylist():
        if row["region"] or not row["question"]:
            continue
        title = row["title"] if row["block"] == "measure" else words.spoken(row["block"])
        hashes = {"query": row["query_sha256"], "data": row["data_sha256"]}
        found.setdefault((title, hashes["query"]), {"title": title, "question": row["question"], **hashes})
    return list(found.values())
