"""Long work as others see it: a job has phases, a phase reports steps, and whoever asks gets a snapshot.

One job runs at a time, because the store has one writer; the others wait in order.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

from data.errors import WatchfloorError
from data.progress import Step

State = Literal["waiting", "running", "done", "failed"]
Argument = str | int | bool | list[str] | None
Arguments = Mapping[str, Argument]

LOG = logging.getLogger("watchfloor.jobs")


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of a job: its words, its usual share of the whole, how far it is and how long it took.

    `counted` is the last report of it, `behind` how many differently named steps were reported before that
    one, of about `parts`. `result` is what it came to, in words, once it is over.
    """

    name: str
    title: str
    weight: float = 1.0
    parts: int = 1
    state: State = "waiting"
    counted: Step | None = None
    started: float | None = None
    ended: float | None = None
    behind: int = 0
    result: str = ""

    @property
    def share(self) -> float:
        """How much of the phase is done, 0 to 1, as far as it says."""
        if self.state == "done":
            return 1.0
        if self.counted is None:
            return 0.0
        within = self.counted.done / self.counted.total if self.counted.total else 0.0
        return min((self.behind + min(within, 1.0)) / max(self.parts, self.behind + 1), 1.0)

    def reported(self, step: Step) -> Phase:
        """Return the phase after another report."""
        is_next = self.counted is not None and self.counted.name != step.name
        return replace(self, counted=step, behind=self.behind + is_next)

    def seconds(self, now: float) -> float | None:
        """How long the phase runs or ran; None while it waits."""
        return None if self.started is None else (self.ended or now) - self.started


@dataclass(frozen=True, slots=True)
class Progressed:
    """A job at one instant: what a screen or a terminal draws.

    `elapsed` and `remaining` are seconds; `at` is the monotonic time of the snapshot.
    """

    name: str
    title: str
    state: State
    phases: tuple[Phase, ...]
    elapsed: float
    remaining: float | None
    at: float
    message: str = ""

    @property
    def share(self) -> float:
        """How much of the whole job is done, 0 to 1, by the phases' usual weights."""
        total = sum(phase.weight for phase in self.phases) or 1.0
        return sum(phase.weight * phase.share for phase in self.phases) / total


@dataclass
class Job:
    """One piece of work. `work` gets it, walks through its phases, and returns a sentence on the result."""

    name: str
    title: str
    phases: tuple[Phase, ...]
    work: Callable[[Job], str]
    state: State = "waiting"
    message: str = ""
    finished: threading.Event = field(default_factory=threading.Event)
    _started: float | None = None
    _ended: float | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def phase(self, name: str) -> Iterator[Callable[[Step], None]]:
        """Run one phase; yields the `Progress` that it reports to. Raises KeyError on an unknown name."""
        if name not in {phase.name for phase in self.phases}:
            raise KeyError(f"job {self.name!r} has no phase {name!r}")
        self._update(name, lambda phase: replace(phase, state="running", started=time.monotonic()))
        try:
            yield lambda step: self._update(name, lambda phase: phase.reported(step))
        except BaseException:
            self._update(name, lambda phase: replace(phase, state="failed", ended=time.monotonic()))
            raise
        self._update(name, lambda phase: replace(phase, state="done", ended=time.monotonic()))

    def run(self) -> None:
        """Do the work; the end, good or bad, is in `state` and `message`."""
        with self._lock:
            self.state, self._started = "running", time.monotonic()
        try:
            message, state = self.work(self), "done"
        except WatchfloorError as error:
            message, state = str(error), "failed"
        except Exception as error:
            LOG.exception("job %s failed", self.name)
            message, state = unexpected(error), "failed"
        with self._lock:
            self.message, self._ended = message, time.monotonic()
            self.state = "done" if state == "done" else "failed"
        self.finished.set()

    def snapshot(self) -> Progressed:
        """Return the job as it stands now."""
        with self._lock:
            now = time.monotonic()
            elapsed = 0.0 if self._started is None else (self._ended or now) - self._started
            seen = Progressed(
                self.name, self.title, self.state, self.phases, elapsed, None, now, self.message
            )
            return replace(seen, remaining=_remaining(seen))

    def came_to(self, name: str, result: str) -> None:
        """Say in a few words what a phase came to: `61,234 rows`."""
        self._update(name, lambda phase: replace(phase, result=result))

    def _update(self, name: str, change: Callable[[Phase], Phase]) -> None:
        with self._lock:
            self.phases = tuple(change(phase) if phase.name == name else phase for phase in self.phases)


def unexpected(error: BaseException) -> str:
    """Return the text of an error that no one foresaw, with where to find the rest."""
    return str(
        WatchfloorError(
            f"{type(error).__name__}: {error}",
            to_do="This is a fault of Watchfloor, not of your data. The terminal shows its traceback.",
        )
    )


class Runner:
    """The thread that runs jobs one after another."""

    def __init__(self, after_each: Callable[[], None]) -> None:
        self._waiting: queue.Queue[Job | None] = queue.Queue()
        self._after_each = after_each
        self._current: Job | None = None
        self._thread = threading.Thread(target=self._loop, name="watchfloor-jobs", daemon=True)
        self._thread.start()

    @property
    def current(self) -> Job | None:
        """The job that runs, or the last one that ran."""
        return self._current

    def submit(self, job: Job) -> Job:
        """Queue a job and return it."""
        self._waiting.put(job)
        return job

    def close(self, seconds: float = 5.0) -> None:
        """Take no more jobs and wait a moment for the one that runs."""
        self._waiting.put(None)
        self._thread.join(seconds)

    def _loop(self) -> None:
        while (job := self._waiting.get()) is not None:
            self._current = job
            job.run()
            self._after_each()


def _remaining(seen: Progressed) -> float | None:
    """Estimate the seconds left from the share done; None until 3 % and two seconds have shown a pace."""
    if seen.state != "running" or seen.share < 0.03 or seen.elapsed < 2.0:
        return None
    return seen.elapsed / seen.share * (1.0 - seen.share)
