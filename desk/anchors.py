"""Signed heads of the audit log, kept outside the store: what finds a log that was cut off or written anew.

    anchors = Anchors.of(home, os.environ)
    anchors.sign_if_due(connection)      # after each transaction; writes <home>/anchors/head-000001.json
    anchors.sign(connection)             # on demand
    anchors.heads()                      # read back, each signature checked

A head says: line `number` had this hash when the wall clock showed `signed_at`. It is signed with Ed25519 by
a key that is not in the store: `<home>/keys/anchor.key`, for its owner only, or the file that
WATCHFLOOR_ANCHOR_KEY names. Each head holds the hash of the one before, so that none can be taken out of the
middle. Copy the folder to a place of your own: what lies there cannot be changed here.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, select

from data.errors import WatchfloorError
from data.home import Home
from desk.audit_lines import AUDIT_LINES, head
from desk.canonical import canonical, digest
from desk.signing_keys import make_key
from desk.transactional import Clock, wall_clock

KEY_VARIABLE = "WATCHFLOOR_ANCHOR_KEY"
FORMAT = "watchfloor-audit-head/1"
# What could be cut off unseen: at most so many lines, and nothing that was there when a day passed.
EVERY_LINES = 25
EVERY = timedelta(days=1)
# For so long may lines stand without a head while nobody acts: the desk's clock signs them then.
QUIET = timedelta(minutes=15)
# What the program says of sending heads: lines of it alone call for no new head, or there were no end.
SENT_ACTION = "sent_heads"
LOG = logging.getLogger("watchfloor.anchors")


class AnchorError(WatchfloorError):
    """The key of the signed heads cannot be read or made."""


@dataclass(frozen=True, slots=True)
class Head:
    """One signed head: line `number` had `hash`. Times are naive UTC of the wall clock.

    `fault` says what is wrong with the file or its signature; empty where nothing is.
    """

    sequence: int
    number: int
    hash: str
    recorded_at: datetime
    signed_at: datetime
    previous: str
    signature: str = ""
    fault: str = ""

    @property
    def signed_text(self) -> str:
        """What the signature is over: everything else, as canonical JSON."""
        said = {name: value for name, value in asdict(self).items() if name not in ("signature", "fault")}
        return canonical({"format": FORMAT, **said})


@dataclass(frozen=True, slots=True)
class Anchors:
    """The folder of the heads, the file of the key, and the wall clock."""

    folder: Path
    key_path: Path
    clock: Clock = wall_clock

    @classmethod
    def of(cls, home: Home, environment: Mapping[str, str], clock: Clock = wall_clock) -> Anchors:
        """Return the anchors of a home."""
        named = environment.get(KEY_VARIABLE, "").strip()
        key = Path(named).expanduser() if named else home.path / "keys" / "anchor.key"
        return cls(home.path / "anchors", key, clock)

    def sign_if_due(self, connection: Connection) -> None:
        """Sign the head of the log when there is none yet, or enough lines or time have passed since.

        The action that came before is kept already: where no head can be written, that is logged, not raised.
        """
        last = head(connection)
        if last is None:
            return
        try:
            newest = self._newest()
            is_due = (
                newest is None
                or last.number - newest.number >= EVERY_LINES
                or (last.number > newest.number and self.clock() - newest.signed_at >= EVERY)
            )
            if is_due:
                self._write(newest, last.number, last.hash, last.recorded_at)
        except (OSError, WatchfloorError) as error:
            LOG.warning("no head of the audit log could be signed: %s", error)

    def sign_if_quiet(self, connection: Connection) -> Head | None:
        """Sign the head where lines stand without one since QUIET, or none was signed for a day.

        Returns the head that was signed, None where none was due. Raises AnchorError or OSError.
        """
        last, newest = head(connection), self._newest()
        if last is None:
            return None
        wall = self.clock()
        covered = 0 if newest is None else newest.number
        is_due = newest is None or wall - newest.signed_at >= EVERY
        if not is_due and last.number > covered and wall - last.recorded_at >= QUIET:
            lines = AUDIT_LINES.c
            acted = select(lines.number).where(lines.number > covered, lines.action != SENT_ACTION).limit(1)
            is_due = connection.execute(acted).first() is not None
        return self._write(newest, last.number, last.hash, last.recorded_at) if is_due else None

    def public_key(self) -> str:
        """Return the public key in hexadecimal. Raises AnchorError where there is no key."""
        return self._key(is_made=False).public_key().public_bytes_raw().hex()

    def sign(self, connection: Connection) -> Head | None:
        """Sign the head of the log as it stands; None where it is empty. Raises AnchorError or OSError."""
        last, newest = head(connection), self._newest()
        if last is None or (newest is not None and newest.number == last.number):
            return newest
        return self._write(newest, last.number, last.hash, last.recorded_at)

    def heads(self) -> list[Head]:
        """Return all heads in order, each with what is wrong with it. Raises AnchorError without a key."""
        paths = self.paths()
        if not paths:
            return []
        public = self._key(is_made=False).public_key()
        found: list[Head] = []
        for place, path in enumerate(paths, 1):
            found.append(_checked(path, place, found[-1] if found else None, public))
        return found

    def paths(self) -> list[Path]:
        """Return the files of the heads in their order."""
        return sorted(self.folder.glob("head-*.json"))

    def _newest(self) -> Head | None:
        paths = self.paths()
        return read_head(paths[-1]) if paths else None

    def _write(self, newest: Head | None, number: int, hashed: str, recorded_at: datetime) -> Head:
        sequence = 1 if newest is None else newest.sequence + 1
        previous = "" if newest is None else digest(newest.signed_text)
        made = Head(sequence, number, hashed, recorded_at, self.clock(), previous)
        signature = self._key(is_made=True).sign(made.signed_text.encode()).hex()
        text = json.dumps({**json.loads(made.signed_text), "signature": signature}, indent=2) + "\n"
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"head-{sequence:06}.json"
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(text, encoding="utf-8")
        try:
            # Whole or not at all, and never over a head that another process wrote at this moment.
            os.link(draft, path)
        except FileExistsError:
            return read_head(path)
        finally:
            draft.unlink()
        return read_head(path)

    def _key(self, *, is_made: bool) -> Ed25519PrivateKey:
        """Return the key; where there is none, make it, or raise AnchorError."""
        try:
            if is_made and not self.key_path.exists():
                self.key_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                make_key(self.key_path)
            return Ed25519PrivateKey.from_private_bytes(self.key_path.read_bytes())
        except (OSError, ValueError) as error:
            raise AnchorError(
                "The key of the signed heads of the audit log cannot be read.",
                where=str(self.key_path),
                possible="a file of 32 bytes that only its owner can read",
                to_do=f"Bring the file back, or name it in {KEY_VARIABLE}. The system says: {error}",
            ) from error


def read_head(path: Path) -> Head:
    """Read a head as it is written, right or wrong; what is no head at all is one with that fault."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Head(
            int(said["sequence"]),
            int(said["number"]),
            str(said["hash"]),
            datetime.fromisoformat(said["recorded_at"]),
            datetime.fromisoformat(said["signed_at"]),
            str(said["previous"]),
            str(said["signature"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        never = datetime(1970, 1, 1)
        return Head(0, 0, "", never, never, "", fault=f"{path.name} is no signed head: {error!r}")


def _checked(path: Path, place: int, before: Head | None, public: Ed25519PublicKey) -> Head:
    """Return the head in `path` with its fault, where it must be the one at `place` after `before`."""
    read = read_head(path)
    fault = read.fault or _fault(read, path.name, place, before, public)
    return Head(**{**asdict(read), "fault": fault})


def _fault(read: Head, name: str, place: int, before: Head | None, public: Ed25519PublicKey) -> str:
    try:
        public.verify(bytes.fromhex(read.signature), read.signed_text.encode())
    except (InvalidSignature, ValueError):
        return f"{name} was changed or signed with another key: its signature does not hold"
    if name != f"head-{read.sequence:06}.json" or read.sequence != place:
        return f"{name} is not the head that must stand here: head {place} is missing"
    if read.previous != ("" if before is None else digest(before.signed_text)):
        return f"{name} does not follow the head before it"
    if before is not None and read.signed_at < before.signed_at:
        return f"{name} was signed before the head before it: the clock was set back"
    return ""
