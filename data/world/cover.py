"""The session around a crime: crimes, too, happen after a sign-in and next to ordinary transactions.

Without it a model would find crime by its solitude, which is an artefact of a made-up world.
"""

from __future__ import annotations

import numpy as np

from data.world.calendar import SECOND
from data.world.columns import (
    DEPOSIT,
    FACTORS,
    LOGIN,
    NONE,
    SETTLED,
    SUCCESS,
    TRADE,
    Logins,
    Rng,
    Transactions,
    full,
    take,
    to_micro,
)
from data.world.counterparties import own_wallet
from data.world.crime import chosen, later
from data.world.normal import SIGNED_IN, draw_assets, normal_amounts
from data.world.scene import Scene

BESIDE = 0.45  # chance of one more ordinary transaction before, and as often one more before that
AFTER = 0.25


def covering_logins(scene: Scene, crime: Transactions, rng: Rng) -> Logins:
    """Return the sign-ins before crimes, from the same device and address, no part of the crime."""
    some = take(crime, chosen(len(crime.at), SIGNED_IN, rng))
    count = len(some.at)
    weak = chosen(count, 0.08, rng)
    return Logins(
        account=some.account,
        at=some.at - (rng.uniform(30, 400, count) * SECOND).astype(np.int64),
        kind=full(count, LOGIN),
        outcome=full(count, SUCCESS),
        factor=np.where(weak, FACTORS.index("password"), scene.people.factor[some.account]),
        device=some.device,
        ip=some.ip,
        incident=full(count, NONE),
    )


def covering_transactions(scene: Scene, crime: Transactions, rng: Rng) -> list[Transactions]:
    """Return ordinary transactions shortly before and after crimes, from the same device and address."""
    first = take(crime, chosen(len(crime.at), BESIDE, rng))
    second = take(first, chosen(len(first.at), BESIDE, rng))
    after = take(crime, chosen(len(crime.at), AFTER, rng))
    return [
        _ordinary(scene, first, -1, rng),
        _ordinary(scene, second, -3, rng),
        _ordinary(scene, after, 1, rng),
    ]


def _ordinary(scene: Scene, beside: Transactions, steps: int, rng: Rng) -> Transactions:
    count = len(beside.at)
    kind = np.where(chosen(count, 0.3, rng), DEPOSIT, TRADE)
    away = later(full(count, 0), 75.0 * SECOND, 1.0, rng) * steps
    return Transactions(
        account=beside.account,
        at=beside.at + away,
        kind=kind,
        micro=to_micro(normal_amounts(scene.people, beside.account, kind, rng)),
        asset=draw_assets(beside.account, rng),
        counterparty=np.where(kind == TRADE, NONE, own_wallet(beside.account, rng)),
        device=beside.device,
        ip=beside.ip,
        status=full(count, SETTLED),
        incident=full(count, NONE),
    )
