"""What was asked beside what is given: kinds of data with boxes to untick, the days, and the accounts."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial

import streamlit as st

from dashboard import acting, refused, state
from dashboard.desk_records import desk_records
from dashboard.formats import exact, literal
from dashboard.questions.words import spoken
from dashboard.requests import request_forms as forms
from dashboard.requests.request_view import RequestView
from desk.actors import WORK_REQUESTS, why_not
from desk.requests.answering import OPEN, narrow
from desk.requests.state import DATA_KINDS

# More accounts than these are in the file that is handed over.
ACCOUNTS_SHOWN = 12


def draw(view: RequestView) -> None:
    """Draw the kinds of data and days asked for beside those given, and the accounts."""
    st.markdown("**What is asked, what is given**")
    if not view.received.scope_asked:
        st.caption("It asks for no data.")
    elif refusal := _refusal(view):
        _table(view)
        if view.state.is_live:
            st.caption(refusal)
    else:
        _form(view)
    if view.state.is_narrowed:
        st.caption(literal(f"Narrowed: {view.state.narrowed_because}"))
    _accounts(view)
    _case(view)


def _refusal(view: RequestView) -> str:
    """Say why the scope cannot be set now; empty where it can."""
    if not view.actor.may(WORK_REQUESTS):
        return why_not(view.actor, WORK_REQUESTS)
    if view.state.status == "waiting_approval":
        return "A second person decides on exactly this; withdraw that below to change it."
    return "" if view.state.status in OPEN else "It is set once the request is verified."


def _table(view: RequestView) -> None:
    rows = [_row(kind, view) for kind in DATA_KINDS]
    rows.append(_cells("Days", *(_days(one.since, one.until) for one in (view.received, view.state))))
    st.html(
        '<table class="wf-facts scope"><thead><tr><th>Data</th><th>Asked</th><th>Given</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _row(kind: str, view: RequestView) -> str:
    is_asked, is_given = kind in view.received.scope_asked, kind in view.state.scope_given
    given = "yes" if is_given else "" if view.state.is_live and not view.state.scope_given else "no"
    return _cells(spoken(kind), "yes" if is_asked else "not asked", given if is_asked else "")


def _cells(title: str, asked: str, given: str) -> str:
    return f'<tr><th scope="row">{title}</th><td>{asked}</td><td>{given}</td></tr>'


def _days(since: datetime | None, until: datetime | None) -> str:
    if since is None and until is None:
        return "all"
    first = f"{since:%Y-%m-%d}" if since else "the beginning"
    return f"{first} to {f'{until:%Y-%m-%d}' if until else 'now'} (UTC)"


def _form(view: RequestView) -> None:
    """Draw a box for each kind that was asked, the days, and the reason that giving less needs."""
    now = view.state
    given = now.scope_given or now.scope_asked
    with st.form(f"request_scope_{view.request_id}", border=False):
        with st.container(horizontal=True, gap="medium", key="request_scope_kinds"):
            kept = [
                kind
                for kind in DATA_KINDS
                if st.checkbox(
                    spoken(kind),
                    value=kind in given,
                    disabled=kind not in now.scope_asked,
                    key=f"scope_{kind}_{view.request_id}_{now.version}",
                )
            ]
        asked = ", ".join(map(spoken, now.scope_asked)).lower()
        st.caption(f"Asked: {asked}; {_days(view.received.since, view.received.until)}.")
        left, right = st.columns(2)
        since = left.date_input(
            "Given from (UTC)", value=_day(now.since), key=f"scope_since_{view.request_id}"
        )
        until = right.date_input(
            "Given until (UTC)", value=_day(now.until), key=f"scope_until_{view.request_id}"
        )
        text = st.text_input("Why less, or why all of it?", key=f"scope_words_{view.request_id}")
        if not st.form_submit_button("Set what is given"):
            return
    if refused.fits(text):
        forms.finish(
            lambda: narrow(
                desk_records(),
                view.request_id,
                kept,
                acting.actor(),
                text,
                view.now,
                since=_instant(since, now.since),
                until=_instant(until, now.until),
            ),
            "What is given is set.",
        )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _instant(day: object, was: datetime | None) -> datetime | None:
    """Return the beginning of a chosen day; what it was to the second where the day is the same."""
    if not isinstance(day, date):
        return None
    return was if was is not None and was.date() == day else datetime.combine(day, time())


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


def _case(view: RequestView) -> None:
    """Draw the way to the case that the request belongs to, where there is one."""
    case_id = view.state.case_id
    if case_id is not None:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown("**Case**", width="content")
            st.button(
                literal(case_id),
                key="crumb_request_case",
                type="tertiary",
                on_click=partial(state.go_later, "case", case=case_id),
            )
