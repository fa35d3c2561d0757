"""What Freezes asks: what is stopped and for how long, what became of it, and an account's ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from dashboard import ask
from dashboard.questions.period import Period
from dashboard.state import View
from dashboard.tables import Asked
from desk.case_file.reasons import CaseReason, reasons_of

KINDS: Mapping[str, str] = {"policy": "By policy", "internal": "By people", "order": "By order"}
STATUSES: Mapping[str, str] = {
    "requested": "Waits for approval",
    "provisional": "Provisional",
    "active": "Active",
    "released": "Released",
    "seized": "Handed over",
    "dropped": "Dropped",
}
# What the list can be narrowed to; the first is its default.
CHOICES: Mapping[str, str] = {
    "live": "All open",
    "alarmed": "Ending or overdue",
    "appealed": "Appeal to decide",
    "provisional": "Provisional",
    "active": "Active",
    "requested": "Waiting for approval",
    "stopped": "Money is stopped",
    "ended": "Ended",
}
AGES: Mapping[str, str] = {
    "day": "Under 24 hours",
    "three_days": "1 to 3 days",
    "week": "3 to 7 days",
    "month": "7 to 30 days",
    "quarter": "30 to 90 days",
    "older": "Over 90 days",
}
ORDERS: Mapping[str, str] = {
    "due": "Due first",
    "largest": "Largest first",
    "oldest": "Oldest first",
    "newest": "Newest first",
}
ALARMS: Mapping[str, str] = {
    "overdue": "Overdue",
    "ends_soon": "Ends within 24 h",
    "review_soon": "Review within 72 h",
    "waits": "Waits for approval",
}
APPEALS: Mapping[str, str] = {"filed": "Filed", "granted": "Granted", "upheld": "Freeze upheld"}
PLACES: Mapping[str, str] = {
    "available": "Available",
    "held": "Held",
    "ordered": "Ordered",
    "seized": "Handed over",
    "released": "Released",
    "mistaken": "Mistaken",
    "recovered": "Recovered",
}
Row = Mapping[str, Any]
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Totals:
    """What freezes of a region hold now, in the store's unit, and what of it authorities ordered."""

    stopped: Decimal
    stopped_freezes: int
    ordered: Decimal
    ordered_freezes: int


@dataclass(frozen=True, slots=True)
class Alarms:
    """What needs somebody soon: how many and how much; `next_end` is when the next hold ends by itself."""

    ending: int
    ending_value: Decimal
    next_end: datetime | None
    overdue: int
    overdue_value: Decimal
    appealed: int
    appealed_value: Decimal
    requested: int
    requested_value: Decimal


@dataclass(frozen=True, slots=True)
class Aged:
    """Freezes of one age that hold money now; `age` is a key of AGES."""

    age: str
    freezes: int
    stopped: Decimal
    overdue: int
    overdue_value: Decimal
    youngest: int


@dataclass(frozen=True, slots=True)
class Way:
    """Money that went from one state of a freeze to another in a window."""

    layer: int
    source: str
    target: str
    amount: Decimal
    freezes: int


def totals(region: str | None) -> Totals:
    """Answer what freezes of a region hold now."""
    return Totals(**ask.answer("freeze_totals", region=region).to_pylist()[0])


def alarms(region: str | None, now: datetime) -> Alarms:
    """Answer what needs somebody soon."""
    return Alarms(**ask.answer("freeze_alarms", region=region, now=now).to_pylist()[0])


def listed_asked(view: View, now: datetime) -> Asked:
    """Return the question of the freezes that the address chooses."""
    return Asked(
        "freezes_listed",
        {
            "now": now,
            "region": view.region,
            "kind": view.kind if view.kind in KINDS else None,
            "age": view.age if view.age in AGES else None,
            "status": view.status if view.status in CHOICES else next(iter(CHOICES)),
            "order": view.order if view.order in ORDERS else next(iter(ORDERS)),
        },
    )


def stopped_asked(region: str | None, *, only_ordered: bool = False) -> Asked:
    """Return the question of the freezes that hold money now."""
    return Asked("stopped_freezes", {"region": region, "only_ordered": only_ordered})


def placed_asked(period: Period, region: str | None) -> Asked:
    """Return the question of the freezes placed in the period."""
    return Asked("freezes_placed", {**period.between, "region": region})


def moved_asked(period: Period, region: str | None, target: str) -> Asked:
    """Return the question of the money that went to `target` in the period."""
    return Asked("freeze_moves", {**period.between, "region": region, "target": target})


def moved(period: Period, region: str | None, target: str) -> Decimal:
    """Answer how much frozen money went to `target` in the period, in the store's unit."""
    asked = moved_asked(period, region, target)
    amounts = ask.answer(asked.name, **asked.parameters).column("amount").to_pylist()
    return sum(amounts, Decimal(0))


def ageing_asked(region: str | None, now: datetime) -> Asked:
    """Return the question of stopped money by its age."""
    return Asked("freeze_ageing", {"region": region, "now": now})


def ageing(region: str | None, now: datetime) -> tuple[Aged, ...]:
    """Answer stopped money by its age, the youngest first."""
    return _all(Aged, ageing_asked(region, now))


def flow_asked(period: Period, region: str | None) -> Asked:
    """Return the question of what became of money stopped in the period."""
    return Asked("freeze_flow", {**period.between, "region": region})


def flow(period: Period, region: str | None) -> tuple[Way, ...]:
    """Answer what became of money stopped in the period."""
    return _all(Way, flow_asked(period, region))


def by_region_asked(period: Period) -> Asked:
    """Return the question of each region's freezes in the period and the one compared with."""
    base = {f"base_{name}": value for name, value in period.base_window.items()}
    return Asked("freezes_by_region", {**period.window, **base})


def one(freeze_id: str) -> Row | None:
    """Answer a freeze as it stands; None where this person's role sees none of that name."""
    found = ask.answer("one_freeze", freeze_id=freeze_id).to_pylist()
    return found[0] if found else None


def history_asked(freeze_id: str) -> Asked:
    """Return the question of what was done with a freeze."""
    return Asked("freeze_history", {"freeze_id": freeze_id})


def history(freeze_id: str) -> list[Row]:
    """Answer what was done with a freeze, the first step first."""
    rows: list[Row] = ask.answer("freeze_history", freeze_id=freeze_id).to_pylist()
    return rows


def transfers_asked(freeze_id: str) -> Asked:
    """Return the question of a freeze's movements in the ledger."""
    return Asked("transfers_of_freeze", {"freeze_id": freeze_id})


def reasons(event_id: str | None) -> tuple[CaseReason, ...]:
    """Answer why an event was stopped; nothing without one."""
    if event_id is None:
        return ()
    return reasons_of(ask.answer("freeze_reasons", event_id=event_id).to_pylist())


def balances_asked(account_id: str) -> Asked:
    """Return the question of an account's balances in the ledger."""
    return Asked("account_balances", {"account_id": account_id})


def balances(account_id: str) -> list[Row]:
    """Answer an account's balances, one row an asset."""
    rows: list[Row] = ask.answer("account_balances", account_id=account_id).to_pylist()
    return rows


def entries_asked(account_id: str) -> Asked:
    """Return the question of an account's entries in the ledger."""
    return Asked("account_entries", {"account_id": account_id})


def of_account_asked(account_id: str) -> Asked:
    """Return the question of an account's freezes."""
    return Asked("account_freezes", {"account_id": account_id})


def stopped_accounts_asked(region: str | None) -> Asked:
    """Return the question of the accounts with money stopped."""
    return Asked("accounts_stopped", {"region": region})


def most_stopped(region: str | None) -> str | None:
    """Answer the account with most money stopped; None where nothing ever was."""
    shown, _ = ask.first("accounts_stopped", 1, region=region)
    return str(shown.column("account_id")[0].as_py()) if shown.num_rows else None


def to_freeze(account_id: str, event_id: str | None) -> Row | None:
    """Answer where an account is, and the event to go by with what it moved; None for no such account."""
    found = ask.answer("account_to_freeze", account_id=account_id, event_id=event_id).to_pylist()
    return found[0] if found else None


def _all(kind: type[Kind], asked: Asked) -> tuple[Kind, ...]:
    return tuple(kind(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())
