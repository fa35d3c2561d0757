"""Cycles: money that comes back to where it began, passed from account to account of the ring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import rustworkx as rx

from scoring.rings.flow import DAY, Flow, Found
from scoring.rings.flow_words import accounts_in, money, span

# A step loses a fee, sometimes a mule's share; a second asset may add a little. Nine of ten steps of the
# demonstration's round trips keep 95-103 %.
LOWEST_STEP = 0.8
HIGHEST_STEP = 1.05
# Over all steps: less coming back is money passed on, of which a part happened to return.
LOWEST_RETURN = 0.6
# Between two accounts money that comes back is most often a loan repaid, to the cent. Only the same amount
# there and back and there and back again, each within a day, is a trip.
PAIR_STEPS = 4
PAIR_STEP = 0.98
PAIR_REST = DAY
FEWEST_STEPS = 3
# AMLSim's longest cycles have ten accounts; longer ones are found by their parts, if at all.
MOST_STEPS = 12
# Looked at per first transfer. A ring that sends one amount around everywhere has more paths than atoms.
MOST_LOOKS = 2_000


def find_cycles(flow: Flow, free: set[int]) -> list[Found]:
    """Answer the cycles among the `free` transfers, the largest first; no transfer is in two."""
    steps = _steps(flow, free)
    taken: set[int] = set()
    found = []
    for start in sorted(steps, key=lambda i: (-flow.micro[i], i)):
        if start in taken:
            continue
        cycle = _long(flow, steps, start, taken) or _pair(flow, steps, start, taken)
        if cycle:
            taken.update(cycle)
            found.append(_told(flow, cycle))
    return found


def _steps(flow: Flow, free: set[int]) -> Mapping[int, Sequence[int]]:
    """Answer for each transfer that may be in a cycle those that may follow it, the likest amount first."""
    inside = [i for i in sorted(free) if flow.is_inside(i) and flow.is_whole(i)]
    number = {a: n for n, a in enumerate(dict.fromkeys(x for i in inside for x in _sides(flow, i)))}
    graph = rx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(len(number)))
    graph.add_edges_from_no_data([(number[flow.sender[i]], number[flow.receiver[i]]) for i in inside])
    knot = {n: k for k, part in enumerate(rx.strongly_connected_components(graph)) for n in part}
    knotted = {i for i in inside if knot[number[flow.sender[i]]] == knot[number[flow.receiver[i]]]}
    return {
        i: sorted(
            (j for j in flow.next_of(i, LOWEST_STEP, HIGHEST_STEP) if j in knotted),
            key=lambda j: (abs(flow.micro[j] - flow.micro[i]), j),
        )
        for i in sorted(knotted)
    }


def _sides(flow: Flow, transfer: int) -> tuple[int, int]:
    return flow.sender[transfer], flow.receiver[transfer]


def _long(
    flow: Flow, steps: Mapping[int, Sequence[int]], start: int, taken: set[int]
) -> tuple[int, ...] | None:
    """Answer a cycle over at least three accounts that begins with `start`, by search in depth."""
    origin, least = flow.sender[start], LOWEST_RETURN * flow.micro[start]
    stack: list[tuple[int, ...]] = [(start,)]
    looks = 0
    while stack and looks < MOST_LOOKS:
        path = stack.pop()
        looks += 1
        on = [i for i in steps[path[-1]] if i not in taken and flow.micro[i] >= least]
        back = next((i for i in on if flow.receiver[i] == origin), None)
        if back is not None and len(path) >= FEWEST_STEPS - 1:
            return (*path, back)
        seen = {origin, *(flow.receiver[i] for i in path)}
        if len(path) + 1 < MOST_STEPS:
            stack += [(*path, i) for i in reversed(on) if flow.receiver[i] not in seen]
    return None


def _pair(
    flow: Flow, steps: Mapping[int, Sequence[int]], start: int, taken: set[int]
) -> tuple[int, ...] | None:
    """Answer the ways between two accounts, there and back and there and back, that begin with `start`."""
    path: tuple[int, ...] = (start,)
    for _ in range(PAIR_STEPS - 1):
        last = path[-1]
        back = (
            i
            for i in steps[last]
            if i not in taken
            and flow.receiver[i] == flow.sender[last]
            and flow.t[i] - flow.t[last] <= PAIR_REST
            and PAIR_STEP * flow.micro[last] <= flow.micro[i] <= flow.micro[last] / PAIR_STEP
        )
        following = next(back, None)
        if following is None:
            return None
        path = (*path, following)
    return path


def _told(flow: Flow, cycle: tuple[int, ...]) -> Found:
    first, last = cycle[0], cycle[-1]
    way = accounts_in(flow, (a for i in cycle if (a := flow.receiver[i]) != flow.sender[first]))
    origin = flow.names[flow.sender[first]]
    sentence = (
        f"{money(flow.micro[first])} left {origin}, went through {way} and came back to {origin} as "
        f"{money(flow.micro[last])} {span(flow, cycle)}."
    )
    return Found("cycle", cycle, flow.micro[first], sentence)
