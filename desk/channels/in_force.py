"""The configuration that this process works by: the shipped one until a store's own is read.

    use_channels(home)         # read <home>/desk.toml; records that are opened do this
    channels_in_force()        # what clocks, rights of way and pages go by
    follow_file(home)          # again when the file has changed; a faulty one is told, the old stays

A process works on one home, so there is one configuration in force.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from data.home import Home
from desk.channels.model import Channels
from desk.channels.parts import ChannelsError
from desk.channels.reading import OWN_FILE, read_channels, standard


@dataclass(frozen=True, slots=True)
class _Read:
    channels: Channels
    path: Path | None
    stamp: tuple[int, int] | None
    fault: str = ""


_lock = threading.Lock()
_read: _Read | None = None


def channels_in_force() -> Channels:
    """Return the configuration that this process works by."""
    return standard() if _read is None else _read.channels


def fault() -> str:
    """Return why a changed file was not taken; empty when it was, or none changed."""
    return "" if _read is None else _read.fault


def use_channels(home: Home) -> Channels:
    """Read a home's configuration and work by it from here on. Raises ChannelsError."""
    global _read
    path = home.path / OWN_FILE
    with _lock:
        stamp = _stamp(path)
        if _read is None or (_read.path, _read.stamp) != (path, stamp) or _read.fault:
            _read = _Read(read_channels(path), path, stamp)
        return _read.channels


def put_in_force(channels: Channels) -> None:
    """Work by these channels from here on: for tests and benchmarks, which have no file."""
    global _read
    with _lock:
        _read = _Read(channels, None, None)


def follow_file(home: Home) -> bool:
    """Work by a home's configuration as its file says now; answer whether anything changed.

    A file that cannot be is told by `fault`, and what was in force stays so.
    """
    global _read
    path = home.path / OWN_FILE
    with _lock:
        before, stamp = _read, _stamp(path)
        if before is not None and (before.path, before.stamp) == (path, stamp):
            return False
        held = standard() if before is None else before.channels
        try:
            _read = _Read(read_channels(path), path, stamp)
        except ChannelsError as error:
            _read = _Read(held, path, stamp, str(error))
        return _read.channels.fingerprint != held.fingerprint


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return told.st_mtime_ns, told.st_size
