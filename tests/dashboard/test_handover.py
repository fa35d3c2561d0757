"""Two real processes: one owns the store, the other hands it work over the socket of the home."""

from __future__ import annotations

import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from dashboard import handover, owner, work
from dashboard.handover import Desk, HandoverError
from dashboard.jobs import Progressed
from dashboard.owner import Owner
from data.errors import StoreError
from data.home import Home
from data.store import open_store

OWNING_PROCESS = """
import sys, time
from pathlib import Path
from dashboard import handover, owner, work
from dashboard.jobs import Job
from data.home import Home

mine = owner.become(Home(Path(sys.argv[1])))

def accept(name, given):
    if name == "wait":
        return mine.submit(Job("wait", "Wait", (), lambda job: time.sleep(60)))
    return mine.submit(work.make(name, mine, given))

desk = handover.Desk(mine.home, accept, "http://127.0.0.1:1")
print("ready", flush=True)
sys.stdin.read()
desk.close()
owner.resign()
"""


@pytest.fixture
def elsewhere(home: Home) -> Iterator[subprocess.Popen[str]]:
    """Another process that owns the store of `home`."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNING_PROCESS, str(home.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.terminate()


@pytest.mark.usefixtures("elsewhere")
def test_the_owner_does_the_work_of_another_process_and_reports_its_phases(
    home: Home, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="Another process has the store open"):
        open_store(home.store_path)
    seen: list[Progressed] = []
    target = tmp_path / "accounts.csv"
    told = handover.hand_over(home, "export", {"what": "accounts", "to": str(target)}, seen.append)
    assert told == f"0 rows are in {target}"
    assert target.read_text().startswith("account_id,opened_at")
    assert (seen[-1].state, seen[-1].phases[0].title) == ("done", "Write the file")


@pytest.mark.usefixtures("elsewhere")
def test_a_job_that_fails_at_the_owner_fails_here_in_the_same_words(home: Home, tmp_path: Path) -> None:
    with pytest.raises(HandoverError, match="There is no table or question called 'acounts'"):
        handover.hand_over(home, "export", {"what": "acounts", "to": str(tmp_path / "x.csv")})
    with pytest.raises(HandoverError, match="There is no job called 'dance'"):
        handover.hand_over(home, "dance", {})


@pytest.mark.usefixtures("elsewhere")
def test_the_owner_says_where_its_pages_are(home: Home) -> None:
    assert handover.where(home) == "http://127.0.0.1:1"


@pytest.mark.usefixtures("elsewhere")
def test_a_caller_that_hangs_up_at_once_does_not_stop_the_owner(home: Home) -> None:
    with socket.socket(socket.AF_UNIX) as call:
        call.connect(handover.address_of(home))
    assert handover.where(home) == "http://127.0.0.1:1"


@pytest.mark.usefixtures("elsewhere")
def test_a_caller_with_another_key_is_refused_and_the_owner_goes_on(home: Home) -> None:
    with pytest.raises(AuthenticationError):
        Client(handover.address_of(home), family="AF_UNIX", authkey=b"guessed")
    assert handover.where(home) == "http://127.0.0.1:1"


def test_an_owner_that_was_killed_is_no_owner(home: Home, elsewhere: subprocess.Popen[str]) -> None:
    elsewhere.kill()
    elsewhere.wait()
    assert Path(handover.address_of(home)).exists()
    assert handover.hand_over(home, "train", {}) is None
    mine = owner.become(home)
    desk = Desk(home, lambda name, given: mine.submit(work.make(name, mine, given)), "http://127.0.0.1:2")
    assert handover.where(home) == "http://127.0.0.1:2"
    desk.close()
    owner.resign()


def test_an_owner_that_dies_at_work_is_reported_with_what_is_safe(
    home: Home, elsewhere: subprocess.Popen[str]
) -> None:
    with pytest.raises(HandoverError, match="went away before the work was done") as raised:
        handover.hand_over(home, "wait", {}, lambda _: elsewhere.kill())
    assert "what was committed before is safe" in str(raised.value)
    assert "What to do: Run the same command again." in str(raised.value)


def test_only_the_user_can_read_the_key_and_call(owning: Owner) -> None:
    desk = Desk(owning.home, lambda name, given: work.make(name, owning, given))
    key = owning.home.path / "owner.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(handover.address_of(owning.home)).stat().st_mode) == 0o600
    assert handover.key_of(owning.home) == key.read_bytes()
    desk.close()
    assert not Path(handover.address_of(owning.home)).exists()


def test_without_an_owner_there_is_nobody_to_hand_over_to(home: Home) -> None:
    assert handover.hand_over(home, "train", {}) is None


def test_a_home_with_a_long_path_has_its_socket_elsewhere(tmp_path: Path) -> None:
    deep = Home(tmp_path / ("a" * 60) / ("b" * 60))
    assert len(handover.address_of(deep)) <= handover.LONGEST_ADDRESS
    assert handover.address_of(deep) != handover.address_of(Home(tmp_path / ("a" * 60) / ("c" * 60)))
