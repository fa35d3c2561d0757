"""Features of re-used media: where the same face, background, clip or document was before, family `re_use`.

They come from `media_reuse` (`scoring/media/reuse.py`), which for each check counts only what came before it.
"""

from __future__ import annotations

from typing import Literal

from scoring.features import reasons
from scoring.features.declaration import Feature, Unit
from scoring.features.measures import Attribute
from scoring.features.words import Words


def _same(kind: str, what: str) -> Feature:
    return _reused(
        f"{kind}_accounts",
        f"How many other customers had the same {what} in a check before.",
        Words(
            f"The same {what} was in checks of other customers before; how many: {{value}}.",
            f"The {what} was in no check of another customer before.",
            f"There is no fingerprint of the {what}.",
        ),
        unit="count",
        risk=1,
    )


def _reused(column: str, sentence: str, words: Words, *, unit: Unit, risk: Literal[-1, 0, 1] = 0) -> Feature:
    measure = Attribute(column=column)
    return Feature("re_use", reasons.REUSE, measure, sentence, unit, risk=risk, words=words)


FEATURES = (
    _same("face", "face"),
    _same("background", "background"),
    _same("video", "clip"),
    _same("document", "document"),
    _reused(
        "nearest_bits",
        "By how many bits of 256 the nearest face, clip or document of another customer differs.",
        Words(
            "The nearest face, clip or document of another customer differs in {value} of 256 bits.",
            "The nearest face, clip or document of another customer differs in no bit.",
            "No face, clip or document of another customer is the same.",
        ),
        unit="number",
    ),
    _reused(
        "since_media_seconds",
        "Time since the same face, clip or document was last in another customer's check, at most 90 days.",
        Words(
            "The same face, clip or document was in another customer's check {duration} before.",
            "",
            "No face, clip or document was in another customer's check before.",
        ),
        unit="seconds",
    ),
    _reused(
        "lockstep_accounts",
        "How many other customers had a check with the same media in the last 24 hours.",
        Words(
            "Other customers had checks with the same media in the last 24 hours; how many: {value}.",
            "No other customer had a check with the same media in the last 24 hours.",
            "There is no fingerprint of the media.",
        ),
        unit="count",
        risk=1,
    ),
)
