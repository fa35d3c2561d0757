"""The tables of what changes a policy, and of the decisions that a score alone would not have led to."""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import filled

POLICY_ACTS = Table(
    "policy_acts",
    "Events whose decision is not what the score alone leads to: a rule of verification asked for more, or a "
    "block was drawn at random to be held and looked at instead.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The event."),
        filled("occurred_at", "TIMESTAMP", "When it happened, UTC."),
        filled("area", "VARCHAR", "Area of its account: a region's slug, or the code of a country apart."),
        filled("act", "VARCHAR", "Name of the rule of verification, or `exploration`."),
        filled("by_score", "VARCHAR", "The decision that its score alone leads to."),
        filled("decision", "VARCHAR", "The decision that was taken."),
        filled("probability", "DOUBLE", "Chance with which an explored event was drawn; null for rules."),
        filled("policy_version", "VARCHAR", "The policy in `policies` that decided."),
    ),
    loadable=False,
)

ROLLOUTS = Table(
    "rollouts",
    "Dated changes of an area's policy that two people approved; the newest that has begun counts.",
    "rollout_id",
    (
        filled("rollout_id", "VARCHAR", "The roll-out."),
        filled("area", "VARCHAR", "Where it holds: a region's slug, or the code of a country apart."),
        filled("title", "VARCHAR", "What changes, in words."),
        filled("starts_at", "TIMESTAMP", "From when on it holds, UTC; events before keep their decisions."),
        filled(
            "changes",
            "JSON",
            "`thresholds` and `verification` of the area, whole; an empty object is the roll-back to the "
            "policy of the model.",
        ),
        filled("forecast", "JSON", "What the policy lab foretold of it, by week, with intervals."),
        filled("drafted_by", "VARCHAR", "Who asked for it."),
        filled("approved_by", "VARCHAR", "Who approved it; never the same person."),
        filled("approved_at", "TIMESTAMP", "The data's time at which it was approved, UTC."),
    ),
    loadable=False,
)
