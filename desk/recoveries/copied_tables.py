"""The tables of the store that hold claims of mistaken transfers, copied from the records by number."""

from __future__ import annotations

from data.contract import Table
from desk.copied import ACTED, MONEY, copied

_CLAIM = (
    copied("claim_id", "VARCHAR", "The claim: V-4f0a91c2de07, or another system's own."),
    copied("version", "INTEGER", "How many steps the claim has with this one."),
    copied("kind", "VARCHAR", "wrong_chain, missing_memo, wrong_address, wrong_asset."),
    copied("account_id", "VARCHAR", "The account that claims."),
    copied("asset", "VARCHAR", "What was sent, by ticker."),
    copied("region", "VARCHAR", "Region of the account."),
    copied("country", "VARCHAR", "Its country, ISO alpha-2."),
    copied("status", "VARCHAR", "claimed, recoverable, proving, proved, paid, ..."),
    copied("amount", MONEY, "Claimed."),
    copied("claimed_at", "TIMESTAMP", "When it was claimed, UTC."),
    copied("paid", MONEY, "Recovered; the fee is part of it."),
    copied("fee", MONEY, "Of what is paid, kept for the work."),
    copied("payable", MONEY, "What can be paid; null: not checked."),
    copied("event_id", "VARCHAR", "The transaction here that went wrong; null: none."),
    copied("sent_at", "TIMESTAMP", "When the money was sent, UTC."),
    copied("network", "VARCHAR", "The network it was sent on."),
    copied("tx_hash", "VARCHAR", "Hash of the transfer on its network.", "hash"),
    copied("target", "VARCHAR", "The address it went to.", "address"),
    copied("sender", "VARCHAR", "The address it came from.", "address"),
    copied("memo", "VARCHAR", "The memo or tag that was given with it.", "memo"),
    copied("holder", "VARCHAR", "Who controls the place where it lies."),
    copied("is_recoverable", "BOOLEAN", "It can be got back; null: not checked."),
    copied("recoverable_because", "VARCHAR", "Why so, in words.", "text"),
    copied("challenge", MONEY, "The small amount that proves control."),
    copied(
        "challenge_from", "VARCHAR", "The address it must come from; null: any of the customer's.", "address"
    ),
    copied("challenge_memo", "VARCHAR", "The memo it must carry where the network has one.", "memo"),
    copied("challenge_at", "TIMESTAMP", "From when on it counts, UTC."),
    copied("challenge_until", "TIMESTAMP", "Until when it counts, UTC."),
    copied("proof", "VARCHAR", "The event or hash that proved control.", "text"),
    copied("proved_at", "TIMESTAMP", "When control was proved, UTC."),
    copied("score", "DOUBLE", "How likely it is a false claim, 0 to 1; null: not scored."),
    copied("scored_by", "VARCHAR", "By which model, or rules."),
    copied("score_reasons", "VARCHAR", "Why, a JSON list, the strongest first.", "text"),
    copied("ended_at", "TIMESTAMP", "When it ended, UTC."),
    copied("outcome", "VARCHAR", "recovered, not_recoverable, false_claim, not_proved or withdrawn."),
)
DESK_CLAIMS = Table(
    "desk_claims",
    "Every claim of a mistaken transfer as it stands: its newest step, copied from the records.",
    "claim_id",
    _CLAIM,
    loadable=False,
)
DESK_CLAIM_STEPS = Table(
    "desk_claim_steps",
    "What was done with claims of mistaken transfers, one row a step, each with the claim after it.",
    "number",
    (
        *ACTED,
        copied("action", "VARCHAR", "What was done: claimed, checked, challenged, ..."),
        copied("reason", "VARCHAR", "The words of whoever did it.", "text"),
        copied("details", "VARCHAR", "What else belongs to the action, by name.", "text"),
        copied("approval_id", "VARCHAR", "The approval that it asked for or used up."),
        copied("transfer_id", "VARCHAR", "The transfer in the ledger that it made."),
        *_CLAIM,
    ),
    loadable=False,
)
CLAIM_TABLES = (DESK_CLAIMS, DESK_CLAIM_STEPS)
