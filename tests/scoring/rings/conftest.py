"""Take `found` for a store whose rings were found once in the exchange `ring_world.busy`; do not change it.

OpenMP keeps to one thread here: threads that wait for one another take longer than the small trees do.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import ring_world
from threadpoolctl import threadpool_limits

from data.store import Store, memory_store
from scoring.contract import SCORING_TABLES


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    with threadpool_limits(1, user_api="openmp"):
        yield


@pytest.fixture(scope="session")
def found() -> Iterator[Store]:
    store = memory_store()
    store.create(SCORING_TABLES)
    ring_world.built(store, ring_world.busy())
    yield store
    store.close()
