"""What the draft would have done, beside what the present policy did: one card an outcome, with intervals."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import drawer
from dashboard.cards import COLOURS, Tone
from dashboard.formats import MINUS, compact, exact, literal
from dashboard.lab.scene import LabScene
from dashboard.questions import lab
from dashboard.questions.lab import Found
from scoring.lab.backtest import Compared
from scoring.lab.outcomes import ALERTS, CAUGHT, DISTURBED, MISSED, STEP_UPS, WRONGFUL, Outcome

SHOWN = (ALERTS, STEP_UPS, CAUGHT, MISSED, DISTURBED, WRONGFUL)
CAVEATS = (
    "Both policies decide the same events with the code that serves; the interval is of the difference, "
    "95 %, from drawing customers again with all that both policies do to them.",
    "What criminals would do otherwise is not in it: nobody evades a draft.",
)


def draw(scene: LabScene, answer: Found) -> None:
    """Draw a card for each outcome: the draft's figure, the difference and what is now."""
    columns = st.columns(len(SHOWN), gap="small")
    for column, outcome in zip(columns, SHOWN, strict=True):
        with column, st.container(border=True, key=f"card_lab_{outcome.name}"):
            _card(scene, answer, outcome)
    st.caption(_sentence(scene, answer))


def _card(scene: LabScene, answer: Found, outcome: Outcome) -> None:
    one = answer.backtest.totals[outcome.name]
    # Six cards stand beside each other, also on 1024 pixels: the unit stands in the sentence below.
    st.html(f'<div class="wf-label" title="{escape(outcome.words)}">{escape(outcome.title)}</div>')
    drawer.number(_figure(scene, answer, outcome, drafted=True), key=f"lab_{outcome.name}")
    st.html(f'<div class="wf-change" title="{escape(_hover(one))}">{_change(outcome, one)}</div>')
    drawer.button(
        _figure(scene, answer, outcome, drafted=False),
        key=f"lab_now_{outcome.name}",
        label=f"now {compact(round(one.present))}",
    )


def _change(outcome: Outcome, one: Compared) -> str:
    """Say the difference with its interval as HTML, or that there is none."""
    if one.draft == one.present and one.difference.low == one.difference.high:
        return "<span>as now</span>"
    return (
        f'<b style="color:{COLOURS[tone(outcome, one)]}">{escape(_signed(one.difference.value))}</b> '
        f"<span>{escape(_signed(one.difference.low))} to {escape(_signed(one.difference.high))}</span>"
    )


def tone(outcome: Outcome, one: Compared) -> Tone:
    """Say whether a difference is good; one whose interval holds nothing is quiet."""
    if not one.is_shown or outcome.good == "neither":
        return "quiet"
    return "good" if (one.difference.value < 0) == (outcome.good == "less") else "bad"


def _figure(scene: LabScene, answer: Found, outcome: Outcome, *, drafted: bool) -> drawer.Figure:
    one = answer.backtest.totals[outcome.name]
    value = one.draft if drafted else one.present
    policy = "under the draft" if drafted else "under the policy in force"
    unit = f" {scene.unit}" if outcome.is_money else ""
    return drawer.Figure(
        title=literal(f"{outcome.title}, {scene.where}, {policy}"),
        shown=compact(round(value)),
        exact=f"{exact(round(value, 2))}{unit} {policy}, {scene.trial.words}",
        definition=outcome.words,
        rows=lab.rows_of(answer, outcome.name, drafted=drafted),
        caveats=CAVEATS,
    )


def _sentence(scene: LabScene, answer: Found) -> str:
    tested, parts = answer.backtest, answer.backtest.totals
    said = [
        f"{exact(tested.events)} events of {exact(tested.accounts)} customers, {scene.trial.words}; "
        f"{exact(len(tested.changed))} decided otherwise",
        f"{exact(int(parts['rule_alerts'].draft))} alerts come from rules of withdrawals alone",
    ]
    if tested.loss_known:
        stopped = parts["loss_stopped"].draft
        said.append(f"{compact(round(stopped))} {scene.unit} of the loss caught is stopped, the rest asked")
    else:
        said.append("no crime is known here yet, so loss says nothing")
    return ". ".join(said) + "."


def _hover(one: Compared) -> str:
    return (
        f"Draft {exact(round(one.draft, 2))}, now {exact(round(one.present, 2))}; difference "
        f"{exact(round(one.difference.value, 2))}, 95 % interval {exact(round(one.difference.low, 2))} to "
        f"{exact(round(one.difference.high, 2))}."
    )


def _signed(value: float) -> str:
    rounded = round(value)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{compact(abs(rounded))}"
