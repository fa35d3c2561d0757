"""What a request says and whether it is genuine: its facts, its checks, and what was asked against what is given."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from dashboard import state
from dashboard.formats import exact, literal, percent
from dashboard.questions.words import country as country_name
from dashboard.questions.words import spoken
from dashboard.requests import request_words
from dashboard.requests.request_view import RequestView
from dashboard.viewer import local
from desk.money import in_words
from desk.requests.checks import Check
from desk.requests.state import DATA_KINDS

# More accounts than these are in the export and in the package.
ACCOUNTS_SHOWN = 12


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
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**Is it genuine?**", width="content")
        st.badge(
            percent(told.score),
            color="green" if not told.missing else "red" if view.state.status == "doubtful" else "orange",
            help="From 0, forged, to 100 %, genuine: the sum of the checks below, weighed by hand. Whatever it is, "
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


def draw_scope(view: RequestView) -> None:
    """Draw the kinds of data asked for beside those given, the time they span, and the accounts."""
    now = view.state
    st.markdown("**What is asked, what is given**")
    if now.scope_asked:
        rows = "".join(_scope_row(kind, view) for kind in DATA_KINDS)
        st.html(
            '<table class="wf-facts scope"><thead><tr><th>Data</th><th>Asked</th><th>Given</th></tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )
    else:
        st.caption("It asks for no data.")
    if now.since or now.until:
        st.caption(f"From {local(now.since)} to {local(now.until)}.")
    if now.is_narrowed:
        st.caption(literal(f"Narrowed: {now.narrowed_because}"))
    _accounts(view)


def _scope_row(kind: str, view: RequestView) -> str:
    now = view.state
    is_asked, is_given = kind in now.scope_asked, kind in now.scope_given
    given = "Given" if is_given else "Not given" if is_asked and not now.is_live else "Left out"
    colour = "yes" if is_given else "none"
    told = f'<td class="{colour}">{given if is_asked else ""}</td>'
    return f'<tr><th scope="row">{spoken(kind)}</th><td>{"Asked" if is_asked else ""}</td>{told}</tr>'


def _accounts(view: RequestView) -> None:
    now = view.state
    if not now.account_ids:
        st.caption("It names no account of this exchange.")
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="request_accounts"):
        st.markdown("**Accounts**", width="content")
        for account_id in now.account_ids[:ACCOUNTS_SHOWN]:
            st.button(
                literal(account_id),
                key=f"crumb_account_{account_id}",
                type="tertiary",
                on_click=partial(state.go_later, "accounts", account=account_id),
            )
    more = now.accounts - min(len(now.account_ids), ACCOUNTS_SHOWN)
    if more > 0:
        st.caption(f"and {exact(more)} more.")
