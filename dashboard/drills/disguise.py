"""The disguise of a past case: every id by a number of its own, every date moved to one week of long ago.

    names = Disguise(view.state.opened_at, view.accounts, found, zone)
    shown = disguised(view, names, "Case 3", citable(found))   # a CaseView: the blocks of a case draw it

Whoever could read an account's id, or the day, would find the case and its end in the search, the queue or
the address; so neither is on the screen, nor in the names of what is drawn there. Points, ranks and sentences
of whole events (they begin with the largest reason) would answer what is asked, so they are taken out too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard.case.view import CaseView, Customer
from dashboard.formats import duration
from dashboard.questions.case import CaseEvent, InRing, Tie
from dashboard.questions.drills import CaseThen
from dashboard.questions.words import ENTITIES
from desk.case_file.reasons import CaseReason
from desk.cases.reading import Told
from desk.cases.state import CaseState

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# Mondays in winter and in summer: the one is taken that keeps the hour on the viewer's clock.
MONDAYS = (datetime(2001, 1, 1), datetime(2001, 7, 2))
NAMES = {**ENTITIES, "ring": "Ring", "account": "Account"}
DATED = TypeVar("DATED", bound="DataclassInstance")


class Disguise:
    """Names for the ids of one case: accounts, ties and rings first, then what is asked for in its order."""

    def __init__(
        self, opened_at: datetime, accounts: Iterable[str], found: CaseThen, zone: str | None
    ) -> None:
        self._opened_at = opened_at
        self._by = _distance(opened_at, _zone(zone))
        self._numbers: dict[tuple[str, str], str] = {}
        self._accounts = tuple(accounts)
        for account in self._accounts:
            self.number("account", account)
        for tie in found.ties:
            self.number(tie.entity_kind, tie.entity)
        for ring in found.rings:
            self.number("ring", ring.ring_id)

    def number(self, kind: str, name: str) -> str:
        """Return the number that stands for a name among those of its kind."""
        place = sum(one == kind for one, _ in self._numbers) + 1
        return self._numbers.setdefault((kind, name), str(place))

    def entity(self, kind: str, name: str) -> str:
        """Return what a device, network, counterparty, ring or account is called: `Device 1`."""
        return f"{NAMES[kind]} {self.number(kind, name)}"

    def account_called(self, number: str | None) -> str | None:
        """Return the account of the case that a number stands for; None for any other."""
        return next((one for one in self._accounts if self.number("account", one) == number), None)

    def moved(self, instant: datetime) -> datetime:
        """Return a time moved by whole weeks, to the minute: seconds would find the event."""
        return (instant + self._by).replace(second=0, microsecond=0)

    def before(self, instant: datetime) -> str:
        """Return how long before the opening something was: `2 d 4 h before`."""
        length = self._opened_at - instant
        if abs(length.total_seconds()) < 1:
            return "at the opening"
        return f"{duration(length)} before"


def disguised(
    view: CaseView, names: Disguise, case_name: str, citable: Collection[tuple[str, str]]
) -> CaseView:
    """Return a past case as a trainee may see it; amounts, countries, scores, decisions stay as they are.

    `citable` are the reasons (source and name) that can be cited: fewer or more would tell what weighs most.
    """
    number = names.number
    state = replace(
        _dated(view.state, names),
        case_id=case_name,
        subject_id=number(view.state.subject_kind, view.state.subject_id),
        merged_into=None,
    )
    return replace(
        _dated(view, names),
        state=state,
        steps=tuple(_step(one, names, state) for one in view.steps),
        events=tuple(_event(one, names) for one in view.events),
        reasons=_reasons(view.reasons, names, citable),
        accounts=tuple(number("account", one) for one in view.accounts),
        customer=None if view.customer is None else _customer(view.customer, names),
        ring=None if view.ring is None else _ring(view.ring, names),
        others=tuple(
            replace(_dated(one, names), case_id=f"Earlier case {place}", merged_into=None)
            for place, one in enumerate(view.others, start=1)
        ),
        files=(),
        is_training=True,
        alike=tuple(
            replace(_dated(one, names), case_id="", subject_id="", same_reasons=()) for one in view.similar
        ),
    )


def _dated(one: DATED, names: Disguise) -> DATED:
    """Return a dataclass with each of its times moved."""
    found = {field.name: getattr(one, field.name) for field in fields(one)}
    moved = {name: names.moved(value) for name, value in found.items() if isinstance(value, datetime)}
    return replace(one, **moved)


def _step(one: Told, names: Disguise, state: CaseState) -> Told:
    at = names.moved(one.at)
    return replace(one, number=0, at=at, recorded_at=at, reason="", details={}, bulk_id=None, state=state)


def _event(one: CaseEvent, names: Disguise) -> CaseEvent:
    def named(kind: str, name: str | None) -> str | None:
        return names.number(kind, name) if name else None

    return replace(
        _dated(one, names),
        alert_id=names.number("alert", one.alert_id),
        account_id=named("account", one.account_id),
        event_id=named("event", one.event_id),
        ring_id=named("ring", one.ring_id),
        sentence=None,
        reason=None,
        counterparty=names.entity("counterparty", one.counterparty).lower() if one.counterparty else None,
        device_id=named("device", one.device_id),
    )


def _reasons(
    reasons: Iterable[CaseReason], names: Disguise, citable: Collection[tuple[str, str]]
) -> tuple[CaseReason, ...]:
    """Return reasons without what they weigh, in the order of the alphabet; of a ring what it is called."""
    told = [
        replace(
            _dated(one, names),
            event_id=names.number("ring" if one.source == "ring" else "event", one.event_id),
            rank=0,
            feature=None,
            value=None,
            normal=None,
            weight=None,
            sentence=None if one.source == "ring" else one.sentence,
        )
        for one in reasons
        if one.source == "ring" or (one.source, one.reason) in citable
    ]
    return tuple(sorted(told, key=lambda one: (one.event_id, one.sentence or "", one.reason)))


def _ring(one: InRing, names: Disguise) -> InRing:
    return replace(_dated(one, names), ring_id=names.number("ring", one.ring_id), sentence=None)


def _tie(one: Tie, names: Disguise) -> Tie:
    return replace(
        _dated(one, names),
        entity=names.number(one.entity_kind, one.entity),
        description=None,
        accounts=(),
    )


def _customer(found: Customer, names: Disguise) -> Customer:
    def event(event_id: str) -> str:
        return names.number("event", event_id)

    account = names.number("account", found.account_id)
    owner = found.owner
    return replace(
        found,
        account_id=account,
        owner=None if owner is None else replace(_dated(owner, names), account_id=account, referrer_id=None),
        marks=tuple(
            replace(_dated(one, names), event_id=event(one.event_id), sentence=None) for one in found.marks
        ),
        ties=tuple(_tie(one, names) for one in found.ties),
        rings=tuple(_ring(one, names) for one in found.rings),
        checks=tuple(replace(_dated(one, names), event_id=event(one.event_id)) for one in found.checks),
        stops=tuple(replace(_dated(one, names), event_id=event(one.event_id)) for one in found.stops),
    )


def _distance(opened_at: datetime, zone: ZoneInfo) -> timedelta:
    """Return what moves the opening into one week for all cases, at the same weekday and hour."""
    midnight = datetime(opened_at.year, opened_at.month, opened_at.day)
    by = [monday + timedelta(days=opened_at.weekday()) - midnight for monday in MONDAYS]
    offset = opened_at.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    same = [one for one in by if (opened_at + one).replace(tzinfo=UTC).astimezone(zone).utcoffset() == offset]
    return next(iter(same), by[0])


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
