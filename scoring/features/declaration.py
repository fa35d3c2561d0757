"""A feature, declared once: name, SQL, online state, documentation and words all follow from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from scoring.features.aggregates import Aggregate
from scoring.features.comparisons import Deviation, TimesMean, TimesTypical
from scoring.features.measures import Mean, Measure, Typical
from scoring.features.subjects import EVENT, EVER, Entity, Window
from scoring.features.words import Reading, Words, say, say_missing

Family = Literal[
    "transaction", "behaviour", "device_network", "signature", "ring", "capture", "media", "re_use", "context"
]
Unit = Literal["money", "count", "seconds", "times", "share", "yes_no", "deviations", "km_per_hour", "number"]


@dataclass(frozen=True)
class Feature:
    """What a number measures, of whom, over which window, in which words.

    `sentence` says to an analyst what it measures. `reason` is the named group under which models show
    its contribution. `risk` is +1 where more of it never makes an event safer, -1 the other way round,
    0 where both can be. `words` is the wording of an attribute; every other kind of measure has its own.
    `is_late` features cost the customer time and are read only where they could change the decision.
    """

    family: Family
    reason: str
    measure: Measure
    sentence: str
    unit: Unit
    entity: Entity = EVENT
    window: Window = EVER
    risk: Literal[-1, 0, 1] = 0
    words: Words | None = None
    is_late: bool = False

    @property
    def name(self) -> str:
        """Entity, measure and window: account_count_transactions_24h."""
        window = "" if self.window is EVER else f"_{self.window.name}"
        return f"{self.entity.name}_{self.measure.stem}{window}"

    @property
    def aggregates(self) -> tuple[Aggregate, ...]:
        """The window functions it is computed from."""
        return self.measure.needs(self.entity, self.window)

    @property
    def formula(self) -> str:
        """The SQL expression of its value, DOUBLE or null."""
        return self.measure.formula(self.entity, self.window)

    @property
    def normal(self) -> Literal["own", "population"]:
        """Whether it compares with the entity's own past or is to be compared with everybody's."""
        return "own" if self.normal_feature else "population"

    @property
    def normal_feature(self) -> str | None:
        """Name of the feature that holds the own normal; None: the population's median is the normal."""
        if isinstance(self.measure, TimesTypical | Deviation):
            return self._beside(Typical(self.measure.rows))
        if isinstance(self.measure, TimesMean):
            return self._beside(Mean(self.measure.rows))
        return None

    def in_words(self, value: float | None, normal: float | None = None) -> str:
        """Say the value in one sentence for an analyst; `normal` is the own or the population's."""
        if value is None:
            return say_missing(self.measure, self.entity, self.window, self.words)
        return say(Reading(self.measure, self.entity, self.window, value, normal), self.words)

    def over(self, *windows: Window) -> tuple[Feature, ...]:
        """The same feature over each of `windows`; {window} in its sentence becomes theirs in words."""
        return tuple(
            replace(self, window=w, sentence=self.sentence.replace("{window}", w.words)) for w in windows
        )

    def _beside(self, measure: Measure) -> str:
        return Feature(self.family, self.reason, measure, "", "money", self.entity, self.window).name
