"""What every part of Models and policy is drawn from: the store, the view in the URL, the areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard import theme
from dashboard.facts import Facts
from dashboard.questions import words
from dashboard.questions.areas import AreaCounts, areas_there
from dashboard.questions.period import Period
from dashboard.state import View


@dataclass(frozen=True, slots=True)
class ModelScene:
    """One drawing of the page: what it is asked, and the areas that there are."""

    known: Facts
    view: View
    period: Period
    areas: tuple[AreaCounts, ...]
    palette: theme.Palette

    @property
    def area(self) -> str:
        """The area shown: the one that the URL names, else the usual one."""
        there = {found.area for found in self.areas}
        return self.view.area if self.view.area in there else self.usual_area

    @property
    def usual_area(self) -> str:
        """The area shown without a choice: the header's region, else the one with most alerts."""
        there = [found.area for found in self.areas]
        return self.view.region if self.view.region in there else there[0]

    @property
    def here(self) -> AreaCounts:
        """The counts of the area shown."""
        return {found.area: found for found in self.areas}[self.area]

    @property
    def where(self) -> str:
        """The area in words."""
        return words.area(self.area)

    @property
    def now(self) -> datetime:
        """The product's now: the time of the store's last event. Raises ValueError without events."""
        if self.known.now is None:
            raise ValueError("a store without events has no now")
        return self.known.now


def model_scene(known: Facts, view: View, period: Period) -> ModelScene:
    """Ask what every part of the page needs."""
    return ModelScene(known, view, period, areas_there(period), theme.current())
