"""The rollups: what pages read instead of all events, each built by `rollups/<its name>.sql`."""

from __future__ import annotations

from data.contract import Column, Table
from scoring.event_tables import REASONS, SCORED, filled
from scoring.liveness_tables import (
    CHECK_FACTS,
    CLUSTER_ACCOUNTS,
    LIVENESS_DET,
    LIVENESS_ERRORS,
    MEDIA_CLUSTERS,
)
from scoring.review_tables import ATTRIBUTIONS, AUDITED_EVENTS, SCORE_BINS
from scoring.selective.tables import EXPLORATION


def _some(table: Table, *names: str) -> tuple[Column, ...]:
    return tuple(table.column(name) for name in names)


DAILY = Table(
    "daily",
    "Rollup: events and money by day, region, country, stream, kind and decision.",
    "day",
    (
        filled("day", "DATE", "Day, UTC."),
        filled("region", "VARCHAR", "Region of the account."),
        filled("country", "VARCHAR", "Country of the account, ISO alpha-2."),
        filled("stream", "VARCHAR", "transaction, login or liveness."),
        filled("kind", "VARCHAR", "Kind of the event."),
        filled("decision", "VARCHAR", "allow, step_up, hold, block or freeze."),
        filled("events", "BIGINT", "How many."),
        filled("amount", "DECIMAL(38,6)", "Their value."),
        filled("waiting", "BIGINT", "Alerts (held, blocked, frozen) of seven days, their truth unknown."),
        filled(
            "settled",
            "BIGINT",
            "Transactions among them that settled, or whose status is not known: the exposure.",
        ),
    ),
    loadable=False,
)

INCIDENTS = Table(
    "incidents",
    "Confirmed crimes, one row each: what, where, when it happened and when it became known.",
    "incident_id",
    (
        filled("incident_id", "VARCHAR", "The crime: labels that share an incident_id, or one label alone."),
        filled("typology", "VARCHAR", "Kind of crime."),
        filled("is_organised", "BOOLEAN", "At least three accounts took part."),
        filled("accounts", "BIGINT", "Accounts that took part."),
        filled("events", "BIGINT", "Events confirmed as part of it."),
        filled("amount", "DECIMAL(38,6)", "Value of those events."),
        filled("region", "VARCHAR", "Region of most of its accounts."),
        filled("country", "VARCHAR", "Country of most of its accounts."),
        filled("occurred_at", "TIMESTAMP", "First event of it."),
        filled("known_at", "TIMESTAMP", "When it first became known."),
        filled("ring_id", "VARCHAR", "The ring that committed it, by the first of its crimes."),
        filled("ring_accounts", "BIGINT", "Accounts that took part in any crime of that ring."),
        filled("tie_kinds", "INTEGER", "How many kinds of tie its accounts share."),
    ),
    loadable=False,
)

ACCOUNT_RISK = Table(
    "account_risk",
    "One row an account: how risky it is now and why; sorted by risk.",
    "account_id",
    (
        filled("account_id", "VARCHAR", "The account."),
        filled("region", "VARCHAR", "Its region."),
        filled("country", "VARCHAR", "Its country."),
        filled("opened_at", "TIMESTAMP", "When it was opened; null: not known."),
        filled("first_seen", "TIMESTAMP", "First event."),
        filled("last_seen", "TIMESTAMP", "Last event."),
        filled("events", "BIGINT", "Events of all streams."),
        filled("flagged", "BIGINT", "Events not allowed."),
        filled("amount", "DECIMAL(38,6)", "Value moved."),
        filled("amount_stopped", "DECIMAL(38,6)", "Value of events held, blocked or frozen."),
        filled("score", "DOUBLE", "Highest score of the last 30 days before the store's last event."),
        filled("peak_score", "DOUBLE", "Highest score ever."),
        filled(
            "peak_event_id", "VARCHAR", "The event with the highest score of the last 30 days, else ever."
        ),
        filled("sentence", "VARCHAR", "Strongest reason of that event."),
        filled(
            "state",
            "VARCHAR",
            "open, watched (an alert waits), restricted (held or blocked), frozen, confirmed.",
        ),
    ),
    loadable=False,
)

_TIE = (
    filled("entity_kind", "VARCHAR", "device, ip or counterparty."),
    filled("entity", "VARCHAR", "The fingerprint, the address on the network, or the other side.", "entity"),
    filled("account_id", "VARCHAR", "An account that used it."),
    filled("events", "BIGINT", "Events of that account with it."),
    filled("flagged", "BIGINT", "Those not allowed."),
    filled("amount", "DECIMAL(38,6)", "Value moved."),
    filled("first_seen", "TIMESTAMP", "First event."),
    filled("last_seen", "TIMESTAMP", "Last event."),
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
    "Which devices, network addresses and counterparties each account used, and what is known of each; "
    "sorted by account.",
    "account_id",
    (
        *_TIE,
        filled("accounts_of_all", "BIGINT", "Accounts that used it."),
        filled("events_of_all", "BIGINT", "Events of all accounts with it."),
        filled("flagged_of_all", "BIGINT", "Those not allowed."),
        filled("confirmed", "BIGINT", "Events with it that are confirmed crime."),
        filled("signature", "VARCHAR", "Category and source of a known-bad signature on it; null: none."),
        filled("description", "VARCHAR", "What it is, as in `entity_risk`; null: not known."),
    ),
    loadable=False,
)
ENTITY_RISK = Table(
    "entity_risk",
    "One row a device, network address or counterparty: who uses it and how it turned out.",
    "entity",
    (
        filled("entity_kind", "VARCHAR", "device, ip or counterparty."),
        filled("entity", "VARCHAR", "Its name.", "entity"),
        filled("accounts", "BIGINT", "Accounts that used it."),
        filled("events", "BIGINT", "Events with it."),
        filled("flagged", "BIGINT", "Those not allowed."),
        filled("confirmed", "BIGINT", "Events with it that are confirmed crime."),
        filled("signature", "VARCHAR", "Category and source of a known-bad signature on it; null: none."),
        filled(
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
        filled("day", "DATE", "Day, UTC."),
        filled("region", "VARCHAR", "Region of the account."),
        filled("country", "VARCHAR", "Country of the account."),
        filled("from_country", "VARCHAR", "Country of the network."),
        filled("to_country", "VARCHAR", "Country of the counterparty's account, else the account's own."),
        filled("events", "BIGINT", "How many."),
        filled("flagged", "BIGINT", "Those not allowed."),
        filled("amount", "DECIMAL(38,6)", "Value moved."),
    ),
    loadable=False,
)

FLAGGED_EVENTS = Table(
    "flagged_events",
    "Every event that was not allowed, by time, with how and when it was answered: what lists and counts of "
    "alerts read instead of all events.",
    "event_id",
    (
        *_some(SCORED,
            "event_id", "account_id", "occurred_at", "stream", "kind", "outcome", "amount", "region",
            "country", "model", "score", "decision", "reason", "sentence",
        ),
        filled("answered_at", "TIMESTAMP", "When it was first said what it is; null: it waits."),
        filled("confirmed_at", "TIMESTAMP", "When it was first confirmed as crime; null: it is not."),
        filled("truth", "VARCHAR", "What it is, by the last conclusive label; null: not known."),
        filled("truth_known_at", "TIMESTAMP", "When that became known."),
    ),
    loadable=False,
)  # fmt: skip
CONFIRMED_EVENTS = Table(
    "confirmed_events",
    "Every scored event that is known as crime, by time: what detection is measured on.",
    "event_id",
    (
        *_some(SCORED, "event_id", "account_id"),
        filled("incident_id", "VARCHAR", "The crime it belongs to, as in `incidents`."),
        filled("typology", "VARCHAR", "Kind of crime."),
        *_some(SCORED, "occurred_at"),
        filled("known_at", "TIMESTAMP", "When its truth became known."),
        *_some(SCORED,
            "stream", "kind", "amount", "region", "country", "device_id", "ip", "counterparty", "decision",
            "score",
        ),
    ),
    loadable=False,
)  # fmt: skip
EVENT_ACCOUNTS = Table(
    "event_accounts",
    "Whose every scored event is, sorted by the event's id.",
    "event_id",
    _some(SCORED, "event_id", "account_id"),
    loadable=False,
)
SAMPLED_REASONS = Table(
    "sampled_reasons",
    "The reasons of the events drawn at random for the global view, by model and time.",
    "event_id",
    _some(REASONS,
        "event_id", "occurred_at", "region", "model", "reason", "feature", "value", "points", "sentence",
    ),
    loadable=False,
)  # fmt: skip
_HABITS = (
    ("out", "DECIMAL(18,6)", "Median value of its withdrawals and internal transfers"),
    ("largest", "DECIMAL(18,6)", "Largest value of one event"),
    ("amount", "DECIMAL(38,6)", "Value moved"),
    ("events", "BIGINT", "Events"),
    ("devices", "BIGINT", "Different devices"),
    ("countries", "BIGINT", "Different countries of the network"),
    ("counterparties", "BIGINT", "Different counterparties"),
    ("hours", "UTINYINT[]", "Hour of the day, UTC, of each of its events"),
)
ACCOUNT_PROFILES = Table(
    "account_profiles",
    "One row an account: its risk, and its habits before its last 30 days against those; sorted by account.",
    "account_id",
    (
        *ACCOUNT_RISK.columns,
        filled("customer_type", "VARCHAR", "individual or business, as in `accounts`."),
        filled("kyc_country", "VARCHAR", "Country of the identity document."),
        filled("referrer_id", "VARCHAR", "The account that invited it."),
        filled("weeks_before", "DOUBLE", "Weeks from its first event to the 30 days; at least one."),
        *(
            filled(f"{name}_{span}", kind, f"{comment}, {words}.")
            for name, kind, comment in _HABITS
            for span, words in (("before", "before the last 30 days"), ("now", "in the last 30 days"))
        ),
    ),
    loadable=False,
)

# In the order in which they are built: ties by account tell what is known of each entity, and crimes are
# joined to rings by what their events used and who else used it.
ROLLUPS = (
    DAILY,
    TIES_BY_ENTITY,
    ENTITY_RISK,
    CONFIRMED_EVENTS,
    INCIDENTS,
    ACCOUNT_RISK,
    TIES_BY_ACCOUNT,
    CORRIDORS,
    SCORE_BINS,
    AUDITED_EVENTS,
    ATTRIBUTIONS,
    FLAGGED_EVENTS,
    EVENT_ACCOUNTS,
    SAMPLED_REASONS,
    ACCOUNT_PROFILES,
    CHECK_FACTS,
    LIVENESS_ERRORS,
    LIVENESS_DET,
    MEDIA_CLUSTERS,
    CLUSTER_ACCOUNTS,
    EXPLORATION,
)
