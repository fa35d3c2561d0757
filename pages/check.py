"""One identity check: why was it decided so, where else were its media seen, and what came afterwards?"""

import streamlit as st

from dashboard import state, tables, theme
from dashboard.check_columns import check_columns
from dashboard.facts import facts
from dashboard.formats import literal
from dashboard.liveness import check_pictures, check_views
from dashboard.questions import checks

known = facts()
view = state.current()
unit = known.money_unit
asked_for = view.check or checks.newest_rejected(view.region)
check = checks.check(asked_for) if asked_for else None

check_views.breadcrumb(check)
if check is None:
    st.title(
        f"There is no identity check {literal(view.check)}" if view.check else "No identity check is known"
    )
    st.markdown("Open Liveness and choose one from its list of checks.")
    st.stop()

with st.container(key="headline", gap=None):
    st.caption("Why was it decided so, where else were its media seen, and what came afterwards?")
    st.title(check_views.title(check))
st.html(f'<div class="wf-meta">{check_views.meta(check)}</div>')

signals = checks.signals(check.event_id)
left, middle, right = st.columns([1.15, 1.1, 0.85], gap="small")
with left, st.container(border=True, key="card_frames", height="stretch"):
    check_pictures.draw_frames(check, known)
with middle, st.container(border=True, key="card_why", height="stretch"):
    check_views.draw_why(check, signals, theme.current())
with right, st.container(border=True, key="card_check", height="stretch"):
    check_views.draw_facts(check)

with st.container(border=True, key="card_signals"):
    check_views.draw_signals(check, signals)

left, right = st.columns([1.3, 1], gap="small")
with left, st.container(border=True, key="card_duplicates", height="stretch"):
    st.markdown("**Near-duplicates under other accounts**")
    check_pictures.draw_thumbnails(check, known)
    tables.show(
        checks.duplicates_asked(check.event_id),
        key=f"duplicates_{check.event_id}",
        columns=check_columns(unit),
        order=("same", "distance", "occurred_at", "account_id", "decision", "species", "region"),
        height=214,
        on_pick=lambda row: state.change(check=str(row["event_id"])),
        empty=check_pictures.no_duplicates(check),
    )
with right, st.container(border=True, key="card_after", height="stretch"):
    check_views.draw_after(check, unit)

with st.container(border=True, key="card_attempts"):
    st.markdown("**Every attempt of this account**")
    tables.show(
        checks.attempts_asked(check.account_id),
        key=f"attempts_{check.account_id}",
        columns=check_columns(unit),
        order=(
            "occurred_at",
            "purpose",
            "attempt",
            "score",
            "decision",
            "stage",
            "truth",
            "species",
            "device",
        ),
        height=214,
        on_pick=lambda row: state.change(check=str(row["event_id"])),
    )
