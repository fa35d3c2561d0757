"""The tables of monitoring: drift by week, performance foretold and confirmed, fairness, labels, alarms."""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import filled

_MODEL = filled("model", "VARCHAR", "fraud or liveness.")
_VERSION = filled("model_version", "VARCHAR", "The model in `model_versions` that was in force.")
_AREA = filled("area", "VARCHAR", "A region's slug, or the code of a country apart.")
_WEEK = filled("week", "DATE", "Monday of the week, UTC.")

MONITOR_DRIFT = Table(
    "monitor_drift",
    "How far each feature, input and score of an area's week lies from the reference of the model in force.",
    "subject",
    (
        _MODEL,
        _VERSION,
        _AREA,
        _WEEK,
        filled("subject", "VARCHAR", "Name of the feature or input, or `score`, or `decision`."),
        filled(
            "kind",
            "VARCHAR",
            "feature: its known values; missing: whether it is known; input: what features hide; score: what "
            "the model answers.",
        ),
        filled("events", "BIGINT", "Events compared: a random sample for features, all for the rest."),
        filled("before", "BIGINT", "Events of the reference."),
        filled("psi", "DOUBLE", "Population stability index against the reference."),
        filled("psi_limit", "DOUBLE", "The larger of 0.1 and what chance and habit reach once in twenty."),
        filled("p_adjusted", "DOUBLE", "Chi-square p-value, adjusted for all comparisons of the week."),
        filled("dispersion", "DOUBLE", "How much wider than chi-square the weeks of the reference scatter."),
        filled("is_moved", "BOOLEAN", "Over its limit, and by the adjusted test not by chance."),
        filled("is_left_out", "BOOLEAN", "It is shown, but raises no alarm: see `alarms.py`."),
        filled("psi_newest", "DOUBLE", "The index against the four weeks before; null: too few events."),
        filled("newest_limit", "DOUBLE", "Its limit, made the same way."),
        filled("is_sudden", "BOOLEAN", "Over that limit, and by the adjusted test not by chance."),
        filled("parts", "INTEGER[]", "Events of each part, in the order of `monitor_parts`."),
    ),
    loadable=False,
)

MONITOR_PARTS = Table(
    "monitor_parts",
    "The parts in which a feature or input of an area is compared, and how its reference filled them.",
    "subject",
    (
        _MODEL,
        _VERSION,
        _AREA,
        filled("subject", "VARCHAR", "Name of the feature or input."),
        filled("kind", "VARCHAR", "feature, missing, input or score."),
        filled("labels", "VARCHAR[]", "Each part in words."),
        filled("before", "INTEGER[]", "Events of the reference in each part."),
    ),
    loadable=False,
)

MONITOR_PERFORMANCE = Table(
    "monitor_performance",
    "Precision and recall of alerts as calibrated scores foretell them and as labels confirm them.",
    "since",
    (
        _MODEL,
        _VERSION,
        filled("area", "VARCHAR", "A region's slug, the code of a country apart, or `everywhere`."),
        filled("grain", "VARCHAR", "week or month."),
        filled("since", "DATE", "First day, UTC."),
        filled("cut", "VARCHAR", "all, device_class, account_age or typology."),
        filled("part", "VARCHAR", "Which of them; `all` where it is not cut."),
        filled("events", "BIGINT", "Events scored."),
        filled("alerts", "BIGINT", "Events held, blocked or frozen."),
        filled("foretold_precision", "DOUBLE", "Mean calibrated score of alerts; null for a typology."),
        filled("foretold_precision_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("foretold_precision_high", "DOUBLE", "Upper end."),
        filled(
            "foretold_recall", "DOUBLE", "Share of all scores' sum that alerts hold; null for a typology."
        ),
        filled("foretold_recall_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("foretold_recall_high", "DOUBLE", "Upper end."),
        filled(
            "arrived", "DOUBLE", "Share of alerts whose label is known, or whose time for labels is over."
        ),
        filled("judged", "BIGINT", "Those alerts."),
        filled("confirmed_precision", "DOUBLE", "Share of them that was crime; null: too few."),
        filled("confirmed_precision_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("confirmed_precision_high", "DOUBLE", "Upper end."),
        filled("crimes", "BIGINT", "Events known as crime by now."),
        filled(
            "confirmed_recall", "DOUBLE", "Share of them that were alerts; crime nobody knows is missing."
        ),
        filled("confirmed_recall_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("confirmed_recall_high", "DOUBLE", "Upper end."),
        filled("audited", "BIGINT", "Events of the random audit that were no alerts."),
        filled("audited_recall", "DOUBLE", "Recall with the crime that the random audit found among them."),
        filled("audited_recall_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("audited_recall_high", "DOUBLE", "Upper end."),
    ),
    loadable=False,
)

MONITOR_CALIBRATION = Table(
    "monitor_calibration",
    "Scores against what came true, of events whose time for labels is over, by area and bin of scores.",
    "bin",
    (
        _MODEL,
        _VERSION,
        filled("area", "VARCHAR", "A region's slug, the code of a country apart, or `everywhere`."),
        filled("bin", "INTEGER", "0 upwards by score; -1 for all scores together."),
        filled("events", "BIGINT", "Events whose time for labels is over."),
        filled("crimes", "BIGINT", "Those known as crime."),
        filled("expected", "DOUBLE", "Their mean score."),
        filled("observed", "DOUBLE", "The share known as crime."),
        filled("observed_low", "DOUBLE", "Lower end of its 95 % interval, by account."),
        filled("observed_high", "DOUBLE", "Upper end."),
        filled(
            "slope", "DOUBLE", "Logistic slope of truth on the score's log-odds; 1 is right; bin -1 only."
        ),
        filled("slope_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("slope_high", "DOUBLE", "Upper end."),
        filled("intercept", "DOUBLE", "Its intercept; 0 is right."),
    ),
    loadable=False,
)

FAIRNESS = Table(
    "fairness",
    "How often honest customers are held, blocked or frozen, by who they are, against the rest of the area.",
    "part",
    (
        filled("quarter", "DATE", "First day of the calendar quarter."),
        filled("area", "VARCHAR", "A region's slug, the code of a country apart, or `everywhere`."),
        filled("cut", "VARCHAR", "country, account_age or device_class."),
        filled("part", "VARCHAR", "Which of them."),
        filled("events", "BIGINT", "Honest events whose time for labels is over."),
        filled("accounts", "BIGINT", "Their accounts."),
        filled("held", "BIGINT", "Of the events, those held, blocked or frozen."),
        filled("held_accounts", "BIGINT", "Accounts of which one was."),
        filled("rate", "DOUBLE", "Wrongful holds per honest event."),
        filled("rate_low", "DOUBLE", "Lower end of its 95 % interval, by account."),
        filled("rate_high", "DOUBLE", "Upper end."),
        filled("rest_rate", "DOUBLE", "The same of all others in the area."),
        filled("ratio", "DOUBLE", "Rate over that of the rest; null where one is nothing."),
        filled("ratio_low", "DOUBLE", "Lower end of its 95 % interval."),
        filled("ratio_high", "DOUBLE", "Upper end."),
        filled("p_adjusted", "DOUBLE", "p-value of no difference, adjusted for all parts of the quarter."),
        filled("is_finding", "BOOLEAN", "Large, not by chance, and of enough people."),
        filled("sentence", "VARCHAR", "The gap in words."),
    ),
    loadable=False,
)

LABEL_SUPPLY = Table(
    "label_supply",
    "The labels of an area's quarter by source: how many, how old when they came, how sure.",
    "source",
    (
        filled("quarter", "DATE", "First day of the calendar quarter in which they became known."),
        _AREA,
        filled("model", "VARCHAR", "fraud or liveness: the model that learns from them."),
        filled(
            "source",
            "VARCHAR",
            "desk, customer, partner, authority; audit: drawn at random; exploration: a block drawn at "
            "random to be held.",
        ),
        filled("labels", "BIGINT", "How many."),
        filled("confirmed", "BIGINT", "Of them, crime."),
        filled("false_positives", "BIGINT", "Of them, false positive or legitimate."),
        filled("inconclusive", "BIGINT", "Of them, neither."),
        filled("corrected", "BIGINT", "Of them, those that a later label contradicts."),
        filled("delay_days", "DOUBLE", "Median days from the event to the label."),
        filled("delay_days_p90", "DOUBLE", "Nine in ten came within this many days."),
        filled("is_random", "BOOLEAN", "Drawn at random: it measures, where others choose."),
    ),
    loadable=False,
)

LABEL_NEED = Table(
    "label_need",
    "What came since each model in force was trained, and whether an area should train again.",
    "area",
    (
        _MODEL,
        _AREA,
        _VERSION,
        filled("trained_as_of", "TIMESTAMP", "Labels known later did not exist for it."),
        filled("labels_before", "BIGINT", "Confirmed labels of the area that it could learn from."),
        filled("labels_since", "BIGINT", "Confirmed labels of the area since."),
        filled("labels_needed", "BIGINT", "With this many it is due."),
        filled("alarms_since", "BIGINT", "Alarms of drift, calibration or a new typology since."),
        filled("is_due", "BOOLEAN", "Retraining is due."),
        filled("sentence", "VARCHAR", "Why, or why not."),
    ),
    loadable=False,
)

MONITOR_ALARMS = Table(
    "monitor_alarms",
    "What monitoring asks people to look at; who took and closed it is with the desk's records.",
    "alarm_id",
    (
        filled("alarm_id", "VARCHAR", "Made of model, area, kind, subject and week: the same if told again."),
        _MODEL,
        _VERSION,
        filled("area", "VARCHAR", "A region's slug, the code of a country apart, or `everywhere`."),
        filled(
            "kind",
            "VARCHAR",
            "drift, missing, input, score, calibration, foretold, contradicted, new_typology or fairness.",
        ),
        filled("subject", "VARCHAR", "The feature, input or group that moved most."),
        filled("others", "VARCHAR[]", "What moved with it."),
        filled("raised_at", "TIMESTAMP", "End of the week, or time of the label, that raised it, UTC."),
        _WEEK,
        filled("value", "DOUBLE", "What was measured: PSI, slope, precision, ratio or labels."),
        filled("value_limit", "DOUBLE", "The limit that it passed."),
        filled("events", "BIGINT", "Events that it was measured on."),
        filled("p_adjusted", "DOUBLE", "Adjusted p-value of the test, where there is one."),
        filled("severity", "VARCHAR", "high or medium."),
        filled("sentence", "VARCHAR", "What happened, in words."),
    ),
    loadable=False,
)

MONITORING_TABLES = (
    MONITOR_DRIFT,
    MONITOR_PARTS,
    MONITOR_PERFORMANCE,
    MONITOR_CALIBRATION,
    FAIRNESS,
    LABEL_SUPPLY,
    LABEL_NEED,
    MONITOR_ALARMS,
)
