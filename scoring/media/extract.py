"""Extracts the media signals of a clip: the one door from pixels to the columns of `check_media`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.clip import Clip, Frame
from data.media_signals import OVER_TIME, SIGNALS
from scoring.media.boundary import boundary
from scoring.media.colour import colour, face_light, skin_tone
from scoring.media.compression import compression
from scoring.media.finding import Faces, find_faces
from scoring.media.light import light
from scoring.media.motion import moment, motion
from scoring.media.noise import noise, noise_planes
from scoring.media.sharpness import sharpness
from scoring.media.spectrum import spectrum
from scoring.media.texture import texture
from scoring.media.view import Points, View, view_of

# Between the eyes; below it a face has too few pixels for a texture.
FEWEST_PIXELS_BETWEEN_EYES = 12.0
# A second face this large beside the largest is another person, not one who walks by.
SECOND_FACE = 0.5
OwnModel = Callable[[Frame, Points], float]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a clip's pixels say.

    `values` (k,) in the order of SIGNALS, NaN where not measurable; `frames` measured; `faces` most in one
    frame; `light` 0 to 255 and `skin_tone` degrees, for reports only; `problem` no_face, many_faces,
    face_too_small, or None; `best` the index of the frame with the surest face, whose `box` (4,) and
    `landmarks` (5, 2) stand beside it; None without a face.
    """

    values: NDArray[np.float64]
    frames: int
    faces: int
    light: float
    skin_tone: float
    problem: str | None
    best: int | None
    box: NDArray[np.float64] | None
    landmarks: Points | None


def extract(clip: Clip, own_model: OwnModel | None = None) -> Extracted:
    """Return the signals of a clip: the median over its frames with a face, and its movement.

    `own_model` answers an attack score of a frame and its subject's landmarks.
    """
    found = [find_faces(frame) for frame in clip.frames]
    most = max((len(faces) for faces in found), default=0)
    with_face = [index for index, faces in enumerate(found) if len(faces)]
    if not with_face:
        return _without("no_face", most)
    best = max(with_face, key=lambda index: float(found[index].scores[0]))
    subject = (best, found[best].boxes[0], found[best].landmarks[0])
    if sum(_has_second(found[index]) for index in with_face) * 2 >= len(clip):
        return _without("many_faces", most, *subject)
    large = [index for index in with_face if _eye_distance(found[index]) >= FEWEST_PIXELS_BETWEEN_EYES]
    if not large:
        return _without("face_too_small", most, *subject)
    views = [view_of(clip.frames[index], found[index].landmarks[0]) for index in large]
    return Extracted(
        values=_values(views, own_model),
        frames=len(views),
        faces=most,
        light=float(np.median([face_light(view.face) for view in views])),
        skin_tone=float(np.median([skin_tone(view.wide) for view in views])),
        problem=None,
        best=best,
        box=subject[1],
        landmarks=subject[2],
    )


def frame_signals(view: View, own_model: OwnModel | None = None) -> dict[str, float]:
    """Return the signals of one view, by name: all but those of movement."""
    planes = noise_planes(view)
    return {
        **texture(view),
        **sharpness(view),
        **spectrum(view),
        **colour(view),
        **light(view),
        **noise(view, planes),
        **compression(view),
        **boundary(view, planes),
        "own_model_score": own_model(view.frame, view.landmarks) if own_model else float("nan"),
    }


def _values(views: list[View], own_model: OwnModel | None) -> NDArray[np.float64]:
    """Return all signals (k,) in the order of SIGNALS."""
    single = [signal.name for signal in SIGNALS if signal.name not in OVER_TIME]
    measured = [frame_signals(view, own_model) for view in views]
    table = np.array([[frame[name] for name in single] for frame in measured])
    known = ~np.isnan(table).all(axis=0)
    medians = np.full(len(single), np.nan)
    medians[known] = np.nanmedian(table[:, known], axis=0)
    values = dict(zip(single, medians, strict=True)) | motion([moment(view) for view in views])
    # Sums differ in their last bits with where a frame lies in memory; no answer may.
    return np.asarray(np.round([values[signal.name] for signal in SIGNALS], 6), np.float64)


def _has_second(faces: Faces) -> bool:
    areas = faces.boxes[:, 2] * faces.boxes[:, 3]
    return len(areas) > 1 and bool(areas[1] >= SECOND_FACE * areas[0])


def _eye_distance(faces: Faces) -> float:
    return float(np.linalg.norm(faces.landmarks[0, 0] - faces.landmarks[0, 1]))


def _without(
    problem: str,
    faces: int,
    best: int | None = None,
    box: NDArray[np.float64] | None = None,
    landmarks: Points | None = None,
) -> Extracted:
    """Return the answer for a clip that cannot be measured."""
    nothing = np.full(len(SIGNALS), np.nan)
    nan = float("nan")
    return Extracted(nothing, 0, faces, nan, nan, problem, best, box, landmarks)
