"""The tab Capacity: what other thresholds or staff of a channel would do, from a replay of its alerts."""

from __future__ import annotations

import streamlit as st

from dashboard import acting, owner, tables, theme, work
from dashboard.build_screen import POLL_SECONDS
from dashboard.capacity import cards, charts, levers, method
from dashboard.capacity.sentences import advice
from dashboard.desk.scene import DeskScene
from dashboard.job_lines import asked_by
from dashboard.jobs import Job
from dashboard.questions import capacity
from desk.capacity.kept import Kept
from desk.capacity.setting import Setting

JOB = "capacity"


def draw(scene: DeskScene) -> None:
    """Draw the sliders, what to do, today beside what is tried, the queue over the day, and the frontier."""
    running = _running()
    found = capacity.kept()
    if running is not None:
        _progress(running)
    if found is None:
        _nothing_yet(running)
        return
    channels = capacity.channels()
    if not channels:
        st.caption("No channel had a case in the weeks that were replayed. Choose another store.")
        return
    setting = levers.draw(scene, channels)
    with st.spinner("Walking through the alerts\u2026", show_time=False):
        today, tried = capacity.answer(Setting(setting.channel)), capacity.answer(setting)
    with st.container(key="capacity_says", gap="small"):
        st.markdown(advice(today, tried))
    cards.draw(scene, today, tried)
    charts.draw(today, tried, theme.current())
    with st.container(border=True, key="card_capacity_shifts"):
        cards.draw_shifts(today, tried)
    with st.container(horizontal=True, key="capacity_foot", vertical_alignment="center"):
        _say_when(scene, found)
        method.button(setting.channel)
        tables.downloads_of(capacity.whole(setting.channel), key="capacity_whole")


def _nothing_yet(running: Job | None) -> None:
    st.markdown("**Nothing is worked out yet.**")
    st.caption(
        "Capacity replays the alerts of 13 weeks whose truth is known, under other thresholds and staff. "
        "It needs 60 cases that somebody ended, which say how long cases take."
    )
    if running is None:
        _failed()
        _button("Work it out")


def _say_when(scene: DeskScene, found: Kept) -> None:
    last = found.span.until
    st.caption(
        f"From the alerts of {found.span.since:%d %b} to {last:%d %b %Y}, the last whose truth is known."
    )
    if capacity.is_stale(found, scene.now) and _running() is None:
        st.caption("Events or channels have changed since.")
        _button("Work it out again")


def _button(label: str) -> None:
    if st.button(label, key="capacity_work", icon=":material/play_arrow:"):
        mine = owner.current()
        mine.submit(work.make(JOB, mine, asked_by(acting.actor())))
        st.rerun()


def _running() -> Job | None:
    job = owner.job()
    return job if job is not None and job.name == JOB and not job.finished.is_set() else None


def _failed() -> None:
    job = owner.job()
    if job is not None and job.name == JOB and job.state == "failed":
        st.warning(job.message, icon=":material/info:")


def _progress(job: Job) -> None:
    """Draw how far the job is until it is over."""

    @st.fragment(run_every=POLL_SECONDS)
    def watch() -> None:
        seen = job.snapshot()
        if job.finished.is_set():
            st.rerun()
        counted = seen.phases[0].counted
        said = f"{counted.name}: {counted.done} of {counted.total} {counted.unit}" if counted else "Waiting"
        st.progress(min(seen.share, 1.0), text=said)

    watch()
