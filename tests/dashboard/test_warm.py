from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from dashboard import ask, owner, reader, warm
from dashboard.facts import facts
from dashboard.jobs import Job
from dashboard.questions import measures, overview
from dashboard.questions.period import period_of
from desk.actors import DEFAULT_ROLE, Actor
from desk.reads import reader_of


@pytest.fixture
def hooks() -> Iterator[None]:
    yield
    owner.after_each_job(owner.settle)


@pytest.mark.usefixtures("exchange")
def test_once_warm_nobody_waits_for_what_all_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    owner.bump()
    warm.warm()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the store was asked again")

    monkeypatch.setattr(ask, "run", refuse)
    with reader.reading_as(reader_of(Actor("Somebody", DEFAULT_ROLE))):
        known = facts()
        assert len(known.quarters) == 4
        for quarter in known.quarters:
            period = period_of(str(quarter), known)
            assert period is not None
            assert "organised_crime" in measures.readings(period)
        assert [alert.account_id for alert in overview.worth_looking_at("cis")] == ["A1"]


@pytest.mark.usefixtures("exchange", "hooks")
def test_pages_are_warm_for_the_version_that_a_job_leaves() -> None:
    mine = owner.current()
    before, seen = mine.version, []
    owner.after_each_job(lambda: seen.append(owner.version()))

    # The second job begins when all that follows the first is done.
    mine.submit(Job("first", "First", (), lambda _: "done"))
    mine.submit(Job("second", "Second", (), lambda _: "done")).finished.wait(10)

    assert seen[0] != before


def test_what_pages_import_is_there_before_the_first_visitor() -> None:
    warm.import_pages()
    assert {"dashboard.alerts", "dashboard.charts.waterfall", "dashboard.explanation_views"} <= set(
        sys.modules
    )
    assert "dashboard.app" not in sys.modules
