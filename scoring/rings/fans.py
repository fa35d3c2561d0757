"""Fans: several accounts of the ring bring money to one hub (fan-in), or get it from one (fan-out).

A fan-out is a fan-in seen in a mirror: sender and receiver swapped, time running back. The hub may lie
outside the ring (the address that all of them pay out to); the accounts around it are of the ring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import inf
from statistics import median

from scoring.rings.flow import DAY, LONGEST_REST, UNKNOWN, Flow, Found
from scoring.rings.flow_words import accounts_in, money, span

# A week: of the demonstration's mules nine in ten hand on within it; with a longer window friends and
# family of every account become a fan.
FAN_WINDOW = 7 * DAY
# Two accounts that pay a third are everyday; only if the third passes it on are they a fan.
FEWEST_ALONE = 3
FEWEST_PASSED_ON = 2
# A shop, a landlord or an employer takes or gives a part of what an account moves; a collector takes most
# of what its mules send in those days, and for each no less than it usually sends elsewhere: the bill of a
# dinner is small change.
LEAST_SHARE = 0.5
# Who pays the same hub in five weeks is its customer: without this a third of the fan-ins in generated
# flows are shops; with it 1 % of the demonstration's mules' fans are lost.
HABIT = 5
WEEK = 7 * DAY
# What goes on from the hub: most of it, and no more than came but for rounding; in one to three transfers,
# since sums of more meet any amount by chance.
LOWEST_PASS = 0.7
HIGHEST_PASS = 1.02
MOST_ON = 3


@dataclass(frozen=True, slots=True)
class _Side:
    """A fan-in or its mirror: who is the hub, who stands around it, and what of both is looked at."""

    pattern: str
    hub: list[int]
    rim: list[int]
    hub_is_member: list[bool]
    rim_is_member: list[bool]
    at_hub: dict[int, list[int]]
    at_rim: dict[int, list[int]]
    beyond_hub: dict[int, list[int]]


def find_fans(flow: Flow, free: set[int]) -> list[Found]:
    """Answer fan-ins and fan-outs among the `free` transfers, the largest first; none shares a transfer."""
    sides = (
        _Side(
            "fan_in",
            flow.receiver,
            flow.sender,
            flow.to_member,
            flow.from_member,
            flow.sent_to,
            flow.sent_by,
            flow.sent_by,
        ),
        _Side(
            "fan_out",
            flow.sender,
            flow.receiver,
            flow.from_member,
            flow.to_member,
            flow.sent_by,
            flow.sent_to,
            flow.sent_to,
        ),
    )
    free = set(free)
    hubs = [(n, hub) for n, side in enumerate(sides) for hub in sorted(side.at_hub) if hub != UNKNOWN]
    heap = [(-flow.total(fan), n, hub, fan) for n, hub in hubs if (fan := _best(flow, sides[n], hub, free))]
    heapify(heap)
    found = []
    while heap:
        _, n, hub, fan = heappop(heap)
        if free.issuperset(fan):
            free.difference_update(fan)
            found.append(_told(flow, sides[n], fan))
        if again := _best(flow, sides[n], hub, free):
            heappush(heap, (-flow.total(again), n, hub, again))
    return found


def _best(flow: Flow, side: _Side, hub: int, free: set[int]) -> tuple[int, ...]:
    """Answer the fan of one hub within one window that moves most; empty if there is none."""
    spokes = [i for i in side.at_hub[hub] if i in free and side.rim_is_member[i] and flow.is_whole(i)]
    if len({side.rim[i] for i in spokes}) < FEWEST_PASSED_ON:
        return ()
    usual = _usual(flow, side, hub, {side.rim[i] for i in spokes})
    large = [_without_change(flow, side, window, usual) for window in _windows(flow, spokes)]
    for window in sorted(large, key=lambda w: (-flow.total(w), w)):
        if _is_fan(flow, side, window):
            return window
    return ()


def _usual(flow: Flow, side: _Side, hub: int, rim: set[int]) -> dict[int, float]:
    """Answer what an account around a hub moves with it at least if it is no small change.

    The median of what it moves with others, 0 if nothing; endless for a customer of the hub.
    """
    usual = {}
    for account in sorted(rim):
        moved = side.at_rim[account]
        weeks = {flow.t[i] // WEEK for i in moved if side.hub[i] == hub}
        elsewhere = [flow.micro[i] for i in moved if side.hub[i] != hub]
        usual[account] = inf if len(weeks) >= HABIT else median(elsewhere or [0])
    return usual


def _without_change(
    flow: Flow, side: _Side, window: Sequence[int], usual: Mapping[int, float]
) -> tuple[int, ...]:
    """Answer a window without the accounts for which it is small change."""
    moved: dict[int, int] = {}
    for i in window:
        moved[side.rim[i]] = moved.get(side.rim[i], 0) + flow.micro[i]
    return tuple(i for i in window if moved[side.rim[i]] >= usual[side.rim[i]])


def _windows(flow: Flow, spokes: Sequence[int]) -> list[tuple[int, ...]]:
    """Answer the runs of transfers within FAN_WINDOW that no longer one holds."""
    windows = []
    end = 0
    for begin, first in enumerate(spokes):
        before = end
        while end < len(spokes) and flow.t[spokes[end]] < flow.t[first] + FAN_WINDOW:
            end += 1
        if end > before:
            windows.append(tuple(spokes[begin:end]))
    return windows


def _is_fan(flow: Flow, side: _Side, window: tuple[int, ...]) -> bool:
    rim = {side.rim[i] for i in window}
    if len(rim) < FEWEST_PASSED_ON:
        return False
    since, until = flow.t[window[0]], flow.t[window[-1]]
    moved = sum(flow.total(flow.between(side.at_rim[account], since, until)) for account in rim)
    gathered = flow.total(window)
    if gathered < LEAST_SHARE * moved:
        return False
    return len(rim) >= FEWEST_ALONE or _passed_on(flow, side, window) is not None


def _passed_on(flow: Flow, side: _Side, window: tuple[int, ...]) -> int | None:
    """Answer how much of it the hub sent on soon after (for a fan-out: got just before); None: not most.

    In at most MOST_ON transfers once all had come, or in all transfers since the first came.
    """
    hub, gathered = side.hub[window[0]], flow.total(window)
    if not side.hub_is_member[window[0]]:
        return None
    beyond = side.beyond_hub.get(hub, [])
    first, last = flow.t[window[0]], flow.t[window[-1]]
    if side.pattern == "fan_in":
        after, meanwhile = (flow.between(beyond, t + 1, last + LONGEST_REST) for t in (last, first))
        nearest = list(after[:MOST_ON])
    else:
        after, meanwhile = (flow.between(beyond, first - LONGEST_REST, t - 1) for t in (first, last))
        nearest = list(reversed(after[-MOST_ON:]))
    sums = [flow.total(nearest[: n + 1]) for n in range(len(nearest))]
    fitting = [amount for amount in (*sums, flow.total(meanwhile)) if _is_most(side, amount, gathered)]
    return max(fitting, default=None)


def _is_most(side: _Side, beyond: int, at_hub: int) -> bool:
    came, went = (at_hub, beyond) if side.pattern == "fan_in" else (beyond, at_hub)
    return LOWEST_PASS * came <= went <= HIGHEST_PASS * came


def _told(flow: Flow, side: _Side, fan: tuple[int, ...]) -> Found:
    hub, gathered = flow.names[side.hub[fan[0]]], money(flow.total(fan))
    rim = [side.rim[i] for i in fan]
    around = f"{len(set(rim))} accounts ({accounts_in(flow, rim)})"
    beyond = _passed_on(flow, side, fan)
    if side.pattern == "fan_in":
        after = "" if beyond is None else f"; {hub} passed {money(beyond)} on"
        sentence = f"{around} sent {gathered} to {hub} {span(flow, fan)}{after}."
    else:
        after = "" if beyond is None else f"; {money(beyond)} had come to {hub} before"
        sentence = f"{hub} sent {gathered} to {around} {span(flow, fan)}{after}."
    return Found(side.pattern, fan, flow.total(fan), sentence)
