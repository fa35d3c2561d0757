"""What nobody has to ask for: proofs that came are found, what is over ends. The program's own acts."""

from __future__ import annotations

from datetime import datetime

from data.store import Store
from desk.records import Records
from desk.recoveries.paying import lapse_payments
from desk.recoveries.proving import lapse_challenges, match_proofs


def sweep(records: Records, store: Store, now: datetime) -> int:
    """Match proofs first, then end what is over, and return how many claims moved on."""
    proved = match_proofs(records, store, now)
    return proved + lapse_challenges(records, now) + lapse_payments(records, now)
