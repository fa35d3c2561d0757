"""A request as it stands: the state that each step carries, so that its newest step is the request.

Times are the data's now, naive UTC. Money is integer micro-units of the store's unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from data.errors import WatchfloorError

Asker = Literal["authority", "user"]
RequestClass = Literal["information", "preservation", "freeze", "emergency", "assistance"]
Status = Literal[
    "received",
    "checking",
    "verified",
    "doubtful",
    "answering",
    "waiting_approval",
    "answered",
    "refused",
    "withdrawn",
    "executed",
    "kept",
]
ASKERS: tuple[Asker, ...] = ("authority", "user")
# assistance: help that is neither data nor money, such as an expert's statement or a contact.
CLASSES: tuple[RequestClass, ...] = ("information", "preservation", "freeze", "emergency", "assistance")
# Those in which it needs somebody, in the order in which it goes through them, and those in which it ended.
LIVE: tuple[Status, ...] = ("received", "checking", "verified", "doubtful", "answering", "waiting_approval")
ENDED: tuple[Status, ...] = ("answered", "refused", "withdrawn", "executed", "kept")
STATUSES = (*LIVE, *ENDED)
# Those in which the required checks were passed, so that it may be answered.
CHECKED: tuple[Status, ...] = ("verified", "answering", "waiting_approval")
OUTCOMES = ("data_given", "partly_given", "no_data", "helped", "kept", "executed", "refused", "withdrawn")
# What can be asked about an account, and handed over; nothing else leaves the house.
DATA_KINDS = ("profile", "transactions", "logins", "devices", "identity_checks", "balance")
# How a request came in.
CHANNELS = ("portal", "mail", "letter", "phone")


class RequestError(WatchfloorError):
    """A request cannot be acted on so: there is none such, its state is another, or something is missing."""


@dataclass(frozen=True, slots=True)
class RequestState:
    """A request after one of its steps.

    `version` counts its steps from 1. `account_ids` are the accounts that it names and are here, `accounts`
    how many it concerns. `place` is the regional channel by whose hours its clock runs; `at_risk_at` and
    `due_at` are worked out when it comes in. `authenticity` is from 0 (forged) to 1, `missing` are the
    required checks that it has not passed. `called_*` is the newest call back. `is_secret`: the customer must
    not learn of it, until `secret_until` (None: until somebody says so). `kept_until` is of preservation.
    """

    request_id: str
    version: int
    asker: str
    request_class: str
    status: str
    received_at: datetime
    at_risk_at: datetime
    due_at: datetime
    place: str
    channel: str = "mail"
    agency: str | None = None
    agency_kind: str | None = None
    country: str | None = None
    officer: str | None = None
    contact: str | None = None
    reference: str | None = None
    legal_basis: str | None = None
    words: str = ""
    account_ids: tuple[str, ...] = ()
    accounts: int = 0
    scope_asked: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    scope_given: tuple[str, ...] = ()
    is_narrowed: bool = False
    narrowed_because: str | None = None
    amount_micro: int | None = None
    asset: str | None = None
    authenticity: float | None = None
    missing: tuple[str, ...] = ()
    called_by: str | None = None
    called_at: datetime | None = None
    called_number: str | None = None
    call_confirmed: bool | None = None
    is_secret: bool = False
    secret_until: datetime | None = None
    kept_until: datetime | None = None
    case_id: str | None = None
    freeze_ids: tuple[str, ...] = ()
    package_hash: str | None = None
    answered_at: datetime | None = None
    outcome: str | None = None

    @property
    def is_live(self) -> bool:
        """Whether it still needs somebody."""
        return self.status in LIVE

    @property
    def is_checked(self) -> bool:
        """Whether its required checks were passed and it may be answered."""
        return self.status in CHECKED
