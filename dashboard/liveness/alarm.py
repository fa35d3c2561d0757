"""The alarm of Liveness: injection's share of stopped attacks shifts, although their number may be flat."""

from __future__ import annotations

import streamlit as st

from dashboard.liveness.headline import SIDES, reading_of
from dashboard.liveness.scene import Scene
from dashboard.measures.share_shift import ShareShift, WeekOfAttacks, share_shift


def draw(scene: Scene) -> None:
    """Draw the alarm where the share shifted; else say quietly that it did not, or cannot be told."""
    shift = shift_of(scene)
    if shift is None:
        st.caption(
            "Too few whole weeks, or no attacks, to tell whether injection's share of attacks shifted."
        )
    elif shift.is_shown:
        st.warning(
            f"**Injection's share shifted.** {shift.sentence()}", icon=":material/notification_important:"
        )
    else:
        st.caption(shift.sentence())


def shift_of(scene: Scene) -> ShareShift | None:
    """Compare the last whole weeks of the page's period with those before, in the region of the page."""
    presentations, injections = (dict(reading_of(scene, SIDES[side]).weeks) for side in SIDES)
    return share_shift(
        [
            WeekOfAttacks(round(presentations.get(week, 0)), round(injections.get(week, 0)))
            for week in sorted({**presentations, **injections})
        ]
    )
