"""A small request desk, by hand: two authorities, and requests as they come in to it.

    Cyber Office (KE)   writes from cyber.ke.example and answers under +000 1
    Court of Tests (DE) writes from court.de.example and answers under +000 2; its contact orders@ is known

Lin is the liaison, Lena and Luis lead the desk, Rita and Rolf manage risk.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from data.home import Home
from desk.actors import Actor
from desk.records import Records
from desk.requests.acting import Incoming, call_back, number_to_call, receive, verify
from desk.requests.book import Authority, Book
from desk.requests.state import RequestState

# A Wednesday: every desk works.
NOON = datetime(2025, 10, 29, 12)
LIN = Actor("Lin Liaisondemo", "liaison")
LENA = Actor("Lena Leaddemo", "desk_lead")
RITA = Actor("Rita Riskdemo", "risk_manager")
ANA = Actor("Ana Analystdemo", "analyst")
EMIL = Actor("Emil Executivedemo", "executive")
BOOK = Book(
    (
        Authority("Cyber Office", "KE", "police", ("cyber.ke.example",), "+000 1"),
        Authority(
            "Court of Tests", "DE", "court", ("court.de.example",), "+000 2", ("orders@court.de.example",)
        ),
    ),
    {
        "any": {
            "information": ("production order",),
            "preservation": ("production order",),
            "freeze": ("court order",),
            "emergency": ("imminent danger",),
            "assistance": ("letter of request",),
        },
        "DE": {"information": ("strafprozessordnung",)},
    },
)
ASKED = Incoming(
    "authority",
    "information",
    "We investigate a fraud.",
    "mail",
    "Cyber Office",
    "police",
    "KE",
    "B. Birchsample",
    "b.birchsample@cyber.ke.example",
    "KE-7/2025",
    "Production order 7/25",
    ("A1", "A2"),
    ("profile", "transactions", "logins"),
)
EMERGENCY = replace(
    ASKED, request_class="emergency", legal_basis="Imminent danger to life", account_ids=("A1",)
)
ORDER = replace(
    ASKED,
    request_class="freeze",
    legal_basis="Court order 3",
    account_ids=("A1",),
    scope_asked=(),
    amount_micro=5_000_000,
    asset="USDT",
    is_secret=True,
)
OF_USER = Incoming("user", "information", "My data, please.", account_ids=("A1",), scope_asked=("profile",))


@dataclass(frozen=True, slots=True)
class Desk:
    """The records of a request desk, its book and its home."""

    records: Records
    book: Book
    home: Home

    def receive(self, incoming: Incoming = ASKED, **changed: Any) -> RequestState:
        """Take in a request, with what differs of it."""
        return receive(self.records, replace(incoming, **changed), self.book, LIN, NOON)

    def call(self, state: RequestState, actor: Actor = LENA, *, is_theirs: bool = True) -> RequestState:
        """Call back under the number of the book."""
        number = number_to_call(state, self.book) or ""
        return call_back(
            self.records, state.request_id, number, self.book, actor, "Called", NOON, is_theirs=is_theirs
        )

    def verified(self, incoming: Incoming = ASKED, **changed: Any) -> RequestState:
        """Take in a request, call back and verify it."""
        state = self.call(self.receive(incoming, **changed))
        return verify(self.records, state.request_id, self.book, LIN, "It is theirs", NOON)
