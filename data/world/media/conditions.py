"""The conditions of an identity check: light and device, drawn alike for honest and false checks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DEVICES = ("phone", "laptop", "old phone")

SIZES = {
    "phone": ((288, 384), (300, 400), (324, 432)),
    "laptop": ((288, 384), (270, 360), (320, 400)),
    "old phone": ((240, 320), (264, 352), (288, 384)),
}
"""Width and height, pixels, in which a device class delivers the portrait frame of a check."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """How one check is taken.

    `light` 0 (dim) to 1 (bright); `temperature` of the light that white balance left over, kelvin;
    `device` one of `DEVICES`; `size` width and height of the delivered frame, pixels; `jpeg_quality` 1 to
    100; `noise` grey levels (0 to 255) of the sensor in this light; `blur` and `sharpening` of the optics
    and its repair (pixels, share); `capture_scale` pixels of the sensor per delivered pixel; `azimuth` and
    `elevation` of the main light, radians; `softness` share of light that comes from everywhere; `shake`
    of the hand, pixels; `face_share` width of the face over the width of the frame; `interval_ms` between
    frames; `contrast` a power.
    """

    light: float = 0.7
    temperature: float = 5500.0
    device: str = "phone"
    size: tuple[int, int] = (288, 384)
    jpeg_quality: int = 85
    noise: float = 3.0
    blur: float = 0.6
    sharpening: float = 0.4
    capture_scale: float = 1.0
    azimuth: float = 0.4
    elevation: float = 0.5
    softness: float = 0.5
    shake: float = 1.0
    face_share: float = 0.52
    interval_ms: float = 125.0
    contrast: float = 1.0


def draw_conditions(rng: np.random.Generator) -> Conditions:
    """The conditions of one check; honest people and attackers draw from this one distribution."""
    device = str(rng.choice(DEVICES, p=(0.55, 0.2, 0.25)))
    light = float(rng.beta(2.2, 1.6))
    poor = {"phone": 1.0, "laptop": 1.35, "old phone": 1.7}[device]
    sizes = SIZES[device]
    return Conditions(
        light=light,
        temperature=float(np.clip(rng.normal(5400, 900), 2800, 8500)),
        device=device,
        size=sizes[int(rng.integers(len(sizes)))],
        jpeg_quality=int(np.clip(rng.normal(86 - 6 * (device == "old phone"), 7), 60, 97)),
        noise=float((1.2 + 4.2 * (1 - light) ** 1.5) * poor * rng.uniform(0.7, 1.3)),
        blur=float(np.clip(rng.gamma(4, 0.14) * poor**0.5, 0.25, 1.8)),
        sharpening=float(rng.uniform(0.0, 0.9)),
        capture_scale=float(rng.uniform(0.8, 1.5) / poor**0.3),
        azimuth=float(rng.normal(0, 0.8)),
        elevation=float(rng.normal(0.5, 0.3)),
        softness=float(rng.uniform(0.35, 0.75)),
        shake=float(rng.gamma(2.0, 0.5) * (0.25 if device == "laptop" else 1.0)),
        face_share=float(rng.uniform(0.44, 0.62)),
        interval_ms=float(rng.choice((100.0, 125.0, 160.0))),
        contrast=float(np.clip(rng.normal(1, 0.08), 0.8, 1.25)),
    )
