"""Which typology is likely: what the most similar confirmed cases were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.formats import counted
from dashboard.questions.case import Similar
from dashboard.questions.words import spoken


@dataclass(frozen=True, slots=True)
class Likely:
    """The typology of most similar confirmed cases: `count` of the `confirmed` ones."""

    typology: str
    count: int
    confirmed: int

    @property
    def in_words(self) -> str:
        """What is suggested, and from what."""
        confirmed = counted(self.confirmed, "similar case")
        return (
            f"{spoken(self.typology)} is likely: {self.count} of the {confirmed} that were confirmed "
            "were that. A suggestion, no finding."
        )


def likely(found: Sequence[Similar]) -> Likely | None:
    """Return the typology of most of the similar cases that were confirmed, the most alike deciding ties."""
    kinds = [one.typology for one in found if one.outcome == "confirmed" and one.typology]
    if not kinds:
        return None
    typology, count = Counter(kinds).most_common(1)[0]
    return Likely(typology, count, len(kinds))


def outcomes(found: Sequence[Similar]) -> dict[str, int]:
    """Return how many of the similar cases ended in which outcome, most frequent first."""
    return dict(Counter(one.outcome for one in found).most_common())
