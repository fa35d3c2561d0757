from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from desk_configured import OPENED, case, configured

from data.home import PROJECT_ROOT, Home
from desk.actors import SYSTEM, Actor, RightError
from desk.cases.state import CaseError
from desk.cases.steps import Step, append_steps
from desk.channels.in_force import put_in_force
from desk.channels.notices import dead_letters, notices, send_again
from desk.channels.posting import signature
from desk.channels.sending import MOST_TRIES, send_due, wait_after
from desk.records import Records, open_records
from desk.transactional import take_turn

KEY = {"HOOK_KEY": "known to both"}
LEAD = Actor("Lena Leaddemo", "desk_lead")


@dataclass
class Receiver:
    """A real HTTP server: gives `answers` in turn, the last for ever, and keeps what it got."""

    answers: list[int] = field(default_factory=lambda: [200])
    rests: float = 0.0
    got: list[tuple[dict[str, str], str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            kept.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            kept.paths.append(self.path)
            time.sleep(kept.rests)
            self.send_response(kept.answer())
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002
            del format

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/told?desk=1"
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


class Wall:
    """A wall clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def desk(tmp_path: Path, wall: Wall) -> Iterator[Records]:
    opened = open_records(Home(tmp_path), {}, wall)
    yield opened
    opened.close()


def told_to(url: str, tmp_path: Path, *, local: bool = True) -> None:
    own = (
        f'[[webhooks]]\nname = "chat"\nurl = "{url}"\nkey_variable = "HOOK_KEY"\nlocal = {str(local).lower()}'
    )
    put_in_force(configured(tmp_path, own))


def open_case(records: Records, case_id: str = "C-1") -> None:
    with records.writing() as connection:
        take_turn(connection)
        state = case(case_id, severity="critical")
        append_steps(connection, [Step(state, "opened", SYSTEM, "Alert", OPENED)])


def test_a_critical_case_is_told_once_with_its_ids_and_a_signature(
    desk: Records, receiver: Receiver, tmp_path: Path
) -> None:
    told_to(receiver.url, tmp_path)
    open_case(desk)

    assert (send_due(desk, KEY), send_due(desk, KEY)) == (1, 0)

    (headers, body), path = receiver.got[0], receiver.paths[0]
    assert json.loads(body) == {
        "id": "critical:C-1:chat",
        "what": "critical",
        "case": "C-1",
        "channel": "europe",
        "severity": "critical",
        "level": 0,
        "due": "2025-10-31T16:00:00Z",
        "rule": None,
        "at": "2025-10-31T12:00:00Z",
    }
    assert (len(receiver.got), path, headers["idempotency-key"]) == (1, "/told?desk=1", "critical:C-1:chat")
    stamp = headers["x-watchfloor-timestamp"]
    assert stamp == "1767225600"
    assert headers["x-watchfloor-signature"] == signature("known to both", stamp, body)
    assert headers["x-watchfloor-signature"] != signature("another key", stamp, body)


def test_without_a_webhook_nothing_is_written(desk: Records) -> None:
    open_case(desk)

    assert (notices(desk), send_due(desk, KEY)) == ([], 0)


def test_a_server_in_trouble_is_asked_again_after_a_while(
    desk: Records, receiver: Receiver, tmp_path: Path, wall: Wall
) -> None:
    told_to(receiver.url, tmp_path)
    receiver.answers = [500, 200]
    open_case(desk)

    assert send_due(desk, KEY) == 0
    assert (notices(desk)[0].standing, notices(desk)[0].told) == ("failed", "500 Internal Server Error")
    assert send_due(desk, KEY) == 0
    wall.now += timedelta(seconds=5)
    assert send_due(desk, KEY) == 1

    assert [headers["idempotency-key"] for headers, _ in receiver.got] == ["critical:C-1:chat"] * 2
    assert (notices(desk)[0].standing, notices(desk)[0].tries) == ("sent", 2)


def test_waits_grow_fourfold() -> None:
    assert [wait_after(tries).total_seconds() for tries in (1, 2, 3, 4, 5)] == [5, 20, 80, 320, 1280]


def test_who_never_answers_leaves_a_dead_letter_that_a_lead_sends_again(
    desk: Records, receiver: Receiver, tmp_path: Path, wall: Wall
) -> None:
    told_to(receiver.url, tmp_path)
    receiver.answers = [503]
    open_case(desk)
    for _ in range(MOST_TRIES):
        send_due(desk, KEY)
        wall.now += timedelta(hours=1)

    (dead,) = dead_letters(desk)
    assert (dead.case_id, dead.tries, len(receiver.got)) == ("C-1", 6, 6)
    assert send_due(desk, KEY) == 0
    with pytest.raises(RightError):
        send_again(desk, dead.notice_id, Actor("Aude Auditordemo", "auditor"), OPENED)

    receiver.answers = [200]
    send_again(desk, dead.notice_id, LEAD, OPENED)

    assert (send_due(desk, KEY), dead_letters(desk)) == (1, [])
    with pytest.raises(CaseError, match="no dead letter"):
        send_again(desk, dead.notice_id, LEAD, OPENED)


def test_a_slow_server_is_given_up_in_time(desk: Records, receiver: Receiver, tmp_path: Path) -> None:
    told_to(receiver.url, tmp_path)
    receiver.rests = 0.6
    open_case(desk)
    began = time.monotonic()

    assert send_due(desk, KEY, seconds=0.15) == 0
    assert time.monotonic() - began < 0.5
    assert notices(desk)[0].standing == "failed"


def test_one_who_does_not_answer_is_asked_once_a_round(
    desk: Records, receiver: Receiver, tmp_path: Path
) -> None:
    told_to(receiver.url, tmp_path)
    receiver.answers = [500]
    for number in range(3):
        open_case(desk, f"C-{number}")

    send_due(desk, KEY)

    assert len(receiver.got) == 1


def test_redirects_are_not_followed(desk: Records, receiver: Receiver, tmp_path: Path) -> None:
    told_to(receiver.url, tmp_path)
    receiver.answers = [302]
    open_case(desk)

    send_due(desk, KEY)

    assert notices(desk)[0].told == "302 Found: redirects are not followed"
    assert receiver.paths == ["/told?desk=1"]


def test_this_machine_is_told_only_where_the_configuration_says_so(
    desk: Records, receiver: Receiver, tmp_path: Path
) -> None:
    told_to(receiver.url, tmp_path, local=False)
    open_case(desk)

    send_due(desk, KEY)

    assert "leads to 127.0.0.1" in notices(desk)[0].told
    assert receiver.got == []


def test_nothing_leaves_unsigned(desk: Records, receiver: Receiver, tmp_path: Path) -> None:
    told_to(receiver.url, tmp_path)
    open_case(desk)

    send_due(desk, {})

    assert notices(desk)[0].told == "The variable HOOK_KEY, which holds the key that signs, is not set."
    assert receiver.got == []


# What a process does that is killed after the other side got the notice and before that was written.
KILLED = """
import os, sys
from pathlib import Path
from data.home import Home
from desk.channels.posting import post
from desk.channels.sending import send_due
from desk.records import open_records

def post_and_die(*told):
    post(*told)
    os.kill(os.getpid(), 9)

send_due(open_records(Home(Path(sys.argv[1])), {}), {"HOOK_KEY": "known to both"}, 5.0, post_and_die)
"""


def test_who_is_killed_between_sending_and_writing_sends_again_under_the_same_id(
    desk: Records, receiver: Receiver, tmp_path: Path
) -> None:
    told_to(receiver.url, tmp_path)
    open_case(desk)

    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=PROJECT_ROOT, timeout=60)
    assert (killed.returncode, len(receiver.got), notices(desk)[0].standing) == (-9, 1, "waiting")
    assert send_due(desk, KEY) == 1

    first, second = receiver.got
    assert first[0]["idempotency-key"] == second[0]["idempotency-key"]
    assert first[1] == second[1]
