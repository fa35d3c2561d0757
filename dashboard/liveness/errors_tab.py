"""The tab Errors of Liveness: rates by the standard, with a threshold to move and what it would cost."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import streamlit as st

from dashboard import state, tables
from dashboard.charts.det import Curve, det
from dashboard.charts.draw import draw
from dashboard.formats import counted, exact
from dashboard.liveness.scene import Scene, fine, rate
from dashboard.questions import check_words, liveness, liveness_errors
from dashboard.questions.liveness_errors import DetPoint, LeftOut, Rates
from dashboard.questions.words import region as region_name
from dashboard.questions.words import spoken

CURVES = {"presentation": "Presentation", "injection": "Injection"}


def errors(scene: Scene) -> None:
    """How many attacks come in, how many honest people are disturbed, and who?"""
    curve = liveness_errors.det_curve(scene.quarter)
    points = liveness_errors.operating_points(scene.quarter)
    if not curve and not points:
        _nothing(scene)
        return
    _curve_cards(scene, curve)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, key="card_species", height="stretch"):
        point = _species(scene, points)
    with right, st.container(border=True, key="card_cut", height="stretch"):
        _cut(scene, point)
    left, middle, right = st.columns([1.2, 0.9, 1], gap="small")
    with left, st.container(border=True, key="card_unknown", height="stretch"):
        _unknown(scene)
    with middle, st.container(border=True, key="card_latency", height="stretch"):
        _latency(scene)
    with right, st.container(border=True, key="card_terms", height="stretch"):
        st.markdown("**The words of the standards**")
        st.html(_grid([list(term) for term in check_words.TERMS], (), "wf-facts conditions"))


def _nothing(scene: Scene) -> None:
    with st.container(border=True, key="card_no_errors"):
        st.markdown("**Error rates are not measured in this period**")
        st.markdown(
            f"They need confirmed attacks, and honest checks whose time for labels is over, that the "
            "models had not "
            f"seen. {scene.tried}. Choose an earlier quarter, or load labels and run `watchfloor score`."
        )


def _curve_cards(scene: Scene, curve: Sequence[DetPoint]) -> None:
    offered = liveness_errors.thresholds(curve)
    left, right = st.columns([1.35, 1], gap="small")
    with left, st.container(border=True, key="card_det", height="stretch"):
        st.markdown(f"**DET curve of {scene.period.name}, everywhere**")
        if not offered:
            st.caption(f"Not measured: {scene.tried}.")
            return
        with right, st.container(border=True, key="card_threshold", height="stretch"):
            threshold = _threshold(curve, offered)
        curves = [
            made
            for side, name in CURVES.items()
            if (made := _curve(curve, side, name, threshold)) is not None
        ]
        draw(det(curves, scene.palette), key="det")
        tables.downloads_of(liveness_errors.det_asked(scene.quarter), key="det_rows")


def _threshold(curve: Sequence[DetPoint], offered: Sequence[float]) -> float:
    """Draw the slider and what its threshold would do; return the threshold."""
    st.markdown("**What a threshold would do**")
    named = {format(threshold, ".6g"): threshold for threshold in offered}
    first = liveness_errors.first_threshold(curve, offered)
    chosen = state.pick(
        "Score from which a check does not pass",
        list(named),
        name="threshold",
        default=None if first is None else format(first, ".6g"),
        style="slider",
    )
    threshold = named.get(chosen or "", offered[0])
    found = {point.attack: point for point in liveness_errors.at_threshold(curve, threshold)}
    any_point = next(iter(found.values()))
    disturbed = _of(any_point.disturbed, any_point.bona_fide)
    pair = _big(fine(any_point.bpcer), "of honest checks disturbed", disturbed)
    if "all" in found:
        let_in = _of(found["all"].let_in, found["all"].attacks)
        pair += _big(fine(found["all"].apcer), "of attacks let in", let_in)
    st.html(f'<div class="wf-pair">{pair}</div>')
    rows = [
        [
            name,
            exact(found[side].attacks),
            exact(found[side].let_in),
            rate(found[side].apcer, found[side].apcer_low, found[side].apcer_high),
        ]
        for side, name in CURVES.items()
        if side in found
    ]
    honest = rate(any_point.bpcer, any_point.bpcer_low, any_point.bpcer_high)
    rows.append(["Honest", exact(any_point.bona_fide), exact(any_point.disturbed), honest])
    st.html(_grid(rows, ("Checks", "Let in or disturbed", "Rate (95 % interval)"), "wf-facts cells"))
    st.caption("One threshold for all regions. The policy has its own in each region: its errors are below.")
    return threshold


def _curve(curve: Sequence[DetPoint], side: str, name: str, threshold: float) -> Curve | None:
    own = [p for p in curve if p.attack == side and p.apcer is not None and p.bpcer is not None]
    if not own:
        return None
    columns = {
        field: np.array([getattr(point, field) for point in own], dtype=float)
        for field in ("bpcer", "apcer", "apcer_low", "apcer_high", "threshold")
    }
    below = np.flatnonzero(columns["threshold"] <= threshold)
    return Curve(
        f"{name} ({counted(own[0].attacks, 'attack')})",
        columns["bpcer"],
        columns["apcer"],
        columns["apcer_low"],
        columns["apcer_high"],
        columns["threshold"],
        int(below[-1]) if len(below) else 0,
    )


def _species(scene: Scene, points: Sequence[str]) -> str:
    """Draw the species at an operating point; return the point."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**APCER of each species**", width="stretch")
        with st.container(width=190):
            point = state.pick(
                "Operating point",
                points or [liveness.FELT],
                name="point",
                default=liveness.FELT,
                words=point_words,
                show_label=False,
            )
    point = point or liveness.FELT
    found = liveness_errors.error_rates(scene.quarter, "species", point)
    whole = liveness_errors.rates_of(scene.quarter, "all", None, point)
    worst = whole.worst_species if whole else None
    # A species with few attacks may have a higher rate by chance, and is not the figure.
    marked = next((place for place, rates in enumerate(found) if rates.part == worst), None)
    rows = [
        [
            ("\u25b2 " if rates.part == worst else "") + check_words.species_with_attack(rates.part),
            _of(rates.let_in, rates.attacks),
            rate(rates.apcer, rates.apcer_low, rates.apcer_high),
        ]
        for rates in found
    ]
    st.html(_grid(rows, ("Let in", "APCER (95 % interval)"), "wf-facts cells", marked=marked))
    if whole is not None:
        st.html(_grid(_totals(whole), (), "wf-facts cells"))
    tables.downloads_of(liveness_errors.rates_asked(scene.quarter, "species", point), key="species_rates")
    st.caption("Everywhere, on checks that the models had not seen. \u25b2 The worst species is the figure.")
    return point


def _totals(whole: Rates) -> list[list[str]]:
    worst = fine(whole.worst_apcer) if whole.worst_apcer is not None else "not measured"
    return [
        [
            "BPCER",
            _of(whole.disturbed, whole.bona_fide),
            rate(whole.bpcer, whole.bpcer_low, whole.bpcer_high),
        ],
        ["Worst APCER", check_words.species(whole.worst_species) if whole.worst_species else "", worst],
        ["ACER", "", fine(whole.acer) if whole.acer is not None else "not measured"],
        ["Threshold", "", "by region" if whole.threshold is None else f"{whole.threshold:.4g}"],
    ]


def _cut(scene: Scene, point: str) -> None:
    there = liveness_errors.cuts(scene.quarter)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Who pays, and where it leaks**", width="stretch")
        with st.container(width=190):
            cut = state.pick(
                "Split by",
                there or ["region"],
                name="cut",
                words=lambda name: check_words.CUTS.get(name, spoken(name)),
                show_label=False,
            )
    found = liveness_errors.error_rates(scene.quarter, cut, point)
    if not found:
        st.caption(f"Not measured at this operating point: {scene.tried}.")
        return
    say = region_name if cut == "region" else spoken
    rows = [
        [
            say(rates.part),
            _of(rates.let_in, rates.attacks),
            rate(rates.apcer, rates.apcer_low, rates.apcer_high),
            _of(rates.disturbed, rates.bona_fide),
            rate(rates.bpcer, rates.bpcer_low, rates.bpcer_high),
        ]
        for rates in found
    ]
    st.html(_grid(rows, ("Let in", "All species' APCER", "Disturbed", "BPCER"), "wf-facts cells"))
    tables.downloads_of(liveness_errors.rates_asked(scene.quarter, cut, point), key="cut_rates")
    if cut == "skin_tone":
        st.caption(
            "A proxy from the colour of the skin under the light there was; for reports, never scored."
        )


def _unknown(scene: Scene) -> None:
    st.markdown("**A species never seen in training**")
    found = liveness_errors.left_out(scene.quarter)
    if not found:
        st.caption(f"Not measured: no model was trained without one species for this quarter. {scene.tried}.")
        return
    rows = [
        [
            check_words.species(one.species),
            exact(one.attacks),
            rate(one.apcer_known, one.known_low, one.known_high),
            rate(one.apcer_unknown, one.unknown_low, one.unknown_high),
        ]
        for one in found
    ]
    st.html(_grid(rows, ("Attacks", "Let in, known", "Let in, unknown"), "wf-facts cells"))
    st.caption(_at_bpcer(found))
    tables.downloads_of(liveness_errors.left_out_asked(scene.quarter), key="unknown_rates")


def _at_bpcer(found: Sequence[LeftOut]) -> str:
    shares = [one.bpcer for one in found if one.bpcer is not None]
    at = f" at {fine(max(shares))} of honest checks disturbed, for both" if shares else ""
    return f"Each species was left out of training once, and let in{at}."


def _latency(scene: Scene) -> None:
    st.markdown("**Time of honest checks**")
    found = liveness.check_latency(scene.period, scene.region)
    if not found:
        st.caption("Not measured: no honest check has media whose time is known.")
        return
    rows = [
        [check_words.WAYS.get(way.way, way.way), *(f"{ms:.0f} ms" for ms in (way.p50, way.p95, way.p99))]
        for way in found
    ]
    st.html(_grid(rows, ("p50", "p95", "p99"), "wf-facts cells"))
    st.caption(f"Reading the pictures of {exact(found[0].checks)} honest checks in {scene.where}.")
    tables.downloads_of(liveness.latency_asked(scene.period, scene.region), key="latency_rows")


def point_words(point: str) -> str:
    """Write an operating point: the policy's own, or the standard's at a BPCER."""
    return f"Policy: {point}" if point in ("retry", "review", "reject") else f"At {point}"


def _big(number: str, what: str, counted: str) -> str:
    return (
        f'<div><div class="wf-number">{escape(number)}</div><div>{escape(what)}</div>'
        f'<div class="wf-meta">{escape(counted)}</div></div>'
    )


def _of(part: int | None, whole: int) -> str:
    return f"{exact(part)} of {exact(whole)}" if part is not None else f"of {exact(whole)}"


def _grid(
    rows: Sequence[Sequence[str]], columns: Sequence[str], style: str, *, marked: int | None = None
) -> str:
    """Return a small table of texts as HTML, the row's name first; row `marked` stands out."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("", *columns)) if columns else ""
    body = "".join(
        f'<tr{" class=this" if place == marked else ""}><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for place, row in enumerate(rows)
    )
    top = f"<thead><tr>{head}</tr></thead>" if head else ""
    return f'<table class="{style}">{top}<tbody>{body}</tbody></table>'
