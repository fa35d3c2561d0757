"""Attacks made from bona fide frames, one file a species: `attack(species, source, host, conditions, ...)`.

`source` shows the person who is impersonated, before a camera (a `film` take) or as a real photograph;
`host` is another person (a swap needs one). What comes back is finished: after the camera that looked at
the print or the screen, or after the encoding of the injected stream. Conditions are drawn alike for
honest checks and attacks.
"""

from data.world.media.attacks.registry import SPECIES, attack

__all__ = ["SPECIES", "attack"]
