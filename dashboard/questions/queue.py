"""What the Queue asks: which cases fit, in which order, how many there are, and what there is to choose from.

chosen = Chosen.of(state.current())                # filters, order and page as the URL has them
found = page(chosen, Place(now, wall, me, None, None))
found.rows, found.matching
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from dashboard import ask
from dashboard.state import View
from dashboard.tables import Asked
from desk.cases.state import OUTCOMES, SEVERITIES

# What a page of the list holds: three screens of rows.
ROWS_A_PAGE = 50
# Words of a search beyond these are not looked at, as the box says.
MOST_WORDS = 4
ORDERS: Mapping[str, str] = {
    "priority": "Priority",
    "due": "Due time",
    "loss": "Loss",
    "age": "Age, oldest first",
    "newest": "Newest first",
}
CLOCKS: Mapping[str, str] = {
    "breached": "Breached",
    "due_soon": "Due soon",
    "at_risk": "At risk",
    "on_track": "On track",
    "paused": "Paused",
}
STATUSES: Mapping[str, str] = {
    "live": "Live",
    "open": "Open",
    "paused": "Paused",
    "closed": "Closed",
    "confirmed": "Confirmed",
    "false_positive": "False positive",
    "inconclusive": "Inconclusive",
    "merged": "Merged",
    "withdrawn": "Withdrawn",
    "lapsed": "Lapsed",
    "all": "All",
}
# What a status of the list means for the table: the statuses there, and the outcome.
_MEANT: Mapping[str, tuple[list[str] | None, str | None]] = {
    "live": (["open", "paused"], None),
    "all": (None, None),
    **{name: (["closed"], name) for name in OUTCOMES},
}
AGES: Mapping[str, str] = {
    "hour": "Under an hour",
    "day": "Under a day",
    "older_day": "Over a day",
    "older_week": "Over a week",
}
_AGES = {
    "hour": ("newer_than", timedelta(hours=1)),
    "day": ("newer_than", timedelta(days=1)),
    "older_day": ("older_than", timedelta(days=1)),
    "older_week": ("older_than", timedelta(days=7)),
}
# More pages than these digits write no queue has, and the number would fit no column.
_SHEET_DIGITS = 9
# What of the URL a saved view keeps.
KEPT = ("channel", "severity", "kind", "status", "clock", "who", "typology", "age", "find", "order")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one stands: the data's now and the wall clock, naive UTC; who asks; region, channels, or all."""

    now: datetime
    wall: datetime
    me: str
    region: str | None
    channels: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose on the queue; empty means any. `sheet` is the page, from 1."""

    channel: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    clock: tuple[str, ...] = ()
    status: str = "live"
    who: str = ""
    typology: str = ""
    age: str = ""
    find: str = ""
    order: str = "priority"
    sheet: int = 1

    @classmethod
    def of(cls, view: View) -> Chosen:
        """Return what the URL names; what it names wrongly is left out."""
        several = {name: tuple((getattr(view, name) or "").split(",")) for name in ("channel", "kind")}
        known = {"severity": SEVERITIES, "clock": tuple(CLOCKS)}
        picked = {
            name: tuple(one for one in (getattr(view, name) or "").split(",") if one in offered)
            for name, offered in known.items()
        }
        return cls(
            channel=tuple(filter(None, several["channel"])),
            kind=tuple(filter(None, several["kind"])),
            severity=picked["severity"],
            clock=picked["clock"],
            status=_of(view.status, STATUSES, "live"),
            who=view.who or "",
            typology=view.typology or "",
            age=_of(view.age, AGES, ""),
            find=view.find or "",
            order=_of(view.order, ORDERS, "priority"),
            sheet=_sheet(view.sheet),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order and the page was chosen."""
        plain = Chosen(order=self.order, sheet=self.sheet)
        return self != plain


def _sheet(named: str | None) -> int:
    """Return the page that the URL names; the first where it names none that could be."""
    return max(1, int(named)) if named and named.isdecimal() and len(named) <= _SHEET_DIGITS else 1


def _of(named: str | None, known: Mapping[str, str], standard: str) -> str:
    return named if named in known and named is not None else standard


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case as the list shows it; times naive UTC, money in the store's unit, `clock` None once it ended."""

    case_id: str
    version: int
    severity: str
    kind: str
    subject_kind: str
    subject_id: str
    rings: str | None
    channel: str
    level: int
    status: str
    clock: str | None
    due_at: datetime | None
    expected_loss: Decimal
    alerts: int
    opened_at: datetime
    in_hand: str | None
    assignee: str | None
    outcome: str | None
    sentence: str | None
    last_action: str | None
    last_actor: str | None
    last_at: datetime | None
    matching: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, and how many cases fit in all."""

    rows: tuple[Waiting, ...]
    matching: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.matching // ROWS_A_PAGE))


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of the headline; `waiting` are in nobody's hands, `waiting_loss` may be lost by them."""

    live: int
    breached: int
    due_soon: int
    in_hand: int
    waiting: int
    waiting_loss: Decimal


_ROW = [field.name for field in fields(Waiting)]


def asked(chosen: Chosen, place: Place, **more: object) -> Asked:
    """Return the question of all cases that fit; `more` sets parameters of `queue_rows.sql` directly."""
    statuses, outcome = _MEANT.get(chosen.status, ([chosen.status], None))
    person = place.me if chosen.who == "mine" else chosen.who
    parameters: dict[str, object] = {
        "now": place.now,
        "wall": place.wall,
        "region": place.region,
        "channel": list(chosen.channel) or (None if place.channels is None else list(place.channels)),
        "severity": list(chosen.severity) or None,
        "kind": list(chosen.kind) or None,
        "clock": list(chosen.clock) or None,
        "status": statuses,
        "outcome": outcome,
        "typology": chosen.typology or None,
        "older_than": None,
        "newer_than": None,
        "who": None if chosen.who in ("", "nobody") else person,
        "holder": None,
        "nobody": chosen.who == "nobody",
        "waiting": False,
        "order": chosen.order,
        "rows": None,
        "skip": 0,
        **_words(chosen.find),
    }
    if chosen.age:
        name, length = _AGES[chosen.age]
        parameters[name] = place.now - length
    return Asked("queue_rows", parameters | more)


def _words(find: str) -> dict[str, object]:
    words = [*find.casefold().split()[:MOST_WORDS], *[None] * MOST_WORDS]
    return {f"word_{number + 1}": words[number] for number in range(MOST_WORDS)}


def page(chosen: Chosen, place: Place) -> Page:
    """Answer the page of the list that was chosen; the first where the list has become shorter."""
    found = _rows(asked(chosen, place, rows=ROWS_A_PAGE, skip=(chosen.sheet - 1) * ROWS_A_PAGE))
    if not found and chosen.sheet > 1:
        found = _rows(asked(chosen, place, rows=ROWS_A_PAGE))
    return Page(found, found[0].matching if found else 0)


def most_urgent(place: Place) -> Waiting | None:
    """Answer which case that waits comes first in the order of priority."""
    found = _rows(asked(Chosen(), place, waiting=True, rows=1))
    return found[0] if found else None


def one(case_id: str, place: Place) -> Waiting | None:
    """Answer how one case stands in the list; None when it is not there."""
    found = _rows(asked(Chosen(status="all", find=case_id), place, rows=1, region=None, channel=None))
    return found[0] if found else None


def _rows(question: Asked) -> tuple[Waiting, ...]:
    table = ask.answer(question.name, **question.parameters).select(_ROW)
    return tuple(Waiting(**row) for row in table.to_pylist())


def matching(chosen: Chosen, place: Place) -> dict[str, int]:
    """Answer the ids of all cases that fit now, in their order, each with its version."""
    question = asked(chosen, place)
    found = ask.run(question.statement, question.parameters).select(["case_id", "version"])
    return dict(zip(*(column.to_pylist() for column in found.columns), strict=True))


def counts(place: Place) -> Counts:
    """Answer the numbers of the headline."""
    row: Mapping[str, Any] = ask.answer(
        "queue_counts",
        now=place.now,
        wall=place.wall,
        region=place.region,
        channel=None if place.channels is None else list(place.channels),
        me=place.me,
    ).to_pylist()[0]
    return Counts(**row)


def choices() -> Mapping[str, tuple[str, ...]]:
    """Answer what there is to choose from: channels, kinds, typologies and people, most cases first."""
    found: dict[str, list[str]] = {"channel": [], "kind": [], "typology": [], "person": []}
    for row in ask.answer("queue_choices").to_pylist():
        found[row["name"]].append(row["word"])
    return {name: tuple(words) for name, words in found.items()}
