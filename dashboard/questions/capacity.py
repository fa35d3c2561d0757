"""What Capacity asks: answers that were worked out beforehand, and any other setting walked at once.

    kept = capacity.kept()                         # None: the job `capacity` has not run
    answer = capacity.answer(Setting("cis", place, (("late", 1),)))

A setting that the store does not hold is simulated when somebody asks, never interpolated, and kept until the
store's version or the channels change.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from dashboard import ask, owner, reader
from dashboard.tables import Asked
from desk.capacity.answers import ALL_SHIFTS, OUT_OF_HOURS, Answer, Estimate, Hour
from desk.capacity.desks import MOST_SEATS
from desk.capacity.kept import Kept, kept_of
from desk.capacity.setting import BUDGETS, TODAY, Setting, read_staff
from desk.channels.in_force import channels_in_force
from desk.channels.model import Channel

KEPT_ANSWERS = 64
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Tried:
    """One setting that was worked out beforehand, all shifts together; shares and weekly means."""

    setting: Setting
    chance: Estimate
    breaches: Estimate
    missed: float
    wrongful: float


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the check: a measure foretold with its interval, and what happened."""

    week: datetime
    measure: str
    foretold: Estimate
    happened: float | None


def kept() -> Kept | None:
    """Answer what was worked out last; None where nothing was."""
    with reader.as_program(), ask.cursor("capacity") as cursor:
        return kept_of(cursor)


def is_stale(found: Kept, now: datetime) -> bool:
    """Whether events or the channels' configuration have changed since it was worked out."""
    return found.watermark != now or found.fingerprint != channels_in_force().fingerprint


def channels() -> list[str]:
    """Answer the channels that have cases, the one with most breaches first."""
    return [name for name in ask.answer("capacity_channels").column("channel").to_pylist() if name]


def channel(name: str) -> Channel:
    """Answer a channel as it is configured."""
    return channels_in_force().channel(name)


def setting_of(name: str, budget: str | None, staff: str | None) -> Setting:
    """Answer the setting that an address names; what does not fit the channel is left out."""
    seats = {shift.name: shift.seats for shift in channel(name).shifts}
    asked = [(shift, by) for shift, by in read_staff(staff) if by and shift in seats]
    fits = tuple((shift, by) for shift, by in asked if 0 <= seats[shift] + by <= MOST_SEATS)
    return Setting(name, place_of(budget), fits)


def place_of(budget: str | None) -> int:
    """Answer the place of a budget as the address writes it; today's where it is none."""
    named = {f"{one:g}": place for place, one in enumerate(BUDGETS)}
    return named.get(budget or "1", TODAY)


def answer(setting: Setting) -> Answer:
    """Answer a setting: as it was worked out, or simulated now."""
    found = _worked_out(setting)
    return found if found is not None else _keep(("answer", setting), lambda: _simulated(setting))


def is_at_hand(setting: Setting) -> bool:
    """Whether `answer` needs no simulation."""
    return _asked(setting).num_rows > 0 or _answers.get((*_version(), "answer", setting)) is not None


def _asked(setting: Setting) -> Any:
    return ask.answer("capacity_answer", **_named(setting))


def _named(setting: Setting) -> dict[str, str | float]:
    return {"channel": setting.channel, "budget": BUDGETS[setting.budget], "staff": setting.staff}


def _worked_out(setting: Setting) -> Answer | None:
    rows = _asked(setting).to_pylist()
    if not rows:
        return None
    figures = {
        (row["shift"], row["measure"]): Estimate(row["value"], row["low"], row["high"]) for row in rows
    }
    changes = {
        (row["shift"], row["measure"]): Estimate(row["change"], row["change_low"], row["change_high"])
        for row in rows
        if row["change"] is not None
    }
    hours = tuple(Hour(**row) for row in ask.answer("capacity_hours_of", **_named(setting)).to_pylist())
    own = [shift.name for shift in channel(setting.channel).shifts]
    there = {shift for shift, _ in figures}
    shifts = tuple(shift for shift in (*own, OUT_OF_HOURS) if shift in there)
    return Answer(setting, shifts, figures, changes, hours)


def _simulated(setting: Setting) -> Answer:
    from desk.capacity.answers import answer_of
    from desk.capacity.figures import count

    made = _keep(("experiment",), _experiment)
    today = _keep(("today", setting.channel), lambda: count(made, Setting(setting.channel)))
    return answer_of(setting, today, count(made, setting))


def _experiment() -> Any:
    from desk.capacity.again import kept_experiment

    with reader.as_program(), ask.cursor("capacity", 60.0) as cursor:
        found = kept_of(cursor)
        if found is None:
            raise LookupError("capacity was asked for before it was worked out")
        return kept_experiment(cursor, found, channels_in_force())


def tried(name: str) -> list[Tried]:
    """Answer every setting of a channel that was worked out beforehand."""
    places = {one: place for place, one in enumerate(BUDGETS)}
    return [
        Tried(
            Setting(name, places[row["budget"]], read_staff(row["staff"])),
            Estimate(row["chance"], row["chance_low"], row["chance_high"]),
            Estimate(row["breaches"], row["breaches_low"], row["breaches_high"]),
            row["missed"],
            row["wrongful"],
        )
        for row in ask.answer("capacity_tried", channel=name).to_pylist()
        if row["budget"] in places
    ]


def checked(name: str) -> list[Week]:
    """Answer the check of a channel, week by week."""
    return [
        Week(row["week"], row["measure"], Estimate(row["foretold"], row["low"], row["high"]), row["happened"])
        for row in ask.answer("capacity_checked", channel=name).to_pylist()
    ]


def measured() -> dict[str, tuple[int, float]]:
    """Answer of `service` and `reaction` how many cases said it, and the median minutes."""
    return {
        row["part"]: (row["cases"], row["minutes"]) for row in ask.answer("capacity_measured").to_pylist()
    }


def alerts_behind(setting: Setting, *, below: bool = False, innocent: bool = False) -> Asked:
    """Return the question for the replayed alerts of a setting, or for the crime below its threshold."""
    given = {"channel": setting.channel, "budget": BUDGETS[setting.budget], "below": below}
    return Asked("capacity_alerts_behind", given | {"innocent": innocent})


def whole(name: str) -> Asked:
    """Return the question for everything that was worked out of a channel."""
    return Asked("capacity_whole", {"channel": name})


def checked_asked(name: str) -> Asked:
    """Return the question for the check of a channel."""
    return Asked("capacity_checked", {"channel": name})


def share(found: Answer, measure: str, shift: str = ALL_SHIFTS) -> Estimate | None:
    """Answer a figure that not every shift has; None where it has none."""
    return found.figures.get((shift, measure))


_answers: OrderedDict[object, Any] = OrderedDict()
_lock = threading.Lock()


def _version() -> tuple[object, ...]:
    return (owner.version(), channels_in_force().fingerprint)


def _keep(key: tuple[object, ...], work: Callable[[], Found]) -> Found:
    whole_key = (*_version(), *key)
    with _lock:
        if whole_key in _answers:
            _answers.move_to_end(whole_key)
            there: Found = _answers[whole_key]
            return there
    made = work()
    with _lock:
        _answers[whole_key] = made
        while len(_answers) > KEPT_ANSWERS:
            _answers.popitem(last=False)
    return made
