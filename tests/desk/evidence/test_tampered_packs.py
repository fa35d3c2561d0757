"""Every tampering with a pack is found and named, by the file that travels in it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from small_evidence import Room, files_of

from benchmarks.evidence_tampering import tamperings
from data.home import Home
from data.store import memory_store
from desk.evidence.verify_pack import check, check_zip, fingerprint, told
from desk.projection_tables import DESK_TABLES
from scoring.contract import SCORING_TABLES


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The second pack of R-1, so that its custody has a past."""
    store = memory_store()
    store.create((*SCORING_TABLES, *DESK_TABLES))
    room = Room.at(Home(tmp_path_factory.mktemp("evidence")), store)
    for _ in range(2):
        room.packed("ring", "R-1")
    data = room.packed("ring", "R-1")
    room.records.close()
    store.close()
    return data


def key_of(pack: bytes) -> str:
    return fingerprint(bytes.fromhex(json.loads(files_of(pack)["manifest.json"])["public_key"]))


def test_a_pack_as_it_was_made_is_whole(pack: bytes) -> None:
    manifest, faults = check_zip(pack, key_of(pack))

    assert faults == []
    assert told(manifest, faults, is_compared=True).startswith(f"WHOLE  {manifest['pack_id']}, ")


@pytest.mark.parametrize("seed", range(5))
def test_twenty_kinds_of_tampering_are_all_found_and_named(pack: bytes, seed: int) -> None:
    key = key_of(pack)
    missed = []
    for what, data, named in tamperings(pack, random.Random(seed), 20):
        _, faults = check_zip(data, key)
        if not any(named in f"{fault.where} {fault.words}" for fault in faults):
            missed.append((what, named, faults))

    assert missed == []


def test_every_byte_of_headers_directory_and_signature_counts(pack: bytes) -> None:
    end = pack.index(b"PK\x01\x02")
    places = [*range(30), *range(end, end + 60), *range(len(pack) - 22, len(pack))]

    for place in places:
        changed = bytearray(pack)
        changed[place] ^= 0xFF
        assert check_zip(bytes(changed))[1], place


def test_the_side_file_finds_another_zip(pack: bytes) -> None:
    faults = check_zip(pack, None, f"{'0' * 64}  evidence.zip\n")[1]

    assert [(fault.where, fault.kind) for fault in faults] == [("the side file", "side file")]


def test_the_file_in_the_pack_checks_zip_and_folder_with_the_standard_library_alone(
    pack: bytes, tmp_path: Path
) -> None:
    files = files_of(pack)
    folder, zipped = tmp_path / "folder", tmp_path / "evidence.zip"
    zipped.write_bytes(pack)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    def run(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", str(folder / "verify_pack.py"), *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.stderr == ""
        return done.returncode, done.stdout

    assert run(str(zipped), "--key", key_of(pack))[0] == 0
    assert run(str(folder))[0] == 0
    assert "Compare it with the one that the sender gave you" in run(str(folder))[1]
    (folder / "members.csv").write_bytes(files["members.csv"].replace(b"A1", b"A9"))
    code, words = run(str(folder))
    assert (code, words.splitlines()[0]) == (
        1,
        "WRONG  members.csv: its content does not have its SHA-256 (changed)",
    )
    assert run(str(tmp_path / "nothing.zip"))[0] == 2


def test_an_unpacked_pack_names_a_missing_file(pack: bytes) -> None:
    files = files_of(pack)
    del files["ties.csv"]

    assert [(fault.where, fault.kind) for fault in check(files)[1]] == [("ties.csv", "missing")]


def test_a_text_that_is_no_pack_is_said_to_be_none() -> None:
    manifest, faults = check_zip(b"Not a zip")

    assert manifest == {}
    assert "manifest.json" in {fault.where for fault in faults}
