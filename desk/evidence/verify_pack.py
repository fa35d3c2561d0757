"""Check an evidence pack of Watchfloor: is it as it was signed, to the last byte? Names what is not.

    python3 -I -S verify_pack.py evidence.zip [--sha256 evidence.zip.sha256] [--key FINGERPRINT]

Needs Python 3.8 or newer and nothing else; reads a zip or the folder that it was unpacked into, writes and
runs nothing. The exit code is 0 when nothing is wrong, 1 when something is, 2 when it could not be read.
Compare the fingerprint that it prints with the one that the sender gave you by another way: whoever changes
a pack can sign it with a key of their own.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from desk.evidence.ed25519 import is_signed

FORMAT = "watchfloor-evidence/2"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
CHAIN, HEADS, CUSTODY = "audit/chain.jsonl", "audit/heads.jsonl", "custody.json"
BEGINNING = "0" * 64
# Read by everyone, written by nobody; the first time that a zip can hold: a real one would say nothing.
PERMISSIONS, ZIP_DATE = 0o100444 << 16, 33
STORED, DEFLATED = 0, 8


class Fault(NamedTuple):
    """One thing that is wrong: in which file or part of the zip, of what kind, and in words."""

    where: str
    kind: str
    words: str


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def fingerprint(public: bytes) -> str:
    """Return what two people compare of a key: the first 32 of its SHA-256's digits, in groups of four."""
    digits = sha256(public)[:32]
    return " ".join(digits[start : start + 4] for start in range(0, 32, 4))


def canonical(value: Any) -> bytes:
    """Return what hashes and signatures of records are over: JSON, names sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _json(text: bytes) -> Any:
    try:
        return json.loads(text.decode())
    except ValueError:
        return None


def described(name: str, content: bytes, packed: bytes) -> dict[str, Any]:
    """Return what the manifest says of a file: of its content, and of the bytes it is packed as."""
    return {
        "name": name,
        "bytes": len(content),
        "sha256": sha256(content),
        "crc32": zlib.crc32(content),
        "packed_bytes": len(packed),
        "packed_sha256": sha256(packed),
    }


def _numbers(entry: dict[str, Any], method: int) -> tuple[int, ...]:
    name = len(entry["name"].encode())
    return (20, 0, method, 0, ZIP_DATE, entry["crc32"], entry["packed_bytes"], entry["bytes"], name, 0)


def layout(manifest: bytes, signature: bytes, files: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Return the parts of the zip in order: (what, its bytes), or for packed content (name, its entry)."""
    first = [described(MANIFEST, manifest, manifest), described(SIGNATURE, signature, signature)]
    parts: list[tuple[str, Any]] = []
    directory, offset = [], 0
    for entry in [*first, *files]:
        name, is_first = entry["name"].encode(), entry["name"] in (MANIFEST, SIGNATURE)
        said = _numbers(entry, STORED if is_first else DEFLATED)
        parts.append((f"the header of {entry['name']}", struct.pack("<4s5H3L2H", b"PK\3\4", *said) + name))
        parts.append((entry["name"], entry))
        central = struct.pack("<4sH", b"PK\1\2", 3 << 8 | 20) + struct.pack("<5H3L2H", *said)
        central += struct.pack("<3H2L", 0, 0, 0, PERMISSIONS, offset) + name
        directory.append((f"the line of {entry['name']} in the zip's directory", central))
        offset += 30 + len(name) + entry["packed_bytes"]
    size = sum(len(line) for _, line in directory)
    count = len(directory)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, offset, 0)
    return [*parts, *directory, ("the end of the zip's directory", end)]


def _first_two(data: bytes) -> tuple[bytes, bytes]:
    """Return manifest and signature as they lie at the start of a zip, whatever its headers say."""
    start = 30 + len(MANIFEST)
    try:
        end = start + json.JSONDecoder().raw_decode(data[start:].decode("latin-1"))[1] + 1
    except ValueError:
        return b"", b""
    place = end + 30 + len(SIGNATURE)
    return data[start:end], data[place : place + 129]


def check_layout(data: bytes, files: list[dict[str, Any]]) -> list[Fault]:
    """Compare the zip with what it must be, byte by byte, and name the first part that differs."""
    place = 0
    for what, wanted in layout(*_first_two(data), files):
        is_packed = isinstance(wanted, dict)
        length = wanted["packed_bytes"] if is_packed else len(wanted)
        found = data[place : place + length]
        if len(found) < length:
            return [Fault(what, "truncated", f"the zip ends at byte {len(data):,}, within {what}")]
        if is_packed and sha256(found) != wanted["packed_sha256"]:
            return [Fault(what, "changed", f"the packed bytes of {what}, from byte {place:,} on, differ")]
        if not is_packed and found != wanted:
            byte = next(n for n in range(length) if found[n] != wanted[n])
            return [Fault(what, "changed", f"byte {place + byte:,} of the zip, in {what}, differs")]
        place += length
    if len(data) > place:
        return [Fault("the zip", "added", f"{len(data) - place:,} bytes stand behind its end")]
    return []


def unpacked(data: bytes, faults: list[Fault]) -> dict[str, bytes]:
    """Return the files of a zip by name; what cannot be read is named in `faults`."""
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.filename in files:
                    faults.append(Fault(entry.filename, "added", "it is in the zip twice"))
                files[entry.filename] = _read(archive, entry)
        return files
    except Exception as error:  # noqa: BLE001 - whatever a damaged zip makes its reader raise
        faults.append(Fault("the zip's directory", "changed", f"it cannot be read: {error}"))
    return _without_directory(data)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a file of a zip; nothing where it cannot be unpacked, which then has not its hash."""
    try:
        return archive.read(entry)
    except Exception:  # noqa: BLE001 - whatever a damaged zip makes its reader raise
        return b""


def _without_directory(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip from the places where the manifest says that they lie."""
    two = _first_two(data)
    files, place = {MANIFEST: two[0], SIGNATURE: two[1]}, 0
    for what, wanted in layout(*two, entries_of(_json(two[0]))):
        is_packed = isinstance(wanted, dict)
        length = wanted["packed_bytes"] if is_packed else len(wanted)
        if is_packed and what not in files:
            try:
                files[what] = zlib.decompress(data[place : place + length], -15)
            except zlib.error:
                files[what] = b""
        place += length
    return files


def entries_of(manifest: Any) -> list[dict[str, Any]]:
    """Return the files that a manifest lists; what is no such entry is left out."""
    listed = manifest.get("files") if isinstance(manifest, dict) else None
    kinds = {
        "name": str,
        "sha256": str,
        "packed_sha256": str,
        "crc32": int,
        "bytes": int,
        "packed_bytes": int,
    }
    return [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and all(isinstance(one.get(name), kind) for name, kind in kinds.items())
        if all(0 <= one[name] < 2**32 for name in ("crc32", "bytes", "packed_bytes"))
    ]


def check_files(files: dict[str, bytes], entries: list[dict[str, Any]]) -> list[Fault]:
    """Compare files with what the manifest says of them: nothing missing, nothing added, nothing changed."""
    names = {entry["name"]: entry for entry in entries}
    hashes = {entry["sha256"]: entry["name"] for entry in entries}
    faults = [Fault(name, "missing", "it is listed and is not there") for name in names if name not in files]
    for name, content in files.items():
        if name in (MANIFEST, SIGNATURE):
            continue
        if name not in names:
            faults.append(Fault(name, "added", "the manifest does not list it"))
        elif sha256(content) != names[name]["sha256"]:
            other, fewer = hashes.get(sha256(content)), names[name]["bytes"] - len(content)
            words = "its content does not have its SHA-256"
            words += f": {fewer:,} bytes are missing" if fewer > 0 else ""
            kind = "truncated" if fewer > 0 else "changed"
            faults.append(Fault(name, "swapped" if other else kind, f"it holds {other}" if other else words))
    return faults


def check_chain(lines: list[Any], heads: list[Any], public: bytes) -> list[Fault]:
    """Check the segment of the audit log: each whole line's hash, each link, each signed head."""
    faults: list[Fault] = []
    before: Any = None
    hashes: dict[int, str] = {}
    for place, line in enumerate(lines, 1):
        if not isinstance(line, dict) or not isinstance(line.get("number"), int):
            return [*faults, Fault(CHAIN, "chain", f"line {place} of the file is no line of the log")]
        number, said = line["number"], {name: line[name] for name in line if name != "hash"}
        if "action" in line and sha256(canonical(said)) != line.get("hash"):
            faults.append(Fault(CHAIN, "chain", f"line {number} of the log was edited: not its hash"))
        if before is not None and number <= before["number"]:
            faults.append(Fault(CHAIN, "chain", f"line {number} stands behind {before['number']}: reordered"))
        known = hashes.get(number - 1, BEGINNING if number == 1 else None)
        if "action" in line and known is not None and line.get("previous_hash") != known:
            faults.append(Fault(CHAIN, "chain", f"line {number} does not follow line {number - 1}"))
        hashes[number], before = str(line.get("hash")), line
    for head in heads:
        said = {name: head[name] for name in head if name != "signature"} if isinstance(head, dict) else {}
        if not said or not is_signed(public, canonical(said), from_hex(head.get("signature"))):
            faults.append(
                Fault(HEADS, "chain", f"the signature of head {said.get('sequence')} is not its own")
            )
        elif hashes.get(head["number"], head["hash"]) != head["hash"]:
            words = f"line {head['number']} is not the one that head {head['sequence']} signed"
            faults.append(Fault(CHAIN, "chain", words))
    return faults


def check_custody(events: Any) -> list[Fault]:
    """Check the custody record: each entry's hash, and that each follows the one before."""
    if not isinstance(events, list) or not events:
        return [Fault(CUSTODY, "custody", "it holds no entry")]
    previous = BEGINNING
    for place, event in enumerate(events, 1):
        said = {name: event[name] for name in event if name != "hash"} if isinstance(event, dict) else {}
        if not said or sha256(canonical(said)) != event.get("hash"):
            return [Fault(CUSTODY, "custody", f"entry {place} was edited: it does not have its hash")]
        if event.get("sequence") != place or event.get("previous_hash") != previous:
            return [Fault(CUSTODY, "custody", f"entry {place} does not follow the one before it")]
        previous = event["hash"]
    return []


def from_hex(text: Any) -> bytes:
    """Return the bytes that a text of hexadecimal digits stands for; none where it is no such text."""
    try:
        return bytes.fromhex(text)
    except (TypeError, ValueError):
        return b""


def check_signed(files: dict[str, bytes], key: str | None) -> tuple[dict[str, Any], list[Fault]]:
    """Return the manifest, and what is wrong with it, with its signature or with who signed it."""
    said = _json(files.get(MANIFEST, b""))
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        return {}, [Fault(MANIFEST, "changed", f"it is missing or not the manifest of {FORMAT}")]
    public, text = from_hex(said.get("public_key")), files.get(SIGNATURE, b"").decode("latin-1")
    signature = from_hex(text)
    if text != signature.hex() + "\n" or not is_signed(public, files[MANIFEST], signature):
        return said, [Fault(MANIFEST, "signature", f"{SIGNATURE} is not its signature by the key it names")]
    if key and "".join(key.split()).lower() != fingerprint(public).replace(" ", ""):
        return said, [Fault(SIGNATURE, "key", f"it was signed with another key: {fingerprint(public)}")]
    return said, []


def check(files: dict[str, bytes], key: str | None = None) -> tuple[dict[str, Any], list[Fault]]:
    """Return the manifest of a pack, {} where there is none, and all that is wrong with its files."""
    manifest, faults = check_signed(files, key)
    if manifest:
        faults += check_files(files, entries_of(manifest))
        lines, heads = (
            [_json(line) for line in files.get(name, b"").splitlines()] for name in (CHAIN, HEADS)
        )
        faults += check_chain(lines, heads, from_hex(manifest.get("audit_key")))
        faults += check_custody(_json(files.get(CUSTODY, b"")))
    return manifest, faults


def check_zip(
    data: bytes, key: str | None = None, side: str | None = None
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the manifest of a pack as a zip and all that is wrong; `side` is the text of its side file."""
    faults: list[Fault] = []
    if side is not None and side.split()[:1] != [sha256(data)]:
        faults.append(Fault("the side file", "side file", "the zip does not have the SHA-256 in it"))
    manifest, more = check(unpacked(data, faults), key)
    faults += more
    if manifest and not {"missing", "added", "swapped"} & {fault.kind for fault in faults}:
        named = {fault.where for fault in faults}
        faults += [one for one in check_layout(data, entries_of(manifest)) if one.where not in named]
    return manifest, faults


def main(arguments: list[str] | None = None) -> int:
    """Check the pack that the command line names, say what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description="Check an evidence pack of Watchfloor.")
    parser.add_argument("pack", type=Path, help="the zip, or the folder that it was unpacked into")
    parser.add_argument("--sha256", type=Path, help="the side file that came with the zip")
    parser.add_argument("--key", help="the fingerprint that the sender gave you")
    said = parser.parse_args(arguments)
    try:
        if said.pack.is_dir():
            names = [path for path in sorted(said.pack.rglob("*")) if path.is_file()]
            files = {path.relative_to(said.pack).as_posix(): path.read_bytes() for path in names}
            manifest, faults = check(files, said.key)
        else:
            side = said.sha256.read_text() if said.sha256 else None
            manifest, faults = check_zip(said.pack.read_bytes(), said.key, side)
    except OSError as error:
        sys.stdout.write(f"It cannot be read: {error}\n")
        return 2
    sys.stdout.write(told(manifest, faults, is_compared=bool(said.key)))
    return 1 if faults else 0


def told(manifest: dict[str, Any], faults: list[Fault], *, is_compared: bool) -> str:
    """Return the result in words."""
    lines = [f"WRONG  {fault.where}: {fault.words} ({fault.kind})" for fault in faults]
    if not faults:
        lines = [f"WHOLE  {manifest['pack_id']}, {len(manifest['files'])} files, as they were signed."]
    if manifest:
        lines.append(f"Signed with the key {fingerprint(from_hex(manifest.get('public_key')))}.")
        lines += [] if is_compared else ["Compare it with the one that the sender gave you by another way."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
