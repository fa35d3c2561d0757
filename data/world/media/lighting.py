"""Light on a surface: what a lamp and the room around it make of albedo, normals and gloss."""

from __future__ import annotations

import cv2
import numpy as np

from data.world.media.conditions import Conditions
from data.world.media.faces import Face, Surface
from data.world.media.textures import Plane, soft


def lamp_direction(conditions: Conditions) -> Plane:
    """The unit vector (3,) towards the main light: x right, y down, z towards the camera."""
    azimuth, elevation = np.clip(conditions.azimuth, -1.3, 1.3), np.clip(conditions.elevation, -0.4, 1.1)
    lamp = np.asarray(
        [np.sin(azimuth) * np.cos(elevation), -np.sin(elevation), np.cos(azimuth) * np.cos(elevation)]
    )
    return np.asarray(lamp, np.float32)


def irradiance(normals: Plane, lamp: Plane, softness: float) -> Plane:
    """Light that reaches each pixel (h, w, 3), 1 where the lamp stands over it.

    The lamp wraps around the edge, red further than blue, as light does that travels through skin.
    """
    facing = normals[..., 0] * lamp[0] + normals[..., 1] * lamp[1] + normals[..., 2] * lamp[2]
    sky = 0.72 - 0.28 * normals[..., 1] * 1.0
    bands = []
    for wrap in (0.12, 0.18, 0.32):
        direct = np.maximum((facing + np.float32(wrap)) / np.float32(1 + wrap), 0)
        bands.append(np.float32(softness) * sky + np.float32(1.15 * (1 - softness)) * direct)
    return np.asarray(cv2.merge(bands), np.float32)


def cast_shadow(height: Plane, lamp: Plane) -> Plane:
    """Where the surface stands in its own light (h, w): 1 in the light, 0 in full shadow."""
    small = cv2.resize(height, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    dark = np.zeros_like(small)
    for step in (3.0, 6.0, 10.0, 15.0, 22.0):
        shift = np.asarray([[1, 0, step * lamp[0]], [0, 1, step * lamp[1]]], np.float32)
        over = cv2.warpAffine(
            small,
            shift,
            small.shape[::-1],
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        rise = over - small - np.float32(2 * step * max(float(lamp[2]), 0.2))
        dark = np.maximum(dark, rise / (2 + 0.25 * step))
    shade = 1 - 0.75 * np.clip(soft(np.asarray(dark, np.float32), 1.2), 0, 1)
    return np.asarray(cv2.resize(shade, height.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)


def highlight(surface: Surface, lamp: Plane) -> Plane:
    """The shine of the lamp on the surface (h, w): a broad and a narrow lobe."""
    half = lamp + np.asarray([0, 0, 1], np.float32)
    half = half / np.linalg.norm(half)
    n = surface.normals
    at = np.maximum(n[..., 0] * half[0] + n[..., 1] * half[1] + n[..., 2] * half[2], 0)
    eighth = at**8
    return np.asarray(surface.gloss * (0.5 * eighth + 1.3 * eighth**6), np.float32)


def lit_head(face: Face, conditions: Conditions, turn: float) -> tuple[Plane, Plane]:
    """The head under the check's light, with open and with closed eyes, each (h, w, 3), gamma 2, 0 to 1.

    `turn` in radians turns the lamp against the head, as a head does that turns under a lamp.
    """
    lamp = lamp_direction(conditions)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    lamp = np.asarray([lamp[0] * cos - lamp[2] * sin, lamp[1], lamp[2] * cos + lamp[0] * sin], np.float32)
    head = face.head
    light = irradiance(head.normals, lamp, conditions.softness)
    shade = cast_shadow(head.height, lamp)
    light *= (head.occlusion * (1 - (1 - conditions.softness) * (1 - shade)))[..., None]
    shine = (highlight(head, lamp) * (1 - conditions.softness * 0.6) * shade)[..., None]
    opened = np.sqrt(np.clip(head.albedo * light + shine, 0, 1))
    box = lid_box(face)
    shut = opened.copy()
    shut[box] = np.sqrt(np.clip(face.closed[box] * light[box] + 0.4 * shine[box], 0, 1))
    return np.asarray(opened, np.float32), np.asarray(shut, np.float32)


def lid_box(face: Face) -> tuple[slice, slice]:
    """The part of the canvas in which lids move."""
    (x0, y0), (x1, y1) = face.landmarks[0], face.landmarks[1]
    reach = 0.34 * face.half_width
    low, high = int(min(y0, y1) - 0.6 * reach), int(max(y0, y1) + 0.6 * reach)
    return slice(low, high), slice(int(x0 - reach), int(x1 + reach))


def lit_shoulders(face: Face, conditions: Conditions) -> Plane:
    """Neck and clothes under the same light (h, w, 3), gamma 2, 0 to 1."""
    body = face.shoulders
    light = irradiance(body.normals, lamp_direction(conditions), conditions.softness) * body.shade[..., None]
    return np.asarray(np.sqrt(np.clip(body.albedo * light, 0, 1)), np.float32)
