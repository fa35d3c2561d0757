"""The handover as text, made from typed values: the same page as Markdown and as plain lines.

    written(snapshot, "Watch the two rings in Almaty.")            # Markdown
    written(snapshot, notes, style="plain")

Times are the channel's own, with its zone named once; lists say how many there are beside those they show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from desk.channels.hours import local_time
from desk.channels.model import Channel
from desk.handover.snapshot import Snapshot, Standing

Style = Literal["markdown", "plain"]
AHEAD_HOURS = 4
# In the order of a sentence; what did not happen is left out.
CHANGES = {
    "opened": "opened",
    "reopened": "opened again",
    "escalated": "escalated",
    "handed_in": "handed in from other channels",
    "handed_out": "handed to other channels",
    "merged": "merged",
    "withdrawn": "withdrawn",
    "lapsed": "lapsed",
}
OUTCOMES = {
    "confirmed": "confirmed",
    "false_positive": "false positive",
    "inconclusive": "inconclusive",
}


def written(snapshot: Snapshot, notes: str, style: Style = "markdown") -> str:
    """Return the page of a handover; `notes` are the shift's own words, kept as they are."""
    parts = [
        _heading(f"Handover: {snapshot.channel.title}, {snapshot.shift.name} shift", 1, style),
        _when(snapshot),
        _heading("What changed", 2, style),
        _changed(snapshot),
        _heading("What is open", 2, style),
        _lines(_open(snapshot)),
        _heading(f"What breaches in the next {AHEAD_HOURS} hours", 2, style),
        _lines(_soon(snapshot)),
        _heading("What went wrong", 2, style),
        _lines(_wrong(snapshot)),
        _heading("Notes for the next desk", 2, style),
        notes.strip() or "None.",
    ]
    return "\n\n".join(parts) + "\n"


def _heading(title: str, level: int, style: Style) -> str:
    if style == "markdown":
        return f"{'#' * level} {title}"
    return f"{title}\n{('=' if level == 1 else '-') * len(title)}"


def _when(snapshot: Snapshot) -> str:
    channel, shift = snapshot.channel, snapshot.shift
    starts, ends = _time(channel, shift.starts), _time(channel, shift.ends)
    zones = [_ahead(channel, moment) for moment in (shift.starts, shift.ends)]
    zone = zones[0]
    if zones[0] != zones[1]:
        zone = f"{zones[0]}, from the change of the clocks on {zones[1]}"
    return (
        f"{starts} to {ends}, {_number(shift.hours)} hours. As of {_time(channel, snapshot.now)}. "
        f"Times are of {channel.zone} ({zone})."
    )


def _changed(snapshot: Snapshot) -> str:
    told = [
        f"{snapshot.changed[name]} {said}" for name, said in CHANGES.items() if snapshot.changed.get(name)
    ]
    closed = sum(snapshot.closed.values())
    if closed:
        outcomes = ", ".join(
            f"{snapshot.closed[name]} {said}" for name, said in OUTCOMES.items() if snapshot.closed.get(name)
        )
        told.insert(1 if snapshot.changed.get("opened") else 0, f"{closed} closed ({outcomes})")
    return f"{_first_up(', '.join(told))}." if told else "Nothing was done in this shift."


def _open(snapshot: Snapshot) -> list[str]:
    if not snapshot.open:
        return ["Nothing is open."]
    by = ", ".join(f"{one.cases} {one.severity}" for one in snapshot.open)
    whole = sum(one.cases for one in snapshot.open)
    late = sum(one.breached for one in snapshot.open)
    found = [f"{_cases(whole)}: {by}; {late} past {'its' if late == 1 else 'their'} time."]
    if snapshot.oldest is not None:
        found.append(f"Oldest: {_case(snapshot, snapshot.oldest)}")
    if snapshot.most_to_lose is not None:
        found.append(f"Most to lose: {_case(snapshot, snapshot.most_to_lose)}")
    found.append(_hands(snapshot.hands))
    if snapshot.paused_in_all:
        until = [_pause(snapshot, one) for one in snapshot.paused]
        found.append(f"Paused: {'; '.join(until)}{_more(until, snapshot.paused_in_all)}.")
    return found


def _pause(snapshot: Snapshot, case: Standing) -> str:
    ends = case.paused_until
    return f"{case.case_id} until {_time(snapshot.channel, ends) if ends else 'somebody goes on'}"


def _hands(hands: Mapping[str, int]) -> str:
    held = ", ".join(f"{name} {count}" for name, count in hands.items())
    return f"In whose hands: {held}." if held else "In nobody's hands."


def _soon(snapshot: Snapshot) -> list[str]:
    found = [_case(snapshot, one) for one in snapshot.soon]
    left = snapshot.soon_in_all - len(found)
    if left > 0:
        found.append(f"{left} more.")
    if not found:
        found.append("No open case.")
    if snapshot.expected is not None:
        told = snapshot.expected
        found.append(
            f"Foretold from how the desk works: {_number(told.expected)} breach, between {told.low} and "
            f"{told.high} in eight of ten runs."
        )
    return found


def _wrong(snapshot: Snapshot) -> list[str]:
    found = [_case(snapshot, one) for one in snapshot.breached]
    left = snapshot.breached_in_all - len(found)
    if left > 0:
        found.append(f"{left} more.")
    return (
        [f"{_cases(snapshot.breached_in_all)} breached in this shift.", *found]
        if found
        else ["No case breached in this shift."]
    )


def _case(snapshot: Snapshot, case: Standing) -> str:
    who = f", {case.who}" if case.who else ""
    return (
        f"{case.case_id}, {case.severity} {case.kind}, due {_time(snapshot.channel, case.due_at)}"
        f"{_left(case.minutes_left)}, {_money(case.expected_loss)} {snapshot.unit} at stake{who}."
    )


def _left(minutes: int | None) -> str:
    if minutes is None:
        return ""
    length = f"{abs(minutes) // 60} h {abs(minutes) % 60} min"
    return f" ({length} left)" if minutes >= 0 else f" ({length} late)"


def _more(shown: Sequence[str], in_all: int) -> str:
    return f"; {in_all - len(shown)} more" if in_all > len(shown) else ""


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count:,} cases"


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _time(channel: Channel, moment: datetime) -> str:
    return f"{local_time(channel, moment):%a %d %b %H:%M}"


def _ahead(channel: Channel, moment: datetime) -> str:
    offset = moment.replace(tzinfo=UTC).astimezone(channel.zone_info).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" if minutes == 0 else f"UTC{sign}{hours}{f':{rest:02d}' if rest else ''}"


def _money(amount: Decimal) -> str:
    return f"{round(amount):,}"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
