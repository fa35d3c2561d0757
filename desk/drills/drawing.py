"""Drawing the cases of a drill: a mixture that is fair, hard where it helps, and the same for the same seed.

1. Four or five of ten are innocent customers, at random, five where the trainee is weak with these.
2. The others are crimes of as many typologies as there are; a typology is drawn more often the less often the
   trainee had it right, (right + 1) / (n + 2), which is a half where nothing is known.
3. Within each kind, hard cases are drawn more often: near the threshold, contradicted by a colleague or by a
   later label, or long in a colleague's hands. A draw of weight w has the key u^(1/w); the largest win.
4. No two are about the same account or ring, and the order is shuffled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from desk.drills.state import Chosen, DrillError

CASES = 10
INNOCENT = (4, 5)
# Fewer of either kind would teach to answer always the same.
LEAST_OF_A_KIND = 2
NEAR, CONTRADICTED, LONG = 2.0, 2.0, 1.0
# How a trainee's record names innocent customers among the typologies.
NO_CRIME = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A past case that may be drawn, and what makes it hard.

    `margin` is its highest score over the threshold it passed, None where either is not known.
    """

    case: Chosen
    margin: float | None
    was_contradicted: bool
    was_long: bool

    @property
    def weight(self) -> float:
        """How much more often than an easy case it is drawn."""
        near = 0.0 if self.margin is None else NEAR / max(self.margin, 1.0)
        return 1.0 + near + CONTRADICTED * self.was_contradicted + LONG * self.was_long

    @property
    def typology(self) -> str:
        """The kind of crime that it was, or that it was none."""
        return self.case.typology or NO_CRIME


@dataclass(frozen=True, slots=True)
class Trained:
    """How often a trainee answered cases of a typology, and how often rightly."""

    answered: int = 0
    right: int = 0

    @property
    def weakness(self) -> float:
        """The share that is expected to go wrong: a half where nothing is known."""
        return 1.0 - (self.right + 1) / (self.answered + 2)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Cases in the order of the drill, the seed that leads to them, and what could not be had."""

    seed: int
    cases: tuple[Chosen, ...]
    notes: tuple[str, ...] = ()


def draw_cases(candidates: Sequence[Candidate], record: Mapping[str, Trained], seed: int) -> Drawn:
    """Draw a drill, the same for the same seed, candidates and record.

    Raises DrillError where there are too few past cases, with how many there are and what to do.
    """
    rng = Random(seed)
    ordered = sorted(candidates, key=lambda one: one.case.case_id)
    innocent = _distinct(_shuffled(rng, [one for one in ordered if one.case.truth == "false_positive"]))
    crimes = _distinct(_shuffled(rng, [one for one in ordered if one.case.truth == "confirmed"]))
    is_weak = record.get(NO_CRIME, Trained()).weakness > 0.5
    wanted = INNOCENT[1] if is_weak else rng.choice(INNOCENT)
    drawn = innocent[: max(wanted, CASES - len(crimes))]
    subjects = {_subject(one) for one in drawn}
    others = [one for one in crimes if _subject(one) not in subjects]
    drawn += _stratified(rng, others, record, CASES - len(drawn))
    if len(drawn) < CASES or min(len(innocent), len(others)) < LEAST_OF_A_KIND:
        raise _too_few(len(innocent), len(crimes))
    rng.shuffle(drawn)
    return Drawn(seed, tuple(one.case for one in drawn), _notes(drawn))


def _shuffled(rng: Random, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates so that each comes early as often as its weight says."""
    keyed = [(rng.random() ** (1.0 / one.weight), one) for one in candidates]
    return [one for _, one in sorted(keyed, key=lambda pair: -pair[0])]


def _subject(one: Candidate) -> tuple[str, str]:
    return one.case.subject_kind, one.case.subject_id


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    first: dict[tuple[str, str], Candidate] = {}
    for one in candidates:
        first.setdefault(_subject(one), one)
    return list(first.values())


def _stratified(
    rng: Random, crimes: Sequence[Candidate], record: Mapping[str, Trained], many: int
) -> list[Candidate]:
    """Return `many` crimes, one of each typology before a second of any, weak typologies first."""
    left: dict[str, list[Candidate]] = {}
    for one in crimes:
        left.setdefault(one.typology, []).append(one)
    drawn: list[Candidate] = []
    while left and len(drawn) < many:
        keyed = [
            (rng.random() ** (1.0 / record.get(name, Trained()).weakness), name) for name in sorted(left)
        ]
        for _, name in sorted(keyed, reverse=True)[: many - len(drawn)]:
            drawn.append(left[name].pop(0))
        left = {name: some for name, some in left.items() if some}
    return drawn


def _too_few(innocent: int, crimes: int) -> DrillError:
    return DrillError(
        f"There are too few past cases for a drill: {innocent} about innocent customers and {crimes} about "
        "crime, of different accounts, that you have not seen.",
        possible=f"{CASES} in all, at least {LEAST_OF_A_KIND} of each kind",
        to_do="Close more cases, load labels of past ones, or wait until more are 30 days old.",
    )


def _notes(drawn: Sequence[Candidate]) -> tuple[str, ...]:
    innocent = sum(one.case.truth == "false_positive" for one in drawn)
    if innocent in INNOCENT and len(drawn) == CASES:
        return ()
    return (f"{innocent} of {len(drawn)} cases were about innocent customers; more were not to be had.",)
