"""Taking a pack to a file: downloaded with its custody, written with its side file, checked as it lies there.

words = take_to(Path("evidence.zip"), records, keeping, pack, actor)
"""

from __future__ import annotations

from pathlib import Path

from desk.actors import Actor
from desk.evidence.custody import Sealed, download
from desk.evidence.keeping import EvidenceError, Keeping
from desk.evidence.verify_pack import check_zip, fingerprint, from_hex, sha256
from desk.records import Records


def take_to(path: Path, records: Records, keeping: Keeping, pack: Sealed, actor: Actor) -> str:
    """Write a kept pack to `path`, and return what was found when it was read again.

    Raises EvidenceError where it cannot be written or is not whole, RightError as `download` does.
    """
    data = download(records, keeping, pack.pack_id, actor, pack.at)
    side = path.with_name(f"{path.name}.sha256")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        side.write_text(f"{sha256(data)}  {path.name}\n", encoding="utf-8")
        written, hashed = path.read_bytes(), side.read_text(encoding="utf-8")
        manifest, faults = check_zip(written, keeping.fingerprint(), hashed)
    except OSError as error:
        raise EvidenceError(
            "The pack cannot be written there.",
            where=str(path),
            possible="a file in a folder with room, which this user may write to",
            to_do=f"It is kept as {pack.name}. The system says: {error.strerror}",
        ) from error
    if faults:
        raise EvidenceError(
            f"What lies there is not whole: {faults[0].where}: {faults[0].words}.",
            where=str(path),
            to_do=f"Do not use it. It is kept as {pack.name}.",
        )
    again = manifest["replay"]
    return "\n".join(
        [
            f"{pack.pack_id}, {len(manifest['files'])} files, {len(data):,} bytes, checked: {path}",
            f"SHA-256 {pack.sha256}, also in {side.name}",
            f"Signed with the key {fingerprint(from_hex(manifest['public_key']))}",
            f"{again['events']:,} events were scored again, {again['bit_equal']:,} equal to the last bit",
        ]
    )
