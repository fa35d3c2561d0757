"""Rollups for the quarterly review: audits joined with decisions, drift, and what regional measures did."""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import SCORED, filled

SCORE_BINS = Table(
    "score_bins",
    "Rollup: how many events scored how high, by day, region and model.",
    "day",
    (
        filled("day", "DATE", "Day, UTC."),
        filled("region", "VARCHAR", "Region of the account."),
        filled("model", "VARCHAR", "fraud or liveness."),
        filled("bin", "TINYINT", "0 to 19: half a unit of log-odds each, from one in 3,000 upwards."),
        filled("events", "BIGINT", "How many."),
    ),
    loadable=False,
)

AUDITED_EVENTS = Table(
    "audited_events",
    "Every event of the random audit, with what it was decided and what the review found.",
    "event_id",
    (
        SCORED.column("event_id"),
        filled("stratum", "VARCHAR", "The group of events it was drawn from."),
        filled("probability", "DOUBLE", "Chance with which an event of that group was drawn."),
        *(SCORED.column(name) for name in ("occurred_at", "region", "country", "decision")),
        filled("outcome", "VARCHAR", "What the review found: confirmed, false_positive or inconclusive."),
        filled("reviewed_at", "TIMESTAMP", "When it was looked at, UTC."),
    ),
    loadable=False,
)

ATTRIBUTIONS = Table(
    "attributions",
    "What each dated regional measure did to confirmed incidents, by a cohort-by-time Poisson model.",
    "intervention_id",
    (
        filled("intervention_id", "VARCHAR", "The measure, as in `interventions`."),
        filled("title", "VARCHAR", "What was done."),
        filled("place", "VARCHAR", "Region slug, or country where it was taken in one country."),
        filled("starts_at", "TIMESTAMP", "From when on it held."),
        filled("ratio", "DOUBLE", "Incidents with it over those foretold without it; null: not measured."),
        filled("low", "DOUBLE", "Lower end of the 95 % interval."),
        filled("high", "DOUBLE", "Upper end."),
        filled("pre_trend_p", "DOUBLE", "p-value of the weeks before its start; null: too few to test."),
        filled("lead_weeks", "INTEGER[]", "Weeks before the start at which each block of four begins."),
        filled("lead_ratios", "DOUBLE[]", "Rate ratio of each block against earlier ones."),
        filled("lead_lows", "DOUBLE[]", "Lower ends of their intervals."),
        filled("lead_highs", "DOUBLE[]", "Upper ends."),
        filled("verdict", "VARCHAR", "The effect and what weakens it, in words."),
    ),
    loadable=False,
)
