"""The flow of one ring: its transfers in the order of time, asked for what an account sent after it got.

A ring's flow is small (tens of transfers, thousands at most), so it is plain lists, not columns.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SECOND = 1_000_000
DAY = 86_400 * SECOND
# How long money rests on an account before it goes on: 99 % of the steps inside the demonstration's mules,
# round trips and scatter-gathers took less than four days; after a week it is as likely one's own money.
LONGEST_REST = 5 * DAY
# Accounts that pass money on work as a machine; of more later transfers only the next are looked at, so
# that one busy account costs no more than its share.
MOST_NEXT = 200
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Flow:
    """The n transfers of one ring, sorted by time; accounts are numbers into `names`, -1 is not known.

    `from_member` and `to_member` say whether that side was an account of the ring then.
    """

    names: Sequence[str]
    t: list[int]
    micro: list[int]
    sender: list[int]
    receiver: list[int]
    from_member: list[bool]
    to_member: list[bool]
    sent_by: dict[int, list[int]]
    sent_to: dict[int, list[int]]

    def __len__(self) -> int:
        """Return how many transfers there are."""
        return len(self.t)

    def is_whole(self, transfer: int) -> bool:
        """Answer whether both sides of a transfer are known."""
        return self.sender[transfer] != UNKNOWN and self.receiver[transfer] != UNKNOWN

    def is_inside(self, transfer: int) -> bool:
        """Answer whether a transfer goes from one account of the ring to another."""
        return self.from_member[transfer] and self.to_member[transfer]

    def next_of(self, transfer: int, lowest: float, highest: float) -> Iterator[int]:
        """Answer what the receiver sent on later, between `lowest` and `highest` of what it got.

        Later is strictly later: of two transfers at one instant nobody can say which came first.
        """
        if not self.to_member[transfer]:
            return
        sent = self.sent_by.get(self.receiver[transfer], [])
        since = self.t[transfer]
        first = bisect_right(sent, since, key=self.t.__getitem__)
        last = bisect_right(sent, since + LONGEST_REST, lo=first, key=self.t.__getitem__)
        got = self.micro[transfer]
        for later in sent[first : min(last, first + MOST_NEXT)]:
            if self.is_whole(later) and lowest * got <= self.micro[later] <= highest * got:
                yield later

    def between(self, transfers: Sequence[int], since: int, until: int) -> Sequence[int]:
        """Answer those of `transfers`, sorted by time, that happened in [since, until]."""
        first = bisect_left(transfers, since, key=self.t.__getitem__)
        return transfers[first : bisect_right(transfers, until, lo=first, key=self.t.__getitem__)]

    def total(self, transfers: Iterable[int]) -> int:
        """Answer the sum of transfers in millionths."""
        return sum(self.micro[transfer] for transfer in transfers)


@dataclass(frozen=True, slots=True)
class Found:
    """One pattern in a flow: the transfers that show it, and what went through it counted once."""

    pattern: str
    transfers: tuple[int, ...]
    micro: int
    sentence: str


def in_order(
    names: Sequence[str],
    t: list[int],
    micro: list[int],
    sender: list[int],
    receiver: list[int],
    leg: list[str],
) -> Flow:
    """Answer the flow of transfers that are already in the order of time."""
    sent_by: dict[int, list[int]] = {}
    sent_to: dict[int, list[int]] = {}
    for transfer, (giver, taker) in enumerate(zip(sender, receiver, strict=True)):
        sent_by.setdefault(giver, []).append(transfer)
        sent_to.setdefault(taker, []).append(transfer)
    from_member = [which != "in" for which in leg]
    to_member = [which != "out" for which in leg]
    return Flow(names, t, micro, sender, receiver, from_member, to_member, sent_by, sent_to)
