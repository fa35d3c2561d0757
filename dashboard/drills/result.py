"""The result of a drill: points in all and by case, and each case explained from its own facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from html import escape
from statistics import median

import streamlit as st

from dashboard import state, tables
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.drills import explained
from dashboard.formats import NOT_KNOWN, counted, duration, literal
from dashboard.questions.drills import aftermath, answers_asked
from dashboard.viewer import local
from desk.drills.marking import DECISION, EVIDENCE, TIME
from desk.drills.reading import Reviewed, notes, result
from desk.drills.state import DrillState, Evidence


def draw(scene: DeskScene, drill_id: str) -> None:
    """Draw the result of a drill that is over. Raises DrillError, RightError."""
    drill, reviewed = result(desk_records(), drill_id, scene.actor)
    _draw_top(drill)
    if not reviewed:
        st.caption("It was abandoned before a case was decided, so there is nothing to explain.")
        return
    _draw_headline(drill, reviewed)
    with st.container(border=True, key="card_drill_cases"):
        chosen = state.pick(
            "Case",
            [str(one.place) for one in reviewed],
            name="turn",
            default=_first_to_see(reviewed),
            words=lambda place: _label(reviewed[int(place) - 1]),
            style="segments",
            show_label=False,
        )
        tables.downloads_of(answers_asked(drill_id), key="drill_answers")
    one = reviewed[int(chosen or 1) - 1]
    left, right = st.columns(2, gap="small")
    with left:
        _draw_decision(scene, one)
    with right:
        _draw_evidence(one)


def _draw_top(drill: DrillState) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="drill_result_head"):
        st.button(
            "Training", key="crumb_drills", type="tertiary", shortcut="B", icon=":material/arrow_back:",
            on_click=lambda: state.change(drill=None, turn=None),
        )  # fmt: skip
        when = local(drill.begun_at)
        ended = "" if drill.status == "finished" else " Abandoned: cases without an answer earn nothing."
        drawn = "".join(f" {literal(note)}" for note in notes(desk_records(), drill.drill_id))
        st.caption(f"{literal(drill.trainee)}, {when}.{ended}{drawn}")


def _draw_headline(drill: DrillState, reviewed: Sequence[Reviewed]) -> None:
    total = sum(one.mark.total for one in reviewed) / len(drill.cases)
    right = sum(one.mark.is_right for one in reviewed)
    whole = sum(one.mark.is_right and one.mark.is_typology_right is not False for one in reviewed)
    took = [one.mark.seconds for one in reviewed if one.answer is not None]
    pace = [one.chosen.pace.median for one in reviewed if one.answer is not None and one.chosen.pace]
    figures = (
        ("Points", f"{total:.0f} of 100", "Mean of all cases"),
        ("Right decisions", f"{right} of {len(drill.cases)}", f"{whole} with the right kind of crime"),
        ("Evidence", _evidence_share(reviewed), "Of what carries the decisions, found"),
        ("Time a case", _median(took), f"Colleagues: {_median(pace)}"),
    )
    for column, (title, number, detail) in zip(st.columns(4, gap="small"), figures, strict=True):
        with column, st.container(border=True, key=f"card_drill_{title.split()[0].lower()}"):
            st.html(
                f'<div class="wf-label">{escape(title)}</div>'
                f'<div class="wf-drill-figure">{escape(number)}</div>'
                f'<div class="wf-change"><span>{escape(detail)}</span></div>'
            )


def _evidence_share(reviewed: Sequence[Reviewed]) -> str:
    found = sum(len(one.found) for one in reviewed)
    missed = sum(len(one.missed) for one in reviewed)
    return f"{found} of {found + missed}"


def _median(seconds: Sequence[float]) -> str:
    return duration(timedelta(seconds=median(seconds))) if seconds else NOT_KNOWN


def _first_to_see(reviewed: Sequence[Reviewed]) -> str:
    """Return the place of the case with the fewest points: what there is most to learn from."""
    return str(min(reviewed, key=lambda one: (one.mark.total, one.place)).place)


def _label(one: Reviewed) -> str:
    is_whole = one.mark.is_right and one.mark.is_typology_right is not False
    icon = "check" if is_whole else "remove" if one.mark.is_right else "close"
    return f":material/{icon}: {one.place} · {one.mark.total:.0f}"


def _draw_decision(scene: DeskScene, one: Reviewed) -> None:
    chosen, mark = one.chosen, one.mark
    with st.container(border=True, key="card_drill_decision"):
        st.markdown(f"**Case {one.place}: {mark.total:.0f} points.** {explained.verdict(one)}")
        parts = [
            f"decision {mark.decision:.0f} of {DECISION:.0f}",
            _part("evidence", mark.evidence, EVIDENCE),
            _part("time", mark.time, TIME),
        ]
        st.caption(", ".join(parts).capitalize() + ".")
        st.markdown(explained.colleagues(chosen))
        st.markdown(explained.time_line(one))
        if one.answer is not None:
            st.markdown(f"Your note: {literal(one.answer.note)}")
        st.markdown("**What became known later**")
        later = explained.afterwards(
            chosen, aftermath(chosen.case_id, chosen.opened_at, scene.now), scene.known.money_unit
        )
        st.markdown("\n".join(f"- {line}" for line in later) or "Nothing more was said of this customer.")
        with st.container(horizontal=True, gap="small"):
            st.button(
                "The case now", key="drill_open_case", type="tertiary", icon=":material/work:",
                on_click=state.go_later, args=("case",), kwargs={"case": chosen.case_id},
            )  # fmt: skip
            page = {"account": "accounts", "ring": "ring"}[chosen.subject_kind]
            st.button(
                "The customer now" if page == "accounts" else "The ring now",
                key="drill_open_subject", type="tertiary", icon=":material/person_search:",
                on_click=state.go_later, args=(page,), kwargs={chosen.subject_kind: chosen.subject_id},
            )  # fmt: skip


def _part(name: str, earned: float | None, most: float) -> str:
    return f"{name} not counted" if earned is None else f"{name} {earned:.0f} of {most:.0f}"


def _draw_evidence(one: Reviewed) -> None:
    with st.container(border=True, key="card_drill_missed"):
        crime = one.chosen.truth == "confirmed"
        st.markdown("**What carries the decision**")
        st.caption(
            "The reasons with the most points for crime, and ties to accounts that proved to be crime."
            if crime
            else "The reasons that speak most against crime. What spoke for it did not hold."
        )
        _list("You did not cite", one.missed, "close")
        _list("You cited", one.found, "check")
        _list("You cited, but it carries little", one.beside, "remove")
        if not one.missed and not one.found:
            st.caption("Nothing on the screen carried it, so evidence does not count here.")
        _draw_accounts(one)


def _list(title: str, evidence: Sequence[Evidence], icon: str) -> None:
    if not evidence:
        return
    st.caption(f"{title}: {counted(len(evidence), 'fact')}")
    for fact in evidence:
        st.markdown(f":material/{icon}: {explained.evidence_line(fact)}")


def _draw_accounts(one: Reviewed) -> None:
    tied = list(dict.fromkeys(fact.subject for fact in one.evidence if fact.carries and fact.subject))
    if not tied:
        return
    with st.container(horizontal=True, gap="small"):
        for account in tied[:4]:
            st.button(
                literal(account), key=f"drill_tied_{account}", type="tertiary",
                icon=":material/person_search:",
                on_click=state.go_later, args=("accounts",), kwargs={"account": account},
            )  # fmt: skip
