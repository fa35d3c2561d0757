"""The tables of regional models: challengers, their shadow, how they compare, and who serves where."""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import filled

_AREA = "Area: a region's slug, or the code of a country apart."

CHALLENGERS = Table(
    "challengers",
    "Every model that was trained for one area, whether it ever served or not.",
    "model_version",
    (
        filled("model_version", "VARCHAR", "Name of the model: fraud-cis-pooled-2025-07-01-1a2b3c4d."),
        filled("area", "VARCHAR", _AREA),
        filled("kind", "VARCHAR", "local, region_features or pooled."),
        filled("parent", "VARCHAR", "The champion in `model_versions` that was in force at its time."),
        filled("trained_as_of", "TIMESTAMP", "Labels known later than this did not exist for it."),
        filled("window_from", "TIMESTAMP", "First event it was trained on."),
        filled("window_to", "TIMESTAMP", "End of the events it was trained on, exclusive."),
        filled("trained_rows", "BIGINT", "Rows that grew its trees."),
        filled("cases", "BIGINT", "Known cases of its own area in the window."),
        filled("fingerprint", "VARCHAR", "SHA-256 of rows, truth, features and settings."),
        filled("artefact", "VARCHAR", "File name below the home's models/."),
        filled("artefact_hash", "VARCHAR", "SHA-256 of that file."),
        filled("metrics", "JSON", "What was measured on later, unseen events of the area, with intervals."),
        filled("card", "VARCHAR", "The model card, Markdown."),
    ),
    loadable=False,
)

RETRAININGS = Table(
    "retrainings",
    "Every time an area was to be retrained: with how many cases, why, and what came of it.",
    "area",
    (
        filled("area", "VARCHAR", _AREA),
        filled("as_of", "TIMESTAMP", "The instant whose knowledge was used."),
        filled("why", "VARCHAR", "What called for it, in words."),
        filled("cases", "BIGINT", "Known cases of the area, old enough to learn from."),
        filled("needed", "BIGINT", "The fewest a challenger is made of."),
        filled("models", "BIGINT", "Challengers that were made; 0: the area is thin, the champion serves."),
        filled("sentence", "VARCHAR", "What came of it, in words."),
    ),
    loadable=False,
)

SHADOW_SCORES = Table(
    "shadow_scores",
    "What a model that does not decide would have said of an event: challengers, and the champion where a "
    "promoted model decides.",
    "event_key",
    (
        filled("event_key", "BIGINT", "The event in `spine`."),
        filled("model_version", "VARCHAR", "The model in `challengers` or `model_versions`."),
        filled("score", "DOUBLE", "Its calibrated probability, nine decimals."),
    ),
    loadable=False,
)

COMPARISONS = Table(
    "comparisons",
    "A challenger against the champion on the same matured events, at the same alert budget, measure by "
    "measure.",
    "model_version",
    (
        filled("model_version", "VARCHAR", "The challenger."),
        filled("measure", "VARCHAR", "value_caught, precision, wrongful_holds or average_precision."),
        filled("champion", "DOUBLE", "The champion's figure."),
        filled("challenger", "DOUBLE", "The challenger's figure."),
        filled("difference", "DOUBLE", "The challenger's less the champion's."),
        filled("low", "DOUBLE", "Lower end of the difference's paired 95 % interval."),
        filled("high", "DOUBLE", "Upper end."),
        filled(
            "sure_low", "DOUBLE", "Lower end of the interval that holds for all tests of an area at once."
        ),
    ),
    loadable=False,
)

VERDICTS = Table(
    "verdicts",
    "What the rule of promotion says of each challenger, and what it was judged on.",
    "model_version",
    (
        filled("model_version", "VARCHAR", "The challenger."),
        filled("area", "VARCHAR", _AREA),
        filled("judged_at", "TIMESTAMP", "The data's time; labels known by then."),
        filled("since", "TIMESTAMP", "First event of the shadow."),
        filled("matured_until", "TIMESTAMP", "Events from here on are too young to be judged."),
        filled("events", "BIGINT", "Matured events that both scored."),
        filled("cases", "BIGINT", "Cases of crime among them."),
        filled("accounts", "BIGINT", "Accounts that those cases are of."),
        filled("alerts", "BIGINT", "Alerts that the budget pays for, of each."),
        filled("slope", "DOUBLE", "Slope of truth over the challenger's log-odds; 1 is calibrated."),
        filled("champion_slope", "DOUBLE", "The same of the champion."),
        filled("verdict", "VARCHAR", "promote, keep or too few."),
        filled("is_worse", "BOOLEAN", "Whether it is shown to be worse; it cannot be promoted then."),
        filled("sentence", "VARCHAR", "The verdict with its reason, in words."),
    ),
    loadable=False,
)

PROMOTIONS = Table(
    "promotions",
    "Which model serves an area from when on, and for what share of its accounts; the newest row counts.",
    "area",
    (
        filled("area", "VARCHAR", _AREA),
        filled(
            "model_version", "VARCHAR", "The challenger that serves; after a roll-back, the one that did."
        ),
        filled("valid_from", "TIMESTAMP", "Events from this time on; those before keep their decisions."),
        filled(
            "share_percent", "INTEGER", "Share of the area's accounts it serves; 0: the champion serves all."
        ),
        filled("kind", "VARCHAR", "promoted, grown or rolled_back."),
        filled("proposed_by", "VARCHAR", "Who asked for it."),
        filled("approved_by", "VARCHAR", "Who approved it; null for a roll-back, which needs one person."),
        filled("approval_id", "VARCHAR", "The approval that was used, or the record of the roll-back."),
        filled("done_at", "TIMESTAMP", "The data's time at which it was done, UTC."),
    ),
    loadable=False,
)

REGIONAL_TABLES = (CHALLENGERS, RETRAININGS, SHADOW_SCORES, COMPARISONS, VERDICTS, PROMOTIONS)
