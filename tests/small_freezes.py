"""A few freezes of the small exchange, made through the desk's own doors under two signatures.

    freeze      account  asked by   what became of it
    applied     A1       analyst    900 of the event W1 stopped on 30 October, 300 given back as wrongful
    secret      A2       liaison    50 by order, and the customer must not learn of it
    waiting     A2       analyst    70.5 asked for on 31 October; nobody has approved
    hidden      A2       liaison    20 asked for by another secret order; nobody has approved

So 650 are stopped now, 50 of them by order, and 970.5 were ever asked for where anybody may know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.actors import Actor
from desk.approvals import approve
from desk.freezes.acting import Asked, ask_release, carry_out, request_freeze
from desk.money import MICRO
from desk.people import DEMONSTRATION, found
from desk.records import Records

RITA = Actor("Rita Riskdemo", "risk_manager")
LENA = Actor("Lena Leaddemo", "desk_lead")
ANA = Actor("Ana Analystdemo", "analyst")
AZIZ = Actor("Aziz Analystdemo", "analyst")
LIN = Actor("Lin Liaisondemo", "liaison")
APPLIED_AT = datetime(2025, 10, 30, 12)
ASKED_AT = datetime(2025, 10, 31, 20)


@dataclass(frozen=True, slots=True)
class Made:
    """The ids of the freezes, and of the approvals that wait."""

    applied: str
    secret: str
    waiting: str
    hidden: str
    waiting_approval: str
    hidden_approval: str


def make_freezes(records: Records) -> Made:
    """Make them, with the people of the demonstration."""
    found(records, DEMONSTRATION, APPLIED_AT)
    applied = _asked(records, ANA, APPLIED_AT, "A1", 900 * MICRO, event_id="W1", tainted_micro=400 * MICRO)
    _done(records, applied[1], LENA, APPLIED_AT)
    back = ask_release(records, applied[0], 300 * MICRO, ANA, "An invoice", ASKED_AT, is_wrongful=True)
    _done(records, back.approval_id, RITA, ASKED_AT)
    secret = _asked(records, LIN, APPLIED_AT, "A2", 50 * MICRO, kind="order", is_secret=True)
    _done(records, secret[1], RITA, APPLIED_AT)
    waiting = _asked(records, ANA, ASKED_AT, "A2", 70_500_000)
    hidden = _asked(records, LIN, ASKED_AT, "A2", 20 * MICRO, kind="order", is_secret=True)
    return Made(applied[0], secret[0], waiting[0], hidden[0], waiting[1], hidden[1])


def _asked(
    records: Records, actor: Actor, now: datetime, account_id: str, micro: int, **more: Any
) -> tuple[str, str]:
    region = {"A1": ("cis", "RU"), "A2": ("south_east_asia", "ID")}[account_id]
    asked = Asked(account_id, "USDT", micro, *region, **more)
    state, approval = request_freeze(records, asked, actor, "Bought with stolen money", now)
    return state.freeze_id, approval.approval_id


def _done(records: Records, approval_id: str, checker: Actor, now: datetime) -> None:
    approve(records, approval_id, checker, "Seen", now)
    carry_out(records, approval_id, checker, now)
