"""Measuring: what the pictures of identity checks say, written once into `check_media`.

1. Checks whose pictures lie in files and that have no row yet are taken, a few hundred at a time.
2. Each is looked at as a live check is: fingerprints of its first frame, then all signals; both timed.
3. What cannot be measured keeps its row with the reason, so that nothing is tried twice or lost in silence.
Every batch is one transaction: a killed run goes on where it stopped.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pyarrow as pa

from data.check_media import CHECK_MEDIA
from data.clip import Clip
from data.media_signals import SIGNALS
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.media.extract import OwnModel, extract
from scoring.media.finding import find_faces
from scoring.media.fingerprints import background_print, face_print, video_print, whole_print
from scoring.media.opening import MediaError, open_media
from scoring.threads import on_all_cores

TO_MEASURE = Path(__file__).with_name("checks_to_measure.sql")
# A second or two of work: what a killed run does again.
BATCH = 200
# Eight took 273 ms of a core at the 95th percentile, seven 253: nobody should wait a quarter of a second.
MOST_FRAMES = 6
_TYPES = {"VARCHAR": pa.string(), "INTEGER": pa.int32(), "DOUBLE": pa.float64()}
ROWS = pa.schema([(column.name, _TYPES[column.type]) for column in CHECK_MEDIA.mapped])


@dataclass(frozen=True, slots=True)
class Pictures:
    """Where the pictures of one check lie; None: it has none of that kind."""

    event_id: str
    media: Path | None
    document: Path | None


def measure_media(store: Store, progress: Progress, own_model: OwnModel | None = None) -> int:
    """Measure every check that has pictures and no row in `check_media`; answer how many.

    `own_model` is a user's own anti-spoof model as one more signal.
    """
    # Threads take whole checks; a second layer of threads inside OpenCV only makes them wait.
    cv2.setNumThreads(1)
    waiting = _waiting(store)
    progress(Step("media", 0, len(waiting), "checks"))
    for start in range(0, len(waiting), BATCH):
        some = waiting[start : start + BATCH]
        rows = list(on_all_cores(lambda one: measured(one, own_model), some))
        with store.writing() as cursor:
            cursor.register("measured_media", pa.Table.from_pylist(rows, schema=ROWS))
            cursor.execute("INSERT INTO check_media BY NAME SELECT * FROM measured_media")
            cursor.unregister("measured_media")
        progress(Step("media", start + len(some), len(waiting), "checks"))
    return len(waiting)


def _waiting(store: Store) -> list[Pictures]:
    cursor = store.cursor()
    try:
        found = cursor.execute(read_statement(TO_MEASURE).sql).fetchall()
    finally:
        cursor.close()
    return [
        Pictures(event_id, _beside(media, beside), _beside(document, beside))
        for event_id, media, document, beside in found
    ]


def _beside(said: str | None, loaded_from: str | None) -> Path | None:
    """Answer the file that a row names, which may lie beside the file that the row was loaded from."""
    if said is None:
        return None
    path = Path(said).expanduser()
    return path if path.is_absolute() or loaded_from is None else Path(loaded_from).parent / path


def measured(one: Pictures, own_model: OwnModel | None = None) -> dict[str, Any]:
    """Answer the row of `check_media` of one check; what cannot be measured is null, with the reason."""
    row: dict[str, Any] = {"event_id": one.event_id, "source": "extracted"}
    row |= _document(one)
    if one.media is None:
        return row
    try:
        return row | _fingerprints(one.media) | _signals(one.media, own_model)
    except MediaError as error:
        return row | {"problem": error.code}


def _fingerprints(path: Path) -> dict[str, Any]:
    """Answer what the first stage asks of pictures: prints of the first frame, and the time they took."""
    began = time.perf_counter()
    frame = open_media(path, most_frames=1).frames[0]
    faces = find_faces(frame)
    face = face_print(frame, faces.landmarks[0]) if len(faces) else None
    background = background_print(frame, faces.landmarks[0]) if len(faces) else None
    return {
        "face_print": _hex(face),
        "background_print": _hex(background),
        "fingerprint_ms": _since(began),
    }


def _signals(path: Path, own_model: OwnModel | None) -> dict[str, Any]:
    """Answer what the second stage reads from all frames, and the time it took."""
    began = time.perf_counter()
    clip: Clip = open_media(path, most_frames=MOST_FRAMES)
    found = extract(clip, own_model)
    middle = find_faces(clip.frames[len(clip) // 2])
    video = video_print(clip, middle.landmarks[0] if len(middle) else None)
    return {
        "problem": found.problem,
        "frames": found.frames,
        "faces": found.faces,
        "light": _known(found.light),
        "skin_tone": _known(found.skin_tone),
        "video_print": _hex(video),
        "media_ms": _since(began),
        **{signal.name: _known(value) for signal, value in zip(SIGNALS, found.values, strict=True)},
    }


def _document(one: Pictures) -> dict[str, Any]:
    if one.document is None:
        return {}
    try:
        return {"document_print": _hex(whole_print(open_media(one.document, most_frames=1).frames[0]))}
    except MediaError as error:
        return {"problem": f"document_{error.code}"}


def _hex(bits: bytes | None) -> str | None:
    return None if bits is None else bits.hex()


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _since(began: float) -> float:
    return round(1000.0 * (time.perf_counter() - began), 3)
