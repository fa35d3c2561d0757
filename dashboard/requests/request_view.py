"""One request as its page reads it: its state, what was done, its checks, what waits for another person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records, follow
from dashboard.questions.words import country as country_name
from dashboard.requests import request_words
from desk.actors import Actor
from desk.approvals import Approval, approvals
from desk.freezes.acting import drop_undone as drop_freezes
from desk.freezes.state import FreezeState
from desk.records import Records
from desk.requests.answering import drop_undone
from desk.requests.checks import Authenticity, Check
from desk.requests.orders import follow_freezes, frozen_for
from desk.requests.reading import Told, history, request
from desk.requests.state import RequestState


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request at the data's now: its state, its steps in order, its checks, open approvals, freezes."""

    state: RequestState
    steps: tuple[Told, ...]
    authenticity: Authenticity | None
    asked: tuple[Approval, ...]
    freezes: tuple[FreezeState, ...]
    scene: DeskScene

    @property
    def request_id(self) -> str:
        """The id of the request."""
        return self.state.request_id

    @property
    def now(self) -> datetime:
        """The data's now, naive UTC."""
        return self.scene.now

    @property
    def actor(self) -> Actor:
        """Who looks at it."""
        return self.scene.actor

    @property
    def clock(self) -> str:
        """How its clock stands, by the names of the queue."""
        return request_words.clock_of(self.state, self.now)

    @property
    def received(self) -> RequestState:
        """The request as it came in: what was asked before anything was narrowed."""
        return self.steps[0].state

    @property
    def who(self) -> str:
        """Who asks, in words."""
        if self.state.asker == "user":
            return "a user"
        return self.state.agency or f"an authority of {country_name(self.state.country)}"


def read(request_id: str, scene: DeskScene) -> RequestView:
    """Return one request for whoever looks. Raises RightError, and RequestError where they know of none."""
    records = desk_records()
    view = _read(records, request_id, scene)
    if view.state.status == "waiting_approval" and not view.asked:
        # What was asked of a second person was rejected, withdrawn or ran out: the request goes on.
        drop_undone(records, scene.now)
        drop_freezes(records, scene.now)
        follow_freezes(records, scene.now, request_id)
        follow()
        view = _read(records, request_id, scene)
    return view


def _read(records: Records, request_id: str, scene: DeskScene) -> RequestView:
    state = request(records, request_id, scene.actor)
    steps = tuple(history(records, request_id, scene.actor))
    with records.reading() as connection:
        freezes = tuple(frozen_for(connection, request_id))
    found = [
        each
        for name in (request_id, *(freeze.freeze_id for freeze in freezes))
        for each in approvals(records, scene.now, None, name)
    ]
    asked = tuple(each for each in found if each.state in ("waiting", "approved"))
    return RequestView(state, steps, authenticity_of(steps), asked, freezes, scene)


def authenticity_of(steps: Sequence[Told]) -> Authenticity | None:
    """Return the checks as they were made last; None where no step holds any, as of what was imported."""
    for step in reversed(steps):
        if step.details.get("checks"):
            made = tuple(Check(**each) for each in step.details["checks"])
            return Authenticity(float(step.details["score"]), made)
    return None
