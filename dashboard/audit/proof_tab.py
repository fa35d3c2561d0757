"""The tab Proof: the state of the chain, the heads and where they are sent, and what all that proves."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard import acting, owner, tables, work
from dashboard.build_screen import POLL_SECONDS
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import counted, duration, exact, literal, percent
from dashboard.job_lines import asked_by
from dashboard.jobs import Job
from dashboard.tables import Asked
from dashboard.viewer import local
from data.errors import WatchfloorError
from desk.actors import SEE_AUDIT, why_not
from desk.anchor_place import PLACE_VARIABLE, PlaceError, outcome_of, place_of
from desk.anchors import Anchors, Head
from desk.audit_lines import head
from desk.transactional import wall_clock
from desk.verifying import Proved, last_proved

JOB = "verify"
# What verify looks at, as the tab names it.
WORDS: Mapping[str, str] = {
    "log": "Log and heads.",
    "place": "Place outside.",
    "rows": "Rows.",
    "ledger": "Ledger.",
    "steps": "Requests and claims.",
    "queue": "Queue.",
}
HEADS_SHOWN = 200
EXPLAINED = (
    "The chain shows that no line was edited, removed, put in or moved, and the rows of people, approvals, "
    "freezes, requests, claims and the ledger are what its lines say. "
    "Signed heads show that it was not cut off or written anew since they were signed; a copy of them "
    "outside shows it even against somebody who owns this machine and its key. "
    "It does not show that what a person wrote was true, and lines after the newest head that was sent can "
    "still be taken back by who owns the machine."
)


def draw(scene: DeskScene) -> None:
    """Draw the last result, the button to look again, the heads, and what it proves."""
    if not scene.actor.may(SEE_AUDIT):
        st.caption(why_not(scene.actor, SEE_AUDIT))
        return
    anchors = Anchors.of(owner.home(), os.environ)
    st.markdown(EXPLAINED)
    with st.container(border=True, key="card_proof_chain"):
        _draw_chain(anchors)
    with st.container(border=True, key="card_proof_nights"):
        _draw_nights(scene.known.money_unit)
    with st.container(border=True, key="card_proof_heads"):
        _draw_heads(anchors)


def _draw_nights(unit: str) -> None:
    """Draw the ledger's own proof, kept each night."""
    st.markdown("**The ledger, night by night**")
    config = st.column_config
    zone = st.context.timezone or "UTC"
    counts = {"transfers": "Transfers", "accounts": "Accounts and assets", "freezes": "Freezes"}
    tables.show(
        Asked("ledger_nights"),
        key="proof_nights",
        height=200,
        columns={
            "day": config.DateColumn("Data's day"),
            "proved_at": config.DatetimeColumn("Proved", format="YYYY-MM-DD HH:mm", timezone=zone),
            "state": config.TextColumn("Found"),
            **{name: config.NumberColumn(label, format="localized") for name, label in counts.items()},
            "entries_sum": config.NumberColumn(f"All entries, {unit}", format="localized"),
            "frozen": config.NumberColumn(f"Held and ordered, {unit}", format="localized"),
            "hash": config.TextColumn("Hash of all transfers", width="medium"),
        },
        empty="No night has passed yet: the desk's clock proves the ledger once a night and day of the data.",
    )


def _draw_chain(anchors: Anchors) -> None:
    running = _running()
    proved = last_proved(anchors)
    with desk_records().reading() as connection:
        last = head(connection)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**The chain**", width="stretch")
        if st.button(
            "Verify now",
            key="proof_verify",
            icon=":material/verified:",
            type="primary",
            disabled=running is not None,
        ):
            mine = owner.current()
            mine.submit(work.make(JOB, mine, asked_by(acting.actor())))
            st.rerun()
    if running is not None:
        _progress(running)
    elif (job := owner.job()) is not None and job.name == JOB and job.state == "failed":
        st.error(job.message.splitlines()[0], icon=":material/error:")
    lines = 0 if last is None else last.number
    if proved is None:
        st.markdown(f"{counted(lines, 'line')} written. **Nobody has verified them on this machine yet.**")
        return
    _draw_result(proved, lines)


def _draw_result(proved: Proved, lines: int) -> None:
    since = lines - proved.lines
    new = f" {counted(since, 'line')} came since." if since > 0 and proved.is_whole else ""
    state = (
        ":green[:material/check_circle:] Whole" if proved.is_whole else ":red[:material/error:] **Broken**"
    )
    st.markdown(
        f"{state} at {local(proved.verified_at)}: {counted(proved.lines, 'line')} and "
        f"{counted(proved.heads, 'signed head')} hold.{new}"
    )
    for finding in proved.findings:
        mark = ":green[:material/check:]" if finding.is_whole else ":red[:material/close:]"
        st.markdown(f"{mark} **{WORDS.get(finding.name, finding.name)}** {literal(finding.words)}")


def _running() -> Job | None:
    job = owner.job()
    return job if job is not None and job.name == JOB and job.state in ("waiting", "running") else None


@st.fragment(run_every=POLL_SECONDS)
def _progress(job: Job) -> None:
    """Draw how far the walk is; once it is over, the whole page is drawn anew."""
    seen = job.snapshot()
    if seen.state in ("done", "failed"):
        st.rerun()
    counted_step = next((phase.counted for phase in seen.phases if phase.counted), None)
    text = f"{exact(counted_step.done)} {counted_step.unit}" if counted_step else percent(seen.share)
    st.progress(min(seen.share, 1.0), text=f"Walking: {text}")


def _draw_heads(anchors: Anchors) -> None:
    try:
        heads = anchors.heads()
    except WatchfloorError as error:
        st.markdown("**Signed heads**")
        st.error(error.what, icon=":material/key_off:")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{counted(len(heads), 'signed head')}**", width="stretch")
        if heads:
            st.download_button(
                "All heads",
                data=partial(_packed, anchors),
                file_name="watchfloor-heads.zip",
                key="proof_heads_zip",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
                help="Every head as it was signed, with the public key",
            )
    if not heads:
        st.caption("The first action signs the first head.")
        return
    age = wall_clock() - heads[-1].signed_at
    print_ = hashlib.sha256(bytes.fromhex(anchors.public_key())).hexdigest()[:32]
    st.caption(f"The newest was signed {duration(age)} ago. Fingerprint of the public key: `{print_}`")
    _draw_place(anchors)
    _draw_table(heads)


def _draw_place(anchors: Anchors) -> None:
    try:
        place = place_of(os.environ)
    except PlaceError as error:
        st.error(error.what, icon=":material/error:")
        return
    if place is None:
        st.caption(
            "Heads stay on this machine. Name a folder on another disk or an https address in "
            f"{PLACE_VARIABLE}, and who owns this machine cannot rewrite them all."
        )
        return
    sent = outcome_of(anchors, place)
    st.markdown(
        f"Sent to {literal(place.name)}: {exact(sent.sequence)} of {exact(len(anchors.paths()))}, last at "
        f"{local(sent.sent_at)}."
    )
    if sent.fault:
        st.warning(
            f"{literal(sent.fault)} Tried {counted(sent.tries, 'time')}, next at {local(sent.next_at)}.",
            icon=":material/cloud_off:",
        )


def _draw_table(heads: list[Head]) -> None:
    shown = list(reversed(heads))[:HEADS_SHOWN]
    zone = st.context.timezone or "UTC"
    config = st.column_config
    st.dataframe(
        {
            "sequence": [one.sequence for one in shown],
            "number": [one.number for one in shown],
            "signed_at": [one.signed_at for one in shown],
            "state": [one.fault or "signature holds" for one in shown],
            "hash": [one.hash for one in shown],
        },
        key="proof_heads",
        hide_index=True,
        row_height=30,
        height=min(30 * (len(shown) + 1) + 3, 320),
        column_config={
            "sequence": config.NumberColumn("Head", format="localized", width=70),
            "number": config.NumberColumn("Lines covered", format="localized", width=110),
            "signed_at": config.DatetimeColumn("Signed", format="YYYY-MM-DD HH:mm:ss", timezone=zone),
            "state": config.TextColumn("State"),
            "hash": config.TextColumn("Hash of the last line", width="large"),
        },
        alt=f"{len(heads)} signed heads, the newest first.",
    )
    if len(heads) > len(shown):
        st.caption(f"The newest {exact(len(shown))} of {exact(len(heads))}; all of them are in the download.")


def _packed(anchors: Anchors) -> bytes:
    """Return every head and the public key as a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for path in anchors.paths():
            pack.write(path, path.name)
        pack.writestr("anchor.pub", anchors.public_key() + "\n")
    return packed.getvalue()
