"""Debian's PostgreSQL for a test: a cluster of its own in a folder, reached over a socket in it, no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# PostgreSQL refuses to run as root; this user is everywhere and owns nothing.
UNPRIVILEGED = "nobody"


# Debian keeps the programs out of the search path, a folder a version.
DEBIAN = Path("/usr/lib/postgresql")


def is_there() -> bool:
    """Answer whether the machine has the programs."""
    return all(program(name) for name in ("initdb", "pg_ctl"))


def program(name: str) -> str | None:
    """Answer where a program of PostgreSQL lies, of the newest version; None: the machine has none."""
    versions = sorted(DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    found = (shutil.which(name, path=str(folder)) for folder in versions)
    return next((path for path in found if path), None) or shutil.which(name)


@contextmanager
def running(settings: str = "-c fsync=off") -> Iterator[str]:
    """Yield the URL of an empty database; the cluster is stopped and removed afterwards."""
    # Below /tmp, because the path of a socket may be 107 bytes long, and the other user must reach it.
    folder = Path(tempfile.mkdtemp(prefix="wf-pg-", dir="/tmp"))
    user = UNPRIVILEGED if os.getuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} {settings}"
    try:
        _run(user, "initdb", "--no-sync", "-D", str(data), "-U", "watchfloor", "--auth=trust", "-E", "UTF8")
        _run(user, "pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql+psycopg://watchfloor@/postgres?host={folder}"
        finally:
            _run(user, "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(user: str | None, name: str, *options: str) -> None:
    command = [program(name) or name, *options]
    # pg_ctl's child would keep a pipe open for ever.
    quiet = subprocess.DEVNULL
    subprocess.run(command, user=user, check=True, cwd="/", stdout=quiet, stderr=quiet, timeout=60)
