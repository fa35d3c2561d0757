"""The form that closes a case, with its checklist and the reasons to insert, and that of the second look."""

from __future__ import annotations

import re
from decimal import Decimal

import streamlit as st

from dashboard.case.acts import Panel
from dashboard.case.forms import finish, insert_reasons, send_button, words_field
from dashboard.case.likely import frequent, likely, suggested
from dashboard.case.view import CaseView
from dashboard.formats import exact
from dashboard.questions import monitoring, words
from dashboard.questions.case import CaseEvent
from desk.cases.checklists import FALSE_POSITIVES, checklist, missing, typologies
from desk.cases.endings import Dispose, Review
from desk.cases.state import OUTCOMES, Outcome
from desk.money import MICRO

# Digits, in threes where there are commas, and up to six decimals behind a point.
AMOUNT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,6})?")
# A loss is an integer of eight bytes in millionths; this is as much as a tenth of what that holds.
MOST_LOSS = 900_000_000_000
# Streamlit reads labels as Markdown.
STAR = r"\*"
# Keys 1 to 3 choose the outcome, those up to here tick points.
LAST_DIGIT = 9


def draw(view: CaseView, shown: Panel) -> None:
    """Draw what is asked of whoever closes a case, and close it."""
    outcome = _outcome(view)
    move: Dispose | None = None
    if outcome == "confirmed":
        move = _confirmed(view)
    elif outcome == "false_positive":
        because = st.selectbox(
            "Why was it wrong?",
            list(FALSE_POSITIVES),
            format_func=lambda name: FALSE_POSITIVES[name],
            key=f"because_{view.case_id}",
        )
        move = Dispose("false_positive", because=because)
    elif outcome == "inconclusive":
        move = Dispose("inconclusive")
    insert_reasons(view, "closing")
    note = words_field("How is it known?", view, "closing")
    if send_button("Close the case"):
        if move is None:
            st.error("Choose what it was and complete what is marked above.", icon=":material/error:")
            return
        finish(
            view, shown, move, f"Closed: {words.spoken(move.outcome).lower()}. N opens the next case.", note
        )


def _outcome(view: CaseView) -> Outcome | None:
    """Draw the three outcomes, each with its key, and return the chosen one."""
    key = f"outcome_{view.case_id}"

    def choose(name: str) -> None:
        st.session_state[key] = name

    chosen = st.session_state.get(key)
    with st.container(horizontal=True, gap="small", key="case_outcomes"):
        for place, name in enumerate(OUTCOMES, start=1):
            st.button(
                words.spoken(name),
                key=f"outcome_{name}",
                type="primary" if chosen == name else "secondary",
                shortcut=str(place),
                on_click=choose,
                args=(name,),
            )
    return next((name for name in OUTCOMES if name == chosen), None)


def known_typologies() -> list[str]:
    """Return every typology that has a checklist or was ever confirmed, by name."""
    return sorted({*typologies(), *monitoring.typologies_known()})


def _confirmed(view: CaseView) -> Dispose | None:
    typology = _typology(view)
    ticked = _checklist(view, typology)
    loss = _loss(view)
    innocent = _innocent(view)
    left = missing(checklist(typology), ticked)
    if left:
        st.caption(f"To tick before it is confirmed: {'; '.join(point.words for point in left)}.")
    if typology is None or left or loss is None:
        return None
    return Dispose(
        "confirmed",
        typology=typology,
        loss_micro=int(loss * MICRO),
        innocent_events=tuple(innocent),
        checked=tuple(ticked),
    )


def _typology(view: CaseView) -> str | None:
    """Draw the typologies to choose from, those of similar cases by key; return the chosen one."""
    guess, key = likely(view.similar), f"typology_{view.case_id}"
    if key not in st.session_state:
        st.session_state[key] = suggested(view.similar)

    def choose(name: str) -> None:
        st.session_state[key] = name

    with st.container(horizontal=True, gap="small", key="case_typologies"):
        for place, name in enumerate(frequent(view.similar), start=1):
            st.button(
                words.spoken(name),
                key=f"frequent_{name}",
                shortcut=f"Alt+{place}",
                on_click=choose,
                args=(name,),
            )
    chosen = st.selectbox(
        "Typology",
        known_typologies(),
        format_func=words.spoken,
        accept_new_options=True,
        key=key,
        help=guess.in_words if guess else "No similar case was confirmed, so none is suggested.",
    )
    return str(chosen) if chosen else None


def _checklist(view: CaseView, typology: str | None) -> list[str]:
    """Draw the points of a typology's checklist, each ticked by its key, and return those that are ticked."""
    found = checklist(typology)
    st.markdown(
        "**Checked**", help="What is marked with a star is ticked before a case is closed as confirmed."
    )
    kept = f"ticked_{found.typology}_{view.case_id}"
    ticked: list[str] = st.session_state.setdefault(kept, [])
    with st.container(gap=None, key="case_points"):
        for place, point in enumerate(found.points, start=len(OUTCOMES) + 1):
            st.button(
                f"{point.words} {STAR if point.must else ''}",
                key=f"check_{found.typology}_{point.name}",
                type="tertiary",
                icon=":material/check_box:" if point.name in ticked else ":material/check_box_outline_blank:",
                shortcut=str(place) if place <= LAST_DIGIT else None,
                on_click=_tick,
                args=(kept, point.name),
            )
    return [point.name for point in found.points if point.name in ticked]


def _tick(kept: str, name: str) -> None:
    """Tick a point, or take the tick away."""
    ticked: list[str] = st.session_state[kept]
    st.session_state[kept] = [*(one for one in ticked if one != name), *([] if name in ticked else [name])]


def loss_of(text: str) -> Decimal:
    """Return an amount as it was typed; commas and blanks part thousands.

    Raises ValueError for what is none, is finer than a millionth, or is more than the records hold. `1,5`
    is refused: read as 15 it would be tenfold what was meant.
    """
    bare = text.strip().replace(" ", "")
    if not AMOUNT.fullmatch(bare):
        raise ValueError("Type an amount like 1250.50 or 1,250.50, not negative, with at most six decimals.")
    amount = Decimal(bare.replace(",", ""))
    if amount > MOST_LOSS:
        raise ValueError(f"The records hold a loss of at most {exact(MOST_LOSS)}.")
    return amount


def _loss(view: CaseView) -> Decimal | None:
    gone = sum((one.amount for one in view.events if one.amount and not one.is_stopped), Decimal(0))
    text = st.text_input(
        f"Loss, {view.unit}",
        value=f"{gone:f}",
        key=f"loss_{view.case_id}",
        help="Offered: the amounts of this case's events that were not stopped. Exact, up to six decimals.",
    )
    try:
        return loss_of(text)
    except ValueError as error:
        st.caption(f":red[{error}]")
        return None


def _innocent(view: CaseView) -> list[str]:
    named = {one.event_id: one for one in view.events if one.event_id}
    if len(named) < 2:
        return []
    return st.multiselect(
        "Events of it that were innocent",
        list(named),
        format_func=lambda name: _event(named[name], view.unit),
        key=f"innocent_{view.case_id}",
    )


def _event(one: CaseEvent, unit: str) -> str:
    amount = f", {exact(one.amount)} {unit}" if one.amount is not None else ""
    return f"{words.kind(one.kind)} of {one.occurred_at:%d %b %H:%M}{amount} ({one.event_id})"


def draw_review(view: CaseView, shown: Panel) -> None:
    """Draw the second look: how it was closed, and what this person says."""
    state = view.state
    kind = f", {words.spoken(state.typology)}" if state.typology else ""
    was = f"{words.spoken(state.outcome)}{kind}"
    st.markdown(f"{state.closed_by} closed it as **{was}**.")
    outcome = _outcome(view)
    typology = None
    if outcome == "confirmed":
        typology = st.selectbox(
            "Typology", known_typologies(), index=None, format_func=words.spoken, key=f"review_{view.case_id}"
        )
    note = words_field("Why do you agree, or not?", view, "review")
    if not send_button("Say so"):
        return
    if outcome is None or (outcome == "confirmed" and typology is None):
        st.error("Choose what it was.", icon=":material/error:")
        return
    finish(view, shown, Review(outcome, typology), "Your second look is kept.", note)
