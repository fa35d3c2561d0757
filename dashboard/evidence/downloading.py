"""The button that hands a kept pack out; each click is an entry of its custody."""

from __future__ import annotations

import os
from datetime import datetime
from functools import partial

import streamlit as st

from dashboard import owner
from dashboard.desk_records import desk_records
from dashboard.facts import last_event
from dashboard.formats import compact
from dashboard.reader import bound
from desk.actors import Actor
from desk.evidence.custody import Sealed, download
from desk.evidence.keeping import Keeping


def download_button(pack: Sealed, actor: Actor, *, key: str, label: str = "Download evidence") -> None:
    """Draw the button."""
    st.download_button(
        f"{label}, {compact(round(pack.bytes / 1000, 1))} kB",
        # Streamlit calls it in a thread that does not know who acts.
        data=bound(partial(_downloaded, pack.pack_id, actor, last_event())),
        file_name=pack.name,
        mime="application/zip",
        key=key,
        on_click="ignore",
        type="primary",
        icon=":material/download:",
        help=f"SHA-256 of the zip: {pack.sha256}",
    )


def _downloaded(pack_id: str, actor: Actor, now: datetime) -> bytes:
    return download(desk_records(), Keeping.of(owner.home(), os.environ), pack_id, actor, now)
