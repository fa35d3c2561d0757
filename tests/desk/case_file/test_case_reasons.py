"""The reasons of a case in words, and the letter that is made of them; sentences worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk.case_file.letter import TOLD, CaseFacts, letter
from desk.case_file.reasons import CaseReason, reasons_in_words, strongest

AT = datetime(2025, 10, 30, 3)
FACTS = CaseFacts("C-1", "A1", AT, "900 USDT", False)


def reason(
    name: str, points: float, *, event: str = "W1", source: str = "model", said: str = "It is so."
) -> CaseReason:
    return CaseReason(source, event, AT, 1, name, None, None, None, points, said)


def test_of_each_reason_the_event_where_it_weighs_most_is_told_strongest_first() -> None:
    told = reasons_in_words(
        [
            reason("new device", 0.1, said="Weaker."),
            reason("size of the amount", 0.15, said="The amount is 900."),
            reason("new device", 0.225, event="W2", said="Stronger."),
        ]
    )

    assert told == [
        "New device (+22.5 points): Stronger.",
        "Size of the amount (+15.0 points): The amount is 900.",
    ]


def test_what_lowers_the_score_or_only_names_the_kind_of_event_is_not_told() -> None:
    assert reasons_in_words([reason("own record", -0.2), reason("kind of event", 0.3)]) == []


def test_at_most_six_reasons_of_models_two_of_anomalies_and_every_ring_are_told() -> None:
    many = [reason(f"reason {n}", 0.5 - n / 100) for n in range(9)]
    unusual = [reason(f"habit {n}", 0.4 - n / 10, source="anomaly") for n in range(3)]
    rings = [
        reason("ring around the account", 0.97, event=f"R-{n}", source="ring", said="One device.")
        for n in (1, 2)
    ]

    told = reasons_in_words([*rings, *unusual, *many])

    assert len(told) == 10
    assert told[6:] == [
        "Habit 0 (40 % of how unusual it is): It is so.",
        "Habit 1 (30 % of how unusual it is): It is so.",
        "Ring R-1, 97 % likely a ring of crime: One device.",
        "Ring R-2, 97 % likely a ring of crime: One device.",
    ]


def test_a_ring_without_a_score_is_told_without_a_probability() -> None:
    ring = replace(reason("ring around the account", 0.0, event="R-1", source="ring"), weight=None)

    assert strongest([ring]) == [ring]
    assert reasons_in_words([ring]) == ["Ring R-1: It is so."]


def test_the_letter_tells_the_customers_own_part_once_and_counts_nothing_else() -> None:
    reasons = [
        reason("size of the amount", 0.3, said="The amount is 900 (usual: 140)."),
        reason("amount against own past", 0.2, said="9 times the largest."),
        reason("new device", 0.1, said="First used 1 minute ago."),
    ]

    said = letter(FACTS, reasons, datetime(2025, 10, 31)).splitlines()

    assert said[:2] == ["31 October 2025", "Your account A1, our reference C-1"]
    assert (
        "You asked why we stopped activity on your account. "
        "We stopped 900 USDT on 30 October 2025. It is still stopped."
    ) in said
    assert "We never ask for your password, your codes or your keys." in said
    # Both reasons of the amount are the same words: they stand once.
    assert [line for line in said if line.startswith("- ")] == [
        "- The amount was unusual for your account.",
        "- A device was used that we had not seen you use before.",
    ]


def test_the_letter_names_no_ring_no_list_no_other_account_and_no_number() -> None:
    telling = [
        reason("ring around the account", 0.9, event="R-25e71aa3", source="ring", said="With A77 and A78."),
        reason("known-bad counterparty", 0.3, said="Listed as known bad, 23.2 % became crime."),
        reason("shared device", 0.2, said="2 accounts used D1."),
        reason("camera and its driver", 0.2, said="The camera is virtual."),
        reason("amounts just under limits", 0.2, said="Just under 1,000."),
    ]

    said = letter(replace(FACTS, stopped=""), telling, AT)

    assert "Our checks found a risk that we cannot describe without weakening them." in said
    secrets = ("R-25e71aa3", "A77", "D1", "ring", "23.2", "camera", "limit", "1,000", "listed", "score")
    assert [secret for secret in secrets if secret in said] == []


def test_nothing_that_a_letter_tells_names_others_or_how_checks_work() -> None:
    hidden = ("ring", "known-bad", "shared", "camera", "media", "emulat", "limits", "counterparties")

    assert [name for name in TOLD if any(part in name for part in hidden)] == []
