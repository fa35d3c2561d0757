"""Notices to others: what was told, what waits, and the dead letters, which a lead sends again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboard import refused
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import counted, literal, local_time
from data.errors import WatchfloorError
from desk.actors import SUPERVISE, why_not
from desk.channels.model import Channels
from desk.channels.notices import Sent, dead_letters, notices, send_again

SHOWN = 8
WHAT = {"critical": "Critical case", "escalated": "Escalated", "breached": "Breached"}
STANDING = {"waiting": "waits", "failed": "tried again", "sent": "sent", "given_up": "dead letter"}
HOW = """
```toml
[[webhooks]]
name = "chat"
url = "https://chat.example.com/hooks/desk"
key_variable = "WATCHFLOOR_HOOK_KEY"   # holds the key that signs
notices = ["critical", "escalated", "breached"]
```
"""


def draw(scene: DeskScene, config: Channels) -> None:
    """Draw the newest notices and all dead letters."""
    with st.container(border=True, key="card_notices"):
        st.markdown("**Notices to others**")
        try:
            newest, dead = notices(desk_records(), SHOWN), dead_letters(desk_records())
        except WatchfloorError as error:
            refused.draw(error)
            return
        if not config.webhooks and not newest:
            st.caption("Nobody is told of anything yet. Name a webhook in the store's desk.toml:")
            st.markdown(HOW)
            return
        st.caption(_summary(config, newest, dead))
        if newest:
            st.html(table(newest, st.context.timezone))
        for letter in dead[:SHOWN]:
            _draw_dead(scene, letter)
        if len(dead) > SHOWN:
            st.caption(f"Shown are the {SHOWN} oldest of {counted(len(dead), 'dead letter')}.")


def _summary(config: Channels, newest: Sequence[Sent], dead: Sequence[Sent]) -> str:
    told = ", ".join(hook.name for hook in config.webhooks) or "nobody any more"
    if not newest:
        return f"Told is {literal(told)}. Nothing was to be told yet."
    stands = Counter(STANDING[one.standing] for one in newest)
    said = ", ".join(f"{number} {words}" for words, number in stands.items())
    return (
        f"Told is {literal(told)}. Of the newest {len(newest)}: {said}. {counted(len(dead), 'dead letter')}."
    )


def table(found: Sequence[Sent], zone: str | None) -> str:
    """Return notices as a table, the newest first."""
    rows = "".join(
        f"<tr><td>{WHAT[one.what]}</td><td>{escape(one.case_id)}</td><td>{escape(one.webhook)}</td>"
        f"<td>{escape(local_time(one.at, zone))}</td><td>{STANDING[one.standing]}</td>"
        f"<td>{one.tries}</td><td>{escape(one.told)}</td></tr>"
        for one in found
    )
    head = "".join(
        f"<th>{name}</th>" for name in ("What", "Case", "Told", "When", "State", "Tries", "Answer")
    )
    return f'<table class="wf-facts"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _draw_dead(scene: DeskScene, letter: Sent) -> None:
    may = scene.actor.may(SUPERVISE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":material/mail_off: **{WHAT[letter.what]}** {literal(letter.case_id)} "
            f"to {literal(letter.webhook)}: {literal(letter.told)}, tried {letter.tries} times",
            width="stretch",
        )
        st.button(
            "Send again",
            key=f"send_again_{letter.notice_id}",
            type="tertiary",
            disabled=not may,
            help=None if may else why_not(scene.actor, SUPERVISE),
            on_click=partial(_again, scene, letter),
        )


def _again(scene: DeskScene, letter: Sent) -> None:
    try:
        send_again(desk_records(), letter.notice_id, scene.actor, scene.now)
    except WatchfloorError as error:
        st.toast(error.what, icon=":material/error:")
