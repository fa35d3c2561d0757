"""The navigation: which pages there are, in which groups, and their links in the sidebar.

Streamlit's own navigation would drop the period and the region from the URL at each click.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from dashboard import state

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


def pages() -> dict[str, list[st.Page]]:
    """Return the pages by group, as `st.navigation` takes them; `DETAILS` in a group of their own."""
    return {
        group: [
            st.Page(
                PAGES / f"{name}.py",
                title=title,
                icon=f":material/{icon}:",
                url_path=name,
                default=name == "overview",
                visibility="hidden" if group == DETAIL_GROUP else "visible",
            )
            for name, title, icon in entries
        ]
        for group, entries in {**GROUPS, DETAIL_GROUP: DETAILS}.items()
    }


def draw(groups: Mapping[str, Sequence[st.Page]]) -> None:
    """Draw the links in the sidebar, each with the period and region of the present view."""
    along = state.navigation_parameters(state.current())
    with st.sidebar, st.container(key="navigation", gap=None):
        for group, entries in groups.items():
            if group == DETAIL_GROUP:
                continue
            st.caption(group)
            for page in entries:
                st.page_link(page, query_params=along, width="stretch")
