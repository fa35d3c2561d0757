"""Where packs are kept and by which key they are signed.

room = Keeping.of(home, os.environ)
room.key()                        # <home>/keys/evidence.key, which is not in the store
room.keep("evidence-ring-R-1-E-7b21.zip", data)    # with its hash in a side file
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from data.errors import WatchfloorError
from data.home import Home
from desk.evidence.verify_pack import fingerprint, sha256
from desk.signing_keys import signing_key

KEY_VARIABLE = "WATCHFLOOR_EVIDENCE_KEY"


class EvidenceError(WatchfloorError):
    """Evidence cannot be made or handed out: of no such thing, or its file is not as it was sealed."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The folder of the packs and the file of the key that signs them."""

    folder: Path
    key_path: Path

    @classmethod
    def of(cls, home: Home, environment: Mapping[str, str]) -> Keeping:
        """Return the keeping of a home."""
        named = environment.get(KEY_VARIABLE, "").strip()
        key = Path(named).expanduser() if named else home.path / "keys" / "evidence.key"
        return cls(home.path / "evidence", key)

    def key(self) -> Ed25519PrivateKey:
        """Return the key, made on first use. Raises SigningKeyError."""
        return signing_key(self.key_path, KEY_VARIABLE, is_made=True)

    def fingerprint(self) -> str:
        """Return what two people compare of the key. Raises SigningKeyError."""
        return fingerprint(self.key().public_key().public_bytes_raw())

    def keep(self, name: str, data: bytes) -> Path:
        """Write a pack with its side file, each whole or not at all. Raises EvidenceError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(self.folder / name, data)
            _write(self.folder / f"{name}.sha256", f"{sha256(data)}  {name}\n".encode())
        except OSError as error:
            self.drop(name)
            raise EvidenceError(
                "The pack cannot be kept.",
                where=str(self.folder),
                possible="a folder with room, which this user may write to",
                to_do=f"Nothing was handed out. The system says: {error.strerror}",
            ) from error
        return self.folder / name

    def drop(self, name: str) -> None:
        """Take away what was kept for an export that did not come to be."""
        for path in (self.folder / name, self.folder / f"{name}.sha256"):
            path.unlink(missing_ok=True)

    def read(self, name: str, wanted: str) -> bytes:
        """Return a kept pack. Raises EvidenceError where it is gone or its SHA-256 is not `wanted`."""
        path = self.folder / name
        data = path.read_bytes() if path.is_file() else b""
        if sha256(data) != wanted:
            raise EvidenceError(
                f"The pack {name} is {'not as it was sealed' if data else 'not there'}.",
                where=str(path),
                possible=f"a file with the SHA-256 {wanted}",
                to_do="Do not hand it out. Bring the file back, or make the pack anew.",
            )
        return data


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(f".{path.name}.unfinished")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
