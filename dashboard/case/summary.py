"""A case in plain words, built from its facts by rules: no model writes here.

    summary(view)
    # ["Account A1 (Kazakhstan, opened 3 days earlier) was stopped 4 times in 6 hours: 4 withdrawals of
    #   12,300 USDT together.", "The counterparty was first used that day.", "Its usual ..."]

Each rule adds one sentence or none. Times are UTC, money is in the store's unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal

from dashboard.case.view import CaseView, Customer
from dashboard.formats import counted, exact
from dashboard.questions.case import CaseEvent, Tie
from dashboard.questions.words import country as country_name
from dashboard.questions.words import kind as kind_name
from dashboard.questions.words import region as region_name
from dashboard.questions.words import score as score_words

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
TIMES = {1: "once", 2: "twice"}
SPANS = ((86400 * 365, "year"), (86400, "day"), (3600, "hour"), (60, "minute"))
# An amount that is this many times the usual one is worth a word.
NOTABLE = 2


def summary(view: CaseView) -> list[str]:
    """Return the case in a few sentences, what happened first."""
    rules: tuple[Callable[[CaseView], str], ...] = (
        _what,
        _with_whom,
        _usual,
        _shared,
        _listed,
        _in_ring,
        _checks,
        _money,
    )
    return [said for said in (rule(view) for rule in rules) if said]


def _what(view: CaseView) -> str:
    if view.state.subject_kind == "ring":
        return _ring_case(view)
    if view.customer is None:
        return f"Nothing is known of account {view.state.subject_id}."
    mine = _mine(view)
    stopped = [one for one in mine if one.is_stopped]
    told = stopped or mine
    if not told:
        return f"{_who(view, view.customer)} has no alert of its own in this case."
    did = _stopped(len(stopped)) if stopped else f"raised {counted(len(mine), 'alert')}"
    return f"{_who(view, view.customer)} {did}{_when(told)}{_of_what(told, view.unit)}."


def _ring_case(view: CaseView) -> str:
    accounts = counted(len(view.accounts), "account")
    regions = ", ".join(region_name(region) for region in view.state.regions) or "no known region"
    who = f"Ring {view.state.subject_id} of {accounts} ({regions})"
    if not view.events:
        likely = f", {score_words(view.ring.score)} likely a ring of crime" if view.ring else ""
        return f"{who}{likely}, was escalated by a person: no alert of a single event is in this case."
    told = view.events
    return f"{who} raised {counted(len(told), 'alert')}{_when(told)}{_of_what(told, view.unit)}."


def _who(view: CaseView, customer: Customer) -> str:
    owner = customer.owner
    if owner is None:
        return f"Account {customer.account_id}"
    parts = [country_name(owner.country) if owner.country else region_name(owner.region)]
    if owner.opened_at is not None:
        parts.append(f"opened {span_in_words(view.since - owner.opened_at)} earlier")
    return f"Account {customer.account_id} ({', '.join(parts)})"


def span_in_words(span: timedelta) -> str:
    """Say a span in its largest unit: `3 days`, `1 hour`, `5 minutes`."""
    seconds = max(0, int(span.total_seconds()))
    for size, name in SPANS:
        if seconds >= size:
            return counted(seconds // size, name)
    return counted(seconds, "second")


def _stopped(often: int) -> str:
    return f"was stopped {TIMES.get(often, f'{often:,} times')}"


def _when(told: Sequence[CaseEvent]) -> str:
    first, last = min(one.occurred_at for one in told), max(one.occurred_at for one in told)
    if last - first < timedelta(minutes=1):
        return f" on {first:%d %B %Y at %H:%M} UTC"
    return f" in {span_in_words(last - first)}, last on {last:%d %B %Y at %H:%M} UTC"


def _of_what(told: Sequence[CaseEvent], unit: str) -> str:
    kinds = Counter(one.kind for one in told if one.kind)
    if not kinds:
        return ""
    parts = [_of_kind([one for one in told if one.kind == kind], unit) for kind, _ in kinds.most_common()]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f": {listed}"


def _of_kind(some: Sequence[CaseEvent], unit: str) -> str:
    name = kind_name(some[0].kind).lower()
    one = f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    said = one if len(some) == 1 else f"{len(some):,} {name}s"
    amounts = [event.amount for event in some if event.amount is not None]
    if not amounts:
        return said
    return f"{said} of {_amount(sum(amounts, Decimal(0)))} {unit}{' together' if len(amounts) > 1 else ''}"


def _amount(value: Decimal) -> str:
    return exact(value.quantize(Decimal("0.01")))


def _with_whom(view: CaseView) -> str:
    paid = [one for one in _mine(view) if one.counterparty and one.party_first_seen]
    since = {one.counterparty: one.party_first_seen for one in paid if one.party_first_seen}
    if not since:
        return ""
    known = min(one.occurred_at for one in paid) - min(since.values())
    who = "The counterparty was" if len(since) == 1 else f"The {len(since):,} counterparties were"
    if known < timedelta(days=1):
        return f"{who} first used that day."
    earliest = "" if len(since) == 1 else ", the first of them"
    return f"{who} first used {span_in_words(known)} before{earliest}."


def _mine(view: CaseView) -> list[CaseEvent]:
    account = view.customer.account_id if view.customer else None
    return [one for one in view.events if one.account_id == account]


def _usual(view: CaseView) -> str:
    moved = [(one.kind, one.amount) for one in _mine(view) if one.amount is not None and one.kind]
    if not moved or view.customer is None:
        return ""
    kind = kind_name(Counter(kind for kind, _ in moved).most_common(1)[0][0]).lower()
    usual, events = view.customer.usual
    if not usual:
        return f"It had no {kind} before."
    largest = max(amount for _, amount in moved)
    times = (
        f"; the largest of these is {largest / usual:.0f} times that" if largest >= NOTABLE * usual else ""
    )
    return f"Its usual {kind} before was {_amount(usual)} {view.unit}, the median of {events:,}{times}."


def _ties(view: CaseView) -> list[Tie]:
    return [tie for tie in view.customer.ties if tie.is_in_case] if view.customer else []


def _shared(view: CaseView) -> str:
    found = [tie for tie in _ties(view) if tie.entity_kind == "device" and tie.other_accounts]
    if not found:
        return ""
    most = max(found, key=lambda tie: (tie.confirmed_accounts, tie.other_accounts))
    others, bad = most.other_accounts, most.confirmed_accounts
    said = "One other account uses" if others == 1 else f"{number_in_words(others)} other accounts use"
    if not bad:
        return f"{said} its device."
    known = "all" if bad == others else number_in_words(bad).lower()
    of_them = "a confirmed one" if others == 1 else f"{known} of them confirmed as crime"
    return f"{said} its device, {of_them}."


def number_in_words(count: int) -> str:
    """Write a small number as a word, a larger one in figures."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def _listed(view: CaseView) -> str:
    one = next((tie for tie in _ties(view) if tie.listed), None)
    if one is None:
        return ""
    category = (one.listed or "").replace("_", " ")
    return f"The {one.entity_kind} {one.entity} is listed as known bad ({category})."


def _in_ring(view: CaseView) -> str:
    if view.state.subject_kind == "ring":
        return ""
    rings = view.customer.rings if view.customer else ()
    inside = next((ring for ring in rings if ring.left_at is None), None)
    if inside is None:
        return ""
    size = f" of {counted(inside.accounts, 'account')}" if inside.accounts else ""
    likely = f", {score_words(inside.score)} likely a ring of crime" if inside.score is not None else ""
    return f"It is in ring {inside.ring_id}{size} since {inside.since:%d %B %Y}{likely}."


def _checks(view: CaseView) -> str:
    checks = view.customer.checks if view.customer else ()
    if not checks or view.state.kind != "identity":
        return ""
    refused = sum(check.decision != "allow" for check in checks)
    if len(checks) == 1:
        return "That was its only identity check so far."
    return f"It had {counted(len(checks), 'identity check')} so far, {refused:,} of them not allowed."


def _money(view: CaseView) -> str:
    if view.customer is None:
        return ""
    moved = view.customer.moved
    if moved.went_out:
        return f"{_amount(moved.went_out)} {view.unit} left the account since the first of these."
    return "Nothing left the account since the first of these." if moved.stopped else ""
