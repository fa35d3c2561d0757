"""Words for a feature's value: one sentence for an analyst, with units, plurals, and words for not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scoring.features import comparisons as compared
from scoring.features import measures as measured
from scoring.features.figures import duration, many, number, percent
from scoring.features.subjects import EVENTS, EVER, Entity, Rows, Window


@dataclass(frozen=True)
class Words:
    """The wording of an attribute of the event: for yes or a number, for no, and for not known.

    {value} stands for the number as people write it, {duration} for seconds as a length of time,
    {percent} for a share.
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
        for mark, write in _WRITTEN.items():
            if mark in chosen:
                return f"{chosen.removesuffix('.')}{reading.usual(write)}.".replace(
                    mark, write(reading.value)
                )
        return chosen
    return _SAID[type(reading.measure)](reading)


def say_missing(measure: measured.Measure, entity: Entity, window: Window, words: Words | None) -> str:
    """Say in one sentence why there is no value."""
    if words is not None:
        return words.missing
    rows, past = measure.rows, f"{entity.where}{_past(window)}"
    unknown = "" if entity.keys == ("account",) else f", or the {entity.noun} is not known"
    match measure:
        case measured.Amount():
            return "The amount is not known."
        case measured.SinceFirst() if rows is EVENTS:
            return f"{entity.subject} never {entity.was_seen} before{unknown}.".replace(
                " never was ", " was never "
            )
        case measured.SinceLast() | measured.SinceFirst():
            return f"{entity.subject} had no {rows.one}{past}{unknown}."
        case measured.Mean() | measured.Largest() | measured.Typical():
            return f"{entity.subject} had no {rows.many} of known amount{past}{unknown}."
        case compared.TimesTypical() | compared.TimesMean() | compared.TimesLargest() | compared.Deviation():
            return f"There is no amount{_within(window)} of {entity.possessive} {rows.many} to compare with."
        case compared.PassThrough():
            return f"{entity.subject} had no {measure.came.many}{past}, so nothing can have passed through."
        case compared.Pace():
            return f"{entity.subject} had no {rows.many}{past} to compare the pace with."
        case compared.TravelSpeed():
            return "The country of this network or of the one before is not known."
        case _:
            return f"The {entity.noun} is not known."


def _past(window: Window) -> str:
    return " before" if window is EVER else f" {window.words}"


def _within(window: Window) -> str:
    return "" if window is EVER else f" within{window.words.removeprefix('in')}"


def _amount(r: Reading) -> str:
    return f"The amount is {number(r.value)}{r.usual(number)}."


def _count(r: Reading) -> str:
    counted = many(r.value, r.rows.one, r.rows.many)
    return f"{r.entity.subject} had {counted}{r.entity.where}{_past(r.window)}{r.usual(number)}."


def _count_others(r: Reading) -> str:
    counted = many(r.value, r.rows.one, r.rows.many)
    who = f"{r.entity.subject[0].lower()}{r.entity.subject[1:]}"
    return f"This customer aside, {who} had {counted}{_past(r.window)}{r.usual(number)}."


def _distinct(r: Reading) -> str:
    measure = r.measure
    assert isinstance(measure, measured.Distinct)
    counted = many(r.value, measure.one, measure.many)
    return f"{r.entity.subject} {measure.did} {counted}{_past(r.window)}{r.usual(number)}."


def _sum(r: Reading) -> str:
    return f"{r.entity.subject}'s {r.rows.many}{r.when} add up to {number(r.value)}{r.usual(number)}."


def _mean(r: Reading) -> str:
    mean = f"{number(r.value)} on average{r.usual(number)}"
    return f"{r.entity.subject}'s {r.rows.many}{r.when} were {mean}."


def _largest(r: Reading) -> str:
    return f"{r.entity.subject}'s largest {r.rows.one}{r.when} was {number(r.value)}{r.usual(number)}."


def _typical(r: Reading) -> str:
    return f"{r.entity.subject}'s normal {r.rows.one}{r.when} is {number(r.value)}{r.usual(number)}."


def _since_last(r: Reading) -> str:
    return f"{r.entity.subject}'s last {r.rows.one} was {duration(r.value)} ago{r.usual(duration)}."


def _since_first(r: Reading) -> str:
    if r.rows is not EVENTS:
        return f"{r.entity.subject}'s first {r.rows.one} was {duration(r.value)} ago{r.usual(duration)}."
    first = f"{r.entity.subject} first {r.entity.was_seen}".replace("first was ", "was first ")
    return f"{first} {duration(r.value)} ago{r.usual(duration)}."


def _is_first(r: Reading) -> str:
    seen = r.entity.was_seen if r.rows is EVENTS else f"had {r.rows.many}"
    return f"{r.entity.subject} {'never ' if r.value else ''}{seen} before."


def _times(r: Reading, of_what: str, compared_with: str) -> str:
    factor = "about" if number(r.value) == "1" else f"{number(r.value)} times"
    sentence = f"{r.rows.did} {factor} {r.entity.possessive} {of_what}"
    if r.normal is None:
        return f"{sentence}."
    return f"{sentence} ({number(r.value * r.normal)} against {compared_with}{number(r.normal)})."


def _times_typical(r: Reading) -> str:
    return _times(r, "normal amount", "")


def _times_mean(r: Reading) -> str:
    return _times(r, "mean amount", "a mean of ")


def _times_largest(r: Reading) -> str:
    factor = "about" if number(r.value) == "1" else f"{number(r.value)} times"
    return f"{r.rows.did} {factor} {r.entity.possessive} largest {r.rows.one}{r.when}."


def _deviation(r: Reading) -> str:
    distance = round(abs(r.value), 1)
    against = "" if r.normal is None else f" ({number(r.normal)})"
    normal = f"{r.entity.possessive} normal{_within(r.window)}{against}"
    if distance == 0:
        return f"The amount is about {normal}."
    spreads = many(distance, "standard deviation", "standard deviations")
    return f"The amount lies {spreads} {'above' if r.value > 0 else 'below'} {normal}."


def _share(r: Reading) -> str:
    measure = r.measure
    assert isinstance(measure, compared.Share)
    if r.value == measure.prior:
        # No event at all, or just as many as the prior expects.
        return f"Nothing known of {r.entity.possessive} {measure.of.many}{_past(r.window)} tells either way."
    whole = f"{r.entity.possessive} {measure.of.many}{r.when}"
    return f"An estimated {percent(r.value)} of {whole} {measure.said}{r.usual(percent)}."


def _share_of_account(r: Reading) -> str:
    here = f"{r.entity.where}{r.usual(percent)}"
    return f"About {percent(r.value)} of this customer's {r.rows.many}{r.when} were{here}."


def _pace(r: Reading) -> str:
    measure = r.measure
    assert isinstance(measure, compared.Pace)
    factor = "about as many" if number(r.value) == "1" else f"{number(r.value)} times as many"
    average = f"as on average{_within(r.window)}"
    return f"{r.entity.subject} had {factor} {r.rows.many} {measure.short.words} {average}."


def _pass_through(r: Reading) -> str:
    return f"What goes out is {percent(r.value)} of what came in{_within(r.window)}{r.usual(percent)}."


def _travel(r: Reading) -> str:
    if r.value == 0:
        return "The network is in the same country as the one before."
    return (
        f"The network is in another country than the one before, "
        f"as if travelled at {number(r.value)} km/h{r.usual(number)}."
    )


_WRITTEN: dict[str, Callable[[float], str]] = {
    "{value}": number,
    "{duration}": duration,
    "{percent}": percent,
}
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
