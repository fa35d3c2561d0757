"""The button that makes evidence of a case, ring, request or freeze, and the ones for what was made.

    button.draw("ring", "R-0f3a91c2", scene)

Making takes seconds, with progress; the pack is kept. Whoever made packs of this object finds the newest
again here, with its custody, and writes down to whom it went: not everybody who takes evidence sees Audit.
"""

from __future__ import annotations

import os
from typing import Protocol

import streamlit as st

from dashboard import acting, owner, refused
from dashboard.desk_records import desk_records, follow
from dashboard.evidence import pack_card
from dashboard.evidence.downloading import download_button
from dashboard.facts import last_event
from dashboard.formats import counted, literal
from dashboard.questions import evidence
from dashboard.reader import cursor_of
from data.errors import WatchfloorError
from data.progress import Step
from desk.actors import EXPORT_EVIDENCE, Actor, why_not
from desk.evidence.custody import Sealed, pack_of
from desk.evidence.keeping import Keeping
from desk.evidence.making import make, sources_of

# The pack that was made last in this session: what it was made of, and which it is.
MADE = "evidence_made"
SAYS = "One signed zip: the plain files, a report, the audit lines, and a program that checks it"


class Scene(Protocol):
    """What the button needs of a scene: who acts."""

    @property
    def actor(self) -> Actor:
        """Who acts."""


def draw(kind: str, object_id: str, scene: Scene | None = None) -> None:
    """Draw the buttons; where the one who acts may not, the first is disabled with the reason."""
    actor = acting.actor() if scene is None else scene.actor
    made_of = (kind, object_id, owner.version(), actor)
    kept = st.session_state.get(MADE)
    if kept is not None and kept[0] == made_of and actor.may(EXPORT_EVIDENCE):
        download_button(kept[1], actor, key=f"evidence_download_{object_id}")
    elif _is_asked(object_id, actor) and (pack := _made(kind, object_id, actor)) is not None:
        st.session_state[MADE] = (made_of, pack)
        # The button that made it gives way to the one that hands it out.
        st.rerun()
    if actor.may(EXPORT_EVIDENCE):
        _draw_packs(kind, object_id, actor)


def _is_asked(object_id: str, actor: Actor) -> bool:
    is_allowed = actor.may(EXPORT_EVIDENCE)
    return st.button(
        "Make evidence",
        key=f"evidence_make_{object_id}",
        icon=":material/folder_zip:",
        disabled=not is_allowed,
        help=SAYS if is_allowed else literal(why_not(actor, EXPORT_EVIDENCE)),
    )


def _draw_packs(kind: str, object_id: str, actor: Actor) -> None:
    """Draw the way to the packs of this object, where there are any."""
    made = evidence.packs_of(kind, object_id)
    if not made:
        return
    says = "The newest of them: who held it, to have it again, to write down who got it"
    label = f"{counted(len(made), 'pack')} made"
    if st.button(label, key=f"evidence_of_{object_id}", type="tertiary", help=says):
        st.dialog("Evidence that was made", width="large")(lambda: _draw_newest(made[0], actor))()


def _draw_newest(pack_id: str, actor: Actor) -> None:
    try:
        keeping = Keeping.of(owner.home(), os.environ)
        pack_card.draw(pack_of(desk_records(), pack_id, actor), actor, keeping)
    except WatchfloorError as error:
        refused.draw(error)


def _made(kind: str, object_id: str, actor: Actor) -> Sealed | None:
    bar = st.progress(0.0, "Collecting the evidence")

    def show(step: Step) -> None:
        bar.progress(step.done / (step.total or 1), f"Collecting {step.detail or step.unit}")

    try:
        # What was done a moment ago belongs to it.
        follow()
        with cursor_of(actor) as cursor:
            sources = sources_of(owner.home(), desk_records(), cursor, os.environ, is_narrowed=True)
            made = make(sources, kind, object_id, actor, last_event(), progress=show)
        follow()
    except WatchfloorError as error:
        refused.draw(error)
        return None
    finally:
        bar.empty()
    return made
