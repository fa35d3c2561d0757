"""What every part of the page Rings is drawn from: the store, the view in the URL, the period, the counts."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard import theme
from dashboard.facts import Facts
from dashboard.questions import rings
from dashboard.questions.period import Period
from dashboard.questions.rings import RingCounts
from dashboard.questions.words import region as region_name
from dashboard.state import View


@dataclass(frozen=True, slots=True)
class RingScene:
    """One drawing of the page: what it is asked, and the rings of every region."""

    known: Facts
    view: View
    period: Period
    regions: tuple[RingCounts, ...]
    palette: theme.Palette

    @property
    def region(self) -> str | None:
        """The region that the header names; None for everywhere."""
        return self.view.region

    @property
    def here(self) -> RingCounts:
        """The rings of the region that the header names, or of all."""
        return rings.counts_in(self.regions, self.region)

    @property
    def where(self) -> str:
        """The place in words."""
        return region_name(self.region)

    @property
    def at_its_end(self) -> str:
        """The instant that counts of what stands are taken at, in words."""
        if self.period.is_over:
            return f"at the end of {self.period.name}"
        return f"on {self.period.ends:%d %B %Y}"


def ring_scene(known: Facts, view: View, period: Period) -> RingScene:
    """Ask what every part of the page needs."""
    return RingScene(known, view, period, rings.rings_by_region(period), theme.current())
