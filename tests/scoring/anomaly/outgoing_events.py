"""Six hundred withdrawals a month of a hundred quiet accounts, of which a test makes some strange."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from scoring.anomaly.outgoing import Named, Outgoing
from scoring.anomaly.signals import SIGNALS

MONTHS, EACH, ACCOUNTS = 3, 600, 100
NAMES = [feature.name for feature in SIGNALS]
START = np.datetime64("2025-01-01T00:00:00.000000")
TRAFFIC = {("cis", 660 + month): 1000 for month in range(MONTHS)}


def quiet() -> Outgoing:
    """Withdrawals in January, February and March: every signal 0, each account once in 100 events."""
    months = [np.datetime64(f"2025-0{number + 1}-01T00:00:00.000000") for number in range(MONTHS)]
    at = np.concatenate([month + np.arange(EACH) * np.timedelta64(1, "h") for month in months])
    count = len(at)
    everywhere = np.zeros(count, dtype=np.int64)
    return Outgoing(
        event_key=np.arange(count),
        event_id=pa.array([f"W{number}" for number in range(count)]),
        account=Named(tuple(f"A{number}" for number in range(ACCOUNTS)), np.arange(count) % ACCOUNTS),
        area=Named(("cis",), everywhere),
        kind=Named(("withdrawal",), everywhere),
        at=at,
        matrix=np.zeros((count, len(SIGNALS))),
    )


def signal(name: str) -> int:
    """The column of a signal."""
    return NAMES.index(name)
