"""One walk through the alerts of all channels: cases wait, and seats take the next best one, to the end.

A discrete-event simulation in four steps, compiled by numba (import this module only where it is used):
1. An alert comes: it joins the case of its subject that is still live, or opens one that waits. Nobody takes
   a case at once: only after its drawn reaction may a seat take it.
2. A seat that is free takes, of the channels it serves now, the case that `desk.cases.next_case` would give
   out: the gravest, and of these what loses most for each minute left on the clock.
3. It keeps the case for its drawn minutes, also beyond the end of a shift, and is free again.
4. The roster changes every so often: seats come and go, and channels out of hours are served by others.

Times are minutes since the beginning, which is a full hour.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scoring.calibration import Floats
from scoring.lab.evidence import Integers

# The roster is known for every quarter of an hour: the offset of every zone of the world is a multiple.
QUARTER = 15.0
# As in desk.cases.next_case: what is overdue counts as if so much was left.
LEAST_MINUTES = 15.0
RANKS = 4
NOBODY = -1
# Where a case is not in a list yet, because nobody has reacted.
_UNSEEN = -2
Made = TypeVar("Made", bound=Callable[..., Any])


class Came(NamedTuple):
    """Alerts in the order of time, (n,) each.

    `at` minutes; `channel` and `subject` by number; `rank` 0 for critical; `loss` what may be lost;
    `service` the minutes that a case takes which this alert opens, `reaction` those before anybody takes it
    although a seat is free; `allowed` (n, RANKS) the minutes within
    which that case must have ended, by how grave it is.
    """

    at: Floats
    channel: Integers
    rank: Integers
    loss: Floats
    subject: Integers
    service: Floats
    reaction: Floats
    allowed: Floats


class Rostered(NamedTuple):
    """Who works when.

    `seats` (quarters, desks); `serves` (quarters, desks, channels); `changes` the quarters in which seats or
    what they serve change.
    """

    seats: Integers
    serves: NDArray[np.bool_]
    changes: Integers


class Walked(NamedTuple):
    """What became of each alert, (n,).

    `case` is the alert that opened its case (its own place where it did); of that one `begun` and `ended` are
    minutes (infinite: not in this span), `rank` how grave it became, `loss` all that may be lost, `desk` who
    took it. `queue` (hours, channels) are the cases that wait at each full hour.
    """

    case: Integers
    begun: Floats
    ended: Floats
    rank: Integers
    loss: Floats
    desk: Integers
    queue: Integers


class Floor(NamedTuple):
    """What waits and who is busy while walking: lists of cases by channel and rank, linked both ways.

    `listed` (1,) is how many cases are in the lists: most of the time there are none to look for.
    """

    head: Integers
    after: Integers
    before: Integers
    waiting: Integers
    busy: Integers
    live: Integers
    listed: Integers


def compiled(function: Made) -> Made:
    """Compile a function; the machine keeps what was compiled beside the file, or in the user's cache."""
    made: Any = njit(cache=True, nogil=True)(function)
    return cast(Made, made)


@compiled
def _put(floor: Floor, channel: int, rank: int, one: int) -> None:
    first = floor.head[channel, rank]
    floor.after[one] = first
    floor.before[one] = NOBODY
    if first >= 0:
        floor.before[first] = one
    floor.head[channel, rank] = one
    floor.listed[0] += 1


@compiled
def _drop(floor: Floor, channel: int, rank: int, one: int) -> None:
    earlier, later = floor.before[one], floor.after[one]
    if earlier >= 0:
        floor.after[earlier] = later
    else:
        floor.head[channel, rank] = later
    if later >= 0:
        floor.before[later] = earlier
    floor.listed[0] -= 1


@compiled
def _receive(floor: Floor, came: Came, found: Walked, new: int, unseen: list[tuple[float, int]]) -> None:
    """An alert joins the live case of its subject, or opens one that nobody has seen yet."""
    held = floor.live[came.subject[new]]
    if held < 0:
        floor.live[came.subject[new]] = new
        floor.waiting[came.channel[new]] += 1
        floor.before[new] = _UNSEEN
        heapq.heappush(unseen, (came.at[new] + came.reaction[new], new))
        return
    found.case[new] = held
    found.loss[held] += came.loss[new]
    if came.rank[new] < found.rank[held]:
        if np.isinf(found.begun[held]) and floor.before[held] != _UNSEEN:
            _drop(floor, came.channel[held], found.rank[held], held)
            _put(floor, came.channel[held], came.rank[new], held)
        found.rank[held] = came.rank[new]


@compiled
def _best_of(
    floor: Floor, came: Came, found: Walked, channel: int, rank: int, now: float
) -> tuple[float, float, int]:
    """Return the best case of a list: what it is worth a minute, negated, when it is due, and which it is."""
    best = (np.inf, np.inf, NOBODY)
    one = floor.head[channel, rank]
    while one >= 0:
        due = came.at[one] + came.allowed[one, rank]
        tried = (-found.loss[one] / max(LEAST_MINUTES, due - now), due, one)
        if tried < best:
            best = tried
        one = floor.after[one]
    return best


@compiled
def _next_case(
    floor: Floor, came: Came, rostered: Rostered, found: Walked, quarter: int, desk: int, now: float
) -> int:
    """Return the case that a free seat of `desk` takes; NOBODY where nothing waits for it."""
    for rank in range(RANKS):
        best = (np.inf, np.inf, NOBODY)
        for channel in range(floor.head.shape[0]):
            if rostered.serves[quarter, desk, channel] and floor.head[channel, rank] >= 0:
                tried = _best_of(floor, came, found, channel, rank, now)
                if tried < best:
                    best = tried
        if best[2] >= 0:
            return best[2]
    return NOBODY


@compiled
def _staff(
    floor: Floor, came: Came, rostered: Rostered, found: Walked, now: float, done: list[tuple[float, int]]
) -> None:
    """Every seat that is free takes a case, as long as there are any for it."""
    quarter = int(now // QUARTER)
    for desk in range(floor.busy.shape[0]):
        while floor.listed[0] > 0 and floor.busy[desk] < rostered.seats[quarter, desk]:
            one = _next_case(floor, came, rostered, found, quarter, desk, now)
            if one < 0:
                break
            _drop(floor, came.channel[one], found.rank[one], one)
            floor.waiting[came.channel[one]] -= 1
            floor.busy[desk] += 1
            found.begun[one], found.ended[one], found.desk[one] = now, now + came.service[one], desk
            heapq.heappush(done, (found.ended[one], one))


@compiled
def _empty(came: Came, quarters: int, channels: int) -> tuple[Floor, Walked]:
    n = len(came.at)
    people = came.subject.max() + 1 if n else 1
    floor = Floor(
        np.full((channels, RANKS), NOBODY),
        np.full(n, NOBODY),
        np.full(n, NOBODY),
        np.zeros(channels, np.int64),
        np.zeros(channels, np.int64),
        np.full(people, NOBODY),
        np.zeros(1, np.int64),
    )
    found = Walked(
        np.arange(n),
        np.full(n, np.inf),
        np.full(n, np.inf),
        came.rank.copy(),
        came.loss.copy(),
        np.full(n, NOBODY),
        np.zeros((quarters // 4, channels), np.int64),
    )
    return floor, found


@compiled
def walk(came: Came, rostered: Rostered) -> Walked:
    """Walk through `came` under `rostered` to the end of the roster."""
    quarters, channels = rostered.seats.shape
    floor, found = _empty(came, quarters, channels)
    done, unseen = [(np.inf, NOBODY)], [(np.inf, NOBODY)]
    arrival, change, hour = 0, 0, 0
    while True:
        now = min(done[0][0], unseen[0][0])
        if arrival < len(came.at):
            now = min(now, came.at[arrival])
        if change < len(rostered.changes):
            now = min(now, rostered.changes[change] * QUARTER)
        while hour < len(found.queue) and hour * 60.0 < now:
            found.queue[hour] = floor.waiting
            hour += 1
        if now >= quarters * QUARTER:
            return found
        while change < len(rostered.changes) and rostered.changes[change] * QUARTER <= now:
            change += 1
        while done[0][0] <= now:
            over = heapq.heappop(done)[1]
            floor.busy[found.desk[over]] -= 1
            floor.live[came.subject[over]] = NOBODY
        while arrival < len(came.at) and came.at[arrival] <= now:
            _receive(floor, came, found, arrival, unseen)
            arrival += 1
        while unseen[0][0] <= now:
            seen = heapq.heappop(unseen)[1]
            _put(floor, came.channel[seen], found.rank[seen], seen)
        _staff(floor, came, rostered, found, now, done)
