"""The parts of a channels' configuration, each made of what TOML says, or refused with what is possible."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from data.errors import WatchfloorError
from desk.actors import ROLES
from desk.cases.state import KINDS, SEVERITIES
from desk.channels.model import (
    COUNTS,
    DAY_MINUTES,
    WEEKDAYS,
    Channel,
    EscalationLevel,
    EscalationRule,
    Hours,
    LevelRule,
    RequestClock,
    ServiceLevel,
    Shift,
    Thresholds,
    Webhook,
)

# The classes of requests that have a clock each, and that of users.
REQUEST_CLOCKS = ("information", "preservation", "freeze", "emergency", "assistance", "user")
# What a webhook can be told.
NOTICES = ("critical", "escalated", "breached")
_HOURS = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
T = TypeVar("T")
_PARTS = ("title", "zone", "days", "hours", "languages", "next", "shifts", "members", "closed", "escalation")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")


class ChannelsError(WatchfloorError):
    """The desk's configuration cannot be: it is no TOML, or names what is not there."""


def refuse_unknown(given: Mapping[str, Any], possible: Collection[str], where: str) -> None:
    """Refuse keys that mean nothing, so that a slip of the pen is not passed over. Raises ChannelsError."""
    if not isinstance(given, Mapping):
        raise ChannelsError("A table is expected here.", where=where, possible=", ".join(possible))
    if unknown := [name for name in given if name not in possible]:
        raise ChannelsError(
            f"{unknown[0]!r} means nothing here.",
            where=where,
            possible=", ".join(possible),
            to_do="Correct it.",
        )


def channel_from(
    slug: str,
    parts: Mapping[str, Any],
    slugs: Collection[str],
    levels: tuple[EscalationLevel, ...],
    where: str,
) -> Channel:
    """Return a channel. Raises ChannelsError."""
    refuse_unknown(parts, _PARTS, where)
    if not _SLUG.fullmatch(slug):
        raise ChannelsError(f"{slug!r} is no slug.", where=where, possible="letters a-z, digits and _")
    own = escalation_from(parts["escalation"], where) if "escalation" in parts else levels
    days = _texts(parts, "days", where, WEEKDAYS)
    if not days:
        raise ChannelsError("A desk works on one day of the week at least.", where=where)
    return Channel(
        slug,
        _text(parts, "title", where),
        _zone(_text(parts, "zone", where), where),
        frozenset(WEEKDAYS.index(day) for day in days),
        hours_from(_text(parts, "hours", where), where),
        _texts(parts, "languages", where),
        _texts(parts, "next", where, [other for other in slugs if other != slug]),
        tuple(_shift(row, where) for row in parts.get("shifts", ())),
        own,
        _texts(parts, "members", where),
        frozenset(_dates(parts.get("closed", ()), where)),
    )


def hours_from(text: str, where: str) -> Hours:
    """Return hours written as 22:00-06:00. Raises ChannelsError."""
    found = _HOURS.fullmatch(text)
    numbers = [int(part) for part in found.groups()] if found else [99] * 4
    since, until = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if max(numbers[1], numbers[3]) > 59 or since >= DAY_MINUTES or until > DAY_MINUTES:
        raise ChannelsError(
            f"{text!r} are no hours.",
            where=where,
            possible='"08:00-22:00", past midnight "22:00-06:00", the whole day "00:00-24:00"',
        )
    return Hours(since, until)


def escalation_from(rows: Sequence[Any], where: str) -> tuple[EscalationLevel, ...]:
    """Return who answers on the levels 0, 1 and 2. Raises ChannelsError."""
    levels = []
    for row in rows:
        refuse_unknown(row, ("title", "roles", "people"), where)
        roles = _texts(row, "roles", where, tuple(ROLES))
        levels.append(EscalationLevel(_text(row, "title", where), roles, _texts(row, "people", where)))
    if len(levels) != 3:
        raise ChannelsError(
            f"An escalation path has three levels, not {len(levels)}.",
            where=where,
            possible="0 the desk, 1 its lead, 2 who answers for the region",
        )
    return tuple(levels)


def level_from(row: Mapping[str, Any], slugs: Collection[str], where: str) -> LevelRule:
    """Return a service level with whom it is for. Raises ChannelsError."""
    refuse_unknown(row, ("channel", "kind", "severity", "first_look_minutes", "minutes", "counts"), where)
    first, whole = _count(row, "first_look_minutes", where), _count(row, "minutes", where)
    if first > whole:
        raise ChannelsError("The first look comes before the end.", where=where, possible=f"at most {whole}")
    level = ServiceLevel(first, whole, _chosen(row.get("counts", "always"), COUNTS, where))
    return LevelRule(
        level,
        _maybe(row, "channel", slugs, where),
        _maybe(row, "kind", KINDS, where),
        _maybe(row, "severity", SEVERITIES, where),
    )


def thresholds_from(given: Mapping[str, Any], where: str) -> Thresholds:
    """Return when clocks are at risk and due soon. Raises ChannelsError."""
    refuse_unknown(given, ("at_risk_used", "due_soon_left", "due_soon_minutes"), where)
    used, left = float(given["at_risk_used"]), float(given["due_soon_left"])
    if not (0 < used < 1 and 0 < left < 1 and used <= 1 - left):
        raise ChannelsError(
            "A clock is at risk before it is due soon.",
            where=where,
            possible="shares between 0 and 1, at_risk_used at most 1 - due_soon_left",
        )
    return Thresholds(used, left, _count(given, "due_soon_minutes", where))


def request_clocks_from(given: Mapping[str, Any], where: str) -> dict[str, RequestClock]:
    """Return the clock of each class of requests, and of users' own. Raises ChannelsError."""
    refuse_unknown(given, REQUEST_CLOCKS, where)
    clocks = {}
    for name, row in given.items():
        refuse_unknown(row, ("minutes", "counts"), f"{where}.{name}")
        counts = _chosen(row.get("counts", "always"), COUNTS, f"{where}.{name}")
        clocks[name] = RequestClock(_count(row, "minutes", f"{where}.{name}"), counts)
    return clocks


def rule_from(row: Mapping[str, Any], slugs: Collection[str], levels: int, where: str) -> EscalationRule:
    """Return a rule of escalation. Raises ChannelsError."""
    conditions = ("kinds", "severities", "channels", "over", "unlooked_minutes", "clock")
    refuse_unknown(row, ("name", "words", "to_level", *conditions), where)
    if not any(name in row for name in conditions):
        raise ChannelsError("A rule names what it raises.", where=where, possible=", ".join(conditions))
    return EscalationRule(
        _text(row, "name", where),
        _text(row, "words", where),
        _chosen(row.get("to_level"), tuple(range(1, levels)), where),
        _texts(row, "kinds", where, KINDS),
        _texts(row, "severities", where, SEVERITIES),
        _texts(row, "channels", where, slugs),
        _count(row, "over", where) if "over" in row else None,
        _count(row, "unlooked_minutes", where) if "unlooked_minutes" in row else None,
        _chosen(row["clock"], ("due_soon", "breached"), where) if "clock" in row else None,
    )


def webhook_from(row: Mapping[str, Any], slugs: Collection[str], where: str) -> Webhook:
    """Return whom to tell. Raises ChannelsError for an address that is none, or not of the web."""
    refuse_unknown(row, ("name", "url", "key_variable", "channels", "notices", "local"), where)
    url = _text(row, "url", where)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise ChannelsError(
            "This is no address that can be told.",
            where=where,
            possible="https://host/path, without a password",
        )
    return Webhook(
        _text(row, "name", where),
        url,
        _text(row, "key_variable", where),
        _texts(row, "channels", where, slugs),
        _texts(row, "notices", where, NOTICES),
        _chosen(row.get("local", False), (False, True), where),
    )


def _shift(row: Mapping[str, Any], where: str) -> Shift:
    refuse_unknown(row, ("name", "hours", "seats"), f"{where}: shifts")
    hours = hours_from(_text(row, "hours", where), where)
    return Shift(_text(row, "name", where), hours, _count(row, "seats", where))


def _zone(name: str, where: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise ChannelsError(
            f"There is no time zone {name!r}.",
            where=where,
            possible="an IANA name: Asia/Kolkata, Europe/Berlin",
        ) from error
    return name


def _dates(given: Sequence[Any], where: str) -> list[date]:
    if any(type(each) is not date for each in given):
        raise ChannelsError("Closed days are dates.", where=where, possible="closed = [2025-12-25]")
    return list(given)


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ChannelsError(f"{name!r} is missing, or no text.", where=where, to_do=f'Write {name} = "..."')
    return value.strip()


def _texts(
    row: Mapping[str, Any], name: str, where: str, possible: Collection[str] | None = None
) -> tuple[str, ...]:
    values = row.get(name, ())
    if isinstance(values, str) or not all(isinstance(value, str) for value in values):
        raise ChannelsError(f"{name!r} is a list of texts.", where=where, possible=f'{name} = ["...", "..."]')
    for value in values:
        if possible is not None and value not in possible:
            raise ChannelsError(f"{name}: there is no {value!r}.", where=where, possible=", ".join(possible))
    return tuple(values)


def _count(row: Mapping[str, Any], name: str, where: str) -> int:
    value = row.get(name)
    if type(value) is not int or value < 1:
        raise ChannelsError(f"{name!r} is a whole number above 0, not {value!r}.", where=where)
    return value


def _maybe(row: Mapping[str, Any], name: str, possible: Collection[str], where: str) -> str | None:
    return _chosen(row[name], tuple(possible), where) if name in row else None


def _chosen(value: Any, possible: Sequence[T], where: str) -> T:
    for each in possible:
        if value == each and type(value) is type(each):
            return each
    named = ", ".join(str(each) for each in possible)
    raise ChannelsError(f"{value!r} is not possible here.", where=where, possible=named)
