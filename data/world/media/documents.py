"""A made-up identity card with a synthetic person's portrait: `make_card(face, lines, rng)`.

No country issues this card; it serves to show and to compare documents, not to train a check of documents.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from data.clip import Frame
from data.world.media.conditions import Conditions
from data.world.media.faces import Face
from data.world.media.film import film
from data.world.media.rooms import Room
from data.world.media.textures import fractal, linear

CARD = (428, 270)
"""Width and height, pixels: 85.6 x 54 mm at five pixels a millimetre."""
_PORTRAIT = (117, 156)


def make_card(face: Face, lines: tuple[str, ...], rng: np.random.Generator) -> Frame:
    """The front of a card (270, 428, 3): guilloche, portrait, up to seven lines of text (plain letters)."""
    ground = _guilloche(rng)
    ink = tuple(int(level) for level in rng.uniform(15, 70, 3))
    card = np.asarray(np.clip(ground, 0, 255), np.uint8)
    cv2.rectangle(card, (0, 0), (CARD[0], 34), _tone(rng), -1)
    cv2.putText(
        card,
        "SPECIMEN  IDENTITY CARD",
        (16, 24),
        cv2.FONT_HERSHEY_DUPLEX,
        0.6,
        (250, 250, 250),
        1,
        cv2.LINE_AA,
    )
    card[56 : 56 + _PORTRAIT[1], 18 : 18 + _PORTRAIT[0]] = _portrait(face, rng)
    for number, line in enumerate(lines[:7]):
        at = (152, 74 + 25 * number)
        cv2.putText(card, line, at, cv2.FONT_HERSHEY_SIMPLEX, 0.46, ink, 1, cv2.LINE_AA)
    code = "".join(rng.choice(list("0123456789ABCDEFGHJKLMNPRSTUVWXYZ<"), 30))
    cv2.putText(card, code, (16, 252), cv2.FONT_HERSHEY_PLAIN, 1.15, (20, 20, 20), 1, cv2.LINE_AA)
    return card


def _tone(rng: np.random.Generator) -> tuple[int, int, int]:
    """A dark colour for the band at the top."""
    blue, green, red = (int(level) for level in rng.uniform(40, 150, 3))
    return blue, green, red


def _portrait(face: Face, rng: np.random.Generator) -> Frame:
    """The person before a plain grey wall, in even light (156, 117, 3)."""
    wall = Room(0, np.ones((448, 448, 3), np.float32) * linear((205, 208, 210)), 0.0)
    even = replace(Conditions(), softness=0.75, azimuth=0.1, elevation=0.4, shake=0.0, face_share=0.56)
    photo = film(face, wall, even, 1, rng).clip.frames[0]
    return np.asarray(cv2.resize(photo, _PORTRAIT, interpolation=cv2.INTER_AREA), np.uint8)


def _guilloche(rng: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Fine woven waves in two colours over a tinted ground (h, w, 3), grey levels."""
    width, height = CARD
    y, x = np.indices((height, width), dtype=np.float32)
    ground = np.ones((height, width, 3), np.float32) * rng.uniform(205, 240, 3).astype(np.float32)
    for _ in range(2):
        colour = rng.uniform(20, 120, 3).astype(np.float32)
        bend = 18 * np.sin(x / rng.uniform(25, 60)) + 12 * np.sin(
            x / rng.uniform(9, 24) + y / rng.uniform(40, 90)
        )
        lines = np.cos((y + bend) * np.float32(2 * np.pi / rng.uniform(4.5, 8)))
        ground -= (np.clip(lines - 0.4, 0, 1) * 0.28)[..., None] * colour
    return np.asarray(ground + 1.2 * fractal(rng, (height, width), 0.6, 4)[..., None], np.float32)
