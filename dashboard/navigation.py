"""The navigation: which pages there are, in which groups, and their links in the sidebar.

Streamlit's own navigation would drop the period and the region from the URL at each click.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from dashboard import state
from desk.actors import SEE_AUDIT, Actor, Right, why_not

PAGES = Path(__file__).resolve().parent.parent / "pages"
# Group, then file name, title and Material icon of each page; the first page is the start.
GROUPS = {
    "Watch": (
        ("overview", "Overview", "monitoring"),
        ("regions", "Regions", "public"),
        ("review", "Quarterly review", "assessment"),
    ),
    "Investigate": (
        ("desk", "Desk", "support_agent"),
        ("accounts", "Accounts", "person_search"),
        ("rings", "Rings", "hub"),
        ("explanations", "Explanations", "fact_check"),
        ("liveness", "Liveness", "familiar_face_and_zone"),
    ),
    "Decide": (("models", "Models and policy", "model_training"),),
    "Prove": (
        ("freezes", "Freezes", "ac_unit"),
        ("requests", "Requests", "gavel"),
        ("audit", "Audit", "history_edu"),
    ),
}
# Pages of one thing, reached from others and by their address; they have no entry in the sidebar.
DETAILS = (
    ("case", "Case", "work"),
    ("check", "Identity check", "badge"),
    ("ring", "Ring", "hub"),
)
DETAIL_GROUP = "Details"
FIRST = "overview"
# What each role has in its sidebar: what it works with daily, at most eight. The other pages open from these,
# from the search, and by their address.
ENTRIES: Mapping[str, tuple[str, ...]] = {
    "executive": ("overview", "regions", "review", "freezes"),
    "risk_manager": (
        "overview", "regions", "review", "desk", "rings", "models", "freezes", "requests",
    ),
    "analyst": (
        "overview", "desk", "accounts", "rings", "explanations", "liveness", "models", "freezes",
    ),
    "desk_operator": ("overview", "desk", "accounts", "rings", "explanations", "freezes"),
    "desk_lead": (
        "overview", "regions", "desk", "accounts", "rings", "explanations", "freezes", "requests",
    ),
    "liaison": ("desk", "accounts", "rings", "explanations", "liveness", "freezes", "requests"),
    "auditor": ("overview", "review", "desk", "accounts", "models", "freezes", "requests", "audit"),
    "administrator": ("overview", "models", "audit"),
}  # fmt: skip
MOST_ENTRIES = 8
# Pages that are about nothing else than what takes a right; of requests there is a published table.
PAGE_RIGHTS: Mapping[str, Right] = {"audit": SEE_AUDIT}
# Where personal data that was shown for a reason stays; every other page leaves the account.
OF_ACCOUNTS = frozenset({"accounts", "case"})


def pages() -> dict[str, list[st.Page]]:
    """Return the pages by group, as `st.navigation` takes them; `DETAILS` in a group of their own."""
    return {
        group: [
            st.Page(
                PAGES / f"{name}.py",
                title=title,
                icon=f":material/{icon}:",
                url_path=name,
                default=name == FIRST,
                visibility="hidden" if group == DETAIL_GROUP else "visible",
            )
            for name, title, icon in entries
        ]
        for group, entries in {**GROUPS, DETAIL_GROUP: DETAILS}.items()
    }


def name_of(page: st.Page) -> str:
    """Return the name of a page's file; Streamlit gives the first page an address without one."""
    return page.url_path or FIRST


def why_closed(name: str, actor: Actor) -> str | None:
    """Return why a page is not drawn for somebody: a sentence, or None where it is."""
    right = PAGE_RIGHTS.get(name)
    return None if right is None or actor.may(right) else why_not(actor, right)


def draw(groups: Mapping[str, Sequence[st.Page]], actor: Actor) -> None:
    """Draw the links of the actor's role in the sidebar, each with the period and region of the view."""
    wanted = ENTRIES.get(actor.role, ())
    along = state.navigation_parameters(state.current())
    with st.sidebar, st.container(key="navigation", gap=None):
        for group, entries in groups.items():
            shown = [page for page in entries if name_of(page) in wanted]
            if not shown:
                continue
            st.caption(group)
            for page in shown:
                st.page_link(page, query_params=along, width="stretch")
