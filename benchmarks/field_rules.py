"""Hand-written rules as exchanges use them without a model: points for each that holds, most points first.

The rules are the common ones of transaction monitoring (structuring, velocity, pass-through, new device and
payee after a change of factor, shared devices, masked networks, listed counterparties, money out at once
from a young account), with thresholds as a practitioner sets them, not fitted on this world.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from scoring.calibration import Floats
from scoring.fraud import FRAUD

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Rule:
    """Points where all conditions hold; a feature that is not known holds none."""

    name: str
    points: float
    conditions: tuple[tuple[str, Literal["<=", ">="], float], ...]


RULES = (
    Rule("listed counterparty", 10, (("event_is_listed_counterparty", ">=", 1),)),
    Rule("listed device", 8, (("event_is_listed_device", ">=", 1),)),
    Rule("counterparty of a confirmed crime", 6, (("counterparty_count_confirmed_30d", ">=", 1),)),
    Rule("device of a confirmed crime", 6, (("device_count_confirmed", ">=", 1),)),
    Rule("structuring", 4, (("account_count_amounts_under_limits_24h", ">=", 3),)),
    Rule(
        "money straight through",
        3,
        (("account_pass_through_money_out_24h", ">=", 0.8), ("event_is_trade", "<=", 0)),
    ),
    Rule("fan-in", 3, (("account_distinct_counterparties_of_money_in_24h", ">=", 3),)),
    Rule("fan-out", 3, (("account_distinct_counterparties_of_money_out_24h", ">=", 4),)),
    Rule(
        "out after a change of factor",
        5,
        (
            ("account_since_last_factor_changes", "<=", DAY),
            ("account_counterparty_is_first_of_events", ">=", 1),
        ),
    ),
    Rule(
        "new device and new payee",
        3,
        (
            ("account_device_is_first_of_events", ">=", 1),
            ("account_counterparty_is_first_of_events", ">=", 1),
        ),
    ),
    Rule("many times the usual amount", 3, (("account_times_typical_money_out_30d", ">=", 5),)),
    Rule("device of three customers", 3, (("device_distinct_customers_of_events_30d", ">=", 3),)),
    Rule("impossible travel", 2, (("account_travel_speed_between_events_30d", ">=", 900),)),
    Rule("Tor", 2, (("event_is_tor", ">=", 1),)),
    Rule("VPN", 1, (("event_is_vpn", ">=", 1),)),
    Rule("failed sign-ins before", 2, (("account_count_failed_logins_1h", ">=", 3),)),
    Rule("emulated device", 2, (("event_is_emulated_device", ">=", 1),)),
    Rule("young account", 1, (("event_account_age_seconds", "<=", 7 * DAY),)),
)


def points(matrix: Floats) -> Floats:
    """Return (n,) the points of each event from its fraud features (n, f). Raises KeyError."""
    column = {name: number for number, name in enumerate(FRAUD.names)}
    total = np.zeros(len(matrix))
    for rule in RULES:
        holds = np.ones(len(matrix), dtype=np.bool_)
        for name, side, limit in rule.conditions:
            values = matrix[:, column[name]]
            # NaN compares as false on both sides.
            holds &= values >= limit if side == ">=" else values <= limit
        total += rule.points * holds
    return total
