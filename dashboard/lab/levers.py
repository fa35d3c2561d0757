"""The levers: thresholds or an alert budget, and the rules of withdrawals; all of them go into the URL."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import refused, state
from dashboard.formats import percent
from dashboard.lab.scene import LabScene
from dashboard.questions import lab
from data.errors import PolicyError
from scoring.lab.draft import Draft

BY_THRESHOLD, BY_BUDGET = "Thresholds", "Alert budget"
MOST_HOURS = 720.0


def draw(scene: LabScene) -> None:
    """Draw the levers of the draft as one form; nothing is worked out before it is sent."""
    st.markdown("**Draft**")
    # Fields are new ones for another draft, so that they show it when a point of the front was clicked.
    tag = scene.tag
    way = st.segmented_control(
        "What sets the alerts",
        [BY_THRESHOLD, BY_BUDGET],
        default=BY_BUDGET if scene.draft.budget else BY_THRESHOLD,
        key=f"lab_way_{tag}",
        label_visibility="collapsed",
        required=True,
    )
    with st.form("lab_levers", border=False):
        first, second, third = st.columns(3, gap="medium")
        with first:
            ladder = _ladder(scene, is_by_budget=way == BY_BUDGET)
        with second:
            rules = _withdrawals(scene)
        with third:
            corridors = st.text_input(
                "Corridors to hold",
                value=", ".join(scene.draft.corridors),
                key=f"lab_corridors_{scene.tag}",
                placeholder="SG>ID, RU>KZ",
                help="Withdrawals sent from a network in the first country by a customer of the second.",
            )
            st.caption("0 hours, or no amount, leaves a rule out.")
            sent = st.form_submit_button("Try this draft", type="primary", icon=":material/science:")
    if st.button("Start again from the policy in force", key="lab_again", type="tertiary"):
        state.change(draft=None)
        st.rerun()
    if sent:
        _try(scene, ladder, rules, corridors)


def _ladder(scene: LabScene, *, is_by_budget: bool) -> Draft:
    draft = scene.draft
    if is_by_budget:
        usual = 100 * (draft.budget or lab.share_of_alerts(scene.trial, draft))
        share = st.number_input(
            "Alerts, % of events",
            min_value=0.05,
            max_value=20.0,
            value=min(20.0, max(0.05, round(usual, 2))),
            step=0.1,
            key=f"lab_budget_{scene.tag}",
            help="The threshold of a hold is taken from the newest scores before, between floor and ceiling.",
        )
        return replace(draft, budget=share / 100)
    step_up = _threshold("One more factor from a score of", draft.step_up, f"lab_step_up_{scene.tag}")
    hold = _threshold("Hold from", draft.hold, f"lab_hold_{scene.tag}")
    block = _threshold("Block from", draft.block, f"lab_block_{scene.tag}")
    return replace(draft, step_up=step_up, hold=hold, block=block, budget=None)


def _threshold(label: str, value: float, key: str) -> float:
    return st.number_input(label, 0.0, 1.0, value=value, step=0.01, format="%.4f", key=key)


def _withdrawals(scene: LabScene) -> Draft:
    draft = scene.draft
    cool_off = _hours("Cool-off of a new address, hours", draft.new_address_hours, f"lab_address_{scene.tag}")
    device = _hours(
        "One more factor on a device newer than, hours", draft.new_device_hours, f"lab_device_{scene.tag}"
    )
    amount = st.number_input(
        f"One more factor from, {scene.unit}",
        min_value=0.0,
        value=draft.step_up_from or 0.0,
        step=100.0,
        key=f"lab_amount_{scene.tag}",
    )
    return replace(
        draft,
        new_address_hours=cool_off or None,
        new_device_hours=device or None,
        step_up_from=amount or None,
    )


def _hours(label: str, value: float | None, key: str) -> float:
    return st.number_input(label, 0.0, MOST_HOURS, value=value or 0.0, step=1.0, key=key)


def _try(scene: LabScene, ladder: Draft, rules: Draft, corridors: str) -> None:
    pairs = tuple(pair.strip().upper() for pair in corridors.split(",") if pair.strip())
    draft = replace(
        ladder,
        new_address_hours=rules.new_address_hours,
        new_device_hours=rules.new_device_hours,
        step_up_from=rules.step_up_from,
        corridors=pairs,
    )
    draft = lab.at_budget(scene.trial, draft)
    try:
        draft.check()
    except PolicyError as error:
        refused.draw(error)
        return
    state.change(draft=draft.text())
    st.rerun()


def in_words(scene: LabScene, draft: Draft) -> str:
    """Say what a draft changes against the policy in force; an empty text where nothing."""
    now = scene.present
    names = {"step_up": "one more factor", "hold": "hold", "block": "block"}
    said = [
        f"{words} from {draft.thresholds[step]:.4g} (now {now.thresholds[step]:.4g})"
        for step, words in names.items()
        if draft.thresholds[step] != now.thresholds[step]
    ]
    if draft.budget and draft.budget != now.budget:
        said.append(f"an alert budget of {percent(draft.budget, 2)}")
    if draft.verification() != now.verification():
        said += _rules_in_words(draft, scene.unit) or ["no rules of withdrawals"]
    return "; ".join(said)


def _rules_in_words(draft: Draft, unit: str) -> list[str]:
    said = []
    if draft.new_address_hours:
        said.append(f"{draft.new_address_hours:g} h cool-off for new addresses")
    if draft.step_up_from:
        said.append(f"one more factor from {draft.step_up_from:,.0f} {unit}")
    if draft.new_device_hours:
        said.append(f"one more factor on devices newer than {draft.new_device_hours:g} h")
    if draft.corridors:
        said.append(f"corridors {', '.join(draft.corridors)} held")
    return said
