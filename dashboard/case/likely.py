"""Which typology is likely: what the most similar confirmed cases were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.formats import counted
from dashboard.questions.case import Similar
from dashboard.questions.words import spoken

# As many as stand side by side; a longer list is read no faster than the field below it.
WITH_A_KEY = 4


@dataclass(frozen=True, slots=True)
class Likely:
    """The typology of most similar confirmed cases: `count` of the `confirmed` ones."""

    typology: str
    count: int
    confirmed: int

    @property
    def is_likely(self) -> bool:
        """Whether at least half of the similar confirmed cases were that; of less, nothing is preselected."""
        return 2 * self.count >= self.confirmed

    @property
    def in_words(self) -> str:
        """What is suggested, and from what."""
        how = "likely" if self.is_likely else "the most frequent, yet not likely"
        confirmed = counted(self.confirmed, "similar case")
        return (
            f"{spoken(self.typology)} is {how}: {self.count} of the {confirmed} that were confirmed "
            "were that. A suggestion, no finding."
        )


def likely(found: Sequence[Similar]) -> Likely | None:
    """Return the typology of most of the similar cases that were confirmed, the most alike deciding ties."""
    kinds = [one.typology for one in found if one.outcome == "confirmed" and one.typology]
    if not kinds:
        return None
    typology, count = Counter(kinds).most_common(1)[0]
    return Likely(typology, count, len(kinds))


def suggested(found: Sequence[Similar]) -> str | None:
    """Return the typology that is likely; None where none is."""
    guess = likely(found)
    return guess.typology if guess is not None and guess.is_likely else None


def frequent(found: Sequence[Similar]) -> list[str]:
    """Return the typologies of similar confirmed cases that come with a key, the most frequent first."""
    kinds = Counter(one.typology for one in found if one.outcome == "confirmed" and one.typology)
    return [typology for typology, _ in kinds.most_common(WITH_A_KEY)]


def outcomes(found: Sequence[Similar]) -> dict[str, int]:
    """Return how many of the similar cases ended in which outcome, most frequent first."""
    return dict(Counter(one.outcome for one in found).most_common())
