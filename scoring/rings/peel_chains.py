"""Chains of peels: an amount goes from hand to hand, and each hand keeps a slice and passes on the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.rings.flow import Flow, Found
from scoring.rings.flow_words import accounts_in, counted, money, span

# Most is passed on; under 70 % the next amount is as likely another one. At 99.5 % and more nothing is kept
# but a fee.
LOWEST_PASS = 0.7
HIGHEST_PASS = 0.995
FEWEST_HOPS = 3
# Into an account, to another, and out is what every customer who helps a friend does: of the hops two
# are inside the ring.
FEWEST_INSIDE = 2


def find_peel_chains(flow: Flow, free: set[int]) -> list[Found]:
    """Answer the chains among the `free` transfers, the longest first; no transfer is in two."""
    following = {
        i: [j for j in flow.next_of(i, LOWEST_PASS, HIGHEST_PASS) if j in free]
        for i in sorted(free)
        if flow.is_whole(i)
    }
    taken: set[int] = set()
    found = []
    while True:
        chains = _longest(flow, following, taken)
        for chain in chains:
            if taken.isdisjoint(chain):
                taken.update(chain)
                found.append(_told(flow, chain))
        if not chains:
            return found


def _longest(flow: Flow, following: Mapping[int, Sequence[int]], taken: set[int]) -> list[tuple[int, ...]]:
    """Answer the longest chain from each transfer that has one, the longest of all first."""
    longest: dict[int, tuple[int, ...]] = {}
    for i in reversed(list(following)):  # later transfers first, so that what follows is known
        if i in taken:
            continue
        on = [(i, *_without_return(flow, i, longest[j])) for j in following[i] if j not in taken]
        longest[i] = max(on, key=lambda c: (len(c), *(flow.micro[j] for j in c), c), default=(i,))
    chains = [c for c in longest.values() if _is_chain(flow, c)]
    return sorted(chains, key=lambda c: (-len(c), -flow.micro[c[0]], c))


def _without_return(flow: Flow, first: int, chain: tuple[int, ...]) -> tuple[int, ...]:
    """Answer the chain up to where it would come back to an account that `first` touches."""
    back = {flow.sender[first], flow.receiver[first]}
    for hop, i in enumerate(chain):
        if flow.receiver[i] in back:
            return chain[:hop]
    return chain


def _is_chain(flow: Flow, chain: tuple[int, ...]) -> bool:
    return len(chain) >= FEWEST_HOPS and sum(flow.is_inside(i) for i in chain) >= FEWEST_INSIDE


def _told(flow: Flow, chain: tuple[int, ...]) -> Found:
    first, last = flow.micro[chain[0]], flow.micro[chain[-1]]
    hands = accounts_in(flow, (flow.receiver[i] for i in chain[:-1]))
    source, end = flow.names[flow.sender[chain[0]]], flow.names[flow.receiver[chain[-1]]]
    sentence = (
        f"{money(first)} went from {source} to {end} "
        f"in {counted(len(chain), 'hop')} over {hands}, which kept {money(first - last)} of it, "
        f"{span(flow, chain)}."
    )
    return Found("peel_chain", chain, first, sentence)
