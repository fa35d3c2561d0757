"""The table of handovers: what a shift handed over, as it was then, and that the next shift accepted it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, DateTime, Index, String, Table, Text

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL

HANDOVERS = Table(
    "handovers",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the row, in the order of writing."),
    Column("handover_id", String, nullable=False, comment="The handover: H-7b21c9e04a."),
    Column("action", String, nullable=False, comment="handed_over or accepted."),
    Column("channel", String, nullable=False, comment="The regional channel."),
    Column("shift_starts", DateTime, nullable=False, comment="When the shift began, UTC."),
    Column("shift_ends", DateTime, nullable=False, comment="When it ended, UTC."),
    Column("at", DateTime, nullable=False, comment="The data's now when it was done, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was done, UTC."),
    Column("actor", String, nullable=False, comment="Who did it."),
    Column("role", String, nullable=False, comment="In which role."),
    Column("notes", Text, nullable=False, comment="What the next desk should know, in their own words."),
    Column(
        "text", Text, nullable=False, comment="The page as it was handed over, Markdown; empty: accepted."
    ),
    CheckConstraint("action IN ('handed_over', 'accepted')", name="handover_actions"),
    CheckConstraint("length(trim(actor)) > 0", name="somebody_hands_over"),
    Index("handover_once", "handover_id", "action", unique=True),
    Index("handovers_by_channel", "channel", "number"),
    comment="What shifts handed over to the next one, as it was then, and who accepted it.",
    sqlite_autoincrement=True,
)
refuse_changes(HANDOVERS, "handover_id = NEW.handover_id AND action = NEW.action")
