"""What every part of the page Liveness is drawn from: the store, the view in the URL, the period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dashboard import theme
from dashboard.facts import Facts
from dashboard.formats import NOT_KNOWN, counted, percent
from dashboard.questions import liveness
from dashboard.questions.liveness import Counts
from dashboard.questions.period import Period
from dashboard.questions.words import region as region_name
from dashboard.state import View


@dataclass(frozen=True, slots=True)
class Scene:
    """One drawing of the page: what it is asked, and how its checks were decided."""

    known: Facts
    view: View
    period: Period
    counts: Counts
    palette: theme.Palette

    @property
    def region(self) -> str | None:
        """The region that the header names; None for everywhere."""
        return self.view.region

    @property
    def quarter(self) -> date:
        """First day of the quarter whose errors are shown."""
        return self.period.quarter.start

    @property
    def where(self) -> str:
        """The place in words."""
        return region_name(self.region)

    @property
    def tried(self) -> str:
        """How many checks could be measured, in words: for what can not be."""
        return (
            f"{self.period.name} has {counted(self.counts.attacks, 'confirmed attack')} and "
            f"{counted(self.counts.honest, 'check')} known as honest in {self.where}"
        )


Tab = Callable[[Scene], None]


def scene_of(known: Facts, view: View, period: Period) -> Scene:
    """Ask what every part of the page needs."""
    return Scene(known, view, period, liveness.check_counts(period, view.region), theme.current())


def rate(share: float | None, low: float | None, high: float | None) -> str:
    """Write an error rate with its 95 % interval: `1.2% (0.4 to 3.1%)`; "not measured" for none."""
    if share is None:
        return "not measured"
    if low is None or high is None:
        return fine(share)
    return f"{fine(share)} ({fine(low).removesuffix('%')} to {fine(high)})"


def fine(share: float | None) -> str:
    """Write an error rate with the digits that it needs: 12%, 3.1%, 0.42%."""
    if share is None:
        return NOT_KNOWN
    # Less than one in twenty thousand is what arithmetic leaves of nothing.
    return percent(share, 0 if share >= 0.1 else 1 if share >= 0.01 or share < 5e-5 else 2)
