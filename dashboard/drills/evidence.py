"""What of a past case can be cited: its reasons without their points, its ties and rings as they were then.

Points, and what ties later proved to be, go into the records with the evidence and onto no screen before the
drill is over. The order says nothing: it is drawn by the drill's seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random

from dashboard.drills.disguise import Disguise
from dashboard.formats import counted
from dashboard.questions import words
from dashboard.questions.drills import CaseThen, Proved, RingThen, TieThen
from desk.drills.state import Evidence

# The reasons that count most either way; the case page shows as many before "more".
REASONS_SHOWN = 10
SURPRISES_SHOWN = 3
TIES_SHOWN = 6
# What so many share (an office, a mobile carrier) ties nobody to anybody.
MOST_SHARING = 20


def evidence_of(
    found: CaseThen, later: Sequence[Proved], disguise: Disguise, seed: int
) -> tuple[Evidence, ...]:
    """Return what a case shows that can be cited, reasons first, each kind in an order drawn by `seed`."""
    rng = Random(f"{seed} {found.subject.subject_id}")
    reasons = [
        Evidence(f"reason {one.reason}", one.sentence, points=one.points)
        for one in found.reasons[:REASONS_SHOWN]
    ]
    reasons += [
        Evidence(f"surprise {one.reason}", f"Unusual: {one.sentence}", share=one.share)
        for one in found.surprises[:SURPRISES_SHOWN]
    ]
    rng.shuffle(reasons)
    proof = {(one.entity_kind, one.entity): one for one in later}
    ties = [
        _of_tie(one, proof.get((one.entity_kind, one.entity)), disguise) for one in found.ties[:TIES_SHOWN]
    ]
    rings = [_of_ring(one, proof.get(("ring", one.ring_id)), disguise) for one in found.rings]
    return (*reasons, *ties, *rings)


def citable(found: CaseThen) -> frozenset[tuple[str, str]]:
    """Return the reasons that can be cited, each by its source (as in the reasons of a case) and its name."""
    return frozenset(
        [
            *(("model", one.reason) for one in found.reasons[:REASONS_SHOWN]),
            *(("anomaly", one.reason) for one in found.surprises[:SURPRISES_SHOWN]),
        ]
    )


def _of_tie(tie: TieThen, proof: Proved | None, disguise: Disguise) -> Evidence:
    name = disguise.entity(tie.entity_kind, tie.entity)
    said = (
        [f"{name} was used by {counted(tie.others, 'other customer')}"]
        if tie.others
        else [f"{name} was used"]
    )
    if tie.confirmed_then:
        said.append(f"{tie.confirmed_then} of these known as crime")
    if tie.listed:
        said.append(f"listed as known bad: {words.spoken(tie.listed).lower()}")
    counts = proof is not None and tie.others <= MOST_SHARING
    return Evidence(
        f"tie {name}",
        ", ".join(said) + ".",
        proved=_proof(proof) if counts and proof is not None else None,
        subject=proof.account_id if counts and proof is not None else None,
    )


def _of_ring(ring: RingThen, proof: Proved | None, disguise: Disguise) -> Evidence:
    name = disguise.entity("ring", ring.ring_id)
    known = f", {ring.confirmed_then} of them known as crime" if ring.confirmed_then else ""
    return Evidence(
        f"ring {name}",
        f"In a ring of {counted(ring.accounts, 'account')}{known}, found {disguise.before(ring.found_at)}.",
        proved=None if proof is None else _proof(proof),
        subject=None if proof is None else proof.account_id,
    )


def _proof(proof: Proved) -> str:
    more = "" if proof.confirmed == 1 else f" and {counted(proof.confirmed - 1, 'other')}"
    return (
        f"{proof.account_id}{more} confirmed as {_kind(proof.typology)}, known since {_day(proof.known_at)}"
    )


def _kind(typology: str | None) -> str:
    return words.spoken(typology).lower() if typology else "crime"


def _day(instant: datetime) -> str:
    return f"{instant:%d %b %Y}"
