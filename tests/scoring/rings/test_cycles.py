from __future__ import annotations

from small_flows import patterns_of, sentences, shown


def test_money_that_comes_back_over_three_accounts_is_a_cycle() -> None:
    rows = patterns_of((1, "A", "B", 100), (2, "B", "C", 97), (3, "C", "A", 95))

    # Counted once: what set out, not 100 + 97 + 95.
    assert [(r["pattern"], r["accounts"], r["transfers"], str(r["amount"])) for r in rows] == [
        ("cycle", 3, 3, "100.000000")
    ]


def test_the_sentence_of_a_cycle_says_the_way_and_what_came_back() -> None:
    assert sentences((1, "A", "B", 1000), (2, "B", "C", 970), (3.5, "C", "A", 950)) == [
        "1,000.00 left A, went through B and C and came back to A as 950.00 within 3 days, "
        "2 March 2025 to 4 March 2025."
    ]


def test_transfers_against_the_order_of_time_are_no_cycle() -> None:
    assert shown((3, "A", "B", 100), (2, "B", "C", 97), (1, "C", "A", 95)) == []


def test_transfers_at_one_instant_have_no_order_and_are_no_cycle() -> None:
    assert shown((1, "A", "B", 100), (1, "B", "C", 97), (1, "C", "A", 95)) == []


def test_a_cycle_ends_where_money_rests_for_more_than_five_days() -> None:
    assert shown((1, "A", "B", 100), (2, "B", "C", 97), (8, "C", "A", 95)) == []


def test_a_step_that_keeps_more_than_a_fifth_breaks_a_cycle() -> None:
    # 70 of 97 is 72 %, less than 80 %.
    assert shown((1, "A", "B", 100), (2, "B", "C", 97), (3, "C", "A", 70)) == []


def test_a_loan_repaid_between_two_accounts_is_no_cycle() -> None:
    assert shown((1, "A", "B", 100), (1.5, "B", "A", 100)) == []


def test_the_same_money_there_and_back_twice_is_a_cycle_of_two() -> None:
    assert shown((1, "A", "B", 100), (1.2, "B", "A", 100), (1.4, "A", "B", 99), (1.6, "B", "A", 99)) == [
        ("cycle", [0, 1, 2, 3])
    ]


def test_two_rounds_of_one_cycle_are_two_cycles_that_share_no_transfer() -> None:
    first = ((1, "A", "B", 100), (1.5, "B", "C", 99), (2, "C", "A", 98))
    second = ((3, "A", "B", 90), (3.5, "B", "C", 89), (4, "C", "A", 88))

    assert shown(*first, *second) == [("cycle", [0, 1, 2]), ("cycle", [3, 4, 5])]


def test_a_cycle_is_found_beside_a_dead_end_of_likelier_amount() -> None:
    # From B the like amount goes to D, from where nothing returns.
    found = shown((1, "A", "B", 100), (2, "B", "D", 100), (2, "B", "C", 90), (3, "C", "A", 85))

    assert found == [("cycle", [0, 2, 3])]
