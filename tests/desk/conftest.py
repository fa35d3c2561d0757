"""The two databases that keep what people do: take `environment`, and a test runs once on each, empty."""

from __future__ import annotations

from collections.abc import Iterator

import postgresql
import pytest
from sqlalchemy import create_engine, text

from desk.records import URL_VARIABLE


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
