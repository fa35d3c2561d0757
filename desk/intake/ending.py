"""How cases of the past end: as an analyst of an earlier desk decided, or as somebody outside said.

What opens in an intake nobody could act on before it: it ends as work and labels say, and lapses where nobody
answered. Cases that were there before are people's: they are told what became known, and stay as they are.
That one event of a ring was nothing ends no ring's case.
"""

from __future__ import annotations

from dataclasses import replace

from desk.actors import SYSTEM, Actor
from desk.cases.endings import Dispose, Reopen, Review
from desk.cases.moves import Pause, Resume, Take
from desk.intake.lives import WORK, Floor, Life
from desk.intake.past import Answer, Work
from desk.intake.turns import ended_by, known_as, moved, noted


def begin(floor: Floor, work: Work) -> None:
    """Have an analyst take the case of an event, unless somebody is at it."""
    life = floor.holding(work.event_id)
    if life is None or not life.is_own or life.work is not None:
        return
    who = Actor(work.analyst, "analyst")
    if life.state.status == "lapsed":
        again = moved(life.state, Reopen(), floor.turn(who))
        floor.step(life, again, "reopened", who, "Looked at after it had lapsed")
    if not life.state.is_live:
        return
    floor.step(life, moved(life.state, Take(), floor.turn(who)), "taken", who, "")
    life.work = work
    if work.pause is not None:
        since, over = work.pause
        floor.plan(since, WORK, _pause, work)
        floor.plan(over, WORK, _resume, work)
    if work.ended_at is not None:
        floor.plan(work.ended_at, WORK, _end, work)


def tell(floor: Floor, answer: Answer) -> None:
    """Tell a case what one of its events was: it ends by it where nobody could have worked on it."""
    life = floor.holding(answer.event_id, answer.account_id)
    if life is None:
        return
    state = life.state
    is_enough = state.subject_kind != "ring" or answer.outcome == "confirmed"
    if state.is_live and life.is_own and is_enough:
        life.work = None
        after = ended_by(state, answer, floor.now)
    elif state.is_live:
        after = noted(state)
    elif life.is_own and state.status == "lapsed" and is_enough and state.outcome is None:
        after = known_as(state, answer)
    else:
        return
    floor.step(life, after, "told", SYSTEM, answer.words, told_details(answer))


def told_details(answer: Answer) -> dict[str, str]:
    """Return what is kept of a label with the step that tells of it."""
    return {"label_id": answer.label_id, "outcome": answer.outcome}


def _pause(floor: Floor, work: Work) -> None:
    """Have the case wait for the customer."""
    life = _worked(floor, work)
    if life is not None and life.state.status == "open":
        who, move = Actor(work.analyst, "analyst"), Pause()
        paused = moved(life.state, move, floor.turn(who))
        floor.step(life, paused, "paused", who, "Waiting for an answer of the customer", move.details)


def _resume(floor: Floor, work: Work) -> None:
    """Have the clock run on."""
    life = _worked(floor, work)
    if life is not None and life.state.status == "paused":
        who = Actor(work.analyst, "analyst")
        resumed = moved(life.state, Resume(), floor.turn(who))
        floor.step(life, resumed, "resumed", who, "The customer answered")


def _end(floor: Floor, work: Work) -> None:
    """End the case as its analyst decided."""
    life = _worked(floor, work)
    if life is None or work.outcome is None:
        return
    who, life.work = Actor(work.analyst, "analyst"), None
    words = work.note or _decided(work)
    if life.state.subject_kind == "ring" and work.outcome != "confirmed":
        floor.step(life, noted(life.state), "noted", who, f"Event {work.event_id}: {words}")
        return
    typology = work.typology if work.outcome == "confirmed" else None
    move = Dispose(work.outcome, typology, second_look=work.second_look)
    floor.step(life, moved(life.state, move, floor.turn(who)), "disposed", who, words, move.details)
    if work.second_look and work.reviewed_at is not None:
        floor.plan(work.reviewed_at, WORK, _review, work)


def _review(floor: Floor, work: Work) -> None:
    """Have another analyst look a second time at what is still closed as it was then."""
    life = floor.holding(work.event_id)
    if life is None or work.reviewed_by in (None, work.analyst) or work.reviewed_outcome is None:
        return
    state = life.state
    if state.status != "closed" or not state.second_look or state.closed_by != work.analyst:
        return
    who = Actor(str(work.reviewed_by), "analyst")
    agrees = work.reviewed_outcome == work.outcome
    move = Review(work.reviewed_outcome, state.typology if agrees else None, agrees)
    words = "I see it the same" if agrees else f"I take it for {work.reviewed_outcome.replace('_', ' ')}"
    # How the earlier desk settled what two saw differently is not told: the case stays as it was closed.
    seen = replace(state, version=state.version + 1, second_look=False)
    floor.step(life, seen, "reviewed", who, words, move.details)


def _worked(floor: Floor, work: Work) -> Life | None:
    """Return the case that this work is on, while it is."""
    life = floor.holding(work.event_id)
    return life if life is not None and life.work is work and life.state.is_live else None


def _decided(work: Work) -> str:
    kind = f", {work.typology.replace('_', ' ')}" if work.typology and work.outcome == "confirmed" else ""
    return f"Decided by the earlier desk: {(work.outcome or '').replace('_', ' ')}{kind}"
