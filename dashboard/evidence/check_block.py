"""The check of a pack that somebody has: the same program as in the pack, and what this store knows of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

import streamlit as st

from dashboard import refused
from dashboard.desk_records import desk_records
from dashboard.formats import counted, literal
from dashboard.questions.evidence import known_pack
from desk.evidence.chain_segment import compare
from desk.evidence.keeping import Keeping
from desk.evidence.verify_pack import CHAIN, Fault, check_zip, sha256, unpacked
from desk.records import Records

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: what is wrong, and what this store knows of the pack, in words."""

    faults: tuple[Fault, ...]
    known: str

    @property
    def words(self) -> str:
        """What is wrong, one fault a line, the first MOST_SHOWN."""
        lines = [f"{fault.where}: {fault.words} ({fault.kind})" for fault in self.faults]
        more = [f"and {len(lines) - MOST_SHOWN} more"] if len(lines) > MOST_SHOWN else []
        return "\n".join([*lines[:MOST_SHOWN], *more])


def draw(keeping: Keeping) -> None:
    """Draw the place for a pack, and the result of its check."""
    with st.container(border=True, key="evidence_check", gap="small"):
        st.markdown("**Check a pack**")
        st.caption("Is it as it was signed here, to the last byte? Nothing of it is kept or run.")
        given = st.file_uploader("A zip of evidence", type="zip", key="evidence_upload")
        if given is None:
            return
        checked = checked_pack(given.getvalue(), keeping.fingerprint(), desk_records())
        if checked.faults:
            st.error(f"Not whole: {counted(len(checked.faults), 'thing')} wrong.", icon=":material/gpp_bad:")
            st.markdown(refused.as_written(checked.words))
        else:
            st.success("Whole: every byte is as it was signed here.", icon=":material/verified_user:")
        st.caption(literal(checked.known))


def checked_pack(data: bytes, key: str, records: Records) -> Checked:
    """Check a pack against this store's key and log, and say whether it is known here."""
    manifest, faults = check_zip(data, key)
    known = known_pack(sha256(data))
    words = "No pack with this SHA-256 was made here." if known is None else f"It is {known}, made here."
    if manifest and not faults:
        lines = [json.loads(line) for line in unpacked(data, []).get(CHAIN, b"").splitlines()]
        other = compare(records, lines)
        if other is not None:
            faults.append(Fault(CHAIN, "chain", f"line {other} is not so in the audit log of this store"))
        else:
            words += f" All {counted(len(lines), 'line')} of its audit segment are those of the log here."
    return Checked(tuple(faults), words)
