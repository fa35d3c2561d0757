"""Similar past cases and how they ended, what is likely, and what to check before confirming it."""

from __future__ import annotations

import streamlit as st

from dashboard import state, tables
from dashboard.case.likely import likely, outcomes, suggested
from dashboard.case.view import CaseView
from dashboard.formats import literal, percent
from dashboard.questions.words import spoken
from desk.cases.checklists import checklist

HOW = (
    "Closed cases of the same kind, of the newest 2,000. Half of the likeness are the strongest reasons in "
    "common, a quarter the kinds of events, an eighth each the channel and how much may be lost."
)
ORDER = ("typology", "outcome", "likeness", "same_reasons", "closed_at", "case_id")


def draw_suggestion(view: CaseView) -> None:
    """Draw what similar confirmed cases were, as a suggestion, and the next steps for it."""
    guess = likely(view.similar)
    if guess is not None:
        st.markdown(f":material/lightbulb: {literal(guess.in_words)}")
    steps = checklist(suggested(view.similar)).next_steps
    st.markdown("**Next:** " + " · ".join(literal(step) for step in steps))


def draw(view: CaseView) -> None:
    """Draw similar past cases with the share of each outcome, and the checklist of the likely typology."""
    past, points = st.tabs(["Similar cases", "Checklist"])
    with past:
        _similar(view)
    with points:
        _checklist(view)


def _similar(view: CaseView) -> None:
    found = view.similar
    if not found:
        st.caption("No closed case of this kind has a reason in common with this one.")
        return
    shares = ", ".join(
        f"{percent(count / len(found))} {spoken(name).lower()}" for name, count in outcomes(found).items()
    )
    st.markdown(f"Of the {len(found)} most alike: **{shares}**.", help=HOW)
    if view.is_training:
        # Their ids can be looked up, and the reasons in common are those with the most points.
        return
    tables.show(
        view.similar_asked,
        key=f"similar_{view.case_id}",
        columns=_columns(view),
        order=ORDER,
        height=184,
        on_pick=None if view.is_past else lambda row: state.change(case=str(row["case_id"]), event=None),
    )


def _columns(view: CaseView) -> dict[str, object]:
    config = st.column_config
    typologies = sorted({one.typology for one in view.similar if one.typology})
    return {
        "outcome": config.SelectboxColumn(
            "Ended as", options=list(outcomes(view.similar)), format_func=_spoken, width=96
        ),
        "typology": config.SelectboxColumn("Typology", options=typologies, format_func=_spoken, width=130),
        "likeness": config.ProgressColumn("Alike", min_value=0, max_value=1, format="percent", width=76),
        "same_reasons": config.ListColumn("Same reasons", width="medium"),
        "closed_at": config.DatetimeColumn("Closed", format="YYYY-MM-DD", width="small"),
        "case_id": config.TextColumn("Case", width="small"),
    }


def _spoken(name: object) -> str:
    return spoken(str(name))


def _checklist(view: CaseView) -> None:
    guess = suggested(view.similar)
    found = checklist(guess)
    of = spoken(guess) if guess else "any typology"
    st.markdown(f"Before **{of.lower()}** is confirmed")
    st.markdown(
        "\n".join(f"- {literal(point.words)}{' **must**' if point.must else ''}" for point in found.points)
    )
    st.caption("They are ticked in the form that closes the case.")
