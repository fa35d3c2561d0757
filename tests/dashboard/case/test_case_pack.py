"""The file of a case: what is in the zip, that it is the same each time, and who may have it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import pytest
from opened_case import ANA, NOW, OLGA, done, opened_w1
from small_cases import confirmed

from dashboard.desk_records import desk_records
from data.store import Store
from desk.actors import Actor, RightError
from desk.audit import lines
from desk.case_file.pack import pack
from desk.cases.moves import Note
from desk.cases.state import CaseError


def packed(store: Store, case_id: str, actor: Actor = ANA) -> bytes:
    with store.cursor() as cursor:
        return pack(desk_records(), cursor, case_id, actor, NOW)


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_the_file_holds_case_alerts_steps_and_reasons_and_the_manifest_names_their_hashes(
    desked: Store,
) -> None:
    case_id = opened_w1().case_id
    done(case_id, Note(), OLGA, "Asked the customer")
    done(case_id, confirmed(loss_micro=1_500_000), ANA, "Denied")

    files = files_of(packed(desked, case_id))

    assert (json.loads(files["case.json"])["outcome"], json.loads(files["case.json"])["loss"]) == (
        "confirmed",
        "1.500000",
    )
    (alert,) = rows_of(files["alerts.csv"])
    assert (alert["event_id"], alert["counterparty"], alert["amount"]) == ("W1", "0xbad", "900.000000")
    assert [(row["action"], row["actor"]) for row in rows_of(files["steps.csv"])] == [
        ("opened", "Watchfloor"),
        ("noted", "Olga"),
        ("disposed", "Ana"),
    ]
    assert [row["reason"] for row in rows_of(files["reasons.csv"])] == [
        "shared device",
        "amount against own past",
        "own record",
    ]
    manifest = json.loads(files.pop("manifest.json"))
    assert {each["name"]: each["sha256"] for each in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items()
    }


def test_the_same_case_gives_the_same_bytes_and_each_export_is_audited(desked: Store) -> None:
    case_id = opened_w1().case_id

    first, second = packed(desked, case_id), packed(desked, case_id)

    assert first == second
    told = [line for line in lines(desk_records()) if line.action == "exported_evidence"]
    assert [(line.actor, line.object_kind, line.object_id) for line in told] == [("Ana", "case", case_id)] * 2
    assert json.loads(told[0].after or "")["sha256"] == hashlib.sha256(first).hexdigest()


def test_who_may_not_take_evidence_out_gets_none_and_no_case_has_no_file(desked: Store) -> None:
    case_id = opened_w1().case_id

    with pytest.raises(RightError, match="may not take evidence out of the program"):
        packed(desked, case_id, OLGA)
    with pytest.raises(CaseError, match="There is no case 'C-none'"):
        packed(desked, "C-none")
    assert [line for line in lines(desk_records()) if line.action == "exported_evidence"] == []
