"""The table of handovers: what a shift handed over, as it was then, and that the next shift accepted it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, Index, String, Table, Text

from desk.append_only import refuse_changes
from desk.transactional import TRANSACTIONAL, acted

HANDOVERS = Table(
    "handovers",
    TRANSACTIONAL,
    *acted("row"),
    Column("handover_id", String, nullable=False, comment="The handover: H-7b21c9e04a."),
    Column("action", String, nullable=False, comment="handed_over or accepted."),
    Column("channel", String, nullable=False, comment="The regional channel."),
    Column("shift_starts", DateTime, nullable=False, comment="When the shift began, UTC."),
    Column("shift_ends", DateTime, nullable=False, comment="When it ended, UTC."),
    Column("notes", Text, nullable=False, comment="What the next desk should know, in their own words."),
    Column(
        "text", Text, nullable=False, comment="The page as it was handed over, Markdown; empty: accepted."
    ),
    CheckConstraint("action IN ('handed_over', 'accepted')", name="handover_actions"),
    Index("handover_once", "handover_id", "action", unique=True),
    Index("handovers_by_channel", "channel", "number"),
    comment="What shifts handed over to the next one, as it was then, and who accepted it.",
    sqlite_autoincrement=True,
)
refuse_changes(HANDOVERS, "handover_id = NEW.handover_id AND action = NEW.action")
