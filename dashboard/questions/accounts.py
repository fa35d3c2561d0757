"""What Accounts asks: who is this, what is normal for them, what happened, who is connected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from dashboard import ask
from dashboard.charts.timeline import Mark
from dashboard.tables import Asked

Shares = Sequence[float | None]
# More marks than these lie on top of each other; the table below holds and exports all.
MARKS_SHOWN = 1500


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it stands at the store's last event; None where nothing is known."""

    account_id: str
    region: str
    country: str | None
    opened_at: datetime | None
    first_seen: datetime | None
    last_seen: datetime | None
    events: int
    flagged: int
    amount: float | None
    amount_stopped: float | None
    score: float | None
    peak_score: float | None
    peak_event_id: str | None
    sentence: str | None
    state: str
    customer_type: str | None
    kyc_country: str | None
    referrer_id: str | None


@dataclass(frozen=True, slots=True)
class Normal:
    """One habit of an account: how it was before, how it is in the last 30 days; None where there is nothing.

    `unit` is "money", "count", or "named": how many different ones its events name.
    """

    label: str
    unit: str
    before: float | None
    now: float | None

    @property
    def ratio(self) -> float | None:
        """Now over before; None where either is missing or nothing was before."""
        return self.now / self.before if self.now is not None and self.before else None


def account(account_id: str) -> Account | None:
    """Answer who an account is; None when there is no such account."""
    row = _profile(account_id)
    return Account(**{field.name: row[field.name] for field in fields(Account)}) if row else None


def riskiest_account(region: str | None) -> str | None:
    """Answer the riskiest account of a region or of all; None when there is none."""
    found = ask.value("riskiest_account", region=region)
    return None if found is None else str(found)


def find_accounts(text: str) -> Asked:
    """Return the question of the accounts whose id, device, network or counterparty is `text`."""
    return Asked("find_accounts", {"text": text})


def timeline_asked(account_id: str) -> Asked:
    """Return the question of everything an account did."""
    return Asked("account_timeline", {"account_id": account_id})


def account_timeline(account_id: str) -> tuple[tuple[Mark, ...], int]:
    """Answer the newest events of an account as marks, and how many events there are in all."""
    rows, total = ask.first("account_timeline", MARKS_SHOWN, account_id=account_id)
    names = ("event_id", "occurred_at", "kind", "decision", "score", "amount", "sentence")
    return tuple(
        Mark(**{name: row[name] for name in names}) for row in rows.select(list(names)).to_pylist()
    ), total


def account_flagged(account_id: str) -> Asked:
    """Return the question of the events of an account that were not allowed."""
    return Asked("account_flagged", {"account_id": account_id})


def account_ties(account_id: str) -> Asked:
    """Return the question of the devices, networks and counterparties of an account."""
    return Asked("account_ties", {"account_id": account_id})


def entity_users(kind: str, name: str) -> Asked:
    """Return the question of who else used a device, network address or counterparty."""
    return Asked("entity_users", {"entity_kind": kind, "entity": name})


# What is compared of an account then and now: what it is called, how it is written, and its column.
HABITS = (
    ("Median amount out", "money", "out"),
    ("Largest amount", "money", "largest"),
    ("Amount a week", "money", "amount_a_week"),
    ("Events a week", "count", "events_a_week"),
    ("Devices", "named", "devices"),
    ("Network countries", "named", "countries"),
    ("Counterparties", "named", "counterparties"),
)


def account_normal(account_id: str) -> tuple[Normal, ...]:
    """Answer how an account was before its last 30 days, and how it is in them; as of the last scoring."""
    row = _profile(account_id)
    has_past, has_now = bool(row.get("events_before")), bool(row.get("events_now"))
    return tuple(
        Normal(
            label,
            unit,
            row[f"{name}_before"] if has_past else None,
            row[f"{name}_now"] if has_now else None,
        )
        for label, unit, name in HABITS
    )


def account_hours(account_id: str) -> tuple[Shares, Shares]:
    """Answer the share of events in each of the 24 hours (UTC), before the last 30 days and in them."""
    row = _profile(account_id)
    return row.get("hours_before") or [None] * 24, row.get("hours_now") or [None] * 24


def _profile(account_id: str) -> dict[str, Any]:
    rows = ask.answer("account_profile", account_id=account_id).to_pylist()
    return rows[0] if rows else {}


def event_of_account(event_id: str, account_id: str) -> dict[str, Any] | None:
    """Answer one event of an account with its score and decision; None when it has no such event."""
    rows = ask.answer("event_of_account", event_id=event_id, account_id=account_id).to_pylist()
    return rows[0] if rows else None
