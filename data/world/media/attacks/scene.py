"""What every attack is given, and the steps that several species share."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Clip, Frame
from data.world.media.camera import delivered_size, graded_levels, jpeg, shoulder
from data.world.media.conditions import Conditions, draw_conditions
from data.world.media.textures import Plane

Landmarks = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Material:
    """What an attacker works with.

    `source` the person shown, `host` another person, with landmarks (n, 5, 2) or None where nobody found
    them; `quality` 0 (careless) to 1 (careful); `conditions` of the check that is attacked.
    """

    source: Clip
    host: Clip
    conditions: Conditions
    quality: float
    source_landmarks: Landmarks | None
    host_landmarks: Landmarks | None

    def careless(self, low: float, high: float) -> float:
        """A strength between `high` (careless) and `low` (careful)."""
        return high + (low - high) * self.quality


def other_conditions(conditions: Conditions, rng: np.random.Generator, quality: float) -> Conditions:
    """The conditions of an earlier recording that an attacker holds, in the size of the check.

    A careful attacker records in better light and compresses less.
    """
    earlier = draw_conditions(rng)
    return replace(
        earlier,
        size=conditions.size,
        light=min(1.0, earlier.light + 0.2 + 0.2 * quality),
        noise=earlier.noise * (0.8 - 0.4 * quality),
        blur=min(earlier.blur, 0.8),
        jpeg_quality=min(97, round(earlier.jpeg_quality + 8 * quality)),
    )


def graded(frames: Frame, conditions: Conditions, gain: Plane) -> Frame:
    """Frames brought to the exposure, colour and contrast of the check's conditions, without its sensor."""
    table = np.clip(graded_levels(gain, conditions) + 0.5, 0, 255).astype(np.uint8)
    bent = shoulder()
    return np.stack([cv2.LUT(cv2.LUT(frame, table), bent) for frame in frames]).astype(np.uint8)


def streamed(clip: Clip, conditions: Conditions) -> Clip:
    """An injected stream's own encoding: the check's size and JPEG quality, and nothing of its sensor."""
    width, height = delivered_size(clip, conditions)
    pictures = []
    for frame in clip.frames:
        if (frame.shape[1], frame.shape[0]) != (width, height):
            down = width < frame.shape[1]
            way = cv2.INTER_AREA if down else cv2.INTER_CUBIC
            pictures.append(
                jpeg(
                    np.asarray(cv2.resize(frame, (width, height), interpolation=way), np.uint8),
                    conditions.jpeg_quality,
                )
            )
        else:
            pictures.append(jpeg(frame, conditions.jpeg_quality))
    return Clip(np.stack(pictures), clip.times_ms)


def similarity(points: Landmarks, aim: Landmarks) -> Plane:
    """The turn, scale and shift (2, 3) that bring points (n, 2) nearest to where they aim (least squares)."""
    here, there = points[:, 0] + 1j * points[:, 1], aim[:, 0] + 1j * aim[:, 1]
    middle, goal = here.mean(), there.mean()
    spread = max(float((np.abs(here - middle) ** 2).sum()), 1e-6)
    turn = complex((np.conj(here - middle) * (there - goal)).sum()) / spread
    shift = complex(goal) - turn * complex(middle)
    return np.asarray([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]], np.float32)


def warped(frame: Frame, corners: Plane, size: tuple[int, int], behind: Frame | None) -> Frame:
    """The frame as a flat sheet whose corners (4, 2: clockwise from top left) lie there, over `behind`."""
    height, width = frame.shape[:2]
    flat = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    move = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    if behind is None:
        return np.asarray(
            cv2.warpPerspective(frame, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
            np.uint8,
        )
    canvas = behind.copy()
    cv2.warpPerspective(
        frame, move, size, dst=canvas, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT
    )
    return np.asarray(canvas, np.uint8)


def tightened(frame: Frame, share: float) -> Frame:
    """The middle of the frame, `share` of each side, at the frame's own size.

    Who shows a picture whose edges are seen frames the face more tightly: it is as large as the check asks.
    """
    height, width = frame.shape[:2]
    rows, columns = max(8, round(height * share)), max(8, round(width * share))
    top, left = (height - rows) // 2, (width - columns) // 2
    part = frame[top : top + rows, left : left + columns]
    return np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def held_corners(
    size: tuple[int, int], count: int, zoom: float, tilt: float, shake: float, rng: np.random.Generator
) -> Plane:
    """Corners (count, 4, 2) of a sheet or a screen that a hand holds before the camera.

    `zoom` over 1 lets it reach past the frame; `tilt` and `shake` are shares of the width.
    """
    width, height = size
    flat = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    middle = np.asarray([width / 2, height / 2])
    corners = middle + (flat - middle) * zoom + rng.normal(0, tilt * width, (4, 2))
    steps = rng.normal(0, shake * width, (count, 1, 2)).cumsum(0) + rng.normal(
        0, 0.25 * shake * width, (count, 4, 2)
    )
    steps = steps - steps.mean(0)
    return np.asarray(corners + steps, np.float32)
