from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import small_exchange
from evident_ring import fill_ring

from data.home import Home
from data.progress import Step
from data.store import Store
from desk.actors import Actor, RightError
from desk.audit import lines
from desk.cases.state import CaseError
from desk.records import Records, open_records
from desk.ring_evidence import PARTS, pack

ANALYST = Actor("Ana", "analyst")
NOW = datetime(2025, 10, 31, 23)
# The records of the test that runs.
KEPT: list[Records] = []


@pytest.fixture(autouse=True)
def _kept(home: Home) -> Iterator[None]:
    KEPT[:] = [open_records(home, {})]
    yield
    KEPT[0].close()


@pytest.fixture
def filled(store: Store) -> Store:
    small_exchange.fill(store)
    fill_ring(store)
    with store.writing() as cursor:
        small_exchange.insert(
            cursor,
            "model_versions",
            [{"model_version": name, "artefact_hash": name * 2} for name in ("fraud-1", "fraud-2")],
        )
        small_exchange.insert(cursor, "policies", [{"policy_version": "p1", "document": '{"hold": 0.3}'}])
        # The frozen withdrawal of A1 as the scoring leaves it in the rollup.
        cursor.execute("UPDATE flagged_events SET truth = 'confirmed' WHERE event_id = 'W1'")
    return store


def packed(store: Store, ring: str = "R-1", actor: Actor = ANALYST) -> bytes:
    with store.cursor() as cursor:
        return pack(KEPT[0], cursor, ring, actor, NOW)


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_a_pack_holds_every_file_with_its_hash_and_no_other(filled: Store) -> None:
    files = files_of(packed(filled))
    manifest: dict[str, Any] = json.loads(files.pop("manifest.json"))

    assert list(files) == [part.name for part in PARTS] + ["README.txt"]
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }
    assert {entry["name"]: entry["bytes"] for entry in manifest["files"]} == {
        name: len(data) for name, data in files.items()
    }
    rows = {entry["name"]: entry.get("rows") for entry in manifest["files"]}
    assert (rows["members.csv"], rows["ties.csv"], rows["transfers.csv"]) == (3, 2, 2)
    assert (manifest["ring_id"], manifest["as_of"]) == ("R-1", "2025-10-31T23:00:00Z")
    assert (manifest["exported_by"], manifest["exported_as"]) == ("Ana", "analyst")
    # fraud-2 scored nothing of these accounts; both rings' accounts were scored by fraud-1 and liveness-1.
    assert (manifest["model_versions"], manifest["policy_versions"]) == (["fraud-1"], ["p1"])


def test_the_files_say_what_the_store_says(filled: Store) -> None:
    files = files_of(packed(filled))

    ring = json.loads(files["ring.json"])
    assert (ring["ring_id"], ring["moved"], ring["broken_at"]) == ("R-1", "900.000000", None)
    members = table(files["members.csv"])
    assert [(row["account_id"], row["role"]) for row in members] == [
        ("A1", "collector"),
        ("A2", "cash_out"),
        ("A3", "mule"),
    ]
    transfers = table(files["transfers.csv"])
    assert [(row["event_id"], row["leg"], row["amount"]) for row in transfers] == [
        ("T1", "inside", "300.000000"),
        ("T2", "out", "900.000000"),
    ]
    assert transfers[0]["occurred_at"] == "2025-09-04 00:00:00"
    assert [row["change"] for row in table(files["history.csv"])] == ["found", "alarmed"]
    assert json.loads(files["policies.json"])[0]["document"] == '{"hold": 0.3}'


def test_the_scores_are_those_of_the_members_that_were_not_allowed_with_their_reasons(filled: Store) -> None:
    files = files_of(packed(filled))

    # The blocked check of A2, then the frozen withdrawal of A1; the held deposits are of accounts outside.
    scores = table(files["scores.csv"])
    assert [(row["event_id"], row["decision"], row["model_version"], row["truth"]) for row in scores] == [
        ("L1", "block", "liveness-1", ""),
        ("W1", "freeze", "fraud-1", "confirmed"),
    ]
    reasons = table(files["reasons.csv"])
    assert [(row["event_id"], row["points"]) for row in reasons] == [
        ("L1", "0.75"),
        ("W1", "0.6"),
        ("W1", "0.4"),
        ("W1", "-0.2"),
    ]


def test_the_same_ring_gives_the_same_bytes(filled: Store) -> None:
    assert packed(filled) == packed(filled)


def test_a_changed_row_changes_the_hash_of_its_file_alone(filled: Store) -> None:
    before = files_of(packed(filled))
    with filled.writing() as cursor:
        cursor.execute("UPDATE ring_transfers SET amount = 901 WHERE event_id = 'T2'")
    after = files_of(packed(filled))

    assert {name for name in before if before[name] != after[name]} == {"transfers.csv", "manifest.json"}


def test_the_readme_explains_every_column_and_says_what_is_not_there_yet(filled: Store) -> None:
    files = files_of(packed(filled))
    said = files["README.txt"].decode()
    assert "not signed yet" in said
    assert "segment of the audit chain is not in this pack yet" in said
    assert "Exported by Ana, analyst." in said
    for name, data in files.items():
        if name.endswith(".csv"):
            for column in data.decode().splitlines()[0].split(","):
                assert f"\n  {column}: " in said, (name, column)


def test_an_export_is_audited_with_the_hash_of_the_pack(filled: Store) -> None:
    data = packed(filled)

    (line,) = lines(KEPT[0])
    assert (line.actor, line.role, line.action) == ("Ana", "analyst", "exported_evidence")
    assert (line.object_kind, line.object_id, line.at) == ("ring", "R-1", NOW)
    assert json.loads(line.after or "") == {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def test_who_may_not_take_evidence_out_gets_none(filled: Store) -> None:
    for role in ("executive", "auditor", "desk_operator"):
        with pytest.raises(RightError, match="may not take evidence out of the program"):
            packed(filled, actor=Actor("Eve", role))
    assert lines(KEPT[0]) == []


def test_a_ring_that_is_not_there_has_no_evidence(filled: Store) -> None:
    with pytest.raises(CaseError, match="There is no ring 'R-9'"):
        packed(filled, "R-9")


def test_progress_goes_file_by_file_to_the_end(filled: Store) -> None:
    seen: list[Step] = []
    with filled.cursor() as cursor:
        pack(KEPT[0], cursor, "R-1", ANALYST, NOW, seen.append)
    assert [step.done for step in seen] == list(range(len(PARTS) + 1))
    assert seen[-1].total == len(PARTS)
