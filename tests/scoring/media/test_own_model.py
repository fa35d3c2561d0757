"""A user's own model, made here of four nodes: the means of red and blue of the crop are its outputs."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import onnx
import pytest
from drawn_face import landmarks
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from data.errors import ModelError
from scoring.media.own_model import load_own_model

SETTINGS = 'file = "means.onnx"\nsize = [32, 32]\nscale = 0.00392156862745098\nactivation = "none"\n'


def install(home: Path, settings: str = SETTINGS) -> Path:
    """A home with the model and these settings."""
    folder = home / "antispoof"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.toml").write_text(settings)
    weights = np.array([[1, 0, 0], [0, 0, 1]], np.float32)
    nodes = [
        helper.make_node("GlobalAveragePool", ["picture"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["flat"]),
        helper.make_node("Gemm", ["flat", "weights"], ["scores"], transB=1),
    ]
    graph = helper.make_graph(
        nodes,
        "means",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, 32, 32])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, folder / "means.onnx")
    return home


def score(home: Path) -> float:
    """The score of a picture whose red is 204 and blue 51 of 255."""
    model = load_own_model(home)
    assert model is not None
    picture: NDArray[np.uint8] = np.full((480, 360, 3), (51, 0, 204), np.uint8)
    return model(picture, landmarks())


def refusal(home: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_own_model(home)
    return str(caught.value)


def test_without_a_model_there_is_none(tmp_path: Path) -> None:
    assert load_own_model(tmp_path) is None


def test_the_output_that_is_the_attack_is_the_score(tmp_path: Path) -> None:
    assert score(install(tmp_path)) == pytest.approx(0.8, abs=1e-4)
    assert score(install(tmp_path, SETTINGS + "attack_output = 1\n")) == pytest.approx(0.2, abs=1e-4)


def test_channels_and_mean_are_as_the_settings_say(tmp_path: Path) -> None:
    assert score(install(tmp_path, SETTINGS + 'channels = "bgr"\n')) == pytest.approx(0.2, abs=1e-4)
    assert score(install(tmp_path, SETTINGS + "mean = [102, 0, 0]\n")) == pytest.approx(0.4, abs=1e-4)


def test_logits_become_a_share_by_softmax_and_sigmoid(tmp_path: Path) -> None:
    soft = SETTINGS.replace('"none"', '"softmax"')
    sigmoid = SETTINGS.replace('"none"', '"sigmoid"')

    assert score(install(tmp_path, soft)) == pytest.approx(1 / (1 + math.exp(-0.6)), abs=1e-4)
    assert score(install(tmp_path, sigmoid)) == pytest.approx(1 / (1 + math.exp(-0.8)), abs=1e-4)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("size = [32]", "size is [32]"),
        ("scale = 0", "scale is 0"),
        ('channels = "grey"', "channels is 'grey'"),
        ("attack_output = -1", "attack_output is -1"),
        ('file = "../other.onnx"', "file is '../other.onnx'"),
        ("margin = true", "margin is True"),
        ("treshold = 0.5", "It names treshold"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, line: str, said: str) -> None:
    name = line.partition(" ")[0]
    kept = "".join(f"{old}\n" for old in SETTINGS.splitlines() if not old.startswith(f"{name} "))

    said_fully = refusal(install(tmp_path, kept + line + "\n"))

    assert said_fully.startswith(f"The settings of the anti-spoof model are wrong. {said}")


def test_settings_without_their_model_are_refused(tmp_path: Path) -> None:
    install(tmp_path)
    (tmp_path / "antispoof" / "means.onnx").unlink()

    assert "The model 'means.onnx' is not beside its settings." in refusal(tmp_path)


def test_an_output_that_the_model_does_not_have_is_refused(tmp_path: Path) -> None:
    said = refusal(install(tmp_path, SETTINGS + "attack_output = 7\n"))

    assert "It has 2 outputs, and attack_output is 7." in said


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    install(tmp_path)
    (tmp_path / "antispoof" / "means.onnx").write_bytes(b"no model")

    assert "means.onnx does not answer" in refusal(tmp_path)


def test_two_models_are_one_too_many(tmp_path: Path) -> None:
    install(tmp_path)
    (tmp_path / "antispoof" / "other.toml").write_text(SETTINGS)

    assert "There are 2 files of settings." in refusal(tmp_path)
