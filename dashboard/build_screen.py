"""The first screen of a demonstration: the build itself, with real counts, until the Overview."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st

from dashboard.formats import duration, exact
from dashboard.jobs import Job, Phase, Progressed
from dashboard.refused import as_written

MARKS = {"waiting": "·", "running": "▸", "done": "✓", "failed": "✕"}
POLL_SECONDS = 0.7


def draw(job: Job) -> None:
    """Draw the job's progress and keep drawing it; rerun the whole app when it is over."""

    @st.fragment(run_every=POLL_SECONDS)
    def watch() -> None:
        seen = job.snapshot()
        if seen.state == "done":
            st.rerun()
        _content(seen)

    with st.container(key="build", gap="small"):
        watch()


def failed_text(seen: Progressed) -> str:
    """Return what a person should read of a failure, in Markdown that shows it letter by letter."""
    return f"The build stopped.\n\n{as_written(seen.message)}"


def _content(seen: Progressed) -> None:
    st.title(seen.title)
    st.caption(_clock(seen))
    if seen.state == "failed":
        st.error(failed_text(seen), icon=":material/error:")
        st.caption("Run the same command again: it goes on with what is whole and makes the rest anew.")
    else:
        st.progress(seen.share)
    st.html(
        f'<table class="wf-steps" aria-label="Steps">{"".join(_row(p, seen) for p in seen.phases)}</table>'
    )


def _clock(seen: Progressed) -> str:
    elapsed = f"{duration(timedelta(seconds=seen.elapsed))} so far"
    if seen.remaining is None:
        return elapsed
    return f"{elapsed} · about {duration(timedelta(seconds=max(1, seen.remaining)))} left"


def _row(phase: Phase, seen: Progressed) -> str:
    counted = phase.counted
    count = detail = ""
    if counted is not None and phase.state != "waiting":
        of = f" of {exact(counted.total)}" if counted.total and phase.state != "done" else ""
        count = f"{exact(counted.done)}{of} {escape(counted.unit)}"
        words = " · ".join(
            part for part in (counted.name[:1].upper() + counted.name[1:], counted.detail) if part
        )
        detail = f'<div class="detail">{escape(words)}</div>' if phase.state == "running" else ""
    if phase.result and phase.state == "done":
        count = escape(phase.result)
    took = phase.seconds(seen.at)
    time = "" if took is None else duration(timedelta(seconds=took))
    return (
        f'<tr class="{phase.state}"><td class="mark">{MARKS[phase.state]}</td>'
        f'<td class="title">{escape(phase.title)}{detail}</td>'
        f'<td class="count">{count}</td><td class="time">{time}</td></tr>'
    )
