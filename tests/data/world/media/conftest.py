"""Rendered people for the tests of this folder (`stages.py`), and a detector of their faces.

`found` is YuNet at the bar of 0.6; only tests know its weights.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from stages import Stage, stage

from data.clip import Clip
from data.home import PROJECT_ROOT

WEIGHTS = PROJECT_ROOT / "scoring" / "media" / "weights" / "face_detection_yunet_2023mar.onnx"


@pytest.fixture(scope="session")
def stages() -> Callable[[int], Stage]:
    return stage


@pytest.fixture(scope="session")
def found() -> Callable[[Clip], list[np.ndarray | None]]:
    """The best face of each frame (15 numbers of YuNet), None where there is none; each clip once."""
    detector = cv2.FaceDetectorYN.create(str(WEIGHTS), "", (288, 384), 0.6)
    # With the clip, which so keeps its id for itself.
    known: dict[int, tuple[Clip, list[np.ndarray | None]]] = {}

    def faces(clip: Clip) -> list[np.ndarray | None]:
        if id(clip) not in known:
            detector.setInputSize((clip.frames.shape[2], clip.frames.shape[1]))
            answers = [detector.detect(frame)[1] for frame in clip.frames]
            known[id(clip)] = clip, [None if answer is None else answer[0] for answer in answers]
        return known[id(clip)][1]

    return faces
