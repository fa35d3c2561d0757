"""Records for tests of cases, empty and with nobody named: `desk` on SQLite, `both` once on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_cases import SmallDesk, Wall

from data.home import Home
from desk.records import open_records


@pytest.fixture
def desk(home: Home) -> Iterator[SmallDesk]:
    wall = Wall()
    opened = open_records(home, {}, clock=wall)
    yield SmallDesk(opened, wall)
    opened.close()


@pytest.fixture
def both(home: Home, environment: dict[str, str]) -> Iterator[SmallDesk]:
    wall = Wall()
    opened = open_records(home, environment, clock=wall)
    yield SmallDesk(opened, wall)
    opened.close()
