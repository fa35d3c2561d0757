"""Whoever owns the file changes it with plain SQL and no trigger in the way: each change is found and named.

One attack of each kind, drawn at random; `benchmarks/tamperings.py` makes hundreds, on every table.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks.attacked_store import Built, build, damaged
from benchmarks.store_attacks import ATTACKS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("attacked"))


def test_a_store_that_nobody_attacked_is_whole(built: Built, tmp_path: Path) -> None:
    proved, _ = damaged(built, tmp_path / "copy", lambda _target, _rng: (), Random(1))
    assert [(finding.name, finding.is_whole) for finding in proved.findings] == [
        ("log", True),
        ("place", True),
        ("rows", True),
        ("steps", True),
        ("ledger", True),
        ("queue", True),
    ]
    # 11 people join; of each of 6 freezes 6 lines to freeze, 6 to give half back, 3 to be refused the rest;
    # 4 requests; 4 of the newcomer; 40 notes.
    assert proved.lines == 11 + 6 * (6 + 6 + 3) + 4 + 4 + 40


KINDS = (
    "edit",
    "edit with its hash",
    "delete and close the gap",
    "insert",
    "reorder",
    "truncate",
    "rewrite of the whole",
    "rewrite with heads and key",
    "clock set back",
    "edit a head",
    "edit a row of ledger_transfers",
    "delete a row of approval_events",
    "insert a row of people_events",
    "reorder rows of freeze_steps",
    "edit a row of request_steps",
)


@pytest.mark.parametrize("name", KINDS)
def test_a_tampering_is_found_and_the_line_or_row_is_named(built: Built, tmp_path: Path, name: str) -> None:
    proved, expected = damaged(built, tmp_path / "copy", ATTACKS[name], Random(name))
    assert not proved.is_whole
    assert any(words in proved.words for words in expected), proved.words
