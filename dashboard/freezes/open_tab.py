"""The tab Open freezes: what ends or is overdue, then the list; or the one freeze that is chosen."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import state, tables
from dashboard.desk.scene import DeskScene
from dashboard.formats import counted, money
from dashboard.freezes import detail
from dashboard.freezes.look import look
from dashboard.questions import freezes
from dashboard.questions.freezes import AGES, CHOICES, KINDS, ORDERS, Alarms
from dashboard.questions.words import region as region_name
from dashboard.viewer import local

SHOWN = (
    "freeze_id",
    "account_id",
    "freeze_kind",
    "freeze_status",
    "alarm",
    "stopped",
    "asked",
    "hours_open",
    "due_at",
    "appeal",
    "region",
    "country",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One alarm: its name, the choice of the list that it opens, an icon, and what it says."""

    name: str
    status: str
    icon: str
    said: str


def draw(scene: DeskScene) -> None:
    """Draw the freeze that the address names, else the list."""
    view = state.current()
    if view.freeze:
        detail.draw(scene, view.freeze)
        return
    _alarms(scene)
    with st.container(border=True, key="card_freezes"):
        _choice()
        asked = freezes.listed_asked(view, scene.now)
        tables.show(
            asked,
            key="freezes_listed",
            columns=look(scene.known.money_unit),
            order=SHOWN,
            height=520,
            on_pick=lambda row: state.change(freeze=str(row["freeze_id"])),
            empty=_nothing(view),
        )


def _choice() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="freezes_choice"):
        for label, name, said, anything in (
            ("Which", "status", CHOICES, None),
            ("Kind", "kind", KINDS, "All kinds"),
            ("Open for", "age", AGES, "Any age"),
            ("Order", "order", ORDERS, None),
        ):
            with st.container(width=176):
                state.pick(label, list(said), name=name, words=said.__getitem__, anything=anything)


def _alarms(scene: DeskScene) -> None:
    """Draw what needs somebody soon, each a door to its part of the list."""
    found = freezes.alarms(scene.region, scene.now)
    lines = _lines(found, scene.known.money_unit)
    with st.container(border=True, key="card_freeze_alarms", gap="small"):
        if not lines:
            st.markdown(
                ":material/check_circle: **Nothing ends within 24 hours and no review is overdue.** "
                f"{_next(found)}"
            )
            return
        for line in lines:
            key = f"alarm_{line.name}"
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
                st.markdown(f":material/{line.icon}: {line.said}", width="stretch")
                st.button(
                    "Show",
                    key=f"freeze_alarm_{line.name}",
                    type="tertiary",
                    on_click=state.change,
                    kwargs={"status": line.status, "order": None, "kind": None, "age": None},
                )


def _lines(found: Alarms, unit: str) -> list[Line]:
    offered: tuple[tuple[int, Line], ...] = (
        (
            found.ending,
            Line(
                "ending",
                "alarmed",
                "alarm",
                f"**{counted(found.ending, 'provisional hold')}** of {money(found.ending_value, unit)} "
                f"{'ends by itself' if found.ending == 1 else 'end by themselves'} within 24 hours: confirm "
                f"what should stay. The next ends at {local(found.next_end)}.",
            ),
        ),
        (
            found.overdue,
            Line(
                "overdue",
                "alarmed",
                "priority_high",
                f"**{counted(found.overdue, 'review')} overdue**, {money(found.overdue_value, unit)} still "
                "stopped: say whether each still has its reason.",
            ),
        ),
        (
            found.appealed,
            Line(
                "appealed",
                "appealed",
                "gavel",
                f"**{counted(found.appealed, 'appeal')} to decide**, {money(found.appealed_value, unit)} "
                "stopped.",
            ),
        ),
        (
            found.requested,
            Line(
                "requested",
                "requested",
                "group",
                f"**{counted(found.requested, 'freeze')} asked for**, {money(found.requested_value, unit)}: "
                "nothing is stopped until another person approves.",
            ),
        ),
    )
    return [line for count, line in offered if count]


def _next(found: Alarms) -> str:
    return f"The next provisional hold ends at {local(found.next_end)}." if found.next_end else ""


def _nothing(view: state.View) -> str:
    where = f" in {region_name(view.region)}" if view.region else ""
    if view.status or view.kind or view.age:
        return f"No freeze{where} fits this choice. Choose another status, kind or age."
    return (
        f"No money is stopped{where}. Ask for a freeze on a case or an account; policy's holds come here by "
        "themselves."
    )
