"""How numbers, shares, durations and times are written: compact on screen, exact on hover.

Figures use an ordinary space before a unit, a true minus sign, and say "not known" where nothing is known.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

NOT_KNOWN = "not known"
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
# What Streamlit turns into links to other hosts and into dashes after the marks are read; a joiner without
# width between the letters stops it.
_LINKS_AND_DASHES = re.compile(r"(:(?=//)|www(?=\.)|(?<!\S)-(?=-(?!\S)))", re.IGNORECASE)
_JOINER = "\u2060"
MINUS = "\u2212"
Number = int | float | Decimal

# Three significant digits, as the product's own brief writes 4.97M.
_STEPS = ((Decimal(10) ** 12, "T"), (Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "K"))


def literal(name: str) -> str:
    """Write a name of the user's data where Streamlit reads Markdown: as it is, whatever it holds.

    Titles, buttons, help and captions are Markdown, and ids come from other people: one that reads as a
    picture would call another host, one that reads as emphasis would be shown without its asterisks.
    """
    parted = _LINKS_AND_DASHES.sub(rf"\1{_JOINER}", " ".join(name.split()))
    return _MARKS.sub(r"\\\1", parted)


def compact(value: Number | None) -> str:
    """Write a number with three significant digits: 4967123 as `4.97M`, 812 as `812`."""
    if value is None or value != value:
        return NOT_KNOWN
    exact_value = Decimal(str(value))
    size = abs(exact_value)
    for step, letter in _STEPS:
        # 999,500 rounds to 1,000K, which is 1.00M.
        if size >= step * Decimal("0.9995"):
            return _signed(f"{_three_digits(size / step)}{letter}", exact_value)
    whole = size == size.to_integral_value() or size >= 100
    return _signed(f"{size:.0f}" if whole else _three_digits(size), exact_value)


def exact(value: Number | None) -> str:
    """Write a number in full with separators: `4,967,123`; money keeps up to six decimals."""
    if value is None or value != value:
        return NOT_KNOWN
    number = Decimal(str(value))
    text = f"{abs(number):,f}"
    return _signed(text.rstrip("0").rstrip(".") if "." in text else text, number)


def money(value: Number | None, unit: str) -> str:
    """Write an amount compactly with its unit: `4.97M USDT`."""
    return NOT_KNOWN if value is None else f"{compact(value)} {unit}"


def counted(number: int, noun: str) -> str:
    """Write how many there are of something: `1 check`, `2,975 checks`."""
    return f"{exact(number)} {noun if number == 1 else f'{noun}s'}"


def percent(share: float | None, digits: int = 0) -> str:
    """Write a share of one as per cent: 0.237 as `24%`, with `digits` decimals."""
    if share is None or share != share:
        return NOT_KNOWN
    return _signed(f"{abs(share) * 100:.{digits}f}%", share)


def change(share: float | None, digits: int = 0) -> str:
    """Write a relative change with its sign: 0.04 as `+4%`, a fall with a true minus."""
    if share is None or share != share:
        return NOT_KNOWN
    return f"{'+' if share > 0 else ''}{percent(share, digits)}"


def points(probability: float | None) -> str:
    """Write probability points with their sign: 0.214 as `+21.4 pts`."""
    if probability is None or probability != probability:
        return NOT_KNOWN
    return f"{'+' if probability > 0 else ''}{_signed(f'{abs(probability) * 100:.1f}', probability)} pts"


def duration(length: timedelta | None, units: int = 2) -> str:
    """Write a length of time with its largest units, two unless said: `2 d 4 h`, `3 min 12 s`, `8 s`."""
    if length is None:
        return NOT_KNOWN
    seconds = round(length.total_seconds())
    parts = []
    for size, name in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, seconds = divmod(seconds, size)
        parts.append((count, name))
    while len(parts) > 1 and parts[0][0] == 0:
        parts.pop(0)
    return " ".join(f"{count} {name}" for count, name in parts[:units] if count) or "0 s"


def local_time(instant: datetime | None, zone: str | None) -> str:
    """Write a naive UTC instant in the viewer's zone and name it: `2025-10-31 23:59 (UTC+2)`."""
    if instant is None:
        return NOT_KNOWN
    aware = instant.replace(tzinfo=UTC).astimezone(_zone(zone))
    return f"{aware:%Y-%m-%d %H:%M} ({zone_name(aware)})"


def zone_name(aware: datetime) -> str:
    """Name the zone of an instant by its distance from UTC: `UTC`, `UTC+5:30`."""
    minutes = round((aware.utcoffset() or timedelta()).total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else MINUS}{hours}{f':{rest:02d}' if rest else ''}"


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        # A browser may name a zone that this machine's tables do not hold.
        return ZoneInfo("UTC")


def _three_digits(size: Decimal) -> str:
    decimals = 2 if size < Decimal("9.995") else 1 if size < Decimal("99.95") else 0
    return f"{size:.{decimals}f}"


def _signed(text: str, value: Number) -> str:
    return f"{MINUS}{text}" if value < 0 else text
