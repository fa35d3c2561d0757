"""Fixtures and rules for every test.

Take `store` for a real DuckDB in memory with all tables of the house; take `home` for a folder of a
store on disk; take `exchange` where pages or their questions need the small scored store of
`small_exchange.py`, and `reviewed` for the same with all that a quarterly review reads
(`reviewed_exchange.py`). A skip says why; where WATCHFLOOR_NO_SKIPS is set (CI), a skip is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import reviewed_exchange
import small_exchange

from dashboard import owner
from data.home import Home
from data.store import Store, memory_store
from scoring.contract import SCORING_TABLES


@pytest.fixture
def store() -> Iterator[Store]:
    opened = memory_store()
    opened.create(SCORING_TABLES)
    yield opened
    opened.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("exchange"))
    small_exchange.fill(owner.become(folder).store)
    yield folder
    owner.resign()


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("reviewed"))
    reviewed_exchange.fill_for_review(owner.become(folder).store)
    yield folder
    owner.resign()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if os.environ.get("WATCHFLOOR_NO_SKIPS") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be: {report.longrepr}"
    return report
