"""Measuring pictures into the store: each check once, what cannot be measured kept with its reason."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from data.media_signals import SIGNALS
from data.progress import silent
from data.store import Store, memory_store
from data.world.media.files import write_clip
from data.world.rendering import Wanted, rendered
from scoring.media.measuring import Pictures, measure_media, measured

FACE = 77
NOON = datetime(2025, 5, 1, 12)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    one = Wanted("C1", None, face=FACE, room=FACE, take=FACE + 1, host=FACE, quality=0.0)
    return write_clip(rendered(one, 5), tmp_path_factory.mktemp("media") / "C1.avi")


def store_with(checks: dict[str, tuple[str | None, str | None]], loaded_from: str = "") -> Store:
    store = memory_store()
    with store.writing() as cursor:
        cursor.execute("INSERT INTO files (file_id, path) VALUES (1, ?)", [loaded_from])
        for number, (event_id, (media, document)) in enumerate(checks.items()):
            cursor.execute(
                "INSERT INTO liveness_checks (event_id, account_id, occurred_at, media_path, document_path,"
                " ingest_seq, file_id) VALUES (?, 'A1', ?, ?, ?, ?, 1)",
                [event_id, NOON, media, document, number],
            )
    return store


def rows(store: Store) -> dict[str, dict[str, object]]:
    with store.cursor() as cursor:
        found = cursor.sql("SELECT * FROM check_media").to_arrow_table().to_pylist()
    return {row["event_id"]: row for row in found}


def test_a_clip_gives_prints_signals_and_the_time_they_took(clip: Path) -> None:
    row = measured(Pictures("C1", clip, None))

    assert (row["source"], row["problem"], row["frames"], row["faces"]) == ("extracted", None, 4, 1)
    assert len(str(row["face_print"])) == 64
    assert len(str(row["video_print"])) == 64
    known = [signal.name for signal in SIGNALS if row[signal.name] is not None]
    # All but what only a user's own model says.
    assert set(known) >= {signal.name for signal in SIGNALS} - {"own_model_score"} - set(_may_be_missing(row))
    assert len(known) > 0.9 * len(SIGNALS)
    assert 0 < row["fingerprint_ms"] < row["media_ms"]
    assert 0 <= row["light"] <= 255


def _may_be_missing(row: dict[str, object]) -> list[str]:
    return [signal.name for signal in SIGNALS if row[signal.name] is None]


def test_files_are_found_beside_the_file_that_named_them_and_measured_once(clip: Path) -> None:
    beside = str(clip.parent / "checks.csv")
    store = store_with({"C1": ("C1.avi", None), "C2": (str(clip), None), "C3": (None, None)}, beside)

    first, again = measure_media(store, silent), measure_media(store, silent)

    assert (first, again) == (2, 0)
    found = rows(store)
    assert set(found) == {"C1", "C2"}
    assert found["C1"]["face_print"] == found["C2"]["face_print"]
    store.close()


def test_what_cannot_be_measured_keeps_its_reason_and_does_not_stop_the_others(
    clip: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "words.jpg").write_text("no picture at all", encoding="utf-8")
    store = store_with(
        {
            "C1": (str(clip), None),
            "C2": (str(tmp_path / "gone.mp4"), None),
            "C3": (str(tmp_path / "empty.jpg"), None),
            "C4": (str(tmp_path / "words.jpg"), None),
        }
    )

    measure_media(store, silent)

    found = rows(store)
    assert {name: row["problem"] for name, row in found.items()} == {
        "C1": None,
        "C2": "missing",
        "C3": "empty",
        "C4": "not_media",
    }
    assert found["C2"]["face_print"] is None
    store.close()


def test_a_picture_without_a_face_has_no_signals_and_says_so(tmp_path: Path) -> None:
    import cv2  # noqa: PLC0415

    path = tmp_path / "wall.png"
    cv2.imwrite(str(path), np.full((240, 320, 3), 128, np.uint8))

    row = measured(Pictures("C1", path, None))

    assert (row["problem"], row["faces"], row["face_print"]) == ("no_face", 0, None)
    assert all(row[signal.name] is None for signal in SIGNALS)


def test_a_document_has_a_print_of_its_own_and_a_broken_one_a_reason(clip: Path, tmp_path: Path) -> None:
    assert len(str(measured(Pictures("C1", None, clip))["document_print"])) == 64
    assert measured(Pictures("C1", None, tmp_path / "gone.png"))["problem"] == "document_missing"
