"""Opens an image, a video or a folder of frames as a clip, in bounded time and memory, or says why not.

Everything that a header can tell is read before a pixel is decoded. Videos are opened by the first bytes
of their container, never by name, so that no playlist can send the decoder elsewhere.
"""

from __future__ import annotations

import os
import stat
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from data.clip import Clip, Frame
from data.errors import WatchfloorError

LONGEST_SIDE = 640
MOST_PIXELS = 40_000_000
MOST_BYTES = 64 * 2**20
SECONDS_OF_A_VIDEO = 6.0
SECONDS_TO_OPEN = 5.0
MOST_FILES = 2_000
# The time between the files of a folder, which has no times of its own: 30 frames a second.
FOLDER_STEP_MS = 1000 / 30
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "PPM", "JPEG2000", "AVIF")
_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".ppm", ".pgm", ".avif"}
_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
_HEADS = (b"\x1aE\xdf\xa3", b"OggS", b"FLV\x01", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3")
cv2.setNumThreads(1)
# What a decoder thinks of a damaged file is said by the answer, not printed.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
# Pillow's own limit becomes an error that is caught here, as its documentation proposes.
warnings.simplefilter("error", Image.DecompressionBombWarning)


class MediaError(WatchfloorError):
    """Media cannot be measured.

    `code` is stable: missing, empty, not_media, too_large, truncated, no_frames, mixed_sizes or too_slow.
    """

    def __init__(self, code: str, what: str, *, where: str = "", possible: str = "", to_do: str = "") -> None:
        self.code = code
        super().__init__(what, where=where, possible=possible, to_do=to_do)


def open_media(path: Path, most_frames: int = 8) -> Clip:
    """Return at most `most_frames` frames of an image, a video or a folder, evenly spread over its start.

    Frames are at most 640 pixels on the long side. Raises MediaError with its code.
    """
    deadline = time.monotonic() + SECONDS_TO_OPEN
    if _kind(path) == stat.S_IFDIR:
        return _open_folder(path, most_frames, deadline)
    if _is_video(path):
        return _open_video(path, most_frames, deadline)
    return Clip(_open_image(path)[None], np.zeros(1))


def first_frame(path: Path) -> Frame:
    """Return the first frame (height, width, 3) alone, for what must be cheap. Raises MediaError."""
    return np.asarray(open_media(path, most_frames=1).frames[0])


def _kind(path: Path) -> int:
    """Return the kind of file: a folder or a regular file that is not empty. Raises MediaError."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise MediaError(
            "missing", "There is no media file.", where=str(path), to_do="Check the path."
        ) from error
    kind = stat.S_IFMT(found.st_mode)
    if kind not in (stat.S_IFDIR, stat.S_IFREG):
        raise _not_media(path)
    if kind == stat.S_IFREG and found.st_size == 0:
        raise MediaError("empty", "The media file has no bytes.", where=str(path), to_do="Send it again.")
    return kind


def _is_video(path: Path) -> bool:
    """Answer whether the file begins as a container of video does."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise MediaError("missing", "The media file cannot be read.", where=str(path)) from error
    if head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis", b"heic", b"mif1"):
        return False
    riff = head[:4] == b"RIFF" and head[8:12] == b"AVI "
    return riff or head[4:8] in _BOXES or head.startswith(_HEADS)


def _open_image(path: Path) -> Frame:
    """Return the picture of one file, upright, shrunk. Raises MediaError."""
    if path.stat().st_size > MOST_BYTES:
        raise _too_large(path, f"The file has more than {MOST_BYTES // 2**20} MiB.")
    try:
        with Image.open(path, formats=_FORMATS) as image:
            _check_size(path, *image.size)
            # A JPEG is decoded at half or a quarter where that is still larger than needed.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(path, "Its header claims a size that no camera makes.") from error
    except UnidentifiedImageError as error:
        raise _not_media(path) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _truncated(path) from error
    return shrunk(np.asarray(upright)[..., ::-1].copy())


def _check_size(path: Path, width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_large(path, f"It has {width:,} x {height:,} pixels.")
    if min(width, height) < 1:
        raise _truncated(path)


def shrunk(frame: Frame) -> Frame:
    """Return `frame` with at most 640 pixels on the long side, averaged over what each pixel covers."""
    height, width = frame.shape[:2]
    factor = LONGEST_SIDE / max(height, width)
    if factor >= 1:
        return frame
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.asarray(cv2.resize(frame, size, interpolation=cv2.INTER_AREA), np.uint8)


def _open_folder(path: Path, most_frames: int, deadline: float) -> Clip:
    """Return a clip of evenly chosen files of a folder, in the order of their names."""
    names: list[str] = []
    for entry in path.iterdir():
        if entry.suffix.lower() in _SUFFIXES:
            names.append(entry.name)
        if len(names) > MOST_FILES:
            raise _too_large(path, f"The folder has more than {MOST_FILES:,} frames.")
    if not names:
        raise _no_frames(path, "The folder has no pictures.")
    names.sort()
    chosen = _spread(len(names), most_frames)
    frames: list[Frame] = []
    for index in chosen:
        file = path / names[index]
        _check_time(path, deadline)
        _kind(file)
        frames.append(_open_image(file))
    return _clip(path, frames, [index * FOLDER_STEP_MS for index in chosen])


def _open_video(path: Path, most_frames: int, deadline: float) -> Clip:
    """Return a clip of frames evenly spread over the first seconds of a video."""
    left_ms = max(1, int((deadline - time.monotonic()) * 1000))
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, left_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, left_ms]
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [*limits, cv2.CAP_PROP_N_THREADS, 1])
    try:
        if not capture.isOpened():
            _check_time(path, deadline)
            raise _truncated(path)
        width, height = (int(capture.get(p)) for p in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        _check_size(path, width, height)
        kept = list(_sampled(path, capture, most_frames, deadline))
    finally:
        capture.release()
    chosen = [kept[index] for index in _spread(len(kept), most_frames)]
    return _clip(path, [frame for frame, _ in chosen], [at for _, at in chosen])


def _sampled(
    path: Path, capture: cv2.VideoCapture, most_frames: int, deadline: float
) -> Iterator[tuple[Frame, float]]:
    """Yield frames with their milliseconds: every frame at first, then every second, fourth and so on.

    So the frames lie evenly, are fewer than twice `most_frames`, and no header is believed.
    """
    kept: list[tuple[Frame, float]] = []
    step, read, rate = 1, 0, capture.get(cv2.CAP_PROP_FPS)
    every_ms = 1000 / rate if 1 <= rate <= 240 else FOLDER_STEP_MS
    last = SECONDS_OF_A_VIDEO * 1000 / every_ms if most_frames > 1 else 1
    while read < last and capture.grab():
        _check_time(path, deadline)
        if read % step == 0:
            done, frame = capture.retrieve()
            if done:
                kept.append((shrunk(frame.astype(np.uint8)), read * every_ms))
        if len(kept) >= 2 * most_frames:
            kept, step = kept[::2], step * 2
        read += 1
    promised = min(capture.get(cv2.CAP_PROP_FRAME_COUNT), last)
    if not kept:
        raise _no_frames(path, "The video has no frame that can be read.")
    # Containers round their count; a file that lost a quarter of what it promises was cut.
    if read < 0.75 * promised:
        raise _truncated(path)
    yield from kept


def _spread(count: int, most: int) -> list[int]:
    """Return at most `most` evenly spread indices below `count`, the first among them."""
    return [int(at) for at in np.unique(np.linspace(0, count - 1, min(count, most)).round())]


def _clip(path: Path, frames: list[Frame], times: list[float]) -> Clip:
    if len({frame.shape for frame in frames}) > 1:
        sizes = sorted({f"{f.shape[1]} x {f.shape[0]}" for f in frames})
        raise MediaError(
            "mixed_sizes",
            f"The frames differ in size: {', '.join(sizes)}.",
            where=str(path),
            possible="One camera makes frames of one size.",
            to_do="Send the frames of one capture.",
        )
    return Clip(np.stack(frames), np.asarray(times, np.float64) - times[0])


def _check_time(path: Path, deadline: float) -> None:
    if time.monotonic() > deadline:
        raise MediaError(
            "too_slow",
            f"The media could not be read within {SECONDS_TO_OPEN:g} seconds.",
            where=str(path),
            to_do="Send a shorter or smaller recording.",
        )


def _not_media(path: Path) -> MediaError:
    return MediaError(
        "not_media",
        "The file is neither a picture nor a video.",
        where=str(path),
        possible="JPEG, PNG, WebP, BMP, TIFF, GIF, AVIF; MP4, MOV, WebM, MKV, AVI; a folder of pictures.",
        to_do="Send it in one of these formats.",
    )


def _too_large(path: Path, why: str) -> MediaError:
    return MediaError(
        "too_large",
        f"The media is too large. {why}",
        where=str(path),
        possible=f"At most {MOST_PIXELS // 1_000_000} million pixels a frame.",
        to_do="Send it smaller; it is measured at 640 pixels.",
    )


def _truncated(path: Path) -> MediaError:
    return MediaError(
        "truncated",
        "The media is cut off or damaged: its header promises more than can be read.",
        where=str(path),
        to_do="Send it again, whole.",
    )


def _no_frames(path: Path, why: str) -> MediaError:
    return MediaError("no_frames", why, where=str(path), to_do="Send a recording with pictures in it.")
