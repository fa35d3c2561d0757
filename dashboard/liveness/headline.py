"""The first sentence and the five headline cards of Liveness, each number with its rows behind it."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import cards, drawer
from dashboard.check_columns import check_columns
from dashboard.formats import exact, percent
from dashboard.liveness.scene import Scene, fine, rate
from dashboard.questions import check_words, liveness, liveness_errors
from dashboard.questions.liveness_errors import Rates
from dashboard.questions.measures import WORLD, Reading, readings

STOPPED = "deepfakes_stopped"
SIDES = {"presentation": "presentation_stopped", "injection": "injection_stopped"}


def reading_of(scene: Scene, measure: str) -> Reading:
    """Return a measure's reading in the region of the page."""
    return cards.reading_in(readings(scene.period), measure, scene.region or WORLD)


def errors_of(scene: Scene) -> Rates | None:
    """Return the errors that people felt, in the region of the page; None where none were measured."""
    return liveness_errors.felt(scene.quarter, scene.region, liveness.FELT)


def title(scene: Scene) -> str:
    """Say in one sentence how many attacks were stopped and whom that disturbed."""
    counts = scene.counts
    if not counts.checks:
        return f"No identity check was made in {scene.period.name} in {scene.where}"
    stopped = reading_of(scene, STOPPED)
    said = f"{exact(round(stopped.value))} attacks on identity checks stopped in {scene.period.name}"
    if scene.region:
        said += f" in {scene.where}"
    errors = errors_of(scene)
    if errors is None or errors.bpcer is None:
        return f"{said}; whom that disturbed is not measured"
    said += f", {fine(errors.bpcer)} of honest checks disturbed"
    if errors.worst_apcer is None or errors.worst_species is None:
        return said
    worst = check_words.species(errors.worst_species).lower()
    return f"{said}; of the worst species, {worst}, {fine(errors.worst_apcer)} came in"


def draw(scene: Scene) -> None:
    """Draw the cards in one row."""
    with st.container(key="cards"):
        places = st.columns(5, gap="small")
        with places[0]:
            cards.measure_card(reading_of(scene, STOPPED), scene.period, scene.known.money_unit)
        errors = errors_of(scene)
        with places[1]:
            _bpcer(scene, errors)
        with places[2]:
            _worst(scene, errors)
        with places[3]:
            _without_media(scene)
        with places[4]:
            _latency(scene)


def _bpcer(scene: Scene, errors: Rates | None) -> None:
    label = "BPCER, honest people"
    if errors is None or errors.bpcer is None:
        _not_measured(label, f"Not measured: {scene.tried}.", "bpcer")
        return
    counted = f"{exact(errors.disturbed)} of {exact(errors.bona_fide)}"
    figure = drawer.Figure(
        title=f"{label}, {scene.where}, {scene.period.name}",
        shown=fine(errors.bpcer),
        exact=f"{rate(errors.bpcer, errors.bpcer_low, errors.bpcer_high)}: {counted} honest checks",
        definition=_term("BPCER")
        + " Disturbed is everything but an immediate pass: retry, review or reject.",
        rows=liveness.disturbed_asked(scene.period, scene.region),
        caveats=(
            "Of checks that the models had not seen. Honest: no label says otherwise, and its time is over.",
        ),
        columns=check_columns(scene.known.money_unit),
    )
    detail = f"{counted} · {_span(errors.bpcer_low, errors.bpcer_high)}"
    _card(label, figure, detail, "bpcer")


def _worst(scene: Scene, errors: Rates | None) -> None:
    label = "APCER, worst species"
    if errors is None or errors.worst_apcer is None or errors.worst_species is None:
        _not_measured(label, f"Not measured: {scene.tried}.", "worst")
        return
    name = check_words.species_with_attack(errors.worst_species)
    own = liveness_errors.rates_of(scene.quarter, "species", errors.worst_species, liveness.FELT)
    is_own = own is not None and not scene.region
    counted = f"{exact(own.let_in)} of {exact(own.attacks)} let in" if own is not None and is_own else ""
    figure = drawer.Figure(
        title=f"{label}, {scene.where}, {scene.period.name}",
        shown=fine(errors.worst_apcer),
        exact=f"{percent(errors.worst_apcer, 2)} of {name} let in" + (f", {counted}" if counted else ""),
        definition=_term("APCER") + " " + _term("Species"),
        rows=liveness.let_in_asked(scene.period, scene.region, errors.worst_species),
        caveats=("Of confirmed attacks that the models had not seen; what nobody confirmed is not in it.",),
        columns=check_columns(scene.known.money_unit),
    )
    span = f" · {_span(own.apcer_low, own.apcer_high)}" if own is not None and is_own else ""
    _card(label, figure, name + span, "worst")


def _without_media(scene: Scene) -> None:
    label = "Without all media"
    counts, share = scene.counts, scene.counts.without_media
    if share is None:
        _not_measured(label, "No identity check was made.", "without_media")
        return
    figure = drawer.Figure(
        title=f"{label}, {scene.where}, {scene.period.name}",
        shown=percent(share),
        exact=f"{percent(share, 1)}: {exact(counts.on_capture)} on capture and {exact(counts.no_media)} "
        f"without media, of {exact(counts.checks)} checks",
        definition="Checks whose decision did not need their media, or that had none and were scored on "
        "the rest.",
        rows=liveness.without_media_asked(scene.period, scene.region),
        columns=check_columns(scene.known.money_unit),
    )
    detail = f"{exact(counts.on_capture)} on capture, {exact(counts.no_media)} had none"
    _card(label, figure, detail, "without_media")


def _latency(scene: Scene) -> None:
    label = "p50 and p95, honest"
    found = {way.way: way for way in liveness.check_latency(scene.period, scene.region)}
    two = found.get("two stages")
    if two is None:
        _not_measured(label, "Not measured: no honest check has media whose time is known.", "latency")
        return
    always = found["always all media"]
    figure = drawer.Figure(
        title=f"{label}, {scene.where}, {scene.period.name}",
        shown=f"{two.p50:.0f} / {two.p95:.0f} ms",
        exact=f"p50 {two.p50:.1f} ms, p95 {two.p95:.1f} ms over {exact(two.checks)} honest checks",
        definition="Time to read the pictures of an honest check as it was decided: the fingerprints of "
        "one frame, "
        "and all media only where they were needed.",
        rows=liveness.timed_asked(scene.period, scene.region),
        columns=check_columns(scene.known.money_unit),
    )
    _card(label, figure, f"always all media: {always.p50:.0f} / {always.p95:.0f} ms", "latency")


def _card(label: str, figure: drawer.Figure, detail: str, key: str) -> None:
    with st.container(border=True, key=f"card_{key}", height="stretch"):
        st.html(f'<div class="wf-label" title="{escape(label)}">{escape(label)}</div>')
        drawer.number(figure, key=key)
        st.html(f'<div class="wf-change wrapped"><span>{escape(detail)}</span></div>')


def _not_measured(label: str, reason: str, key: str) -> None:
    with st.container(border=True, key=f"card_{key}", height="stretch"):
        st.html(f'<div class="wf-label" title="{escape(label)}">{escape(label)}</div>')
        st.caption(reason)


def _span(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{fine(low).removesuffix('%')} to {fine(high)}"


def _term(name: str) -> str:
    return dict(check_words.TERMS)[name]
