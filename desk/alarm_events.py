"""The table of what people did with alarms of monitoring: taken and closed, each at most once an alarm."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, String, Table, text

from desk.append_only import refuse_changes
from desk.transactional import TRANSACTIONAL, acted

ALARM_EVENTS = Table(
    "model_alarm_events",
    TRANSACTIONAL,
    *acted("event"),
    Column("alarm_id", String, nullable=False, index=True, comment="The alarm: M-4f0a91c2de."),
    Column("action", String, nullable=False, comment="taken or closed."),
    Column("reason", String, nullable=False, comment="The words of whoever did it."),
    CheckConstraint("action IN ('taken', 'closed')", name="known_alarm_action"),
    CheckConstraint("length(trim(reason)) > 0", name="handled_with_a_reason"),
    comment="What people did with alarms of monitoring; rows are never changed or removed.",
    sqlite_autoincrement=True,
)
for _action in ("taken", "closed"):
    _once = text(f"action = '{_action}'")
    Index(
        f"alarm_{_action}_once",
        ALARM_EVENTS.c.alarm_id,
        unique=True,
        sqlite_where=_once,
        postgresql_where=_once,
    )
refuse_changes(ALARM_EVENTS, "alarm_id = NEW.alarm_id AND action = NEW.action")
