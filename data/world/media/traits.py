"""What makes one synthetic person differ from another, drawn once from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SKIN_SCALE = (
    (246, 224, 210),
    (236, 200, 178),
    (214, 170, 138),
    (178, 130, 96),
    (128, 88, 63),
    (88, 60, 45),
    (62, 44, 36),
)
"""Red, green, blue of skin under white light, from the lightest to the darkest: the whole human range."""

HAIR_COLOURS = (
    (28, 22, 20),
    (45, 32, 26),
    (82, 56, 38),
    (120, 84, 52),
    (176, 140, 92),
    (128, 62, 34),
    (150, 148, 145),
    (205, 203, 200),
)
"""Red, green, blue: black, dark, brown, light brown, blond, red, grey, white."""

IRIS_COLOURS = ((58, 36, 24), (92, 60, 36), (110, 98, 56), (88, 116, 128), (96, 128, 96))
"""Red, green, blue: dark brown, brown, hazel, blue-grey, green."""

STYLES = ("bald", "cropped", "short", "parted", "fringe", "long", "curls", "tied", "scarf")
BEARDS = ("none", "stubble", "moustache", "goatee", "full")
GLASSES = ("none", "thin", "thick", "round")


@dataclass(frozen=True, slots=True)
class Traits:
    """One identity. Shares run from 0 to 1, factors multiply the average; colours are red, green, blue."""

    skin: tuple[float, float, float]
    tone: float
    redness: float
    age: float
    male: float
    half_width: float
    elongation: float
    jaw: float
    chin: float
    cheeks: float
    eye_distance: float
    eye_size: float
    eye_tilt: float
    eye_opening: float
    eye_level: float
    iris: tuple[float, float, float]
    brow_level: float
    brow_weight: float
    brow_arch: float
    nose_width: float
    nose_length: float
    nose_bridge: float
    mouth_width: float
    mouth_level: float
    lips: float
    smile: float
    asymmetry: float
    freckles: float
    hairline: float
    hair: str
    hair_volume: float
    hair_colour: tuple[float, float, float]
    beard: str
    glasses: str


def draw_traits(rng: np.random.Generator) -> Traits:
    """One identity: tone even over the human range, shape around the average, hair and beard that agree."""
    tone, age = float(rng.uniform()), float(rng.beta(1.3, 1.8))
    male = float(np.clip(rng.choice([0.12, 0.88]) + rng.normal(0, 0.12), 0, 1))
    beard = str(rng.choice(BEARDS, p=(0.45, 0.22, 0.08, 0.1, 0.15))) if male > 0.5 else "none"
    return Traits(
        skin=_skin(tone, rng),
        tone=tone,
        redness=float(rng.uniform(0.2, 1.0) * (1 - 0.6 * tone)),
        age=age,
        male=male,
        hair_colour=_hair_colour(tone, age, rng),
        hair=_hair(male, rng),
        hair_volume=float(rng.uniform(0.5, 1.5)),
        iris=_pick(
            IRIS_COLOURS, rng, (4 + 8 * tone, 3, 1.5, max(0.05, 2 - 3 * tone), max(0.05, 1 - 2 * tone))
        ),
        beard=beard,
        glasses=str(rng.choice(GLASSES, p=(0.7, 0.12, 0.1, 0.08))),
        freckles=float(max(0.0, rng.normal(0, 0.5)) * (1 - 0.7 * tone)),
        **_shape(male, rng),
    )


def _shape(male: float, rng: np.random.Generator) -> dict[str, float]:
    """The measures of the head, each around 1 or 0 with a human spread."""

    def near(mean: float, spread: float) -> float:
        return float(mean + spread * np.clip(rng.normal(), -2, 2))

    return {
        "half_width": near(78, 3.5),
        "elongation": near(1.31, 0.055),
        "jaw": near(0.91 + 0.12 * male, 0.065),
        "chin": near(0.9 + 0.25 * male, 0.2),
        "cheeks": near(1.0, 0.4),
        "eye_distance": near(0.455, 0.022),
        "eye_size": near(1.06 - 0.1 * male, 0.08),
        "eye_tilt": near(0.05, 0.06),
        "eye_opening": near(1.0, 0.16),
        "eye_level": near(-0.2, 0.025),
        "brow_level": near(-0.4 + 0.05 * male, 0.03),
        "brow_weight": near(0.75 + 0.5 * male, 0.28),
        "brow_arch": near(0.6 - 0.3 * male, 0.3),
        "nose_width": near(1.0, 0.16),
        "nose_length": near(0.325, 0.03),
        "nose_bridge": near(1.0, 0.3),
        "mouth_width": near(0.36, 0.035),
        "mouth_level": near(0.55, 0.025),
        "lips": near(1.08 - 0.2 * male, 0.24),
        "smile": near(0.25, 0.45),
        "asymmetry": near(0.0, 0.5),
        "hairline": near(-0.92 - 0.04 * male, 0.08),
    }


def _skin(tone: float, rng: np.random.Generator) -> tuple[float, float, float]:
    """Skin of a tone from 0 (lightest) to 1 (darkest), with a warm or cool undertone."""
    at = np.linspace(0, 1, len(SKIN_SCALE))
    red, green, blue = (float(np.interp(tone, at, [c[i] for c in SKIN_SCALE])) for i in range(3))
    warm = float(rng.normal(0, 0.025))
    return red * (1 + warm), green, blue * (1 - 1.5 * warm)


def _hair_colour(tone: float, age: float, rng: np.random.Generator) -> tuple[float, float, float]:
    """Dark hair with dark skin, every colour with light skin, grey with age."""
    light = max(0.02, 1 - 1.6 * tone)
    grey = max(0.0, age - 0.45) * 4
    weights = (
        3.0,
        3.0,
        2.5 * light + 0.2,
        2 * light,
        1.5 * light,
        0.8 * light,
        grey,
        grey * max(0.0, age - 0.5) * 2,
    )
    colour = _pick(HAIR_COLOURS, rng, weights)
    shade = float(rng.uniform(0.85, 1.15))
    return colour[0] * shade, colour[1] * shade, colour[2] * shade


def _hair(male: float, rng: np.random.Generator) -> str:
    """A style, by how the sexes usually wear it; every style is possible for both but a scarf."""
    if male > 0.5:
        weights = (0.14, 0.24, 0.26, 0.16, 0.06, 0.04, 0.08, 0.02, 0.0)
    else:
        weights = (0.01, 0.03, 0.08, 0.12, 0.14, 0.32, 0.10, 0.13, 0.07)
    return str(rng.choice(STYLES, p=weights))


def _pick(
    colours: tuple[tuple[int, int, int], ...], rng: np.random.Generator, weights: tuple[float, ...]
) -> tuple[float, float, float]:
    """One of the colours by weight."""
    share = np.asarray(weights, float)
    red, green, blue = colours[int(rng.choice(len(colours), p=share / share.sum()))]
    return float(red), float(green), float(blue)
