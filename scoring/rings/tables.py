"""The tables about rings: who belongs to one and since when, what ties them, what they move, and why so.

Rings are found day by day (`scoring/rings/history.py`); a row that carries a time says what was known then.
"""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import filled

RINGS = Table(
    "rings",
    "Every ring that ever raised an alarm: its life, its score, and what it moved.",
    "ring_id",
    (
        filled("ring_id", "VARCHAR", "Name of the ring, kept while it grows, splits or merges: R-0f3a91c2."),
        filled("region", "VARCHAR", "Region of most of its accounts."),
        filled("country", "VARCHAR", "Country of most of its accounts; null: not known."),
        filled("pattern", "VARCHAR", "Strongest pattern of its flows in `ring_patterns`; null: none found."),
        filled("state", "VARCHAR", "active; broken (see broken_at); or ended (its ties have decayed)."),
        filled("found_at", "TIMESTAMP", "First day it stood as a candidate, alarm or not."),
        filled("alarmed_at", "TIMESTAMP", "First day on which its score reached the alarm."),
        filled("grew_at", "TIMESTAMP", "Last day on which an account joined."),
        filled(
            "broken_at", "TIMESTAMP", "First day on which half of its accounts were confirmed; null: not yet."
        ),
        filled("ended_at", "TIMESTAMP", "First day on which it stood no longer; null: it stands."),
        filled("merged_into", "VARCHAR", "The ring that took it in; null: none did."),
        filled("split_from", "VARCHAR", "The ring it came off; null: none."),
        filled("accounts", "INTEGER", "Accounts on its last day."),
        filled("confirmed_accounts", "INTEGER", "Of all its accounts, those confirmed as crime by now."),
        filled("tie_kinds", "INTEGER", "Kinds of tie that hold it."),
        filled("score", "DOUBLE", "Calibrated probability that it is a ring of crime, on its last day."),
        filled("highest_score", "DOUBLE", "The highest score of all its days."),
        filled("moved", "DECIMAL(18,6)", "What left its accounts to the outside while in it, store's unit."),
        filled("moved_inside", "DECIMAL(18,6)", "What its accounts sent one another while in it."),
        filled(
            "at_risk", "DECIMAL(18,6)", "What came in over its accounts and has not left yet, if it stands."
        ),
        filled("sentence", "VARCHAR", "Why the program believes in it, in words.", "text"),
    ),
    loadable=False,
)

RING_HISTORY = Table(
    "ring_history",
    "What changed in a ring and when, one row a ring and day of change.",
    "ring_id",
    (
        filled("ring_id", "VARCHAR", "The ring."),
        filled("as_of", "TIMESTAMP", "The day, at its start: what was known then, nothing later."),
        filled(
            "change",
            "VARCHAR",
            "found (again, if it had ended), alarmed, grew, shrank, changed, split, merged, broken or ended.",
        ),
        filled("accounts", "INTEGER", "Accounts since then."),
        filled("joined", "INTEGER", "Accounts that came."),
        filled("gone", "INTEGER", "Accounts that left."),
        filled("known_bad", "INTEGER", "Of the accounts, those confirmed as crime by then."),
        filled("score", "DOUBLE", "Calibrated probability then."),
        filled("other_ring_id", "VARCHAR", "The ring it merged with or split from; null: none."),
    ),
    loadable=False,
)

RING_MEMBERS = Table(
    "ring_members",
    "Which account was in which ring, from when to when, and what it did there.",
    "ring_id",
    (
        filled("ring_id", "VARCHAR", "The ring."),
        filled("account_id", "VARCHAR", "The account."),
        filled("since", "TIMESTAMP", "First day in the ring."),
        filled("until", "TIMESTAMP", "First day no longer in it; null: it is."),
        filled("role", "VARCHAR", "collector, distributor, mule, controller, cash_out or member."),
        filled("role_sentence", "VARCHAR", "Why this role, in words.", "text"),
        filled("strength", "DOUBLE", "Strength of its ties to the others together, log-odds."),
        filled("region", "VARCHAR", "Region of the account."),
        filled("country", "VARCHAR", "Country of the account; null: not known."),
        filled("received", "DECIMAL(18,6)", "What came to it while in the ring, store's unit."),
        filled("sent", "DECIMAL(18,6)", "What it sent to other accounts of the ring."),
        filled("cashed_out", "DECIMAL(18,6)", "What it took out of the exchange."),
        filled("confirmed_at", "TIMESTAMP", "When it was first confirmed as crime; null: it is not."),
        filled("x", "DOUBLE", "Place in the drawing, -1 to 1."),
        filled("y", "DOUBLE", "Place in the drawing, -1 to 1."),
    ),
    loadable=False,
)

RING_TIES = Table(
    "ring_ties",
    "What ties two accounts of a ring: one row a pair, kind and shared thing.",
    "ring_id",
    (
        filled("ring_id", "VARCHAR", "The ring."),
        filled("account_a", "VARCHAR", "The account that comes first by its id."),
        filled("account_b", "VARCHAR", "The other account."),
        filled(
            "kind",
            "VARCHAR",
            "device, network, gateway (same day behind one hiding address), payout, source, referral, "
            "liveness, transfer or lockstep.",
        ),
        filled(
            "artefact", "VARCHAR", "The device, network address, address or account that is shared.", "tie"
        ),
        filled("sharers", "INTEGER", "How many accounts shared it by then."),
        filled("since", "TIMESTAMP", "When the tie came to be, UTC."),
        filled("last_at", "TIMESTAMP", "When it was last seen, UTC."),
        filled("until", "TIMESTAMP", "When it has decayed so far that it no longer counts, UTC."),
        filled("strength", "DOUBLE", "Log-odds that it adds, when last seen; halves every 150 days after."),
        filled("amount", "DECIMAL(18,6)", "What was sent over it; null: no money."),
        filled("sentence", "VARCHAR", "The tie and why it counts, in words.", "text"),
    ),
    loadable=False,
)

RING_TRANSFERS = Table(
    "ring_transfers",
    "Every movement of money into, inside and out of a ring while its accounts were in it.",
    "ring_id",
    (
        filled("ring_id", "VARCHAR", "The ring."),
        filled("event_id", "VARCHAR", "The transaction."),
        filled("occurred_at", "TIMESTAMP", "When it happened, UTC."),
        filled("leg", "VARCHAR", "in, inside or out."),
        filled("sender", "VARCHAR", "Account or address it came from; null: not known.", "party"),
        filled("receiver", "VARCHAR", "Account or address it went to; null: not known.", "party"),
        filled("amount", "DECIMAL(18,6)", "Value in the store's unit."),
        filled("pattern_number", "INTEGER", "The pattern of `ring_patterns` it shows; null: none."),
    ),
    loadable=False,
)

RING_PATTERNS = Table(
    "ring_patterns",
    "Named typologies in a ring's flows; `ring_transfers` has the transfers that show each.",
    "ring_id",
    (
        filled("ring_id", "VARCHAR", "The ring."),
        filled("pattern_number", "INTEGER", "Number of the pattern in its ring, from 1, the largest first."),
        filled("pattern", "VARCHAR", "fan_in, fan_out, scatter_gather, cycle or peel_chain."),
        filled("first_at", "TIMESTAMP", "Time of its first transfer, UTC."),
        filled("last_at", "TIMESTAMP", "Time of its last transfer, UTC."),
        filled("accounts", "INTEGER", "Accounts that take part."),
        filled("transfers", "INTEGER", "Transfers that show it."),
        filled("amount", "DECIMAL(18,6)", "What went through it, counted once, store's unit."),
        filled("sentence", "VARCHAR", "The pattern in words.", "text"),
    ),
    loadable=False,
)

RING_KEY_TIES = Table(
    "ring_key_ties",
    "The smallest set of shared things found without which a ring falls apart.",
    "ring_id",
    (
        filled("ring_id", "VARCHAR", "The ring."),
        filled("rank", "INTEGER", "1 for what holds most accounts."),
        filled("kind", "VARCHAR", "Kind of tie, as in `ring_ties`."),
        filled("artefact", "VARCHAR", "What is shared, as in `ring_ties`.", "tie"),
        filled("accounts_held", "INTEGER", "Accounts of the ring that it ties."),
        filled(
            "accounts_left",
            "INTEGER",
            "Accounts of the largest part left once this and those above are gone.",
        ),
        filled("sentence", "VARCHAR", "What it holds together, in words.", "text"),
    ),
    loadable=False,
)

RING_FEATURES = Table(
    "ring_features",
    "Dated snapshots of the ring of each account: a row where it changed, valid until the next.",
    "account_id",
    (
        filled("account_id", "VARCHAR", "The account."),
        filled("as_of", "TIMESTAMP", "The day, at its start: what was known then, nothing later."),
        filled("ring_id", "VARCHAR", "The candidate it belongs to since then; null: it left."),
        filled("ring_score", "DOUBLE", "Calibrated probability that the candidate is a ring of crime."),
        filled("ring_accounts", "INTEGER", "Accounts of the candidate."),
        filled("ring_known_bad", "INTEGER", "Other accounts of it that were confirmed as crime by then."),
        filled("ring_strength", "DOUBLE", "Strength of this account's ties to the others, log-odds."),
        filled("ring_young_share", "DOUBLE", "Share of its accounts opened less than 45 days before."),
        filled("ring_since", "TIMESTAMP", "Since when this account is in it."),
    ),
    loadable=False,
)

RING_MODELS = Table(
    "ring_models",
    "How the strength of ties and the score of rings were learned, one row each time and model.",
    "as_of",
    (
        filled("as_of", "TIMESTAMP", "Labels known later than this did not exist for it; used from then on."),
        filled("model", "VARCHAR", "ties (strength of a pair's ties) or rings (score of a candidate)."),
        filled("examples", "BIGINT", "Pairs of accounts, or candidates, learned from."),
        filled("positives", "BIGINT", "Of them, confirmed in one incident, or held by confirmed accounts."),
        filled("fingerprint", "VARCHAR", "SHA-256 of the examples."),
    ),
    loadable=False,
)

RING_DAYS = Table(
    "ring_days",
    "Rings by day and region, counted: what measures add up.",
    "day",
    (
        filled("day", "DATE", "The day."),
        filled("region", "VARCHAR", "Region of the rings."),
        filled("standing", "INTEGER", "Alarmed rings that stand at the start of the day."),
        filled("accounts", "INTEGER", "Accounts in them."),
        filled("alarmed", "INTEGER", "Rings that reached the alarm on that day."),
        filled("broken", "INTEGER", "Rings of which half of the accounts were confirmed from that day on."),
        filled("ended", "INTEGER", "Rings that stood no longer from that day on."),
    ),
    loadable=False,
)

RING_TABLES = (
    RINGS,
    RING_HISTORY,
    RING_MEMBERS,
    RING_TIES,
    RING_TRANSFERS,
    RING_PATTERNS,
    RING_KEY_TIES,
    RING_FEATURES,
    RING_MODELS,
    RING_DAYS,
)
