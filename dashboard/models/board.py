"""The board of an area: champion, challengers with their differences, the verdict in words, and what to do.

board.draw(scene)
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import drawer, tables
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.forest import forest
from dashboard.formats import counted, exact, literal, percent
from dashboard.models import board_actions
from dashboard.models.scene import ModelScene
from dashboard.questions import regional
from dashboard.questions.regional import VERDICTS, Challenger, Served
from scoring.policy import ALERT_BUDGET
from scoring.regional.kinds import KINDS

# Shown as shares; wrongful holds are counts and stand in the rows.
DRAWN = ("value_caught", "average_precision", "precision")
NONE_YET = (
    "No challenger was trained for this area yet. **Retrain** makes one of each kind on what is known now; "
    "they decide nothing until two people promote one."
)


def draw(scene: ModelScene) -> None:
    """Draw who decides in the area, how its challengers compare, and the acts on them."""
    challengers = regional.challengers_of(scene.area)
    served = regional.served_in(scene.area)
    with st.container(border=True, key="card_challengers"):
        st.markdown(f"**Champion and challengers in {literal(scene.where)}**")
        st.markdown(_who_decides(served))
        _draw_last(scene)
        if challengers:
            _draw_comparison(scene, challengers)
        board_actions.draw(scene, challengers, served)


def _who_decides(served: Served | None) -> str:
    """Say which model decides, and for which share of the accounts."""
    champion = regional.champion_now()
    if champion is None:
        return "No model was trained yet: `watchfloor train` makes the champion."
    if served is None or served.share_percent == 0:
        since = f", again since {served.valid_from:%d %B %Y}" if served else ""
        return f"The global champion `{champion}` decides for all accounts{since}."
    rest = "" if served.share_percent == 100 else f"; the global champion `{champion}` for the others"
    return (
        f"`{served.model_version}` decides for {served.share_percent} % of the accounts since "
        f"{served.valid_from:%d %B %Y}{rest}."
    )


def _draw_last(scene: ModelScene) -> None:
    last = regional.last_retraining(scene.area)
    if last is None:
        st.markdown(NONE_YET)
        return
    st.markdown(f"Last retrained as of {last.as_of:%d %B %Y} because {last.why}: {last.sentence}.")


def _draw_comparison(scene: ModelScene, challengers: Sequence[Challenger]) -> None:
    """Draw the forest beside the verdicts, then what both stand on."""
    found = regional.differences_of(scene.area, [one.model_version for one in challengers])
    left, right = st.columns([1.25, 1], gap="small")
    with left:
        if found:
            shown = [one for one in found if one.measure in DRAWN]
            draw_chart(forest(shown, scene.palette), key="challengers_forest")
            tables.downloads_of(regional.differences_asked(scene.area), key="challengers_rows")
        else:
            st.caption("Not compared yet: no event of their shadow has matured.")
    with right:
        for one in challengers:
            _draw_verdict(one)
    first = challengers[0]
    if first.since and first.matured_until and found:
        st.caption(
            f"Both scored the same {counted(first.events, 'event')} from {first.since:%d %B} to "
            f"{first.matured_until:%d %B %Y}, matured, at the same budget of {percent(ALERT_BUDGET, 1)} "
            f"({counted(first.alerts, 'alert')} each). Intervals of 95 %, paired, drawn by account."
        )


def _draw_verdict(one: Challenger) -> None:
    """Draw one challenger: its verdict, the reason, and the cases that it stands on."""
    with st.container(gap=None, key=f"verdict_{one.kind}"):
        said = VERDICTS.get(one.verdict or "", "Not judged yet")
        st.markdown(f"**{one.title}** \u2013 {said}", help=_about(one))
        st.caption(one.sentence)
        if one.verdict is not None:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                drawer.number(_cases_figure(one), key=f"cases_{one.kind}")
                st.caption(f"cases of {counted(one.accounts, 'account')}; {_slope(one)}", width="content")


def _about(one: Challenger) -> str:
    kind = KINDS.get(one.kind)
    words = kind.words if kind else ""
    return f"{words} Made as of {one.trained_as_of:%d %B %Y} from {exact(one.known_cases)} cases of the area."


def _slope(one: Challenger) -> str:
    if one.slope is None or one.champion_slope is None:
        return "calibration not known"
    return f"calibration slope {one.slope:.2f}, the champion's {one.champion_slope:.2f}"


def _cases_figure(one: Challenger) -> drawer.Figure:
    return drawer.Figure(
        title=f"Cases that {one.model_version} was judged on",
        shown=exact(one.cases),
        exact=f"{counted(one.cases, 'case')} of crime among {counted(one.events, 'event')}",
        definition="Events of the area since the challenger was made, old enough that nine in ten labels "
        "have come, and confirmed as crime; with what challenger and champion said of each.",
        rows=regional.cases_asked(one.model_version),
        caveats=(one.sentence,),
    )
