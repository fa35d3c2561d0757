"""A user's own ONNX anti-spoof model as one more signal, `own_model_score`.

The model and one TOML file of settings lie in `<home>/antispoof/`:

    file = "model.onnx"     # beside the settings
    size = [80, 80]         # width and height of its input, pixels
    mean = [0.0, 0.0, 0.0]  # taken off each channel, in the order of `channels`
    scale = 0.00392156862   # then multiplied
    channels = "rgb"        # or "bgr"
    attack_output = 0       # which of its outputs is the attack
    activation = "softmax"  # or "sigmoid", "none": what turns outputs into 0 to 1
    margin = 0.3            # around the face, share of its width
"""

from __future__ import annotations

import math
import threading
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Frame
from data.errors import ModelError
from scoring.media.view import Points

FOLDER = "antispoof"
_ACTIVATIONS = ("softmax", "sigmoid", "none")
# YuNet's landmarks span about 0.45 of the width of the face; a face is 1.3 times as high as wide.
_EYES_OF_WIDTH = 0.45


@dataclass(frozen=True, slots=True)
class Settings:
    """What a model expects, as its TOML file says it."""

    file: str
    size: tuple[int, int]
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    scale: float = 1.0
    channels: str = "rgb"
    attack_output: int = 0
    activation: str = "softmax"
    margin: float = 0.3


class OwnModel:
    """A loaded model: called with a frame and its subject's landmarks, it answers an attack score, 0 to 1.

    Threads may share it: each has a network of its own.
    """

    def __init__(self, settings: Settings, model: Path) -> None:
        self.settings = settings
        self._model = model
        self._networks = threading.local()
        blank = np.zeros((64, 64, 3), np.uint8)
        self(blank, np.array([[22.0, 24.0], [42.0, 24.0], [32.0, 34.0], [24.0, 44.0], [40.0, 44.0]]))

    def __call__(self, frame: Frame, landmarks: Points) -> float:
        """Return the attack score of one face. Raises ModelError where the model does not answer."""
        s = self.settings
        crop = _crop(frame, landmarks, s.margin)
        blob = cv2.dnn.blobFromImage(
            crop, 1.0, s.size, (0.0, 0.0, 0.0), swapRB=s.channels == "rgb", crop=False
        )
        blob = ((blob - np.array(s.mean, np.float32).reshape(1, 3, 1, 1)) * np.float32(s.scale)).astype(
            np.float32
        )
        try:
            network = self._network()
            network.setInput(blob)
            outputs = np.asarray(network.forward(), np.float64).ravel()
        except cv2.error as error:
            raise self._refusal(f"OpenCV says: {error.err or error}.") from error
        return self._score(outputs)

    def _score(self, outputs: NDArray[np.float64]) -> float:
        s = self.settings
        if not 0 <= s.attack_output < len(outputs) or not np.isfinite(outputs).all():
            raise self._refusal(f"It has {len(outputs)} outputs, and attack_output is {s.attack_output}.")
        if s.activation == "softmax":
            shares = np.exp(outputs - outputs.max())
            return float(shares[s.attack_output] / shares.sum())
        value = float(outputs[s.attack_output])
        if s.activation == "sigmoid":
            return 1 / (1 + math.exp(-value)) if value > -700 else 0.0
        return min(1.0, max(0.0, value))

    def _network(self) -> cv2.dnn.Net:
        made: cv2.dnn.Net | None = getattr(self._networks, "made", None)
        if made is None:
            made = cv2.dnn.readNetFromONNX(str(self._model))
            self._networks.made = made
        return made

    def _refusal(self, why: str) -> ModelError:
        return ModelError(
            f"The anti-spoof model {self._model.name} does not answer. {why}",
            where=str(self._model),
            possible="An ONNX model with one picture as input and one row of outputs, which OpenCV can run.",
            to_do="Correct its settings, or take the model out of the folder.",
        )


def load_own_model(home: Path) -> OwnModel | None:
    """Return the model in `<home>/antispoof/`; None where there is none. Raises ModelError."""
    found = sorted((home / FOLDER).glob("*.toml"))
    if not found:
        return None
    if len(found) > 1:
        raise _wrong(found[1], f"There are {len(found)} files of settings.", "One model.")
    settings = _read(found[0])
    model = found[0].parent / settings.file
    if not model.is_file():
        raise _wrong(
            found[0], f"The model {settings.file!r} is not beside its settings.", "A file beside it."
        )
    return OwnModel(settings, model)


def _read(path: Path) -> Settings:
    """Return the checked settings of one TOML file. Raises ModelError."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, f"It cannot be read: {error}.", "A TOML file.") from error
    known = {field.name for field in fields(Settings)}
    if unknown := sorted(given.keys() - known):
        raise _wrong(path, f"It names {', '.join(unknown)}.", ", ".join(sorted(known)))
    for name, possible, is_right in _RULES:
        if not is_right(given.get(name, _DEFAULTS.get(name))):
            raise _wrong(path, f"{name} is {given.get(name)!r}.", possible)
    given["size"] = tuple(given["size"])
    given["mean"] = tuple(float(value) for value in given.get("mean", (0.0, 0.0, 0.0)))
    return Settings(**given)


def _numbers(value: Any, count: int, kinds: tuple[type, ...] = (int, float)) -> bool:
    return isinstance(value, list | tuple) and len(value) == count and all(_number(v, kinds) for v in value)


def _number(value: Any, kinds: tuple[type, ...] = (int, float)) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


_DEFAULTS = {
    "mean": (0.0, 0.0, 0.0),
    "scale": 1.0,
    "channels": "rgb",
    "attack_output": 0,
    "activation": "softmax",
}
_DEFAULTS |= {"margin": 0.3}
_RULES = (
    (
        "file",
        "The name of an .onnx file beside the settings.",
        lambda v: isinstance(v, str) and Path(v).name == v,
    ),
    (
        "size",
        "[width, height], 8 to 1024.",
        lambda v: _numbers(v, 2, (int,)) and all(8 <= n <= 1024 for n in v),
    ),
    ("mean", "Three numbers.", lambda v: _numbers(v, 3)),
    ("scale", "A number above 0.", lambda v: _number(v) and v > 0),
    ("channels", "rgb or bgr.", lambda v: v in ("rgb", "bgr")),
    ("attack_output", "A whole number from 0.", lambda v: _number(v, (int,)) and v >= 0),
    ("activation", ", ".join(_ACTIVATIONS), lambda v: v in _ACTIVATIONS),
    ("margin", "0 to 3.", lambda v: _number(v) and 0 <= v <= 3),
)


def _crop(frame: Frame, landmarks: Points, margin: float) -> Frame:
    """Return the upright square around a face with `margin` of its width on each side, edges repeated."""
    width = float(np.linalg.norm(landmarks[0] - landmarks[1])) / _EYES_OF_WIDTH
    side = max(8, round(width * (1.3 + 2 * margin)))
    x, y = landmarks.mean(axis=0)
    shift = np.array([[1.0, 0.0, side / 2 - x], [0.0, 1.0, side / 2 - y]])
    return np.asarray(cv2.warpAffine(frame, shift, (side, side), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _wrong(path: Path, what: str, possible: str) -> ModelError:
    return ModelError(
        f"The settings of the anti-spoof model are wrong. {what}",
        where=str(path),
        possible=possible,
        to_do="Correct the file; the head of scoring/media/own_model.py shows one.",
    )
