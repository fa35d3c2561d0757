"""The slow, obvious twin of `desk.capacity.walk`: it looks at every minute's happenings in plain lists."""

from __future__ import annotations

import numpy as np

from desk.capacity.walk import Came, Rostered


def slowly(came: Came, rostered: Rostered) -> list[tuple[int, float, float, int]]:
    """Answer for each alert the case it is in and, of that, when it was begun and ended, and its desk."""
    n, end = len(came.at), 15.0 * len(rostered.seats)
    case, begun, ended, desk = list(range(n)), [np.inf] * n, [np.inf] * n, [-1] * n
    rank, loss = came.rank.tolist(), came.loss.tolist()
    instants = sorted({*came.at, *(came.at + came.reaction), *(15.0 * rostered.changes)})
    while instants:
        now = instants.pop(0)
        if now >= end:
            break
        for new in (one for one in range(n) if came.at[one] == now):
            live = [
                one
                for one in range(new)
                if case[one] == one and came.subject[one] == came.subject[new] and ended[one] > now
            ]
            if live:
                case[new] = live[0]
                loss[live[0]] += came.loss[new]
                rank[live[0]] = min(rank[live[0]], came.rank[new])
        for seat in range(rostered.seats.shape[1]):
            while True:
                quarter = int(now // 15)
                at_work = sum(begun[one] <= now < ended[one] and desk[one] == seat for one in range(n))
                offered = [
                    one
                    for one in range(n)
                    if case[one] == one
                    and begun[one] == np.inf
                    and came.at[one] <= now
                    and came.at[one] + came.reaction[one] <= now
                    and rostered.serves[quarter, seat, came.channel[one]]
                ]
                if at_work >= rostered.seats[quarter, seat] or not offered:
                    break
                one = min(offered, key=lambda each: _order(came, rank, loss, each, now))
                begun[one], ended[one], desk[one] = now, now + came.service[one], seat
                instants = sorted({*instants, ended[one]})
    return list(zip(case, begun, ended, desk, strict=True))


def _order(came: Came, rank: list[int], loss: list[float], one: int, now: float) -> tuple[float, ...]:
    due = came.at[one] + came.allowed[one, rank[one]]
    return (rank[one], -loss[one] / max(15.0, due - now), due, one)
