"""Claims of transfers that went wrong, as numbers: honest ones and false ones have one shape."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from data.world.calendar import DAY, END
from data.world.columns import NONE, SETTLED, WITHDRAWAL, Flags, Ints, Rng, Transactions
from data.world.crime import later

KINDS_OF_MISTAKE = ("wrong_chain", "missing_memo", "wrong_address", "wrong_asset")
WRONG_CHAIN, MISSING_MEMO, WRONG_ADDRESS, WRONG_ASSET = range(4)
CLAIM_OUTCOMES = ("recovered", "not_recoverable", "false_claim")
RECOVERED, NOT_RECOVERABLE, FALSE_CLAIM = range(3)


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims, one entry each: when the money is said to have gone, when it was claimed, how that ended.

    `has_event` says whether it names a transaction of this exchange, the one of the account at `at`;
    an `outcome` of NONE is still open at the end of the window, and `ended_at` is then of no meaning.
    """

    account: Ints
    at: Ints
    micro: Ints
    asset: Ints
    kind: Ints
    has_event: Flags
    claimed_at: Ints
    ended_at: Ints
    outcome: Ints

    def rows(self, chosen: Flags | Ints) -> Claims:
        """Return the claims that a mask or an index chooses."""
        return Claims(**{field.name: getattr(self, field.name)[chosen] for field in fields(self)})

    def as_known(self) -> Claims:
        """Return the claims made within the window by time, open where they end after it."""
        known = self.rows(self.claimed_at < END)
        known = known.rows(np.argsort(known.claimed_at, kind="stable"))
        return replace(known, outcome=np.where(known.ended_at < END, known.outcome, NONE))


def together(parts: tuple[Claims, ...]) -> Claims:
    """Return the claims of several kinds as one."""
    return Claims(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Claims)})


def some_withdrawals(moved: Transactions, count: int, rng: Rng) -> Ints:
    """Draw rows of settled withdrawals, none twice; fewer than `count` where there are not so many."""
    left = np.flatnonzero((moved.kind == WITHDRAWAL) & (moved.status == SETTLED) & (moved.at < END - DAY))
    return np.sort(rng.choice(left, min(count, len(left)), replace=False))


def clocks(at: Ints, median_days: tuple[float, float], rng: Rng) -> tuple[Ints, Ints]:
    """Draw when each is claimed and when that claim ends, by the medians of both delays in days."""
    claimed = later(at, median_days[0] * DAY, 1.1, rng)
    return claimed, later(claimed, median_days[1] * DAY, 0.7, rng)
