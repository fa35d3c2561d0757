"""One request as its page reads it: its state, what was done, its checks, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.questions.words import country as country_name
from dashboard.requests import request_words
from desk.actors import Actor
from desk.approvals import Approval, approvals
from desk.requests.checks import Authenticity, Check
from desk.requests.reading import Told, history, request
from desk.requests.state import RequestState


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request at the data's now: its state, its steps in order, its checks, its approvals that are open."""

    state: RequestState
    steps: tuple[Told, ...]
    authenticity: Authenticity | None
    asked: tuple[Approval, ...]
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
        state = self.state
        return request_words.clock_of(state.answered_at, state.at_risk_at, state.due_at, self.now)

    @property
    def who(self) -> str:
        """Who asks, in words."""
        if self.state.asker == "user":
            return "a user"
        return self.state.agency or f"an authority of {country_name(self.state.country)}"


def read(request_id: str, scene: DeskScene) -> RequestView:
    """Return one request for whoever looks. Raises RightError, and RequestError where they know of none."""
    records = desk_records()
    state = request(records, request_id, scene.actor)
    steps = tuple(history(records, request_id, scene.actor))
    found = approvals(records, scene.now, None, request_id)
    asked = tuple(each for each in found if each.state in ("waiting", "approved"))
    return RequestView(state, steps, authenticity_of(steps), asked, scene)


def authenticity_of(steps: Sequence[Told]) -> Authenticity | None:
    """Return the checks as they were made last; None where no step holds any, as of what was imported."""
    for step in reversed(steps):
        if step.details.get("checks"):
            made = tuple(Check(**each) for each in step.details["checks"])
            return Authenticity(float(step.details["score"]), made)
    return None
