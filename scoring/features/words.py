"""Words for a feature's value: one sentence for an analyst, with units, plurals, and words for not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scoring.features import comparisons as compared
from scoring.features import measures as measured
from scoring.features.figures import duration, many, number, percent
from scoring.features.subjects import EVER, Entity, Rows, Window


@dataclass(frozen=True)
class Words:
    """The wording of an attribute of the event: for yes or a number, for no, and for not known.

    {value} stands for the number as people write it, {duration} for seconds as a length of time.
    """

    yes: str
    no: str
    missing: str


@dataclass(frozen=True)
class Reading:
    """A value to be said, with all that its sentence needs. `normal` is the own or the population's."""

    measure: measured.Measure
    entity: Entity
    window: Window
    value: float
    normal: float | None

    @property
    def rows(self) -> Rows:
        """The rows that were measured."""
        return self.measure.rows

    @property
    def when(self) -> str:
        """The window in words; nothing for all of the past."""
        return "" if self.window is EVER else f" {self.window.words}"

    def usual(self, write: Callable[[float], str]) -> str:
        """The normal in brackets, where it is known."""
        return "" if self.normal is None else f" (usual: {write(self.normal)})"


def say(reading: Reading, words: Words | None) -> str:
    """Say a known value in one sentence."""
    if words is not None:
        chosen = words.no if reading.value == 0 and words.no else words.yes
        if "{duration}" in chosen:
            return chosen.replace("{duration}", duration(reading.value))
        if "{value}" not in chosen:
            return chosen
        return f"{chosen.removesuffix('.')}{reading.usual(number)}.".replace("{value}", number(reading.value))
    return _SAID[type(reading.measure)](reading)


def say_missing(measure: measured.Measure, entity: Entity, window: Window, words: Words | None) -> str:
    """Say in one sentence why there is no value."""
    if words is not None:
        return words.missing
    rows, past = measure.rows, "" if window is EVER else f" {window.words}"
    match measure:
        case measured.Amount():
            return "The amount is not known."
        case measured.SinceLast() | measured.SinceFirst():
            return f"{entity.subject} had no {rows.one}{past or ' before'}."
        case measured.Mean() | measured.Largest() | measured.Typical():
            return f"{entity.subject} had no {rows.many} of known amount{past or ' before'}."
        case compared.TimesTypical() | compared.TimesMean() | compared.TimesLargest() | compared.Deviation():
            return f"{entity.subject} had no {rows.many}{past or ' before'} to compare this amount with."
        case compared.PassThrough():
            return f"{entity.subject} had no {measure.came.many}{past}, so nothing can have passed through."
        case compared.Pace():
            return f"{entity.subject} had no {rows.many}{past} to compare the pace with."
        case compared.TravelSpeed():
            return "The country of this network or of the one before is not known."
        case _:
            return f"{_plain(entity)} is not known."


def _plain(entity: Entity) -> str:
    return {
        "device": "The device",
        "account_device": "The device",
        "ip": "The network address",
        "account_ip": "The network address",
        "counterparty": "The counterparty",
        "account_counterparty": "The counterparty",
        "account_country": "The country of the network",
    }.get(entity.name, "The account")


def _amount(r: Reading) -> str:
    return f"The amount is {number(r.value)}{r.usual(number)}."


def _count(r: Reading) -> str:
    counted = many(r.value, r.rows.one, r.rows.many)
    return f"{r.entity.subject} had {counted}{r.when or ' before'}{r.usual(number)}."


def _count_others(r: Reading) -> str:
    counted = many(r.value, r.rows.one, r.rows.many)
    return f"{r.entity.subject} had {counted} by other customers{r.when or ' before'}{r.usual(number)}."


def _distinct(r: Reading) -> str:
    measure = r.measure
    assert isinstance(measure, measured.Distinct)
    counted = many(r.value, measure.one, measure.many)
    among = "" if r.rows.name == "events" else f" in {r.rows.many}"
    return f"{r.entity.subject} {measure.did} {counted}{among}{r.when or ' before'}{r.usual(number)}."


def _sum(r: Reading) -> str:
    return f"{r.entity.possessive_start} {r.rows.many}{r.when} add up to {number(r.value)}{r.usual(number)}."


def _mean(r: Reading) -> str:
    mean = f"{number(r.value)} on average{r.usual(number)}"
    return f"{r.entity.possessive_start} {r.rows.many}{r.when} were {mean}."


def _largest(r: Reading) -> str:
    return f"{r.entity.possessive_start} largest {r.rows.one}{r.when} was {number(r.value)}{r.usual(number)}."


def _typical(r: Reading) -> str:
    return f"{r.entity.possessive_start} normal {r.rows.one}{r.when} is {number(r.value)}{r.usual(number)}."


def _since_last(r: Reading) -> str:
    return f"{r.entity.possessive_start} last {r.rows.one} was {duration(r.value)} ago{r.usual(duration)}."


def _since_first(r: Reading) -> str:
    seen = "was first seen" if r.rows.name == "events" else f"had the first {r.rows.one}"
    return f"{r.entity.subject} {seen} {duration(r.value)} ago{r.usual(duration)}."


def _is_first(r: Reading) -> str:
    seen = "was never seen" if r.rows.name == "events" else f"never had {r.rows.many}"
    known = "was seen" if r.rows.name == "events" else f"had {r.rows.many}"
    return f"{r.entity.subject} {seen if r.value else known}{r.when or ' before'}."


def _times(r: Reading, of_what: str, compared_with: str) -> str:
    factor = f"{r.rows.did} {number(r.value)} times {r.entity.possessive} {of_what}{r.when}"
    if r.normal is None:
        return f"{factor}."
    return f"{factor} ({number(r.value * r.normal)} against {compared_with}{number(r.normal)})."


def _times_typical(r: Reading) -> str:
    return _times(r, "normal amount", "")


def _times_mean(r: Reading) -> str:
    return _times(r, "mean amount", "a mean of ")


def _times_largest(r: Reading) -> str:
    return f"{r.rows.did} {number(r.value)} times {r.entity.possessive} largest {r.rows.one}{r.when}."


def _deviation(r: Reading) -> str:
    where = "above" if r.value >= 0 else "below"
    against = "" if r.normal is None else f" (normal: {number(r.normal)})"
    spreads = many(round(abs(r.value), 1), "standard deviation", "standard deviations")
    if round(abs(r.value), 1) == 0:
        return f"The amount is what is normal for {r.entity.subject.lower()}{r.when}{against}."
    return f"The amount lies {spreads} {where} {r.entity.possessive} normal{r.when}{against}."


def _share(r: Reading) -> str:
    measure = r.measure
    assert isinstance(measure, compared.Share)
    return (
        f"Of {r.entity.possessive} {measure.of.many}{r.when}, an estimated {percent(r.value)} "
        f"are {r.rows.many}{r.usual(percent)}."
    )


def _share_of_account(r: Reading) -> str:
    place = r.entity.subject.removeprefix("This customer ")
    return (
        f"About {percent(r.value)} of this customer's {r.rows.many}{r.when} were {place}{r.usual(percent)}."
    )


def _pace(r: Reading) -> str:
    measure = r.measure
    assert isinstance(measure, compared.Pace)
    return (
        f"{r.entity.subject} had {number(r.value)} times as many {r.rows.many} {measure.short.words} "
        f"as on average{r.when}."
    )


def _pass_through(r: Reading) -> str:
    return f"{percent(r.value)} of what came in{r.when} goes out again{r.usual(percent)}."


def _travel(r: Reading) -> str:
    if r.value == 0:
        return "The network is in the same country as the one before."
    return (
        f"The network is in another country than the one before, "
        f"as if travelled at {number(r.value)} km/h{r.usual(number)}."
    )


_SAID: dict[type[measured.Measure], Callable[[Reading], str]] = {
    measured.Amount: _amount,
    measured.Count: _count,
    measured.Distinct: _distinct,
    measured.Sum: _sum,
    measured.Mean: _mean,
    measured.Largest: _largest,
    measured.Typical: _typical,
    measured.SinceLast: _since_last,
    measured.SinceFirst: _since_first,
    measured.IsFirst: _is_first,
    compared.CountOfOthers: _count_others,
    compared.TimesTypical: _times_typical,
    compared.TimesMean: _times_mean,
    compared.TimesLargest: _times_largest,
    compared.Deviation: _deviation,
    compared.Share: _share,
    compared.ShareOfAccount: _share_of_account,
    compared.Pace: _pace,
    compared.PassThrough: _pass_through,
    compared.TravelSpeed: _travel,
}
