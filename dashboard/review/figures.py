"""Every figure of a review as one flat table: page, PDF, HTML, CSV and Parquet are all made from it.

    lines = lines_of(review)              # one Line a figure, with what it says already written
    table = table_of(lines, digest)       # pyarrow, with the SHA-256 of each query and of its rows

What a number looks like is decided once, by `dashboard.cards`, when a line is made; nothing after that
formats a figure again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

import pyarrow as pa

from dashboard import cards
from dashboard.formats import compact, exact, money
from dashboard.questions import words
from dashboard.questions.measures import Reading
from dashboard.review.hashes import Digest, Hashes
from dashboard.review.model import Review
from dashboard.tables import Asked

NOT_MEASURED = "Not measured yet"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its contract; texts are empty and numbers None where there is none.

    `shown`, `base_shown`, `change` and `interval` are what every form of the review prints; `said` is the
    sentence. Windows are half-open, naive UTC. `asked` is the question behind it.
    """

    block: str
    title: str
    shown: str
    said: str
    window_starts: datetime
    window_ends: datetime
    window_rule: str
    asked: Asked | None
    measure: str = ""
    base_shown: str = ""
    change: str = ""
    interval: str = ""
    version: int | None = None
    unit: str = ""
    population: str = ""
    exposure_name: str = ""
    region: str = ""
    country: str = ""
    base_starts: datetime | None = None
    base_ends: datetime | None = None
    value: float | None = None
    base_value: float | None = None
    exposure: float | None = None
    base_exposure: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    arrived: float | None = None
    nowcast: float | None = None
    nowcast_low: float | None = None
    nowcast_high: float | None = None
    refusal: str = ""
    owner: str = ""
    tone: cards.Tone = "quiet"

    @property
    def place(self) -> str:
        """Where it was counted, in words."""
        return words.country(self.country) if self.country else words.region(self.region)


def lines_of(review: Review, more: Sequence[Reading] = ()) -> tuple[Line, ...]:
    """Return every figure of `review`, measures first; `more` are readings of single countries."""
    # Places in the order of their slugs, everywhere first: the same store gives the same bytes.
    found = [line_of(places[slug], review) for places in review.readings.values() for slug in sorted(places)]
    found += [line_of(reading, review) for reading in more]
    return (*found, *_parts(review), *_effects(review), *_flows(review), *_desk(review))


def line_of(reading: Reading, review: Review) -> Line:
    """Return one reading as a line, its words included."""
    period, measure = review.period, reading.measure
    change = reading.change
    size, detail, tone = said_of(reading, review)
    nowcast = reading.nowcast or (None, None, None)
    return Line(
        block="measure",
        measure=measure.name,
        title=cards.title(measure, review.money_unit),
        shown=shown_of(reading, review),
        base_shown=base_shown_of(reading, review),
        change=size,
        interval=detail,
        said=sentence_of(reading, review),
        version=measure.version,
        unit=review.money_unit if measure.is_money else measure.unit,
        population=measure.population,
        window_rule=measure.window_rule,
        exposure_name=measure.exposure or "",
        region=reading.region,
        country=reading.country,
        window_starts=period.starts,
        window_ends=period.ends,
        base_starts=period.base_starts,
        base_ends=period.base_ends,
        value=reading.shown if reading.is_measured else None,
        base_value=reading.shown_before if reading.is_measured else None,
        exposure=reading.exposure or None,
        base_exposure=reading.previous_exposure or None,
        ratio=change.ratio if change else None,
        low=change.low if change else None,
        high=change.high if change else None,
        arrived=reading.arrived,
        nowcast=nowcast[0],
        nowcast_low=nowcast[1],
        nowcast_high=nowcast[2],
        refusal=reading.refusal or "",
        owner=measure.owner,
        asked=reading.rows(period) if reading.is_measured else None,
        tone=tone,
    )


def shown_of(reading: Reading, review: Review) -> str:
    """Write the number of a reading as every form shows it."""
    return cards.shown_value(reading, review.money_unit) if reading.is_measured else "\u2013"


def base_shown_of(reading: Reading, review: Review) -> str:
    """Write the number that it is compared with."""
    return cards.shown_value(_base_of(reading), review.money_unit) if reading.is_measured else ""


def said_of(reading: Reading, review: Review) -> tuple[str, str, cards.Tone]:
    """Return how a change is written, its interval or reason, and whether it is good."""
    if not reading.is_measured:
        return NOT_MEASURED, "", "quiet"
    found = cards.change_words(reading, review.period)
    return found.size, found.detail, found.tone


def sentence_of(reading: Reading, review: Review) -> str:
    """Say in one sentence what became of a measure, or why that cannot be said."""
    if reading.refusal:
        return reading.refusal
    noun = reading.measure.noun.format(unit=review.money_unit)
    found = reading.change.sentence() if reading.change else "no comparison"
    said = f"{noun}: {found}." if found.startswith("no ") else f"{noun} {found}."
    if reading.nowcast:
        estimate, low, high = (compact(round(value)) for value in reading.nowcast)
        said += f" When all labels are there: about {estimate}, between {low} and {high}."
    return said


def table_of(lines: Sequence[Line], digest: Digest) -> pa.Table:
    """Return `lines` as a table, one column a field, with the hashes of each figure's query and rows."""
    named = [field.name for field in fields(Line) if field.name not in ("asked", "tone")]
    columns = {name: pa.array([getattr(line, name) for line in lines], _kind(name)) for name in named}
    hashes = [digest(line.asked) if line.asked else Hashes("", "") for line in lines]
    columns["question"] = pa.array([line.asked.name if line.asked else "" for line in lines], pa.string())
    columns["query_sha256"] = pa.array([found.query for found in hashes], pa.string())
    columns["data_sha256"] = pa.array([found.data for found in hashes], pa.string())
    return pa.table(columns)


def _base_of(reading: Reading) -> Reading:
    return replace(reading, value=reading.previous, exposure=reading.previous_exposure)


def _kind(name: str) -> pa.DataType:
    declared = str(next(field.type for field in fields(Line) if field.name == name))
    kinds = {"str": pa.string(), "int": pa.int64(), "float": pa.float64(), "datetime": pa.timestamp("us")}
    return kinds[declared.partition(" ")[0]]


def _other(review: Review, block: str, title: str, shown: str, said: str, **more: Any) -> Line:
    """Return a figure that is no measure; `more` are its other fields."""
    given = {"window_starts": review.period.starts, **more}
    return Line(
        block,
        title,
        shown,
        said,
        window_ends=review.period.ends,
        window_rule="the quarter of the review, UTC",
        asked=review.questions.get(block),
        **given,
    )


def _parts(review: Review) -> Iterator[Line]:
    whole = review.decomposition
    for part in whole.parts if whole else ():
        yield _other(
            review, "decomposition", part.name, signed(part.value), part.sentence,
            measure=whole.measure if whole else "", value=part.value,
        )  # fmt: skip


def _effects(review: Review) -> Iterator[Line]:
    for effect in review.attributions:
        interval = f"{cards.signed_percent(effect.low)} to {cards.signed_percent(effect.high)}"
        yield _other(
            review, "attributions", f"{effect.title}, {effect.place}", cards.signed_percent(effect.ratio),
            effect.verdict, measure=effect.intervention, interval=interval, ratio=effect.ratio,
            low=effect.low, high=effect.high, window_starts=effect.starts_at,
        )  # fmt: skip


def _flows(review: Review) -> Iterator[Line]:
    for flow in review.flows:
        yield _other(
            review, "flows", f"{flow.source} to {flow.target}", money(flow.amount, review.money_unit), "",
            value=flow.amount, unit=review.money_unit,
        )  # fmt: skip


def _desk(review: Review) -> Iterator[Line]:
    for line in review.requests:
        counts = {name: getattr(line, name) for name in ("received", "answered", "executed", "open")}
        for name, count in counts.items():
            yield _cell(
                review, "requests", words.spoken(line.request_class), name, exact(count), count, "requests"
            )
        if line.median_hours is not None:
            shown = compact(line.median_hours)
            yield _cell(
                review,
                "requests",
                words.spoken(line.request_class),
                "median hours",
                shown,
                line.median_hours,
                "hours",
            )
    for found in review.recoveries:
        counts = {"ended": found.ended, "recovered": found.recovered, "false claims": found.false_claims}
        for name, count in counts.items():
            yield _cell(review, "recoveries", words.spoken(found.kind), name, exact(count), count, "claims")
        shown = money(found.amount_recovered, review.money_unit)
        yield _cell(
            review,
            "recoveries",
            words.spoken(found.kind),
            "amount recovered",
            shown,
            found.amount_recovered,
            review.money_unit,
        )


def _cell(review: Review, block: str, row: str, column: str, shown: str, value: float, unit: str) -> Line:
    """Return one cell of a small table: `population` names its row, `measure` its column."""
    return _other(
        review, block, f"{row}, {column}", shown, "", measure=column, population=row, value=float(value),
        unit=unit,
    )  # fmt: skip


def grid(lines: Sequence[Line], block: str, columns: Sequence[str]) -> list[list[str]]:
    """Return the cells of `block` as rows of text, the row's name first, a dash where there is none."""
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        if line.block == block:
            found.setdefault(line.population, {})[line.measure] = line.shown
    return [[row, *(cells.get(column, "\u2013") for column in columns)] for row, cells in found.items()]


def signed(value: float) -> str:
    """Write a number of detections that a part added or took away: `+2,425`."""
    whole = round(value)
    return f"+{exact(whole)}" if whole > 0 else exact(whole)
