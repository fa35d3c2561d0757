"""The steps of approvals: proposed, approved, rejected, withdrawn, used; one row a step, never changed.

What the database holds by itself, whoever writes:

- each step once an approval; approved or rejected, not both; withdrawn, rejected or used, one of them;
- a decision refers to the proposal and a use to the approval, of the same act, maker and hour of expiry;
- whoever decides is not the maker, and nothing is approved or used after it expired.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL

_SAME_ACT = ("act_hash", "maker", "expires_at")
APPROVAL_EVENTS = Table(
    "approval_events",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the step, in the order of writing."),
    Column("approval_id", String, nullable=False, comment="The approval: A-4f0a91c2de."),
    Column("step", String, nullable=False, comment="proposed, approved, rejected, withdrawn or used."),
    Column("follows", String, comment="The step that it rests on: proposed, or approved for a use."),
    Column("at", DateTime, nullable=False, comment="The data's now when it was done, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was done, UTC."),
    Column("expires_at", DateTime, nullable=False, comment="The data's now from which it is no longer good."),
    Column("actor", String, nullable=False, comment="Who did it."),
    Column("role", String, nullable=False, comment="In which role."),
    Column("maker", String, nullable=False, comment="Who proposed the act."),
    Column("checker", String, comment="Who approved or rejected it."),
    Column("action", String, nullable=False, comment="The name of the dangerous action: promote_model."),
    Column("object_id", String, nullable=False, comment="What it is done to."),
    Column("amount_micro", BigInteger, comment="How much, in millionths; NULL where no money is in it."),
    Column("details", Text, nullable=False, comment="Everything else that the act is bound to, JSON."),
    Column("summary", Text, nullable=False, comment="The act in the words that the checker reads."),
    Column("act_hash", String(64), nullable=False, comment="SHA-256 of the act and its maker."),
    Column("reason", Text, nullable=False, comment="The words of whoever did the step."),
    CheckConstraint(
        "step = 'proposed' AND follows IS NULL OR step = 'used' AND follows = 'approved' "
        "OR step IN ('approved', 'rejected', 'withdrawn') AND follows = 'proposed'",
        name="known_step",
    ),
    CheckConstraint("step NOT IN ('proposed', 'withdrawn') OR actor = maker", name="makers_make"),
    CheckConstraint("step NOT IN ('approved', 'rejected') OR actor = checker", name="checkers_check"),
    CheckConstraint(
        "step NOT IN ('approved', 'rejected', 'used') OR checker IS NOT NULL", name="somebody_checks"
    ),
    CheckConstraint("checker IS NULL OR checker <> maker", name="maker_and_checker_differ"),
    CheckConstraint("step NOT IN ('approved', 'used') OR at < expires_at", name="not_after_it_expired"),
    CheckConstraint("length(trim(actor)) > 0", name="approval_has_an_actor"),
    UniqueConstraint("approval_id", "step", *_SAME_ACT, name="one_act"),
    ForeignKeyConstraint(
        ["approval_id", "follows", *_SAME_ACT],
        [f"approval_events.{name}" for name in ("approval_id", "step", *_SAME_ACT)],
        name="follows_the_same_act",
    ),
    Index("each_step_once", "approval_id", "step", unique=True),
    Index("approvals_by_object", "action", "object_id"),
    comment="The steps of every approval of a dangerous action, one row a step.",
    sqlite_autoincrement=True,
)
for _name, _steps in (
    ("decided_once", "'approved', 'rejected'"),
    ("ended_once", "'rejected', 'withdrawn', 'used'"),
):
    _one = text(f"step IN ({_steps})")
    Index(_name, APPROVAL_EVENTS.c.approval_id, unique=True, sqlite_where=_one, postgresql_where=_one)
refuse_changes(APPROVAL_EVENTS, "approval_id = NEW.approval_id AND step = NEW.step")
