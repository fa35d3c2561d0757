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


def shoot(clip: Clip, conditions: Conditions, rng: np.random.Generator) -> Clip:
    """The clip as the device delivers it: as many pixels as the conditions' size, in the clip's own proportions."""
    width, height = delivered_size(clip, conditions)
    scale = float(np.clip(conditions.capture_scale, 0.5, 2.0))
    sensor = (max(16, round(width * scale)), max(16, round(height * scale)))
    noise = SensorNoise(sensor, conditions, rng)
    gain = exposure(clip.frames[0], conditions)
    pictures = []
    for frame in clip.frames:
        flicker = 1 + 0.006 * rng.standard_normal()
        picture = _scaled(frame, sensor).astype(np.float32)
        if conditions.blur > 0.2:
            picture = cv2.GaussianBlur(picture, (0, 0), conditions.blur * scale)
        picture *= gain * np.float32(flicker)
        picture += noise.next(rng)
        picture = finish(np.asarray(picture, np.float32), conditions)
        pictures.append(jpeg(_scaled(_bytes(picture), (width, height)), conditions.jpeg_quality))
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

    `size` is width and height; grain is slightly correlated, as after demosaicing, and stronger in colour in the
    dark. One tile a clip is drawn and looked at from random places, which is far cheaper than fresh noise.
    """

    def __init__(self, size: tuple[int, int], conditions: Conditions, rng: np.random.Generator) -> None:
        self.size = size
        width, height = size
        shape = (height + 64, width + 64)
        raw = rng.standard_normal((*shape, 3), dtype=np.float32)
        spread = {"phone": 0.55, "laptop": 0.5, "old phone": 0.7}.get(conditions.device, 0.55)
        grain = cv2.GaussianBlur(raw, (3, 3), spread)
        luma = raw[::-1, :, :1]
        mixed = 0.75 * grain / max(float(grain.std()), 1e-6) + 0.6 * luma
        self.tile = np.asarray(
            mixed * np.float32(conditions.noise / max(float(mixed.std()), 1e-6)), np.float32
        )
        fixed = self.tile[32 : 32 + height, 32 : 32 + width]
        self.pattern = np.asarray(0.18 * fixed[::-1, ::-1], np.float32)

    def next(self, rng: np.random.Generator) -> Plane:
        """The noise of the next frame (h, w, 3), grey levels."""
        x, y = rng.integers(0, 64, 2)
        view = self.tile[y : y + self.size[1], x : x + self.size[0]]
        if rng.uniform() < 0.5:
            view = view[:, ::-1]
        sign = np.float32(rng.choice((-1.0, 1.0)))
        return np.asarray(sign * view + self.pattern, np.float32)


def exposure(frame: NDArray[np.uint8], conditions: Conditions) -> Plane:
    """Gain of each channel (3,) on the square root of light: automatic exposure, dim light, white balance."""
    mean = max(float(frame[::4, ::4].mean()), 8.0)
    automatic = float(np.clip((118 / mean) ** 0.6, 0.6, 1.7))
    dim = 0.68 + 0.42 * conditions.light
    return np.asarray(automatic * dim * np.sqrt(white_balance(conditions.temperature)), np.float32)


def white_balance(temperature: float) -> Plane:
    """What a light of that colour temperature leaves in blue, green and red (3,) of light; 1 at 5,500 K."""
    warm = np.log(5500 / temperature)
    return np.asarray([np.exp(-0.55 * warm), 1.0, np.exp(0.4 * warm)], np.float32)


def finish(picture: Plane, conditions: Conditions) -> Plane:
    """Contrast around the middle grey, a soft shoulder at white, and sharpening."""
    picture = 128 + (picture - 128) * np.float32(conditions.contrast)
    if conditions.sharpening > 0.05:
        low = cv2.GaussianBlur(picture, (0, 0), 1.1)
        picture = cv2.addWeighted(picture, 1 + conditions.sharpening, low, -conditions.sharpening, 0)
    over = np.maximum(picture - 215, 0)
    return np.asarray(picture - over * over / (over + 60) * np.float32(0.55), np.float32)


def jpeg(frame: Frame, quality: int) -> Frame:
    """The frame after JPEG at that quality."""
    coded = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, int(quality)])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def _scaled(frame: Frame, size: tuple[int, int]) -> Frame:
    """The frame at another width and height; area averages down, cubic up."""
    if (frame.shape[1], frame.shape[0]) == size:
        return frame
    down = size[0] < frame.shape[1]
    return np.asarray(
        cv2.resize(frame, size, interpolation=cv2.INTER_AREA if down else cv2.INTER_CUBIC), np.uint8
    )


def _bytes(picture: Plane) -> Frame:
    return np.asarray(np.clip(picture + 0.5, 0, 255), np.uint8)
