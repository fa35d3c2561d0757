from __future__ import annotations

import numpy as np
from ring_world import START, Exchange, moment

from data.progress import silent
from data.store import Store
from scoring.rings.kinds import DEVICE, GATEWAY, NETWORK, PAYOUT, REFERRAL, SOURCE, TRANSFER
from scoring.rings.sources import Sources, read_sources
from scoring.rings.ties import ends_of
from scoring.spine import build_spine

FIRST = (START - START.replace(year=1970)).days


def micro(day: float) -> int:
    return int((moment(day) - moment(0)).total_seconds() * 1e6) + FIRST * 86_400_000_000


def read(store: Store, exchange: Exchange) -> Sources:
    exchange.fill(store)
    build_spine(store, silent)
    with store.writing() as cursor:
        sources = read_sources(cursor)
    assert sources is not None
    return sources


def used(sources: Sources) -> set[tuple[int, str, str, int]]:
    """Kind, thing, account and day of all uses."""
    uses = sources.uses
    return {
        (int(kind), str(name), sources.account_ids[account], int(day) - FIRST)
        for kind, name, account, day in zip(
            uses.kind, sources.names.of(uses.thing), uses.account, sources.use_day, strict=True
        )
    }


def test_an_account_seen_before_its_date_of_opening_is_as_old_as_what_it_did(store: Store) -> None:
    exchange = Exchange()
    exchange.opens("late", 50)
    exchange.signs_in("late", 1, "phone")
    exchange.signs_in("friend", 2, "phone")
    exchange.moves("friend", 3, "internal_transfer", 5, "paid")
    sources = read(store, exchange)

    # In the order in which they came; only the late one told its country.
    assert sources.account_ids == ["late", "friend", "paid"]
    assert sources.people.opened.tolist() == [micro(1), micro(2), micro(3)]
    assert sources.people.country.tolist() == [0, -1, -1]


def test_what_only_one_account_used_is_left_out_and_nothing_is_no_thing(store: Store) -> None:
    exchange = Exchange()
    for account in ("a", "b"):
        exchange.signs_in(account, 1, "phone", None)
        exchange.signs_in(account, 1.5, f"d-{account}", "1.1.1.1")
        exchange.moves(account, 2, "deposit", 5, None)
    exchange.signs_in("a", 3, None, "2.2.2.2")

    assert used(read(store, exchange)) == {
        (DEVICE.number, "phone", "a", 1),
        (DEVICE.number, "phone", "b", 1),
        (NETWORK.number, "1.1.1.1", "a", 1),
        (NETWORK.number, "1.1.1.1", "b", 1),
    }


def test_where_money_goes_and_where_it_comes_from_are_two_things(store: Store) -> None:
    exchange = Exchange()
    for account in ("a", "b"):
        exchange.moves(account, 1, "withdrawal", 5, "0x1")
        exchange.moves(account, 2, "deposit", 5, "0x1")
        exchange.moves(account, 3, "internal_transfer", 5, "c")

    assert {(kind, name) for kind, name, _, _ in used(read(store, exchange))} == {
        (PAYOUT.number, "0x1"),
        (SOURCE.number, "0x1"),
    }


def test_a_hiding_gateway_is_a_thing_of_one_day_and_a_carrier_is_none(store: Store) -> None:
    exchange = Exchange()
    exchange.networks += [{"ip": "9.9.9.9", "kind": "vpn"}, {"ip": "8.8.8.8", "kind": "mobile"}]
    for account in ("a", "b"):
        exchange.signs_in(account, 1, None, "9.9.9.9")
        exchange.signs_in(account, 1, None, "8.8.8.8")
        exchange.signs_in(account, 2, None, "9.9.9.9")
    exchange.signs_in("c", 3, None, "9.9.9.9")

    assert used(read(store, exchange)) == {
        (GATEWAY.number, f"9.9.9.9@{FIRST + day}", account, day) for day in (1, 2) for account in ("a", "b")
    }


def test_of_a_hub_the_first_users_past_its_limit_are_enough(store: Store) -> None:
    exchange = Exchange()
    for number in range(30):
        exchange.signs_in(f"a{number:02}", 1 + number / 100, None, "1.1.1.1")
        exchange.signs_in(f"a{number:02}", 5, None, "1.1.1.1")

    # Eight are tied, the ninth makes it a hub.
    assert {account for _, _, account, _ in used(read(store, exchange))} == {f"a{n:02}" for n in range(9)}


def test_many_uses_of_a_day_are_one_row_with_first_last_and_count(store: Store) -> None:
    exchange = Exchange()
    for day in (1.25, 1.5, 1.75, 2.5):
        exchange.signs_in("a", day, "phone")
    exchange.signs_in("b", 1.5, "phone")
    uses = read(store, exchange).uses

    assert uses.count.tolist() == [3, 1, 1]
    assert uses.first.tolist() == [micro(1.25), micro(1.5), micro(2.5)]
    assert uses.last.tolist() == [micro(1.75), micro(1.5), micro(2.5)]


def test_a_referral_of_before_the_first_event_is_known_on_the_first_day(store: Store) -> None:
    exchange = Exchange()
    exchange.opens("host", -500)
    exchange.opens("old", -40, referrer_id="host")
    exchange.opens("new", 3, referrer_id="host")
    exchange.opens("odd", 3, referrer_id="odd")
    exchange.opens("lost", 3, referrer_id="nobody")
    exchange.signs_in("host", 0.5, None)
    sources = read(store, exchange)

    (_, first), (_, second) = (sources.of_day(FIRST + day) for day in (0, 3))
    assert [sources.account_ids[n[0]] for n in ends_of(first.pair)] == ["host", "old"]
    assert first.since.tolist() == [micro(-40)]
    assert first.kind.tolist() == [REFERRAL.number]
    # The first and the second account that it invited.
    assert (first.features[0, 0], second.features[0, 0]) == (1, 2)
    assert len(second) == 1


def sent(store: Store) -> Sources:
    """On day 5 a has 100 and sends 90 to b, who sends 80 on to c on day 7; d sends 10 to b on day 8."""
    exchange = Exchange()
    exchange.signs_in("z", 0, None)
    exchange.moves("a", 4.9, "deposit", 100, None)
    exchange.moves("a", 5.5, "internal_transfer", 90, "b")
    exchange.moves("b", 7.5, "internal_transfer", 80, "c")
    exchange.moves("d", 8.2, "internal_transfer", 10, "b")
    exchange.moves("b", 20, "internal_transfer", 1, "b")
    return read(store, exchange)


def test_a_transfer_is_looked_at_after_one_day_two_and_four(store: Store) -> None:
    sources = sent(store)
    a, b = (sources.account_ids.index(name) for name in "ab")
    looks = {}
    for day in range(30):
        _, ties = sources.of_day(FIRST + day)
        for row in np.flatnonzero(ties.pair == (a << 32) | b).tolist():
            looks[day + 1] = dict(zip(TRANSFER.features, ties.features[row].tolist(), strict=True))

    assert sorted(looks) == [6, 7, 9]
    # Known at the start of day 6 and 7: nothing left b yet; of day 9: 80 within three days, and 10 from d.
    assert [looks[day]["passed_on"] for day in (6, 7, 9)] == [0, 0, np.float32(80 / 90)]
    assert [looks[day]["senders"] for day in (6, 7, 9)] == [1, 1, 2]
    assert [looks[day]["share"] for day in (6, 9)] == [1, np.float32(0.9)]
    assert looks[9]["is_passed_on"] == 1
    assert looks[6]["is_passed_on"] == 0
    assert looks[6]["is_passed_from"] == 1
    assert looks[6]["came_before"] == np.float32(100 / 90)
    assert looks[6]["receivers"] == looks[6]["times"] == 1


def test_what_an_account_sends_itself_is_no_tie(store: Store) -> None:
    sources = sent(store)
    one, other = ends_of(sources.direct.pair)

    assert (one != other).all()
    assert len(one) >= 6


def test_labels_are_known_when_the_later_of_both_is(store: Store) -> None:
    exchange = Exchange()
    for number, account in enumerate("abcd"):
        exchange.signs_in(account, 30 + number, None)
    for account, day in (("a", 3.0), ("b", 5.0), ("a", 9.0), ("c", None)):
        exchange.confirms(account, day, "crime")
    exchange.confirms("d", 4, None)
    sources = read(store, exchange)

    assert sources.confirmed.pair.tolist() == [0 << 32 | 1]
    assert sources.confirmed.pair_known.tolist() == [micro(5)]
    assert sources.confirmed.account.tolist() == [0, 1, 3]
    known = sources.confirmed.by(micro(4))
    assert known.accounts.tolist() == [0]
    assert known.pairs.tolist() == []


def test_an_empty_store_has_no_sources(store: Store) -> None:
    build_spine(store, silent)
    with store.writing() as cursor:
        assert read_sources(cursor) is None
