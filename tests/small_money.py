"""Small freezes by hand, for tests of the ledger: who asks, who approves, and an account with money stopped.

money = SmallMoney(records)
freeze_id = money.frozen("A1", 5_000_000)       # asked for by Ana, approved by Rita, applied
held = money.held("A1", 3_000_000)              # a hold that policy placed
money.lies("A1")                                # {"held": 8_000_000, "available": -8_000_000}
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk.actors import SYSTEM, Actor
from desk.approvals import approve
from desk.freezes.acting import Asked, carry_out, freeze, request_freeze
from desk.freezes.placing.found import Stop
from desk.freezes.placing.lives import life_of
from desk.freezes.state import FreezeState
from desk.freezes.steps import FREEZE_STEPS
from desk.freezes.writing import Done, write
from desk.ledger.buckets import BUCKETS
from desk.ledger.posting import balances
from desk.people import DEMONSTRATION
from desk.records import Records

NOW = datetime(2025, 10, 31, 23)
ANA, LIN, RITA, ROLF, LENA, ADA, AUDE, EMIL, OLGA = (
    Actor(name, DEMONSTRATION[name])
    for name in (
        "Ana Analystdemo",
        "Lin Liaisondemo",
        "Rita Riskdemo",
        "Rolf Riskdemo",
        "Lena Leaddemo",
        "Ada Admindemo",
        "Aude Auditordemo",
        "Emil Executivedemo",
        "Olga Operatordemo",
    )
)
MILLION = 1_000_000


def stop(event_id: str = "E1", account_id: str = "A1", amount: int = 3 * MILLION, **told: Any) -> Stop:
    """A hold of 3 USDT in cis (Kazakhstan), placed an hour ago, of which nothing else is known."""
    plain = Stop(
        event_id,
        account_id,
        "USDT",
        "cis",
        "KZ",
        amount,
        placed_at=NOW - timedelta(hours=1),
        decision="hold",
        truth=None,
        confirmed_at=None,
        ended_at=None,
        case_id=None,
    )
    return Stop(**{name: told.get(name, getattr(plain, name)) for name in Stop.__slots__})


@dataclass
class SmallMoney:
    """Records with what tests of freezes do most often; `now` is the data's now of every action."""

    records: Records
    now: datetime = NOW

    def asked(
        self, account_id: str = "A1", amount: int = 5 * MILLION, kind: str = "internal"
    ) -> tuple[str, str]:
        """Ask for a freeze as Ana, and return its id with that of the approval."""
        asked = Asked(
            account_id, "USDT", amount, "cis", "KZ", kind=kind, request_id="Q1" if kind == "order" else None
        )
        state, approval = request_freeze(self.records, asked, ANA, "Bought with stolen money", self.now)
        return state.freeze_id, approval.approval_id

    def approved(self, approval_id: str, by: Actor = RITA, done_by: Actor | None = None) -> FreezeState:
        """Approve and carry out."""
        approve(self.records, approval_id, by, "Seen", self.now)
        return carry_out(self.records, approval_id, done_by or by, self.now)

    def frozen(self, account_id: str = "A1", amount: int = 5 * MILLION, kind: str = "internal") -> str:
        """Freeze money, and return the freeze's id."""
        freeze_id, approval_id = self.asked(account_id, amount, kind)
        self.approved(approval_id)
        return freeze_id

    def held(self, account_id: str = "A1", amount: int = 3 * MILLION, event_id: str = "E1") -> str:
        """Place a hold of policy, and return the freeze's id."""
        freeze_id = f"F-{account_id}-{event_id}"
        (step,) = life_of(stop(event_id, account_id, amount), freeze_id, None, ())
        with self.records.writing() as connection:
            write(
                connection, None, step.state, Done("held", SYSTEM, step.reason, step.at, None, step.details)
            )
        return freeze_id

    def of(self, freeze_id: str) -> FreezeState:
        """Return a freeze as it stands."""
        return freeze(self.records, freeze_id)

    def lies(self, account_id: str = "A1", asset: str = "USDT") -> dict[str, int]:
        """Return where an account's money lies, places with nothing left out."""
        found = balances(self.records, account_id).get(asset)
        places = {} if found is None else {name: getattr(found, name) for name in BUCKETS}
        return {name: amount for name, amount in places.items() if amount}

    def actions(self, freeze_id: str) -> list[str]:
        """Return what was done with a freeze, the oldest first."""
        with self.records.reading() as connection:
            asked = FREEZE_STEPS.select().where(FREEZE_STEPS.c.freeze_id == freeze_id)
            return [row.action for row in connection.execute(asked.order_by(FREEZE_STEPS.c.version))]
