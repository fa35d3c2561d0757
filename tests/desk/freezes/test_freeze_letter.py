from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desk.case_file.reasons import CaseReason
from desk.freezes.letter import Told, freeze_letter
from desk.freezes.state import FreezeError
from desk.money import MoneyError, micro_of

NOW = datetime(2025, 10, 31)
TOLD = Told(
    "F-1", "A1", "policy", "active", "900 USDT", "600 USDT", datetime(2025, 10, 30), None, is_secret=False
)
RING = CaseReason("model", "W1", NOW, 1, "shared device", None, 2, 1, 0.6, "2 accounts used this device")
NEW = CaseReason("model", "W1", NOW, 2, "new device", None, 1, 9, 0.2, "First used 5 minutes ago")


def test_a_letter_says_what_is_stopped_and_only_reasons_that_name_nobody_else() -> None:
    said = freeze_letter(TOLD, [RING, NEW], NOW)

    assert "We stopped 900 USDT of your account on 30 October 2025. 600 USDT of it is still stopped." in said
    assert "- A device was used that we had not seen you use before." in said
    assert "accounts used this device" not in said


def test_a_letter_of_an_order_says_that_an_authority_ordered_it_and_nothing_of_reasons() -> None:
    said = freeze_letter(replace(TOLD, kind="order"), [NEW], NOW)

    assert "An authority ordered this." in said
    assert "device" not in said


def test_a_letter_answers_an_appeal() -> None:
    assert "The money stays stopped for now." in freeze_letter(replace(TOLD, appeal="upheld"), [], NOW)


def test_there_is_no_letter_of_what_the_customer_must_not_learn_or_what_is_not_stopped_yet() -> None:
    with pytest.raises(FreezeError, match="must not learn"):
        freeze_letter(replace(TOLD, is_secret=True), [], NOW)
    with pytest.raises(FreezeError, match="Nothing is stopped yet"):
        freeze_letter(replace(TOLD, placed_at=None), [], NOW)


@pytest.mark.parametrize(
    ("written", "micro"),
    [
        ("1,234.5", 1_234_500_000),
        (" 900 ", 900_000_000),
        ("0.000001", 1),
        ("12345678901.1", 12345678901100000),
    ],
)
def test_an_amount_is_read_to_its_last_digit(written: str, micro: int) -> None:
    assert micro_of(written) == micro


@pytest.mark.parametrize("written", ["", "much", "1,23", "1.2345678", "-5", "1e3", "1.", "٣"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(MoneyError, match="amount"):
        micro_of(written)
