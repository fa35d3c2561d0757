"""The table of claim steps, and claims as they stand.

What the database itself refuses: a row that changes or goes, a gap, two steps of one version, a claim that is
paid twice or more than was claimed, and a proof that proves two claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    column,
    event,
    table,
    text,
)

from data.statement import read_statement
from desk.append_only import refuse_changes, refuse_gaps
from desk.recoveries.state import HOLDERS, KINDS, LIVE, OUTCOMES, STATE_NAMES, STATUSES
from desk.transactional import TRANSACTIONAL, acted


def _one_of(name: str, values: Sequence[str]) -> str:
    return f"{name} IN ({', '.join(repr(value) for value in values)})"


_PAYS, _PROVES = text("action = 'paid'"), text("action = 'proved'")
CLAIM_STEPS = Table(
    "claim_steps",
    TRANSACTIONAL,
    *acted("step"),
    Column("action", String, nullable=False, comment="What was done: claimed, checked, challenged, ..."),
    Column("reason", Text, nullable=False, comment="The words of whoever did it."),
    Column("details", JSON, nullable=False, comment="What else belongs to the action, by name."),
    Column("approval_id", String, comment="The approval that it asked for or used up."),
    Column("transfer_id", String, comment="The transfer in the ledger that it made."),
    Column("claim_id", String, nullable=False, comment="The claim: V-4f0a91c2de07, or another system's own."),
    Column("version", Integer, nullable=False, comment="How many steps the claim has with this one."),
    Column("kind", String, nullable=False, comment="wrong_chain, missing_memo, wrong_address, wrong_asset."),
    Column("account_id", String, nullable=False, index=True, comment="The account that claims."),
    Column("asset", String, nullable=False, comment="What was sent, by ticker."),
    Column("region", String, nullable=False, comment="Region of the account."),
    Column("country", String, comment="Its country, ISO alpha-2."),
    Column("status", String, nullable=False, comment="claimed, recoverable, proving, proved, paid, ..."),
    Column("amount_micro", BigInteger, nullable=False, comment="Claimed, millionths."),
    Column("claimed_at", DateTime, nullable=False, comment="When it was claimed, UTC."),
    Column("paid_micro", BigInteger, nullable=False, comment="Recovered, millionths; the fee is part of it."),
    Column(
        "fee_micro", BigInteger, nullable=False, comment="Of what is paid, kept for the work, millionths."
    ),
    Column("payable_micro", BigInteger, comment="What can be paid, millionths; NULL: not checked."),
    Column("event_id", String, index=True, comment="The transaction here that went wrong; NULL: none."),
    Column("sent_at", DateTime, comment="When the money was sent, UTC."),
    Column("network", String, comment="The network it was sent on."),
    Column("tx_hash", String, index=True, comment="Hash of the transfer on its network."),
    Column("target", String, comment="The address it went to."),
    Column("sender", String, comment="The address it came from."),
    Column("memo", String, comment="The memo or tag that was given with it."),
    Column("holder", String, comment="Who controls the place where it lies."),
    Column("is_recoverable", Boolean, comment="It can be got back; NULL: not checked."),
    Column("recoverable_because", Text, comment="Why so, in words."),
    Column("challenge_micro", BigInteger, comment="The small amount that proves control, millionths."),
    Column("challenge_from", String, comment="The address it must come from; NULL: any of the customer's."),
    Column("challenge_memo", String, comment="The memo it must carry where the network has one."),
    Column("challenge_at", DateTime, comment="From when on it counts, UTC."),
    Column("challenge_until", DateTime, comment="Until when it counts, UTC."),
    Column("proof", String, index=True, comment="The event or hash that proved control."),
    Column("proved_at", DateTime, comment="When control was proved, UTC."),
    Column("score", Float, comment="How likely it is a false claim, 0 to 1; NULL: not scored."),
    Column("scored_by", String, comment="By which model, or rules."),
    Column("score_reasons", Text, comment="Why, a JSON list, the strongest first."),
    Column("ended_at", DateTime, comment="When it ended, UTC."),
    Column("outcome", String, comment="recovered, not_recoverable, false_claim, not_proved or withdrawn."),
    CheckConstraint(_one_of("kind", KINDS), name="known_claim_kind"),
    CheckConstraint(_one_of("status", STATUSES), name="known_claim_status"),
    CheckConstraint(f"outcome IS NULL OR {_one_of('outcome', OUTCOMES)}", name="known_claim_outcome"),
    CheckConstraint(f"holder IS NULL OR {_one_of('holder', HOLDERS)}", name="known_holder"),
    CheckConstraint("length(trim(action)) > 0", name="something_done_to_the_claim"),
    CheckConstraint("amount_micro > 0", name="claims_something"),
    CheckConstraint("paid_micro >= 0 AND paid_micro <= amount_micro", name="never_more_than_claimed"),
    CheckConstraint("payable_micro IS NULL OR payable_micro <= amount_micro", name="payable_was_claimed"),
    CheckConstraint("fee_micro >= 0 AND fee_micro <= amount_micro", name="a_fee_of_it"),
    CheckConstraint("(paid_micro > 0) = (status = 'paid')", name="paid_once_it_is"),
    CheckConstraint(f"(ended_at IS NULL) = ({_one_of('status', LIVE)})", name="claim_ended_once"),
    CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="claim_ended_somehow"),
    CheckConstraint(
        "status <> 'proving' OR (challenge_micro > 0 AND challenge_until IS NOT NULL)", name="asked_to_prove"
    ),
    Index("each_claim_version_once", "claim_id", "version", unique=True),
    Index("a_claim_is_paid_once", "claim_id", unique=True, sqlite_where=_PAYS, postgresql_where=_PAYS),
    Index("a_proof_proves_once", "proof", unique=True, sqlite_where=_PROVES, postgresql_where=_PROVES),
    comment="What was done with claims of mistaken transfers, one row a step, each with the claim after it.",
    sqlite_autoincrement=True,
)
refuse_changes(CLAIM_STEPS, "claim_id = NEW.claim_id AND version = NEW.version")
refuse_gaps(CLAIM_STEPS, "claim_id", "version")
_CREATE_VIEW = read_statement(Path(__file__).with_name("claims_now.sql")).sql
CLAIMS_NOW = table(
    "claims_now",
    column("number", CLAIM_STEPS.c.number.type),
    *(column(name, CLAIM_STEPS.c[name].type) for name in STATE_NAMES),
)


@event.listens_for(CLAIM_STEPS, "after_create")
def _create_view(_table: Table, connection: Connection, **_: object) -> None:
    connection.exec_driver_sql(_CREATE_VIEW)
