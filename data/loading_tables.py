"""The tables in which loading keeps its books: files, rows that were set aside, facts of the store."""

from __future__ import annotations

from data.declared import Column, Table

FILES = Table(
    "files",
    "Every file that was loaded, by its content: the same file twice adds nothing.",
    "file_id",
    (
        Column("file_id", "INTEGER", "Number of the file in this store.", filled_by="load"),
        Column(
            "content_hash", "VARCHAR", "SHA-256 of the file, the table and the mapping.", filled_by="load"
        ),
        Column("path", "VARCHAR", "Where it lay.", filled_by="load"),
        Column("table_name", "VARCHAR", "The table it filled.", filled_by="load"),
        Column("rows_read", "BIGINT", "Rows in the file.", filled_by="load"),
        Column("rows_taken", "BIGINT", "Rows that are new in the store.", filled_by="load"),
        Column("rows_known", "BIGINT", "Rows that were there already, the same.", filled_by="load"),
        Column("rows_rejected", "BIGINT", "Rows set aside in `rejects`.", filled_by="load"),
        Column("is_synthetic", "BOOLEAN", "Its mapping says that the data is made up.", filled_by="load"),
        Column("loaded_at", "TIMESTAMP", "When it was loaded, UTC, by the wall clock.", filled_by="load"),
    ),
    loadable=False,
)

REJECTS = Table(
    "rejects",
    "Rows that could not be taken, whole, with the reason; nothing is dropped in silence.",
    "reject_id",
    (
        Column("reject_id", "BIGINT", "Number of the reject in this store.", filled_by="load"),
        Column("file_id", "INTEGER", "The file in `files` that held the row.", filled_by="load"),
        Column("path", "VARCHAR", "Where that file lay.", filled_by="load"),
        Column(
            "line",
            "BIGINT",
            "Line in the file (header is 1), or row number in Parquet (first is 1).",
            filled_by="load",
        ),
        Column("table_name", "VARCHAR", "The table it was meant for.", filled_by="load"),
        Column("column_name", "VARCHAR", "The column at fault, where it is one.", filled_by="load"),
        Column(
            "reason",
            "VARCHAR",
            "What is wrong, what was possible, what to do.",
            filled_by="load",
            personal="hidden",
        ),
        Column("row", "JSON", "The row as it was read.", filled_by="load", personal="hidden"),
    ),
    loadable=False,
)

SETTINGS = Table(
    "settings",
    "Facts of this store that are no rows: its unit of money, the contract's version.",
    "name",
    (
        Column("name", "VARCHAR", "Name of the fact.", filled_by="load"),
        Column("value", "VARCHAR", "Its value.", filled_by="load"),
    ),
    loadable=False,
)

LOADING_TABLES = (FILES, REJECTS, SETTINGS)
