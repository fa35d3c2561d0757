"""Attempts at identity checks that attackers give up: drawn with all others, they leave nothing behind.

They are taken out last, when all else is drawn, so that fewer attempts change nothing else of the world.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.world.calendar import MONTH_STARTS
from data.world.columns import NONE, Checks, Flags, fixed_uniform
from data.world.names import event_ids

# Share of attacking accounts that try only once, before July, when checks became stricter, and since.
TRIES_ONCE = (0.3, 0.335)
_PART = 11  # of the fixed random numbers


def given_up(checks: Checks) -> Flags:
    """Answer which checks (n,) nobody makes: further attempts of attackers who try only once."""
    share = np.where(checks.at < MONTH_STARTS[6], *TRIES_ONCE)
    tries_once = fixed_uniform(_PART, checks.account) < share
    absent: Flags = (checks.species != NONE) & (checks.attempt > 1) & tries_once
    return absent


def made(table: pa.Table, checks: Checks) -> pa.Table:
    """Return the rows of a table with `event_id` whose check, if it is one, is made."""
    absent = event_ids(2, np.flatnonzero(given_up(checks)))
    return table.filter(pc.invert(pc.is_in(table.column("event_id"), value_set=absent)))
