"""An emulated phone whose camera is a picture or a short loop."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from data.clip import Clip
from data.world.media.attacks.scene import Material, other_conditions, streamed
from data.world.media.camera import jpeg, shoot

ODD_SIZES = ((320, 240), (352, 288), (176, 144), (400, 240), (256, 256), (640, 480), (480, 360))
"""Width and height of the default cameras of emulators; the picture is squeezed into one."""


def emulated(material: Material, rng: np.random.Generator) -> Clip:
    """A still of the source, or two or three of its frames in turn, through an emulator's camera of odd size.

    Each frame is the same to the bit but for a slow zoom that some tools add to feign life.
    """
    own = material.conditions
    earlier = replace(
        other_conditions(own, rng, material.quality),
        light=own.light,
        temperature=own.temperature,
        contrast=own.contrast,
        blur=own.blur,
        sharpening=own.sharpening,
    )
    count = len(material.source)
    loop = 1 if rng.uniform() < 0.6 else min(count, int(rng.integers(2, 4)))
    record = shoot(Clip(material.source.frames[:loop], material.source.times_ms[:loop]), earlier, rng)
    height, width = record.frames.shape[1:3]
    odd = ODD_SIZES[int(rng.integers(len(ODD_SIZES)))]
    zoom = rng.uniform(0, 0.004) * (rng.uniform() < 0.4)
    frames = []
    for number in range(count):
        frame = record.frames[number % loop]
        squeezed = cv2.resize(
            frame, odd, interpolation=cv2.INTER_LINEAR if rng.uniform() < 0.5 else cv2.INTER_AREA
        )
        squeezed = jpeg(np.asarray(squeezed, np.uint8), round(material.careless(90, 68)))
        back = cv2.resize(squeezed, (width, height), interpolation=cv2.INTER_LINEAR)
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0, 1 + zoom * number)
        if zoom:
            back = cv2.warpAffine(back, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        frames.append(np.asarray(back, np.uint8))
    return streamed(Clip(np.stack(frames), material.source.times_ms), own)
