"""Take `desked` for the small exchange with an empty desk: nobody named, no case (see `opened_case`)."""

from __future__ import annotations

import pytest

from dashboard import owner
from data.facts import write_fact
from data.home import Home
from data.store import Store
from desk.projection import FROM


@pytest.fixture
def desked(exchange: Home, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.delenv("WATCHFLOOR_DESK_URL", raising=False)
    monkeypatch.setenv("WATCHFLOOR_ROLE", "analyst")
    for path in exchange.path.glob("desk.sqlite*"):
        path.unlink()
    store = owner.store()
    # Records that are not those of the copy are copied from their beginning.
    with store.writing() as cursor:
        write_fact(cursor, FROM, "the test before")
    return store
