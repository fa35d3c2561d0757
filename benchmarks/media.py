"""How long do the media signals of a frame take on one core, and what does bad media cost?

A rendered clip is written, read and measured as an identity check would be; decoding alone stands beside it.
Then files that are empty, cut, endless or bombs are opened, each with its answer, time and memory.
"""

from __future__ import annotations

import os
import struct
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from benchmarks.results import Figure, Result
from data.clip import Clip
from data.world.media.camera import shoot
from data.world.media.conditions import Conditions
from data.world.media.faces import make_face
from data.world.media.files import write_clip
from data.world.media.film import film
from data.world.media.rooms import make_room
from scoring.media.extract import extract
from scoring.media.finding import find_faces
from scoring.media.opening import MediaError, first_frame, open_media

SEED = 12
FRAMES = 8
REPEATS = 15
SIZES = ((288, 384), (480, 640))
BAR_MS = 25.0


def main() -> None:
    """Measure and write both results."""
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as scratch:
        figures = [f for size in SIZES for f in _speed(Path(scratch), size)]
        slowest = max(f.value for f in figures if "all signals" in f.name)
        Result(
            "liveness",
            "media-speed",
            "How many milliseconds of one core do the media signals of a frame take?",
            tuple(figures),
            SEED,
            (
                f"Bar: {BAR_MS:g} ms a frame; the slowest took {slowest:.1f}. Median of {REPEATS} clips of "
                f"{FRAMES} frames, one thread; processor time of the thread, and the clock beside it.",
                f"Load average when it ended: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.",
            ),
        ).write()
        _bad_media(Path(scratch))


def _speed(folder: Path, size: tuple[int, int]) -> list[Figure]:
    """Return milliseconds a frame of opening, finding and measuring, of processor and of the clock."""
    path = write_clip(_clip(size), folder / f"{size[0]}.avi")
    clip = open_media(path)
    extract(clip)
    name = f"{size[0]} x {size[1]}"
    opened, _ = _milliseconds(lambda: open_media(path))
    found, _ = _milliseconds(lambda: [find_faces(frame) for frame in clip.frames])
    used, wall = _milliseconds(lambda: extract(open_media(path)))
    first, _ = _milliseconds(lambda: first_frame(path))
    return [
        Figure(
            f"{name}: decoding and all signals, a frame",
            used / FRAMES,
            "ms of processor",
            baseline=opened / FRAMES,
            baseline_name="ms for decoding alone",
        ),
        Figure(f"{name}: the same by the clock", wall / FRAMES, "ms"),
        Figure(f"{name}: finding faces, a frame", found / FRAMES, "ms of processor"),
        Figure(f"{name}: the first frame alone, opened", first, "ms of processor"),
    ]


def _clip(size: tuple[int, int]) -> Clip:
    """Return a rendered honest clip."""
    rng = np.random.default_rng(SEED)
    conditions = Conditions(size=size)
    take = film(make_face(SEED), make_room(SEED), conditions, FRAMES, rng)
    return shoot(take.clip, conditions, rng)


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return the median milliseconds of the thread's processor time and of the clock."""
    used, wall = [], []
    for _ in range(REPEATS):
        began, clock = time.thread_time(), time.perf_counter()
        work()
        used.append(time.thread_time() - began)
        wall.append(time.perf_counter() - clock)
    return float(np.median(used)) * 1000, float(np.median(wall)) * 1000


def _bad_media(folder: Path) -> None:
    """Open each kind of bad media and write its answer, time and memory."""
    figures, answers = [], []
    for name, path in _cases(folder / "bad").items():
        answer, seconds, peak = _opened(path)
        figures.append(Figure(f"{name}, time", seconds * 1000, "ms"))
        figures.append(Figure(f"{name}, memory above before", peak / 2**20, "MiB"))
        answers.append(f"{name}: {answer}.")
    Result(
        "liveness",
        "bad-media",
        "What does bad media answer, in what time and memory?",
        tuple(figures),
        SEED,
        tuple(answers),
    ).write()


def _opened(path: Path) -> tuple[str, float, int]:
    """Return the answer, the seconds, and the bytes of memory at the peak above those before."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, began = _status("VmRSS"), time.perf_counter()
    try:
        clip = open_media(path)
        found = extract(clip)
        answer = f"{len(clip)} frames, {found.problem or 'measured'}"
    except MediaError as error:
        answer = error.code
    return answer, time.perf_counter() - began, max(0, _status("VmHWM") - before)


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))


def _cases(folder: Path) -> dict[str, Path]:
    """Write every kind of bad media and return its file by name."""
    folder.mkdir()
    face = _clip((288, 384))
    whole = write_clip(face, folder / "whole.avi")
    _write(folder / "empty.jpg", b"")
    _write(folder / "text.mp4", b"no picture at all\n" * 1000)
    _write(folder / "playlist.mp4", b"#EXTM3U\n#EXTINF:1,\nwhole.avi\n#EXT-X-ENDLIST\n")
    _write(folder / "bomb.png", _png(50_000, 50_000))
    _write(folder / "bomb.avi", _bomb(whole.read_bytes()))
    cv2.imwrite(str(folder / "cut.jpg"), face.frames[0])
    _write(folder / "cut.jpg", (folder / "cut.jpg").read_bytes()[:4000])
    _write(folder / "cut.avi", whole.read_bytes()[: whole.stat().st_size * 2 // 5])
    wall = np.full((384, 288, 3), 128, np.uint8)
    cv2.imwrite(str(folder / "wall.png"), wall)
    cv2.imwrite(str(folder / "two.png"), np.hstack([face.frames[0], face.frames[-1]]))
    long = Clip(np.repeat(face.frames, 150, axis=0), np.arange(1200, dtype=np.float64) * 50.0)
    os.mkfifo(folder / "pipe")
    return {
        "0 bytes": folder / "empty.jpg",
        "a text called .mp4": folder / "text.mp4",
        "a playlist called .mp4": folder / "playlist.mp4",
        "a picture of 50,000 x 50,000": folder / "bomb.png",
        "a video of 50,000 x 50,000": folder / "bomb.avi",
        "a cut picture": folder / "cut.jpg",
        "a cut video": folder / "cut.avi",
        "a video of a minute": write_clip(long, folder / "long.avi"),
        "a pipe that never ends": folder / "pipe",
        "a missing file": folder / "gone.jpg",
        "no face": folder / "wall.png",
        "two faces": folder / "two.png",
    }


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _png(width: int, height: int) -> bytes:
    """Return a PNG whose header claims a size and whose data are next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64))


def _bomb(video: bytes) -> bytes:
    """Return a motion-JPEG video whose headers, the container's and each picture's, claim 50,000 x 50,000."""
    claimed = struct.pack("<II", 50_000, 50_000)
    video = video.replace(struct.pack("<II", 288, 384), claimed)
    return video.replace(struct.pack(">BHH", 8, 384, 288), struct.pack(">BHH", 8, 50_000, 50_000))
