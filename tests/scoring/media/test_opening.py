from __future__ import annotations

import os
import struct
import time
import tracemalloc
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from scoring.media import opening
from scoring.media.opening import MediaError, first_frame, open_media


def png_head(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64))


def picture(path: Path, width: int = 60, height: int = 40, level: int = 90) -> Path:
    cv2.imwrite(str(path), np.full((height, width, 3), level, np.uint8))
    return path


def textured(path: Path, size: int = 200) -> Path:
    cv2.imwrite(str(path), np.random.default_rng(0).integers(0, 255, (size, size, 3), np.uint8))
    return path


def video(path: Path, frames: int, rate: float = 10.0, size: tuple[int, int] = (64, 48)) -> Path:
    """A motion-JPEG video whose frame k has the grey level 4 * k, modulo 240."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, size)
    for number in range(frames):
        writer.write(np.full((size[1], size[0], 3), number * 4 % 240, np.uint8))
    writer.release()
    return path


def refusal(path: Path) -> MediaError:
    with pytest.raises(MediaError) as caught:
        open_media(path)
    return caught.value


def test_a_photograph_is_a_clip_of_one_frame_at_time_0(tmp_path: Path) -> None:
    clip = open_media(picture(tmp_path / "a.png"))

    assert clip.frames.shape == (1, 40, 60, 3)
    assert clip.times_ms.tolist() == [0.0]
    assert np.unique(clip.frames).tolist() == [90]


def test_channels_are_blue_green_red(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8), (200, 100, 50)).save(tmp_path / "a.png")

    assert first_frame(tmp_path / "a.png")[0, 0].tolist() == [50, 100, 200]


def test_a_large_photograph_is_shrunk_to_640_pixels(tmp_path: Path) -> None:
    frame = first_frame(picture(tmp_path / "a.jpg", 1280, 960))

    assert frame.shape == (480, 640, 3)


def test_a_phone_held_upright_is_shown_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to show
    Image.new("RGB", (60, 40)).save(tmp_path / "a.jpg", exif=exif)

    assert first_frame(tmp_path / "a.jpg").shape == (60, 40, 3)


def test_a_video_gives_8_frames_evenly_spread(tmp_path: Path) -> None:
    clip = open_media(video(tmp_path / "a.avi", 16))

    assert clip.times_ms.tolist() == [0, 200, 400, 600, 800, 1000, 1200, 1400]
    levels = clip.frames.reshape(8, -1).mean(axis=1)
    assert np.abs(levels - np.arange(0, 64, 8)).max() < 2


def test_the_first_frame_of_a_video_is_its_own_first(tmp_path: Path) -> None:
    path = video(tmp_path / "a.avi", 16)

    assert np.array_equal(first_frame(path), open_media(path).frames[0])


def test_only_the_first_6_seconds_of_an_endless_video_are_read(tmp_path: Path) -> None:
    clip = open_media(video(tmp_path / "a.avi", 900, rate=30))

    assert len(clip) == 8
    assert 4500 <= clip.times_ms[-1] < 6000


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for number in range(10):
        picture(tmp_path / f"{number:02}.png", level=10 * number)

    clip = open_media(tmp_path, most_frames=4)

    assert clip.frames[:, 0, 0, 0].tolist() == [0, 30, 60, 90]
    assert clip.times_ms.round().tolist() == [0, 100, 200, 300]


def test_frames_of_different_sizes_are_no_clip(tmp_path: Path) -> None:
    picture(tmp_path / "1.png", 60, 40)
    picture(tmp_path / "2.png", 40, 40)

    error = refusal(tmp_path)

    assert error.code == "mixed_sizes"
    assert error.what == "The frames differ in size: 40 x 40, 60 x 40."


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    error = refusal(tmp_path / "gone.jpg")

    assert error.code == "missing"
    assert (
        str(error) == f"There is no media file.\nWhere: {tmp_path / 'gone.jpg'}\nWhat to do: Check the path."
    )


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()

    error = refusal(tmp_path / "a.jpg")

    assert (error.code, error.what) == ("empty", "The media file has no bytes.")


@pytest.mark.parametrize("name", ["a.jpg", "a.mp4", "a"])
def test_a_text_is_no_media_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("no picture at all " * 100)

    error = refusal(tmp_path / name)

    assert (error.code, error.what) == ("not_media", "The file is neither a picture nor a video.")
    assert error.possible.startswith("JPEG, PNG")


def test_a_playlist_that_calls_itself_a_video_is_not_followed(tmp_path: Path) -> None:
    video(tmp_path / "real.avi", 10)
    (tmp_path / "a.mp4").write_text("#EXTM3U\n#EXTINF:1,\nreal.avi\n#EXT-X-ENDLIST\n")

    assert refusal(tmp_path / "a.mp4").code == "not_media"


def test_a_pipe_is_no_media_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")

    assert refusal(tmp_path / "a.jpg").code == "not_media"


@pytest.mark.parametrize("side", [7_000, 12_000, 50_000])
def test_a_picture_that_claims_too_many_pixels_is_refused_by_its_header(tmp_path: Path, side: int) -> None:
    (tmp_path / "bomb.png").write_bytes(png_head(side, side))
    tracemalloc.start()
    began = time.monotonic()

    error = refusal(tmp_path / "bomb.png")

    seconds, peak = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code == "too_large"
    assert error.what.startswith("The media is too large.")
    assert error.possible == "At most 40 million pixels a frame."
    assert seconds < 1
    assert peak < 5_000_000


def test_a_file_of_too_many_bytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(65 * 2**20)

    error = refusal(tmp_path / "a.jpg")

    assert (error.code, error.what) == ("too_large", "The media is too large. The file has more than 64 MiB.")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.bmp", "a.webp"])
def test_a_picture_that_was_cut_off_is_truncated(tmp_path: Path, name: str) -> None:
    path = textured(tmp_path / name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    error = refusal(path)

    assert error.code == "truncated"
    assert error.what == "The media is cut off or damaged: its header promises more than can be read."


def test_a_video_that_lost_its_second_half_is_truncated(tmp_path: Path) -> None:
    path = video(tmp_path / "a.avi", 60)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.4)])

    assert refusal(path).code == "truncated"


def test_a_video_without_its_index_is_truncated(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 4000)

    assert refusal(tmp_path / "a.mp4").code == "truncated"


def test_an_empty_folder_has_no_frames(tmp_path: Path) -> None:
    error = refusal(tmp_path)

    assert (error.code, error.what) == ("no_frames", "The folder has no pictures.")


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_FILES", 3)
    for number in range(5):
        picture(tmp_path / f"{number}.png")

    error = refusal(tmp_path)

    assert (error.code, error.what) == (
        "too_large",
        "The media is too large. The folder has more than 3 frames.",
    )


def test_reading_stops_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture(tmp_path / "0.png")
    film = video(tmp_path / "a.avi", 30)
    monkeypatch.setattr(opening, "SECONDS_TO_OPEN", -1.0)

    errors = [refusal(tmp_path), refusal(film)]

    assert [error.code for error in errors] == ["too_slow", "too_slow"]
    assert errors[0].to_do == "Send a shorter or smaller recording."
