"""The money of a ring: its flows as bands, its named patterns, and the transfers that show them."""

from __future__ import annotations

import streamlit as st

from dashboard import state, tables
from dashboard.charts.draw import draw
from dashboard.charts.ring_flows import forward, ring_flows
from dashboard.formats import money
from dashboard.questions import ring as questions
from dashboard.rings.ring_columns import ring_columns
from dashboard.rings.ring_scene import RingView

PATTERN_COLUMNS = ("pattern", "amount", "accounts", "transfers", "first_at", "last_at", "sentence")
TRANSFER_COLUMNS = ("occurred_at", "leg", "sender", "receiver", "amount")


def draw_flows(scene: RingView) -> None:
    """Draw where the money came from, through whom it went, and where it left."""
    asked = questions.flows_asked(scene.ring_id, scene.accounts)
    by = "account" if asked.parameters["by_account"] else "role"
    st.markdown(f"**Money in, between its accounts, and out, by {by}**")
    found = questions.flows(scene.ring_id, scene.accounts)
    if not found:
        st.caption("No money moved over its accounts while they were in it.")
        return
    draw(ring_flows(found, scene.unit, scene.palette), key="ring_flows")
    back = sum(flow.amount for flow in found) - sum(flow.amount for flow in forward(found))
    if back > 0:
        st.caption(
            f"Not drawn: {money(round(back, 2), scene.unit)} that went back, or between accounts of one {by}."
            if by == "role"
            else f"Not drawn: {money(round(back, 2), scene.unit)} that went back."
        )
    st.caption("Over the whole life of the ring, while its accounts were in it.")
    tables.downloads_of(asked, key="ring_flows")


def draw_patterns(scene: RingView) -> None:
    """Draw the named patterns, and the transfers of the ring or of the pattern that is chosen."""
    st.markdown("**Patterns in its flows**")
    tables.show(
        questions.patterns_asked(scene.ring_id),
        key=f"ring_patterns_{scene.ring_id}",
        columns={**ring_columns(scene.unit), "accounts": st.column_config.NumberColumn("Accounts")},
        order=PATTERN_COLUMNS,
        height=154,
        on_pick=lambda row: state.change(pattern=str(row["pattern_number"])),
        empty="Its flows show no named pattern: fan-in, fan-out, scatter-gather, cycle or chain of peels.",
    )
    chosen = pattern_of(scene.view.pattern)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            "**Every movement of its money**" if chosen is None else f"**Transfers of pattern {chosen}**",
            width="stretch",
        )
        if chosen is not None:
            st.button(
                "All transfers",
                key="crumb_transfers",
                type="tertiary",
                on_click=state.change,
                kwargs={"pattern": None},
            )
    tables.show(
        questions.transfers_asked(scene.ring_id, pattern=chosen),
        key=f"ring_transfers_{scene.ring_id}_{chosen}",
        columns=ring_columns(scene.unit),
        order=TRANSFER_COLUMNS,
        height=214,
        empty="None. Choose All transfers, or a pattern above.",
    )
    st.caption("A row of a pattern shows the transfers that it is made of.")


def pattern_of(text: str | None) -> int | None:
    """Return the number of a pattern as the URL names it; None for what is no number."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 9 else None
