"""A small store and records for claims of mistaken transfers: whose money went where, and who works at it.

T1   A1 sent 500 to an address that nobody else uses, four days ago
T2   A2 sent 80 to an address that six others use: a service's
T3   A1 took 40 that was declined
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from small_exchange import insert

from data.store import Store
from desk.actors import Actor
from desk.approvals import approve
from desk.records import Records
from desk.recoveries.claiming import Claimed, check, take_claim
from desk.recoveries.paying import Payment, ask_payment
from desk.recoveries.proving import Entered, challenge, enter_proof
from desk.recoveries.state import ClaimState

NOW = datetime(2025, 10, 31, 23)
DAY = timedelta(days=1)
OLGA = Actor("Olga Operatordemo", "desk_operator")
LENA = Actor("Lena Leaddemo", "desk_lead")
RITA = Actor("Rita Riskdemo", "risk_manager")
ANA = Actor("Ana Analystdemo", "analyst")
AUDE = Actor("Aude Auditordemo", "auditor")
WALLET = "T" + "A" * 33
SENDER = "T" + "B" * 33
HASH = "ab" * 32


def fill_claims(store: Store) -> None:
    """Write the accounts and transactions that the claims are of."""
    moved = [
        _moved("T1", "A1", 500, WALLET, 4),
        _moved("T2", "A2", 80, "hot", 3),
        _moved("T3", "A1", 40, WALLET, 2, status="declined"),
        *(_moved(f"H{n}", f"C{n}", 10, "hot", 20 + n) for n in range(6)),
    ]
    with store.writing() as cursor:
        for name in (
            "transactions",
            "accounts",
            "account_risk",
            "recoveries",
            "desk_claims",
            "desk_claim_steps",
        ):
            cursor.execute(f"DELETE FROM {name}")
        insert(cursor, "accounts", [{"account_id": name, "kyc_country": "KZ"} for name in ("A1", "A2")])
        insert(
            cursor,
            "account_risk",
            [
                {
                    "account_id": "A1",
                    "region": "cis",
                    "country": "KZ",
                    "opened_at": NOW - 400 * DAY,
                    "last_seen": NOW,
                }
            ],
        )
        insert(cursor, "transactions", moved)


def _moved(event: str, account: str, amount: float, to: str, days: int, **more: Any) -> dict[str, Any]:
    row = {
        "event_id": event,
        "account_id": account,
        "occurred_at": NOW - days * DAY,
        "kind": "withdrawal",
        "amount": Decimal(amount),
        "asset": "USDT",
        "counterparty": to,
        "status": "settled",
    }
    return row | more


def deposited(store: Store, account: str, micro: int, sender: str, at: datetime, event: str = "D1") -> None:
    """Write a deposit of so many millionths."""
    row = _moved(event, account, 0, sender, 0, kind="deposit", occurred_at=at)
    row["amount"] = Decimal(micro) / 1_000_000
    with store.writing() as cursor:
        insert(cursor, "transactions", [row])


@dataclass
class SmallClaims:
    """Records and a store, with what tests do most often; `at` is the data's now."""

    records: Records
    store: Store
    at: datetime = NOW

    def taken(
        self, account: str = "A1", kind: str = "wrong_chain", micro: int = 500_000_000, **more: Any
    ) -> ClaimState:
        """Take a claim, of T1 unless another event or hash is named."""
        more = {"event_id": "T1", "network": "tron"} | more
        asked = Claimed(account, kind, "USDT", micro, **more)
        return take_claim(self.records, self.store, asked, OLGA, "The customer wrote", self.at)

    def checked(self, state: ClaimState, holder: str = "exchange") -> ClaimState:
        """Say who controls the place."""
        return check(self.records, self.store, state.claim_id, holder, OLGA, "Looked it up", self.at)

    def challenged(self, state: ClaimState) -> ClaimState:
        """Ask for a small transfer from SENDER."""
        return challenge(self.records, state.claim_id, SENDER, OLGA, "Asked by letter", self.at)

    def proved(self, state: ClaimState | None = None, tx_hash: str = HASH) -> ClaimState:
        """Bring a claim to where control is proved, by hand."""
        state = self.challenged(self.checked(state or self.taken()))
        entered = Entered(tx_hash, SENDER, state.challenge_micro or 0, self.at)
        return enter_proof(self.records, state.claim_id, entered, OLGA, "Seen on the network", self.at)

    def approved(self, state: ClaimState, micro: int | None = None, fee: int = 0) -> str:
        """Have a payment asked by one and approved by another; return the approval's id."""
        asked = ask_payment(
            self.records, state.claim_id, Payment(micro or state.amount_micro, fee), OLGA, "Proved", self.at
        )
        return approve(self.records, asked.approval_id, LENA, "Seen", self.at).approval_id
