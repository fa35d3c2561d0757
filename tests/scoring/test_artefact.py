import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from data.errors import ModelError
from scoring.artefact import Model, library_versions, load_model, save_model
from scoring.calibration import Calibration

NAMES = ("amount", "account_age")


class UnpickledError(Exception):
    pass


class Bomb:
    """Raises when it is unpickled: a file that must be refused before."""

    def __reduce__(self) -> tuple[type[UnpickledError], tuple[str]]:
        return UnpickledError, ("unpickled",)


def small_model() -> Model:
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(400, 2))
    trees = HistGradientBoostingClassifier(max_iter=5, early_stopping=False, random_state=1)
    trees.fit(matrix, matrix[:, 0] > 1.0)
    day = datetime(2025, 4, 1)
    return Model(
        model_version="fraud-2025-04-01-0a1b2c3d",
        model="fraud",
        features=NAMES,
        trees=trees,
        calibration=Calibration(0.9, -0.1),
        base=-1.5,
        normals=(12.5, float("nan")),
        valid_from=day,
        trained_as_of=day,
        window_from=datetime(2025, 1, 1),
        unseen_from=datetime(2025, 2, 20),
        window_to=datetime(2025, 3, 15),
        is_split_by_account=False,
        fingerprint="f" * 64,
        versions=library_versions(),
        metrics={"held_out": {"events": 100}},
        card="# A card\n\nSR 26-2 / OCC 2026-13",
    )


def test_a_model_comes_back_as_it_was_and_scores_the_same(tmp_path: Path) -> None:
    model = small_model()
    path, file_hash = save_model(model, tmp_path)
    rows = np.array([[0.5, np.nan], [2.0, 1.0]])

    back = load_model(path, file_hash, NAMES)

    assert back.raw(rows).tolist() == model.raw(rows).tolist()
    assert back.calibration == model.calibration
    assert back.normals[0] == 12.5
    assert np.isnan(back.normals[1])
    assert replace(back, trees=None, normals=()) == replace(model, trees=None, normals=())


def test_equal_models_are_equal_files(tmp_path: Path) -> None:
    _, first = save_model(small_model(), tmp_path / "a")
    _, second = save_model(small_model(), tmp_path / "b")

    assert first == second


def test_a_model_of_other_features_is_refused_with_the_names_that_differ(tmp_path: Path) -> None:
    path, file_hash = save_model(small_model(), tmp_path)

    with pytest.raises(ModelError) as refusal:
        load_model(path, file_hash, ("amount", "device_age", "ip_age"))

    assert str(refusal.value) == (
        "The model fraud-2025-04-01-0a1b2c3d was trained on other features.\n"
        "Where: missing now: account_age; not known to the model: device_age, ip_age\n"
        "Possible: exactly its 2 features\n"
        "What to do: Run `watchfloor train` to make a model of the present features."
    )


def test_a_changed_file_is_refused_before_anything_in_it_is_unpickled(tmp_path: Path) -> None:
    path, file_hash = save_model(replace(small_model(), trees=Bomb()), tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("more", "x")

    with pytest.raises(ModelError) as refusal:
        load_model(path, file_hash, NAMES)

    assert "was changed after it was written" in str(refusal.value)
    assert f"SHA-256 {file_hash[:16]}..., found" in str(refusal.value)


def test_the_bomb_of_the_test_above_goes_off_when_the_file_is_the_right_one(tmp_path: Path) -> None:
    path, file_hash = save_model(replace(small_model(), trees=Bomb()), tmp_path)

    assert isinstance(load_model(path, file_hash, NAMES).trees, UnpickledError)


def test_a_model_of_another_scikit_learn_is_refused_before_it_is_unpickled(tmp_path: Path) -> None:
    versions = library_versions() | {"scikit-learn": "1.0.2"}
    path, file_hash = save_model(replace(small_model(), versions=versions), tmp_path)

    with pytest.raises(ModelError) as refusal:
        load_model(path, file_hash, NAMES)

    assert "was written by scikit-learn 1.0.2" in str(refusal.value)
    assert "Run `watchfloor train`, or install the version that wrote it." in str(refusal.value)


def test_a_missing_model_names_those_that_are_there(tmp_path: Path) -> None:
    save_model(small_model(), tmp_path)

    with pytest.raises(ModelError) as refusal:
        load_model(tmp_path / "fraud-x.zip", "0" * 64, NAMES)

    assert str(refusal.value).startswith("The model fraud-x is not there.")
    assert "Possible: in that folder: fraud-2025-04-01-0a1b2c3d" in str(refusal.value)
