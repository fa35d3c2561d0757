"""The tables of single events that scoring writes: the spine, scores, reasons, and what decided."""

from __future__ import annotations

from data.contract import Column, Table


def filled(name: str, kind: str, comment: str, personal: str = "") -> Column:
    """Return a column that scoring fills."""
    return Column(name, kind, comment, filled_by="score", personal=personal)


SPINE = Table(
    "spine",
    "Every event of the three streams in one shape, in the order of time; what features are computed from.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The event."),
        filled("event_key", "BIGINT", "The event's ingest_seq: a number to join features by."),
        filled("stream", "VARCHAR", "transaction, login or liveness."),
        filled("kind", "VARCHAR", "Its kind within the stream; `identity_check` for liveness."),
        filled("outcome", "VARCHAR", "Status of a transaction, outcome of a login or of the capture kit."),
        filled("account_id", "VARCHAR", "The account that acts."),
        filled("occurred_at", "TIMESTAMP", "When it happened, UTC."),
        filled("t", "BIGINT", "The same in microseconds since 1970, for window frames."),
        filled("amount", "DECIMAL(18,6)", "Value in the store's unit; null: not known or no money."),
        filled("micro", "BIGINT", "The same in millionths, so that sums are exact."),
        filled("asset", "VARCHAR", "What was moved."),
        filled("counterparty", "VARCHAR", "The other side.", "counterparty"),
        filled("device_id", "VARCHAR", "Fingerprint of the device.", "device"),
        filled("ip", "VARCHAR", "Address on the network.", "ip"),
        filled(
            "region",
            "VARCHAR",
            "Region of the account's KYC country, else of its first known network country, else 'unknown'.",
        ),
        filled(
            "country", "VARCHAR", "Country of the account by the same rule, ISO alpha-2; null: not known."
        ),
        filled("network_country", "VARCHAR", "Country of the address on the network."),
        filled(
            "network_kind",
            "VARCHAR",
            "Kind of the network, or of the signature on it (tor, vpn, datacentre).",
        ),
        filled(
            "counterparty_country", "VARCHAR", "KYC country of the counterparty where it is an account here."
        ),
    ),
    loadable=False,
)

SCORED = Table(
    "scored",
    "Every event with its score and decision, sorted by account and time; the table that pages drill into.",
    "event_id",
    (
        *SPINE.columns,
        filled("model", "VARCHAR", "fraud or liveness."),
        filled("model_version", "VARCHAR", "The model in `model_versions` that scored it."),
        filled("score", "DOUBLE", "Calibrated probability of crime or attack, rounded to nine decimals."),
        filled(
            "threshold", "DOUBLE", "The lowest threshold of its region above which it would not be allowed."
        ),
        filled("decision", "VARCHAR", "allow, step_up, hold, block or freeze."),
        filled("policy_version", "VARCHAR", "The policy in `policies` that decided."),
        filled(
            "is_in_training",
            "BOOLEAN",
            "The model was trained on this event's time; its score is no proof of quality.",
        ),
        filled(
            "is_explained",
            "BOOLEAN",
            "Reasons are stored: it was not allowed, or it is in the random sample.",
        ),
        filled(
            "reason",
            "VARCHAR",
            "The strongest reason in the direction of the score, where explained; never the kind of event.",
        ),
        filled("sentence", "VARCHAR", "That reason in words."),
    ),
    loadable=False,
)

EXPLANATIONS = Table(
    "explanations",
    "For each explained event: where the score started and what would have changed the decision.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The event."),
        filled("model_version", "VARCHAR", "The model explained."),
        filled("base_probability", "DOUBLE", "Probability before anything is known of the event."),
        filled("score", "DOUBLE", "The stored score; base plus the points of all reasons, within 1e-9."),
        filled("is_sample", "BOOLEAN", "Drawn at random for the global view, whatever its decision."),
        filled(
            "nearest_change",
            "VARCHAR",
            "The smallest change that would have had it allowed, in words; null: it was, or none was found.",
        ),
    ),
    loadable=False,
)

REASONS = Table(
    "reasons",
    "Why an explained event has its score: one row a reason, a named group of features.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The event."),
        filled("occurred_at", "TIMESTAMP", "When the event happened, UTC."),
        filled("region", "VARCHAR", "Region of its account."),
        filled("model", "VARCHAR", "fraud or liveness."),
        filled("rank", "INTEGER", "1 for the reason with the largest absolute points."),
        filled("reason", "VARCHAR", "Name of the reason."),
        filled("feature", "VARCHAR", "The feature of the group that contributed most."),
        filled("value", "DOUBLE", "That feature's value; null: not known."),
        filled(
            "normal",
            "DOUBLE",
            "The customer's own past where the feature compares with it, else the median of the innocent.",
        ),
        filled("contribution", "DOUBLE", "Log-odds that the group adds."),
        filled(
            "points",
            "DOUBLE",
            "Probability that the group adds; all points of an event sum to score minus base.",
        ),
        filled("sentence", "VARCHAR", "The reason in words for an analyst."),
    ),
    loadable=False,
)

MODEL_VERSIONS = Table(
    "model_versions",
    "Every model that was trained, with the time from which it scores.",
    "model_version",
    (
        filled("model_version", "VARCHAR", "Name of the model: fraud-2025-07-01-1a2b3c4d."),
        filled("model", "VARCHAR", "fraud or liveness."),
        filled("valid_from", "TIMESTAMP", "Events from this time on are scored by it, until the next one's."),
        filled("trained_as_of", "TIMESTAMP", "Labels known later than this did not exist for it."),
        filled("window_from", "TIMESTAMP", "First event it was trained on."),
        filled("window_to", "TIMESTAMP", "End of the events it was trained on, exclusive."),
        filled("artefact", "VARCHAR", "File name below the home's models/."),
        filled("artefact_hash", "VARCHAR", "SHA-256 of that file."),
        filled("metrics", "JSON", "What was measured on later, unseen events, with intervals."),
        filled("card", "VARCHAR", "The model card, Markdown."),
    ),
    loadable=False,
)

CROSS_SCORED = Table(
    "cross_scored",
    "A sample of every quarter's events as every model in force would have decided them, counted.",
    "quarter",
    (
        filled("quarter", "DATE", "First day of the calendar quarter of the events."),
        filled("region", "VARCHAR", "Region of the accounts."),
        filled("model", "VARCHAR", "fraud or liveness."),
        filled("model_version", "VARCHAR", "The model that decided."),
        filled("policy_version", "VARCHAR", "The policy that decided."),
        filled("events", "BIGINT", "Events of the sample, one in ten of the quarter's."),
        filled("flagged", "BIGINT", "Those that it would not have allowed."),
        filled("alerts", "BIGINT", "Those that it would have held, blocked or frozen."),
    ),
    loadable=False,
)

POLICIES = Table(
    "policies",
    "Every policy that decided, whole.",
    "policy_version",
    (
        filled("policy_version", "VARCHAR", "Name of the policy: its content's hash."),
        filled("created_as_of", "TIMESTAMP", "The data's time at which it was made."),
        filled(
            "document",
            "JSON",
            "Thresholds of each region, budget, floors and ceilings, the rule of freezes, and words.",
        ),
    ),
    loadable=False,
)
