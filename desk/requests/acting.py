"""What is done with requests before they are answered: taken in, checked, called back, verified or doubted.

    state = receive(records, Incoming("authority", "information", ...), book, actor, now)
    state = call_back(records, state.request_id, number, book, actor, "Called", now, is_theirs=True)
    state = verify(records, state.request_id, book, actor, "Checked", now)

Checks are made when a request comes in and again at each step here. `verify` refuses while a required check
is missing, and everything that answers (desk/requests/answering.py, orders.py) refuses what is not verified:
that is the rule, and it lies below the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from data.geography import countries
from desk.actors import SEE_REQUESTS, WORK_REQUESTS, Actor, require
from desk.canonical import digest
from desk.channels.routing import channel_of
from desk.people import require_here
from desk.records import Records
from desk.requests.book import IN_THE_ACCOUNT, Book
from desk.requests.checks import Authenticity, Seen, weigh
from desk.requests.clocks import deadlines
from desk.requests.reading import found
from desk.requests.state import ASKERS, CHANNELS, CLASSES, DATA_KINDS, LIVE, RequestError, RequestState
from desk.requests.steps import Step, append_steps
from desk.requests.steps_table import REQUEST_STEPS
from desk.transactional import take_turn

# Before it is answered it can be checked again, doubted after all, or taken back.
BEFORE_ANSWER = ("received", "checking", "doubtful")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as it comes in, before anybody looked at it; `received_at` None: at the data's now."""

    asker: str
    request_class: str
    words: str = ""
    channel: str = "mail"
    agency: str | None = None
    agency_kind: str | None = None
    country: str | None = None
    officer: str | None = None
    contact: str | None = None
    reference: str | None = None
    legal_basis: str | None = None
    account_ids: tuple[str, ...] = ()
    scope_asked: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    amount_micro: int | None = None
    asset: str | None = None
    is_secret: bool = False
    secret_until: datetime | None = None
    case_id: str | None = None
    received_at: datetime | None = None


def receive(
    records: Records, incoming: Incoming, book: Book, actor: Actor, now: datetime, reason: str = ""
) -> RequestState:
    """Take a request in and check it as far as that goes by itself.

    Raises RequestError for what cannot be asked, RightError, ActorError.
    """
    require(actor, WORK_REQUESTS)
    _refuse_impossible(incoming, now)
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        state = begun(incoming, _next_id(connection, incoming), now)
        told = weighed(connection, state, book)
        state = replace(state, authenticity=told.score, missing=told.missing)
        step = Step(None, state, "received", actor, reason, now, details_of(told))
        append_steps(connection, [step])
    return state


def begun(incoming: Incoming, request_id: str, now: datetime) -> RequestState:
    """Return the first state of a request that came in."""
    received = incoming.received_at or now
    place = place_of(incoming.country)
    at_risk_at, due_at = deadlines(incoming.request_class, incoming.asker, place, received)
    told = {name: value for name, value in _as_given(incoming).items() if name != "received_at"}
    return RequestState(
        request_id,
        1,
        status="received",
        received_at=received,
        at_risk_at=at_risk_at,
        due_at=due_at,
        place=place,
        accounts=len(incoming.account_ids),
        **told,
    )


def check(
    records: Records, request_id: str, book: Book, actor: Actor, now: datetime, reason: str = ""
) -> RequestState:
    """Check a request anew, for after the book changed or somebody looked. Raises as `receive` does."""
    return _on(records, request_id, book, _Done("checked", actor, reason, now))


def call_back(
    records: Records,
    request_id: str,
    number: str,
    book: Book,
    actor: Actor,
    reason: str,
    now: datetime,
    *,
    is_theirs: bool,
) -> RequestState:
    """Write down that the asker was called under the book's number, and whether the request is theirs.

    Raises RequestError for any other number: whoever forges a request names their own. A user is asked
    within the account.
    """
    words(reason)
    changed = {
        "called_by": actor.name,
        "called_at": now,
        "called_number": number.strip(),
        "call_confirmed": is_theirs,
    }
    return _on(records, request_id, book, _Done("called_back", actor, reason, now, changed))


def number_to_call(state: RequestState, book: Book) -> str | None:
    """Return the number under which the asker is called back: the book's; None where it knows none."""
    if state.asker == "user":
        return IN_THE_ACCOUNT
    authority = book.find(state.agency, state.country)
    return authority.number if authority else None


def verify(
    records: Records, request_id: str, book: Book, actor: Actor, reason: str, now: datetime
) -> RequestState:
    """Say that a request is genuine; only then it may be answered.

    Raises RequestError while a required check is missing, with which ones.
    """
    words(reason)
    return _on(records, request_id, book, _Done("verified", actor, reason, now))


def doubt(
    records: Records, request_id: str, book: Book, actor: Actor, reason: str, now: datetime
) -> RequestState:
    """Say that a request may be forged: it waits until it is verified or refused. Raises as `verify` does."""
    words(reason)
    return _on(records, request_id, book, _Done("doubted", actor, reason, now))


def authenticity(records: Records, request_id: str, book: Book, actor: Actor) -> Authenticity:
    """Return how genuine a request looks now, with every check in words, and write nothing.

    Raises RightError, and RequestError where there is none that the actor may know of.
    """
    require(actor, SEE_REQUESTS)
    with records.reading() as connection:
        return weighed(connection, found(connection, request_id, actor), book)


@dataclass(frozen=True, slots=True)
class _Done:
    """What is done while a request is checked, by whom, why, when, and what of the state it changes."""

    action: str
    actor: Actor
    reason: str
    at: datetime
    changed: Mapping[str, Any] = field(default_factory=dict)


# What each of them makes of a request that was not verified yet.
_STATUS = {"checked": "checking", "called_back": "checking", "verified": "verified", "doubted": "doubtful"}


def _on(records: Records, request_id: str, book: Book, done: _Done) -> RequestState:
    """Do one thing while a request is checked, with all checks made anew."""
    with records.writing() as connection:
        before = to_act_on(connection, request_id, done.actor, _possible(done.action))
        if done.action == "called_back":
            _refuse_other_number(before, book, str(done.changed["called_number"]))
        after = replace(before, version=before.version + 1, **done.changed)
        told = weighed(connection, after, book)
        if done.action == "verified":
            _refuse_unchecked(after, told)
        # A request that was verified stays so, unless what is seen now speaks against it.
        is_kept = before.is_checked and not told.missing and done.action in ("checked", "called_back")
        status = before.status if is_kept else _STATUS[done.action]
        after = replace(after, status=status, authenticity=told.score, missing=told.missing)
        step = Step(before, after, done.action, done.actor, done.reason, done.at, details_of(told))
        append_steps(connection, [step])
    return after


def _possible(action: str) -> tuple[str, ...]:
    return BEFORE_ANSWER if action == "verified" else LIVE


def to_act_on(
    connection: Connection, request_id: str, actor: Actor, statuses: tuple[str, ...]
) -> RequestState:
    """Return a request that the actor may act on now. Raises RightError, ActorError and RequestError."""
    require(actor, WORK_REQUESTS)
    take_turn(connection)
    require_here(connection, actor)
    state = found(connection, request_id, actor)
    refuse_unless(state, statuses)
    return state


def refuse_unless(state: RequestState, statuses: tuple[str, ...]) -> None:
    """Refuse to act on a request in another status. Raises RequestError."""
    if state.status not in statuses:
        raise RequestError(
            f"{state.request_id} is {state.status.replace('_', ' ')}.",
            possible=f"of a request that is {' or '.join(statuses).replace('_', ' ')}",
            to_do="Look at what was done with it. Nothing was done.",
        )


def weighed(connection: Connection, state: RequestState, book: Book) -> Authenticity:
    """Return how genuine a request looks, by the book and what was seen of its sender before."""
    return weigh(state, book, seen_of(connection, state))


def seen_of(connection: Connection, state: RequestState) -> Seen:
    """Return how many other requests came from the same contact, and how many of them were confirmed."""
    if not state.contact:
        return Seen()
    steps = REQUEST_STEPS.c
    asked = select(
        func.count(steps.request_id.distinct()),
        func.count(steps.request_id.distinct()).filter(steps.call_confirmed.is_(True)),
    ).where(steps.contact == state.contact, steps.request_id != state.request_id)
    requests, confirmed = connection.execute(asked).one()
    return Seen(int(requests), int(confirmed))


def details_of(told: Authenticity) -> dict[str, Any]:
    """Return checks as the details of a step hold them."""
    return {"score": told.score, "checks": [asdict(check) for check in told.checks]}


def place_of(country: str | None) -> str:
    """Return the regional channel by whose hours the requests of a country's authorities run."""
    regions = {each.alpha2: each.region for each in countries()}
    return channel_of(regions.get(country or ""))


def words(given: str) -> None:
    """Refuse an action without words. Raises RequestError."""
    if not given.strip():
        raise RequestError("This needs words.", to_do="Say in a sentence why.")


def _as_given(incoming: Incoming) -> dict[str, Any]:
    return {name: getattr(incoming, name) for name in incoming.__slots__}


def _next_id(connection: Connection, incoming: Incoming) -> str:
    count = int(connection.execute(select(func.count()).where(REQUEST_STEPS.c.version == 1)).scalar_one())
    return f"Q-{digest(f'{incoming.contact} {incoming.reference} {count + 1}')[:12]}"


def _refuse_impossible(incoming: Incoming, now: datetime) -> None:
    for name, given, possible in (
        ("asker", incoming.asker, ASKERS),
        ("class", incoming.request_class, CLASSES),
        ("channel", incoming.channel, CHANNELS),
    ):
        if given not in possible:
            raise RequestError(f"There is no {name} {given!r}.", possible=", ".join(possible))
    if unknown := [kind for kind in incoming.scope_asked if kind not in DATA_KINDS]:
        raise RequestError(f"{unknown[0]!r} is no kind of data.", possible=", ".join(DATA_KINDS))
    if incoming.asker == "user" and incoming.request_class not in ("information", "assistance"):
        raise RequestError("A user asks for information or assistance.", to_do="Choose one of these.")
    if incoming.since and incoming.until and incoming.since > incoming.until:
        raise RequestError("The period ends before it begins.", to_do="Swap the two.")
    if (incoming.received_at or now) > now + timedelta(minutes=1):
        raise RequestError("It cannot have come in later than now.", to_do="Correct the time.")


def _refuse_other_number(state: RequestState, book: Book, number: str) -> None:
    known = number_to_call(state, book)
    if known is None:
        raise RequestError(
            f"The book of authorities knows no number of {state.agency or 'nobody'}.",
            to_do="Find out by another way than the request itself, and put it in authorities.toml.",
        )
    if number != known:
        raise RequestError(
            f"{number} is not the number of the book.",
            possible=known,
            to_do="Call that number: whoever forges a request names a number of their own.",
        )


def _refuse_unchecked(state: RequestState, told: Authenticity) -> None:
    if told.missing:
        said = {check.name: check.words for check in told.checks}
        raise RequestError(
            f"{state.request_id} is not checked: {', '.join(told.missing).replace('_', ' ')}.",
            where=" ".join(said[name] for name in told.missing),
            possible="verified once every required check is passed",
            to_do="Call back under the book's number, ask for what is missing, or refuse it.",
        )
