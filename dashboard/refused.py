"""A refusal on a page: what the desk did not do, in its own words, where the person looks.

    if refused.done(lambda: take(records, alarm_id, actor, reason, at)):
        st.rerun()

The words may hold what another person wrote, so they are shown letter by letter and never as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from dashboard.formats import counted, exact
from data.errors import WatchfloorError

# As many characters as a reason of a few paragraphs has; the records keep it for good.
MOST_CHARACTERS = 2_000
_TICKS = re.compile("`+")


def draw(error: object) -> None:
    """Draw why something was refused, each of its parts on a line of its own."""
    st.error(as_written(str(error)), icon=":material/error:")


def as_written(text: str) -> str:
    """Return Markdown that shows a text of several lines letter by letter, whatever stands in it."""
    longest = max((len(ticks) for ticks in _TICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def done(act: Callable[[], object]) -> bool:
    """Do an act; answer whether it was done, and draw why not."""
    try:
        act()
    except WatchfloorError as error:
        draw(error)
        return False
    return True


def fits(text: str, most: int = MOST_CHARACTERS) -> bool:
    """Answer whether a text is short enough to be kept; where not, say how long it is and leave it there.

    A field is never given a most: it would drop the end of what is pasted and say nothing.
    """
    if len(text) <= most:
        return True
    st.error(
        f"This has {counted(len(text), 'character')}; it may have {exact(most)}. Nothing was done yet.",
        icon=":material/edit_note:",
    )
    return False
