"""The frames of an identity check for a person to look at, blurred for whoever may not see faces.

No page gets at a frame but through here, so no page can forget to blur. Where the actor may not see faces:

1. each face that is found, with a margin, becomes a mosaic of a few cells;
2. where none is found in a frame, the whole frame does, since a face may have been missed;
3. where a face can still be found afterwards, the whole frame does too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from data.clip import Frame
from desk.actors import SEE_FACES, Actor
from scoring.media.finding import find_faces
from scoring.media.opening import open_media

# A face of six cells across has no eyes, nose or mouth left to know it by.
CELLS_ACROSS_FACE = 6
CELLS_ACROSS_FRAME = 14
# The box of the detector ends at the hairline and the chin; what is around tells as much.
MARGIN = 0.35
JPEG_QUALITY = 85
# Clips of eight frames, some 20 KB each: what an afternoon of checks needs.
KEPT_CLIPS = 64


@dataclass(frozen=True, slots=True)
class Pictures:
    """Frames as JPEG files in memory, their times in milliseconds, and whether they are blurred."""

    frames: tuple[bytes, ...]
    times_ms: tuple[float, ...]
    is_blurred: bool


def pictures_for(actor: Actor, path: Path, most_frames: int = 8) -> Pictures:
    """Return at most `most_frames` frames of the file or folder at `path`, as `actor` may see them.

    Raises MediaError with its code where they cannot be opened.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0
    return _pictures(path, changed, most_frames, is_blurred=not actor.may(SEE_FACES))


def blurred(frame: Frame) -> Frame:
    """Return a copy of `frame` (height, width, 3) in which no face can be known."""
    hidden = frame.copy()
    found = find_faces(frame)
    for left, top, width, height in found.boxes:
        x, y = max(0, int(left - MARGIN * width)), max(0, int(top - MARGIN * height))
        right, bottom = int(left + (1 + MARGIN) * width) + 1, int(top + (1 + MARGIN) * height) + 1
        hidden[y:bottom, x:right] = mosaic(hidden[y:bottom, x:right], CELLS_ACROSS_FACE)
    if len(found) == 0 or len(find_faces(hidden)) > 0:
        return mosaic(frame, CELLS_ACROSS_FRAME)
    return hidden


def mosaic(part: Frame, cells: int) -> Frame:
    """Return `part` (height, width, 3) as a mosaic with `cells` squares over its shorter side."""
    height, width = part.shape[:2]
    side = max(1.0, min(height, width) / cells)
    few = (max(1, round(width / side)), max(1, round(height / side)))
    small = cv2.resize(part, few, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)


@lru_cache(maxsize=KEPT_CLIPS)
def _pictures(path: Path, _changed: int, most_frames: int, *, is_blurred: bool) -> Pictures:
    clip = open_media(path, most_frames)
    shown = [blurred(frame) if is_blurred else frame for frame in clip.frames]
    return Pictures(tuple(map(_jpeg, shown)), tuple(float(at) for at in clip.times_ms), is_blurred)


def _jpeg(frame: Frame) -> bytes:
    _, written = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return written.tobytes()
