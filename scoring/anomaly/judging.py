"""Judging: from features to one number an event, how much of its area's past is more usual than it.

1. Each signal's surprise among the event's peers: same area, same kind, the three months before.
2. The mean over the signals of a named reason; what the reason exceeds the account's own usual surprise by.
3. The sum of the five strongest reasons: the total, of which each of them is an exact part.
4. The score: the share of peers with a smaller total.
5. An alert where the score reaches the area's threshold and the account had none in the seven days before.
   The threshold is the one with which the peers' months would have filled the alert budget.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.progress import Progress, Step
from scoring.anomaly.outgoing import Block, Outgoing, blocks, sampled
from scoring.anomaly.past import excess, total, usual
from scoring.anomaly.signals import SIGNALS, is_strange_when_little
from scoring.anomaly.surprise import Leaders, Millionths, Reasons, Tail
from scoring.calibration import Bools, Floats
from scoring.policy import ALERT_BUDGET
from scoring.threads import on_all_cores

REASONS = Reasons(SIGNALS, [is_strange_when_little(feature) for feature in SIGNALS])
# One alert an account a week: who looks at it sees the others beside it.
QUIET = np.timedelta64(7, "D")
# Shares of peers are kept to what 5,000 and more of them can tell.
DECIMALS = 6
# A score that no event reaches.
NEVER = 2.0


class Compared(NamedTuple):
    """A block and the share of its own peers that each of its peers exceeds."""

    block: Block
    share: Floats


@dataclass(frozen=True, slots=True)
class Surprised:
    """n events among their peers: `surprise` and what is `typical` of peers (n, g), in millionths of a nat.

    `leader` (n, g) is the feature that leads each reason, `normal` (n, f) the peers' medians by `block` (n,);
    `is_known` (n,) whether there were enough peers.
    """

    surprise: Millionths
    typical: Millionths
    leader: Leaders
    is_known: Bools
    block: NDArray[np.int64]
    normal: list[Floats]


@dataclass(frozen=True, slots=True)
class Judged:
    """n events: `excess` (n, g) by reason in nats, `total` (n,), `score` (n,) 0..1, `is_alert` (n,).

    NaN where there were too few peers before to be judged.
    """

    among: Surprised
    excess: Floats
    total: Floats
    score: Floats
    is_alert: Bools


def judge(events: Outgoing, traffic: Mapping[tuple[str, int], int], progress: Progress) -> Judged:
    """Judge every event by what was before it; `traffic` counts all events of an area and month."""
    among = _among_peers(events, progress)
    known = np.flatnonzero(among.is_known)
    own = usual(events.account.code[known], events.at[known], among.surprise[known], among.typical[known])
    parts = np.full(among.surprise.shape, np.nan)
    parts[known] = excess(among.surprise[known], own)
    totals = np.full(len(events), np.nan)
    totals[known] = total(parts[known])
    score = np.full(len(events), np.nan)
    compared: dict[tuple[str, int], list[Compared]] = {}
    for block in blocks(events, among.is_known):
        peers = np.sort(totals[block.peers])
        score[block.rows] = _share_below(peers, totals[block.rows])
        share = _share_below(peers, totals[block.peers])
        compared.setdefault((block.area, block.month), []).append(Compared(block, share))
    limits = {place: _threshold(events, parts, traffic) for place, parts in compared.items()}
    return Judged(among, parts, totals, score, _alerts(events, score, limits))


def _among_peers(events: Outgoing, progress: Progress) -> Surprised:
    """Set every event against its peers; progress is told in events."""
    shape = (len(events), len(REASONS.names))
    found = Surprised(
        surprise=np.zeros(shape, dtype=np.int64),
        typical=np.zeros(shape, dtype=np.int64),
        leader=np.zeros(shape, dtype=np.int16),
        is_known=np.zeros(len(events), dtype=np.bool_),
        block=np.zeros(len(events), dtype=np.int64),
        normal=[],
    )

    def of_block(block: Block) -> tuple[Block, list[Tail], Millionths, Leaders]:
        # By columns, which is how they are read.
        tails = REASONS.tails(np.asfortranarray(events.matrix[sampled(block)]))
        return block, tails, *REASONS.surprises(tails, np.asfortranarray(events.matrix[block.rows]))

    done = 0
    every = np.ones(len(events), dtype=np.bool_)
    for block, tails, surprise, leader in on_all_cores(of_block, blocks(events, every)):
        found.surprise[block.rows], found.leader[block.rows] = surprise, leader
        found.typical[block.rows] = REASONS.typical(tails)
        found.is_known[block.rows], found.block[block.rows] = True, len(found.normal)
        found.normal.append(np.array([tail.median for tail in tails]))
        done += len(block.rows)
        progress(Step("anomalies", done, len(events), "events", block.area))
    progress(Step("anomalies", len(events), len(events), "events"))
    return found


def _share_below(peers: Floats, totals: Floats) -> Floats:
    """Answer (n,) the share of sorted `peers` with a smaller total."""
    share: Floats = np.round(np.searchsorted(peers, totals, side="left") / len(peers), DECIMALS)
    return share


def _threshold(events: Outgoing, parts: Sequence[Compared], traffic: Mapping[tuple[str, int], int]) -> float:
    """Answer the score from which an area has an alert in a month; above 1 where it has none at all."""
    rows = np.concatenate([part.block.peers for part in parts])
    share = np.concatenate([part.share for part in parts])
    area, is_own = parts[0].block.area, all(part.block.is_own for part in parts)
    months = set(np.unique(events.month[rows]).tolist())
    # Where the area's own are few, its peers are those of all areas, and so is the budget.
    seen = sum(n for (where, when), n in traffic.items() if when in months and (where == area or not is_own))
    allowed = int(ALERT_BUDGET * seen)
    highest = _highest(events.account.code[rows], events.at[rows], share)
    if not allowed:
        return NEVER
    # The first account and week outside the budget; its ties stay outside too.
    return float(np.nextafter(highest[allowed], NEVER)) if len(highest) > allowed else 0.0


def _highest(account: NDArray[np.int64], at: NDArray[np.datetime64], share: Floats) -> Floats:
    """Answer the highest share of each account and week, from the highest down."""
    week = at.astype("datetime64[W]").astype(np.int64)
    order = np.lexsort((-share, week, account))
    is_first = np.r_[True, (np.diff(account[order]) != 0) | (np.diff(week[order]) != 0)]
    highest: Floats = np.sort(share[order][is_first])[::-1]
    return highest


def _alerts(events: Outgoing, score: Floats, limits: Mapping[tuple[str, int], float]) -> Bools:
    """Answer (n,) whether an event reaches its limit when its account had no alert for QUIET."""
    account, month = events.account.code, events.month
    limit = np.full(len(events), NEVER)
    for (area, when), least in limits.items():
        limit[(month == when) & (events.area.code == events.area.names.index(area))] = least
    is_alert = np.zeros(len(events), dtype=np.bool_)
    last: dict[int, np.datetime64] = {}
    for row in np.flatnonzero(score >= limit):
        before = last.get(int(account[row]))
        if before is None or events.at[row] - before >= QUIET:
            last[int(account[row])] = events.at[row]
            is_alert[row] = True
    return is_alert
