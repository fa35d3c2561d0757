from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from dashboard.jobs import Job, Phase, Progressed, Runner
from data.errors import StoreError
from data.progress import Step

TWO = (Phase("read", "Read", 1), Phase("write", "Write", 3, parts=2))


def run(work: Callable[[Job], str]) -> Job:
    job = Job("sample", "Sample", TWO, work)
    job.run()
    return job


def test_a_job_that_ends_well_has_all_phases_done_and_its_message() -> None:
    def work(job: Job) -> str:
        with job.phase("read") as progress:
            progress(Step("rows", 5, 10))
        with job.phase("write"):
            pass
        return "Ten rows."

    seen = run(work).snapshot()
    assert (seen.state, seen.message, seen.share) == ("done", "Ten rows.", 1.0)
    assert [phase.state for phase in seen.phases] == ["done", "done"]
    assert seen.phases[0].counted == Step("rows", 5, 10)


def test_a_failure_is_told_in_its_own_words_and_marks_its_phase() -> None:
    def work(job: Job) -> str:
        with job.phase("read"):
            raise StoreError("The disk is full.", to_do="Free space.")

    seen = run(work).snapshot()
    assert (seen.state, seen.message) == ("failed", "The disk is full.\nWhat to do: Free space.")
    assert [phase.state for phase in seen.phases] == ["failed", "waiting"]


def test_a_fault_that_nobody_foresaw_is_told_without_a_traceback() -> None:
    def work(_: Job) -> str:
        raise ZeroDivisionError("division by zero")

    message = run(work).message
    assert message.startswith(
        "ZeroDivisionError: division by zero\nWhat to do: This is a fault of Watchfloor"
    )
    assert "Traceback (most" not in message


def test_the_share_weighs_phases_and_counts_steps_that_lie_behind() -> None:
    write = (
        Phase("write", "Write", 3, parts=2, state="running")
        .reported(Step("a", 4, 4))
        .reported(Step("b", 1, 4))
    )
    seen = Progressed("n", "N", "running", (Phase("read", "Read", 1, state="done"), write), 10.0, None, 0.0)
    # One part of two is behind and a quarter of the second is done: 0.625 of three quarters.
    assert write.share == pytest.approx(0.625)
    assert seen.share == pytest.approx(0.25 + 0.75 * 0.625)


def test_a_phase_that_reports_more_steps_than_expected_never_goes_beyond_its_end() -> None:
    phase = Phase("p", "P", parts=1)
    shares = []
    for name in "abcd":
        phase = phase.reported(Step(name, 1, 1))
        shares.append(phase.share)
    assert shares == [1.0, 1.0, 1.0, 1.0]


def test_an_unknown_phase_is_refused_by_name() -> None:
    def work(job: Job) -> str:
        with job.phase("reed"):
            return ""

    assert "has no phase 'reed'" in run(work).message


def test_jobs_run_one_after_another_in_the_order_they_came() -> None:
    order: list[str] = []
    gate = threading.Event()
    changed: list[int] = []
    runner = Runner(lambda: changed.append(len(order)))

    def work(job: Job) -> str:
        gate.wait(5)
        order.append(job.name)
        return ""

    jobs = [runner.submit(Job(name, name, (), work)) for name in ("first", "second", "third")]
    assert jobs[2].snapshot().state == "waiting"
    gate.set()
    assert all(job.finished.wait(5) for job in jobs)
    runner.close()
    assert order == ["first", "second", "third"]
    assert changed == [1, 2, 3]
