"""The list of cases: one page of it, what is marked and chosen, the buttons that act on it, its export."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard import state, tables
from dashboard.desk import queue_choice, queue_table, queue_words
from dashboard.desk.queue_acts import (
    ACTS,
    ALL,
    OUTCOME,
    ROUND,
    SEEN,
    Outcome,
    Target,
    ask,
    finish,
    run,
    take_back,
)
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records, follow
from dashboard.formats import counted, exact, literal
from dashboard.questions import queue
from dashboard.questions.queue import ROWS_A_PAGE, Chosen, Page, Place
from data.errors import WatchfloorError
from desk.actors import WORK_CASES, why_not
from desk.cases.moves import Assign, Release

KEYS = (
    "**N** next · **J K** down and up · **Enter** open · **X** choose · **A** assign to me · "
    "**D** disposition · **M** note · **E** escalate · **P** pause · **L** let go · **F** find · "
    "**Esc** choose none"
)
# Beyond these the menu holds what is done seldom.
SHOWN = ("mine", "dispose", "note", "escalate", "pause", "release")
SELDOM = ("assign", "rate", "hand", "resume")
OPENED = "queue_opened"


def draw(scene: DeskScene, chosen: Chosen, place: Place) -> None:
    """Draw what was done last, the buttons, the table, and the way to other pages."""
    found = queue.page(chosen, place)
    # Always there, so that what stands below does not move to another place of the page's own counting.
    with st.container(key="queue_done"):
        _draw_outcome(scene)
    if not found.rows:
        _nothing(chosen)
        return
    _remember(found)
    _draw_bar(scene, chosen, place, found)
    first = (min(chosen.sheet, found.pages) - 1) * ROWS_A_PAGE + 1
    last = first + len(found.rows) - 1
    hand = queue_table.draw(
        [queue_words.row(case, place, scene.known.money_unit) for case in found.rows],
        {
            "label": f"Cases {exact(first)} to {exact(last)} of {exact(found.matching)}",
            "order": chosen.order,
            "all": bool(st.session_state.get(ALL)),
            "round": st.session_state.get(ROUND, 0),
            "cursor": st.session_state.get(OPENED),
        },
        _not_all,
    )
    _draw_foot(chosen, place, found, (first, last))
    if hand.order is not None and hand.order != chosen.order:
        state.change(order=None if hand.order == "priority" else hand.order, sheet=None)
        st.rerun()
    if hand.opened is not None:
        st.session_state[OPENED] = hand.opened
        state.go("case", case=hand.opened)


def _not_all() -> None:
    st.session_state[ALL] = False


def _remember(found: Page) -> None:
    """Keep which version of each case was on the screen: what somebody did since is not overrun."""
    seen: dict[str, int] = st.session_state.setdefault(SEEN, {})
    seen.update({case.case_id: case.version for case in found.rows})


def target(chosen: Chosen, place: Place, found: Page) -> Target:
    """Return the cases that a button means: all that match, those chosen, else the one marked."""
    if st.session_state.get(ALL):
        return Target(queue.matching(chosen, place), is_all=True)
    hand = queue_table.marked(st.session_state.get(ROUND, 0))
    seen: Mapping[str, int] = st.session_state.get(SEEN, {})
    if hand.chosen:
        return Target({case_id: seen.get(case_id) for case_id in hand.chosen})
    there = [case.case_id for case in found.rows]
    marked = hand.current if hand.current in there else there[0]
    return Target({marked: seen.get(marked)})


def _draw_bar(scene: DeskScene, chosen: Chosen, place: Place, found: Page) -> None:
    may = scene.actor.may(WORK_CASES)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="queue_bar"):
        _draw_chosen(found)
        for name in SHOWN:
            act = ACTS[name]
            is_allowed = scene.actor.may(act.move.right)
            if st.button(
                act.label,
                key=f"queue_act_{name}",
                shortcut=act.key,
                icon=act.icon,
                disabled=not is_allowed,
                help=None if is_allowed else why_not(scene.actor, act.move.right),
                type="tertiary",
            ):
                _begin(name, target(chosen, place, found), scene)
        more = st.menu_button(
            "More",
            [ACTS[name].label for name in SELDOM],
            key="queue_act_more",
            disabled=not may,
            type="tertiary",
            icon=":material/more_horiz:",
        )
        if more is not None:
            name = next(name for name in SELDOM if ACTS[name].label == more)
            _begin(name, target(chosen, place, found), scene)
    if not may:
        st.caption(why_not(scene.actor, WORK_CASES))


def _draw_chosen(found: Page) -> None:
    """Say what the buttons mean, and offer to choose all that match."""
    hand = queue_table.marked(st.session_state.get(ROUND, 0))
    if st.session_state.get(ALL):
        said = f"**All {counted(found.matching, 'case')} that match**"
    elif hand.chosen:
        said = f"**{exact(len(hand.chosen))} chosen**"
    else:
        said = f"{counted(found.matching, 'case')} {'matches' if found.matching == 1 else 'match'}"
    st.markdown(said, width="content")
    is_any = bool(st.session_state.get(ALL) or hand.chosen)
    if not st.session_state.get(ALL) and found.matching > 1:
        st.button(
            f"Choose all {exact(found.matching)}",
            key="queue_all_button",
            type="tertiary",
            on_click=lambda: st.session_state.update({ALL: True}),
        )
    if is_any:
        st.button("Choose none", key="queue_none", type="tertiary", on_click=_choose_none)
    st.space("stretch")


def _choose_none() -> None:
    st.session_state[ALL] = False
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _begin(name: str, wanted: Target, scene: DeskScene) -> None:
    """Do at once what takes no words with one case; ask for anything else."""
    if len(wanted.versions) == 1 and name in ("mine", "release"):
        begun = time.perf_counter()
        move = Assign(scene.actor.name) if name == "mine" else Release()
        try:
            done = run(desk_records(), wanted, move, scene.actor, "", scene.now)
        except WatchfloorError as error:
            finish(Outcome(f"{ACTS[name].done}: {error.what}", 0))
        else:
            bulk_id = done.bulk_id if done.states and move.can_be_undone else None
            seconds = time.perf_counter() - begun
            finish(Outcome(ACTS[name].done, len(done.states), done.refused, bulk_id, seconds))
        follow()
    else:
        ask(name, wanted)
    st.rerun()


def _draw_outcome(scene: DeskScene) -> None:
    """Say what was done last and what was refused, with the way back where there is one."""
    outcome: Outcome | None = st.session_state.get(OUTCOME)
    if outcome is None:
        return
    with st.container(border=True, key="queue_outcome"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            icon = ":material/check:" if outcome.done else ":material/info:"
            st.markdown(f"{icon} {literal(outcome.sentence)}", width="stretch")
            if outcome.bulk_id is not None:
                st.button(
                    "Undo", key="queue_undo", icon=":material/undo:", on_click=partial(_undo, outcome, scene)
                )
            st.button("Close", key="queue_outcome_close", type="tertiary", on_click=_forget)
        for why, cases in list(outcome.reasons.items())[:5]:
            some = ", ".join(cases[:8])
            more = f" and {exact(len(cases) - 8)} more" if len(cases) > 8 else ""
            st.caption(f"{literal(why)} {literal(some)}{more}")


def _undo(outcome: Outcome, scene: DeskScene) -> None:
    try:
        st.session_state[OUTCOME] = take_back(desk_records(), outcome, scene.actor, scene.now)
    except WatchfloorError as error:
        st.session_state[OUTCOME] = Outcome(f"taken back: {error.what}", 0)
    follow()


def _forget() -> None:
    st.session_state.pop(OUTCOME, None)


def _nothing(chosen: Chosen) -> None:
    with st.container(border=True, key="queue_empty"):
        if chosen.is_narrowed:
            st.markdown("**No case fits these filters**")
            st.caption("Take some away, or look for fewer words. Closed cases are under Filters, Status.")
            if st.button("Clear filters", key="queue_clear_here"):
                queue_choice.clear()
                st.rerun()
        else:
            st.markdown("**Nothing waits**")
            st.caption(
                "No live case is in your channels. Cases open by themselves when a model raises an alert, "
                "after each scoring; those that ended are under Filters, Status: All."
            )


def _draw_foot(chosen: Chosen, place: Place, found: Page, shown: tuple[int, int]) -> None:
    sheet = min(chosen.sheet, found.pages)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="queue_foot"):
        st.caption(
            f"{exact(shown[0])} to {exact(shown[1])} of {counted(found.matching, 'case')}", width="content"
        )
        for label, to, icon in (
            ("Earlier", sheet - 1, ":material/chevron_left:"),
            ("Later", sheet + 1, ":material/chevron_right:"),
        ):
            st.button(
                f"{label} page",
                key=f"queue_sheet_{label}",
                type="tertiary",
                icon=icon,
                disabled=not 1 <= to <= found.pages,
                on_click=partial(_turn, to),
            )
        st.caption(KEYS, width="stretch")
        tables.downloads(queue.asked(chosen, place), key="queue_rows", total=found.matching)


def _turn(to: int) -> None:
    state.change(sheet=None if to <= 1 else str(to))
