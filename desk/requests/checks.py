"""Is a request genuine? Checks that each weigh something, a score from 0 to 1, and what must be passed first.

    told = weigh(state, book, seen)
    told.score, told.missing, [check.words for check in told.checks]

1. Each check says in words what it found, and adds its weight to the log-odds; what was not tried adds none.
2. The score is the logistic function of the sum: 0.5 where nothing speaks either way.
3. Apart from the score, some checks are required; what of them is not passed is `missing`, and while anything
   is, nothing is answered (desk/requests/acting.py).

The weights are set by hand, not learnt: a desk sees few forged requests, and who forges reads what is learnt.
How well they tell is measured in benchmarks/authenticity.py and written in docs/requests.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from desk.requests.book import IN_THE_ACCOUNT, Authority, Book
from desk.requests.lookalikes import domain_of, is_within, resembled
from desk.requests.state import DATA_KINDS, RequestState

# Most genuine requests ask for up to two years; a much longer one is narrowed or asked about.
LONGEST = timedelta(days=3 * 366)
MOST_ACCOUNTS = 25
# Where anybody gets an address: no authority writes from there.
FREE_MAIL = frozenset(
    {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "proton.me", "protonmail.com", "mail.ru"}
)
# Words that push past the checks; a real emergency says what the danger is.
_PUSHING = (
    "do not call",
    "no time to verify",
    "without delay or you",
    "personally liable",
    "number below",
    "reply only to this",
    "within 15 minutes",
    "skip",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it found. `is_passed` is None where it was not or cannot be tried."""

    name: str
    is_passed: bool | None
    weight: float
    words: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Authenticity:
    """How genuine a request looks: the score from 0 to 1, and the checks, each with what it adds."""

    score: float
    checks: tuple[Check, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The required checks that are not passed."""
        return tuple(check.name for check in self.checks if check.is_required and not check.is_passed)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a sender before: requests from one contact, and how many a call back confirmed."""

    requests: int = 0
    confirmed: int = 0


def weigh(state: RequestState, book: Book, seen: Seen) -> Authenticity:
    """Return how genuine a request looks by the book and by what was seen of its sender."""
    asked = _Asked(state, book, book.find(state.agency, state.country), seen)
    checks = tuple(check(asked) for check in (_OF_USERS if state.asker == "user" else _OF_AUTHORITIES))
    score = 1 / (1 + math.exp(-sum(check.weight for check in checks)))
    return Authenticity(round(score, 4), checks)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request with what the book and the past know of it."""

    state: RequestState
    book: Book
    authority: Authority | None
    seen: Seen

    @property
    def is_confirmed(self) -> bool:
        return self.state.call_confirmed is True

    @property
    def domain(self) -> str | None:
        return domain_of(self.state.contact)


def _agency(asked: _Asked) -> Check:
    name, country = asked.state.agency, asked.state.country
    if asked.authority:
        return Check("agency", True, 0.5, f"{name} is in the book of authorities.", True)
    return Check(
        "agency", False, -1.5, f"{name or 'Nobody'} of {country or 'nowhere'} is not in the book.", True
    )


def _domain(asked: _Asked) -> Check:
    """Whether it came from where the authority writes from; a call back heals an unknown one only."""
    domain = asked.domain
    if domain is None:
        words = "It brings no mail address."
        return Check("domain", asked.is_confirmed or None, 0.0, words, True)
    if like := resembled(domain, asked.book.domains):
        return Check("domain", False, -4.0, f"{domain} is made to look like {like}.", True)
    if asked.authority and any(is_within(domain, known) for known in asked.authority.domains):
        return Check("domain", True, 1.5, f"{domain} is a domain of {asked.authority.name}.", True)
    if domain in FREE_MAIL:
        return Check("domain", False, -3.0, f"{domain} gives an address to anybody.", True)
    if any(is_within(domain, known) for known in asked.book.domains):
        words = f"{domain} belongs to another authority than it names."
        return Check("domain", False, -2.5, words, True)
    words = f"{domain} is not a domain that the book knows."
    return Check("domain", asked.is_confirmed, -1.5, words, True)


def _contact(asked: _Asked) -> Check:
    contact = (asked.state.contact or "").lower()
    if asked.authority and contact in asked.authority.contacts:
        return Check("contact", True, 1.0, f"{contact} is a contact of the book.")
    if asked.seen.confirmed:
        return Check("contact", True, 1.0, f"{asked.seen.confirmed} earlier requests of it were confirmed.")
    if asked.seen.requests:
        return Check("contact", None, 0.0, f"{asked.seen.requests} earlier requests came from it.")
    return Check("contact", False, -0.5, "It is the first request from this contact.")


def _call_back(asked: _Asked) -> Check:
    """Whether the authority itself, called under the book's number, said that the request is theirs."""
    state = asked.state
    known = bool(_contact(asked).is_passed)
    is_required = state.request_class in ("emergency", "freeze") or not known
    if state.called_at is None:
        return Check("call_back", None, 0.0, "Nobody has called back yet.", is_required)
    words = f"{state.called_by} called {state.called_number}"
    if asked.is_confirmed:
        return Check("call_back", True, 3.0, f"{words}: it is theirs.", is_required)
    return Check("call_back", False, -6.0, f"{words}: it is not theirs.", True)


def _officer(asked: _Asked) -> Check:
    if asked.state.officer and asked.state.officer.strip():
        return Check("officer", True, 0.3, f"{asked.state.officer} signs it.", True)
    return Check("officer", False, -1.0, "No officer is named.", True)


def _legal_basis(asked: _Asked) -> Check:
    state = asked.state
    given = " ".join((state.legal_basis or "").casefold().split())
    if not given:
        return Check("legal_basis", False, -1.0, "It rests on no law or order.", True)
    bases = asked.book.bases(state.request_class, state.country)
    if any(basis in given for basis in bases):
        return Check("legal_basis", True, 0.7, f"It rests on {state.legal_basis}.", True)
    words = f"{state.legal_basis} is no basis for {state.request_class} in {state.country or 'that country'}."
    return Check("legal_basis", False, -1.0, words, True)


def _reference(asked: _Asked) -> Check:
    if asked.state.reference:
        return Check("reference", True, 0.2, f"Their number of it is {asked.state.reference}.")
    return Check("reference", False, -0.4, "It has no number of theirs.")


def _scope(asked: _Asked) -> Check:
    """Whether it asks for what its class needs: who forges an emergency asks for everything at once."""
    state = asked.state
    if state.accounts > MOST_ACCOUNTS:
        return Check("scope", False, -0.5, f"It asks about {state.accounts} accounts at once.")
    if state.since and state.until and state.until - state.since > LONGEST:
        return Check("scope", False, -0.5, f"It asks for {(state.until - state.since).days} days.")
    if state.request_class in ("emergency", "information") and set(state.scope_asked) == set(DATA_KINDS):
        weight = -0.8 if state.request_class == "emergency" else -0.3
        return Check("scope", False, weight, "It asks for every kind of data.")
    return Check("scope", True, 0.2, "What it asks for fits its class.")


def _urgency(asked: _Asked) -> Check:
    said = asked.state.words.casefold()
    pushing = [phrase for phrase in _PUSHING if phrase in said]
    if pushing:
        words = f"It pushes: {', '.join(pushing)}."
        return Check("urgency", False, max(-1.2 * len(pushing), -2.4), words)
    return Check("urgency", True, 0.1, "Its words do not push past the checks.")


def _owner(asked: _Asked) -> Check:
    """Whether the customer said from within their own account that the request is theirs."""
    if asked.is_confirmed and asked.state.called_number == IN_THE_ACCOUNT:
        return Check("owner", True, 3.0, "It was confirmed from within the account.", True)
    if asked.state.call_confirmed is False:
        return Check("owner", False, -6.0, "The customer says it is not theirs.", True)
    return Check("owner", None, 0.0, "Nobody has asked from within the account yet.", True)


def _account(asked: _Asked) -> Check:
    if len(asked.state.account_ids) == 1:
        return Check("account", True, 0.3, f"It is about {asked.state.account_ids[0]} alone.", True)
    return Check("account", False, -1.5, "It is not about one account of the customer's own.", True)


_OF_AUTHORITIES: tuple[Callable[[_Asked], Check], ...] = (
    _agency,
    _domain,
    _contact,
    _call_back,
    _officer,
    _legal_basis,
    _reference,
    _scope,
    _urgency,
)
_OF_USERS: tuple[Callable[[_Asked], Check], ...] = (_account, _owner, _urgency)
