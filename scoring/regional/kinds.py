"""The kinds of challengers: what each learns from, and what it is told about the area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scoring.features import Feature, reasons
from scoring.features.measures import Attribute
from scoring.features.words import Words
from scoring.recipe import Recipe

LOCAL, REGION_FEATURES, POOLED = "local", "region_features", "pooled"

# Whether the event belongs to the area that the model learns for. It is the same for every event that such
# a model serves; inside the trees it lets the area's events take other ways.
IN_AREA = Feature(
    "context",
    reasons.AREA,
    Attribute(column="in_area"),
    "Whether the customer belongs to the area that the model was trained for.",
    "yes_no",
    words=Words(
        "The customer belongs to the area that this model learned for.",
        "The customer belongs to another area than the one this model learned for.",
        "The customer's area is not known.",
    ),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to learn for an area: `title` and `words` say it; `features` are added to the champion's."""

    name: str
    title: str
    words: str
    features: tuple[Feature, ...] = ()


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(LOCAL, "Local only", "Learns from the events of its own area alone."),
        Kind(
            REGION_FEATURES,
            "Global with the area",
            "Learns from all areas, and is told which events are of its own.",
            (IN_AREA,),
        ),
        Kind(
            POOLED,
            "Pooled, area weighted",
            "Learns from all areas, each event of its own area counting as five.",
        ),
    )
}


def recipe_of(kind: str, champion: Recipe) -> Recipe:
    """Answer the champion's recipe with what the kind adds to it."""
    return replace(champion, features=(*champion.features, *KINDS[kind].features))
