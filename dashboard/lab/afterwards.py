"""What a change did: measured against the areas without one, beside what the lab foretold."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard import state
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.weeks_ahead import Ahead, weeks_ahead
from dashboard.formats import compact, literal, percent
from dashboard.lab.scene import LabScene
from dashboard.questions import lab
from dashboard.questions.lab import After, Found, Intervention, Served
from scoring.lab.effect import Measured
from scoring.lab.forecast import FORETOLD
from scoring.lab.outcomes import OUTCOMES

TITLES = {outcome.name: outcome.title for outcome in OUTCOMES} | {
    "customers_hit": "Customers hit",
    "loss": "Value of crime",
}

HEAD = (
    "| a week | before | after | against areas without it | 95 % interval |",
    "|:--|--:|--:|--:|--:|",
)


def draw(scene: LabScene, answer: Found | None) -> None:
    """Draw the worked example where a measure of the past is shown, and every roll-out with its effect."""
    measures = [one for one in lab.interventions() if one.area == scene.trial.area]
    served = lab.served(scene.trial.area)
    st.markdown("**Foretold and measured**")
    if not measures and not served:
        st.caption("No change of policy here yet: after a roll-out, its effect stands here.")
        draw_link(scene)
    for measure in measures:
        _draw_measure(scene, measure, answer)
    for one in served:
        _draw_served(scene, one)


def draw_link(scene: LabScene) -> None:
    """Draw the way to the worked example where the store has one."""
    for measure in lab.interventions():
        label = f"Open the worked example: {literal(measure.title)}, {measure.starts_at:%d %B %Y}"
        if st.button(label, key=f"lab_example_{measure.area}", type="tertiary", icon=":material/school:"):
            open_example(scene, measure)


def open_example(scene: LabScene, measure: Intervention) -> None:
    """Go to the day of a measure with the rules drafted as they would have been then."""
    draft = lab.example(measure, scene.page.period, scene.page.now)
    day = measure.starts_at.date().isoformat()
    state.change(area=measure.area, as_of=day, draft=draft.text() if draft else None)
    st.rerun()


def _draw_measure(scene: LabScene, measure: Intervention, answer: Found | None) -> None:
    is_shown = scene.trial.starts_at == measure.starts_at
    st.markdown(f"{literal(measure.title)}, from {measure.starts_at:%d %B %Y}")
    if not is_shown:
        draw_link(scene)
    elif answer is not None and answer.reach is not None:
        reach = answer.reach
        st.markdown(
            f"Foretold on that day: the rules reach **{percent(reach.loss.value)}** "
            f"({percent(reach.loss.low)} to {percent(reach.loss.high)}) of the value of crime and "
            f"**{percent(reach.customers.value)}** ({percent(reach.customers.low)} to "
            f"{percent(reach.customers.high)}) of the customers hit: the most that can fall away."
        )
    if measure.verdict:
        st.markdown(f"Measured since: {literal(measure.verdict)}")
    _draw_changes(lab.after(measure.area, measure.starts_at, scene.page.now), scene.unit)


def _draw_changes(after: After | None, unit: str) -> None:
    if after is None or not after.measured:
        st.caption("Too few weeks, or too few areas without a change, to measure a difference yet.")
        return
    lines = [_line(one, unit) for one in after.measured]
    st.markdown("\n".join([*HEAD, *lines]))
    st.caption(
        f"Difference in differences against {after.measured[0].controls} areas without a change; the "
        "interval is as wide as those areas moved apart by themselves. One area alone proves little."
    )


def _line(one: Measured, unit: str) -> str:
    is_money = one.name.startswith("loss")
    title = f"{TITLES[one.name]}, {unit}" if is_money else TITLES[one.name]
    ratio = one.ratio
    shown = f"**{ratio.value:.2f}**" if one.is_shown else f"{ratio.value:.2f}"
    return (
        f"| {title} | {compact(round(one.before, 1))} | {compact(round(one.after, 1))} | {shown} | "
        f"{ratio.low:.2f} to {ratio.high:.2f} |"
    )


def _draw_served(scene: LabScene, one: Served) -> None:
    begun = "begins" if one.starts_at > scene.page.now else "began"
    st.markdown(
        f"**{literal(one.title)}** {begun} on {one.starts_at:%d %B %Y}; proposed by "
        f"{literal(one.drafted_by)}, approved by {literal(one.approved_by)}."
    )
    if not one.foretold:
        return
    after = lab.after(scene.trial.area, one.starts_at, scene.page.now)
    weekly = after.weekly if after else {}
    for column, name in zip(st.columns(len(FORETOLD), gap="medium"), FORETOLD, strict=True):
        with column:
            st.caption(TITLES[name])
            ahead = _ahead(one, name, weekly.get(name, ()))
            draw_chart(weeks_ahead(ahead, scene.palette), key=f"lab_after_{one.rollout_id}_{name}")
    if after is not None:
        _draw_changes(after, scene.unit)


def _ahead(one: Served, name: str, happened: tuple[float, ...]) -> Ahead:
    start: date = one.starts_at.date()
    weeks = one.foretold.get(name, ())
    return Ahead(
        title=TITLES[name],
        past=(),
        weeks=tuple(start + timedelta(days=7 * place) for place in range(len(weeks))),
        values=tuple(week["value"] for week in weeks),
        lows=tuple(week["low"] for week in weeks),
        highs=tuple(week["high"] for week in weeks),
        happened=happened[: len(weeks)],
    )
