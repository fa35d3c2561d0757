"""Policy: what a score leads to, as versioned data. Deciding is pure, so any decision can be replayed.

A policy belongs to one model version. Its thresholds are quantiles of that model's scores on events
before the model went into force, never after. Each has a floor, so that a quiet region does not block
people for being its least unlikely, and a ceiling, so that what is probably crime is not let through.
Fraud spends an alert budget over all events; liveness spends the share of honest people it may bother
(BPCER).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.errors import PolicyError
from scoring.areas import APART
from scoring.calibration import Bools, Floats
from scoring.frame import Words
from scoring.stages import band_of
from scoring.verification import RULES, Signs, verify

DECISIONS = ("allow", "step_up", "hold", "block", "freeze")
STEPS = ("step_up", "hold", "block")
ALLOW, STEP_UP, HOLD, BLOCK, FREEZE = range(5)

Codes = NDArray[np.int8]

# Share of events that each step and everything above it may take. 5.55 % are asked for one more factor,
# which no person looks at; 0.8 % of transactions and logins is what a desk of a few dozen people a
# shift can look at, its alerts; a block is for one event in a thousand.
FRAUD_BUDGET = {"step_up": 0.0555, "hold": 0.008, "block": 0.0015}
ALERT_BUDGET = FRAUD_BUDGET["hold"]
# A block never shows its outcome. One in twenty is held for a person instead, at random, so that the
# precision of blocks is measured and not assumed; at a block's budget that is one event in 13,000.
EXPLORED_SHARE = 0.05
EXPLORED = "exploration"
# Share of honest people who may be asked again, looked at, or turned away (BPCER at each step).
# All three together stay under one in a hundred, a tenth kept back for a quarter that differs from the last.
LIVENESS_BUDGET = {"step_up": 0.009, "hold": 0.005, "block": 0.002}
# Least probability at which a step is worth its friction: 1 right in 50, 1 in 8, every other one.
FLOORS = {"step_up": 0.02, "hold": 0.12, "block": 0.5}
# Probability from which a step is taken however full the budget is: what is more likely crime than not is
# never simply let through, also where crime is more frequent than alerts were planned for.
CEILINGS = {"step_up": 0.5, "hold": 0.75, "block": 0.9}
# To be asked for one more picture is little; to let a false identity in opens an account to it. Labels of the
# newest attacks are still missing among those taken for honest, so quantiles alone would stop too few.
LIVENESS_CEILINGS = {"step_up": 0.36, "hold": 0.5, "block": 0.9}
# With fewer events in the slice a region's 0.15 % quantile is a handful of events: the global one is used.
FEWEST_EVENTS = 3_000
# Kinds whose money can be frozen: it is about to leave the account.
FREEZABLE = ("withdrawal", "internal_transfer")
# A freeze needs strong evidence beside the score: an amount that 1 in 20 withdrawals reaches, or a
# counterparty on a list of known bad ones.
LARGE_QUANTILE = 0.95


@dataclass(frozen=True, slots=True)
class Slice:
    """Scored events before a model's time, (n,) each, from which its thresholds are taken.

    `is_bad` marks those known as attacks by then; `amount` holds NaN where there is no money; `cheap` are
    the scores of the first stage where the model has two.
    """

    score: Floats
    region: Words
    kind: Words
    amount: Floats
    is_bad: Bools
    cheap: Floats | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy document and its name, the hash of its content."""

    policy_version: str
    created_as_of: datetime
    document: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is decided on, (n,) each: rounded scores and what a freeze asks for.

    `signs` is what stricter verification looks at, `draw` a number from 0 to 1 that is as good as random and
    always the same for an event; without them nothing is verified, or nothing explored.
    """

    score: Floats
    region: Words
    kind: Words
    amount: Floats
    is_known_bad: Bools
    signs: Signs | None = None
    draw: Floats | None = None


class Decided(NamedTuple):
    """Decisions (n,) as indices into DECISIONS, and why one is not what its score alone leads to.

    `threshold` is the score from which an event is not allowed, `by_score` the decision of the score alone,
    a freeze for strong evidence included. `act` names the rule of verification that
    asked for more, or EXPLORED; None where the score decided. `probability` is the chance with which an
    explored event was drawn, else NaN.
    """

    decision: Codes
    threshold: Floats
    by_score: Codes
    act: Words
    probability: Floats


def make_policy(model: str, model_version: str, as_of: datetime, seen: Slice) -> Policy:
    """Make the policy of a model from the events `seen` before `as_of`."""
    budget = FRAUD_BUDGET if model == "fraud" else LIVENESS_BUDGET
    seen, media = _as_staged(seen, budget)
    counts = seen.score if model == "fraud" else seen.score[~seen.is_bad]
    regions = seen.region if model == "fraud" else seen.region[~seen.is_bad]
    ceilings = CEILINGS if model == "fraud" else LIVENESS_CEILINGS
    everywhere = _thresholds(counts, budget, ceilings)
    by_region: dict[str, Any] = {}
    for slug in sorted({str(name) for name in regions}):
        here = counts[regions == slug]
        is_thin = len(here) < FEWEST_EVENTS
        limits = everywhere if is_thin else _thresholds(here, budget, ceilings)
        by_region[slug] = {
            "thresholds": limits,
            "basis": "global" if is_thin else "region",
            "events": len(here),
            "flagged_share": round(float((here >= limits["step_up"]).mean()), 6),
        }
    document = {
        "model": model,
        "model_version": model_version,
        "as_of": as_of.isoformat(),
        "budget": budget,
        "budget_of": "all events" if model == "fraud" else "honest people",
        "floors": FLOORS,
        "ceilings": ceilings,
        "default": everywhere,
        "regions": by_region,
        "freeze": {"kinds": list(FREEZABLE), "amount_from": _large(seen), "or_known_bad": True},
        "words": _words(model, len(counts)),
    }
    explored = {"exploration": {"of": "block", "to": "hold", "share": EXPLORED_SHARE}}
    return policy_of(document | media | (explored if model == "fraud" else {}))


def _as_staged(seen: Slice, budget: dict[str, float]) -> tuple[Slice, dict[str, Any]]:
    """Answer the slice scored the way live checks are, and what the policy says of the second stage."""
    if seen.cheap is None:
        return seen, {}
    limits = _thresholds(seen.score[~seen.is_bad], budget, LIVENESS_CEILINGS)
    band = band_of(seen.cheap, seen.score, seen.is_bad, limits["step_up"], limits["block"])
    reads = band.reads(seen.cheap)
    lost = seen.is_bad & ~reads & (seen.score >= limits["step_up"]) & (seen.cheap < limits["step_up"])
    said = {
        "from": band.low,
        "to": band.high,
        "honest_read_share": round(float(reads[~seen.is_bad].mean()), 6) if (~seen.is_bad).any() else None,
        "attacks_not_looked_at": int(lost.sum()),
    }
    return replace(seen, score=np.where(reads, seen.score, seen.cheap)), {"media": said}


def _words(model: str, events: int) -> str:
    taken = "events" if model == "fraud" else "identity checks of people not known as attackers"
    return (
        f"Thresholds are quantiles of {events:,} {taken} before the model went into force, but never below "
        f"the floors or above the ceilings. A region with fewer than {FEWEST_EVENTS:,} of them uses the "
        "global thresholds."
    )


def policy_of(document: dict[str, Any]) -> Policy:
    """Name a document by its content. Raises PolicyError when it is malformed."""
    check_policy(document)
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    name = f"{document['model']}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return Policy(name, datetime.fromisoformat(document["as_of"]), document)


def check_policy(document: dict[str, Any]) -> None:
    """Raise PolicyError unless every part is there and thresholds rise from step to step."""
    wanted = ("model", "model_version", "as_of", "budget", "default", "regions", "freeze")
    missing = [name for name in wanted if name not in document]
    if missing:
        raise PolicyError(
            f"The policy lacks {', '.join(missing)}.",
            where="the policy document",
            possible=", ".join(wanted),
            to_do="Add what is missing, or score again to have it made anew.",
        )
    everywhere = {"default": document["default"]}
    everywhere |= {slug: part["thresholds"] for slug, part in document["regions"].items()}
    for slug, limits in everywhere.items():
        ladder = [limits.get(step) for step in STEPS]
        if any(limit is None for limit in ladder) or ladder != sorted(ladder):
            raise PolicyError(
                f"The thresholds of {slug} do not rise: {limits}.",
                where=f"the policy of {document['model_version']}",
                possible="step_up <= hold <= block, all three",
                to_do="Correct the thresholds; a stricter step needs a score at least as high.",
            )


def _thresholds(scores: Floats, budget: dict[str, float], ceilings: dict[str, float]) -> dict[str, float]:
    """Answer for each step the lowest score inside its budget, between its floor and its ceiling."""
    ordered = np.sort(scores)
    limits: dict[str, float] = {}
    for step in STEPS:
        allowed = int(budget[step] * len(ordered))
        # The first score outside the budget; a hair above it, so that its ties stay outside too.
        outside = float(ordered[len(ordered) - allowed - 1]) if len(ordered) > allowed else 0.0
        limits[step] = min(ceilings[step], max(FLOORS[step], round(outside + 1e-9, 9)))
    return limits


def _large(seen: Slice) -> float | None:
    """Answer the amount that is strong evidence by itself; None where no such money was seen."""
    moved = seen.amount[np.isin(seen.kind, FREEZABLE) & ~np.isnan(seen.amount)]
    return round(float(np.quantile(moved, LARGE_QUANTILE)), 2) if len(moved) else None


def thresholds_of(policy: Policy, region: Words, area: Words | None = None) -> Floats:
    """Answer (n, 3) thresholds of step_up, hold and block for each row: of its area, else of its region."""
    regions = policy.document["regions"]
    place = region.astype(str)
    if area is not None:
        is_apart = np.isin(area.astype(str), [name for name in regions if name in APART])
        place = np.where(is_apart, area.astype(str), place)
    names, row = np.unique(place, return_inverse=True)
    ladders = [regions.get(name, {"thresholds": policy.document["default"]})["thresholds"] for name in names]
    table = np.array([[ladder[step] for step in STEPS] for ladder in ladders], dtype=np.float64)
    limits: Floats = table.reshape(-1, len(STEPS))[row]
    return limits


def decide(policy: Policy, at: Occasion) -> Decided:
    """Answer each row's decision and what led to it.

    Pure: the same policy and the same rounded scores give the same decisions, bit for bit.
    """
    limits = thresholds_of(policy, at.region, at.signs.area if at.signs else None)
    decision = (at.score[:, None] >= limits).sum(axis=1).astype(np.int8)
    rule = policy.document["freeze"]
    amount_from = np.inf if rule["amount_from"] is None else rule["amount_from"]
    # NaN compares as false: an amount that is not known is no evidence.
    is_strong = (at.amount >= amount_from) | (at.is_known_bad & rule["or_known_bad"])
    decision[(decision == BLOCK) & np.isin(at.kind, rule["kinds"]) & is_strong] = FREEZE
    decided = Decided(
        decision=decision,
        threshold=limits[:, 0],
        by_score=decision.copy(),
        act=np.full(len(decision), None, dtype=object),
        probability=np.full(len(decision), np.nan),
    )
    _explore(policy.document.get("exploration"), at.draw, decided)
    _verify(policy.document.get("verification", {}), at.signs, decided)
    return decided


def _explore(settings: dict[str, Any] | None, draw: Floats | None, decided: Decided) -> None:
    """Turn the drawn share of blocks into holds, in place: a person looks, and the outcome becomes known."""
    if settings is None or draw is None:
        return
    is_drawn = (decided.decision == BLOCK) & (draw < settings["share"])
    decided.decision[is_drawn] = HOLD
    decided.act[is_drawn] = EXPLORED
    decided.probability[is_drawn] = settings["share"]


def _verify(verification: dict[str, Any], signs: Signs | None, decided: Decided) -> None:
    """Raise decisions to the step that a rule of verification asks for, in place, the strictest rule last."""
    if signs is None or not verification:
        return
    concerned = verify(verification, signs)
    for name in sorted(concerned, key=lambda name: STEPS.index(RULES[name].step)):
        step = DECISIONS.index(RULES[name].step)
        is_raised = concerned[name] & (decided.decision < step)
        decided.decision[is_raised] = step
        decided.act[is_raised] = name
