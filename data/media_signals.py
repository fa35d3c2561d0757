"""The signals of a check's media, declared once: from here come columns, features and their words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MediaSignal:
    """One number that is measured from frames.

    `name` is its column in `check_media`, `reason` the named group under which models show it,
    `sentence` what it measures, `said` its wording for an analyst with `{value}`.
    """

    name: str
    reason: str
    sentence: str
    said: str


SIGNALS = (
    MediaSignal(
        "blur",
        "sharpness of the picture",
        "Variance of the Laplacian of the face, logarithm.",
        "The sharpness of the face is {value} (logarithm).",
    ),
)
