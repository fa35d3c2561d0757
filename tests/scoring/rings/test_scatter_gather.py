from __future__ import annotations

from small_flows import patterns_of, sentences, shown

OVER_TWO = ((1, "S", "B", 600), (1.5, "S", "C", 400), (2, "B", "K", 570), (3, "C", "K", 380))


def test_money_spread_over_two_accounts_and_brought_together_is_a_scatter_gather() -> None:
    rows = patterns_of(*OVER_TWO)

    # Counted once: the 1,000 that were spread.
    assert [(r["pattern"], r["accounts"], r["transfers"], str(r["amount"])) for r in rows] == [
        ("scatter_gather", 4, 4, "1000.000000")
    ]


def test_the_sentence_says_source_accounts_between_and_sink() -> None:
    assert sentences(*OVER_TWO) == [
        "S spread 1,000.00 over 2 accounts (B and C), and they brought 950.00 together at K within 2 days, "
        "2 March 2025 to 4 March 2025."
    ]


def test_source_and_sink_may_lie_outside_the_ring() -> None:
    found = shown((1, "0xs", "B", 600), (1.5, "0xs", "C", 400), (2, "B", "0xk", 570), (3, "C", "0xk", 380))

    assert found == [("scatter_gather", [0, 1, 2, 3])]


def test_an_account_outside_does_not_pass_money_on() -> None:
    # What goes out to an address and comes in from it again passed through somebody else's hands.
    assert (
        shown((1, "S", "0xb", 600), (1.5, "S", "0xc", 400), (2, "0xb", "K", 570), (3, "0xc", "K", 380)) == []
    )


def test_one_account_between_is_no_scatter_gather() -> None:
    assert shown((1, "S", "B", 600), (2, "B", "K", 570), (3, "S", "B", 400), (4, "B", "K", 380)) == []


def test_what_was_sent_on_before_it_came_is_not_counted() -> None:
    found = shown((2, "S", "B", 600), (2, "S", "C", 400), (1, "B", "K", 570), (1, "C", "K", 380))

    assert found == []


def test_amounts_that_are_not_kept_are_no_scatter_gather() -> None:
    # B sends 300 of 600 on: half.
    found = shown((1, "S", "B", 600), (1.5, "S", "C", 400), (2, "B", "K", 300), (3, "C", "K", 380))

    assert found == []


def test_each_transfer_is_paired_once() -> None:
    # Two gifts to B, one payment on: only one of the two shows the pattern.
    found = shown(
        (1, "S", "B", 600), (1.2, "S", "B", 600), (1.5, "S", "C", 400), (2, "B", "K", 570), (3, "C", "K", 380)
    )

    assert found[0] == ("scatter_gather", [0, 2, 3, 4])


def test_the_largest_of_two_that_share_a_transfer_is_told() -> None:
    # C's money fits both sinks; with D the sum at L is larger.
    found = shown(
        (1, "S", "B", 100), (1, "S", "C", 400), (1, "S", "D", 900),
        (2, "B", "K", 95), (2, "C", "K", 390), (2.5, "C", "L", 390), (3, "D", "L", 880),
    )  # fmt: skip

    assert found[0] == ("scatter_gather", [1, 2, 5, 6])
