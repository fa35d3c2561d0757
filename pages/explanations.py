"""Explanations: why does this event have its score, and what moves scores in general?"""

import streamlit as st

from dashboard import dispositions, explanation_views, state, tables, theme
from dashboard.anomaly import anomaly_views
from dashboard.charts.beeswarm import beeswarm
from dashboard.charts.dependence import dependence
from dashboard.charts.draw import draw
from dashboard.charts.importance import importance
from dashboard.charts.waterfall import waterfall
from dashboard.columns import columns
from dashboard.facts import facts
from dashboard.formats import literal
from dashboard.questions import explanations, words
from dashboard.questions.period import shown_period

known = facts()
view = state.current()
unit = known.money_unit
period = shown_period(view.period, known)
palette = theme.current()

shown = explanations.shown_event(view.event, view.account, view.model, view.region)
with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
    st.caption("Why does this event have its score, and what moves scores in general?", width="stretch")
    tab = state.pick(
        "View",
        ["event", "model"],
        name="tab",
        words=lambda name: {"event": "One event", "model": "The whole model"}[name],
        style="segments",
        show_label=False,
    )
    model = state.pick(
        "Model",
        list(words.MODELS),
        name="model",
        default=shown.model if shown is not None and view.event else None,
        words=lambda name: words.MODELS[name],
        style="segments",
        show_label=False,
    )
chosen = explanations.Slice(model or "fraud", period, view.region)


def open_event(event_id: str, account_id: str | None = None) -> None:
    """Show another event of this page."""
    state.change(event=event_id, account=account_id, tab=None)


def open_next(event: explanations.Event) -> None:
    """Show the flagged event that happened last before `event`; stay where there is none."""
    following = explanations.next_flagged(event, view.region)
    if following is not None:
        open_event(*following)


def draw_one_event() -> None:
    event = shown
    if event is None:
        st.title(
            f"There is no event {literal(view.event)}"
            if view.event
            else "No event of this choice was flagged"
        )
        st.markdown("Search above by its id, or choose another region or model.")
        return
    with st.container(key="headline"):
        st.title(explanation_views.event_title(event))
    reasons = explanations.event_reasons(event)
    left, right = st.columns([1.7, 1], gap="small")
    with left, st.container(border=True, key="card_waterfall", height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**From the base rate to the score, in probability points**", width="stretch")
            st.button(
                "Next",
                key="next",
                type="tertiary",
                icon=":material/arrow_forward:",
                shortcut="N",
                help="The flagged event before this one",
                on_click=open_next,
                args=(event,),
            )
        if reasons and event.base_probability is not None:
            chart = waterfall(
                event.base_probability, event.score, explanations.steps(reasons), palette, event.threshold
            )
            draw(chart, key="waterfall")
            if event.nearest_change:
                st.info(event.nearest_change, icon=":material/alt_route:")
            tables.downloads_of(explanations.reasons_asked(event), key="reasons")
        else:
            st.caption(
                "No reasons are stored: the event was allowed and is not in the sample that is explained."
            )
        if event.model == "liveness":
            st.markdown("**What the camera reported**")
            explanation_views.draw_signals(explanations.capture_signals(event.event_id))
    with right, st.container(border=True, key="card_event", height="stretch"):
        explanation_views.draw_event(event, known)
        anomaly_views.draw_event(event.event_id)
        dispositions.draw(event.event_id)
        st.markdown("**What the account did before**")
        explanation_views.draw_before(event, explanations.account_before(event), unit)
    with st.container(border=True, key="card_newest"):
        st.markdown(f"**Flagged events of {words.region(view.region)}, {period.name}, the newest first**")
        tables.show(
            explanations.newest_flagged(chosen),
            key=f"newest_{chosen.model}_{view.region}",
            columns=columns(unit),
            order=("occurred_at", "account_id", "kind", "amount", "score", "decision", "sentence", "country"),
            height=244,
            on_pick=lambda row: open_event(str(row["event_id"]), str(row["account_id"])),
        )


def draw_whole_model() -> None:
    found = explanations.reason_importance(chosen)
    if not found:
        st.title(f"No event of {period.name} in {words.region(view.region)} is in the sample")
        st.markdown("Choose another period, region or model.")
        return
    reason = view.reason if view.reason in {one.reason for one in found} else found[0].reason
    with st.container(key="headline"):
        st.title(explanation_views.model_title(found[0], chosen))
    left, right = st.columns([1, 1.6], gap="small")
    with left, st.container(border=True, key="card_importance", height="stretch"):
        st.markdown("**Mean absolute points of each reason**")
        bars = importance(
            [one.reason for one in found[: explanations.BARS_SHOWN]],
            [words.spoken(one.reason) for one in found[: explanations.BARS_SHOWN]],
            [one.mean for one in found[: explanations.BARS_SHOWN]],
            palette,
            reason,
        )
        draw(bars, key="importance", on_pick=lambda name: state.change(reason=name, feature=None))
        tables.downloads_of(explanations.importance_asked(chosen), key="importance_rows")
    with right, st.container(border=True, key="card_swarm", height="stretch"):
        st.markdown("**How far each reason moved each sampled event**")
        dots = beeswarm(explanations.reason_swarm(chosen), palette)
        draw(dots, key="swarm", on_pick=open_event)
        explanation_views.draw_swarm_legend(palette)
    with st.container(border=True, key="card_dependence"):
        features = explanations.reason_features(chosen, reason)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**How the points depend on the value**", width="stretch")
            with st.container(width=240):
                state.pick(
                    "Reason",
                    [one.reason for one in found],
                    name="reason",
                    words=words.spoken,
                    show_label=False,
                )
            with st.container(width=420):
                feature = state.pick(
                    "Feature", features, name="feature", words=words.feature, show_label=False
                )
        if feature:
            scatter = explanations.reason_dependence(chosen, reason, feature)
            chart = dependence(*scatter, words.feature(feature), words.scale(feature), palette)
            draw(chart, key="dependence", on_pick=open_event)
            tables.downloads_of(explanations.dependence_asked(chosen, reason, feature), key="dependence_rows")


if tab == "model":
    draw_whole_model()
else:
    draw_one_event()
