"""The pack of a freeze: its steps, its transfers in the ledger, its lines of the audit log, its secrecy."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from small_evidence import NOW, Room, files_of, rows_of

from data.home import Home
from data.store import Store
from desk.actors import Actor, RightError
from desk.approvals import approve
from desk.evidence.chain_segment import compare
from desk.evidence.custody import download, pack_of
from desk.evidence.keeping import EvidenceError
from desk.freezes.acting import Asked, carry_out, request_freeze
from desk.people import DEMONSTRATION, found

ANA = Actor("Ana Analystdemo", "analyst")
LENA = Actor("Lena Leaddemo", "desk_lead")
RITA = Actor("Rita Riskdemo", "risk_manager")
LIN = Actor("Lin Liaisondemo", "liaison")


@pytest.fixture
def room(home: Home, store: Store) -> Iterator[Room]:
    made = Room.at(home, store)
    found(made.records, DEMONSTRATION, NOW)
    yield made
    made.records.close()


def frozen(room: Room, *, is_secret: bool = False) -> str:
    asked = Asked("A1", "USDT", 5_000_000, "cis", "RU", event_id="W1", is_secret=is_secret)
    state, approval = request_freeze(room.records, asked, LIN, "Court order 17", NOW)
    approve(room.records, approval.approval_id, LENA, "Seen", NOW)
    carry_out(room.records, approval.approval_id, LENA, NOW)
    return state.freeze_id


def test_the_pack_holds_the_steps_the_transfers_and_every_audit_line_of_both(room: Room) -> None:
    freeze_id = frozen(room)

    files = files_of(room.packed("freeze", freeze_id, ANA))

    freeze = json.loads(files["freeze.json"])
    assert (freeze["account_id"], freeze["amount"], freeze["status"]) == ("A1", "5.000000", "active")
    assert [row["action"] for row in rows_of(files["freeze_steps.csv"])] == ["requested", "applied"]
    (transfer,) = rows_of(files["ledger.csv"])
    assert (transfer["source"], transfer["target"], transfer["amount"]) == ("available", "held", "5.000000")
    chain = [json.loads(line) for line in files["audit/chain.jsonl"].splitlines()]
    whole = [line for line in chain if "action" in line]
    assert {line["action"] for line in whole} == {
        "proposed",
        "approved",
        "used",
        "requested",
        "applied",
        "moved",
    }
    # Nothing else was done since: the lines stand without a gap, and are those of the log.
    assert [line["number"] for line in chain] == list(range(chain[0]["number"], chain[-1]["number"] + 1))
    assert compare(room.records, chain) is None
    chain[0]["hash"] = "0" * 64
    assert compare(room.records, chain) == chain[0]["number"]


def test_a_secret_freeze_is_as_one_that_is_not_there_for_who_may_not_know(room: Room) -> None:
    freeze_id = frozen(room, is_secret=True)

    with pytest.raises(EvidenceError, match=f"There is no freeze '{freeze_id}'"):
        room.packed("freeze", freeze_id, ANA)
    ring = files_of(room.packed("ring", "R-1", ANA))
    assert rows_of(ring["freezes.csv"]) == rows_of(ring["ledger.csv"]) == []
    assert not any(freeze_id.encode() in data for data in ring.values())

    seen = files_of(room.packed("ring", "R-1", LIN))
    assert [row["freeze_id"] for row in rows_of(seen["freezes.csv"])] == [freeze_id]
    _, pack = room.make("freeze", freeze_id, LIN)
    with pytest.raises(EvidenceError, match="There is no pack"):
        pack_of(room.records, pack.pack_id, ANA)


def test_a_pack_of_who_sees_more_is_not_handed_to_who_sees_less(room: Room) -> None:
    sources, pack = room.make("ring", "R-1", LIN)

    with pytest.raises(RightError, match="may not see what the customer must not learn of"):
        download(room.records, sources.keeping, pack.pack_id, ANA, NOW)
    with pytest.raises(RightError, match="may not see personal data"):
        download(room.records, sources.keeping, pack.pack_id, RITA, NOW)
    assert download(room.records, sources.keeping, pack.pack_id, LENA, NOW)
