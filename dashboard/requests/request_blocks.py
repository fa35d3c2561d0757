"""What a request says and whether it is genuine: its facts, and its checks."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.formats import literal
from dashboard.questions import words
from dashboard.questions.words import country as country_name
from dashboard.questions.words import spoken
from dashboard.requests import request_words
from dashboard.requests.request_view import RequestView
from dashboard.viewer import local
from desk.money import in_words
from desk.requests.checks import Check


def draw_facts(view: RequestView) -> None:
    """Draw who asks, on what, and in which words."""
    st.markdown("**What it says**")
    pairs = [(label, said) for label, said in _facts(view) if said]
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td title="{escape(said)}">{escape(said)}</td></tr>'
        for label, said in pairs
    )
    st.html(f'<table class="wf-facts pairs"><tbody>{rows}</tbody></table>')
    if view.state.words:
        st.caption(literal(view.state.words))


def _facts(view: RequestView) -> list[tuple[str, str]]:
    now = view.state
    return [
        ("Who asks", now.agency or ("A user" if now.asker == "user" else "")),
        ("Kind", request_words.agency_kind(now.agency_kind) if now.agency_kind else ""),
        ("Country", country_name(now.country) if now.country else ""),
        ("Officer", now.officer or ""),
        ("Contact", now.contact or ""),
        ("Their number", now.reference or ""),
        ("Legal basis", now.legal_basis or ""),
        ("Order", f"{in_words(now.amount_micro)} {now.asset or ''}" if now.amount_micro else ""),
        ("Kept until", local(now.kept_until) if now.kept_until else ""),
    ]


def draw_checks(view: RequestView) -> None:
    """Draw how genuine it looks, each check with what it found, and what is missing before it is answered."""
    told = view.authenticity
    if told is None:
        st.markdown("**Is it genuine?**")
        st.caption("No check of it is recorded: it was answered before requests were checked here.")
        return
    # As the queue marks it.
    is_doubtful = view.state.status == "doubtful" or told.score < 0.5
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**Is it genuine?**", width="content")
        st.badge(
            words.score(told.score),
            color="green" if not told.missing else "red" if is_doubtful else "orange",
            help="From 0, forged, to 100 %, genuine: the checks below, weighed by hand. Whatever it is, "
            "every required check must be passed first.",
        )
    rows = "".join(_check(check) for check in told.checks)
    st.html(f'<table class="wf-facts conditions checks"><tbody>{rows}</tbody></table>')
    if view.state.is_live and told.missing:
        missing = ", ".join(spoken(name).lower() for name in told.missing)
        st.caption(f"Not answered until these are passed: {missing}.")


def _check(check: Check) -> str:
    mark, colour = {True: ("Passed", "yes"), False: ("Failed", "no"), None: ("Not tried", "none")}[
        check.is_passed
    ]
    needed = " required" if check.is_required else ""
    return (
        f'<tr><th scope="row" class="{colour}">{mark}</th>'
        f'<td title="Adds {check.weight:+.1f} to the log-odds">{escape(check.words)}'
        f'<span class="wf-meta">{needed}</span></td></tr>'
    )
