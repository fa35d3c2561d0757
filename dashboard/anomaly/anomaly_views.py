"""How unusual an event or an account is, in words beside its fraud score."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import drawer, state
from dashboard.formats import literal, percent
from dashboard.questions import anomalies
from dashboard.questions.anomalies import AccountAnomaly, Anomaly, AnomalyReason
from dashboard.questions.words import kind, spoken
from dashboard.viewer import local

CAVEAT = (
    "Learned without any label, from what is usual for this account and for others of its area. It is shown "
    "beside the fraud score and decides nothing; most of what is unusual is honest."
)


def draw_event(event_id: str) -> None:
    """Draw how unusual an event is beside its fraud score; nothing where no money left by it."""
    found = anomalies.anomaly_of_event(event_id)
    if found is None:
        return
    with st.container(key="event_anomaly", gap="small"):
        st.markdown("**How unusual it is**", help=CAVEAT)
        st.markdown(in_words(found))
        _draw_reasons(anomalies.anomaly_reasons(event_id))


def draw_account(account_id: str) -> None:
    """Draw how unusual an account's last 30 days were, against its past and peers; nothing if not known."""
    found = anomalies.account_anomaly(account_id)
    if found is None:
        return
    with st.container(key="account_anomaly", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/troubleshoot: {account_in_words(found)}", width="stretch", help=CAVEAT)
        drawer.button(_figure(account_id, found), key="anomalies")
        st.button(
            "Why so",
            key="anomaly_event",
            type="tertiary",
            on_click=state.go_later,
            args=("explanations",),
            kwargs={"event": found.peak.event_id, "account": account_id},
        )


def in_words(found: Anomaly) -> str:
    """Say how unusual an event is, whether it is an alert, and the strongest reason."""
    said = anomalies.unusual(found)
    alert = " An anomaly alert." if found.is_alert else ""
    why = f" {found.sentence}" if found.sentence else ""
    return f"{said[0].upper()}{said[1:]}.{alert}{why}"


def account_in_words(found: AccountAnomaly) -> str:
    """Say what an account's most unusual event was, why, and how unusual it was before."""
    peak = found.peak
    when = f"{kind(peak.kind)} of {local(peak.occurred_at)}"
    why = f": {peak.sentence.removesuffix('.')}" if peak.sentence else ""
    return f"{when} was {anomalies.unusual(peak)}{why}. {anomalies.usual_before(found)}"


def reasons_table(reasons: tuple[AnomalyReason, ...]) -> str:
    """Return the reasons as HTML rows: share of the surprise, a bar as long as it, and the sentence."""
    most = max((reason.share for reason in reasons), default=1.0)
    rows = "".join(
        f'<tr><td class="number">{escape(percent(reason.share))}</td>'
        f'<td class="bar"><i class="up" style="width:{100 * reason.share / most:.0f}%"></i></td>'
        f'<td title="{escape(spoken(reason.reason))}">{escape(reason.sentence)}</td></tr>'
        for reason in reasons
    )
    return f'<table class="wf-facts reasons"><tbody>{rows}</tbody></table>'


def _draw_reasons(reasons: tuple[AnomalyReason, ...]) -> None:
    if reasons:
        st.html(reasons_table(reasons))


def _figure(account_id: str, found: AccountAnomaly) -> drawer.Figure:
    shown = percent(found.peak.score, 1)
    return drawer.Figure(
        f"How unusual {literal(account_id)} is",
        shown,
        f"{shown} of its peers' events are more usual than its most unusual one",
        "Every outgoing event of the account since it can be compared, with the share of the area's events "
        "of that kind in the three months before that are more usual.",
        anomalies.account_anomalies_asked(account_id),
        (CAVEAT,),
    )
