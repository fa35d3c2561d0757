"""The species of attack and the one door to them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.clip import Clip
from data.errors import WatchfloorError
from data.world.media.attacks import emulator, face_swap, generated_face, presentation, replay, virtual_camera
from data.world.media.attacks.scene import Landmarks, Material
from data.world.media.conditions import Conditions

SPECIES: dict[str, Callable[[Material, np.random.Generator], Clip]] = {
    "presentation_print": presentation.printed,
    "presentation_replay": replay.replayed,
    "injection_virtual_camera": virtual_camera.played,
    "injection_emulator": emulator.emulated,
    "injection_face_swap": face_swap.swapped,
    "injection_generated_face": generated_face.generated,
}
"""Species (the typologies of labels) and what makes them."""


def attack(
    species: str,
    source: Clip,
    host: Clip,
    conditions: Conditions,
    quality: float,
    rng: np.random.Generator,
    landmarks: Landmarks | None = None,
    host_landmarks: Landmarks | None = None,
) -> Clip:
    """An attack of that species on the person in `source`, finished, as the check receives it.

    `source` and `host` are clips before a camera, or real photographs (a clip of one frame); `host` gives the
    head of a face swap and the room behind a print, and may be the source itself. `landmarks` (n, 5, 2) of
    the source, in YuNet's order, are required by injection_face_swap and used by injection_generated_face;
    without `host_landmarks` a face swap blends the source with itself. `quality` 0 to 1.
    The clip has the source's times, its proportions and as many pixels as the conditions' size.
    """
    if species not in SPECIES:
        raise WatchfloorError(
            f"There is no attack species {species!r}.",
            where="data.world.media.attacks.attack",
            possible=", ".join(SPECIES),
            to_do="Name one of these species.",
        )
    careful = float(np.clip(quality, 0, 1))
    return SPECIES[species](Material(source, host, conditions, careful, landmarks, host_landmarks), rng)
