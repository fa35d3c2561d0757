"""What scoring adds to the store: the spine of all events, their features, scores, reasons and rollups.

Everything here is computed when events are scored; pages only read it. Feature columns are generated
from their declarations (`scoring/features`), so the tables of features are declared there.
"""

from __future__ import annotations

from data.contract import Column, Table


def _filled(name: str, kind: str, comment: str) -> Column:
    return Column(name, kind, comment, filled_by="score")


SPINE = Table(
    "spine",
    "Every event of the three streams in one shape, in the order of time; what features are computed from.",
    "event_id",
    (
        _filled("event_id", "VARCHAR", "The event."),
        _filled("event_key", "BIGINT", "The event's ingest_seq: a number to join features by."),
        _filled("stream", "VARCHAR", "transaction, login or liveness."),
        _filled("kind", "VARCHAR", "Its kind within the stream; `identity_check` for liveness."),
        _filled("outcome", "VARCHAR", "Status of a transaction, outcome of a login or of the capture kit."),
        _filled("account_id", "VARCHAR", "The account that acts."),
        _filled("occurred_at", "TIMESTAMP", "When it happened, UTC."),
        _filled("t", "BIGINT", "The same in microseconds since 1970, for window frames."),
        _filled("amount", "DECIMAL(18,6)", "Value in the store's unit; null: not known or no money."),
        _filled("micro", "BIGINT", "The same in millionths, so that sums are exact."),
        _filled("asset", "VARCHAR", "What was moved."),
        _filled("counterparty", "VARCHAR", "The other side."),
        _filled("device_id", "VARCHAR", "Fingerprint of the device."),
        _filled("ip", "VARCHAR", "Address on the network."),
        _filled(
            "region",
            "VARCHAR",
            "Region of the account's KYC country, else of its first known network country, else 'unknown'.",
        ),
        _filled(
            "country", "VARCHAR", "Country of the account by the same rule, ISO alpha-2; null: not known."
        ),
        _filled("network_country", "VARCHAR", "Country of the address on the network."),
        _filled(
            "network_kind",
            "VARCHAR",
            "Kind of the network, or of the signature on it (tor, vpn, datacentre).",
        ),
        _filled(
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
        _filled("model", "VARCHAR", "fraud or liveness."),
        _filled("model_version", "VARCHAR", "The model in `model_versions` that scored it."),
        _filled("score", "DOUBLE", "Calibrated probability of crime or attack, rounded to nine decimals."),
        _filled(
            "threshold", "DOUBLE", "The lowest threshold of its region above which it would not be allowed."
        ),
        _filled("decision", "VARCHAR", "allow, step_up, hold, block or freeze."),
        _filled("policy_version", "VARCHAR", "The policy in `policies` that decided."),
        _filled(
            "is_in_training",
            "BOOLEAN",
            "The model was trained on this event's time; its score is no proof of quality.",
        ),
        _filled(
            "is_explained",
            "BOOLEAN",
            "Reasons are stored: it was not allowed, or it is in the random sample.",
        ),
        _filled("reason", "VARCHAR", "The strongest reason in the direction of the score, where explained; never the kind of event."),
        _filled("sentence", "VARCHAR", "That reason in words."),
    ),
    loadable=False,
)

EXPLANATIONS = Table(
    "explanations",
    "For each explained event: where the score started and what would have changed the decision.",
    "event_id",
    (
        _filled("event_id", "VARCHAR", "The event."),
        _filled("model_version", "VARCHAR", "The model explained."),
        _filled("base_probability", "DOUBLE", "Probability before anything is known of the event."),
        _filled("score", "DOUBLE", "The stored score; base plus the points of all reasons, within 1e-9."),
        _filled("is_sample", "BOOLEAN", "Drawn at random for the global view, whatever its decision."),
        _filled(
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
        _filled("event_id", "VARCHAR", "The event."),
        _filled("occurred_at", "TIMESTAMP", "When the event happened, UTC."),
        _filled("region", "VARCHAR", "Region of its account."),
        _filled("model", "VARCHAR", "fraud or liveness."),
        _filled("rank", "INTEGER", "1 for the reason with the largest absolute points."),
        _filled("reason", "VARCHAR", "Name of the reason."),
        _filled("feature", "VARCHAR", "The feature of the group that contributed most."),
        _filled("value", "DOUBLE", "That feature's value; null: not known."),
        _filled(
            "normal",
            "DOUBLE",
            "The customer's own past where the feature compares with it, else the median of the innocent.",
        ),
        _filled("contribution", "DOUBLE", "Log-odds that the group adds."),
        _filled(
            "points",
            "DOUBLE",
            "Probability that the group adds; all points of an event sum to score minus base.",
        ),
        _filled("sentence", "VARCHAR", "The reason in words for an analyst."),
    ),
    loadable=False,
)

MODEL_VERSIONS = Table(
    "model_versions",
    "Every model that was trained, with the time from which it scores.",
    "model_version",
    (
        _filled("model_version", "VARCHAR", "Name of the model: fraud-2025-07-01-1a2b3c4d."),
        _filled("model", "VARCHAR", "fraud or liveness."),
        _filled(
            "valid_from", "TIMESTAMP", "Events from this time on are scored by it, until the next one's."
        ),
        _filled("trained_as_of", "TIMESTAMP", "Labels known later than this did not exist for it."),
        _filled("window_from", "TIMESTAMP", "First event it was trained on."),
        _filled("window_to", "TIMESTAMP", "End of the events it was trained on, exclusive."),
        _filled("artefact", "VARCHAR", "File name below the home's models/."),
        _filled("artefact_hash", "VARCHAR", "SHA-256 of that file."),
        _filled("metrics", "JSON", "What was measured on later, unseen events, with intervals."),
        _filled("card", "VARCHAR", "The model card, Markdown."),
    ),
    loadable=False,
)

POLICIES = Table(
    "policies",
    "Every policy that decided, whole.",
    "policy_version",
    (
        _filled("policy_version", "VARCHAR", "Name of the policy: its content's hash."),
        _filled("created_as_of", "TIMESTAMP", "The data's time at which it was made."),
        _filled(
            "document",
            "JSON",
            "Thresholds of each region, budget, floors and ceilings, the rule of freezes, and words.",
        ),
    ),
    loadable=False,
)

DAILY = Table(
    "daily",
    "Rollup: events and money by day, region, country, stream, kind and decision.",
    "day",
    (
        _filled("day", "DATE", "Day, UTC."),
        _filled("region", "VARCHAR", "Region of the account."),
        _filled("country", "VARCHAR", "Country of the account, ISO alpha-2."),
        _filled("stream", "VARCHAR", "transaction, login or liveness."),
        _filled("kind", "VARCHAR", "Kind of the event."),
        _filled("decision", "VARCHAR", "allow, step_up, hold, block or freeze."),
        _filled("events", "BIGINT", "How many."),
        _filled("amount", "DECIMAL(38,6)", "Their value."),
        _filled("waiting", "BIGINT", "Those not allowed whose truth is not known yet: alerts that wait."),
        _filled("settled", "BIGINT", "Settled transactions among them: the exposure of rates."),
    ),
    loadable=False,
)

INCIDENTS = Table(
    "incidents",
    "Confirmed crimes, one row each: what, where, when it happened and when it became known.",
    "incident_id",
    (
        _filled("incident_id", "VARCHAR", "The crime: labels that share an incident_id, or one label alone."),
        _filled("typology", "VARCHAR", "Kind of crime."),
        _filled("is_organised", "BOOLEAN", "At least three accounts took part."),
        _filled("accounts", "BIGINT", "Accounts that took part."),
        _filled("events", "BIGINT", "Events confirmed as part of it."),
        _filled("amount", "DECIMAL(38,6)", "Value of those events."),
        _filled("region", "VARCHAR", "Region of most of its accounts."),
        _filled("country", "VARCHAR", "Country of most of its accounts."),
        _filled("occurred_at", "TIMESTAMP", "First event of it."),
        _filled("known_at", "TIMESTAMP", "When it first became known."),
    ),
    loadable=False,
)

ACCOUNT_RISK = Table(
    "account_risk",
    "One row an account: how risky it is now and why; sorted by risk.",
    "account_id",
    (
        _filled("account_id", "VARCHAR", "The account."),
        _filled("region", "VARCHAR", "Its region."),
        _filled("country", "VARCHAR", "Its country."),
        _filled("opened_at", "TIMESTAMP", "When it was opened; null: not known."),
        _filled("first_seen", "TIMESTAMP", "First event."),
        _filled("last_seen", "TIMESTAMP", "Last event."),
        _filled("events", "BIGINT", "Events of all streams."),
        _filled("flagged", "BIGINT", "Events not allowed."),
        _filled("amount", "DECIMAL(38,6)", "Value moved."),
        _filled("amount_stopped", "DECIMAL(38,6)", "Value of events held, blocked or frozen."),
        _filled("score", "DOUBLE", "Highest score of the last 30 days before the store's last event."),
        _filled("peak_score", "DOUBLE", "Highest score ever."),
        _filled(
            "peak_event_id", "VARCHAR", "The event with the highest score of the last 30 days, else ever."
        ),
        _filled("sentence", "VARCHAR", "Strongest reason of that event."),
        _filled(
            "state",
            "VARCHAR",
            "open, watched (an alert waits), restricted (held or blocked), frozen, confirmed.",
        ),
    ),
    loadable=False,
)

_TIE = (
    _filled("entity_kind", "VARCHAR", "device, ip or counterparty."),
    _filled("entity", "VARCHAR", "The fingerprint, the address on the network, or the other side."),
    _filled("account_id", "VARCHAR", "An account that used it."),
    _filled("events", "BIGINT", "Events of that account with it."),
    _filled("flagged", "BIGINT", "Those not allowed."),
    _filled("amount", "DECIMAL(38,6)", "Value moved."),
    _filled("first_seen", "TIMESTAMP", "First event."),
    _filled("last_seen", "TIMESTAMP", "Last event."),
)
TIES_BY_ENTITY = Table(
    "ties_by_entity",
    "Who used which device, network address or counterparty; sorted by entity.",
    "entity",
    _TIE,
    loadable=False,
)
TIES_BY_ACCOUNT = Table(
    "ties_by_account",
    "Who used which device, network address or counterparty; sorted by account.",
    "account_id",
    _TIE,
    loadable=False,
)
ENTITY_RISK = Table(
    "entity_risk",
    "One row a device, network address or counterparty: who uses it and how it turned out.",
    "entity",
    (
        _filled("entity_kind", "VARCHAR", "device, ip or counterparty."),
        _filled("entity", "VARCHAR", "Its name."),
        _filled("accounts", "BIGINT", "Accounts that used it."),
        _filled("events", "BIGINT", "Events with it."),
        _filled("flagged", "BIGINT", "Those not allowed."),
        _filled("confirmed", "BIGINT", "Events with it that are confirmed crime."),
        _filled("signature", "VARCHAR", "Category and source of a known-bad signature on it; null: none."),
        _filled(
            "description",
            "VARCHAR",
            "Country, operator and kind of a network; system and client of a device; null: not known.",
        ),
    ),
    loadable=False,
)
CORRIDORS = Table(
    "corridors",
    "Rollup by day: from the country of the network to that of the other side, else the account's own.",
    "day",
    (
        _filled("day", "DATE", "Day, UTC."),
        _filled("region", "VARCHAR", "Region of the account."),
        _filled("country", "VARCHAR", "Country of the account."),
        _filled("from_country", "VARCHAR", "Country of the network."),
        _filled("to_country", "VARCHAR", "Country of the counterparty's account, else the account's own."),
        _filled("events", "BIGINT", "How many."),
        _filled("flagged", "BIGINT", "Those not allowed."),
        _filled("amount", "DECIMAL(38,6)", "Value moved."),
    ),
    loadable=False,
)

ROLLUPS = (DAILY, INCIDENTS, ACCOUNT_RISK, TIES_BY_ENTITY, TIES_BY_ACCOUNT, ENTITY_RISK, CORRIDORS)
SCORING_TABLES = (SPINE, SCORED, EXPLANATIONS, REASONS, MODEL_VERSIONS, POLICIES, *ROLLUPS)
