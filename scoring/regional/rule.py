"""The rule of promotion, written down: when a challenger may take over, must not, or cannot be told.

A challenger may be promoted when all of these hold, on matured events of its shadow:

1. Enough: FEWEST_CASES cases or more, of FEWEST_ACCOUNTS accounts or more, over one maturity window or more.
2. Better: the value caught at the area's alert budget, or the average precision, is higher by a paired
   interval that holds for all challengers and both measures at once.
3. No harm: the other of the two is not lower at all; precision is not shown to be lower, nor wrongful holds
   to be more.
4. Calibrated: the slope of truth over its log-odds lies within SLOPES.

Else the champion stays. A challenger that is shown to be worse in value caught or average precision cannot be
promoted at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from scoring.regional.comparing import TESTS_AT_ONCE, Compared, Measured

PROMOTE, KEEP, TOO_FEW = "promote", "keep", "too few"
# A share of a hundred cases is known within ten points; the cases of fifty accounts are not one ring's.
FEWEST_CASES = 100
FEWEST_ACCOUNTS = 50
# Outside, a probability of one in ten may mean one in four or one in forty.
SLOPES = (0.7, 1.4)
PRIMARY = ("value_caught", "average_precision")
WORDS = {
    "value_caught": "value caught",
    "average_precision": "average precision",
    "precision": "precision",
    "wrongful_holds": "wrongful holds",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule says: PROMOTE, KEEP or TOO_FEW, with the reason in one sentence."""

    verdict: str
    is_worse: bool
    sentence: str


def judge(compared: Compared, shadowed: timedelta, maturity: timedelta) -> Verdict:
    """Apply the rule; `shadowed` is how long the matured part of the shadow is, `maturity` one window."""
    worse = [name for name in PRIMARY if compared.measures[name].high < 0]
    if lack := _lacking(compared, shadowed, maturity):
        return Verdict(TOO_FEW, is_worse=False, sentence=f"Too few to tell: {lack}. The champion stays.")
    if worse:
        said = said_of(worse[0], compared.measures[worse[0]])
        return Verdict(KEEP, is_worse=True, sentence=f"Keep the champion: the challenger is worse, {said}.")
    better = [name for name in PRIMARY if compared.measures[name].sure_low > 0]
    if not better:
        return Verdict(KEEP, is_worse=False, sentence=f"Keep the champion: {_no_gain(compared)}.")
    if harm := _harm(compared):
        return Verdict(KEEP, is_worse=False, sentence=f"Keep the champion: {harm}.")
    said = " and ".join(said_of(name, compared.measures[name]) for name in better)
    return Verdict(PROMOTE, is_worse=False, sentence=f"Promote: {said}, and no harm is shown.")


def _lacking(compared: Compared, shadowed: timedelta, maturity: timedelta) -> str:
    """Say what is missing for a judgement; nothing where there is enough."""
    if shadowed < maturity:
        days = max(0, shadowed.days)
        return f"the shadow has {days} matured days, one maturity window is {maturity.days} days"
    if compared.cases < FEWEST_CASES:
        return f"{compared.cases:,} matured cases, {FEWEST_CASES} are needed"
    if compared.clusters < FEWEST_ACCOUNTS:
        return f"the cases are of {compared.clusters} accounts, {FEWEST_ACCOUNTS} are needed"
    return ""


def _no_gain(compared: Compared) -> str:
    """Say that no gain is shown, or that one test shows one that may be luck among all of them."""
    lucky = [name for name in PRIMARY if compared.measures[name].low > 0]
    name = (lucky or PRIMARY)[0]
    why = f"a gain that may be luck among {TESTS_AT_ONCE} tests" if lucky else "no gain is shown"
    return f"{why}, {said_of(name, compared.measures[name])}"


def _harm(compared: Compared) -> str:
    """Say which condition of no harm fails; nothing where none does."""
    lower = [name for name in PRIMARY if compared.measures[name].difference < 0]
    if lower:
        return f"it gains on one side only, {said_of(lower[0], compared.measures[lower[0]])}"
    if compared.measures["precision"].high < 0:
        return f"it is less precise, {said_of('precision', compared.measures['precision'])}"
    if compared.measures["wrongful_holds"].low > 0:
        return (
            f"it holds more honest events, {said_of('wrongful_holds', compared.measures['wrongful_holds'])}"
        )
    low, high = SLOPES
    if compared.slope is None or not low <= compared.slope <= high:
        said = "not known" if compared.slope is None else f"{compared.slope:.2f}"
        return f"the slope of its calibration is {said}, {low} to {high} is asked for"
    return ""


def said_of(name: str, measured: Measured) -> str:
    """Say a measure of both with the interval of the difference."""
    if name == "wrongful_holds":
        return (
            f"{WORDS[name]} {measured.challenger:.2f} against {measured.champion:.2f} in 1,000 events "
            f"(difference {measured.low:+.2f} to {measured.high:+.2f})"
        )
    return (
        f"{WORDS[name]} {measured.challenger:.1%} against {measured.champion:.1%} "
        f"(difference {100 * measured.low:+.1f} to {100 * measured.high:+.1f} points)"
    )
