"""Frames for people to look at: who may see faces sees them, nobody else can know one."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from data.clip import Clip, Frame
from data.world.media.conditions import draw_conditions
from data.world.media.faces import make_face
from data.world.media.files import write_clip
from data.world.media.film import film
from data.world.media.rooms import make_room
from desk.actors import Actor
from desk.faces import CELLS_ACROSS_FACE, CELLS_ACROSS_FRAME, blurred, mosaic, pictures_for
from scoring.media.finding import find_faces
from scoring.media.opening import MediaError

ANALYST, MANAGER = Actor("ann", "analyst"), Actor("max", "risk_manager")


@pytest.fixture(scope="module")
def clip() -> Clip:
    rng = np.random.default_rng(3)
    return film(make_face(3), make_room(3), draw_conditions(rng), 2, rng).clip


@pytest.fixture(scope="module")
def path(clip: Clip, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(clip, tmp_path_factory.mktemp("clip") / "check.avi")


def decoded(picture: bytes) -> Frame:
    return np.asarray(cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def test_who_may_not_see_faces_gets_frames_without_one(path: Path) -> None:
    shown = pictures_for(MANAGER, path)
    assert shown.is_blurred
    assert len(shown.frames) == 2
    assert all(len(find_faces(decoded(frame))) == 0 for frame in shown.frames)


def test_who_may_see_faces_gets_them_whole(path: Path) -> None:
    shown = pictures_for(ANALYST, path)
    assert not shown.is_blurred
    assert all(len(find_faces(decoded(frame))) == 1 for frame in shown.frames)


def test_the_two_never_get_each_others_frames_from_memory(path: Path) -> None:
    first, second = pictures_for(ANALYST, path), pictures_for(MANAGER, path)
    assert pictures_for(ANALYST, path) == first
    assert pictures_for(MANAGER, path) == second
    assert first.frames != second.frames


def test_what_is_far_from_the_face_stays_sharp(clip: Clip) -> None:
    frame = clip.frames[0]
    assert len(find_faces(frame)) == 1
    corner = (slice(0, 12), slice(0, 12))
    assert np.array_equal(blurred(frame)[corner], frame[corner])


def test_a_frame_without_a_found_face_is_a_mosaic_as_a_whole() -> None:
    frame = np.random.default_rng(1).integers(0, 255, (140, 280, 3), dtype=np.uint8)
    hidden = blurred(frame)
    # 14 cells over the shorter side of 140 pixels: every cell of 10 x 10 pixels is of one colour.
    assert np.array_equal(hidden, mosaic(frame, CELLS_ACROSS_FRAME))
    cells = hidden.reshape(14, 10, 28, 10, 3)
    assert np.array_equal(cells, np.broadcast_to(cells[:, :1, :, :1], cells.shape))


def test_a_mosaic_has_no_more_colours_than_cells() -> None:
    frame = np.random.default_rng(2).integers(0, 255, (60, 90, 3), dtype=np.uint8)
    colours = np.unique(mosaic(frame, CELLS_ACROSS_FACE).reshape(-1, 3), axis=0)
    assert len(colours) <= 6 * 9


def test_a_file_that_changed_is_read_again(clip: Clip, tmp_path: Path) -> None:
    path = tmp_path / "check.png"
    cv2.imwrite(str(path), clip.frames[0])
    before = pictures_for(ANALYST, path)
    cv2.imwrite(str(path), np.zeros((64, 64, 3), np.uint8))
    assert pictures_for(ANALYST, path) != before


def test_a_file_that_is_not_there_is_said_with_its_code(tmp_path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        pictures_for(MANAGER, tmp_path / "gone.avi")
    assert caught.value.code == "missing"
