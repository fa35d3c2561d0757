"""The app as Streamlit runs it, from its entrypoint, on a store that this process owns."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import build_screen, owner, serve
from dashboard.facts import facts
from dashboard.jobs import Job, Phase
from dashboard.owner import Owner
from dashboard.serve import ServeError
from data.errors import ModelError
from data.progress import Step


def opened() -> AppTest:
    return AppTest.from_file(str(serve.ENTRYPOINT), default_timeout=60).run()


def put_events(owning: Owner) -> None:
    with owning.store.writing() as cursor:
        cursor.execute(
            "INSERT INTO logins (event_id, account_id, occurred_at, kind) VALUES "
            "('E1', 'A1', TIMESTAMP '2025-02-03 04:05:06', 'login'),"
            "('E2', 'A1', TIMESTAMP '2025-10-31 21:00:00', 'login')"
        )
    owner.bump()


@pytest.mark.usefixtures("owning")
def test_an_empty_store_says_what_to_do_next() -> None:
    at = opened()
    assert not at.exception
    assert [title.value for title in at.title] == ["Nothing is loaded yet"]
    said = " ".join(code.value for code in at.code)
    for command in (
        "watchfloor map",
        "watchfloor load",
        "watchfloor train",
        "watchfloor score",
        "watchfloor demo",
    ):
        assert command in said


def test_a_store_that_was_loaded_and_not_scored_says_so(owning: Owner) -> None:
    put_events(owning)
    at = opened()
    assert not at.exception
    assert [title.value for title in at.title] == ["2 events are loaded, none is scored yet"]
    assert at.code[0].value == "watchfloor train\nwatchfloor score"


def test_the_quarters_of_a_store_run_from_its_last_event_to_its_first(owning: Owner) -> None:
    put_events(owning)
    known = facts()
    assert [str(quarter) for quarter in known.quarters] == ["2025Q4", "2025Q3", "2025Q2", "2025Q1"]
    # The last event is of October: the newest quarter that is over is the third.
    assert str(known.default_quarter) == "2025Q3"
    assert (known.events, known.scored, known.money_unit, known.is_synthetic) == (2, 0, "USDT", False)


@pytest.fixture
def building(owning: Owner) -> Iterator[threading.Event]:
    """A build that has loaded 40 of 100 rows and waits until the event is set; then it fails."""
    gate, reached = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        with job.phase("load") as progress:
            progress(Step("Load <b>.csv", 40, 100, "rows"))
            reached.set()
            gate.wait(30)
            raise ModelError("Too few labels.", to_do="Load more labels.")

    phases = (Phase("load", "Load files"), Phase("train", "Train models"))
    job = owning.submit(Job("demo", "Building the demonstration", phases, work))
    assert reached.wait(10)
    yield gate
    gate.set()
    job.finished.wait(10)


def html(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def test_while_the_demonstration_is_built_the_screen_is_the_build(building: threading.Event) -> None:
    at = opened()
    assert not at.exception
    assert [title.value for title in at.title] == ["Building the demonstration"]
    assert "40 of 100 rows" in html(at)
    assert "Load &lt;b&gt;.csv" in html(at)
    assert '<tr class="waiting"><td class="mark">·</td><td class="title">Train models' in html(at)
    building.set()


def test_a_build_that_fails_shows_its_text_on_the_screen(building: threading.Event) -> None:
    building.set()
    job = owner.job()
    assert job is not None
    assert job.finished.wait(10)
    at = opened()
    assert not at.exception
    assert "Too few labels.\nWhat to do: Load more labels." in at.error[0].value
    assert at.error[0].value.startswith(build_screen.failed_text(job.snapshot())[:18])


@pytest.mark.usefixtures("owning")
def test_the_pages_show_nothing_where_streamlit_was_told_another_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: "0.0.0.0" if name == "server.address" else told(name))
    at = opened()
    assert "Watchfloor does not listen on 0.0.0.0" in at.error[0].value
    assert not at.title


def test_an_address_that_others_can_reach_is_refused() -> None:
    with pytest.raises(
        ServeError, match=r"does not listen on 192\.168\.1\.5: it has no sign-in in local mode"
    ):
        serve.check_address("192.168.1.5")
    assert serve.check_address("localhost") == "127.0.0.1"
