"""What a pack is about: an object of the desk, its accounts, and what else belongs to it.

subject = subject_of(cursor, "ring", "R-0f3a91c2", actor)      # Raises EvidenceError where there is none
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from data.statement import read_statement
from desk.actors import EXPORT_EVIDENCE, SEE_PERSONAL, SEE_REQUESTS, SEE_SECRET, Actor, require
from desk.evidence.keeping import EvidenceError
from desk.evidence.packing import asked
from desk.evidence.parts import FOLDER, PARTS

# How far before its first alert an account's events are in the pack: what the models compare with.
BEFORE = timedelta(days=90)
BEGINNING_OF_TIME = datetime(1970, 1, 1)
WORDS: Mapping[str, str] = {"case": "case", "ring": "ring", "request": "request", "freeze": "freeze"}
WHERE: Mapping[str, str] = {
    "case": "the cases of the desk",
    "ring": "the rings that ever raised an alarm",
    "request": "the requests of authorities",
    "freeze": "the freezes of the page Freezes",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """An object of the desk: its accounts, the events it rests on, the cases about it, its events' start.

    `sees_personal` and `sees_secret` say what the one who takes the evidence may see.
    """

    kind: str
    object_id: str
    accounts: tuple[str, ...]
    events: tuple[str, ...]
    cases: tuple[str, ...]
    since: datetime
    sees_personal: bool
    sees_secret: bool

    @property
    def left_out(self) -> list[str]:
        """What its taker may not see, in words; the same whether there is any or not."""
        said = []
        if not self.sees_personal:
            said.append("Devices, addresses on the network and payout addresses: not shown, or as tokens.")
        if not self.sees_secret:
            said.append("What an authority ordered to be kept secret is not in it, if there is any.")
        return said


def subject_of(cursor: duckdb.DuckDBPyConnection, kind: str, object_id: str, actor: Actor) -> Subject:
    """Return what the pack is about.

    Raises RightError when the actor may not take evidence of it out, EvidenceError where there is none.
    """
    require(actor, EXPORT_EVIDENCE)
    if kind == "request":
        require(actor, SEE_REQUESTS)
    if kind not in PARTS:
        raise EvidenceError(
            f"There is no evidence of a {kind!r}.", possible=", ".join(PARTS), to_do="Name one of these."
        )
    sees_secret = actor.may(SEE_SECRET)
    given = {"object_id": object_id, "sees_secret": sees_secret}
    found = asked(cursor, read_statement(FOLDER / f"accounts_of_{kind}.sql"), given).as_mappings()
    if not found or found[0]["first_at"] is None:
        raise EvidenceError(
            f"There is no {WORDS[kind]} {object_id!r}.", possible=WHERE[kind], to_do="Choose one of these."
        )
    one = found[0]
    accounts, events, cases = (tuple(one[name] or ()) for name in ("accounts", "events", "cases"))
    is_ring = kind == "ring"
    since = BEGINNING_OF_TIME if is_ring else one["first_at"] - BEFORE
    return Subject(
        kind,
        object_id,
        accounts,
        events,
        cases,
        since,
        actor.may(SEE_PERSONAL),
        sees_secret,
    )
