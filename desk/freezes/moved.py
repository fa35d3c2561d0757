"""The transfer that a step of a freeze makes: what it says moved, read off the states before and after it.

Steps and ledger cannot disagree where the one is worked out from the other; `desk/ledger/proof.py` does it
again for every step that there is.
"""

from __future__ import annotations

from desk.freezes.state import FreezeState
from desk.freezes.steps import Step
from desk.ledger.posting import Transfer


def way_of(before: FreezeState | None, after: FreezeState) -> tuple[str, str, int] | None:
    """Return from where to where money went between two states of a freeze, and how much in millionths.

    None where none did. Raises ValueError where it went more than one way: a step moves money once.
    """
    changed = {
        "held": after.held_micro - (before.held_micro if before else 0),
        "ordered": after.ordered_micro - (before.ordered_micro if before else 0),
        "released": after.released_micro - (before.released_micro if before else 0),
        "seized": after.seized_micro - (before.seized_micro if before else 0),
    }
    lost = [(name, -change) for name, change in changed.items() if change < 0]
    gained = [(name, change) for name, change in changed.items() if change > 0]
    if not lost and not gained:
        return None
    if not lost:
        lost = [("available", gained[0][1])]
    if len(lost) != 1 or len(gained) != 1 or lost[0][1] != gained[0][1]:
        raise ValueError(f"{after.freeze_id}: a step moves money one way, not from {lost} to {gained}")
    return lost[0][0], gained[0][0], gained[0][1]


def transfer_of(step: Step) -> Transfer | None:
    """Return the transfer that a step makes; None where no money moves."""
    way = way_of(step.before, step.state)
    if way is None:
        return None
    source, target, amount_micro = way
    return Transfer(
        step.state.account_id,
        step.state.asset,
        source,
        target,
        amount_micro,
        "freeze",
        step.state.freeze_id,
        step.actor,
        step.at,
        step.reason,
        step.approval_id,
    )
