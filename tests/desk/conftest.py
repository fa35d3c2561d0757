"""The two databases that keep what people do: take `environment`, and a test runs once on each, empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import postgresql
import pytest
from sqlalchemy import create_engine, text

from data.home import Home
from desk.people import DEMONSTRATION, found
from desk.records import URL_VARIABLE, Records, open_records


@pytest.fixture
def records(home: Home) -> Iterator[Records]:
    """Records on SQLite with the people of the demonstration; a file that runs on both kinds has its own."""
    opened = open_records(home, {})
    found(opened, DEMONSTRATION, datetime(2025, 10, 31, 23))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    if not postgresql.is_there():
        pytest.skip("PostgreSQL is not installed: initdb and pg_ctl are not on the path")
    with postgresql.running() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment that leads to an empty store of records, of either kind."""
    if request.param == "sqlite":
        return {}
    url = str(request.getfixturevalue("cluster"))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return {URL_VARIABLE: url}
