"""The roll-outs of policies as people made them: one row a roll-out, never changed or removed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, Index, String, Table, Text

from desk.append_only import refuse_changes
from desk.transactional import TRANSACTIONAL, acted

ROLLOUT_EVENTS = Table(
    "rollout_events",
    TRANSACTIONAL,
    *acted("roll-out"),
    Column("rollout_id", String, nullable=False, unique=True, comment="The roll-out: P-4f0a91c2de."),
    Column("maker", String, nullable=False, comment="Who proposed it."),
    Column("checker", String, nullable=False, comment="Who approved it."),
    Column("approved_at", DateTime, nullable=False, comment="The data's now when it was approved, UTC."),
    Column("approval_id", String, nullable=False, unique=True, comment="The approval that it used up."),
    Column("area", String, nullable=False, comment="Where it holds."),
    Column("title", String, nullable=False, comment="What changes, in words."),
    Column("starts_at", DateTime, nullable=False, comment="From when on it holds, UTC."),
    Column("changes", Text, nullable=False, comment="Thresholds and verification, whole, JSON."),
    Column("forecast", Text, nullable=False, comment="What the lab foretold by week, JSON."),
    CheckConstraint("maker <> checker", name="rolled_out_by_two"),
    CheckConstraint("starts_at >= at", name="never_before_now"),
    CheckConstraint("length(trim(title)) > 0", name="rollout_has_a_title"),
    Index("rollouts_by_area", "area"),
    comment="Every roll-out of a policy that two people agreed on; rows are never changed or removed.",
    sqlite_autoincrement=True,
)
refuse_changes(ROLLOUT_EVENTS, "rollout_id = NEW.rollout_id OR approval_id = NEW.approval_id")
