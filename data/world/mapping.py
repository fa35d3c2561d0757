"""The mapping of the world's files: the demonstration comes in through the user's own door."""

from __future__ import annotations

from data.check_media import CHECK_MEDIA
from data.contract import ACCOUNTS, LABELS, LIVENESS_CHECKS, LOGINS, SIGNATURES, TRANSACTIONS
from data.declared import Table
from data.records import RECORD_TABLES

# Columns that the files do not bring: the load makes a label's id from its content.
_LEFT_OUT = {"label_id"}
_FILES: tuple[tuple[Table, str], ...] = (
    (ACCOUNTS, "accounts.csv"),
    (TRANSACTIONS, "transactions-*.parquet"),
    (LOGINS, "logins-*.parquet"),
    (LIVENESS_CHECKS, "identity-checks.parquet"),
    (CHECK_MEDIA, "check-media.parquet"),
    (SIGNATURES, "signatures.csv"),
    (LABELS, "labels.jsonl"),
    *((table, f"{table.name}.csv") for table in RECORD_TABLES),
)


def _section(table: Table, files: str) -> str:
    names = [column.name for column in table.mapped if column.name not in _LEFT_OUT]
    columns = "\n".join(f'{name} = "{name}"' for name in names)
    return f'[[table]]\ntable = "{table.name}"\nfiles = ["{files}"]\n[table.columns]\n{columns}\n'


_HEAD = """# Made by `watchfloor demo`: everything in these files is made up.
synthetic = true
money_unit = "USDT"
time_zone = "UTC"

"""
MAPPING = _HEAD + "\n".join(_section(table, files) for table, files in _FILES)
