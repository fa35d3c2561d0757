"""Rendered people for the tests of this folder: `stage(number)` films one person and another as host.

`detector` is YuNet at the bar of 0.6; only tests know its weights.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import pytest

from data.clip import Clip
from data.home import PROJECT_ROOT
from data.world.media.camera import shoot
from data.world.media.conditions import Conditions, draw_conditions
from data.world.media.faces import make_face
from data.world.media.film import Take, film
from data.world.media.rooms import make_room

FRAMES = 4
WEIGHTS = PROJECT_ROOT / "scoring" / "media" / "weights" / "face_detection_yunet_2023mar.onnx"


@dataclass(frozen=True)
class Stage:
    """One check: its conditions, the person's take, another person's, and the honest clip."""

    number: int
    conditions: Conditions
    take: Take
    host: Take
    honest: Clip


@cache
def stage(number: int) -> Stage:
    rng = np.random.default_rng(number)
    conditions = draw_conditions(rng)
    take = film(make_face(number), make_room(number), conditions, FRAMES, rng)
    host = film(make_face(10_000 + number), make_room(20_000 + number), conditions, FRAMES, rng)
    return Stage(number, conditions, take, host, shoot(take.clip, conditions, rng))


@pytest.fixture(scope="session")
def stages() -> Callable[[int], Stage]:
    return stage


@pytest.fixture(scope="session")
def found() -> Callable[[Clip], list[np.ndarray | None]]:
    """The best face of each frame (15 numbers of YuNet), None where none is found."""
    detector = cv2.FaceDetectorYN.create(str(WEIGHTS), "", (288, 384), 0.6)

    def faces(clip: Clip) -> list[np.ndarray | None]:
        detector.setInputSize((clip.frames.shape[2], clip.frames.shape[1]))
        answers = [detector.detect(frame)[1] for frame in clip.frames]
        return [None if answer is None else answer[0] for answer in answers]

    return faces
