"""Finds faces with YuNet, whose weights lie beside this file.

Wu, Peng, Yu: YuNet, a tiny millisecond-level face detector (Machine Intelligence Research, 2023); weights
of OpenCV Zoo under the MIT licence.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Frame
from data.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights" / "face_detection_yunet_2023mar.onnx"
WEIGHTS_SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
DETECT_AT = 320
SURE = 0.7
_detectors = threading.local()


@dataclass(frozen=True, slots=True)
class Faces:
    """The faces of one frame, largest first, in its pixels.

    `boxes` (n, 4): left, top, width, height. `landmarks` (n, 5, 2): the person's right eye, left eye, nose,
    right and left corner of the mouth. `scores` (n,): how sure, 0 to 1.
    """

    boxes: NDArray[np.float64]
    landmarks: NDArray[np.float64]
    scores: NDArray[np.float64]

    def __len__(self) -> int:
        """How many faces."""
        return len(self.boxes)


def find_faces(frame: Frame) -> Faces:
    """Return the faces of `frame` (height, width, 3), found at 320 pixels on the long side."""
    height, width = frame.shape[:2]
    factor = min(1.0, DETECT_AT / max(height, width))
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    small = cv2.resize(frame, size, interpolation=cv2.INTER_AREA) if factor < 1 else frame
    detector = _detector()
    detector.setInputSize(size)
    # OpenCV answers None, which its types do not say, where there is no face.
    rows = np.array(detector.detect(small)[1], np.float64, ndmin=2)
    if rows.shape[1] < 15:
        return Faces(np.empty((0, 4)), np.empty((0, 5, 2)), np.empty(0))
    scale = np.array([width / size[0], height / size[1]])
    order = np.argsort(-rows[:, 2] * rows[:, 3], kind="stable")
    boxes = (rows[:, :4].reshape(-1, 2, 2) * scale).reshape(-1, 4)
    landmarks = rows[:, 4:14].reshape(-1, 5, 2) * scale
    return Faces(boxes[order], landmarks[order], rows[order, 14])


def _detector() -> cv2.FaceDetectorYN:
    """Return this thread's detector: none may be shared."""
    made: cv2.FaceDetectorYN | None = getattr(_detectors, "made", None)
    if made is None:
        made = _quiet_detector(_checked_weights())
        _detectors.made = made
    return made


_QUIET = threading.Lock()


def _quiet_detector(weights: str) -> cv2.FaceDetectorYN:
    """Make a detector; OpenCV 5 warns at each that it knows no targets, of which none was asked."""
    logging = cv2.utils.logging
    with _QUIET:
        level = logging.getLogLevel()
        logging.setLogLevel(logging.LOG_LEVEL_ERROR)
        try:
            return cv2.FaceDetectorYN.create(weights, "", (DETECT_AT, DETECT_AT), score_threshold=SURE)
        finally:
            logging.setLogLevel(level)


@cache
def _checked_weights() -> str:
    """Return the path of the weights, whose bytes are those that were measured. Raises ModelError."""
    try:
        found = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(
            "The weights of the face detector are missing.",
            where=str(WEIGHTS),
            to_do="Install Watchfloor again.",
        ) from error
    if found != WEIGHTS_SHA256:
        raise ModelError(
            "The weights of the face detector are not the ones that Watchfloor was measured with.",
            where=f"{WEIGHTS}, SHA-256 {found}",
            possible=WEIGHTS_SHA256,
            to_do="Install Watchfloor again.",
        )
    return str(WEIGHTS)
