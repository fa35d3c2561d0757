"""What the Overview asks: did it get safer, and what is worth looking at now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard import ask
from dashboard.formats import exact
from dashboard.questions.measures import Reading
from dashboard.questions.period import Period
from dashboard.questions.words import region as region_name
from dashboard.tables import Asked

# What fits beside the map at 900 pixels of height.
ALERTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Alert:
    """One event that waits for a person, with its strongest reason and what `also` spoke for it.

    `at_stake` is its amount; where no money moves yet, what the account moved in 30 days, and at least
    the usual amount of a waiting alert.
    """

    event_id: str
    account_id: str
    occurred_at: datetime
    stream: str
    kind: str
    amount: float | None
    region: str
    country: str | None
    score: float
    decision: str
    sentence: str | None
    state: str | None
    at_stake: float
    also: tuple[str, ...] = ()


def worth_looking_at(region: str | None) -> tuple[Alert, ...]:
    """Answer the waiting events with the most to lose (score times money at stake), one an account."""
    rows = ask.answer("worth_looking_at", **worth_looking_at_asked(region).parameters).to_pylist()
    return tuple(Alert(**{**row, "also": tuple(row["also"])}) for row in rows)


def worth_looking_at_asked(region: str | None) -> Asked:
    """Return the question behind the list, for its drawer."""
    return Asked("worth_looking_at", {"region": region, "how_many": ALERTS_SHOWN})


def headline(reading: Reading, period: Period) -> str:
    """Say in one sentence how organised crime changed, or why that cannot be said."""
    where = f" in {region_name(reading.region)}" if reading.region else ""
    noun = reading.measure.noun
    if period.refusal:
        counted = f"{noun}{where}: {exact(round(reading.value))} in {period.name}"
        return f"{counted}, not comparable with {period.base_name}. {period.refusal}"
    change = reading.change
    if change is None:
        return f"{noun}{where} cannot be compared: nothing was settled in one of the two quarters."
    if change.before + change.after == 0:
        quarters = f"neither in {period.name} nor in {period.base_name}"
        return f"No organised-crime incident{where} is known, {quarters}."
    against = f"in {period.name} against {period.base_name}"
    if not change.is_shown:
        return (
            f"No change shown for {noun[0].lower()}{noun[1:]}{where} {against}: "
            f"{exact(change.after)} after {exact(change.before)}."
        )
    clause = change.in_words()
    verb, _, rest = clause.partition(" ")
    size, comma, span = rest.partition(", ")
    if not comma:
        return f"{noun}{where} {verb} {against}, {rest}."
    return f"{noun}{where} {verb} {size} {against}, {span}."
