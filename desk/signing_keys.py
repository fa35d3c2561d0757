"""Keys that sign what the store holds and are not in it: a file of 32 bytes for its owner only.

key = signing_key(home.path / "keys" / "evidence.key", "WATCHFLOOR_EVIDENCE_KEY", is_made=True)
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from data.errors import WatchfloorError


class SigningKeyError(WatchfloorError):
    """A key that signs cannot be read or made."""


def signing_key(path: Path, variable: str, *, is_made: bool) -> Ed25519PrivateKey:
    """Return the key in `path`; where there is none, make it (`is_made`), or raise SigningKeyError."""
    try:
        if is_made and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_key(path)
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SigningKeyError(
            f"The key {path.name} cannot be read.",
            where=str(path),
            possible="a file of 32 bytes that only its owner can read",
            to_do=f"Bring the file back, or name it in {variable}. The system says: {error}",
        ) from error


def make_key(path: Path) -> None:
    """Write a new key to `path`, for its owner only; a key that is there already stays."""
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw())
    try:
        os.link(draft, path)
    except FileExistsError:
        # Another process made it at this moment; that one holds.
        return
    finally:
        draft.unlink()
