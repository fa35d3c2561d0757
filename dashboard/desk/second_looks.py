"""Second looks: closed cases that wait for another person, and how often two people agree."""

from __future__ import annotations

import streamlit as st

from dashboard import state, tables, theme
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.shares import Point, shares
from dashboard.desk.measure_parts import case_columns
from dashboard.desk.scene import DeskScene
from dashboard.formats import counted, percent
from dashboard.questions import desk_moments
from dashboard.questions.desk_measures import DeskWindow
from desk.actors import REVIEW, why_not
from desk.cases.second_look import SHARE


def draw_second_looks(scene: DeskScene, window: DeskWindow) -> None:
    """Draw agreement by month and the list of cases to look at again."""
    left, right = st.columns([1, 1.6], gap="small")
    with left, st.container(border=True, key="card_agreement", height="stretch"):
        _draw_agreement(window)
    with right, st.container(border=True, key="card_second_looks", height="stretch"):
        _draw_waiting(scene, window)


def _draw_agreement(window: DeskWindow) -> None:
    st.markdown("**Second looks that agree**")
    months = desk_moments.agreement_by_month(window)
    if not months:
        st.caption(
            f"No second look yet. One closed case in {round(1 / SHARE)} is drawn by chance when it is "
            "disposed of, and another person looks at it."
        )
        return
    points = [
        Point(f"{one.month:%b %Y}", one.share.share, one.share.low, one.share.high, one.looks)
        for one in months[-12:]
    ]
    draw_chart(shares(points, "second looks that agree", theme.current()), key="agreement_months")
    looks, agreed = sum(one.looks for one in months), sum(one.agreed for one in months)
    st.caption(
        f"{percent(agreed / looks)} of {counted(looks, 'second look')} agree. Bars are 95 % intervals. By "
        "typology and analyst: the table above."
    )


def _draw_waiting(scene: DeskScene, window: DeskWindow) -> None:
    st.markdown("**Wait for a second look**")
    waiting, own = desk_moments.second_looks_waiting(scene.actor, window)
    if not scene.actor.may(REVIEW):
        waits = "waits" if waiting == 1 else "wait"
        st.caption(f"{counted(waiting, 'case')} {waits}. {why_not(scene.actor, REVIEW)}")
        return
    tables.show(
        desk_moments.second_looks_asked(scene.actor, window),
        key="second_looks",
        columns=case_columns(scene.known.money_unit),
        order=["closed_at", "case_id", "channel", "kind", "severity", "alerts", "expected_loss"],
        height=230,
        on_pick=lambda row: state.go_later("case", case=str(row["case_id"])),
        empty="No case of another person waits for a second look.",
    )
    st.caption(
        f"Drawn by chance, {percent(SHARE)} of all dispositions. A row opens the case. What the first person "
        "said is not in this list; the case's own page shows it."
        + (
            f" {counted(own, 'case')} that you closed {'waits' if own == 1 else 'wait'} for others."
            if own
            else ""
        )
    )
