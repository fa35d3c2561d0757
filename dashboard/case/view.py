"""Everything the screen of one case shows, read once, bounded by a moment.

    view = case_view(scene, "C-4f0a91c2de07")                      # as it stands
    view = case_view(scene, "C-4f0a91c2de07", as_of=opened_at)  # as it stood then: what came later is hidden

A view is frozen: blocks draw it, actions act on `view.state.version`. For a training shift `as_of` is the
opening of a past case: its later steps, its outcome, later events and labels that came later are not in it;
`dashboard/drills/disguise.py` then takes its ids, dates and points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from dashboard.charts.timeline import Mark
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.questions import case as questions
from dashboard.questions.accounts import Normal
from dashboard.tables import Asked
from desk.case_file.reasons import CaseReason, reasons_in_words
from desk.cases import reading
from desk.cases.files import Kept, files_of
from desk.cases.reading import Told
from desk.cases.state import CaseError, CaseState
from desk.money import MICRO

# Alerts of intake are of events of the same days; further back no reason of theirs can lie.
REASONS_REACH = timedelta(days=8)
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Customer:
    """The account of a case that is shown: who it is, what is usual, what it moved, who is connected."""

    account_id: str
    owner: questions.Owner | None
    habits: tuple[Normal, ...]
    usual: tuple[Decimal | None, int]
    marks: tuple[Mark, ...]
    marks_total: int
    ties: tuple[questions.Tie, ...]
    rings: tuple[questions.InRing, ...]
    checks: tuple[questions.IdentityCheck, ...]
    stops: tuple[questions.Stop, ...]
    moved: questions.Moved


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case as of `now` (naive UTC): its state then, its steps, alerts and events, and its customer.

    `is_past` says that it is shown as it once was, with what came later hidden. `accounts` are those of the
    case, the one with most at stake first; `customer` is the one shown, None where none is known.
    `since` is the case's first event, `until` its end where it has ended, else `now`; `ring` is the ring that
    the case is about, None where it is about an account. `is_training` says that it is in disguise: blocks
    then draw no link, no drawer (it tells the real ids), no export and no points, and `alike` are the past
    cases that were found before.
    """

    scene: DeskScene
    now: datetime
    is_past: bool
    state: CaseState
    steps: tuple[Told, ...]
    events: tuple[questions.CaseEvent, ...]
    reasons: tuple[CaseReason, ...]
    accounts: tuple[str, ...]
    customer: Customer | None
    since: datetime
    until: datetime
    ring: questions.InRing | None
    others: tuple[questions.OtherCase, ...]
    files: tuple[Kept, ...]
    is_training: bool = False
    alike: tuple[questions.Similar, ...] | None = None

    @property
    def case_id(self) -> str:
        """The case's id."""
        return self.state.case_id

    @property
    def unit(self) -> str:
        """The store's unit of money."""
        return self.scene.known.money_unit

    @property
    def expected_loss(self) -> Decimal:
        """What may be lost, in the store's unit."""
        return Decimal(self.state.expected_loss_micro) / MICRO

    @property
    def in_words(self) -> list[str]:
        """The reasons of the case, the same for note, evidence and letter."""
        return reasons_in_words(self.reasons)

    @property
    def similar_asked(self) -> Asked:
        """The question of past cases that are like this one."""
        state = self.state
        return questions.similar_asked(
            state.case_id, state.kind, state.channel, self.expected_loss, self.events, self.now
        )

    @property
    def similar(self) -> tuple[questions.Similar, ...]:
        """Past cases that are like this one, the most alike first."""
        return questions.similar(self.similar_asked) if self.alike is None else self.alike

    @property
    def event_ids(self) -> frozenset[str]:
        """The events of the case."""
        return frozenset(one.event_id for one in self.events if one.event_id)


def case_view(
    scene: DeskScene, case_id: str, as_of: datetime | None = None, *, account: str | None = None
) -> CaseView:
    """Return a case as it stands, or as it stood at `as_of` with what came later hidden.

    `account` is the account of the case to show; without it, or where it is none of the case's, the one with
    most at stake. Raises CaseError when there is no such case, or none yet at `as_of`.
    """
    now = scene.now if as_of is None else as_of
    steps = _steps(case_id, as_of)
    state = steps[-1].state
    events = questions.events(case_id, now)
    if as_of is not None:
        state = _as_it_was(state, events)
    since = min((one.occurred_at for one in events), default=state.opened_at)
    accounts = _accounts(state, events, now)
    shown = account if account in accounts else next(iter(accounts), None)
    until = min(now, state.closed_at or now)
    return CaseView(
        scene=scene,
        now=now,
        is_past=as_of is not None,
        state=state,
        steps=steps,
        events=events,
        reasons=questions.reasons(case_id, since - REASONS_REACH, now),
        accounts=accounts,
        customer=None if shown is None else customer_of(shown, events, since, until, now),
        since=since,
        until=until,
        ring=questions.ring(state.subject_id, now) if state.subject_kind == "ring" else None,
        others=_others(state, now, is_past=as_of is not None),
        files=() if as_of is not None else tuple(files_of(desk_records(), case_id)),
    )


def _steps(case_id: str, as_of: datetime | None) -> tuple[Told, ...]:
    steps = reading.history(desk_records(), case_id)
    if not steps:
        raise CaseError(f"There is no case {case_id!r}.", to_do="Choose one from the queue.")
    if as_of is None:
        return tuple(steps)
    # Of that moment is what the program did; who took it and what they wrote would give it away.
    told = [step for step in steps if step.at <= as_of and step.action in ("opened", "joined")]
    if not told:
        raise CaseError(
            f"There was no case {case_id!r} at {as_of:%Y-%m-%d %H:%M} UTC.",
            to_do=f"Show it from {steps[0].at:%Y-%m-%d %H:%M} UTC on.",
        )
    return tuple(told)


def _as_it_was(state: CaseState, events: Sequence[questions.CaseEvent]) -> CaseState:
    """Return a past state as an operator met it: open, in nobody's hands, with the alerts known by then."""
    return replace(state, alerts=len(events), holder=None, lease_until=None, assignee=None)


def _accounts(state: CaseState, events: Sequence[questions.CaseEvent], now: datetime) -> tuple[str, ...]:
    at_stake: Counter[str] = Counter()
    for one in events:
        if one.account_id:
            at_stake[one.account_id] += int(one.expected_loss * MICRO) + 1
    named = [account for account, _ in at_stake.most_common()]
    if state.subject_kind == "account":
        return tuple(dict.fromkeys([state.subject_id, *named]))
    return tuple(dict.fromkeys([*named, *questions.ring_accounts(state.subject_id, now)]))


def _others(state: CaseState, now: datetime, *, is_past: bool) -> tuple[questions.OtherCase, ...]:
    asked = questions.cases_of_subject_then if is_past else questions.cases_of_subject
    found = asked(state.subject_kind, state.subject_id, now)
    return tuple(one for one in found if one.case_id != state.case_id)


def customer_of(
    account_id: str,
    events: Sequence[questions.CaseEvent],
    since: datetime,
    until: datetime,
    now: datetime,
) -> Customer:
    """Return what is known of an account of a case, nothing of it later than `now`."""
    mine = [one for one in events if one.account_id == account_id]
    # An account of a ring without an alert of its own is shown by its last days.
    begins = min((one.occurred_at for one in mine), default=min(since, until - RECENT))
    kinds = Counter(one.kind for one in mine if one.kind and one.amount is not None)
    kind = kinds.most_common(1)[0][0] if kinds else "withdrawal"
    entities = [name for one in mine for name in (one.device_id, one.counterparty) if name]
    marks, total = questions.timeline(account_id, now)
    return Customer(
        account_id,
        questions.owner_of(account_id),
        questions.habits(account_id, begins, until),
        questions.usual(account_id, kind, begins),
        marks,
        total,
        questions.ties(account_id, entities, now),
        questions.rings_of(account_id, now),
        questions.checks(account_id, now),
        questions.stops(account_id, now),
        questions.moved(account_id, begins, until),
    )
