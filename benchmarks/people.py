"""People at the screen, without a browser: each is one websocket that asks for pages as a browser does.

The time of an interaction is the server's: from the request to the message that the script has finished,
with every element received.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# A message of a whole page is larger than the library's default of 1 MiB.
LARGEST_MESSAGE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Visit:
    """One thing a person asks for: a page with its URL's parameters."""

    page: str
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """The parameters as the URL has them."""
        return urlencode(self.parameters)


@dataclass(frozen=True, slots=True)
class Timed:
    """A visit and how long the server took for it, seconds."""

    visit: Visit
    seconds: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How a person clicks: what may be asked for, how often, and how long they think in between."""

    visits: Sequence[Visit]
    clicks: int
    thinking_seconds: float


async def crowd(url: str, people: int, habits: Habits, seed: int) -> list[Timed]:
    """Let `people` click at once at the server at `url` (ws://...); answer every timed visit.

    Raises RuntimeError when a page ends in an exception: an error is quick, and is no answer.
    """
    sessions = [_person(url, habits, random.Random(seed + n)) for n in range(people)]
    return [timed for session in await asyncio.gather(*sessions) for timed in session]


async def _person(url: str, habits: Habits, chance: random.Random) -> list[Timed]:
    timed = []
    async with websockets.connect(
        f"{url}/_stcore/stream", subprotocols=[websockets.Subprotocol("streamlit")], max_size=LARGEST_MESSAGE
    ) as socket:
        await _ask(socket, Visit("overview"))
        for _ in range(habits.clicks):
            await asyncio.sleep(chance.uniform(0.5, 1.5) * habits.thinking_seconds)
            visit = chance.choice(habits.visits)
            began = time.perf_counter()
            await _ask(socket, visit)
            timed.append(Timed(visit, time.perf_counter() - began))
    return timed


async def _ask(socket: websockets.ClientConnection, visit: Visit) -> None:
    request = BackMsg()
    request.rerun_script.page_name = visit.page
    request.rerun_script.query_string = visit.query
    await socket.send(request.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(bytes(await socket.recv(decode=False)))
        if message.delta.new_element.HasField("exception"):
            raise RuntimeError(f"{visit.page}?{visit.query}: {message.delta.new_element.exception.message}")
        # A page that sends its visitor on is over when the script that follows it is.
        if (
            message.HasField("script_finished")
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        ):
            return
