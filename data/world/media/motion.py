"""How a person moves before the camera: pose, lids, mouth and the hand that holds the device, over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.world.media.conditions import Conditions

Track = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Motion:
    """Tracks over the frames (n,): radians, shares, pixels of the frame.

    `yaw`, `pitch`, `roll` in radians; `x`, `y` of the head and `hand_x`, `hand_y` of the hand in pixels;
    `zoom` a factor; `closure` of the lids and `mouth` opening from 0 to 1; `gaze` sideways in canvas pixels.
    """

    yaw: Track
    pitch: Track
    roll: Track
    x: Track
    y: Track
    zoom: Track
    hand_x: Track
    hand_y: Track
    closure: Track
    mouth: Track
    gaze: Track


def draw_motion(times_ms: Track, conditions: Conditions, rng: np.random.Generator) -> Motion:
    """The motion of one check: slow sway, now and then a blink, small movements of the mouth, hand shake."""
    width = conditions.size[0]
    shake = conditions.shake * width / 288
    return Motion(
        yaw=rng.normal(0, 0.09) + _sway(times_ms, 0.035, 2600, rng),
        pitch=rng.normal(0, 0.05) + _sway(times_ms, 0.02, 2200, rng),
        roll=rng.normal(0, 0.05) + _sway(times_ms, 0.012, 2600, rng),
        x=_sway(times_ms, 0.008 * width, 2400, rng),
        y=_sway(times_ms, 0.006 * width, 2000, rng),
        zoom=1 + _sway(times_ms, 0.012, 3000, rng),
        hand_x=_sway(times_ms, 1.6 * shake, 900, rng) + _sway(times_ms, 0.5 * shake, 190, rng),
        hand_y=_sway(times_ms, 1.6 * shake, 900, rng) + _sway(times_ms, 0.5 * shake, 210, rng),
        closure=_blinks(times_ms, rng),
        mouth=_mouth(times_ms, rng),
        gaze=_sway(times_ms, 0.9, 1500, rng),
    )


def still(motion: Motion, frame: int) -> Motion:
    """The same person frozen at one frame, as a photograph shows them."""
    held = {
        name: np.full_like(getattr(motion, name), getattr(motion, name)[frame]) for name in motion.__slots__
    }
    return Motion(**held)


def _sway(times_ms: Track, size: float, period_ms: float, rng: np.random.Generator) -> Track:
    """A smooth wander of standard deviation near `size`: three waves of random phase around a period."""
    periods = period_ms * rng.uniform(0.6, 1.8, 3)
    phases = rng.uniform(0, 2 * np.pi, 3)
    return np.asarray(
        size * 0.82 * np.sin(times_ms[:, None] * 2 * np.pi / periods + phases).sum(1), np.float64
    )


def _blinks(times_ms: Track, rng: np.random.Generator) -> Track:
    """Closure of the lids: about 17 blinks a minute, 250 ms each, down faster than up; some people squint."""
    closure = np.full(len(times_ms), max(0.0, rng.normal(0.05, 0.07)))
    at = rng.exponential(3500) - 600 if len(times_ms) > 1 else np.inf
    while at < times_ms[-1] + 200:
        since = (times_ms - at) / 125
        bump = np.where(since < 0, np.clip(1 + since / 0.7, 0, 1), np.clip(1 - since / 1.3, 0, 1))
        closure = np.maximum(closure, 1.15 * bump)
        at += 700 + rng.exponential(2800)
    return np.asarray(np.clip(closure, 0, 1), np.float64)


def _mouth(times_ms: Track, rng: np.random.Generator) -> Track:
    """Opening of the mouth: shut in most checks, slightly moving in some, as of a person who talks."""
    if rng.uniform() < 0.6:
        return np.asarray(np.clip(rng.normal(0, 0.08) + _sway(times_ms, 0.02, 900, rng), 0, 1), np.float64)
    return np.asarray(np.clip(rng.uniform(0, 0.4) + _sway(times_ms, 0.22, 420, rng), 0, 1), np.float64)
