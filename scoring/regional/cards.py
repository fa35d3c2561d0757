"""Cards of regional models: the card of every model, with where this one comes from and serves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scoring.artefact import library_versions
from scoring.cards import write_card
from scoring.planning import Plan
from scoring.recipe import Recipe
from scoring.regional.kinds import KINDS


def write_regional_card(
    version: str, plan: Plan, recipe: Recipe, metrics: dict[str, Any], lineage: dict[str, Any]
) -> str:
    """Write a challenger's card as Markdown: the usual one, and its lineage at the end."""
    usual = write_card(version, replace(plan, recipe=recipe), metrics, library_versions(), lineage["rows"])
    kind = KINDS[lineage["kind"]]
    return (
        f"{usual}\n\n## Lineage\n\n"
        f"A challenger for the area `{lineage['area']}`, kind *{kind.title}*: {kind.words} It was "
        f"made because {lineage['why']}, against the champion `{lineage['parent']}`. Of the window's events, "
        f"{lineage['events']:,} with {lineage['cases']:,} known cases are of the area; the line of its "
        "probabilities and the figures above come from the area's newer events alone. Innocent events were "
        "sampled, and each stands there for those left out.\n\n"
        "It decides nothing until two people promote it; its own alert budget is then the area's."
    )
