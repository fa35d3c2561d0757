"""The kinds of tie between two accounts: what is shared, by how many at most, and what describes it.

A kind's features describe one shared thing and two accounts that share it; all times are in days.
"""

from __future__ import annotations

from dataclasses import dataclass

MICROSECONDS_A_DAY = 86_400_000_000
# An account opened fewer days ago is young.
YOUNG_DAYS = 45

# Of two accounts that share a thing: how many share it; uses of the busier and of the other; days that both
# were there, days between their first uses; age of the older and the younger account when it came.
SHARED = ("sharers", "most_uses", "fewest_uses", "together", "apart", "older", "younger")
# Of a transfer: what left the receiver within three days and what had come to the sender before, as
# multiples of it; whether single sums match; senders to and receivers from the same side; its share of
# what the receiver got; transfers of the pair so far; ages of the accounts.
SENT = (
    "passed_on",
    "came_before",
    "is_passed_from",
    "is_passed_on",
    "senders",
    "receivers",
    "share",
    "times",
    "older",
    "younger",
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tie: its place in `KINDS`, its name in tables, and its features.

    With more sharers than `most` a thing is a hub (a gateway, a custodian) and ties nobody; a transfer from
    or to an account with more receivers or senders than that in those days (a market maker) does not either.
    0: whatever their number.
    """

    number: int
    name: str
    features: tuple[str, ...]
    most: int = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of its features in the matrix of a pair."""
        return tuple(f"{self.name}_{feature}" for feature in self.features)


DEVICE = Kind(0, "device", SHARED, most=40)
NETWORK = Kind(1, "network", SHARED, most=8)
GATEWAY = Kind(2, "gateway", SHARED, most=6)
PAYOUT = Kind(3, "payout", SHARED, most=16)
SOURCE = Kind(4, "source", SHARED, most=16)
TRANSFER = Kind(5, "transfer", SENT, most=16)
REFERRAL = Kind(6, "referral", ("invited",))
LIVENESS = Kind(7, "liveness", ("sharers", "bits"))
LOCKSTEP = Kind(8, "lockstep", ("opened_apart", "is_abroad"))
KINDS = (DEVICE, NETWORK, GATEWAY, PAYOUT, SOURCE, TRANSFER, REFERRAL, LIVENESS, LOCKSTEP)
SHARED_KINDS = (DEVICE, NETWORK, GATEWAY, PAYOUT, SOURCE)
WIDTH = max(len(kind.features) for kind in KINDS)
