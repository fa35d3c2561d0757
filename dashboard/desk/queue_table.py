"""The list of cases as a table that is worked with the keyboard: what is marked, chosen, opened.

It stands in the page itself (a component without a frame), so that rows are read aloud and keys work at once;
what it holds is kept by case, not by row, so that a list that moves under the hand changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
import streamlit.components.v2 as components

KEY = "queue_table"
_HERE = Path(__file__)
_TABLE = components.component(
    "watchfloor_queue",
    html='<div id="list"></div>',
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True, slots=True)
class Marked:
    """What the hand is on: the case marked, those chosen, what was opened just now, the order asked for."""

    current: str | None
    chosen: tuple[str, ...]
    opened: str | None = None
    order: str | None = None


def marked(now: int) -> Marked:
    """Return what was marked and chosen in this round of choosing, as the browser last said."""
    kept: Mapping[str, Any] = st.session_state.get(KEY) or {}
    return Marked(kept.get("current"), _chosen(kept.get("chosen"), now))


def _chosen(said: Mapping[str, Any] | None, now: int) -> tuple[str, ...]:
    return tuple(said["ids"]) if said and said["round"] == now else ()


def draw(
    rows: Sequence[Mapping[str, object]], more: Mapping[str, object], on_chosen: Callable[[], None]
) -> Marked:
    """Draw rows of `queue_words.row`; `more` is label, order, round, cursor and whether all are chosen."""
    said = _TABLE(
        key=KEY,
        data={"rows": list(rows), **more},
        on_chosen_change=on_chosen,
        on_current_change=lambda: None,
        on_open_change=lambda: None,
        on_order_change=lambda: None,
    )
    return Marked(said.current, (), said.open, said.order)
