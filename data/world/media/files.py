"""Clips as files: one motion-JPEG file a check."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from data.clip import Clip
from data.errors import WatchfloorError


def write_clip(clip: Clip, path: Path) -> Path:
    """Write the clip as motion JPEG into an .avi file at JPEG quality 95; returns the path.

    The frame rate is what the clip's times say, 10 a second for a single frame.
    """
    height, width = clip.frames.shape[1:3]
    gap = float(np.median(np.diff(clip.times_ms))) if len(clip) > 1 else 100.0
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = cv2.VideoWriter(
        str(path), cv2.VideoWriter.fourcc(*"MJPG"), 1000.0 / max(gap, 1.0), (width, height)
    )
    if not writer.isOpened():
        raise WatchfloorError(
            "The clip cannot be written.",
            where=str(path),
            possible="a path that ends in .avi, in a folder that may be written to",
            to_do="Choose another folder.",
        )
    writer.set(cv2.VIDEOWRITER_PROP_QUALITY, 95)
    for frame in clip.frames:
        writer.write(frame)
    writer.release()
    return path
