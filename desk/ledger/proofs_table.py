"""The table of nightly proofs: what a walk over the ledger found, one row a night, never changed."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text

from desk.append_only import refuse_changes
from desk.ledger.buckets import BUCKETS
from desk.transactional import TRANSACTIONAL, acted

LEDGER_PROOFS = Table(
    "ledger_proofs",
    TRANSACTIONAL,
    *acted("proof"),
    Column("day", Date, nullable=False, comment="The data's day that it proves."),
    Column("night", Date, nullable=False, comment="The day of the wall clock, UTC."),
    Column("is_whole", Boolean, nullable=False, comment="Nothing was found broken."),
    Column("transfers", Integer, nullable=False, comment="Transfers that hold."),
    Column("accounts", Integer, nullable=False, comment="Pairs of account and asset."),
    Column("freezes", Integer, nullable=False, comment="Freezes whose steps agree with the ledger."),
    Column("entries_sum_micro", BigInteger, nullable=False, comment="All entries added up: zero."),
    *(
        Column(f"{name}_micro", BigInteger, nullable=False, comment=f"What is {name} in all, millionths.")
        for name in BUCKETS
    ),
    Column("hash", String(64), nullable=False, comment="Hash over all transfers in their order."),
    Column("words", Text, nullable=False, comment="The verdict in a sentence."),
    Index("each_night_once", "day", "night", unique=True),
    comment="The nightly proof of the ledger: it adds up, and nothing in it was changed.",
    sqlite_autoincrement=True,
)
refuse_changes(LEDGER_PROOFS, "day = NEW.day AND night = NEW.night")
