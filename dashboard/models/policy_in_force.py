"""The policy that decides in the area now: its ladder, its rules of withdrawals, what it explores."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import drawer
from dashboard.formats import compact, counted, exact, percent
from dashboard.models.scene import ModelScene
from dashboard.questions import areas, words
from dashboard.questions.areas import PolicyInForce
from scoring.policy import STEPS
from scoring.verification import RULES

BASIS = {
    "region": "quantiles of the area's own scores before the model went into force",
    "global": "quantiles of all scores: too few events here for its own",
    "roll-out": "an approved roll-out",
}


def draw(scene: ModelScene) -> None:
    """Draw the ladder of steps, the rules that stand beside it, and how often they decided."""
    st.markdown("**Policy in force**")
    policy = areas.policy_in_force(scene.area)
    if policy is None:
        st.caption("No policy decided yet: `watchfloor score` makes one of the model in force.")
        return
    _draw_ladder(policy)
    for sentence in _rules(policy, scene.known.money_unit):
        st.markdown(f"- {sentence}")
    _draw_acts(scene)
    st.caption(f"{policy.policy_version}, deciding since {policy.since:%d %B %Y} (UTC).")


def _draw_ladder(policy: PolicyInForce) -> None:
    places = st.columns(len(STEPS), gap="small")
    for place, step in zip(places, STEPS, strict=True):
        place.metric(
            f"{words.DECISIONS[step]} from",
            words.score(policy.thresholds[step]),
            help=f"At most {percent(policy.budget[step], 2)} of events may be at this step or above. The "
            f"threshold comes from {BASIS[policy.basis]}.",
        )


def _rules(policy: PolicyInForce, unit: str) -> list[str]:
    found = [_in_words(name, wanted, unit) for name, wanted in policy.verification.items() if wanted]
    if not found:
        found = ["No rule of withdrawals stands beside the score here."]
    if policy.explored:
        found.append(
            f"{percent(policy.explored)} of blocks, drawn at random, are held for a person instead: only so "
            "is it known how often a block is right."
        )
    return found


def _in_words(name: str, wanted: object, unit: str) -> str:
    if isinstance(wanted, list):
        return f"{RULES[name].words} {', '.join(str(pair) for pair in wanted)}."
    number = float(str(wanted))
    said = f"{exact(round(number, 2))} {unit}" if RULES[name].unit == "money" else f"{number:g} hours"
    return f"{RULES[name].words} {said[0].upper()}{said[1:]}."


def _draw_acts(scene: ModelScene) -> None:
    found: Mapping[str, int] = areas.acts_in_area(scene.area, scene.period)
    with st.container(horizontal=True, gap="medium", key="policy_acts"):
        for act, events in found.items():
            with st.container(horizontal=True, gap="small", vertical_alignment="center", width="content"):
                drawer.number(_act_figure(scene, act, events), key=f"act_{act}")
                st.caption(words.ACTS[act], width="content")


def _act_figure(scene: ModelScene, act: str, events: int) -> drawer.Figure:
    return drawer.Figure(
        title=f"Events {words.ACTS[act]}, {scene.where}, {scene.period.name}",
        shown=compact(events),
        exact=f"{counted(events, 'event')} in {scene.period.name}",
        definition=f"Events of {scene.where} whose decision is not what the score alone leads to: "
        f"{words.ACTS[act]}. {exact(events)} of them.",
        rows=areas.acts_asked(scene.area, scene.period, act),
    )
