"""A face laid over another head: the source's in the host's frames, or the source's own."""

from __future__ import annotations

import cv2
import numpy as np

from data.clip import Clip, Frame
from data.errors import WatchfloorError
from data.world.media.attacks.scene import Landmarks, Material, other_conditions, similarity, streamed
from data.world.media.camera import shoot
from data.world.media.textures import Plane, fractal, ramp


def swapped(material: Material, rng: np.random.Generator) -> Clip:
    """The source's face in the host's head, frame by frame, then the stream's encoding.

    With no landmarks of the host, and in one of four otherwise, the source is its own host (self-blended):
    the boundary remains, identity and pose agree. Both were recorded by cameras of their own; the face
    comes from a network of small size, so that it is smoother, trembles a little, and differs in colour.
    """
    points, shown = _need(material.source_landmarks), material.source
    itself = material.host_landmarks is None or rng.uniform() < 0.25
    host = shown if itself else material.host
    host_points = points if itself or material.host_landmarks is None else material.host_landmarks
    count = len(shown)
    there = shoot(_repeat(host, count), material.conditions, rng)
    first = other_conditions(material.conditions, rng, material.quality)
    here = there if itself and rng.uniform() < 0.5 else shoot(shown, first, rng)
    at = _scaled_points(host_points, host, there, count)
    from_points = _scaled_points(points, shown, here, count)
    blend = _Blend(material, rng)
    frames = [blend.lay(here.frames[n], from_points[n], there.frames[n], at[n], rng) for n in range(count)]
    return streamed(Clip(np.stack(frames), shown.times_ms), material.conditions)


def _need(points: Landmarks | None) -> Landmarks:
    """The landmarks, or an error that says where they come from."""
    if points is None:
        raise WatchfloorError(
            "A face swap needs to know where the face is, and no landmarks of the source were given.",
            where="data.world.media.attacks.attack",
            possible="landmarks as an array (frames, 5, 2), in YuNet's order",
            to_do="Take them from film's Take, or find them with a face detector.",
        )
    return points


def _repeat(clip: Clip, count: int) -> Clip:
    """The clip with exactly `count` frames, the last ones again where it is shorter."""
    chosen = np.minimum(np.arange(count), len(clip) - 1)
    return Clip(clip.frames[chosen], np.arange(count, dtype=np.float64))


def _scaled_points(points: Landmarks, before: Clip, after: Clip, count: int) -> Landmarks:
    """Landmarks (count, 5, 2) in the pixels that a camera delivered."""
    ratio = np.asarray(after.frames.shape[2:0:-1], np.float32) / np.asarray(
        before.frames.shape[2:0:-1], np.float32
    )
    return np.asarray(points[np.minimum(np.arange(count), len(points) - 1)] * ratio, np.float32)


class _Blend:
    """The tool of one attacker: its resolution, colour error, mask and tremble stay the same over a clip."""

    def __init__(self, material: Material, rng: np.random.Generator) -> None:
        self.network = rng.uniform(60, 100) + 90 * material.quality
        self.match = float(np.clip(rng.uniform(0.6, 0.9) + 0.35 * material.quality, 0, 1))
        self.cast = rng.normal(0, material.careless(1.5, 6.0), 3).astype(np.float32)
        self.feather = rng.uniform(0.02, 0.07) + 0.07 * material.quality
        self.tremble = material.careless(0.002, 0.012)
        self.grow = rng.uniform(0.85, 1.12)
        self.low = rng.uniform(0.9, 1.15)
        self.opacity = rng.uniform(0.9, 1.0)
        self.ragged = fractal(rng, (64, 64), 1.5)

    def lay(
        self, face: Frame, face_points: Plane, head: Frame, head_points: Plane, rng: np.random.Generator
    ) -> Frame:
        """The face from one frame over the head of another (h, w, 3)."""
        span = float(np.linalg.norm(head_points[1] - head_points[0])) * 2.2
        box = _around(head_points, span, head.shape[:2])
        corner = np.asarray([box[1].start, box[0].start], np.float32)
        below = head[box].astype(np.float32)
        aim = head_points - corner + rng.normal(0, self.tremble * span, (1, 2)).astype(np.float32)
        size = (below.shape[1], below.shape[0])
        moved = cv2.warpAffine(
            face,
            similarity(face_points, aim),
            size,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REFLECT_101,
        )
        moved = _through_network(np.asarray(moved, np.uint8), span, self.network)
        mask = self._mask(head_points - corner, span, below.shape[:2])
        laid = self._coloured(moved.astype(np.float32), below, mask)
        cover = (mask * np.float32(self.opacity))[..., None]
        mixed = head.copy()
        mixed[box] = np.clip(below + cover * (laid - below) + 0.5, 0, 255).astype(np.uint8)
        return mixed

    def _mask(self, points: Plane, span: float, shape: tuple[int, int]) -> Plane:
        """An egg around brows, cheeks and chin (h, w), 0 to 1, with a ragged, feathered edge."""
        eyes, mouth = points[:2].mean(0), points[3:].mean(0)
        down = (mouth - eyes) / max(float(np.linalg.norm(mouth - eyes)), 1.0)
        centre = eyes * 0.52 + mouth * 0.48 + down * 0.02 * span
        x = np.arange(shape[1], dtype=np.float32)[None, :] - centre[0]
        y = np.arange(shape[0], dtype=np.float32)[:, None] - centre[1]
        along = (x * down[0] + y * down[1]) / np.float32(0.56 * span * self.low)
        across = (x * down[1] - y * down[0]) / np.float32(0.42 * span * self.grow)
        ragged = 0.02 * cv2.resize(self.ragged, shape[::-1], interpolation=cv2.INTER_LINEAR)
        far = np.sqrt(along**2 + across**2 * (1 + 0.25 * along)) + ragged
        return ramp(np.asarray(far, np.float32), 1 + self.feather, 1 - self.feather)

    def _coloured(self, face: Plane, head: Plane, mask: Plane) -> Plane:
        """The face in the colours of the head, as far as the tool matches them, with what error remains."""
        weight = np.asarray((mask > 0.5).astype(np.uint8))
        if not weight.any():
            return face
        (mean, spread), (aim, wide) = cv2.meanStdDev(face, mask=weight), cv2.meanStdDev(head, mask=weight)
        lift = np.clip(aim[:, 0] / np.maximum(mean[:, 0], 1), 0.55, 1.8)
        gain = np.clip(wide[:, 0] / np.maximum(spread[:, 0] * lift, 1), 0.75, 1.35)
        matched = (face - mean[:, 0]) * gain * lift + aim[:, 0]
        return np.asarray(face + self.match * (matched - face) + self.cast, np.float32)


def _around(points: Plane, span: float, shape: tuple[int, int]) -> tuple[slice, slice]:
    """Rows and columns of the frame that a swap may touch: the face and a margin."""
    x, y = points.mean(0)
    reach = 0.85 * span
    rows = slice(max(0, int(y - reach)), max(min(shape[0], int(y + reach)), max(0, int(y - reach)) + 2))
    return rows, slice(max(0, int(x - reach)), max(min(shape[1], int(x + reach)), max(0, int(x - reach)) + 2))


def _through_network(picture: Frame, span: float, side: float) -> Frame:
    """The picture with no more detail than a network of `side` pixels gives a face of `span` pixels."""
    shrink = min(1.0, side / max(span * 1.25, 1.0))
    height, width = picture.shape[:2]
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    small = cv2.bilateralFilter(np.asarray(small, np.uint8), 5, 14, 1.5)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
