"""How capacity is worked out, what it leaves out, and how well it told the past: one click away."""

from __future__ import annotations

from statistics import fmean, median

import streamlit as st

from dashboard import tables
from dashboard.formats import exact, percent
from dashboard.questions import capacity

METHOD = (
    "**The replay.** The policies that decided then decide every scored event again, with the threshold at "
    "which another share of events becomes an alert. Alerts of rules and of other models stay.",
    "**Cases.** An alert joins the live case of its account, else opens one. Severity is by intake's rules.",
    "**The queue.** A free seat takes the gravest case of the channels it serves, of these what loses most "
    "for each minute left: the desk's own next case. Out of hours the next open desk serves a channel.",
    "**Durations.** Minutes in hand, and minutes before a free seat reacts, are drawn from measured cases of "
    "the same kind and severity. Pauses are in neither.",
    "**Weeks.** Thirty repetitions each draw 13 weeks of the past with replacement. A weekly interval holds "
    "nine simulated weeks of ten, that of a share nine quarters of ten.",
    "**Money.** Loss missed is crime about to leave that stays below the threshold, as far as it is known: "
    "labels of events that were never alerts come from victims alone. A hold ends after three days.",
    "**Left out.** Assignments, escalation, holidays, and that criminals answer to a policy.",
)
WORDS = {
    "cases": "cases a week",
    "unlooked": "cases a week that nobody looked at",
    "late_share": "share of first looks that were late",
    "wait": "median minutes to first look",
}


def button(channel: str) -> None:
    """Draw the button that opens the method beside the page."""
    if st.button("Method and check", key="capacity_method", type="tertiary", icon=":material/help:"):
        st.dialog("How capacity is worked out", width="large", position="right")(lambda: _content(channel))()


def _content(channel: str) -> None:
    for part in METHOD:
        st.markdown(part)
    found = capacity.measured()
    if "service" in found:
        cases, minutes = found["service"]
        _, before = found.get("reaction", (0, 0.0))
        st.caption(
            f"Measured on {exact(cases)} cases, medians: {minutes:.0f} minutes in hand, {before:.0f} before."
        )
    st.markdown("**Against what happened, week by week, with today's thresholds and staff**")
    for words in check_words(channel):
        st.markdown(f"- {words}")
    tables.show(capacity.checked_asked(channel), key="capacity_checked", height=300)


def check_words(channel: str) -> list[str]:
    """Say for each measure what was foretold, what happened, and how many weeks the interval held."""
    said = []
    weeks = capacity.checked(channel)
    for measure, words in WORDS.items():
        known = [one for one in weeks if one.measure == measure and one.happened is not None]
        if not known:
            said.append(f"{words}: nothing is known of these weeks")
            continue
        # Of waits the middle week: one of a few cases that lay for days says little.
        middle = median if measure == "wait" else fmean
        foretold = middle(one.foretold.value for one in known)
        happened = middle(one.happened or 0.0 for one in known)
        held = sum(one.foretold.low <= (one.happened or 0.0) <= one.foretold.high for one in known)
        said.append(
            f"{words}: {foretold:.2f} foretold, {happened:.2f} happened; "
            f"{percent(held / len(known))} of {len(known)} weeks within the interval"
        )
    return said
