"""Has injection's share of all attacks on identity checks shifted, although their number may be flat?

1. Attacks come in rings of one species, so weeks scatter more than a binomial share would: Pearson's
   chi-square of the weekly shares over its degrees of freedom, at least 1, is the dispersion
   (quasi-binomial, McCullagh and Nelder 1989, 4.5).
2. The attacks of each period are divided by it, and by the square of Student's quantile over the normal
   one, since sixteen weeks know their own scatter only roughly.
3. The interval of the difference is Newcombe's hybrid of two Wilson intervals (1998, method 10) of those.

The alarm is an interval without "no difference": on quiet data about one in twenty (a test holds it).
A week's species are known from labels, which come days later: both kinds wait alike, so the share holds
where the count does not yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import stdtrit

from dashboard.measures.change import Change, Week, change_between
from scoring.quality import Z, wilson

# Four weeks see some ten rings in the demonstration; against the quarter before them.
WEEKS_NOW = 4
WEEKS_BEFORE = 12


@dataclass(frozen=True, slots=True)
class WeekOfAttacks:
    """The attacks of one week that were stopped, by kind."""

    presentations: int
    injections: int

    @property
    def attacks(self) -> int:
        """Both kinds."""
        return self.presentations + self.injections


@dataclass(frozen=True, slots=True)
class ShareShift:
    """Injection's share of attacks `before` and `now`, and the 95 % interval of the difference.

    `total` is the change of all attacks over the same weeks, per week.
    """

    before: float
    now: float
    low: float
    high: float
    dispersion: float
    total: Change

    @property
    def is_shown(self) -> bool:
        """Whether the interval excludes "no difference": the alarm."""
        return self.low > 0 or self.high < 0

    def sentence(self) -> str:
        """Say both shares, how sure the difference is, and what the number of attacks did meanwhile."""
        shares = (
            f"Injection is {100 * self.now:.0f} % of attacks in the last four weeks, "
            f"{100 * self.before:.0f} % in the twelve before "
            f"(95 % interval of the difference: {100 * self.low:+.0f} to {100 * self.high:+.0f} points)"
        )
        if not self.is_shown:
            return f"{shares}: no shift shown."
        change = f"{100 * (self.total.ratio - 1):+.0f} %" if self.total.before else "from none"
        flat = "" if self.total.is_shown else ", which the counts cannot tell from no change"
        return f"{shares}, while all attacks changed by {change} a week{flat}."


def share_shift(weeks: Sequence[WeekOfAttacks]) -> ShareShift | None:
    """Compare the last WEEKS_NOW of `weeks`, oldest first and whole, with the WEEKS_BEFORE before them.

    None where there are fewer weeks than that, or no attack in one of the two periods.
    """
    if len(weeks) < WEEKS_BEFORE + WEEKS_NOW:
        return None
    before, now = weeks[-WEEKS_BEFORE - WEEKS_NOW : -WEEKS_NOW], weeks[-WEEKS_NOW:]
    total = change_between([Week(w.attacks, 1) for w in before], [Week(w.attacks, 1) for w in now])
    counts = [(sum(w.injections for w in period), sum(w.attacks for w in period)) for period in (before, now)]
    if total is None or not all(attacks for _, attacks in counts):
        return None
    phi, freedom = share_dispersion(before, now)
    widened = phi * (float(stdtrit(freedom, 0.975)) / Z) ** 2 if freedom else phi
    then, later = (wilson(injections / attacks, attacks / widened) for injections, attacks in counts)
    difference = later.value - then.value
    return ShareShift(
        before=then.value,
        now=later.value,
        low=difference - sqrt((later.value - later.low) ** 2 + (then.high - then.value) ** 2),
        high=difference + sqrt((later.high - later.value) ** 2 + (then.value - then.low) ** 2),
        dispersion=phi,
        total=total,
    )


def share_dispersion(*periods: Sequence[WeekOfAttacks]) -> tuple[float, int]:
    """Answer how much more the weekly shares scatter than binomial ones, at least 1, and its freedom.

    A period of one kind of attack alone has no scatter to learn from.
    """
    chi_square, freedom = 0.0, 0
    for weeks in periods:
        busy = [w for w in weeks if w.attacks]
        share = sum(w.injections for w in busy) / max(1, sum(w.attacks for w in busy))
        if 0 < share < 1:
            chi_square += sum(
                (w.injections - share * w.attacks) ** 2 / (w.attacks * share * (1 - share)) for w in busy
            )
            freedom += len(busy) - 1
    return (max(1.0, chi_square / freedom) if freedom else 1.0), freedom
