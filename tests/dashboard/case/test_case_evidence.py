"""The evidence of a case: what is in the zip, that it is audited, and who may have it."""

from __future__ import annotations

import json

import pytest
from case_evidence import case_files
from opened_case import ANA, OLGA, done, opened_w1
from small_cases import confirmed
from small_evidence import manifest_of, rows_of

from dashboard.desk_records import desk_records
from data.store import Store
from desk.actors import Actor, RightError
from desk.audit import lines
from desk.cases.moves import Note
from desk.evidence.keeping import EvidenceError


def test_the_pack_holds_case_alerts_steps_reasons_and_the_lines_of_its_audit(desked: Store) -> None:
    case_id = opened_w1().case_id
    done(case_id, Note(), OLGA, "Asked the customer")
    done(case_id, confirmed(loss_micro=1_500_000), ANA, "Denied")

    files = case_files(desked, case_id)

    case = json.loads(files["case.json"])
    assert (case["outcome"], case["loss"]) == ("confirmed", "1.500000")
    (alert,) = rows_of(files["alerts.csv"])
    assert (alert["event_id"], alert["counterparty"], alert["amount"]) == ("W1", "0xbad", "900.000000")
    told = [("opened", "Watchfloor"), ("noted", "Olga"), ("disposed", "Ana")]
    assert [(row["action"], row["actor"]) for row in rows_of(files["steps.csv"])] == told
    assert [row["reason"] for row in rows_of(files["reasons.csv"])] == [
        "shared device",
        "amount against own past",
        "own record",
    ]
    # That it was opened is no line of the log here: the test writes that step by hand.
    chain = [json.loads(line) for line in files["audit/chain.jsonl"].splitlines() if b"action" in line]
    assert [(line["action"], line["actor"]) for line in chain] == told[1:]
    # W1 is of the accounts of the case and was stopped; the model of the small exchange has no file.
    (again,) = rows_of(files["replay.csv"])
    assert (again["event_id"], again["score"], again["is_bit_equal"]) == ("W1", "0.9", "False")
    assert again["why_not"] == "The model fraud-1 is not in the register."


def test_each_export_is_audited_with_the_hash_of_its_pack(desked: Store) -> None:
    case_id = opened_w1().case_id

    for _ in range(2):
        case_files(desked, case_id)

    found = [line for line in lines(desk_records()) if line.action == "exported_evidence"]
    assert [(line.actor, line.object_kind, line.object_id) for line in found] == [
        ("Ana", "case", case_id)
    ] * 2
    assert len({json.loads(line.after or "")["sha256"] for line in found}) == 2


def test_who_may_not_take_evidence_out_gets_none_and_no_case_has_none(desked: Store) -> None:
    case_id = opened_w1().case_id

    with pytest.raises(RightError, match="may not take evidence out of the program"):
        case_files(desked, case_id, OLGA)
    with pytest.raises(EvidenceError, match="There is no case 'C-none'"):
        case_files(desked, "C-none")
    assert [line for line in lines(desk_records()) if line.action == "exported_evidence"] == []


def test_a_role_without_personal_data_has_none_in_its_pack_and_the_pack_says_so(desked: Store) -> None:
    case_id = opened_w1().case_id

    files = case_files(desked, case_id, Actor("Rita", "risk_manager"))

    (alert,) = rows_of(files["alerts.csv"])
    assert (alert["counterparty"], alert["device_id"]) == ("not shown to this role", "not shown to this role")
    assert not any(b"0xbad" in data for data in files.values())
    assert manifest_of(files)["left_out"] == [
        "Devices, addresses on the network and payout addresses: not shown, or as tokens."
    ]
    assert "Not in it: Devices, addresses" in files["README.txt"].decode()
