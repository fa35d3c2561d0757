"""Do media signals trained on synthetic media see attacks on real photographs?

Nothing here was chosen on a real photograph: the method was chosen on renders under cameras and processing
that its training had not (docs/decisions/0015). WATCHFLOOR_FACES names the folder of real sets.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from benchmarks.face_detectors import INJECTION, PRESENTATION, fit, fit_old, scale_of
from benchmarks.face_folders import sets_in
from benchmarks.face_measures import RANKING, Scores, Trial, figures
from benchmarks.face_media import Measured, rendered
from benchmarks.faces_on_photographs import on_photographs
from benchmarks.results import Figure, Result, datasets
from data.world.media.attacks import SPECIES

SEED = 21
PEOPLE = int(os.environ.get("WATCHFLOOR_BENCH_PEOPLE", "120"))
FOLDS = 3


def main() -> None:
    """Train on renders, measure on renders and on each real set, and write both results."""
    print(f"rendering {PEOPLE} people", flush=True)
    renders = rendered(PEOPLE, SEED)
    Result(
        "liveness",
        "faces-renders",
        "Which species does one frame's media show on people the model has not seen, and which unknown ones?",
        tuple(_on_renders(renders)),
        SEED,
        (
            f"{PEOPLE} rendered people, each in one of {FOLDS} folds; single frames: movement is unknown.",
            f"{renders.unmeasured} of {renders.unmeasured + len(renders.species)} renders had no face to "
            "measure.",
            "A presentation species by the presentation detector, an injection species by the injection "
            "detector; left out: its detector saw the other species of its kind alone.",
        ),
    ).write()
    folder = Path(os.environ.get("WATCHFLOOR_FACES", datasets() / "faces"))
    on_photographs(renders, folder, sets_in(folder))


def _on_renders(renders: Measured) -> list[Figure]:
    """Return what is known of each species on unseen people, and with that species left out of training."""
    answers = []
    tested = ~renders.is_processed
    honest, old = tested & ~renders.is_attack, _old_unseen(renders)
    known = {kind: _unseen(renders, kind) for kind in (PRESENTATION, INJECTION)}
    for species in SPECIES:
        print(f"  {species}", flush=True)
        kind = PRESENTATION if species in PRESENTATION else INJECTION
        false = tested & (renders.species == species)
        without = _unseen(renders, tuple(one for one in kind if one != species))
        old_without = _old_unseen(renders, species)
        for title, scores, beside in (
            (species, known[kind], old),
            (f"{species}, left out of training", without, old_without),
        ):
            pair = [Trial(scores[honest], scores[false])]
            answers += figures(title, pair, RANKING, [Trial(beside[honest], beside[false])], "one class")
    return answers


def _unseen(renders: Measured, species: tuple[str, ...]) -> Scores:
    """Return scores of every frame by a detector of these species that did not see its person."""
    scores = np.empty(len(renders.species))
    for fold in range(FOLDS):
        held = renders.person % FOLDS == fold
        part = renders.where(~held)
        scale = scale_of(part.values[~part.is_attack])
        detector = fit(part.holding(scale.of(part.values)), species)
        scores[held] = detector.scores(scale.of(renders.values[held]))
    return scores


def _old_unseen(renders: Measured, without: str = "") -> Scores:
    """Return scores by the old way, one class of all species, on frames that no processing changed."""
    scores = np.full(len(renders.species), np.nan)
    for fold in range(FOLDS):
        held = (renders.person % FOLDS == fold) & ~renders.is_processed
        training = (renders.person % FOLDS != fold) & ~renders.is_processed & (renders.species != without)
        scores[held] = fit_old(renders.where(training)).scores(renders.values[held])
    return scores
