"""Take `owning` where a page, question or job needs this process to own a store on disk; it is empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard import owner
from dashboard.owner import Owner
from data.home import Home


@pytest.fixture
def owning(home: Home) -> Iterator[Owner]:
    yield owner.become(home)
    owner.resign()
