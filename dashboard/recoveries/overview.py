"""All claims at a glance: six numbers, what came back by quarter, how old open ones are, and the list."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import cards, drawer, state, tables, theme
from dashboard.charts.claims import open_by_age_chart, recovered_chart
from dashboard.charts.draw import draw as draw_chart
from dashboard.desk.scene import DeskScene
from dashboard.drawer import Figure
from dashboard.formats import compact, counted, exact, percent
from dashboard.questions import measures, recoveries, words
from dashboard.questions.measures import WORLD, Reading
from dashboard.questions.period import Period, shown_period
from dashboard.questions.recoveries import AGES, CHOICES, KINDS, LIKELY_FALSE, Learned, Numbers
from dashboard.recoveries import intake
from dashboard.recoveries.look import look
from desk.actors import WORK_CLAIMS, why_not

LISTED = (
    "claim_id",
    "claim_kind",
    "amount",
    "days",
    "claim_status",
    "next_step",
    "claim_score",
    "account_id",
    "asset",
    "region",
    "challenge_until",
)


def draw(scene: DeskScene) -> None:
    """Draw the numbers of the header's period and region, and the claims."""
    period = shown_period(state.current().period, scene.known)
    _numbers(scene, period)
    left, right = st.columns([1.5, 1], gap="small")
    with left, st.container(border=True, key="card_claims_recovered", height="stretch"):
        _recovered(scene)
    with right, st.container(border=True, key="card_claims_age", height="stretch"):
        _ages(scene)
    with st.container(border=True, key="card_claims"):
        _list(scene)


def _numbers(scene: DeskScene, period: Period) -> None:
    unit = scene.known.money_unit
    found = measures.readings(period)
    named: list[Reading | Figure] = [
        cards.reading_in(found, name, scene.region or WORLD) for name in ("money_recovered", "recoveries")
    ]
    own = figures(recoveries.numbers(period, scene.region, scene.now), scene, period)
    with st.container(key="claim_figures"):
        for column, shown in zip(st.columns(6, gap="small"), (*named, *own), strict=True):
            with column:
                if isinstance(shown, Figure):
                    _card(shown)
                else:
                    cards.measure_card(shown, period, unit)


def _card(figure: Figure) -> None:
    key = f"claims_{figure.title.split(maxsplit=1)[0].lower()}_{figure.rows.parameters.get('outcome')}"
    with st.container(border=True, key=f"card_{key}", height="stretch"):
        st.html(f'<div class="wf-label">{figure.title}</div>')
        drawer.number(figure, key=key)
        st.html(f'<div class="wf-change"><span>{figure.caveats[0]}</span></div>')


def figures(found: Numbers, scene: DeskScene, period: Period) -> tuple[Figure, ...]:
    """Return the four numbers that are no measures of the quarterly review, each with its rows."""
    unit, region, columns = scene.known.money_unit, scene.region, look(scene.known.money_unit)
    rate = found.recovered / found.ended if found.ended else None
    ended = recoveries.ended_asked(period, region)
    return (
        Figure(
            "Recovery rate",
            percent(rate),
            f"{percent(rate, 2)}, {exact(found.recovered)} of {exact(found.ended)} claims",
            "Share of the claims that ended in the period of which the money came back. Claims that the "
            "customer took back are not in it.",
            ended,
            (f"{exact(found.recovered)} of {exact(found.ended)} that ended",),
            columns,
        ),
        Figure(
            "Days to an end",
            "not known" if found.days_to_end is None else f"{found.days_to_end:.1f}",
            "not known" if found.days_to_end is None else f"{found.days_to_end:.2f} days",
            "Half of the claims that ended in the period took longer from the claim to the end.",
            ended,
            (f"median; open ones {_days(found.days_open)}",),
            columns,
        ),
        Figure(
            "Open now",
            compact(found.still_open),
            f"{counted(found.still_open, 'claim')} of {exact(found.value_open)} {unit}",
            "Claims that still need somebody, at the store's last event.",
            recoveries.open_asked(region, scene.now),
            (f"{compact(found.value_open)} {unit} claimed",),
            columns,
        ),
        Figure(
            "False claims",
            compact(found.value_false),
            f"{exact(found.value_false)} {unit} in {counted(found.false_claims, 'claim')}",
            "Value of the claims that ended in the period as false: what would have been paid to somebody "
            "whose money it never was.",
            recoveries.ended_asked(period, region, "false_claim"),
            (f"{unit}, {counted(found.false_claims, 'claim')}",),
            columns,
        ),
    )


def _days(days: float | None) -> str:
    return "none" if days is None else f"{days:.1f} days"


def _recovered(scene: DeskScene) -> None:
    unit = scene.known.money_unit
    st.markdown(f"**{unit} that came back by quarter and kind, {words.region(scene.region)}**")
    found = recoveries.by_quarter(scene.region)
    if not found:
        st.caption("No claim has ended there yet. Load a file of recoveries, or take a claim below.")
        return
    chart = recovered_chart(found, KINDS, unit, theme.current())
    draw_chart(chart, key="claims_recovered_chart")
    tables.downloads_of(recoveries.by_quarter_asked(scene.region), key="claims_by_quarter")


def _ages(scene: DeskScene) -> None:
    st.markdown(f"**Open claims by age, {words.region(scene.region)}**")
    found = recoveries.by_age(scene.region, scene.now)
    if not found:
        st.caption("No claim is open.")
        return
    chart = open_by_age_chart(found, AGES, scene.known.money_unit, theme.current())
    draw_chart(
        chart, key="claims_age_chart", on_pick=lambda age: state.change(age=age, status=None, kind=None)
    )
    tables.downloads_of(recoveries.by_age_asked(scene.region, scene.now), key="claims_by_age")


def _list(scene: DeskScene) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=190):
            state.pick("Claims", list(CHOICES), name="status", words=CHOICES.__getitem__)
        with st.container(width=190):
            state.pick("What went wrong", list(KINDS), name="kind", words=KINDS.__getitem__, anything="Any")
        with st.container(width=190):
            state.pick("Age", list(AGES), name="age", words=AGES.__getitem__, anything="Any age")
        st.space("stretch")
        _new_claim(scene)
    tables.show(
        recoveries.listed_asked(state.current(), scene.region, scene.now),
        key="claims_listed",
        columns=look(scene.known.money_unit),
        order=LISTED,
        height=460,
        on_pick=lambda row: state.change(claim=str(row["claim_id"])),
        empty="No claim fits. Choose other claims, another kind, age or region.",
    )
    _how_scored()


def _new_claim(scene: DeskScene) -> None:
    refusal = "" if scene.actor.may(WORK_CLAIMS) else why_not(scene.actor, WORK_CLAIMS)
    if st.button(
        "New claim",
        key="new_claim",
        icon=":material/add:",
        type="primary",
        disabled=bool(refusal),
        help=refusal or "Take a customer's claim of a transfer that went wrong",
    ):
        st.dialog("A transfer that went wrong", width="large")(partial(intake.form, scene))()


def _how_scored() -> None:
    """Say how the score was learned, and how it did beside the rules."""
    model = recoveries.newest_model()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if model is None:
            st.caption(
                "Scores come from simple rules: too few claims have ended to learn from.", width="stretch"
            )
            return
        st.caption(scored_words(model), width="stretch")
        figure = Figure(
            "How false claims are found",
            model.version,
            model.version,
            f"{model.because} At the start of each month a model learns from the claims that had ended by "
            "then, and is used only where it was better than the rules on claims that it had not seen.",
            recoveries.models_asked(),
            (f"A score of {percent(LIKELY_FALSE)} and more counts as probably false.",),
        )
        drawer.button(figure, key="claim_models", label="How it did")


def scored_words(model: Learned) -> str:
    """Say in a sentence who scores and how well."""
    if model.auc is None or model.rule_auc is None:
        return f"Scores come from simple rules. {model.because}"
    by = f"the model {model.version}" if model.is_used else "simple rules"
    return (
        f"Scores come from {by}. On {model.judged:,} later claims: area under the curve "
        f"{model.auc:.2f} ({model.auc_low:.2f} to {model.auc_high:.2f}), rules {model.rule_auc:.2f}; "
        f"average precision {model.precision:.2f} ({model.precision_low:.2f} to "
        f"{model.precision_high:.2f}), rules {model.rule_precision:.2f}."
    )
