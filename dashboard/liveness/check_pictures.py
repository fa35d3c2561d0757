"""The pictures of one identity check, and what there is to say where there are none."""

from __future__ import annotations

import streamlit as st

from dashboard.facts import Facts
from dashboard.questions import check_words
from dashboard.questions.checks import Check


def draw_frames(found: Check, known: Facts) -> None:
    """Draw where the media of a check come from and what was wrong with them."""
    made = "rendered face" if known.is_synthetic else "frames"
    st.markdown(f"**Media: {made}**")
    st.markdown(media_in_words(found))
    if found.problem:
        st.warning(check_words.problem(found.problem), icon=":material/broken_image:")


def media_in_words(found: Check) -> str:
    """Say where the media signals of a check come from."""
    if found.media == "none":
        return "It has no media: it was scored on capture, re-use and context."
    if found.media == "drawn":
        return f"Its own pictures were not kept; its signals are drawn from those of {found.drawn_from}."
    return check_words.SOURCES.get(found.media, found.media) + "."


def no_duplicates(found: Check) -> str:
    """Say why a check has no near-duplicates."""
    if found.media == "none":
        return "It has no media, so there is nothing to compare."
    return "No other account had a face, background, clip or document so near to these."


def draw_thumbnails(_found: Check) -> None:
    """Draw nothing yet."""
