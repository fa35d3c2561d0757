"""The scene as light reaches the camera: `film(face, room, conditions, frames, rng)` returns a `Take`.

1. Head, shoulders and room are lit once (the head twice, at two turns, between which frames interpolate).
2. A frame is one lookup a layer: the place of each pixel on the canvas, shifted by height times the head's
turn. 3. Lids cover the eyes from above, the jaw draws the lower lip down, and the hand moves everything.
Light is coded as its square root (gamma 2); the camera undoes it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Clip
from data.world.media.conditions import Conditions
from data.world.media.faces import Face
from data.world.media.head import CANVAS, CENTRE
from data.world.media.lighting import lid_box, lit_head, lit_shoulders
from data.world.media.motion import Motion, draw_motion
from data.world.media.rooms import Room
from data.world.media.shoulders import ANCHOR
from data.world.media.textures import Plane, soft

Landmarks = NDArray[np.float32]
_TURN = 0.12


@dataclass(frozen=True, slots=True)
class Take:
    """A clip and the landmarks of its face: (n, 5, 2) right eye, left eye, nose, right and left mouth corner.

    Pixels x, y of each frame, in the order of YuNet.
    """

    clip: Clip
    landmarks: Landmarks


def film(face: Face, room: Room, conditions: Conditions, frames: int, rng: np.random.Generator) -> Take:
    """The person in the room, `frames` frames at the conditions' size, as light before any camera.

    Returns a `Take`: the clip (uint8, square root of light) and the landmarks it knows.
    """
    times = np.arange(frames, dtype=np.float64) * conditions.interval_ms
    motion = draw_motion(times, conditions, rng)
    scene = _Scene(face, room, conditions, motion, rng)
    pictures, points = [], []
    for number in range(frames):
        picture, landmarks = scene.frame(number)
        pictures.append(picture)
        points.append(landmarks)
    return Take(Clip(np.stack(pictures), times), np.stack(points))


class _Scene:
    """One check's layers, lit once, and the pose in which each frame looks them up."""

    def __init__(
        self, face: Face, room: Room, conditions: Conditions, motion: Motion, rng: np.random.Generator
    ) -> None:
        self.face, self.motion, self.size = face, motion, conditions.size
        width, height = conditions.size
        base = float(np.mean(motion.yaw))
        self.opened, self.shut = lit_head(face, conditions, base)
        turned, turned_shut = lit_head(face, conditions, base + _TURN)
        self.turned, self.turned_shut, self.base = turned - self.opened, turned_shut - self.shut, base
        self.body = lit_shoulders(face, conditions)
        self.scale = conditions.face_share * width / (2 * face.half_width)
        self.place = (width * (0.5 + rng.normal(0, 0.02)), height * (0.47 + rng.normal(0, 0.025)))
        self.room = _room_view(room, conditions, rng)
        depth = soft(face.head.height, 3.0)
        self.depth = np.asarray(depth - 0.45 * face.half_width, np.float32)
        x, y = np.meshgrid(np.arange(CANVAS[1], dtype=np.float32), np.arange(CANVAS[0], dtype=np.float32))
        self.gaze = soft(face.opening, 1.5)
        self.grid = (x, y)

    def frame(self, number: int) -> tuple[NDArray[np.uint8], Landmarks]:
        """One frame (h, w, 3) uint8 and the landmarks in it (5, 2)."""
        shift = self._shift(number)
        pose = self._pose(number)
        back = np.asarray(cv2.invertAffineTransform(pose), np.float32)
        picture = self._behind(number, pose)
        moved = cv2.warpAffine(shift, pose, self.size, flags=cv2.INTER_LINEAR)
        x = np.arange(self.size[0], dtype=np.float32)[None, :]
        y = np.arange(self.size[1], dtype=np.float32)[:, None]
        map_x = back[0, 0] * x + (back[0, 1] * y + back[0, 2]) - moved[..., 0]
        map_y = back[1, 0] * x + (back[1, 1] * y + back[1, 2]) - moved[..., 1]
        head = cv2.remap(
            self._texture(number), map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        alpha = cv2.remap(
            self.face.head.alpha, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
        )
        seen = cv2.blendLinear(picture, head, 1 - alpha, alpha)
        return _bytes(np.asarray(seen, np.float32)), _moved_points(self.face.landmarks, shift, pose)

    def _texture(self, number: int) -> Plane:
        """The head on its canvas for this frame (h, w, 3): light turned, lids set."""
        turn = float((self.motion.yaw[number] - self.base) / _TURN)
        colour = np.asarray(cv2.scaleAdd(self.turned, turn, self.opened), np.float32)
        closure = float(self.motion.closure[number])
        if closure > 0.03:
            box = lid_box(self.face)
            cover = np.clip((closure - self.face.lid[box]) / 0.12 + 0.5, 0, 1)[..., None]
            lids = self.shut[box] + np.float32(turn) * self.turned_shut[box]
            colour[box] += cover * (lids - colour[box])
        return colour

    def _shift(self, number: int) -> Plane:
        """How far each pixel of the canvas moves (h, w, 2): parallax of the turn, jaw, gaze."""
        motion, face = self.motion, self.face
        across = self.depth * np.float32(np.sin(motion.yaw[number])) + self.gaze * np.float32(
            motion.gaze[number]
        )
        drop = np.float32(0.16 * face.half_width * motion.mouth[number])
        down = self.depth * np.float32(np.sin(motion.pitch[number])) + drop * face.jaw
        return np.asarray(cv2.merge([across, down]), np.float32)

    def _pose(self, number: int) -> Plane:
        """The affine (2, 3) from canvas to frame: size, roll, sway and the hand."""
        motion = self.motion
        scale = self.scale * motion.zoom[number]
        cos, sin = scale * np.cos(motion.roll[number]), scale * np.sin(motion.roll[number])
        x = self.place[0] + motion.x[number] + motion.hand_x[number]
        y = self.place[1] + motion.y[number] + motion.hand_y[number]
        matrix = [
            [cos, -sin, x - cos * CENTRE[0] + sin * CENTRE[1]],
            [sin, cos, y - sin * CENTRE[0] - cos * CENTRE[1]],
        ]
        return np.asarray(matrix, np.float32)

    def _behind(self, number: int, pose: Plane) -> Plane:
        """Room and shoulders of this frame (h, w, 3), gamma 2."""
        hand = np.asarray(
            [[1, 0, self.motion.hand_x[number] - 12], [0, 1, self.motion.hand_y[number] - 12]], np.float32
        )
        picture = cv2.warpAffine(self.room, hand, self.size, borderMode=cv2.BORDER_REFLECT_101)
        chin = pose @ np.asarray(
            [CENTRE[0], CENTRE[1] + 0.86 * self.face.half_width * self.face.traits.elongation, 1]
        )
        scale = self.scale * (1 + 0.5 * (self.motion.zoom[number] - 1))
        lean = 0.35 * float(self.motion.roll[number])
        cos, sin = scale * np.cos(lean), scale * np.sin(lean)
        top = int(np.clip(chin[1] - 24 * scale, 0, self.size[1] - 2))
        body = np.asarray(
            [
                [cos, -sin, chin[0] - cos * ANCHOR[0] + sin * ANCHOR[1]],
                [sin, cos, chin[1] - top - sin * ANCHOR[0] - cos * ANCHOR[1]],
            ],
            np.float32,
        )
        size = (self.size[0], self.size[1] - top)
        worn = cv2.warpAffine(self.body, body, size, borderMode=cv2.BORDER_REPLICATE)
        cover = cv2.warpAffine(self.face.shoulders.alpha, body, size, borderMode=cv2.BORDER_CONSTANT)
        picture[top:] = cv2.blendLinear(picture[top:], worn, 1 - cover, cover)
        return np.asarray(picture, np.float32)


def _room_view(room: Room, conditions: Conditions, rng: np.random.Generator) -> Plane:
    """The part of the room that the frame shows, with a border for the hand (h + 24, w + 24, 3), gamma 2."""
    width, height = conditions.size[0] + 24, conditions.size[1] + 24
    side = room.picture.shape[0]
    scale = max(width, height) / side * rng.uniform(1.0, 1.12)
    x, y = rng.uniform(0, max(scale * side - width, 0.0)), rng.uniform(0, max(scale * side - height, 0.0))
    view = np.asarray([[scale, 0, -x], [0, scale, -y]], np.float32)
    part = cv2.warpAffine(room.picture, view, (width, height), borderMode=cv2.BORDER_REFLECT_101)
    lamp = 0.75 + 0.35 * conditions.softness
    return np.asarray(np.sqrt(np.clip(part * lamp, 0, 1)), np.float32)


def _moved_points(points: Plane, shift: Plane, pose: Plane) -> Landmarks:
    """Where points of the canvas stand in the frame: the shift is looked up where they arrive."""
    at = points.astype(np.float64)
    for _ in range(3):
        column = np.clip(np.round(at[:, 0]).astype(int), 0, CANVAS[1] - 1)
        row = np.clip(np.round(at[:, 1]).astype(int), 0, CANVAS[0] - 1)
        at = points + shift[row, column]
    return np.asarray(at @ pose[:, :2].T + pose[:, 2], np.float32)


def _bytes(picture: Plane) -> NDArray[np.uint8]:
    """Gamma-2 light from 0 to 1 as bytes."""
    return np.asarray(cv2.convertScaleAbs(picture, alpha=255), np.uint8)
