"""What to do, in a sentence, from what was simulated."""

from __future__ import annotations

from dashboard.formats import compact, percent
from dashboard.questions import capacity
from dashboard.questions.words import region as region_name
from desk.capacity.answers import Answer, Estimate
from desk.capacity.setting import BUDGETS, Setting

_TIMES = {0.5: "half", 2.0: "twice"}
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four"}
# Fewer breaches a week than this are none that anybody plans for.
NONE = 0.05
# Below that share of the seats' time a desk has people to spare.
IDLE = 0.5


def advice(today: Answer, tried: Answer) -> str:
    """Say what the setting does to breaches, loss and customers; of today, what would help most."""
    if tried.setting.is_today:
        return _of_today(today)
    said = [f"**{setting_words(tried.setting)}** {_verb(today, tried)}"]
    if BUDGETS[tried.setting.budget] != 1:
        said.append(_of_money(tried))
    else:
        said.append(_why(today, tried))
    return " ".join(part for part in said if part)


def setting_words(setting: Setting) -> str:
    """Say a setting: `Twice the alert budget and one more person in the late shift of South Asia`."""
    budget = BUDGETS[setting.budget]
    parts = [] if budget == 1 else [f"{_TIMES.get(budget, f'{budget:g} times')} the alert budget"]
    parts += [_person(by, shift) for shift, by in setting.change]
    words = " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "today's setting"
    return f"{words[:1].upper()}{words[1:]} of {channel_title(setting.channel)}"


def channel_title(name: str) -> str:
    """Return the channel's name on a screen."""
    return capacity.channel(name).title if name else region_name(None)


def _person(by: int, shift: str) -> str:
    number = _NUMBERS.get(abs(by), str(abs(by)))
    people = "person" if abs(by) == 1 else "people"
    return f"{number} {'more' if by > 0 else 'fewer'} {people} in the {shift} shift"


def _verb(today: Answer, tried: Answer) -> str:
    """Say from where to where breaches go."""
    before, after, gap = today.figure("breaches"), tried.figure("breaches"), tried.change("breaches")
    if gap.low <= 0 <= gap.high:
        return (
            f"leaves breaches where they are: {rate(before)} a week today, {rate(after)} then "
            f"({interval(after)} in nine weeks of ten)."
        )
    weeks = f"({interval(after)} in nine weeks of ten)"
    return f"brings breaches from {rate(before)} a week to {rate(after)} {weeks}."


def _why(today: Answer, tried: Answer) -> str:
    """Say, where staff changes nothing, whether the desk has people to spare or waits for a reaction."""
    gap, busy = tried.change("breaches"), today.figure("busy")
    if not gap.low <= 0 <= gap.high:
        return f"A case then breaches with a chance of {percent(tried.figure('chance').value, 1)}."
    fewer = any(by < 0 for _, by in tried.setting.change)
    others = tried.change("elsewhere")
    if fewer and others.low > 0:
        return f"Other channels then breach {others.value:.1f} more a week: their desks take over."
    if fewer:
        return (
            f"They can be spared: seats are {percent(busy.value)} busy, and no other channel breaches more."
        )
    if busy.value < IDLE:
        return (
            f"Seats are {percent(busy.value)} busy: cases wait for a reaction, not for somebody to be free."
        )
    return ""


def _of_money(tried: Answer) -> str:
    missed, wrongful = tried.change("missed"), tried.change("wrongful")
    more, fewer = "more" if missed.value > 0 else "less", "more" if wrongful.value > 0 else "fewer"
    return (
        f"It would miss {compact(round(abs(missed.value)))} {more} a week of known loss, with "
        f"{compact(round(abs(wrongful.value), 1))} {fewer} wrongful holds."
    )


def _of_today(today: Answer) -> str:
    """Say how today stands, and which single change that was tried beforehand helps most."""
    breaches, name = today.figure("breaches"), channel_title(today.setting.channel)
    now = (
        f"**{name} breaches {rate(breaches)} a week** ({interval(breaches)} in nine weeks of ten), "
        f"{percent(today.figure('chance').value, 1)} of {rate(today.figure('cases'))} cases."
    )
    staffed = [one for one in capacity.tried(today.setting.channel) if one.setting.change]
    better = [one for one in staffed if one.breaches.value < breaches.value - NONE]
    if better and breaches.value > NONE:
        best = min(better, key=lambda one: one.breaches.value)
        return f"{now} {setting_words(best.setting)} would bring it to {rate(best.breaches)}."
    busy = percent(today.figure("busy").value)
    said = f"{now} {_no_help(today)}" if breaches.value > NONE else now
    spare = [one for one in staffed if _can_be_spared(one.setting, one.breaches, breaches)]
    if not spare:
        return said
    calm = min(spare, key=lambda one: one.breaches.value)
    return f"{said} {setting_words(calm.setting)} would leave it so: seats are {busy} busy."


def _no_help(today: Answer) -> str:
    """Say why more seats would change nothing."""
    wait = today.figure("wait").value
    return f"More people would not help: the first look comes after {wait:.0f} minutes though seats are free."


def _can_be_spared(setting: Setting, then: Estimate, now: Estimate) -> bool:
    return all(by < 0 for _, by in setting.change) and then.value <= now.value + NONE


def rate(figure: Estimate) -> str:
    """Write a week's mean: whole from ten on, else with one digit."""
    return f"{figure.value:,.0f}" if figure.value >= 10 else f"{figure.value:.1f}".removesuffix(".0")


def interval(figure: Estimate) -> str:
    """Write what a week stays within: `0 to 4`."""
    return f"{figure.low:,.0f} to {figure.high:,.0f}"
