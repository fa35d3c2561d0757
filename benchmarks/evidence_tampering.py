"""Tamperings of an evidence pack, each with what a verifier must name: for tests and for `evidence.py`.

for what, data, named in tamperings(pack, random.Random(1), 100): ...
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk.canonical import canonical
from desk.evidence.packing import packed, sealed
from desk.evidence.verify_pack import (
    CHAIN,
    CUSTODY,
    MANIFEST,
    SIGNATURE,
    described,
    entries_of,
    layout,
    sha256,
)

Files = dict[str, bytes]
Tampered = tuple[bytes, str]


def tamperings(pack: bytes, chance: random.Random, number: int) -> Iterator[tuple[str, bytes, str]]:
    """Yield (what was done, the pack afterwards, what must be named), every kind in turn."""
    kinds: list[Callable[[bytes, random.Random], Tampered]] = [
        flipped,
        flipped,
        flipped,
        removed,
        added,
        exchanged,
        cut_off,
        shortened,
        rewritten,
        signed_by_another,
        line_edited,
        lines_reordered,
        line_removed,
        custody_edited,
        custody_removed,
        appended,
        commented,
        packed_again,
        doubled,
        prefixed,
    ]
    for place in range(number):
        kind = kinds[place % len(kinds)]
        yield (kind.__name__, *kind(pack, chance))


def files_of(pack: bytes) -> Files:
    """Return the files of a pack in their order."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def flipped(pack: bytes, chance: random.Random) -> Tampered:
    """Flip one bit anywhere."""
    place = chance.randrange(len(pack))
    changed = bytearray(pack)
    changed[place] ^= 1 << chance.randrange(8)
    files = files_of(pack)
    at = 0
    for what, wanted in layout(files[MANIFEST], files[SIGNATURE], entries_of(json.loads(files[MANIFEST]))):
        at += wanted["packed_bytes"] if isinstance(wanted, dict) else len(wanted)
        if place < at:
            # A header that is no longer one makes its file unreadable, which is named as well.
            return bytes(changed), what.split("the header of ")[-1].split(" in the zip's")[0].split(" of ")[
                -1
            ]
    raise AssertionError("a byte of the pack lies in none of its parts")


def removed(pack: bytes, chance: random.Random) -> Tampered:
    """Take one file out, with everything else as it was."""
    files = files_of(pack)
    name = _one(files, chance)
    del files[name]
    return _laid_out(files), name


def added(pack: bytes, _chance: random.Random) -> Tampered:
    """Put one file in that the manifest does not list."""
    return _laid_out({**files_of(pack), "more.txt": b"Trust me"}), "more.txt"


def exchanged(pack: bytes, chance: random.Random) -> Tampered:
    """Exchange the contents of two files."""
    files = files_of(pack)
    one, other = _one(files, chance), _one(files, chance)
    while files[one] == files[other]:
        one, other = _one(files, chance), _one(files, chance)
    files[one], files[other] = files[other], files[one]
    return _laid_out(files), one


def cut_off(pack: bytes, chance: random.Random) -> Tampered:
    """Cut the end of the zip off."""
    return pack[: chance.randrange(1, len(pack))], ""


def shortened(pack: bytes, chance: random.Random) -> Tampered:
    """Cut the end of one file off."""
    files = files_of(pack)
    name = _one(files, chance)
    while not files[name]:
        name = _one(files, chance)
    files[name] = files[name][: chance.randrange(len(files[name]))]
    return _laid_out(files), name


def rewritten(pack: bytes, chance: random.Random) -> Tampered:
    """Change one file and its line of the manifest, without the key."""
    files = files_of(pack)
    name = _one(files, chance)
    return _without_key(files, name, files[name] + b" "), MANIFEST


def signed_by_another(pack: bytes, chance: random.Random) -> Tampered:
    """Change one file and sign everything with a key of one's own, which the manifest then names."""
    files = files_of(pack)
    name = _one(files, chance)
    files[name] += b" "
    key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
    said: dict[str, Any] = json.loads(files[MANIFEST])
    said["public_key"] = key.public_key().public_bytes_raw().hex()
    del said["files"], said["format"]
    held = [packed(one, data) for one, data in files.items() if one not in (MANIFEST, SIGNATURE)]
    return sealed(held, said, key), "another key"


def line_edited(pack: bytes, chance: random.Random) -> Tampered:
    """Change the words of one line of the audit segment, and the manifest with it, without the key."""
    files, lines = _chain(pack)
    place = chance.choice([place for place, line in enumerate(lines) if "action" in line])
    lines[place]["reason"] += "!"
    return _without_key(files, CHAIN, _as_lines(lines)), f"line {lines[place]['number']} "


def lines_reordered(pack: bytes, chance: random.Random) -> Tampered:
    """Exchange two lines of the audit segment."""
    files, lines = _chain(pack)
    place = chance.randrange(len(lines) - 1)
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    return _without_key(files, CHAIN, _as_lines(lines)), f"line {lines[place + 1]['number']} "


def line_removed(pack: bytes, chance: random.Random) -> Tampered:
    """Take a line out of the audit segment."""
    files, lines = _chain(pack)
    del lines[chance.randrange(len(lines))]
    return _laid_out({**files, CHAIN: _as_lines(lines)}), CHAIN


def custody_edited(pack: bytes, chance: random.Random) -> Tampered:
    """Say that another person took the evidence, and change the manifest with it, without the key."""
    files = files_of(pack)
    entries = json.loads(files[CUSTODY])
    place = chance.randrange(len(entries))
    entries[place]["actor"] = "Nobody"
    return _without_key(files, CUSTODY, json.dumps(entries).encode()), f"entry {place + 1} "


def custody_removed(pack: bytes, _chance: random.Random) -> Tampered:
    """Take the first entry of custody out, and change the manifest with it, without the key."""
    files = files_of(pack)
    return _without_key(files, CUSTODY, json.dumps(json.loads(files[CUSTODY])[1:]).encode()), CUSTODY


def appended(pack: bytes, chance: random.Random) -> Tampered:
    """Write bytes behind the end of the zip."""
    return pack + chance.randbytes(chance.randrange(1, 50)), "zip"


def commented(pack: bytes, _chance: random.Random) -> Tampered:
    """Give the zip a comment, as a program that packs would."""
    written = io.BytesIO(pack)
    with zipfile.ZipFile(written, "a") as archive:
        archive.comment = b"Seen"
    return written.getvalue(), "the zip"


def packed_again(pack: bytes, chance: random.Random) -> Tampered:
    """Pack the same files again with another date and other permissions."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files_of(pack).items():
            entry = zipfile.ZipInfo(name, (2020, 1, chance.randrange(1, 29), 0, 0, 0))
            entry.external_attr = 0o100777 << 16
            archive.writestr(entry, data)
    return written.getvalue(), f"the header of {MANIFEST}"


def doubled(pack: bytes, chance: random.Random) -> Tampered:
    """Put a second file of a name in, which some programs show in the place of the first."""
    name = _one(files_of(pack), chance)
    written = io.BytesIO(pack)
    with zipfile.ZipFile(written, "a") as archive:
        archive.filelist[0].filename, kept = "-", archive.filelist[0].filename
        archive.NameToInfo.pop(name)
        archive.writestr(zipfile.ZipInfo(name), b"Trust me")
        archive.filelist[0].filename = kept
    return written.getvalue(), name


def prefixed(pack: bytes, chance: random.Random) -> Tampered:
    """Write bytes before the zip, as a program that unpacks itself has."""
    return chance.randbytes(chance.randrange(1, 50)) + pack, ""


def _one(files: Files, chance: random.Random) -> str:
    return chance.choice([name for name in files if name not in (MANIFEST, SIGNATURE)])


def _chain(pack: bytes) -> tuple[Files, list[dict[str, Any]]]:
    files = files_of(pack)
    return files, [json.loads(line) for line in files[CHAIN].splitlines()]


def _as_lines(lines: list[dict[str, Any]]) -> bytes:
    return "".join(f"{canonical(line)}\n" for line in lines).encode()


def _laid_out(files: Files) -> bytes:
    """Return files as a zip laid out as a pack's, with manifest and signature as they are."""
    held = [packed(name, data) for name, data in files.items() if name not in (MANIFEST, SIGNATURE)]
    data = {
        MANIFEST: files[MANIFEST],
        SIGNATURE: files[SIGNATURE],
        **{str(one.entry["name"]): one.data for one in held},
    }
    parts = layout(files[MANIFEST], files[SIGNATURE], [dict(one.entry) for one in held])
    return b"".join(data[what] if isinstance(wanted, dict) else wanted for what, wanted in parts)


def _without_key(files: Files, name: str, content: bytes) -> bytes:
    """Return a pack with one file other and the manifest as that needs, under its old signature."""
    said = json.loads(files[MANIFEST])
    packed_now = packed(name, content)
    said["files"] = [
        described(name, content, packed_now.data) if one["name"] == name else one for one in said["files"]
    ]
    manifest = (json.dumps(said, indent=1) + "\n").encode()
    assert sha256(manifest) != sha256(files[MANIFEST])
    return _laid_out({**files, name: content, MANIFEST: manifest})
