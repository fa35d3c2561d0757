from __future__ import annotations

from small_flows import patterns_of, sentences, shown

THREE_HOPS = ((1, "A", "B", 1000), (2, "B", "C", 900), (3, "C", "D", 800))


def test_three_hands_that_each_keep_a_slice_are_a_chain_of_peels() -> None:
    rows = patterns_of(*THREE_HOPS)

    assert [(r["pattern"], r["accounts"], r["transfers"], str(r["amount"])) for r in rows] == [
        ("peel_chain", 4, 3, "1000.000000")
    ]


def test_the_sentence_says_what_the_hands_kept() -> None:
    assert sentences(*THREE_HOPS) == [
        "1,000.00 went from A to D in 3 hops over B and C, which kept 200.00 of it, within 2 days, "
        "2 March 2025 to 4 March 2025."
    ]


def test_a_chain_may_begin_or_end_outside_with_two_hops_inside() -> None:
    assert shown((1, "0xa", "B", 1000), (2, "B", "C", 900), (3, "C", "D", 800), (4, "D", "0xe", 700)) == [
        ("peel_chain", [0, 1, 2, 3])
    ]


def test_a_deposit_passed_to_a_friend_who_takes_it_out_is_no_chain() -> None:
    assert shown((1, "0xa", "B", 1000), (2, "B", "C", 900), (3, "C", "0xd", 800)) == []


def test_two_hops_are_no_chain() -> None:
    assert shown((1, "A", "B", 1000), (2, "B", "C", 900)) == []


def test_money_passed_on_whole_is_no_peel() -> None:
    assert shown((1, "A", "B", 1000), (2, "B", "C", 1000), (3, "C", "D", 1000)) == []


def test_a_hand_that_keeps_more_than_three_tenths_ends_the_chain() -> None:
    assert shown((1, "A", "B", 1000), (2, "B", "C", 690), (3, "C", "D", 600)) == []


def test_a_chain_does_not_come_back_to_an_account_it_has_left() -> None:
    # From C it returns to A: the way A, B, C, A keeps too little for a cycle, and no fourth account is met.
    assert shown((1, "A", "B", 1000), (2, "B", "C", 720), (3, "C", "A", 520)) == []


def test_the_longer_way_is_told() -> None:
    found = shown(*THREE_HOPS, (2.5, "B", "E", 910), (4, "D", "F", 790))

    assert found == [("peel_chain", [0, 1, 2, 4])]
