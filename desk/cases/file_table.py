"""The table of files that people add to cases."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, LargeBinary, String, Table

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL

CASE_FILES = Table(
    "case_files",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the file, in the order of writing."),
    Column("case_id", String, nullable=False, index=True, comment="The case."),
    Column("at", DateTime, nullable=False, comment="The data's now when it was added, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was added, UTC."),
    Column("actor", String, nullable=False, comment="Who added it."),
    Column("name", String, nullable=False, comment="Its name."),
    Column("media_type", String, nullable=False, comment="What it says it is: image/png."),
    Column("size", Integer, nullable=False, comment="Bytes."),
    Column("sha256", String(64), nullable=False, comment="Hash of its bytes."),
    Column("content", LargeBinary, nullable=False, comment="Its bytes."),
    comment="Files that people added to cases, whole, each with its hash.",
    sqlite_autoincrement=True,
)
refuse_changes(CASE_FILES)
