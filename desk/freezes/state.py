"""A freeze as it stands: the state that each step carries, so that the newest step of a freeze is the freeze.

Times are the data's now, naive UTC. Money is integer micro-units of the store's unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from data.errors import WatchfloorError

Kind = Literal["policy", "internal", "order"]
Status = Literal["requested", "provisional", "active", "released", "seized", "dropped"]
# policy: money that a decision of the policy stopped; internal: people; order: an authority's freeze order.
KINDS: tuple[Kind, ...] = ("policy", "internal", "order")
# requested: nothing is moved yet; provisional: held until a person confirms it or it ends by itself.
STATUSES: tuple[Status, ...] = ("requested", "provisional", "active", "released", "seized", "dropped")
# Those in which it needs somebody, and those in which money is stopped.
LIVE: tuple[Status, ...] = ("requested", "provisional", "active")
STOPPED: tuple[Status, ...] = ("provisional", "active")
Appeal = Literal["filed", "granted", "upheld"]
# A hold by policy ends by itself when nobody confirms it for so long.
PROVISIONAL_LIFE = timedelta(days=3)
# After so long somebody must say whether an active freeze still has its reason.
REVIEW_EVERY = timedelta(days=30)


class FreezeError(WatchfloorError):
    """A freeze cannot be acted on so: there is none such, it is in another state, or words are missing."""


@dataclass(frozen=True, slots=True)
class FreezeState:
    """A freeze after one of its steps.

    `version` counts its steps from 1; `amount_micro` was asked for or stopped in all, `remaining_micro` is
    stopped now, `released_micro` and `seized_micro` went these ways; `ordered_micro` is what of the remaining
    an authority ordered, so that nobody here gives it back; `tainted_micro` is what was known to come from
    crime when it was asked for, None where nobody worked that out. `is_wrongful` says that it was
    on money of somebody honest; None: not known. `is_secret`: the customer must not learn of it (an order
    that says so).
    """

    freeze_id: str
    version: int
    kind: str
    account_id: str
    asset: str
    region: str
    country: str | None
    status: str
    amount_micro: int
    remaining_micro: int
    opened_at: datetime
    released_micro: int = 0
    seized_micro: int = 0
    ordered_micro: int = 0
    tainted_micro: int | None = None
    event_id: str | None = None
    case_id: str | None = None
    request_id: str | None = None
    placed_at: datetime | None = None
    confirmed_at: datetime | None = None
    expires_at: datetime | None = None
    review_by: datetime | None = None
    appeal: str | None = None
    appealed_at: datetime | None = None
    ended_at: datetime | None = None
    is_wrongful: bool | None = None
    is_secret: bool = False

    @property
    def bucket(self) -> str:
        """Where its money lies in the ledger once it is stopped."""
        return "ordered" if self.kind == "order" else "held"

    @property
    def held_micro(self) -> int:
        """What of the remaining no authority ordered, in millionths."""
        return self.remaining_micro - self.ordered_micro

    @property
    def is_live(self) -> bool:
        """Whether it still needs somebody."""
        return self.status in LIVE

    @property
    def is_stopped(self) -> bool:
        """Whether it holds money now."""
        return self.status in STOPPED
