"""A synthetic person: `make_face(seed)` paints a head and its shoulders from traits that a seed draws.

1. The traits of the person are drawn (`traits`): tone, age, shape, hair, beard, glasses.
2. A head becomes a height field (`head`), from which come normals, hollows and parallax.
3. Colour without light is painted over it (`skin`, `eyes`, `hair`): what a camera sees follows in `film`.
4. Everything is linear light, blue, green, red, float32, on one canonical canvas of 400 x 320 pixels.

No photograph of anybody is used anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from data.world.media.eyes import paint_eyes
from data.world.media.hair import crown_mask, ears, front_mask, hair_look, paint_glasses
from data.world.media.head import Grid, head_height, make_grid, skin_mask
from data.world.media.shoulders import Shoulders, make_shoulders
from data.world.media.skin import skin_albedo, tint
from data.world.media.textures import Plane, linear, ramp, soft
from data.world.media.traits import Traits, draw_traits


@dataclass(frozen=True, slots=True)
class Surface:
    """A layer before light: albedo (h, w, 3) linear, alpha, gloss and occlusion (h, w) 0 to 1.

    `height` (h, w) is in pixels towards the camera, `normals` (h, w, 3) are x, y and z of unit length.
    """

    albedo: Plane
    alpha: Plane
    gloss: Plane
    occlusion: Plane
    height: Plane
    normals: Plane


@dataclass(frozen=True, slots=True)
class Face:
    """An identity: its traits, its head and shoulders before light, and how its eyes and mouth move.

    `closed` (h, w, 3) is the albedo with closed eyes, `lid` (h, w) the closure from which a pixel is covered,
    `opening` (h, w) the eyes, `jaw` (h, w) how far each pixel follows the lower jaw, `landmarks` (5, 2) the
    right eye, left eye, nose tip and right and left mouth corner on the canvas, x and y.
    """

    seed: int
    traits: Traits
    head: Surface
    shoulders: Shoulders
    closed: Plane
    lid: Plane
    opening: Plane
    jaw: Plane
    mouth_gap: Plane
    landmarks: Plane

    @property
    def half_width(self) -> float:
        """Half the width of the face on the canvas, pixels."""
        return self.traits.half_width


def make_face(seed: int) -> Face:
    """The person of a seed; the same seed is the same person, to the last pore."""
    rng = np.random.default_rng([seed, 0xFACE])
    traits = draw_traits(rng)
    grid = make_grid(traits)
    height = head_height(traits, grid, rng)
    albedo = skin_albedo(traits, grid, rng)
    closed, opening, lid = paint_eyes(albedo, traits, grid, rng)
    gloss = _skin_gloss(traits, grid, opening)
    alpha = skin_mask(grid)
    height = np.asarray(height * (1 - 0.9 * opening) + 0.9 * opening * soft(height, 3), np.float32)
    height, alpha, gloss, hair = _dress((albedo, closed), height, alpha, gloss, traits, grid, rng)
    for layer in (albedo, closed):
        paint_glasses(layer, alpha, gloss, traits, grid)
    head = _surface(albedo, alpha, gloss, height, hair)
    lid = np.where(hair > 0.5, 2.0, lid).astype(np.float32)
    jaw, gap = _jaw(traits, grid)
    return Face(
        seed,
        traits,
        head,
        make_shoulders(traits, rng),
        closed,
        lid,
        opening,
        jaw,
        gap,
        _landmarks(traits, grid),
    )


def _skin_gloss(traits: Traits, grid: Grid, opening: Plane) -> Plane:
    """How much each place shines: the zone of forehead and nose most, the eyes like glass."""
    zone = 0.5 * grid.bump(0, -0.6, 0.4, 0.2) + 0.7 * grid.bump(0, 0.1, 0.12, 0.35)
    zone += 0.35 * grid.both(0.55, 0.05, 0.18, 0.1) + 0.6 * grid.bump(
        0, traits.mouth_level + 0.05, 0.16, 0.04
    )
    return np.asarray(0.045 + 0.015 * traits.tone + 0.05 * zone + 0.035 * opening, np.float32)


def _dress(
    layers: tuple[Plane, Plane],
    height: Plane,
    alpha: Plane,
    gloss: Plane,
    traits: Traits,
    grid: Grid,
    rng: np.random.Generator,
) -> tuple[Plane, Plane, Plane, Plane]:
    """Ears and hair painted into the albedos; returns height, alpha, gloss and the cover of hair."""
    lobes = ears(grid) * (1 - alpha)
    skin = linear(traits.skin) * np.asarray([0.86, 0.84, 0.95], np.float32)
    for layer in layers:
        tint(layer, lobes, skin)
    shell = soft(lobes, 2.0) * 6
    height = np.asarray(height * alpha + (1 - alpha) * shell, np.float32)
    alpha = np.maximum(alpha, lobes)
    crown = crown_mask(traits, grid, rng)
    look, relief = hair_look(traits, grid, rng)
    front = crown * np.maximum(front_mask(traits, grid, rng), 1 - alpha)
    if traits.hair in {"cropped", "short", "parted", "tied"}:
        front *= 1 - lobes * ramp(grid.v, -0.3, -0.15)
    mass = soft(front, 7) * 14 + 0.55 * grid.unit * np.sqrt(
        np.clip(1 - (grid.u / 1.35) ** 2 - ((grid.v + 0.3) / 1.6) ** 2, 0, 1)
    )
    for layer in layers:
        tint(layer, front, look)
    strong = ramp(front, 0.1, 0.9)
    height = np.asarray(height * (1 - strong) + strong * (np.maximum(height, mass) + relief), np.float32)
    shine = 0.1 if traits.hair != "scarf" else 0.01
    return (
        height,
        np.maximum(alpha, front),
        np.asarray(gloss * (1 - front) + shine * front, np.float32),
        front,
    )


def _surface(albedo: Plane, alpha: Plane, gloss: Plane, height: Plane, hair: Plane) -> Surface:
    """Normals by central differences, hollows by what lies below its surroundings."""
    dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    length = 1 / np.sqrt(dx * dx + dy * dy + 1)
    normals = np.stack([-dx * length, -dy * length, length], -1)
    hollow = np.clip(soft(height, 5.0) - height, 0, 6) / 11 + np.clip(soft(height, 14.0) - height, 0, 10) / 30
    under = np.clip(soft(hair, 6.0) - hair, 0, 1) * 0.45
    occlusion = np.clip(1 - hollow - under, 0.25, 1)
    return Surface(
        np.clip(albedo, 0.002, 1).astype(np.float32),
        np.clip(alpha, 0, 1),
        np.asarray(gloss, np.float32),
        np.asarray(occlusion, np.float32),
        height,
        np.asarray(normals, np.float32),
    )


def _jaw(traits: Traits, grid: Grid) -> tuple[Plane, Plane]:
    """How far each pixel follows the jaw (h, w), and how much of it is the gap between open lips."""
    mouth, wide = traits.mouth_level, traits.mouth_width
    reach = np.exp(-0.5 * (grid.u / 0.55) ** 2)
    below = ramp(grid.v, mouth - 0.01, mouth + 0.012) * ramp(grid.v, 1.25, 0.98)
    gap = np.sqrt(np.clip(1 - (grid.u / (0.85 * wide)) ** 2, 0, 1)) * np.ones_like(grid.v)
    return np.asarray(reach * below, np.float32), np.asarray(gap, np.float32)


def _landmarks(traits: Traits, grid: Grid) -> Plane:
    """The five points of YuNet on the canvas (5, 2)."""
    corner = traits.mouth_level - 0.035 * traits.smile
    return np.asarray(
        [
            grid.point(-traits.eye_distance, traits.eye_level),
            grid.point(traits.eye_distance, traits.eye_level),
            grid.point(0.0, traits.nose_length - 0.08),
            grid.point(-traits.mouth_width, corner),
            grid.point(traits.mouth_width, corner),
        ],
        np.float32,
    )
