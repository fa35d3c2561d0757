"""A model on disk: one zip that carries everything needed to score, check and describe it.

Inside: `trees.joblib` (the estimator), `model.json` (features, calibration, normals, window,
fingerprint, versions, metrics) and `card.md`. The SHA-256 of the whole zip stands in the store; a file
that differs is refused before anything in it is unpickled.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from data.errors import ModelError
from scoring.calibration import Calibration, Floats

# What the trees and their explanations are computed by; the first decides whether a file can be read.
LIBRARIES = ("scikit-learn", "shap", "numpy", "joblib")
# A zip's entries carry times; a fixed one makes equal models equal files.
NO_TIME = (1980, 1, 1, 0, 0, 0)
# scikit-learn sends all rows through one tree after the other: 2,000 rows of 113 features stay in the cache
# (80,000 rows a processor second, against 63,000 for 8,000 rows and 16,700 for 83,000 rows at once).
BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class Model:
    """A trained, calibrated model with what it must be used with.

    Trees and calibration came from [window_from, window_to). Trees saw no event from `unseen_from` on or,
    where the split is by account, of the accounts held out. `normals` are the medians of the innocent in
    training, one a feature, NaN where it was never known. `base` is the raw log-odds
    that explanations start from. `lineage` says for which area the model was made, how, and against which
    champion; a model for everywhere has none.
    """

    model_version: str
    model: str
    features: tuple[str, ...]
    trees: Any
    calibration: Calibration
    base: float
    normals: tuple[float, ...]
    valid_from: datetime
    trained_as_of: datetime
    window_from: datetime
    window_to: datetime
    unseen_from: datetime
    is_split_by_account: bool
    fingerprint: str
    versions: dict[str, str]
    metrics: dict[str, Any]
    card: str
    lineage: dict[str, Any] = field(default_factory=dict)

    def raw(self, matrix: Floats) -> Floats:
        """Answer raw log-odds (n,) of feature rows (n, features), NaN for missing."""
        return raw_scores(self.trees, matrix)


def raw_scores(trees: Any, matrix: Floats) -> Floats:
    """Answer raw log-odds (n,) of feature rows, a block at a time."""
    blocks = [trees.decision_function(matrix[i : i + BLOCK]) for i in range(0, len(matrix), BLOCK)]
    return np.concatenate(blocks) if blocks else np.empty(0)


def library_versions() -> dict[str, str]:
    """Answer the installed version of each of LIBRARIES."""
    return {name: version(name) for name in LIBRARIES}


def save_model(model: Model, folder: Path) -> tuple[Path, str]:
    """Write `model` into `folder` by an atomic rename; answer the file and its SHA-256."""
    import joblib  # noqa: PLC0415 - a page that reads the contract need not wait for it

    trees = io.BytesIO()
    joblib.dump(model.trees, trees, compress=3)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{model.model_version}.zip"
    unfinished = path.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("model.json", json.dumps(_description(model), indent=1, sort_keys=True).encode()),
            ("card.md", model.card.encode()),
            ("trees.joblib", trees.getvalue()),
        ):
            archive.writestr(zipfile.ZipInfo(name, NO_TIME), content)
    unfinished.replace(path)
    return path, file_hash(path)


def file_hash(path: Path) -> str:
    """Answer the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_model(path: Path, expected_hash: str, features: Sequence[str]) -> Model:
    """Read a model back for use with `features`, in the order of the model's own.

    Raises ModelError when the file is missing, is not the one the store knows, was written by another
    scikit-learn, or was trained on other features. Nothing is unpickled before all four are checked.
    """
    if not path.exists():
        raise ModelError(
            f"The model {path.stem} is not there.",
            where=str(path),
            possible=_others(path.parent),
            to_do="Put the file back, or run `watchfloor train`.",
        )
    found = file_hash(path)
    if found != expected_hash:
        raise ModelError(
            f"The file of model {path.stem} was changed after it was written.",
            where=str(path),
            possible=f"SHA-256 {expected_hash[:16]}..., found {found[:16]}...",
            to_do="Do not use it: put the original file back, or run `watchfloor train`.",
        )
    with zipfile.ZipFile(path) as archive:
        said = json.loads(archive.read("model.json"))
        refuse_other_versions(path, said["versions"])
        refuse_other_features(said["model_version"], said["features"], features)
        return _model(said, archive.read("trees.joblib"), archive.read("card.md").decode())


def refuse_other_versions(path: Path, versions: dict[str, str]) -> None:
    """Raise ModelError unless the trees were written by the installed scikit-learn."""
    installed = version("scikit-learn")
    if versions["scikit-learn"] != installed:
        raise ModelError(
            f"The model {path.stem} was written by scikit-learn {versions['scikit-learn']}.",
            where=str(path),
            possible=f"scikit-learn {installed}, which is installed",
            to_do="Run `watchfloor train`, or install the version that wrote it.",
        )


def refuse_other_features(model_version: str, trained: Sequence[str], offered: Sequence[str]) -> None:
    """Raise ModelError, with the names that differ, unless both lists hold the same features."""
    missing = [name for name in trained if name not in set(offered)]
    added = [name for name in offered if name not in set(trained)]
    if missing or added:
        parts = [f"missing now: {', '.join(missing)}"] if missing else []
        parts += [f"not known to the model: {', '.join(added)}"] if added else []
        raise ModelError(
            f"The model {model_version} was trained on other features.",
            where="; ".join(parts),
            possible=f"exactly its {len(trained)} features",
            to_do="Run `watchfloor train` to make a model of the present features.",
        )


def _others(folder: Path) -> str:
    names = sorted(path.stem for path in folder.glob("*.zip"))
    return f"in that folder: {', '.join(names)}" if names else "there is no model in that folder"


def _description(model: Model) -> dict[str, Any]:
    return {
        "model_version": model.model_version,
        "model": model.model,
        "features": list(model.features),
        "slope": model.calibration.slope,
        "intercept": model.calibration.intercept,
        "base": model.base,
        "normals": [None if value != value else value for value in model.normals],
        "valid_from": model.valid_from.isoformat(),
        "trained_as_of": model.trained_as_of.isoformat(),
        "window_from": model.window_from.isoformat(),
        "unseen_from": model.unseen_from.isoformat(),
        "window_to": model.window_to.isoformat(),
        "is_split_by_account": model.is_split_by_account,
        "fingerprint": model.fingerprint,
        "versions": model.versions,
        "metrics": model.metrics,
        **({"lineage": model.lineage} if model.lineage else {}),
    }


def _model(said: dict[str, Any], trees: bytes, card: str) -> Model:
    import joblib  # noqa: PLC0415 - a page that reads the contract need not wait for it

    times = {
        name: datetime.fromisoformat(said[name])
        for name in ("valid_from", "trained_as_of", "window_from", "unseen_from", "window_to")
    }
    return Model(
        model_version=said["model_version"],
        model=said["model"],
        features=tuple(said["features"]),
        trees=joblib.load(io.BytesIO(trees)),
        calibration=Calibration(said["slope"], said["intercept"]),
        base=said["base"],
        normals=tuple(float("nan") if value is None else value for value in said["normals"]),
        is_split_by_account=said["is_split_by_account"],
        fingerprint=said["fingerprint"],
        versions=said["versions"],
        metrics=said["metrics"],
        card=card,
        lineage=said.get("lineage", {}),
        **times,
    )
