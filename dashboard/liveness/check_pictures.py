"""The frames of one identity check and of its near-duplicates, as the person at the screen may see them."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

import streamlit as st

from dashboard import acting
from dashboard.facts import Facts
from dashboard.formats import counted, literal
from dashboard.questions import check_words, checks
from dashboard.questions.checks import Check
from desk.actors import SEE_FACES, Actor
from desk.faces import Pictures, pictures_for
from scoring.media.opening import MediaError

# One row of thumbnails beside the table of all.
THUMBNAILS = 5


def draw_frames(found: Check, known: Facts) -> None:
    """Draw the frames of a check with where they come from, or what was wrong with them."""
    made = "rendered face" if known.is_synthetic else "frames"
    st.markdown(f"**What the camera sent: {made}**")
    actor = acting.actor()
    if found.pictures is None:
        st.caption(media_in_words(found))
    else:
        _draw_clip(found.pictures, actor, made, found.event_id)
    if found.problem:
        st.warning(check_words.problem(found.problem), icon=":material/broken_image:")


def _draw_clip(path: Path, actor: Actor, made: str, event_id: str) -> None:
    try:
        with st.spinner("Reading the frames"):
            shown = pictures_for(actor, path)
    except MediaError as error:
        st.warning(check_words.problem(error.code), icon=":material/broken_image:")
        return
    state = "blurred " if shown.is_blurred else ""
    cells = [
        _figure(frame, f"Frame {place + 1} of {len(shown.frames)} of check {event_id}: {state}{made}",
                f"{at / 1000:.1f} s" if len(shown.frames) > 1 else "")
        for place, (frame, at) in enumerate(zip(shown.frames, shown.times_ms, strict=True))
    ]  # fmt: skip
    st.html(f'<div class="wf-frames">{"".join(cells)}</div>')
    st.caption(who_may_see(shown, actor))


def who_may_see(shown: Pictures, actor: Actor) -> str:
    """Say why frames are blurred or not, and who may see them."""
    holders = SEE_FACES.holders_in_words
    if shown.is_blurred:
        return (
            f"Blurred: faces are biometric data, and you look as {actor.role_in_words}. "
            f"{holders.capitalize()} may see them."
        )
    return f"Not blurred: you look as {actor.role_in_words}. Only {holders} may see faces."


def media_in_words(found: Check) -> str:
    """Say where the media signals of a check come from when there is no file to show."""
    if found.media == "none":
        return "It has no media: it was scored on capture, re-use and context."
    if found.media == "drawn":
        other = literal(found.drawn_from or "another check")
        return (
            "Its own pictures were not kept, so there is nothing to show. Its media signals are drawn from "
            f"the measured media of {other}."
        )
    return "Its media were measured, and no file of them is known here (`media_path`)."


def draw_thumbnails(found: Check, known: Facts) -> None:
    """Draw one frame of the check and of each near-duplicate that has a file, the nearest first."""
    near = {twin.event_id: twin for twin in checks.duplicates(found.event_id) if twin.pictures is not None}
    if not near:
        return
    actor = acting.actor()
    made = "rendered face" if known.is_synthetic else "frame"
    cells = _thumbnail(found.pictures, actor, f"This check: {made}", "This check") if found.pictures else ""
    for twin in list(near.values())[:THUMBNAILS]:
        said = f"{check_words.KINDS.get(twin.same, twin.same)}, {counted(twin.distance, 'bit')}"
        alt = f"{made} of check {twin.event_id} of account {twin.account_id}, the same {said.lower()} differ"
        cells += _thumbnail(twin.pictures, actor, alt, said) if twin.pictures else ""
    st.html(f'<div class="wf-frames">{cells}</div>')


def _thumbnail(path: Path, actor: Actor, alt: str, said: str) -> str:
    try:
        shown = pictures_for(actor, path, most_frames=1)
    except MediaError as error:
        return f"<figure><figcaption>{escape(check_words.problem(error.code))}</figcaption></figure>"
    return _figure(shown.frames[0], f"{'Blurred ' if shown.is_blurred else ''}{alt}", said)


def _figure(frame: bytes, alt: str, said: str) -> str:
    source = f"data:image/jpeg;base64,{b64encode(frame).decode()}"
    caption = f"<figcaption>{escape(said)}</figcaption>" if said else ""
    return f'<figure><img src="{source}" alt="{escape(alt)}">{caption}</figure>'


def no_duplicates(found: Check) -> str:
    """Say why a check has no near-duplicates."""
    if found.media == "none":
        return "It has no media, so there is nothing to compare."
    return "No other account had a face, background, clip or document so near to these."
