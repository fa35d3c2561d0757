"""A claim is taken, looked at and, where it is not to be paid, ended.

    state = take_claim(records, store, Claimed("A1", "missing_memo", "USDT", 5_000_000, ...), actor, why, now)
    state = check(records, store, state.claim_id, "exchange", actor, "Seen in our wallet", now)
    refuse(records, state.claim_id, actor, "The transfer arrived", now, is_false=True)

What cannot be is refused when it is typed in: an unknown account, an address that is none of its network.
What is not so (another's transaction, more than was sent) is kept, said in the checks, and scored.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from data.chains import NETWORKS, fault_of_address, fault_of_hash
from data.store import Store
from desk.actors import WORK_CLAIMS, Actor, require
from desk.canonical import digest
from desk.people import require_here
from desk.records import Records
from desk.recoveries.checks import Check, checks, failed, is_of_same
from desk.recoveries.finding import home_of, likely_holder, seen
from desk.recoveries.moving import Done, claim, claims_like, ended, moved, same_in, to_act_on, words
from desk.recoveries.rating import rated
from desk.recoveries.rules import rule_for
from desk.recoveries.state import KINDS, LIVE, ClaimError, ClaimState
from desk.recoveries.steps import Step, append_steps
from desk.recoveries.steps_table import CLAIM_STEPS
from desk.transactional import take_turn


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a customer claims: whose, what went wrong, how much in millionths, and what says so.

    At least one of transaction, hash and address must be named.
    """

    account_id: str
    kind: str
    asset: str
    amount_micro: int
    event_id: str | None = None
    sent_at: datetime | None = None
    network: str | None = None
    tx_hash: str | None = None
    target: str | None = None
    sender: str | None = None
    memo: str | None = None


def take_claim(
    records: Records, store: Store, claimed: Claimed, actor: Actor, reason: str, now: datetime
) -> ClaimState:
    """Take a claim, checked and scored.

    Raises ClaimError for what cannot be or is claimed already, RightError and ActorError for the actor.
    """
    require(actor, WORK_CLAIMS)
    words(reason)
    claimed = _trimmed(claimed)
    _refuse_faults(claimed, now)
    with store.cursor() as cursor:
        home = home_of(cursor, claimed.account_id)
        moved_here = seen(cursor, claimed.event_id) if claimed.event_id else None
    if home is None:
        raise ClaimError(
            f"There is no account {claimed.account_id!r}.", to_do="Look it up on the page Accounts."
        )
    new = ClaimState(
        "", 1, status="claimed", claimed_at=now, region=home[0], country=home[1], **asdict(claimed)
    )
    if moved_here is not None:
        new = replace(new, sent_at=moved_here.occurred_at, target=claimed.target or moved_here.counterparty)
    score = rated(store, records, replace(new, claim_id="new"))
    new = replace(new, score=score.score, scored_by=score.scored_by, score_reasons=score.reasons)
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        new = replace(new, claim_id=_next_id(connection, new))
        others = same_in(connection, new)
        _refuse_twice(new, others)
        made = checks(new, moved_here, others)
        details = {"checks": [asdict(one) for one in made]}
        append_steps(connection, [Step(None, new, "claimed", actor, reason, now, details)])
    return new


@dataclass(frozen=True, slots=True)
class Look:
    """A claim as a person looks at it: its checks, and who probably controls the place, with the reason."""

    checks: tuple[Check, ...]
    holder: str
    holder_because: str

    @property
    def failed(self) -> str:
        """What is not so, in words; empty where nothing is."""
        return " ".join(one.words for one in failed(self.checks))


def look_at(records: Records, store: Store, state: ClaimState) -> Look:
    """Hold a claim against the store as it is now."""
    with store.cursor() as cursor:
        moved_here = seen(cursor, state.event_id) if state.event_id else None
    made = checks(state, moved_here, claims_like(records, state))
    return Look(made, *likely_holder(state, moved_here))


def check(
    records: Records, store: Store, claim_id: str, holder: str, actor: Actor, reason: str, now: datetime
) -> ClaimState:
    """Say who controls the place where the money lies; the rule for it says whether it can be got back.

    Raises ClaimError where a check of the claim failed: it can only be refused.
    """
    words(reason)
    looked = look_at(records, store, claim(records, claim_id))
    with records.writing() as connection:
        before = to_act_on(connection, claim_id, actor, ("claimed", "checking", "recoverable", "proving"))
        if looked.failed:
            raise ClaimError(
                looked.failed,
                where=claim_id,
                to_do="Refuse the claim, or have the customer claim what was sent.",
            )
        rule = rule_for(before.kind, holder)
        after = replace(
            before,
            status={True: "recoverable", False: "checking", None: "checking"}[rule.is_recoverable],
            holder=holder,
            is_recoverable=rule.is_recoverable,
            recoverable_because=rule.because,
            payable_micro=before.amount_micro if rule.is_recoverable else None,
        )
        details = {"checks": [asdict(one) for one in looked.checks], "holder": holder}
        return moved(connection, before, after, Done("checked", actor, reason, now, details))


def end_not_recoverable(
    records: Records, claim_id: str, actor: Actor, reason: str, now: datetime
) -> ClaimState:
    """End a claim of what the rules say cannot be got back. Raises ClaimError where they do not say so."""
    words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, claim_id, actor, ("checking",))
        if before.is_recoverable is not False:
            raise ClaimError(
                f"Nothing says that {claim_id} cannot be got back.",
                to_do="Check first who controls the place where the money lies.",
            )
        after = ended(before, "not_recoverable", "not_recoverable", now)
        return moved(connection, before, after, Done("not_recoverable", actor, reason, now))


def refuse(
    records: Records, claim_id: str, actor: Actor, reason: str, now: datetime, *, is_false: bool
) -> ClaimState:
    """Refuse a claim: it is false, or the customer never proved it. Models learn only of false ones."""
    words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, claim_id, actor, LIVE)
        after = ended(before, "refused", "false_claim" if is_false else "not_proved", now)
        return moved(connection, before, after, Done("refused", actor, reason, now))


def withdraw(records: Records, claim_id: str, actor: Actor, reason: str, now: datetime) -> ClaimState:
    """End a claim that the customer took back."""
    words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, claim_id, actor, LIVE)
        after = ended(before, "withdrawn", "withdrawn", now)
        return moved(connection, before, after, Done("withdrawn", actor, reason, now))


def _trimmed(claimed: Claimed) -> Claimed:
    """Return a claim without spaces around its words; empty ones are none."""

    def trimmed(text: str | None) -> str | None:
        return (text or "").strip() or None

    return replace(
        claimed,
        account_id=claimed.account_id.strip(),
        asset=claimed.asset.strip().upper(),
        event_id=trimmed(claimed.event_id),
        network=trimmed(claimed.network),
        tx_hash=trimmed(claimed.tx_hash),
        target=trimmed(claimed.target),
        sender=trimmed(claimed.sender),
        memo=trimmed(claimed.memo),
    )


def _refuse_faults(claimed: Claimed, now: datetime) -> None:
    """Refuse what cannot be. Raises ClaimError with all that is wrong."""
    wrong = [
        (not claimed.account_id, "No account is named."),
        (claimed.kind not in KINDS, f"There is no kind {claimed.kind!r}."),
        (not claimed.asset, "No asset is named."),
        (claimed.amount_micro <= 0, "A claim is of more than nothing."),
        (
            not (claimed.event_id or claimed.tx_hash or claimed.target),
            "Neither a transaction, nor a hash, nor an address is named.",
        ),
        (claimed.sent_at is not None and claimed.sent_at > now, "The transfer lies in the future."),
        (
            claimed.network is not None and claimed.network not in NETWORKS,
            f"There is no network {claimed.network!r}.",
        ),
    ]
    faults = [said for is_wrong, said in wrong if is_wrong]
    if claimed.network is not None:
        addresses = [one for one in (claimed.target, claimed.sender) if one]
        faults += filter(None, (fault_of_address(claimed.network, one) for one in addresses))
        faults += filter(None, (fault_of_hash(claimed.network, one) for one in [claimed.tx_hash] if one))
    if faults:
        raise ClaimError(" ".join(faults), to_do="Correct the claim. Nothing was taken.")


def _refuse_twice(new: ClaimState, others: list[ClaimState]) -> None:
    held = [one for one in others if is_of_same(one, new) and (one.is_live or one.status == "paid")]
    if held:
        raise ClaimError(
            f"{held[0].claim_id} claims the same transfer and is {held[0].status.replace('_', ' ')}.",
            to_do="Go on with that claim. Nothing was taken.",
        )


def _next_id(connection: Connection, new: ClaimState) -> str:
    """Return the id of an account's next claim: the same for everyone who asks at this moment."""
    steps = CLAIM_STEPS.c
    asked = select(func.count()).where(steps.account_id == new.account_id, steps.version == 1)
    earlier = int(connection.execute(asked).scalar_one())
    return f"V-{digest(f'{new.account_id} {earlier + 1}')[:12]}"
