"""Fixtures and rules for every test.

Take `store` for a real DuckDB in memory with all tables of the house; take `home` for a folder of a
store on disk; take `exchange` where pages or their questions need the small scored store of
`small_exchange.py`, and `reviewed` for the same with all that a quarterly review reads
(`reviewed_exchange.py`). A skip says why; where WATCHFLOOR_NO_SKIPS is set (CI), a skip is a failure.

Folders that share something dear (a browser, a world) run in one worker, and what takes long begins first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import reviewed_exchange
import small_exchange
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from dashboard import owner
from dashboard.desk_records import desk_records
from data.home import Home
from data.progress import silent
from data.store import Store, memory_store
from desk.projection_tables import DESK_TABLES
from desk.recoveries.past import take_past
from scoring.contract import SCORING_TABLES

# Two workers fill two cores: threads of OpenMP that wait for one another spin on what the other worker needs.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# What is built once for all tests of these folders: a served demonstration, a world, a store full of rings.
TOGETHER = ("tests/browser/", "tests/data/world/", "tests/scoring/rings/")
# Few tests that take long: begun last, they would leave one core idle.
FIRST = (*TOGETHER, "tests/scoring/features/", "tests/dashboard/test_work.py", "tests/scoring/test_run.py")


class Together(LoadFileScheduling):
    """Hands each worker whole files, and whole folders of TOGETHER."""

    def _split_scope(self, nodeid: str) -> str:
        shared = (folder for folder in TOGETHER if nodeid.startswith(folder))
        return next(shared, super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    if config.getoption("dist") != "loadfile":
        return None
    # In the order of the collection, not most tests first: what takes long has few tests.
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        return next((n for n, part in enumerate(FIRST) if item.nodeid.startswith(part)), len(FIRST))

    items.sort(key=turn)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = memory_store()
    opened.create((*SCORING_TABLES, *DESK_TABLES))
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
    take_past(owner.store(), desk_records(), silent)
    yield folder
    owner.resign()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if os.environ.get("WATCHFLOOR_NO_SKIPS") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be: {report.longrepr}"
    return report
