"""The places where an account's money can lie, and the ways between them.

Money leaves `available` when it is stopped and stays on the books until it is released or handed over;
`mistaken` is what came in with no owner, until a recovery gives it back. Both are where money comes from, so
they stand at or below zero; the others at or above. All seven of an account and asset add up to zero.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from data.errors import WatchfloorError

# From where money comes: what was taken out of it is counted below zero.
SOURCES = ("available", "mistaken")
# Which way money may go; any other is a mistake of the caller's.
WAYS = frozenset(
    {
        ("available", "held"),
        ("available", "ordered"),
        ("held", "ordered"),
        ("ordered", "held"),
        ("held", "released"),
        ("ordered", "released"),
        ("held", "seized"),
        ("ordered", "seized"),
        ("seized", "released"),
        ("mistaken", "recovered"),
    }
)


class LedgerError(WatchfloorError):
    """Money cannot be moved so: no such way, not that much there, or no amount at all."""


@dataclass(frozen=True, slots=True)
class Balances:
    """What one account has in one asset, in each place, in millionths of the store's unit."""

    available: int = 0
    held: int = 0
    ordered: int = 0
    seized: int = 0
    released: int = 0
    mistaken: int = 0
    recovered: int = 0

    @property
    def total(self) -> int:
        """The sum of all places: zero, always."""
        return sum(getattr(self, name) for name in BUCKETS)

    def moved(self, source: str, target: str, amount_micro: int) -> Balances:
        """Return the balances after `amount_micro` went from one place to another. Raises LedgerError."""
        if (source, target) not in WAYS:
            raise LedgerError(
                f"Money does not go from {source} to {target}.",
                possible=", ".join(f"{one} to {other}" for one, other in sorted(WAYS)),
                to_do="Choose one of these ways.",
            )
        if amount_micro <= 0:
            raise LedgerError("A transfer moves more than nothing.", to_do="Name an amount above zero.")
        left = getattr(self, source) - amount_micro
        if source not in SOURCES and left < 0:
            raise LedgerError(
                f"There is less {source} than {amount_micro / 1_000_000:,.6f}.",
                possible=f"at most {getattr(self, source) / 1_000_000:,.6f}",
                to_do="Name a smaller amount. Nothing was moved.",
            )
        return replace(self, **{source: left, target: getattr(self, target) + amount_micro})


BUCKETS = tuple(field.name for field in fields(Balances))
