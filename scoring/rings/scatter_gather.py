"""Scatter-gather: one source spreads money over several accounts, and they bring it to one sink.

Source and sink may lie outside the ring; the accounts between are of the ring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

from scoring.rings.flow import DAY, Flow, Found
from scoring.rings.flow_words import accounts_in, money, span

# An account between keeps at most a mule's share (the field says 3-10 %, a tenth of the demonstration's
# keep more than that) and cannot send on more than it got.
LOWEST_PASS = 0.75
HIGHEST_PASS = 1.02
# The spreading takes days, not weeks: what a source sends in another week is another round.
SPREADING = 7 * DAY
FEWEST_BETWEEN = 2

Pair = tuple[int, int]
Ends = tuple[int, int]


def find_scatter_gathers(flow: Flow, free: set[int]) -> list[Found]:
    """Answer the scatter-gathers among the `free` transfers, the largest first; none shares a transfer."""
    groups: dict[Ends, list[Pair]] = {}
    for pair in _pairs(flow, free):
        groups.setdefault((flow.sender[pair[0]], flow.receiver[pair[1]]), []).append(pair)
    taken: set[int] = set()
    heap = [
        (-flow.total(i for i, _ in best), best, ends)
        for ends in groups
        if (best := _best(flow, groups[ends]))
    ]
    heapify(heap)
    found = []
    while heap:
        _, best, ends = heappop(heap)
        if taken.isdisjoint(i for pair in best for i in pair):
            taken.update(i for pair in best for i in pair)
            found.append(_told(flow, best))
        left = [pair for pair in groups[ends] if taken.isdisjoint(pair)]
        if again := _best(flow, left):
            heappush(heap, (-flow.total(i for i, _ in again), again, ends))
    return found


def _pairs(flow: Flow, free: set[int]) -> Iterator[Pair]:
    """Answer what came to an account and went on from it: (transfer to it, transfer from it)."""
    for came in sorted(free):
        if not flow.is_whole(came):
            continue
        source = flow.sender[came]
        for went in flow.next_of(came, LOWEST_PASS, HIGHEST_PASS):
            if went in free and flow.receiver[went] != source:
                yield came, went


def _best(flow: Flow, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Answer the pairs of one source and sink, begun within one week, that move most; empty if too few."""
    if len({flow.receiver[came] for came, _ in pairs}) < FEWEST_BETWEEN:
        return ()
    chosen: tuple[Pair, ...] = ()
    most = 0
    ordered = sorted(pairs, key=lambda pair: (pair[0], flow.t[pair[1]], pair[1]))
    starts = [flow.t[came] for came, _ in ordered]
    end = 0
    for begin, start in enumerate(starts):
        before = end
        while end < len(starts) and starts[end] < start + SPREADING:
            end += 1
        if end == before:
            continue  # the window of an earlier start holds it
        single = _each_once(ordered[begin:end])
        total = flow.total(came for came, _ in single)
        if total > most and len({flow.receiver[came] for came, _ in single}) >= FEWEST_BETWEEN:
            chosen, most = single, total
    return chosen


def _each_once(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Answer pairs of which no two share a transfer, the earliest first."""
    seen: set[int] = set()
    single = []
    for pair in pairs:
        if seen.isdisjoint(pair):
            seen.update(pair)
            single.append(pair)
    return tuple(single)


def _told(flow: Flow, pairs: tuple[Pair, ...]) -> Found:
    transfers = tuple(sorted(i for pair in pairs for i in pair))
    spread, brought = flow.total(i for i, _ in pairs), flow.total(j for _, j in pairs)
    between = [flow.receiver[came] for came, _ in pairs]
    sentence = (
        f"{flow.names[flow.sender[pairs[0][0]]]} spread {money(spread)} over {len(set(between))} accounts "
        f"({accounts_in(flow, between)}), and they brought {money(brought)} together at "
        f"{flow.names[flow.receiver[pairs[0][1]]]} {span(flow, transfers)}."
    )
    return Found("scatter_gather", transfers, spread, sentence)
