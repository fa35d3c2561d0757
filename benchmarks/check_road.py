"""The road of one identity check: how long a customer waits, in the first stage and with all pictures read.

Clips of eight frames are rendered, written and read back as a capture kit would send them. Each goes the road
of a live check on one core: its first frame is opened, its face and background are looked up among a million
others, and the model answers; then all frames are opened, measured and scored. The baseline of the same run
is opening all frames of the clip.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.built import full_demonstration
from benchmarks.results import Figure, Result
from data.home import Home
from data.store import open_store
from data.world import DEFAULT_SEED
from data.world.media.camera import shoot
from data.world.media.conditions import draw_conditions
from data.world.media.faces import make_face
from data.world.media.files import write_clip
from data.world.media.film import film
from data.world.media.rooms import make_room
from scoring.artefact import Model
from scoring.liveness import LIVENESS
from scoring.media.measuring import Pictures, measured
from scoring.media.opening import open_media
from scoring.media.reuse import Checks
from scoring.media.reuse_now import ReuseNow
from scoring.registry import models_in_force
from scoring.stages import late_columns, score_by, without_late

CLIPS = 60
FRAMES = 8
OTHERS = 1_000_000
BYTES = 32


def main() -> None:
    """Measure both stages on one core and write how long they take."""
    cv2.setNumThreads(1)
    with full_demonstration() as home, tempfile.TemporaryDirectory() as folder:
        model, rows = _model_and_rows(home)
        before = _a_million()
        paths = [_clip(number, Path(folder)) for number in range(CLIPS)]
        with threadpool_limits(1):
            taken = [_one(path, row, model, before) for path, row in zip(paths, rows, strict=True)]
    first, whole, opening = (np.array(column) * 1000 for column in zip(*taken, strict=True))
    figures = []
    for share in (50, 95):
        opened = float(np.percentile(opening, share))
        figures += [
            Figure(f"first stage, p{share}", float(np.percentile(first, share)), "ms"),
            Figure(
                f"both stages, p{share}",
                float(np.percentile(whole, share)),
                "ms",
                baseline=opened,
                baseline_name="opening all frames",
            ),
        ]
    question = "How long does one identity check take on one core, with a million others to look it up in?"
    notes = (f"{CLIPS} rendered clips of {FRAMES} frames, one core",)
    Result("liveness", "check-road", question, tuple(figures), DEFAULT_SEED, notes).write()


def _model_and_rows(home: Home) -> tuple[Model, np.ndarray[Any, np.dtype[np.float64]]]:
    """Answer the newest liveness model and feature rows of bona fide checks (CLIPS, 1, features)."""
    names = ", ".join(LIVENESS.names)
    with open_store(home.store_path) as store, store.cursor() as cursor:
        force = models_in_force(store, home, [LIVENESS])[-1]
        sql = f"SELECT {names} FROM liveness_features ORDER BY event_key DESC LIMIT {CLIPS}"
        table = cursor.sql(sql).to_arrow_table()
    columns = [table.column(name).to_numpy(zero_copy_only=False) for name in LIVENESS.names]
    return force.model, np.stack(columns, axis=1).astype(np.float64)[:, None, :]


def _a_million() -> ReuseNow:
    rng = np.random.default_rng(DEFAULT_SEED)
    rows = np.arange(OTHERS)
    prints = {
        kind: (rows, rng.integers(0, 256, (OTHERS, BYTES), dtype=np.uint8)) for kind in ("face", "background")
    }
    ids = [f"A{number}" for number in range(OTHERS)]
    return ReuseNow(
        Checks(
            key=rows,
            event_id=np.array(ids, dtype=object),
            account=rows,
            account_ids=ids,
            t=np.zeros(OTHERS, dtype=np.int64),
            prints=prints,
        )
    )


def _clip(number: int, folder: Path) -> Path:
    rng = np.random.default_rng([DEFAULT_SEED, number])
    conditions = draw_conditions(rng)
    take = film(make_face(number), make_room(number), conditions, FRAMES, rng)
    return write_clip(shoot(take.clip, conditions, rng), folder / f"{number}.avi")


def _one(path: Path, row: Any, model: Model, before: ReuseNow) -> tuple[float, float, float]:
    """Answer the seconds of the first stage, of both, and of opening all frames alone."""
    took: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        began = time.perf_counter()
        found = work()
        took[name] = time.perf_counter() - began
        return found

    timed("opening", lambda: open_media(path))
    found = measured(Pictures("C1", path, None))
    prints = {
        kind: bytes.fromhex(found[f"{kind}_print"])
        for kind in ("face", "background")
        if found[f"{kind}_print"]
    }
    timed("ask", lambda: before.ask("A0", prints, datetime(2025, 6, 1)))
    timed("cheap", lambda: score_by(model, without_late(LIVENESS, row)))
    full = row.copy()
    full[0, late_columns(LIVENESS)] = [
        found.get(name.removeprefix("event_")) or np.nan for name in _late_names()
    ]
    timed("full", lambda: score_by(model, full))
    first = found["fingerprint_ms"] / 1000 + took["ask"] + took["cheap"]
    return first, first + found["media_ms"] / 1000 + took["full"], took["opening"]


def _late_names() -> list[str]:
    return [LIVENESS.names[position] for position in late_columns(LIVENESS)]


if __name__ == "__main__":
    main()
