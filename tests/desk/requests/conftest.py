"""A request desk of two authorities: take `desk`, and a test runs once on SQLite and once on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_requests import BOOK, NOON, Desk

from data.home import Home
from desk.people import DEMONSTRATION, found
from desk.records import open_records


@pytest.fixture
def desk(home: Home, environment: dict[str, str]) -> Iterator[Desk]:
    opened = open_records(home, environment)
    found(opened, DEMONSTRATION, NOON)
    yield Desk(opened, BOOK, home)
    opened.close()


@pytest.fixture
def here(home: Home) -> Iterator[Desk]:
    """The same on SQLite alone, for what no database decides."""
    opened = open_records(home, {})
    found(opened, DEMONSTRATION, NOON)
    yield Desk(opened, BOOK, home)
    opened.close()
