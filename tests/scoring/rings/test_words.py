from __future__ import annotations

import numpy as np
import pytest

from scoring.rings.kinds import KINDS
from scoring.rings.words import features_by_name, say_ring, say_tie


def shared(sharers: int, apart: float = 0.5) -> dict[str, float]:
    return {"sharers": sharers, "apart": apart}


SENT = {"is_passed_from": 0.0, "passed_on": 0.0, "senders": 1.0}


NEAR = "first within 12 hours of each other."
HIDING = "Both came from the hiding address 9.9.9.9 on one day"
ONE_SENT = "One sent money to the other"
PASSED = ", what had come in shortly before"


@pytest.mark.parametrize(
    ("kind", "artefact", "features", "said"),
    [
        ("device", "D1", shared(2), f"Both used the device D1 and nobody else did, {NEAR}"),
        ("device", "D1", shared(3), f"Both used the device D1, as did 1 other, {NEAR}"),
        ("network", "9.9.9.9", shared(8), f"Both came from the address 9.9.9.9, as did 6 others, {NEAR}"),
        ("payout", "0xa", shared(16), f"Both withdrew to 0xa, as did 14 others, {NEAR}"),
        ("source", "0xb", shared(1_240), f"Both were paid from 0xb, as did 1,238 others, {NEAR}"),
        ("gateway", "9.9.9.9@20100", shared(2), f"{HIDING} and nobody else."),
        ("gateway", "9.9.9.9@20100", shared(3), f"{HIDING} with 1 other."),
        ("gateway", "9.9.9.9@20100", shared(5), f"{HIDING} with 3 others."),
        ("transfer", "", SENT, f"{ONE_SENT}."),
        ("transfer", "", SENT | {"is_passed_from": 1.0}, f"{ONE_SENT}{PASSED}."),
        (
            "transfer",
            "",
            SENT | {"passed_on": 0.6, "senders": 2.0},
            f"{ONE_SENT}, and 60 % as much left within three days;"
            " 2 accounts sent to the same one in those days.",
        ),
        (
            "transfer",
            "",
            SENT | {"passed_on": 3.0, "senders": 240.0, "is_passed_from": 1.0},
            f"{ONE_SENT}{PASSED}, and 100 % as much left within three days;"
            " 240 accounts sent to the same one in those days.",
        ),
        (
            "referral",
            "invited by A",
            {"invited": 1.0},
            "One was invited by A, the 1st account that it invited.",
        ),
        (
            "liveness",
            "face of e7",
            {"sharers": 2.0, "bits": 9.0},
            "Their identity checks show the same face of e7, 9 of 256 bits apart.",
        ),
        (
            "lockstep",
            "",
            {"opened_apart": 0.0},
            "Their accounts were opened within less than a second of each other.",
        ),
        ("lockstep", "", {"opened_apart": 2.5}, "Their accounts were opened within 2 days of each other."),
    ],
)
def test_every_kind_of_tie_is_said(kind: str, artefact: str, features: dict[str, float], said: str) -> None:
    assert say_tie(kind, artefact, features) == said


@pytest.mark.parametrize(
    ("invited", "ordinal"),
    [
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (101, "101st"),
    ],
)
def test_ordinals_are_those_of_english(invited: float, ordinal: str) -> None:
    assert f" the {ordinal} account" in say_tie("referral", "invited by A", {"invited": invited})


def test_every_kind_has_words_for_whatever_it_is_described_by() -> None:
    for kind in KINDS:
        row = np.arange(1.0, len(kind.features) + 1)
        named = features_by_name(kind.number, row)
        assert list(named) == list(kind.features)
        assert list(named.values()) == row.tolist()
        said = say_tie(kind.name, "thing", named)
        assert said.endswith(".")
        assert "nan" not in said


def test_a_ring_is_said_by_its_ties_the_most_first() -> None:
    said = say_ring(5, {"payout": 1, "device": 2, "transfer": 4}, 3, 1)

    assert said == (
        "5 accounts held together by 4 pairs that send money, 2 shared devices and 1 shared payout address."
        " 3 of them were opened within 45 days before the alarm. 1 is confirmed as crime."
    )


def test_one_is_one_and_hundreds_are_hundreds() -> None:
    assert say_ring(300, {"device": 1}, 1, 1_240) == (
        "300 accounts held together by 1 shared device."
        " 1 of them was opened within 45 days before the alarm. 1,240 are confirmed as crime."
    )
    assert say_ring(1_200, {"gateway": 400, "liveness": 1}, 0, 0) == (
        "1,200 accounts held together by 400 days behind hiding addresses"
        " and 1 check with the same face or clip."
    )


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_kind_is_counted_in_one_and_in_many(kind: str) -> None:
    one, many = (say_ring(3, {kind: count}, 0, 0) for count in (1, 2))

    assert " 1 " in one
    assert " 2 " in many
    assert one.replace("1", "2") != many


def test_a_ring_without_a_tie_left_says_so() -> None:
    assert say_ring(3, {}, 2, 2) == "3 accounts whose ties the labels that came later no longer support."
