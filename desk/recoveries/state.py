"""A claim of a mistaken transfer as it stands: the state that each step carries; the newest is the claim.

Times are the data's now, naive UTC. Money is integer micro-units of the store's unit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Literal

from data.errors import WatchfloorError

Kind = Literal["wrong_chain", "missing_memo", "wrong_address", "wrong_asset"]
KINDS: tuple[Kind, ...] = ("wrong_chain", "missing_memo", "wrong_address", "wrong_asset")
Status = Literal[
    "claimed",
    "checking",
    "recoverable",
    "proving",
    "proved",
    "waiting_approval",
    "paid",
    "not_recoverable",
    "refused",
    "withdrawn",
]
# In the order in which a claim goes through them; the last four are ends. checking: looked at, and who
# holds the money is not known yet.
STATUSES: tuple[Status, ...] = (
    "claimed",
    "checking",
    "recoverable",
    "proving",
    "proved",
    "waiting_approval",
    "paid",
    "not_recoverable",
    "refused",
    "withdrawn",
)
LIVE: tuple[Status, ...] = STATUSES[:6]
# How it ended: the records' own words, and two that only a desk which asks for a proof can say.
OUTCOMES = ("recovered", "not_recoverable", "false_claim", "not_proved", "withdrawn")
# What a status that is an end may have come to.
ENDS = {
    "paid": ("recovered",),
    "not_recoverable": ("not_recoverable",),
    "refused": ("false_claim", "not_proved"),
    "withdrawn": ("withdrawn",),
}
# Who controls the place where the money lies now, as far as the desk found out.
HOLDERS = ("exchange", "customer", "contract", "other_service", "stranger", "nobody", "unknown")
# So long the customer has to prove control: a transfer takes minutes, a person a few days.
PROOF_LIFE = timedelta(days=7)


class ClaimError(WatchfloorError):
    """A claim cannot be taken or acted on so: a mistake in it, another state, or something is missing."""


@dataclass(frozen=True, slots=True)
class ClaimState:
    """A claim after one of its steps.

    `version` counts its steps from 1; `amount_micro` is claimed, `payable_micro` what the desk found can be
    paid (None before that), `fee_micro` is kept of it for the work, `paid_micro` left the books as recovered.
    `target` is where the money went, `sender` from where, `memo` what was given with it. `challenge_*` is the
    small transfer that proves control, `proof` the event or hash that did. `score` says from 0 to 1 how
    likely it is a false claim, `scored_by` the model's version or `rules`, `score_reasons` why, JSON.
    """

    claim_id: str
    version: int
    kind: str
    account_id: str
    asset: str
    region: str
    country: str | None
    status: str
    amount_micro: int
    claimed_at: datetime
    paid_micro: int = 0
    fee_micro: int = 0
    payable_micro: int | None = None
    event_id: str | None = None
    sent_at: datetime | None = None
    network: str | None = None
    tx_hash: str | None = None
    target: str | None = None
    sender: str | None = None
    memo: str | None = None
    holder: str | None = None
    is_recoverable: bool | None = None
    recoverable_because: str | None = None
    challenge_micro: int | None = None
    challenge_from: str | None = None
    challenge_memo: str | None = None
    challenge_at: datetime | None = None
    challenge_until: datetime | None = None
    proof: str | None = None
    proved_at: datetime | None = None
    score: float | None = None
    scored_by: str | None = None
    score_reasons: str | None = None
    ended_at: datetime | None = None
    outcome: str | None = None

    @property
    def is_live(self) -> bool:
        """Whether it still needs somebody."""
        return self.status in LIVE


STATE_NAMES = tuple(each.name for each in fields(ClaimState))
