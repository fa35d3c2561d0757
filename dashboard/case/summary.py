"""A case in plain words, built from its facts by rules: no model writes here.

    summary(view)
    # ["Account A1 (Kazakhstan, opened 3 days earlier) was stopped 4 times in 6 hours: withdrawals of 12,300
    #   USDT to one address first used that day.", "Its usual withdrawal before was 140 USDT, of 23.", ...]

Each rule adds one sentence or none; times are UTC, money is in the store's unit.
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
# An event that is this many times the usual is worth a word.
NOTABLE = Decimal(2)


def summary(view: CaseView) -> list[str]:
    """Return the case in a few sentences, what happened first."""
    rules: tuple[Callable[[CaseView], str], ...] = (
        _what,
        _usual,
        _shared,
        _listed,
        _in_ring,
        _checks,
        _money,
    )
    return [said for said in (rule(view) for rule in rules) if said]


def _what(view: CaseView) -> str:
    mine = _mine(view)
    if view.state.subject_kind == "ring":
        return _ring_case(view)
    if view.customer is None:
        return f"Nothing is known of account {view.state.subject_id}."
    stopped = [one for one in mine if one.is_stopped]
    told = stopped or list(mine)
    done = _times(stopped, mine)
    return f"{_who(view.customer, view)} {done}{_of_what(told, view.unit)}."


def _ring_case(view: CaseView) -> str:
    accounts = counted(len(view.accounts), "account")
    regions = ", ".join(region_name(region) for region in view.state.regions) or "no known region"
    alerts = counted(len(view.events), "alert")
    return f"Ring {view.state.subject_id} of {accounts} ({regions}) raised {alerts}{_of_what(view.events, view.unit)}."


def _who(customer: Customer, view: CaseView) -> str:
    owner = customer.owner
    if owner is None:
        return f"Account {customer.account_id}"
    parts = [country_name(owner.country) if owner.country else region_name(owner.region)]
    if owner.opened_at is not None:
        parts.append(f"opened {ago(view.since - owner.opened_at)} earlier")
    return f"Account {customer.account_id} ({', '.join(parts)})"


def ago(span: timedelta) -> str:
    """Say a span in its largest unit: `3 days`, `1 hour`, `5 minutes`."""
    seconds = max(0, int(span.total_seconds()))
    for size, name in ((86400 * 365, "year"), (86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return counted(seconds // size, name)
    return counted(seconds, "second")


def _times(stopped: Sequence[CaseEvent], mine: Sequence[CaseEvent]) -> str:
    if not mine:
        return "has no alert of its own in this case"
    told = stopped or mine
    often = len(told)
    if not stopped:
        return f"raised {counted(often, 'alert')}{_within(told)}"
    return f"was stopped {TIMES.get(often, f'{often} times')}{_within(told)}"


def _within(told: Sequence[CaseEvent]) -> str:
    first, last = min(one.occurred_at for one in told), max(one.occurred_at for one in told)
    if len(told) == 1:
        return f" on {first:%d %B %Y at %H:%M} UTC"
    return f" in {ago(max(last - first, timedelta(minutes=1)))}"


def _of_what(told: Sequence[CaseEvent], unit: str) -> str:
    kinds = Counter(one.kind for one in told if one.kind)
    if not kinds:
        return ""
    parts = []
    for kind, often in kinds.most_common():
        amounts = [one.amount for one in told if one.kind == kind and one.amount is not None]
        name = kind_name(kind).lower()
        counted_kind = f"a {name}" if often == 1 else f"{often} {_plural(name)}"
        counted_kind = "an " + name if often == 1 and name[0] in "aeiou" else counted_kind
        parts.append(f"{counted_kind} of {_sum(amounts)} {unit}" if amounts else counted_kind)
    return f": {' and '.join(parts)}{_to_whom(told)}"


def _plural(name: str) -> str:
    return f"{name}s"


def _sum(amounts: Sequence[Decimal]) -> str:
    total = sum(amounts, Decimal(0))
    return exact(total.quantize(Decimal("0.01"))) + (" together" if len(amounts) > 1 else "")


def _to_whom(told: Sequence[CaseEvent]) -> str:
    parties = {one.counterparty: one for one in told if one.counterparty}
    if not parties:
        return ""
    if len(parties) > 1:
        return f", {len(parties)} counterparties"
    one = next(iter(parties.values()))
    first = min(event.occurred_at for event in told)
    if one.party_first_seen is None:
        return ""
    known_for = first - one.party_first_seen
    if known_for < timedelta(days=1):
        return ", with a counterparty first used that day"
    return f", with a counterparty known for {ago(known_for)}"


def _mine(view: CaseView) -> list[CaseEvent]:
    account = view.customer.account_id if view.customer else None
    return [one for one in view.events if one.account_id == account]


def _usual(view: CaseView) -> str:
    mine = [one for one in _mine(view) if one.amount is not None and one.kind]
    if not mine or view.customer is None:
        return ""
    kind = kind_name(Counter(one.kind for one in mine).most_common(1)[0][0]).lower()
    usual, events = view.customer.usual
    if usual is None or not events:
        return f"It had no {kind} before."
    largest = max(one.amount for one in mine if one.amount is not None)
    more = (
        f", {largest / usual:.0f} times less than the largest of these" if largest >= NOTABLE * usual else ""
    )
    return f"Its usual {kind} before was {exact(usual.quantize(Decimal('0.01')))} {view.unit} (median of {events:,}){more}."


def _shared(view: CaseView) -> str:
    found = [tie for tie in _ties(view) if tie.entity_kind == "device" and tie.other_accounts]
    if not found:
        return ""
    most = max(found, key=lambda tie: (tie.confirmed_accounts, tie.other_accounts))
    others = _number(most.other_accounts, "other account")
    verb = "uses" if most.other_accounts == 1 else "use"
    bad = most.confirmed_accounts
    known = f", {_number(bad, '').strip().lower()} of them confirmed as crime" if bad else ""
    return f"{others} {verb} its device{known}."


def _number(count: int, noun: str) -> str:
    word = NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"
    return f"{word} {noun if count == 1 or not noun else f'{noun}s'}"


def _ties(view: CaseView) -> list[Tie]:
    return [tie for tie in view.customer.ties if tie.is_in_case] if view.customer else []


def _listed(view: CaseView) -> str:
    found = [tie for tie in _ties(view) if tie.listed]
    if not found:
        return ""
    one = found[0]
    return (
        f"The {one.entity_kind} {one.entity} is listed as known bad ({(one.listed or '').replace('_', ' ')})."
    )


def _in_ring(view: CaseView) -> str:
    if view.customer is None:
        return ""
    inside = next((ring for ring in view.customer.rings if ring.left_at is None), None)
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
    return f"It had {counted(len(checks), 'identity check')} so far, {refused:,} of them not allowed."


def _money(view: CaseView) -> str:
    if view.customer is None:
        return ""
    moved = view.customer.moved
    if not moved.went_out:
        return "Nothing left the account since the first of these." if moved.stopped else ""
    return f"{exact(moved.went_out.quantize(Decimal('0.01')))} {view.unit} left the account since the first of these."
