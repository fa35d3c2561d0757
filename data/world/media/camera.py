"""The camera and its compression: `shoot(clip, conditions, rng)`, the same for honest checks and attacks.

In order: optics blur, exposure, white balance, sensor noise, contrast, sharpening, scaling, JPEG.
Noise is added to the square root of light, where the noise of photons has the same size everywhere.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from data.clip import Clip, Frame
from data.world.media.conditions import Conditions
from data.world.media.textures import Plane

_WANDER = 32
"""Over how many pixels the tile of noise is looked at."""


def shoot(clip: Clip, conditions: Conditions, rng: np.random.Generator) -> Clip:
    """The clip as the device delivers it: the pixels of the conditions' size, the clip's proportions."""
    width, height = delivered_size(clip, conditions)
    scale = float(np.clip(conditions.capture_scale, 0.5, 2.0))
    sensor = (max(16, round(width * scale)), max(16, round(height * scale)))
    noise = SensorNoise(sensor, conditions, rng)
    gain = exposure(clip.frames[0], conditions)
    bent = shoulder()
    pictures = []
    for frame in clip.frames:
        picture = _scaled(frame, sensor)
        if conditions.blur > 0.2:
            picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), conditions.blur * scale), np.uint8)
        flicker = 1 + 0.006 * rng.standard_normal()
        light = cv2.LUT(picture, graded_levels(gain * np.float32(flicker), conditions))
        finished = sharpened(_bytes(np.asarray(cv2.add(light, noise.next(rng)), np.float32)), conditions)
        delivered = _scaled(np.asarray(cv2.LUT(finished, bent), np.uint8), (width, height))
        pictures.append(jpeg(delivered, conditions.jpeg_quality))
    return Clip(np.stack(pictures), clip.times_ms)


def delivered_size(clip: Clip, conditions: Conditions) -> tuple[int, int]:
    """Width and height with the pixels of the conditions' size and the proportions of the clip."""
    height, width = clip.frames.shape[1:3]
    wanted = conditions.size
    if abs(width / height - wanted[0] / wanted[1]) < 0.02:
        return wanted
    scale = float(np.sqrt(wanted[0] * wanted[1] / (width * height)))
    return max(16, round(width * scale)), max(16, round(height * scale))


class SensorNoise:
    """The noise of one sensor in one light: fresh in each frame but for a faint fixed pattern.

    `size` is width and height; grain is slightly correlated, as after demosaicing, and stronger in colour
    in the dark. One tile a clip is drawn and looked at from random places, which is far cheaper than fresh
    noise.
    """

    def __init__(self, size: tuple[int, int], conditions: Conditions, rng: np.random.Generator) -> None:
        self.size = size
        width, height = size
        shape = (height + _WANDER, width + _WANDER)
        raw = rng.standard_normal((*shape, 3), dtype=np.float32)
        spread = {"phone": 0.55, "laptop": 0.5, "old phone": 0.7}.get(conditions.device, 0.55)
        kernel = cv2.getGaussianKernel(3, spread, cv2.CV_32F)
        colour = 0.75 / float((kernel**2).sum())
        grain = cv2.sepFilter2D(raw * np.float32(colour), -1, kernel, kernel)
        tile = grain + np.float32(0.6) * raw[::-1, :, :1]
        self.tile = np.asarray(tile * np.float32(conditions.noise / np.hypot(0.75, 0.6)), np.float32)
        fixed = self.tile[_WANDER // 2 :, _WANDER // 2 :][:height, :width]
        self.pattern = np.asarray(0.18 * fixed[::-1, ::-1], np.float32)

    def next(self, rng: np.random.Generator) -> Plane:
        """The noise of the next frame (h, w, 3), grey levels."""
        x, y = rng.integers(0, _WANDER, 2)
        view = self.tile[y : y + self.size[1], x : x + self.size[0]]
        if rng.uniform() < 0.5:
            view = view[:, ::-1]
        return np.asarray(cv2.scaleAdd(view, float(rng.choice((-1.0, 1.0))), self.pattern), np.float32)


def exposure(frame: NDArray[np.uint8], conditions: Conditions) -> Plane:
    """Gain of each channel (3,) on the square root of light: automatic exposure, dim light, white balance.

    The meter weighs the middle of the frame, where a check asks for the face, as heavily as all of it.
    """
    height, width = frame.shape[:2]
    middle = frame[height // 4 : height - height // 4 : 4, width // 4 : width - width // 4 : 4]
    mean = max(0.5 * float(frame[::4, ::4].mean()) + 0.5 * float(middle.mean()), 8.0)
    automatic = float(np.clip((116 / mean) ** 0.7, 0.6, 2.0))
    dim = 0.72 + 0.36 * conditions.light
    return np.asarray(automatic * dim * np.sqrt(white_balance(conditions.temperature)), np.float32)


def white_balance(temperature: float) -> Plane:
    """What a light of that colour temperature leaves in blue, green and red (3,) of light; 1 at 5,500 K."""
    warm = np.log(5500 / temperature)
    return np.asarray([np.exp(-0.55 * warm), 1.0, np.exp(0.4 * warm)], np.float32)


def graded_levels(gain: Plane, conditions: Conditions) -> Plane:
    """What each grey level becomes (1, 256, 3) by gain and by contrast around the middle."""
    levels = np.arange(256, dtype=np.float32)[:, None] * gain[None, :]
    return np.asarray(128 + (levels - 128) * np.float32(conditions.contrast), np.float32)[None]


def shoulder() -> Frame:
    """The soft end of the tone curve (1, 256, 1): lights over 215 are pressed together."""
    levels = np.arange(256, dtype=np.float32)
    over = np.maximum(levels - 215, 0)
    return np.asarray(levels - 0.55 * over * over / (over + 60) + 0.5, np.uint8)[None, :, None]


def sharpened(picture: Frame, conditions: Conditions) -> Frame:
    """The picture after an unsharp mask, as strong as the device makes it."""
    share = conditions.sharpening
    if share < 0.05:
        return picture
    low = cv2.GaussianBlur(picture, (0, 0), 1.1)
    return np.asarray(cv2.addWeighted(picture, 1 + share, low, -share, 0), np.uint8)


def jpeg(frame: Frame, quality: int) -> Frame:
    """The frame after JPEG at that quality."""
    coded = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, int(quality)])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def _scaled(frame: Frame, size: tuple[int, int]) -> Frame:
    """The frame at another width and height: averaged where it shrinks much, else between its neighbours."""
    if (frame.shape[1], frame.shape[0]) == size:
        return frame
    way = cv2.INTER_AREA if frame.shape[1] > 1.6 * size[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(frame, size, interpolation=way), np.uint8)


def _bytes(picture: Plane) -> Frame:
    """Grey levels rounded and held between 0 and 255."""
    return np.asarray(cv2.convertScaleAbs(cv2.threshold(picture, 0, 0, cv2.THRESH_TOZERO)[1]), np.uint8)
