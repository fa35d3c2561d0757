from __future__ import annotations

from small_flows import Transfer, patterns_of, sentences, shown

THREE_TO_ONE: tuple[Transfer, ...] = ((1, "A", "K", 500), (2, "B", "K", 300), (3, "C", "K", 200))
ONE_TO_THREE: tuple[Transfer, ...] = ((1, "K", "A", 500), (2, "K", "B", 300), (3, "K", "C", 200))


def test_three_accounts_that_send_to_one_are_a_fan_in() -> None:
    rows = patterns_of(*THREE_TO_ONE)

    assert [(r["pattern"], r["accounts"], r["transfers"], str(r["amount"])) for r in rows] == [
        ("fan_in", 4, 3, "1000.000000")
    ]


def test_one_account_that_sends_to_three_is_a_fan_out() -> None:
    rows = patterns_of(*ONE_TO_THREE)

    assert [(r["pattern"], r["accounts"], r["transfers"], str(r["amount"])) for r in rows] == [
        ("fan_out", 4, 3, "1000.000000")
    ]


def test_two_senders_are_a_fan_in_only_if_the_collector_passes_most_on() -> None:
    two = THREE_TO_ONE[:2]

    assert shown(*two) == []
    assert shown(*two, (3, "K", "0xout", 400)) == []  # half of 800
    assert shown(*two, (3, "K", "0xout", 760)) == [("fan_in", [0, 1])]
    assert shown(*two, (12, "K", "0xout", 760)) == []  # nine days later


def test_two_receivers_are_a_fan_out_only_if_the_money_had_come_just_before() -> None:
    two = ONE_TO_THREE[:2]

    assert shown(*two) == []
    assert shown((0.5, "0xin", "K", 850), *two) == [("fan_out", [1, 2])]
    assert shown(*two, (3, "0xin", "K", 850)) == []  # it came after


def test_sentences_of_fans_say_what_went_on_or_came_before() -> None:
    assert sentences(*THREE_TO_ONE, (4, "K", "0xout", 950)) == [
        "3 accounts (A, B and C) sent 1,000.00 to K within 2 days, 2 March 2025 to 4 March 2025; "
        "K passed 950.00 on."
    ]
    assert sentences((0.5, "0xin", "K", 1100), *ONE_TO_THREE) == [
        "K sent 1,000.00 to 3 accounts (A, B and C) within 2 days, 2 March 2025 to 4 March 2025; "
        "1,100.00 had come to K before."
    ]


def test_the_hub_may_be_an_address_that_three_accounts_pay_out_to() -> None:
    assert shown((1, "A", "0xk", 500), (2, "B", "0xk", 300), (3, "C", "0xk", 200)) == [("fan_in", [0, 1, 2])]


def test_senders_outside_the_ring_are_no_fan() -> None:
    assert shown((1, "0xa", "K", 500), (2, "0xb", "K", 300), (3, "0xc", "K", 200)) == []


def test_senders_in_different_weeks_are_no_fan() -> None:
    assert shown((1, "A", "K", 500), (9, "B", "K", 300), (17, "C", "K", 200)) == []


def test_one_sender_of_three_transfers_is_no_fan() -> None:
    assert shown((1, "A", "K", 500), (2, "A", "K", 300), (3, "A", "K", 200)) == []


def test_shares_of_a_dinner_are_small_change_and_no_fan() -> None:
    # Each guest usually sends 100 elsewhere.
    usual: tuple[Transfer, ...] = ((20, "A", "0x1", 100), (21, "B", "0x2", 100), (22, "C", "0x3", 100))

    assert shown((1, "A", "K", 30), (1, "B", "K", 30), (1, "C", "K", 30), *usual) == []
    assert shown((1, "A", "K", 130), (1, "B", "K", 130), (1, "C", "K", 130), *usual) == [
        ("fan_in", [0, 1, 2])
    ]


def test_customers_who_pay_a_shop_week_after_week_are_no_fan() -> None:
    # The sums differ, so they are no standing orders; five weeks make a habit.
    weeks = [
        (7 * week + day, account, "K", 40 + week * day)
        for week in range(5)
        for day, account in ((1, "A"), (2, "B"), (3, "C"))
    ]

    assert shown(*weeks) == []
    assert [kind for kind, _ in shown(*weeks[:9])] == ["fan_in", "fan_in", "fan_in"]


def test_wages_paid_at_a_steady_distance_are_standing_orders_and_no_fan() -> None:
    wages = [
        (1 + 30 * m, "0xemployer", a, w) for m in range(3) for a, w in (("A", 900), ("B", 800), ("C", 700))
    ]

    assert shown(*wages) == []
    assert shown(*wages[:3]) == [("fan_out", [0, 1, 2])]
