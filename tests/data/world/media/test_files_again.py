"""Files and repeated media: a clip comes back from its file, and a repeated one is still the same picture."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from stages import stage

from data.clip import Clip
from data.errors import WatchfloorError
from data.world.media.files import write_clip
from data.world.media.seen_again import shown_again


def test_a_clip_comes_back_from_its_file(tmp_path: Path) -> None:
    clip = stage(1).honest
    path = write_clip(clip, tmp_path / "checks" / "one.avi")
    reader = cv2.VideoCapture(str(path))
    frames = []
    while True:
        there, frame = reader.read()
        if not there:
            break
        frames.append(frame)
    assert len(frames) == len(clip)
    assert np.abs(np.stack(frames).astype(int) - clip.frames).mean() < 3.5


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises((WatchfloorError, OSError), match="file"):
        write_clip(stage(1).honest, tmp_path / "file" / "one.avi")


def test_media_shown_again_changes_every_pixel_a_little_and_stays_the_picture() -> None:
    clip = stage(2).honest
    for seed in range(10):
        again = shown_again(clip, np.random.default_rng(seed))
        assert len(again) == len(clip)
        height, width = again.frames.shape[1:3]
        assert 0.84 < width / clip.frames.shape[2] < 1.16
        assert 0.84 < height / clip.frames.shape[1] < 1.16
        assert likeness(clip, again) > 0.75
        assert likeness(stage(4).honest, again) < likeness(clip, again)


def likeness(one: Clip, other: Clip) -> float:
    small = [
        cv2.resize(c.frames[0], (24, 32), interpolation=cv2.INTER_AREA).mean(-1).ravel() for c in (one, other)
    ]
    return float(np.corrcoef(small)[0, 1])
