"""The colour of a face without light: skin, lips, brows, nostrils, stubble, freckles."""

from __future__ import annotations

import cv2
import numpy as np

from data.world.media.head import CANVAS, Grid
from data.world.media.textures import Numbers, Plane, fractal, linear, ramp, soft
from data.world.media.traits import Traits


def skin_albedo(traits: Traits, grid: Grid, rng: np.random.Generator) -> Plane:
    """Linear colour (h, w, 3) of the whole canvas as skin, mottled by blood and by pigment.

    Blood takes green and blue away, pigment takes blue more than red: the two ways in which skin varies.
    """
    base = linear(traits.skin)
    blood = 0.5 * fractal(rng, CANVAS, slope=1.25) + 0.3 * fractal(rng, CANVAS, slope=0.5, octaves=4)
    blood += 1.6 * traits.redness * (grid.both(0.55, 0.12, 0.2, 0.2) + 0.8 * grid.bump(0, 0.24, 0.13, 0.12))
    blood += 0.5 * traits.redness * grid.bump(0, 0.9, 0.25, 0.12)
    pigment = 0.45 * fractal(rng, CANVAS, slope=1.3) + 0.25 * fractal(rng, CANVAS, slope=0.6, octaves=4)
    eye, level = traits.eye_distance, traits.eye_level
    pigment += (0.6 + 1.0 * traits.age) * grid.both(eye - 0.02, level + 0.1, 0.17, 0.05)
    pigment += 0.7 * grid.both(eye, level - 0.05, 0.2, 0.06)
    pigment += _spots(traits, rng)
    blood *= 0.06 + 0.05 * traits.redness
    pigment *= 0.07
    loss = np.stack(
        [1.1 * blood + 1.5 * pigment, 1.25 * blood + 1.1 * pigment, 0.35 * blood + 0.8 * pigment], -1
    )
    albedo = base * np.exp(-loss)
    _lips(albedo, traits, grid, rng)
    _nostrils(albedo, traits, grid)
    _brows(albedo, traits, grid, rng)
    _beard(albedo, traits, grid, rng)
    return np.asarray(albedo, np.float32)


def tint(albedo: Plane, mask: Numbers, colour: Numbers) -> None:
    """Mix a colour (3,) or a coloured picture (h, w, 3) into the albedo, in place, where the mask says so."""
    rows, columns = np.flatnonzero(mask.max(1) > 0.004), np.flatnonzero(mask.max(0) > 0.004)
    if not len(rows):
        return
    box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    cover, part = np.asarray(mask[box], np.float32), albedo[box]
    for channel in range(3):
        paint = colour[channel] if colour.ndim == 1 else colour[box][..., channel]
        part[..., channel] += cover * (paint - part[..., channel])


def _spots(traits: Traits, rng: np.random.Generator) -> Plane:
    """Freckles and a few moles, in units of pigment."""
    plane = np.zeros(CANVAS, np.float32)
    many = rng.standard_normal(CANVAS, dtype=np.float32)
    plane += 5 * traits.freckles * soft((many > 3.0).astype(np.float32), 1.0)
    for _ in range(int(rng.poisson(2.5))):
        x, y = int(rng.uniform(90, 230)), int(rng.uniform(110, 300))
        cv2.circle(plane, (x, y), int(rng.integers(1, 3)), float(rng.uniform(4, 11)), -1)
    return soft(plane, 0.7)


def lip_masks(traits: Traits, grid: Grid) -> tuple[Plane, Plane]:
    """Upper and lower lip (h, w), 0 to 1."""
    mouth, wide, full = traits.mouth_level, traits.mouth_width, traits.lips
    line = mouth - 0.035 * traits.smile * (grid.u / wide) ** 2
    ends = np.sqrt(np.clip(1 - (grid.u / wide) ** 2, 0, 1))
    bow = 1 - 0.3 * np.exp(-((grid.u / 0.05) ** 2)) - 0.25 * np.abs(grid.u) / wide
    edge = np.float32(grid.rise)
    top = ramp((grid.v - (line - 0.085 * full * bow * ends)) * edge, -0.8, 2.0)
    bottom = ramp(((line + 0.11 * full * ends**0.8) - grid.v) * edge, -0.8, 2.2)
    upper = top * ramp((line - grid.v) * edge, -0.8, 0.8) * ramp(ends, 0, 0.2)
    lower = bottom * ramp((grid.v - line) * edge, -0.8, 0.8) * ramp(ends, 0, 0.2)
    return upper, lower


def _lips(albedo: Plane, traits: Traits, grid: Grid, rng: np.random.Generator) -> None:
    """Redder and darker than the skin, with fine upright creases and a dark line where they meet."""
    upper, lower = lip_masks(traits, grid)
    painted = max(0.0, float(rng.normal(-0.2, 0.5))) * (traits.male < 0.5)
    skin = linear(traits.skin)
    colour = skin * np.asarray([0.62 - 0.25 * painted, 0.52 - 0.3 * painted, 0.82], np.float32)
    creases = soft(np.repeat(rng.standard_normal((1, CANVAS[1]), dtype=np.float32), CANVAS[0], 0), 0.6)
    creases = 1 + 0.07 * creases[..., None] + 0.05 * fractal(rng, CANVAS, 0.6, 4)[..., None]
    tint(albedo, 0.85 * soft(upper, 0.7), 0.8 * colour * creases)
    tint(albedo, 0.8 * soft(lower, 0.9), colour * creases)
    mouth, wide = traits.mouth_level, traits.mouth_width
    line = mouth - 0.035 * traits.smile * (grid.u / wide) ** 2
    gap = np.exp(-(((grid.v - line) * grid.rise / 1.3) ** 2)) * ramp(np.abs(grid.u) / wide, 1.06, 0.8)
    tint(albedo, np.asarray(0.75 * gap, np.float32), 0.18 * skin)


def _nostrils(albedo: Plane, traits: Traits, grid: Grid) -> None:
    """Two dark openings under the tip."""
    below = traits.nose_length - 0.005
    holes = np.minimum(
        1, 1.25 * grid.both(0.085 * traits.nose_width, below, 0.035 * traits.nose_width, 0.018)
    )
    tint(albedo, np.asarray(0.85 * holes, np.float32), 0.1 * linear(traits.skin))
    wings = grid.both(0.215 * traits.nose_width, below - 0.04, 0.012, 0.05)
    tint(albedo, np.asarray(0.35 * wings, np.float32), 0.4 * linear(traits.skin))


def _brows(albedo: Plane, traits: Traits, grid: Grid, rng: np.random.Generator) -> None:
    """Arcs of short hairs, thicker inside, with the slant of their strands."""
    across = np.abs(grid.u)
    at = (across - 0.14) / 0.56
    arc = traits.brow_level - 0.07 * traits.brow_arch * np.sin(np.pi * np.clip(at * 0.8, 0, 1)) - 0.02 * at
    arc = arc + 0.012 * traits.asymmetry * np.sign(grid.u)
    thick = (
        0.042 * traits.brow_weight * np.interp(at, (0, 0.15, 0.6, 1), (0.6, 1, 0.85, 0.25)).astype(np.float32)
    )
    shape = ramp(np.abs(grid.v - arc) - thick, 0.02, -0.018) * ramp(at, -0.03, 0.08) * ramp(at, 1.0, 0.85)
    hairs = rng.standard_normal(CANVAS, dtype=np.float32)
    slant = np.zeros((9, 9), np.float32)
    cv2.line(slant, (1, 7), (7, 2), 1.0, 1)
    left = cv2.filter2D(hairs, -1, slant / 3)
    right = cv2.filter2D(hairs, -1, slant[:, ::-1] / 3)
    hairs = np.where(grid.u > 0, left, right)
    cover = np.clip(shape * (0.72 + 0.3 * hairs) * min(1.0, 0.5 + 0.5 * traits.brow_weight), 0, 0.95)
    colour = linear(traits.hair_colour) * 0.6
    tint(albedo, soft(np.asarray(cover, np.float32), 0.5), colour)


def beard_mask(traits: Traits, grid: Grid) -> Plane:
    """Where the beard of these traits grows (h, w), 0 to 1."""
    mouth, wide = traits.mouth_level, traits.mouth_width
    below = ramp(grid.v + 0.25 * np.abs(grid.u) ** 3, mouth - 0.28, mouth - 0.12)
    lip = ramp(grid.v, traits.nose_length + 0.03, traits.nose_length + 0.09)
    jaw = ramp(grid.v + 0.55 * (np.abs(grid.u) - 0.42), mouth - 0.2, mouth + 0.0)
    around = ramp(np.abs(grid.u), wide + 0.16, wide + 0.02)
    if traits.beard == "moustache":
        return lip * around * ramp(grid.v, mouth + 0.0, mouth - 0.05)
    if traits.beard == "goatee":
        return lip * ramp(np.abs(grid.u), wide + 0.06, wide - 0.04)
    return np.asarray(np.maximum(jaw * below, lip * around), np.float32)


def _beard(albedo: Plane, traits: Traits, grid: Grid, rng: np.random.Generator) -> None:
    """Hairs over the skin, dense for a beard, a shade for stubble; lips stay free."""
    if traits.beard == "none":
        if traits.male > 0.5:
            tint(albedo, 0.1 * beard_mask(traits, grid), 0.6 * linear(traits.skin))
        return
    upper, lower = lip_masks(traits, grid)
    mask = beard_mask(traits, grid) * (1 - np.clip(upper + lower, 0, 1))
    hairs = rng.standard_normal(CANVAS, dtype=np.float32)
    hairs = cv2.GaussianBlur(hairs, (0, 0), sigmaX=0.6, sigmaY=1.6) * 2.0
    patchy = fractal(rng, CANVAS, 1.2)
    dense = 0.35 if traits.beard == "stubble" else 0.88
    cover = np.clip(mask * (dense + 0.16 * hairs + 0.06 * patchy), 0, 0.96)
    colour = linear(traits.hair_colour) * np.exp(0.25 * hairs)[..., None] * 0.8
    tint(albedo, np.asarray(soft(cover, 0.5), np.float32), np.asarray(colour, np.float32))
