"""Views of the queue that people keep: one row a change, in a table that only grows."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Index, Integer, String, Table

from desk.append_only import refuse_changes
from desk.transactional import TRANSACTIONAL, acted

SAVED_VIEWS = Table(
    "saved_views",
    TRANSACTIONAL,
    *acted("change"),
    Column("action", String, nullable=False, comment="saved, changed, deleted or restored."),
    Column("view_id", String, nullable=False, comment="The view: V-4f0a91c2de."),
    Column("version", Integer, nullable=False, comment="How many changes the view has with this one."),
    Column("owner", String, nullable=False, comment="Whose it is."),
    Column("name", String, nullable=False, comment="What they call it."),
    Column("is_shared", Boolean, nullable=False, comment="Everybody sees it."),
    Column("chosen", JSON, nullable=False, comment="What the address of the page then holds, by name."),
    CheckConstraint("action IN ('saved', 'changed', 'deleted', 'restored')", name="known_view_action"),
    CheckConstraint("length(trim(name)) > 0", name="view_has_a_name"),
    Index("view_version_once", "view_id", "version", unique=True),
    comment="Views of the queue that people keep, one row a change.",
    sqlite_autoincrement=True,
)
refuse_changes(SAVED_VIEWS, "view_id = NEW.view_id AND version = NEW.version")
