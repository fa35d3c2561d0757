"""Take `queued` for a small exchange with six cases by hand at its desk, followed by the store.

A1 critical, cis, 10 USDT, 1 h old    A2 high, cis, 400, 11.5 h: due soon    A3 high, cis, 100, 13 h: late
A4 medium, europe, 1, for Ana         A5 low, europe, 2, in Ben's hands      A6 medium, cis, closed: nothing
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_cases import ANA, BEN, NOW, SmallDesk

from dashboard import owner
from dashboard.desk_records import desk_records, follow
from dashboard.questions.queue import Place
from data.home import Home
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Take
from desk.transactional import wall_clock

Ids = dict[str, str]
OPENED = (
    ("A1", "critical", "cis", 10, 1.0),
    ("A2", "high", "cis", 400, 11.5),
    ("A3", "high", "cis", 100, 13.0),
    ("A4", "medium", "europe", 1, 2.0),
    ("A5", "low", "europe", 2, 2.0),
    ("A6", "medium", "cis", 1, 2.0),
)


@pytest.fixture(scope="module")
def queued(exchange: Home) -> Ids:
    del exchange
    desk = SmallDesk(desk_records())
    ids = {}
    for subject, severity, channel, loss, hours in OPENED:
        desk.at = NOW - timedelta(hours=hours)
        ids[subject] = desk.opened(
            subject, severity=severity, channel=channel, loss=loss * 1_000_000, events=[f"E-{subject}"]
        )
    desk.at = NOW
    desk.do(ids["A4"], Assign("Ana"), ANA, "Knows the customer")
    desk.do(ids["A5"], Take(), BEN)
    desk.do(ids["A6"], Dispose("false_positive", because="known_pattern"), ANA, "A salary, Café Ölmütz")
    follow()
    owner.desk_changed()
    return ids


@pytest.fixture
def place() -> Place:
    return Place(NOW, wall_clock(), "Ana", None, None)


@pytest.fixture
def told(queued: Ids) -> dict[str, str]:
    """The account of each case by its id."""
    return {case_id: subject for subject, case_id in queued.items()}
