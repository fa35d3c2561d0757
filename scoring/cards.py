"""Model cards: what a model is for, what it was made from, how well it does, and where its limits are."""

from __future__ import annotations

from typing import Any

from scoring.fitting import MOST_OF_ONE_ACCOUNT
from scoring.planning import DELAY_SHARE, LONGEST_WAIT_SHARE, Plan
from scoring.recipe import Recipe


def write_card(version: str, plan: Plan, metrics: dict[str, Any], versions: dict[str, str], rows: int) -> str:
    """Write the card of one trained model as Markdown."""
    recipe = plan.recipe
    return "\n\n".join(
        (
            f"# {version}",
            recipe.purpose,
            _made_from(plan, rows),
            _method(recipe),
            _found(metrics),
            "## Limits\n\n"
            + recipe.limits
            + " It is a ranking for people to look at, not a proof against anyone.",
            _governance(versions),
        )
    )


def _made_from(plan: Plan, rows: int) -> str:
    split = (
        "Truth is said of accounts without times: three quarters of the accounts grew the trees, the others "
        f"calibrate and measure; at most {MOST_OF_ONE_ACCOUNT} events of an account."
        if plan.is_by_account
        else f"Trees grew on events before {plan.cut:%Y-%m-%d %H:%M}; the later ones calibrate and measure. "
        f"{DELAY_SHARE:.0%} of the labels came within {plan.delay.total_seconds() / 86_400:.1f} days of "
        f"their event, so newer events were left out (at most {LONGEST_WAIT_SHARE:.0%} of the history)."
    )
    return (
        "## Made from\n\n"
        f"Events from {plan.window_from:%Y-%m-%d} to {plan.window_to:%Y-%m-%d %H:%M} (UTC, end excluded), "
        f"with the labels known at {plan.as_of:%Y-%m-%d %H:%M}: {plan.cases:,} confirmed events; "
        f"{rows:,} rows grew the trees. {split}\n\n"
        "An event is a case when its last known label says `confirmed`. A label of an account counts for all "
        "its transactions and sign-ins, from the time it names if it names one. Everything else counts as "
        "innocent, at its natural rate."
    )


def _method(recipe: Recipe) -> str:
    trees = recipe.trees
    directions = sum(1 for feature in recipe.features if feature.risk)
    return (
        "## Method\n\n"
        f"Histogram gradient boosting: {trees.rounds} trees of at most {trees.leaves} leaves, learning rate "
        f"{trees.learning_rate}, on {len(recipe.features)} numeric features ({directions} with a fixed "
        "direction of risk). Probabilities by Platt's line on the log-odds. Reasons are exact tree "
        "contributions, in probability points that add up to the score."
    )


def _found(metrics: dict[str, Any]) -> str:
    held_out = metrics["held_out"]
    lines = [
        "## Measured on later events that the trees have not seen",
        "",
        "| measure | value | 95 % interval |",
        "|---|---|---|",
    ]
    for name, words in (
        ("average_precision", "average precision"),
        ("precision_at_budget", "precision within the alert budget"),
        ("recall_at_budget", "share of crime within the alert budget"),
        ("value_detection", "share of the value of crime within the alert budget"),
    ):
        found = held_out.get(name)
        if found:
            lines.append(f"| {words} | {found['value']:.3f} | {found['low']:.3f} to {found['high']:.3f} |")
    lines += [
        "",
        f"{held_out['cases']:,} cases among {held_out['events']:,} events (rate {held_out['rate']:.3%}).",
    ]
    lines += [f"Mean gap of score and truth in ten bins: {held_out['calibration_error']:.5f}."]
    return "\n".join([*lines, *_species(held_out.get("attacks"))])


def _species(attacks: dict[str, Any] | None) -> list[str]:
    if not attacks:
        return []
    lines = ["", "| species | attacks | APCER | 95 % interval |", "|---|---|---|---|"]
    for name, part in attacks["apcer"].items():
        lines.append(
            f"| {name} | {part['attacks']} | {part['value']:.3f} | {part['low']:.3f} to {part['high']:.3f} |"
        )
    bpcer = attacks["bpcer"]
    return [
        *lines,
        "",
        f"BPCER {bpcer['value']:.3f} ({bpcer['low']:.3f} to {bpcer['high']:.3f}) of {bpcer['bona_fide']:,} "
        f"bona fide checks, at the threshold {attacks['threshold']:.4f}.",
    ]


def _governance(versions: dict[str, str]) -> str:
    made_by = ", ".join(f"{name} {number}" for name, number in versions.items())
    return (
        "## Governance\n\n"
        "This card keeps what SR 26-2 / OCC 2026-13 ask to have written down: purpose, data, method, outcome "
        "analysis and limits. It claims no compliance and is no independent validation.\n\n"
        f"Made by {made_by}."
    )
