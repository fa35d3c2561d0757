"""Edge of the face: a face that was set into a picture leaves a step along one closed line.

Each plane is unrolled into angles by radii of the face's oval; a seam is where all angles step at the same
radius. Compare face X-ray (Li and others, 2020), which learns the same line from self-blended pictures.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scoring.media.noise import NoisePlanes
from scoring.media.view import OVAL_AXES, OVAL_CENTRE, Plane, View

ANGLES, RADII = 72, 36
_LOW, _HIGH = 0.35, 1.5
_SEAM = slice(4, -6)


def boundary(view: View, planes: NoisePlanes) -> dict[str, float]:
    """Return the signals of the face's edge."""
    where = _polar_points(view)
    light = unrolled(cv2.blur(view.near_grey, (3, 3)), where)
    chroma = cv2.cvtColor(view.near, cv2.COLOR_BGR2YCrCb)
    red, blue = (unrolled(cv2.blur(chroma[..., k].astype(np.float32), (5, 5)), where) for k in (1, 2))
    noise = np.log(unrolled(cv2.blur(planes.noise, (7, 7)), where) + 0.1)
    sharp = np.log(unrolled(cv2.blur(view.detail, (7, 7)), where) + 0.1)
    colours = np.stack([red, blue])
    return {
        "edge_light": sharpest(np.abs(_steps(light)).mean(axis=0)),
        "edge_colour": sharpest(np.hypot(*_steps(colours)).mean(axis=0)),
        "edge_noise": sharpest(np.abs(_steps(noise).mean(axis=0))),
        "edge_sharpness": sharpest(np.abs(_steps(sharp).mean(axis=0))),
        "edge_seam": seam(sharp),
        "edge_even": evenness(colours),
    }


def unrolled(plane: Plane, where: tuple[Plane, Plane]) -> Plane:
    """Return `plane` at the polar points: (angles, radii)."""
    return np.asarray(cv2.remap(plane, *where, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def sharpest(profile: NDArray[np.floating]) -> float:
    """Return the highest point of a profile over radii, where seams are, against its median."""
    part = profile[_SEAM]
    return float(np.log(max(float(part.max()), 1e-3) / max(float(np.median(part)), 1e-3)))


def seam(sharp: Plane) -> float:
    """Return how far the log sharpness along one radius falls below the mean of both its sides."""
    profile = sharp.mean(axis=0)
    dips = (profile[:-8] + profile[8:]) / 2 - profile[4:-4]
    return float(dips.max())


def evenness(colours: Plane) -> float:
    """Return how alike the steps of chroma (2, angles, radii) are around the radius of the largest one.

    1: all angles step in the same direction of colour; 0: they cancel.
    """
    steps = _steps(colours)
    sizes = np.hypot(*steps).mean(axis=0)
    at = int(sizes[_SEAM].argmax()) + (_SEAM.start or 0)
    mean = steps[:, :, at].mean(axis=1)
    return float(np.hypot(*mean) / max(float(sizes[at]), 1e-3))


def _steps(unrolled: Plane) -> Plane:
    """Return the difference over two radii, along the last axis."""
    return np.asarray(unrolled[..., 2:] - unrolled[..., :-2], np.float32)


def _polar_points(view: View) -> tuple[Plane, Plane]:
    """Return x and y (angles, radii) in the near picture of points around the face's oval."""
    angle = np.linspace(0, 2 * np.pi, ANGLES, endpoint=False)[:, None]
    radius = np.linspace(_LOW, _HIGH, RADII)[None, :]
    x = OVAL_CENTRE[0] + OVAL_AXES[0] * radius * np.cos(angle)
    y = OVAL_CENTRE[1] + OVAL_AXES[1] * radius * np.sin(angle)
    back = cv2.invertAffineTransform(view.turn)
    return (
        (back[0, 0] * x + back[0, 1] * y + back[0, 2]).astype(np.float32),
        (back[1, 0] * x + back[1, 1] * y + back[1, 2]).astype(np.float32),
    )
