"""What anomalies find in an area beside the fraud model, with intervals, and whom it did not flag."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from dashboard import drawer, state, tables
from dashboard.anomaly.anomaly_views import CAVEAT
from dashboard.columns import columns
from dashboard.facts import facts
from dashboard.formats import counted, exact, percent
from dashboard.questions import anomalies
from dashboard.questions.anomalies import Gain
from dashboard.questions.words import area as area_name
from dashboard.questions.words import region_slugs
from scoring.areas import APART

LABELS_ARRIVE = "Crimes and precision count labels known by now; those of the newest weeks are still to come."
SAME_BUDGET = (
    "In each quarter no more anomaly alerts are counted than the fraud model raised there, the most unusual "
    "first. Events that the fraud model was trained on are left out."
)


def draw(area: str, now: datetime) -> None:
    """Draw the gain of an area in one sentence, of all areas in a table, and the accounts not flagged."""
    gain = anomalies.gain_of_area(area)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, key="card_anomaly_gain", height="stretch"):
        _draw_gain(area, gain)
    with right, st.container(border=True, key="card_anomaly_accounts", height="stretch"):
        _draw_accounts(area, now)


def gain_in_words(gain: Gain) -> str:
    """Say what anomaly alerts found that fraud alerts missed, of how many, and at which precision."""
    only = (
        f"Of {counted(gain.incidents, 'confirmed crime')} in {area_name(gain.area)} fraud alerts found "
        f"{exact(gain.by_fraud)}, and anomaly alerts **{exact(gain.only_anomaly)}** that no fraud alert lies "
        f"on (95% interval {gain.only_low:.0f} to {gain.only_high:.0f})."
    )
    if gain.precision is None:
        return f"{only} There was no anomaly alert."
    return (
        f"{only} Of {counted(gain.anomaly_alerts, 'anomaly alert')} {percent(gain.precision)} were confirmed "
        f"({percent(gain.precision_low)} to {percent(gain.precision_high)}), "
        f"of {counted(gain.fraud_alerts, 'fraud alert')} {percent(gain.fraud_precision)}."
    )


def _draw_gain(area: str, gain: Gain | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**What anomalies find that the fraud model missed**", width="stretch", help=CAVEAT)
        if gain is not None:
            drawer.button(_figure(gain), key="anomaly_gain", label="By quarter")
    if gain is None:
        st.caption(
            "Nothing is measured here yet: anomalies need two months of outgoing money before, and a fraud "
            "model that decided on events it was not trained on. Load more and score again."
        )
        return
    st.markdown(gain_in_words(gain))
    tables.show(
        anomalies.gains_asked(first=area),
        key="anomaly_gains",
        columns=gain_columns(),
        order=(
            "area",
            "quarter",
            "incidents",
            "by_fraud",
            "only_anomaly",
            "only_low",
            "only_high",
            "precision",
        ),
        height=244,
    )
    st.caption(f"{SAME_BUDGET} {LABELS_ARRIVE}")


def _draw_accounts(area: str, now: datetime) -> None:
    st.markdown(
        f"**Most unusual in {area_name(area)}, last 30 days, not flagged by the fraud model**", help=CAVEAT
    )
    unit = facts().money_unit
    tables.show(
        anomalies.unflagged_asked(area, now),
        key=f"unflagged_{area}",
        columns={**columns(unit), **gain_columns()},
        order=("account_id", "occurred_at", "kind", "unusual", "score", "sentence"),
        height=320,
        on_pick=lambda row: state.go_later(
            "accounts", account=str(row["account_id"]), event=str(row["event_id"])
        ),
        empty="Every account with an anomaly alert in these 30 days was flagged by the fraud model too.",
    )


def gain_columns() -> Mapping[str, Any]:
    """Return Streamlit's column_config for the columns of anomalies."""
    config = st.column_config
    areas = [*region_slugs(), *APART]
    counts = {
        "incidents": "Crimes",
        "by_fraud": "By fraud alerts",
        "by_anomaly": "By anomaly alerts",
        "only_anomaly": "Only by anomaly",
        "fraud_alerts": "Fraud alerts",
        "anomaly_alerts": "Anomaly alerts",
    }
    shares = {
        "fraud_precision": "Fraud precision",
        "precision": "Precision",
        "precision_low": "Precision from",
        "precision_high": "Precision to",
    }
    return {
        "area": config.SelectboxColumn("Area", options=areas, format_func=_area),
        "quarter": config.DateColumn("Quarter from", help="Empty: all quarters together."),
        **{name: config.NumberColumn(label, format="localized") for name, label in counts.items()},
        "only_low": config.NumberColumn("from", format="%.0f"),
        "only_high": config.NumberColumn("to", format="%.0f"),
        **{name: config.NumberColumn(label, format="percent") for name, label in shares.items()},
        "unusual": config.NumberColumn("More unusual than", format="percent"),
        "is_alert": config.CheckboxColumn("Alert"),
    }


def _area(name: object) -> str:
    return area_name(str(name))


def _figure(gain: Gain) -> drawer.Figure:
    return drawer.Figure(
        f"Found by anomalies in {area_name(gain.area)}",
        exact(gain.only_anomaly),
        f"{counted(gain.only_anomaly, 'crime')} that only an anomaly alert lies on",
        "Confirmed crimes with a transaction or sign-in in the area that an anomaly alert lies on and no "
        "fraud alert (held, blocked or frozen), by quarter.",
        anomalies.gains_asked(gain.area),
        (SAME_BUDGET, LABELS_ARRIVE, CAVEAT),
        gain_columns(),
    )
