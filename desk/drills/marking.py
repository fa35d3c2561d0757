"""Marking an answer: the rubric, declared, and how an answer earns its points of 100.

1. Decision, 60 points. Innocent customers: 60 for a false positive. Crime: 40 for confirming it, 20 more for
   the right typology, 10 of these for one of the same family (`injection_...`). Inconclusive earns 10: it
   harms nobody and helps nobody.
2. Evidence, 30 points, times F1 of what was cited against what carries the decision: of a crime the reasons
   with the most points that make up half of all that speak for it, likewise what was most unusual beside the
   score, and every tie to an account that proved to be crime; of an innocent customer the reasons that speak
   most against it.
3. Time, 10 points: all up to the third quartile of experienced colleagues on such cases, half up to twice
   that, none beyond, and none under 5 seconds, in which nobody reads a case.

Where nothing carries the decision, or too few colleagues had such cases, that part is left out and the rest
counts for all of the 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desk.drills.state import Answer, Chosen, Evidence, Pace

DECISION, EVIDENCE, TIME = 60.0, 30.0, 10.0
OUTCOME_OF_CRIME, SAME_FAMILY, INCONCLUSIVE = 40.0, 10.0, 10.0
# Reasons that make up this share of all points for (or against) crime carry the decision, at most so many.
CARRYING_SHARE, MOST_CARRYING = 0.5, 4
# Half a probability point carries nothing, however little the rest weighs.
LEAST_WEIGHT = 0.005
READ_SECONDS = 5.0
# Quartiles of fewer cases say nothing.
LEAST_CASES = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer earned: points of 100 and of each part (None: left out), and what is behind them."""

    total: float
    decision: float
    evidence: float | None
    time: float | None
    is_right: bool
    is_typology_right: bool | None
    recall: float | None
    precision: float | None
    seconds: float


def carrying(evidence: Sequence[Evidence], truth: str) -> tuple[Evidence, ...]:
    """Return evidence with `carries` set on what the decision rests on, given the truth."""
    is_crime = truth == "confirmed"
    sign = 1.0 if is_crime else -1.0
    keys = _heaviest({one.key: one.points * sign for one in evidence if one.points is not None})
    if is_crime:
        keys |= _heaviest({one.key: one.share for one in evidence if one.share is not None})
        keys |= {one.key for one in evidence if one.proved is not None}
    return tuple(replace(one, carries=one.key in keys) for one in evidence)


def _heaviest(weights: Mapping[str, float]) -> set[str]:
    """Return the fewest keys that make up half of all that weighs, the heaviest first."""
    weighing = {key: weight for key, weight in weights.items() if weight > 0}
    wanted = CARRYING_SHARE * sum(weighing.values())
    found: set[str] = set()
    reached = 0.0
    for key in sorted(weighing, key=lambda one: (-weighing[one], one))[:MOST_CARRYING]:
        if reached >= wanted or weighing[key] < LEAST_WEIGHT:
            break
        found.add(key)
        reached += weighing[key]
    return found


def mark(answer: Answer, chosen: Chosen, evidence: Sequence[Evidence], seconds: float) -> Mark:
    """Return what an answer earned, given the case's truth, what it showed and how long it took."""
    decision, is_typology_right = _decision(answer, chosen)
    recall, precision = _found(answer.cited, evidence)
    cited = None if recall is None or precision is None else EVIDENCE * _f1(recall, precision)
    timed = _time(seconds, chosen.pace)
    parts = [(decision, DECISION), (cited, EVIDENCE), (timed, TIME)]
    counted = [(earned, most) for earned, most in parts if earned is not None]
    total = 100.0 * sum(earned for earned, _ in counted) / sum(most for _, most in counted)
    return Mark(
        round(total, 1),
        decision,
        cited,
        timed,
        answer.outcome == chosen.truth,
        is_typology_right,
        recall,
        precision,
        round(seconds, 1),
    )


def skipped(seconds: float) -> Mark:
    """Return the mark of a case that was left without an answer: nothing."""
    return Mark(0.0, 0.0, None, None, False, None, None, None, round(seconds, 1))


def _decision(answer: Answer, chosen: Chosen) -> tuple[float, bool | None]:
    if answer.outcome == "inconclusive":
        return INCONCLUSIVE, None
    if answer.outcome != chosen.truth:
        return 0.0, None
    if chosen.truth != "confirmed":
        return DECISION, None
    if answer.typology == chosen.typology:
        return DECISION, True
    is_near = _family(answer.typology) == _family(chosen.typology)
    return OUTCOME_OF_CRIME + (SAME_FAMILY if is_near else 0.0), False


def _family(typology: str | None) -> str:
    return (typology or "").partition("_")[0]


def _found(cited: Sequence[str], evidence: Sequence[Evidence]) -> tuple[float | None, float | None]:
    """Return the share of what carries the decision that was cited, and of what was cited that carries it."""
    wanted = {one.key for one in evidence if one.carries}
    if not wanted:
        return None, None
    hits = len(wanted & set(cited))
    return hits / len(wanted), hits / len(set(cited)) if cited else 0.0


def _f1(recall: float, precision: float) -> float:
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


def _time(seconds: float, pace: Pace | None) -> float | None:
    if pace is None or pace.cases < LEAST_CASES:
        return None
    if seconds < READ_SECONDS or seconds > 2 * pace.slow:
        return 0.0
    return TIME if seconds <= pace.slow else TIME / 2
