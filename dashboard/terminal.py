"""What the terminal shows: the same steps and counts as the build screen, and messages as plain text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from dashboard.formats import duration, exact
from dashboard.jobs import Job, Phase, Progressed

MARKS = {"waiting": ("·", "dim"), "running": ("▸", "cyan"), "done": ("✓", "green"), "failed": ("✕", "red")}
DRAW_SECONDS = 0.25


def follow(job: Job, console: Console) -> Progressed:
    """Draw a job of this process until it ends; return its last state."""
    with Drawing(console) as draw:
        while not job.finished.wait(DRAW_SECONDS):
            draw(job.snapshot())
        draw(job.snapshot())
    return job.snapshot()


class Drawing:
    """A place in the terminal where progress is drawn over and over; plain lines when it is no terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, auto_refresh=False) if console.is_terminal else None
        self._said: set[tuple[str, str]] = set()

    def __enter__(self) -> Callable[[Progressed], None]:
        """Return the function that draws."""
        if self._live is not None:
            self._live.start()
        return self._draw

    def __exit__(self, *_: object) -> None:
        """Leave the last drawing on the screen."""
        if self._live is not None:
            self._live.stop()

    def _draw(self, seen: Progressed) -> None:
        if self._live is not None:
            self._live.update(picture(seen), refresh=True)
            return
        for phase in seen.phases:
            if phase.state in ("done", "failed") and (phase.name, phase.state) not in self._said:
                self._said.add((phase.name, phase.state))
                self._console.print(_line(phase, seen), soft_wrap=True)


def picture(seen: Progressed) -> Group:
    """Return the drawing of a job: a row a phase, a bar over the whole, the time."""
    table = Table(box=None, show_header=False, padding=(0, 1), expand=False)
    for column in ("mark", "title", "count", "time"):
        table.add_column(column, justify="right" if column in ("count", "time") else "left", no_wrap=True)
    for phase in seen.phases:
        mark, style = MARKS[phase.state]
        quiet = "dim" if phase.state == "waiting" else ""
        table.add_row(
            Text(mark, style), Text(phase.title, quiet), Text(_count(phase), "dim"), _time(phase, seen)
        )
    left = (
        ""
        if seen.remaining is None
        else f", about {duration(timedelta(seconds=max(1, seen.remaining)))} left"
    )
    clock = Text(f"{duration(timedelta(seconds=seen.elapsed))}{left}", "dim")
    bar = ProgressBar(total=1.0, completed=seen.share, width=48)
    return Group(Text(seen.title, "bold"), table, bar, clock)


def _line(phase: Phase, seen: Progressed) -> str:
    return "  ".join(
        part for part in (MARKS[phase.state][0], phase.title, _count(phase), _time(phase, seen)) if part
    )


def _count(phase: Phase) -> str:
    counted = phase.counted
    if phase.result and phase.state == "done":
        return phase.result
    if counted is None:
        return ""
    of = f" of {exact(counted.total)}" if counted.total and phase.state == "running" else ""
    return f"{exact(counted.done)}{of} {counted.unit}"


def _time(phase: Phase, seen: Progressed) -> str:
    took = phase.seconds(seen.at)
    return "" if took is None else duration(timedelta(seconds=took))
