"""Claims for tests: `claims` on SQLite, `both` once on each database, with the people of a demonstration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_claims import NOW, SmallClaims, fill_claims

from data.home import Home
from data.store import Store, memory_store
from desk.people import DEMONSTRATION, found
from desk.projection_tables import DESK_TABLES
from desk.records import open_records
from scoring.contract import SCORING_TABLES


@pytest.fixture(scope="session")
def emptied() -> Iterator[Store]:
    """One store for all tests of claims: its tables take a third of a second to make."""
    opened = memory_store()
    opened.create((*SCORING_TABLES, *DESK_TABLES))
    yield opened
    opened.close()


@pytest.fixture
def claims(home: Home, emptied: Store) -> Iterator[SmallClaims]:
    yield from _opened(home, emptied, {})


@pytest.fixture
def both(home: Home, emptied: Store, environment: dict[str, str]) -> Iterator[SmallClaims]:
    yield from _opened(home, emptied, environment)


def _opened(home: Home, store: Store, environment: dict[str, str]) -> Iterator[SmallClaims]:
    fill_claims(store)
    opened = open_records(home, environment)
    found(opened, DEMONSTRATION, NOW)
    yield SmallClaims(opened, store)
    opened.close()
