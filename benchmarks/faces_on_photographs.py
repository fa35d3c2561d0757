"""The roads to real photographs: what an operator may train with, and what it then sees of real attacks.

Bona fide photographs of a set are halved where their file names, in order, are halfway: one half stands for
the operator's own honest checks, the other is tested with all real attacks; then the halves change places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.face_detectors import (
    PRESENTATION,
    Pair,
    by_place,
    fit,
    fit_old,
    fit_pair,
    heavier,
    on_scale,
    scale_of,
)
from benchmarks.face_folders import BONA_FIDE, drawn, labelled
from benchmarks.face_measures import (
    AT_THRESHOLD,
    RANKING,
    RESAMPLED,
    Measure,
    Trial,
    auc,
    blocks,
    figures,
    mean_of,
)
from benchmarks.face_media import SHOT_AGAIN, Measured, attacks_on, joined, photographs
from benchmarks.results import Figure, Result
from data.world.media.attacks import SPECIES

SEED = 21
MOST_PICTURES = 2000
MOST_ATTACKED = 120
FEWEST = 20
FIFTHS = 5
MOST_SPECIES = 8
OLD = "trees on all species, renders alone"
ONLY_AUC: dict[str, Measure] = {"AUC": auc}
PRESENTED = "presentation detector"
Scorer = Callable[[Measured], dict[str, NDArray[np.float64]]]
Roads = dict[str, dict[str, list[Trial]]]


@dataclass(frozen=True, slots=True)
class Synthetic:
    """What renders give: frames as taken, both detectors, the old way, and their thresholds.

    A threshold is the score over which 5 % of rendered bona fide frames of unseen people are.
    """

    renders: Measured
    pair: Pair
    old: Scorer
    thresholds: dict[str, float]


def on_photographs(renders: Measured, folder: Path, sets: list[Path]) -> None:
    """Measure every set in `folder` and write the result; say why where nothing can be measured."""
    notes: list[str] = []
    answers: list[Figure] = []
    if not sets:
        print(f"real photographs: not measured, {folder} has no sets; WATCHFLOOR_FACES names their folder")
        return
    synthetic = _synthetic(renders)
    for one in sets:
        print(one.name, flush=True)
        found, said = _on_set(one, synthetic)
        answers += found
        notes += said
    Result(
        "liveness",
        "faces-real",
        "Do media signals trained on synthetic media alone see attacks on real photographs?",
        tuple(answers),
        SEED,
        (*notes, *_SAID),
    ).write()


_SAID = (
    f"At most {MOST_PICTURES:,} photographs a set, half of each label where there are as many, by seed. "
    f"Intervals: {RESAMPLED} bootstrap samples of pictures; pictures of one person are alike, so that the "
    "truth is wider.",
    "Who is who is not known: bona fide are halved in the order of their file names. One half is the local "
    "bona fide, the other is tested, then they change places; a figure is the mean of both.",
    "Threshold of synthetic: 5 % of rendered bona fide of unseen people. Threshold of local bona fide: 5 % "
    "of the local half, where they were trained on by a model of its other part.",
    "Attacks made from local bona fide: by the generator of the training, at the photograph's own size. "
    "Tested on attacks made from the other half they show the generator, not the world.",
    f"A fifth added: {FIFTHS} blocks of neighbouring file names of each label, one of them trained on, the "
    "rest tested; mean, lowest and highest, no intervals. The same people, sessions and cameras may stand on "
    "both sides: near 1 shows that these are known again, and says nothing of a new camera.",
    "Nothing was chosen on these sets. Single frames: movement, injection, re-use and context are not in "
    "them.",
)


def _synthetic(renders: Measured) -> Synthetic:
    """Return the detectors of renders alone, and the thresholds of models that saw half of the people."""
    pair, old = _alone(renders)
    honest: dict[str, list[NDArray[np.float64]]] = {}
    for half in (0, 1):
        seen = renders.person % 2 == half
        tested = renders.where(~seen & ~renders.is_processed & ~renders.is_attack)
        half_pair, half_old = _alone(renders.where(seen))
        scale = _scale(renders.where(seen))
        for name, scores in {**half_pair.scores(scale(tested).values), **half_old(tested)}.items():
            honest.setdefault(name, []).append(scores)
        local = on_scale(tested, tested.values)
        for name, scores in fit_pair(by_place(renders.where(seen))).scores(local.values).items():
            honest.setdefault(f"local {name}", []).append(scores)
    thresholds = {name: float(np.quantile(np.concatenate(parts), 0.95)) for name, parts in honest.items()}
    return Synthetic(renders, pair, old, thresholds)


def _scale(renders: Measured) -> Callable[[Measured], Measured]:
    scale = scale_of(renders.values[~renders.is_attack])
    return lambda media: media.holding(scale.of(media.values))


def _alone(renders: Measured) -> tuple[Pair, Scorer]:
    """Return both detectors, on the scale of all rendered bona fide, and the old way."""
    old = fit_old(renders.where(~renders.is_processed))
    return fit_pair(_scale(renders)(renders)), lambda media: {"old": old.scores(media.values)}


def _on_set(folder: Path, synthetic: Synthetic) -> tuple[list[Figure], list[str]]:
    """Return figures and notes of one set."""
    pictures = drawn(labelled(folder), MOST_PICTURES, SEED)
    real = photographs(pictures)
    honest, false = real.where(~real.is_attack), real.where(real.is_attack)
    counts = (len(honest.species), len(false.species))
    notes = [
        f"{folder.name}: {counts[0]} bona fide and {counts[1]} attacks measured, {real.unmeasured} not "
        "readable or without one clear face; few people, few cameras."
    ]
    if counts[0] < FEWEST:
        notes.append(f"{folder.name}: not measured, {counts[0]} bona fide are too few (at least {FEWEST}).")
        return [], notes
    made = _made(pictures, honest)
    halves = list(_halves(honest, made))
    if counts[1] < FEWEST:
        notes.append(f"{folder.name}: {counts[1]} attacks are too few; only its bona fide are measured.")
        return _synthetic_species(folder.name, halves, synthetic), notes
    answers = _of_roads(folder.name, _roads(halves, false, synthetic), false)
    answers += _with_a_fifth(folder.name, honest, false, synthetic)
    return answers + _synthetic_species(folder.name, halves, synthetic), notes


@dataclass(frozen=True, slots=True)
class Half:
    """Local bona fide with the attacks made from them, and the other half, tested, with those of its own."""

    local: Measured
    made: Measured
    tested: Measured
    made_of_tested: Measured


def _made(pictures: list[tuple[Path, str]], honest: Measured) -> Measured:
    """Return attacks made from at most MOST_ATTACKED bona fide photographs; the host is of the same half."""
    order, half = honest.person, blocks(len(honest.person), 2)
    sources = []
    for side in (0, 1):
        numbers = [int(n) for n in order[half == side]]
        chosen = np.random.default_rng(SEED).permutation(len(numbers))[: MOST_ATTACKED // 2]
        sources += [
            (numbers[at], pictures[numbers[at]][0], pictures[numbers[at - len(numbers) // 2]][0])
            for at in sorted(chosen)
        ]
    return attacks_on(sources, SEED)


def _halves(honest: Measured, made: Measured) -> Iterator[Half]:
    half = blocks(len(honest.person), 2)
    for local in (0, 1):
        mine = np.isin(made.person, honest.person[half == local])
        yield Half(
            honest.where(half == local), made.where(mine), honest.where(half != local), made.where(~mine)
        )


def _made_road(half: Half, synthetic: Synthetic) -> Scorer:
    """Return the detectors of renders, local bona fide and attacks made from them, on the local scale."""
    local = on_scale(joined(half.local, half.made), half.local.values)
    species = np.where(local.species == SHOT_AGAIN, BONA_FIDE, local.species)
    both, weight = heavier(
        by_place(synthetic.renders),
        Measured(local.values, species, local.person, local.place, local.is_processed),
    )
    return _on_local_scale(fit_pair(both, weight), half)


def _on_local_scale(pair: Pair, half: Half) -> Scorer:
    """Return what scores media whose signals are put on the scale of the half's local bona fide."""
    return lambda media: pair.scores(on_scale(media, half.local.values).values)


def _local_threshold(half: Half, synthetic: Synthetic) -> dict[str, float]:
    """Return what 5 % of local bona fide reach, by models that were trained on the other part of them."""
    part = blocks(len(half.local.person), 2)
    found: dict[str, list[NDArray[np.float64]]] = {}
    for held in (0, 1):
        people = half.local.person[part != held]
        seen = Half(
            half.local.where(part != held),
            half.made.where(np.isin(half.made.person, people)),
            half.tested,
            half.made_of_tested,
        )
        for name, scores in _made_road(seen, synthetic)(half.local.where(part == held)).items():
            found.setdefault(name, []).append(scores)
    return {name: float(np.quantile(np.concatenate(parts), 0.95)) for name, parts in found.items()}


def _roads(halves: list[Half], false: Measured, synthetic: Synthetic) -> Roads:
    """Return, by road and detector, the trials at the local threshold, and those at the synthetic one."""
    roads: Roads = {}
    scaled = fit_pair(by_place(synthetic.renders))
    alone = _scale(synthetic.renders)
    for half in halves:
        ways: dict[str, Scorer] = {
            "old": synthetic.old,
            "renders alone": lambda media: synthetic.pair.scores(alone(media).values),
            "renders alone, on the scale of local bona fide": _on_local_scale(scaled, half),
            "attacks made from local bona fide": _made_road(half, synthetic),
        }
        for road, score in ways.items():
            local, tested, attacks = score(half.local), score(half.tested), score(false)
            limits = {name: float(np.quantile(scores, 0.95)) for name, scores in local.items()}
            if road.startswith("attacks made"):
                limits = _local_threshold(half, synthetic)
            for name in tested:
                prefix = "" if road in ("old", "renders alone") else "local "
                trials = roads.setdefault(road, {})
                trials.setdefault(name, []).append(Trial(tested[name], attacks[name], limits[name]))
                synthetic_limit = synthetic.thresholds[prefix + name]
                trials.setdefault(f"{name}|synthetic", []).append(
                    Trial(tested[name], attacks[name], synthetic_limit)
                )
    return roads


def _of_roads(name: str, roads: Roads, false: Measured) -> list[Figure]:
    """Return the figures of each road, beside the old way on the same photographs."""
    answers: list[Figure] = []
    old = roads.pop("old")
    for road, detectors in roads.items():
        for detector in (one for one in detectors if "|" not in one):
            title = f"{name}, {road}, {detector}"
            measures = RANKING if detector == PRESENTED else ONLY_AUC
            answers += figures(title, detectors[detector], measures, old["old"], OLD)
        for said, key in (("local bona fide", PRESENTED), ("synthetic", f"{PRESENTED}|synthetic")):
            beside = old["old" + key.removeprefix(PRESENTED)]
            title = f"{name}, {road}, {PRESENTED}, threshold of {said}"
            answers += figures(title, detectors[key], AT_THRESHOLD, beside, OLD)
        kinds, counts = np.unique(false.species, return_counts=True)
        for kind in kinds[counts >= 10] if 1 < len(kinds) <= MOST_SPECIES else ():
            rows = false.species == kind
            trials = [one.only(rows) for one in detectors[PRESENTED]]
            before = [one.only(rows) for one in old["old"]]
            answers += figures(f"{name}, {road}, {PRESENTED}, {kind}", trials, ONLY_AUC, before, OLD)
    return answers


def _with_a_fifth(name: str, honest: Measured, false: Measured, synthetic: Synthetic) -> list[Figure]:
    """Return the figures with a block of each label joined to the renders, tested on the other blocks."""
    trials, before = [], []
    part = [blocks(len(media.person), FIFTHS) for media in (honest, false)]
    for number in range(FIFTHS):
        mine, other = honest.where(part[0] == number), honest.where(part[0] != number)
        theirs, unseen = false.where(part[1] == number), false.where(part[1] != number)
        reference = mine.values
        both, weight = heavier(by_place(synthetic.renders), on_scale(joined(mine, theirs), reference))
        detector = fit(both, PRESENTATION, weight)
        scores = [detector.scores(on_scale(one, reference).values) for one in (other, unseen)]
        trials.append(Trial(scores[0], scores[1]))
        before.append(Trial(synthetic.old(other)["old"], synthetic.old(unseen)["old"]))
    return [
        Figure(
            f"{name}, a fifth of it added, {PRESENTED}: {title}, {kind} of {FIFTHS} splits",
            float(pick([measure(one) for one in trials])),
            "share",
            baseline=mean_of(measure, before),
            baseline_name=OLD,
        )
        for title, measure in RANKING.items()
        for kind, pick in (("mean", np.mean), ("lowest", np.min), ("highest", np.max))
    ]


def _synthetic_species(name: str, halves: list[Half], synthetic: Synthetic) -> list[Figure]:
    """Return, by species, attacks made from tested bona fide, against these through the same camera."""
    answers: list[Figure] = []
    trials: dict[str, list[Trial]] = {}
    before: dict[str, list[Trial]] = {}
    for half in halves:
        scores, old = _made_road(half, synthetic)(half.made_of_tested), synthetic.old(half.made_of_tested)
        again = half.made_of_tested.species == SHOT_AGAIN
        for species in SPECIES:
            rows = half.made_of_tested.species == species
            kind = PRESENTED if species.startswith("presentation") else "injection detector"
            trials.setdefault(species, []).append(Trial(scores[kind][again], scores[kind][rows]))
            before.setdefault(species, []).append(Trial(old["old"][again], old["old"][rows]))
    for species, found in trials.items():
        if all(len(one.false) >= 10 and len(one.honest) >= 10 for one in found):
            title = f"{name}, attacks made from local bona fide, {species} made from the tested half"
            some = {key: RANKING[key] for key in ("AUC", "APCER at BPCER 5 %")}
            answers += figures(title, found, some, before[species], OLD)
    return answers
