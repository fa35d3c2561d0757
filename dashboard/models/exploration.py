"""What blocks hide: the few held at random instead, how often they were crime, and what that cost.

exploration.draw("south_asia", period)
"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import drawer
from dashboard.facts import facts
from dashboard.formats import compact, counted, duration, exact, money, percent
from dashboard.questions import exploration, words
from dashboard.questions.exploration import Explored
from dashboard.questions.period import Period
from scoring.selective.measuring import FEWEST_JUDGED

METHOD = (
    "A blocked event never shows its outcome. A random share of would-be blocks is held for a person "
    "instead; each that was judged counts by the inverse of its chance of being drawn (Hajek), the interval "
    "is Wilson's at 95 %. Frozen events are not drawn: a person looks at each of them."
)


def draw(area: str, period: Period) -> None:
    """Draw what exploration of blocks found in an area and quarter: a sentence, three figures, the cost."""
    found = exploration.explored_of(area, period)
    with st.container(border=True, key="card_exploration"):
        st.markdown("**How often is a block right?**", help=METHOD)
        st.markdown(sentence(found, area, period))
        if not found.explored:
            return
        with st.container(horizontal=True, gap="medium", key="exploration_figures"):
            for figure, key, says in _figures(found, area, period):
                with st.container(gap=None, width="content"):
                    drawer.number(figure, key=key)
                    st.caption(says, width="content")
        st.caption(cost(found, facts().money_unit))


def sentence(found: Explored, area: str, period: Period) -> str:
    """Say what the explored showed; that there are too few, or none, where that is so."""
    where = f"in {words.area(area)} in {period.name}"
    if not found.would_be_blocks:
        return f"No score led to a block {where}."
    if not found.explored:
        return (
            f"{counted(found.would_be_blocks, 'event')} {where} scored for a block and none was drawn to be "
            "looked at instead, so how often a block is right there is not known."
        )
    if not found.sums.is_enough:
        return (
            f"Too few to say: {exact(found.sums.judged)} of {exact(found.explored)} blocks held at random "
            f"{where} are judged, and a share needs {FEWEST_JUDGED}."
        )
    share = found.sums.precision
    return (
        f"Of all events {where} that score for a block, {percent(share.value)} are crime "
        f"({percent(share.low)} to {percent(share.high)}); the scores foretold {percent(found.expected)}, "
        f"{held_or_not(found)} the interval."
    )


def held_or_not(found: Explored) -> str:
    """Say whether what the scores foretold lies inside the interval."""
    share = found.sums.precision
    is_inside = found.expected is not None and share.low <= found.expected <= share.high
    return "inside" if is_inside else "outside"


def cost(found: Explored, unit: str) -> str:
    """Say what exploring cost and what it spared."""
    return (
        f"Cost: {money(found.value_held, unit)} of crime was held instead of blocked, and people spent about "
        f"{duration(timedelta(minutes=found.minutes))} at a quarter of an hour each. "
        f"{counted(found.spared, 'honest customer')} spared a wrong block."
    )


def _figures(found: Explored, area: str, period: Period) -> list[tuple[drawer.Figure, str, str]]:
    rows = exploration.explored_asked(area, period)
    title = f"Blocks held at random, {words.area(area)}, {period.name}"
    drawn = drawer.Figure(
        title=title,
        shown=compact(found.explored),
        exact=f"{counted(found.explored, 'event')} of {exact(found.would_be_blocks)} that scored for a block",
        definition="Events whose score leads to a block, drawn at random and held for a person instead.",
        rows=rows,
        caveats=(METHOD,),
    )
    judged = drawer.Figure(
        title=title,
        shown=compact(found.sums.judged),
        exact=f"{counted(found.sums.judged, 'event')} of {exact(found.explored)} judged by a label",
        definition="Of the events held at random, those that a label has judged since.",
        rows=rows,
        caveats=(METHOD,),
    )
    figures = [(drawn, "explored", "held at random"), (judged, "explored_judged", "judged since")]
    if not found.sums.is_enough:
        return figures
    share, naive = found.sums.precision, found.blocked
    precision = drawer.Figure(
        title=f"Precision of blocks, {words.area(area)}, {period.name}",
        shown=percent(share.value),
        exact=f"{percent(share.value, 1)}, 95 % interval {percent(share.low, 1)} to {percent(share.high, 1)}",
        definition="Share of events scoring for a block that are crime, by the judged ones held at random.",
        rows=rows,
        caveats=(
            METHOD,
            f"Without exploration it would read {percent(naive.if_silence_is_innocence)} where silence is "
            f"taken for innocence, and {percent(naive.if_silence_is_crime)} where it is taken for crime.",
        ),
    )
    return [*figures, (precision, "explored_precision", "of would-be blocks are crime")]
