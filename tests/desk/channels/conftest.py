"""Configurations that one test works by: what was in force before is again, after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desk.channels.in_force import put_in_force
from desk.channels.reading import standard


@pytest.fixture(autouse=True)
def the_standard_again() -> Iterator[None]:
    yield
    put_in_force(standard())
