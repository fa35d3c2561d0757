"""The real command as its own process: started on a free port, watched for its address, always stopped."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.home import PROJECT_ROOT

# A busy machine takes this long to import Streamlit and open a store.
START_SECONDS = 60
STOP_SECONDS = 30


@contextmanager
def serving(root: Path, *command: str, port: int | None = None) -> Iterator[str]:
    """Run `watchfloor COMMAND` with the folder `root` as WATCHFLOOR_HOME; yield the address of its pages."""
    log = root.parent / f"{root.name}.log"
    root.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", *command, "--no-browser", "--port", str(port or free_port())],
            cwd=PROJECT_ROOT,
            env={**os.environ, "WATCHFLOOR_HOME": str(root)},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _address(process, log)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on; should another process take it first, the command takes the next."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        text = log.read_text(encoding="utf-8")
        found = re.search(r"http://127\.0\.0\.1:\d+", text)
        # The address is told a moment before somebody listens there.
        if found and _answers(found.group()):
            return found.group()
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"the command never said its address:\n{log.read_text(encoding='utf-8')}")


def _answers(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(url.rpartition(":")[2]))) == 0
