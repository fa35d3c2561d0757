"""How a command hands its work to the process that owns the store, and sees the progress of it.

The owner listens on a Unix socket in its home. Both sides prove that they can read `owner.key`, which
only the owning user can; what travels is JSON, so nothing received is ever executed.

    hand_over(home, "train", {}, draw)      # None when nobody owns the store: do it yourself
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import socket
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from dashboard.jobs import Arguments, Job, Phase, Progressed
from data.errors import WatchfloorError
from data.home import Home
from data.progress import Step

# A person sees a count move about this often; more would only cost the owner time.
REPORT_SECONDS = 0.2
# The kernel's limit for the path of a Unix socket is 108 bytes.
LONGEST_ADDRESS = 100
CLOSING_SECONDS = 2.0
LOG = logging.getLogger("watchfloor.handover")

Accept = Callable[[str, Arguments], Job]


class HandoverError(WatchfloorError):
    """The owner refused the work, failed at it, or went away."""


def address_of(home: Home) -> str:
    """Return the path of the home's socket, in the home where the kernel allows its length."""
    inside = str(home.path / "owner.sock")
    if len(inside.encode()) <= LONGEST_ADDRESS:
        return inside
    short = hashlib.sha256(inside.encode()).hexdigest()[:16]
    return str(Path(tempfile.gettempdir()) / f"watchfloor-{short}.sock")


def key_of(home: Home) -> bytes:
    """Return the secret of the home, made on first use and readable by its owner only."""
    path = home.path / "owner.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_bytes(32)
        file.write(key)
    return key


class Desk:
    """The owner's end: takes work from other commands until it is closed.

    `accept` turns a name and arguments into a queued job, or raises WatchfloorError. `url` is told to
    whoever asks where the pages are.
    """

    def __init__(self, home: Home, accept: Accept, url: str = "") -> None:
        self.url = url
        self._accept = accept
        self._address = address_of(home)
        # Whoever owns the store is alone; a socket that is still there was left by a process that died.
        Path(self._address).unlink(missing_ok=True)
        self._listener = Listener(self._address, family="AF_UNIX", authkey=key_of(home))
        Path(self._address).chmod(0o600)
        self._is_open = True
        self._thread = threading.Thread(target=self._take_calls, name="watchfloor-handover", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more work."""
        self._is_open = False
        # Closing a socket does not wake the thread that waits at it; a call does.
        with socket.socket(socket.AF_UNIX) as call, suppress(OSError):
            call.connect(self._address)
        self._thread.join(CLOSING_SECONDS)
        self._listener.close()
        Path(self._address).unlink(missing_ok=True)

    def _take_calls(self) -> None:
        while self._is_open:
            try:
                connection = self._listener.accept()
            except AuthenticationError:
                LOG.warning("a caller without the home's key was refused")
            except (OSError, EOFError):
                # The caller hung up before it was greeted.
                continue
            else:
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        with connection:
            try:
                asked = json.loads(connection.recv_bytes(1 << 20))
                if asked["job"] == "where":
                    _send(connection, {"end": "done", "message": self.url})
                    return
                job = self._accept(asked["job"], asked["arguments"])
                while not job.finished.wait(REPORT_SECONDS):
                    _send(connection, {"progress": asdict(job.snapshot())})
                _send(connection, {"progress": asdict(job.snapshot())})
                _send(connection, {"end": job.state, "message": job.message})
            except WatchfloorError as error:
                _send(connection, {"end": "failed", "message": str(error)})
            except (OSError, EOFError):
                # The caller has gone; the job goes on without them.
                return


def hand_over(
    home: Home, name: str, arguments: Arguments, watch: Callable[[Progressed], None] | None = None
) -> str | None:
    """Let the owner of `home` do the job and return its message; None when there is no owner.

    Raises HandoverError with the owner's words when the job failed.
    """
    connection = _call(home)
    if connection is None:
        return None
    with connection:
        _send(connection, {"job": name, "arguments": dict(arguments)})
        try:
            while True:
                said = json.loads(connection.recv_bytes())
                if "end" in said:
                    break
                if watch is not None:
                    watch(_progressed(said["progress"]))
        except (EOFError, ConnectionError) as error:
            raise HandoverError(
                "The process that owns the store went away before the work was done.",
                where=str(home.path),
                possible="what was committed before is safe; the step that ran left nothing half done",
                to_do="Run the same command again.",
            ) from error
    if said["end"] != "done":
        raise HandoverError(str(said["message"]))
    return str(said["message"])


def where(home: Home) -> str | None:
    """Return the address of the pages that the owner of `home` serves; None when there is no owner."""
    return hand_over(home, "where", {})


def _call(home: Home) -> Connection | None:
    address = address_of(home)
    if not Path(address).exists():
        return None
    try:
        return Client(address, family="AF_UNIX", authkey=key_of(home))
    except (ConnectionRefusedError, FileNotFoundError):
        return None
    except (AuthenticationError, PermissionError) as error:
        raise HandoverError(
            "The process that owns the store did not accept this command.",
            where=address,
            possible="commands of the user who started it",
            to_do="Run the command as that user.",
        ) from error


def _send(connection: Connection, message: Mapping[str, Any]) -> None:
    connection.send_bytes(json.dumps(message).encode())


def _progressed(said: dict[str, Any]) -> Progressed:
    phases = tuple(
        Phase(**{**phase, "counted": Step(**phase["counted"]) if phase["counted"] else None})
        for phase in said["phases"]
    )
    return Progressed(**{**said, "phases": phases})
