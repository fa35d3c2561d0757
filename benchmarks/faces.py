"""Do media signals trained on synthetic media alone see attacks on real photographs?

The final signals are measured once: nothing here was chosen on a real photograph. Rendered people train one
model of trees on single frames; each set in WATCHFLOOR_FACES is a folder with its labels in folder names.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from benchmarks.face_media import Measured, attacks_on, photographs, rendered
from benchmarks.results import Figure, Result, datasets
from data.world.media.attacks import SPECIES

SEED = 21
PEOPLE = int(os.environ.get("WATCHFLOOR_BENCH_PEOPLE", "160"))
MOST_PICTURES = 4000
MOST_ATTACKED = 120
RESAMPLED = 300
FOLDS = 5
Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]


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
            f"{renders.unmeasured} renders had no face to measure.",
        ),
    ).write()
    folder = Path(os.environ.get("WATCHFLOOR_FACES", datasets() / "faces"))
    sets = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    if not sets:
        print(f"real photographs: not measured, {folder} has no sets; WATCHFLOOR_FACES names their folder")
        return
    _real(renders, sets)


def _real(renders: Measured, sets: list[Path]) -> None:
    """Measure every set and write the result."""
    model, threshold = _fit(renders), _threshold(renders)
    figures: list[Figure] = []
    notes: list[str] = []
    for folder in sets:
        print(folder.name, flush=True)
        real = photographs(folder, MOST_PICTURES, SEED)
        honest, false = int((~real.is_attack).sum()), int(real.is_attack.sum())
        notes.append(
            f"{folder.name}: {honest} bona fide and {false} attacks measured, {real.unmeasured} not readable "
            "or without one clear face; few people, few cameras."
        )
        if honest < 20 or false < 20:
            notes.append(f"{folder.name}: too few for figures.")
            continue
        figures += _on_photographs(folder.name, model, threshold, real)
        figures += _with_little_real(folder.name, renders, real)
        figures += _made_from_real(folder, model)
    Result(
        "liveness",
        "faces-real",
        "Do media signals trained on synthetic media alone see attacks on real photographs?",
        tuple(figures),
        SEED,
        (
            *notes,
            f"At most {MOST_PICTURES:,} photographs a set, drawn at random. Intervals: {RESAMPLED} bootstrap "
            "samples of pictures; pictures of one person are alike, so that the truth is wider.",
            "Nothing was chosen on these sets. Single frames: movement, injection, re-use and context are "
            "not in them.",
            f"A fifth added: {FOLDS} random splits of pictures, without intervals. Who is who is not known: "
            "the same people, sessions and cameras stand on both sides. Near 1 shows that these are known "
            "again, and says nothing of a new camera.",
            "Made from its bona fide: attacks by the generator of the training, on faces it never saw, "
            "against the same photographs through the same camera; this shows the generator, not the world.",
        ),
    ).write()


def _fit(media: Measured, weight: NDArray[np.float64] | None = None) -> HistGradientBoostingClassifier:
    """Return trees that weigh bona fide frames as much as all attacks together."""
    share = media.is_attack.mean()
    balanced = np.where(media.is_attack, 0.5 / share, 0.5 / (1 - share))
    trees = HistGradientBoostingClassifier(
        learning_rate=0.06,
        max_iter=300,
        max_leaf_nodes=10,
        min_samples_leaf=15,
        l2_regularization=2.0,
        max_features=0.3,
        random_state=SEED,
    )
    return trees.fit(media.values, media.is_attack, balanced if weight is None else balanced * weight)


def _scores(model: HistGradientBoostingClassifier, media: Measured) -> Scores:
    return np.asarray(model.predict_proba(media.values)[:, 1])


def _unseen(media: Measured, without: str = "") -> Scores:
    """Return scores of every frame by a model that saw neither its person nor the species `without`."""
    scores = np.empty(len(media.species))
    for fold in range(FOLDS):
        held = media.person % FOLDS == fold
        training = ~held & (media.species != without)
        scores[held] = _scores(_fit(media.where(training)), media.where(held))
    return scores


def _threshold(renders: Measured) -> float:
    """Return the score that 5 % of unseen rendered honest people reach."""
    return float(np.quantile(_unseen(renders)[~renders.is_attack], 0.95))


def _on_renders(renders: Measured) -> list[Figure]:
    """Return what is known of each species on unseen people, and with that species left out of training."""
    figures = []
    known = _unseen(renders)
    for species in SPECIES:
        rows = (renders.species == species) | ~renders.is_attack
        figures += _figures(species, known[rows], renders.is_attack[rows])
    for species in SPECIES:
        rows = (renders.species == species) | ~renders.is_attack
        unknown = _unseen(renders, species)
        figures += _figures(f"{species}, left out of training", unknown[rows], renders.is_attack[rows])
    return figures


def _on_photographs(
    name: str, model: HistGradientBoostingClassifier, threshold: float, real: Measured
) -> list[Figure]:
    """Return the figures of one set, and of its species, for the model that saw synthetic media alone."""
    scores, attack = _scores(model, real), real.is_attack
    figures = _figures(f"{name}, synthetic alone", scores, attack)
    over = scores > threshold
    figures.append(
        Figure(
            f"{name}, synthetic alone, threshold from synthetic: BPCER", float(over[~attack].mean()), "share"
        )
    )
    figures.append(
        Figure(
            f"{name}, synthetic alone, threshold from synthetic: APCER",
            float((~over)[attack].mean()),
            "share",
        )
    )
    species = sorted(set(real.species[attack]))
    for one in species if len(species) > 1 else []:
        rows = ~attack | (real.species == one)
        figures.append(_auc_figure(f"{name}, synthetic alone, {one}: AUC", scores[rows], attack[rows]))
    return figures


def _with_little_real(name: str, renders: Measured, real: Measured) -> list[Figure]:
    """Return the figures with a fifth of the set joined to the synthetic media, on the rest; five times."""
    rng = np.random.default_rng(SEED)
    fold = np.empty(len(real.species), np.int64)
    for label in (True, False):
        rows = np.flatnonzero(real.is_attack == label)
        fold[rows] = rng.permutation(np.arange(len(rows)) % FOLDS)
    answers = []
    for number in range(FOLDS):
        part, rest = real.where(fold == number), real.where(fold != number)
        joined = Measured(
            np.concatenate([renders.values, part.values]),
            np.concatenate([renders.species, part.species]),
            np.concatenate([renders.person, part.person]),
        )
        heavy = len(renders.species) / len(part.species)
        weight = np.concatenate([np.ones(len(renders.species)), np.full(len(part.species), heavy)])
        scores = _scores(_fit(joined, weight), rest)
        answers.append([f.value for f in _figures("", scores, rest.is_attack, resampled=0)])
    names = [f.name for f in _figures(f"{name}, a fifth of it added", scores, rest.is_attack, resampled=0)]
    table = np.array(answers)
    return [
        Figure(f"{title}, {kind} of {FOLDS} splits", float(measure(column)), "share")
        for title, column in zip(names, table.T, strict=True)
        for kind, measure in (("mean", np.mean), ("lowest", np.min), ("highest", np.max))
    ]


def _made_from_real(folder: Path, model: HistGradientBoostingClassifier) -> list[Figure]:
    """Return, by species, attacks made from the set's bona fide pictures against those through the camera."""
    media = attacks_on(folder, MOST_ATTACKED, SEED)
    scores = _scores(model, media)
    figures = []
    for species in SPECIES:
        rows = (media.species == species) | ~media.is_attack
        if (media.species == species).sum() >= 10:
            title = f"{folder.name}, {species} made from its bona fide"
            figures += _figures(title, scores[rows], media.is_attack[rows])[::2]
    return figures


def _figures(name: str, scores: Scores, attack: Labels, resampled: int = RESAMPLED) -> list[Figure]:
    """Return AUC, EER, APCER at BPCER 5 % and 1 %, each with its interval where samples are drawn."""
    measures: dict[str, Callable[[Scores, Labels], float]] = {
        "AUC": auc,
        "EER": equal_error_rate,
        "APCER at BPCER 5 %": lambda s, a: apcer_at(s, a, 0.05),
        "APCER at BPCER 1 %": lambda s, a: apcer_at(s, a, 0.01),
    }
    samples = _samples(attack, resampled)
    figures = []
    for title, measure in measures.items():
        drawn = [measure(scores[rows], attack[rows]) for rows in samples]
        low, high = np.quantile(drawn, (0.025, 0.975)) if drawn else (None, None)
        value = measure(scores, attack)
        figures.append(Figure(f"{name}: {title}", value, "share", _or_none(low), _or_none(high)))
    return figures


def _auc_figure(name: str, scores: Scores, attack: Labels) -> Figure:
    drawn = [auc(scores[rows], attack[rows]) for rows in _samples(attack, RESAMPLED)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Figure(name, auc(scores, attack), "share", float(low), float(high))


def _or_none(value: float | None) -> float | None:
    return None if value is None else float(value)


def _samples(attack: Labels, count: int) -> list[NDArray[np.int64]]:
    """Return bootstrap samples of rows, as many of each label as there are."""
    rng = np.random.default_rng(SEED)
    sides = (np.flatnonzero(attack), np.flatnonzero(~attack))
    return [np.concatenate([rng.choice(side, len(side)) for side in sides]) for _ in range(count)]


def auc(scores: Scores, attack: Labels) -> float:
    """Return the chance that an attack scores above a bona fide picture."""
    return float(roc_auc_score(attack, scores))


def apcer_at(scores: Scores, attack: Labels, bpcer: float) -> float:
    """Return the share of attacks let in where at most `bpcer` of these bona fide pictures are stopped."""
    honest = np.sort(scores[~attack])
    stopped = int(np.floor(bpcer * len(honest)))
    threshold = honest[len(honest) - stopped - 1]
    return float((scores[attack] <= threshold).mean())


def equal_error_rate(scores: Scores, attack: Labels) -> float:
    """Return the rate where the shares of attacks let in and of bona fide pictures stopped are nearest."""
    steps = np.unique(scores)
    let_in = np.searchsorted(np.sort(scores[attack]), steps, side="right") / attack.sum()
    stopped = 1 - np.searchsorted(np.sort(scores[~attack]), steps, side="right") / (~attack).sum()
    at = int(np.abs(let_in - stopped).argmin())
    return float((let_in[at] + stopped[at]) / 2)
