"""Take `rolled` for a store with the rollups of the events of `rolled_events.py`."""

from __future__ import annotations

import pytest
import rolled_events

from data.store import Store


@pytest.fixture
def rolled(store: Store) -> Store:
    rolled_events.roll(store)
    return store
