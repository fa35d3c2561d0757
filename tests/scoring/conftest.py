"""Take `rolled` for a store with the rollups of the events of `rolled_events.py`, made once for a file.

Tests that write to it take `rolling`, one of their own.

Take `scored` for a store that was trained and scored once (`trained_world.py`), its models in `scored_home`;
tests that change it take `store` instead.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rolled_events
from trained_world import trained_and_scored

from data.home import Home
from data.store import Store, memory_store
from scoring.contract import SCORING_TABLES


@pytest.fixture
def rolling(store: Store) -> Store:
    rolled_events.roll(store)
    return store


@pytest.fixture(scope="module")
def rolled() -> Iterator[Store]:
    with memory_store() as store:
        store.create(SCORING_TABLES)
        rolled_events.roll(store)
        yield store


@pytest.fixture(scope="module")
def scored_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("scored"))


@pytest.fixture(scope="module")
def scored(scored_home: Home) -> Iterator[Store]:
    store = memory_store()
    trained_and_scored(store, scored_home)
    yield store
    store.close()
