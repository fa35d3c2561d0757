from __future__ import annotations

import numpy as np
import pytest

from scoring.rings.evidence import Confirmed, Evidence
from scoring.rings.kinds import DEVICE, MICROSECONDS_A_DAY, NETWORK, REFERRAL, TRANSFER, WIDTH
from scoring.rings.shared import Uses
from scoring.rings.strength import Known, Rarity
from scoring.rings.ties import Ties, no_ties, pairs_of

DAY = MICROSECONDS_A_DAY
COUNTRY = np.zeros(2_000, dtype=np.int64)


def evidence(accounts: int = 2_000) -> Evidence:
    made = Evidence(np.zeros(accounts, dtype=np.int64), COUNTRY[:accounts])
    made.count(DAY)
    return made


def uses(kind: int, thing: int, day: int, *accounts: int) -> Uses:
    count = len(accounts)
    at = np.full(count, day * DAY)
    return Uses(
        np.full(count, kind),
        np.full(count, thing),
        np.array(accounts),
        at,
        at,
        np.ones(count, dtype=np.int64),
    )


NO_USES = uses(DEVICE.number, 0, 0)


def sent(thing: int, one: int, other: int, **known: float) -> Ties:
    row = dict.fromkeys(TRANSFER.features, 0.0) | {"senders": 1.0, "receivers": 1.0} | known
    features = np.array([list(row.values())], dtype=np.float32)
    at = np.array([5 * DAY])
    pair = pairs_of(np.array([one]), np.array([other]))
    return Ties(pair, np.array([TRANSFER.number]), np.array([thing]), at, at, features)


def test_a_thing_used_again_has_its_ties_replaced_and_others_stand() -> None:
    made = evidence()
    made.add(uses(DEVICE.number, 0, 1, 10, 11), no_ties())
    made.add(uses(NETWORK.number, 1, 1, 20, 21), no_ties())
    made.add(uses(DEVICE.number, 0, 2, 12), no_ties())

    assert sorted(zip(made.ties.thing.tolist(), made.ties.pair.tolist(), strict=True)) == [
        (0, 10 << 32 | 11), (0, 10 << 32 | 12), (0, 11 << 32 | 12), (1, 20 << 32 | 21)
    ]  # fmt: skip
    assert len(made.strength) == len(made.context) == 4
    # Three share the device now: all of its ties say less than the address of two.
    order = np.argsort(made.ties.thing, kind="stable")
    assert made.strength[order][:3].max() < made.strength[order][3]


def test_a_hub_loses_the_ties_it_had() -> None:
    made = evidence()
    made.add(uses(NETWORK.number, 3, 1, *range(8)), no_ties())
    assert len(made.ties) == 28
    made.add(uses(NETWORK.number, 3, 2, 8), no_ties())

    assert len(made.ties) == 0 == len(made.strength)


def test_a_later_look_at_a_transfer_replaces_the_earlier_and_keeps_the_others() -> None:
    made = evidence()
    made.add(NO_USES, sent(7, 1, 2))
    made.add(NO_USES, sent(8, 3, 4))
    made.add(NO_USES, sent(7, 1, 2, passed_on=1.0))

    found = dict(zip(made.ties.thing.tolist(), made.strength.tolist(), strict=True))
    assert sorted(found) == [7, 8]
    assert found[7] > found[8] + 3


@pytest.mark.parametrize("side", ["senders", "receivers"])
def test_a_transfer_by_who_deals_with_too_many_ties_nobody_any_longer(side: str) -> None:
    made = evidence()
    made.add(NO_USES, sent(7, 1, 2, **{side: TRANSFER.most}))
    assert len(made.ties) == 1
    made.add(NO_USES, sent(7, 1, 2, **{side: TRANSFER.most + 1}))

    assert len(made.ties) == 0


def test_of_a_pair_the_largest_share_that_was_passed_on_is_told() -> None:
    made = evidence()
    ties = [sent(7, 1, 2, passed_on=1.0), sent(8, 1, 2, passed_on=0.7), sent(9, 3, 4, passed_on=0.9)]
    for one in ties:
        made.add(uses(DEVICE.number, one.thing[0], 4, *(int(one.pair[0]) >> 32, int(one.pair[0]) & 255)), one)
    pairs, passed_on = made.kept(5 * DAY)

    assert pairs.pair.tolist() == [1 << 32 | 2, 3 << 32 | 4]
    assert passed_on == pytest.approx([1.0, 0.9])
    assert pairs.kinds.tolist() == [2, 2]


def test_nothing_at_all_keeps_no_pair() -> None:
    made = evidence()
    made.add(NO_USES, no_ties())
    pairs, passed_on = made.kept(DAY)

    assert len(pairs.pair) == len(passed_on) == 0
    none = np.empty(0, dtype=np.int64)
    assert made.learn(Known(none, none)) is None


def test_rarity_counts_the_accounts_opened_by_then() -> None:
    opened = np.r_[np.zeros(100, dtype=np.int64), np.full(900, 50 * DAY)]
    made = Evidence(opened, COUNTRY[:1000])
    made.add(uses(DEVICE.number, 0, 1, 10, 11), no_ties())
    made.count(50 * DAY)
    before, base = made.strength[0], made.strengths.base
    made.count(50 * DAY + 1)

    assert isinstance(made.strengths, Rarity)
    assert made.strengths.accounts == 1000
    assert made.strength[0] - before == pytest.approx(np.log(10))
    assert made.strengths.base - base == pytest.approx(-np.log(10))


def test_what_was_known_is_what_was_known_before() -> None:
    confirmed = Confirmed(np.array([5, 6]), np.array([10, 20]), np.array([1, 2]), np.array([10, 30]))

    assert confirmed.by(10).pairs.tolist() == confirmed.by(10).accounts.tolist() == []
    assert confirmed.by(11).pairs.tolist() == [5]
    assert confirmed.by(11).accounts.tolist() == [1]
    assert confirmed.by(31).accounts.tolist() == [1, 2]


def test_accounts_are_abroad_to_one_another_only_where_both_countries_are_known() -> None:
    made = Evidence(np.array([0, 3, 500, 0]) * DAY, np.array([1, 1, 2, -1]))
    nothing = np.full((3, WIDTH), np.nan, dtype=np.float32)
    pair, at = pairs_of(np.array([0, 0, 0]), np.array([1, 2, 3])), np.zeros(3, dtype=np.int64)
    ties = Ties(pair, np.full(3, REFERRAL.number), np.arange(3), at, at, nothing)

    context = made._lockstep(ties)
    assert context[:, 0].tolist() == [3, 90, 0]
    assert context[:2, 1].tolist() == [0, 1]
    assert np.isnan(context[2, 1])
