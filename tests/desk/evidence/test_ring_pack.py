"""The pack of a ring: what its files hold, what is said of them, and what is kept of its making."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator

import pypdf
import pytest
from small_evidence import ANALYST, NOW, RITA, Room, files_of, manifest_of, rows_of

from data.home import Home
from data.progress import Step
from data.store import Store
from desk.actors import Actor, RightError
from desk.audit import lines
from desk.evidence.custody import download, events_in, hand_over
from desk.evidence.keeping import EvidenceError
from desk.evidence.parts import PARTS
from desk.evidence.verify_pack import check_custody


@pytest.fixture
def room(home: Home, store: Store) -> Iterator[Room]:
    made = Room.at(home, store)
    yield made
    made.records.close()


def custody_of(room: Room) -> list[dict[str, object]]:
    with room.records.reading() as connection:
        return events_in(connection, "ring", "R-1")


def test_a_pack_holds_every_file_with_its_hash_and_no_other(room: Room) -> None:
    files = files_of(room.packed("ring", "R-1"))
    manifest = manifest_of(files)

    own = {"README.txt", "report.pdf", "verify_pack.py", "replay.csv", "custody.json"}
    own |= {"audit/chain.jsonl", "audit/heads.jsonl"}
    assert set(files) == {part.name for part in PARTS["ring"]} | own | {"manifest.json", "manifest.sig"}
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in files.items()
        if not name.startswith("manifest")
    }
    rows = manifest["rows"]
    assert (rows["members.csv"], rows["ties.csv"], rows["transfers.csv"]) == (3, 2, 2)
    assert (manifest["object_id"], manifest["as_of"]) == ("R-1", "2025-10-31T23:00:00Z")
    assert (manifest["exported_by"], manifest["exported_as"]) == ("Ana", "analyst")
    # fraud-2 scored nothing of these accounts.
    assert (manifest["model_versions"], manifest["policy_versions"]) == (["fraud-1"], ["p1"])


def test_the_files_say_what_the_store_says(room: Room) -> None:
    files = files_of(room.packed("ring", "R-1"))

    ring = json.loads(files["ring.json"])
    assert (ring["ring_id"], ring["moved"], ring["broken_at"]) == ("R-1", "900.000000", None)
    assert [(row["account_id"], row["role"]) for row in rows_of(files["members.csv"])] == [
        ("A1", "collector"),
        ("A2", "cash_out"),
        ("A3", "mule"),
    ]
    transfers = rows_of(files["transfers.csv"])
    assert [(row["event_id"], row["leg"], row["amount"]) for row in transfers] == [
        ("T1", "inside", "300.000000"),
        ("T2", "out", "900.000000"),
    ]
    assert transfers[0]["occurred_at"] == "2025-09-04 00:00:00"
    assert [row["change"] for row in rows_of(files["history.csv"])] == ["found", "alarmed"]
    (policy,) = json.loads(files["policies.json"])
    assert policy["document"] == '{"hold": 0.3}'
    assert policy["document_sha256"] == hashlib.sha256(b'{"hold": 0.3}').hexdigest()
    (model,) = json.loads(files["models.json"])
    assert (model["artefact_hash"], model["file_sha256"]) == ("fraud-1fraud-1", None)


def test_scores_are_those_of_the_members_that_were_not_allowed_with_their_reasons(room: Room) -> None:
    files = files_of(room.packed("ring", "R-1"))

    # The blocked check of A2, then the frozen withdrawal of A1; the held deposits are of accounts outside.
    assert [
        (row["event_id"], row["decision"], row["model_version"], row["truth"])
        for row in rows_of(files["scores.csv"])
    ] == [("L1", "block", "liveness-1", ""), ("W1", "freeze", "fraud-1", "confirmed")]
    assert [(row["event_id"], row["points"]) for row in rows_of(files["reasons.csv"])] == [
        ("L1", "0.75"),
        ("W1", "0.6"),
        ("W1", "0.4"),
        ("W1", "-0.2"),
    ]


def test_the_same_ring_gives_the_same_files_but_for_the_record_of_its_making(room: Room) -> None:
    first, second = files_of(room.packed("ring", "R-1")), files_of(room.packed("ring", "R-1"))

    others = {"README.txt", "report.pdf", "custody.json", "manifest.json", "manifest.sig"}
    others |= {"audit/chain.jsonl", "audit/heads.jsonl"}
    assert {name for name in first if first[name] != second[name]} == others


def test_the_readme_explains_every_column(room: Room) -> None:
    files = files_of(room.packed("ring", "R-1"))
    said = files["README.txt"].decode()

    assert "Exported by Ana, analyst." in said
    for name, data in files.items():
        if name.endswith(".csv") and not name.startswith("features"):
            for column in data.decode().splitlines()[0].split(","):
                assert f"\n  {column}: " in said, (name, column)


def test_the_report_has_a_table_of_contents_and_the_same_numbers(room: Room) -> None:
    files = files_of(room.packed("ring", "R-1"))

    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["report.pdf"])).pages]

    assert "Evidence of ring R-1" in pages[0]
    assert manifest_of(files)["fingerprint"] in pages[0]
    whole = "\n".join(pages)
    for said in ("Contents", "What ties accounts", "2 rows: transfers.csv", "Scores computed again"):
        assert said in whole


def test_an_export_is_audited_and_kept_with_its_hash_beside_it(room: Room) -> None:
    sources, pack = room.make("ring", "R-1")
    data = (sources.keeping.folder / pack.name).read_bytes()

    (line,) = lines(room.records)
    assert (line.actor, line.role, line.action) == ("Ana", "analyst", "exported_evidence")
    assert (line.object_kind, line.object_id, line.at) == ("ring", "R-1", NOW)
    said = json.loads(line.after or "")
    assert (said["bytes"], said["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    side = (sources.keeping.folder / f"{pack.name}.sha256").read_text()
    assert side == f"{pack.sha256}  {pack.name}\n"
    assert sources.keeping.key_path.stat().st_mode & 0o777 == 0o600


def test_custody_goes_on_with_each_download_and_hand_over(room: Room) -> None:
    sources, pack = room.make("ring", "R-1", why="Asked for by the court")
    in_pack = json.loads(files_of(sources.keeping.read(pack.name, pack.sha256))["custody.json"])
    download(room.records, sources.keeping, pack.pack_id, ANALYST, NOW)
    hand_over(
        room.records,
        sources.keeping,
        pack.pack_id,
        ANALYST,
        NOW,
        to_whom="Astana district court",
        how="Encrypted disk, by courier",
        why="Order 17",
    )

    entries = custody_of(room)
    assert [entry["action"] for entry in entries] == ["collected", "sealed", "downloaded", "handed_over"]
    assert in_pack == entries[:1]
    assert check_custody(entries) == []
    assert {entry["sha256"] for entry in entries[1:]} == {pack.sha256}
    assert (entries[3]["to_whom"], entries[3]["why"]) == ("Astana district court", "Order 17")
    assert [line.action for line in lines(room.records)] == [
        "handed_over_evidence",
        "downloaded_evidence",
        "exported_evidence",
    ]


def test_a_kept_pack_that_was_changed_is_not_handed_out(room: Room) -> None:
    sources, pack = room.make("ring", "R-1")
    path = sources.keeping.folder / pack.name
    path.write_bytes(path.read_bytes() + b"\0")

    with pytest.raises(EvidenceError, match="is not as it was sealed"):
        download(room.records, sources.keeping, pack.pack_id, ANALYST, NOW)
    assert [entry["action"] for entry in custody_of(room)] == ["collected", "sealed"]


def test_who_may_not_take_evidence_out_gets_none_and_nothing_is_kept(room: Room) -> None:
    for role in ("executive", "auditor", "desk_operator"):
        with pytest.raises(RightError, match="may not take evidence out of the program"):
            room.packed("ring", "R-1", Actor("Eve", role))
    assert lines(room.records) == []
    assert not (room.home.path / "evidence").exists()


def test_what_is_not_there_has_no_evidence(room: Room) -> None:
    with pytest.raises(EvidenceError, match="There is no ring 'R-9'"):
        room.packed("ring", "R-9")
    with pytest.raises(EvidenceError, match="There is no evidence of a 'customer'"):
        room.packed("customer", "A1")


def test_a_role_without_personal_data_sees_no_device_in_any_file(room: Room) -> None:
    files = files_of(room.packed("ring", "R-1", RITA))

    assert {row["artefact"] for row in rows_of(files["ties.csv"])} == {"not shown to this role"}
    # An account here is shown, an address is not.
    assert [row["receiver"] for row in rows_of(files["transfers.csv"])] == ["A2", "not shown to this role"]
    assert not any(b"0xbad" in data or b"D1" in data for name, data in files.items() if name.endswith("v"))


def test_progress_goes_file_by_file_to_the_end(room: Room) -> None:
    seen: list[Step] = []
    room.make("ring", "R-1", progress=seen.append)

    assert [step.done for step in seen] == list(range(len(PARTS["ring"]) + 2))
    assert seen[-1].done == seen[-1].total
