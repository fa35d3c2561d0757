"""Roles: what each account of a ring does there, by its money and by whose device the others use.

Looked at in this order, the first that fits: controller, collector, distributor, cash_out, mule, member.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pyarrow as pa

from scoring.rings.columns import rows_of, table_of
from scoring.rings.flow_words import counted, money, several

ROLES = pa.schema(
    [
        ("ring_id", pa.string()),
        ("account_id", pa.string()),
        ("role", pa.string()),
        ("role_sentence", pa.string()),
    ]
)
# Two people on one phone are a couple; whoever lends a device to two others runs them.
FEWEST_CONTROLLED = 2
# Money of two others is gathered, money to two others is spread; one is a hand on the way.
FEWEST_AROUND = 2
# Passing on means most of it: 5 % of the steps in the demonstration's crimes keep more than a sixth, and
# nobody's salary goes out again to six tenths in the same days and into the ring.
PASSED_ON = 0.6
# Who takes out at least a third of all that leaves the ring is where it is to be stopped.
LARGE_PART_OF_EXIT = 1 / 3

Account = tuple[str, str]


@dataclass(slots=True)
class _Moves:
    """What one account of a ring moved, in millionths, and with whom."""

    came: int = 0
    got: int = 0
    gave: int = 0
    took_out: int = 0
    givers: set[str] = field(default_factory=set)
    takers: set[str] = field(default_factory=set)


def roles_of(members: pa.Table, ties: pa.Table, transfers: pa.Table) -> pa.Table:
    """Answer ROLES: one row a ring and account of `members`, sorted.

    `members`: ring_id, account_id, since_t, until_t (int64; until null: still in it). `ties`: ring_id,
    account_a, account_b, kind, artefact, since_t, strength. `transfers`: as in `patterns.find_patterns`.
    A transfer that is given twice counts once; one without amount or to oneself does not count.
    """
    since: dict[Account, int] = {}
    for ring, account, t in rows_of(members, "ring_id", "account_id", "since_t"):
        since[ring, account] = min(t, since.get((ring, account), t))
    moves, left = _moves(transfers)
    controls = _controllers(since, ties)
    rows = []
    for ring, account in sorted(since):
        moved = moves.get((ring, account), _Moves())
        said = controls.get((ring, account)) or _by_money(moved, left[ring])
        rows.append((ring, account, *said))
    return table_of(rows, ROLES)


def _moves(transfers: pa.Table) -> tuple[dict[Account, _Moves], dict[str, int]]:
    """Answer what each account moved, and how much left each ring."""
    moves: dict[Account, _Moves] = defaultdict(_Moves)
    left: dict[str, int] = defaultdict(int)
    seen = set()
    for ring, event, leg, sender, receiver, micro in rows_of(
        transfers, "ring_id", "event_id", "leg", "sender", "receiver", "micro"
    ):
        if (ring, event) in seen or not micro or micro < 0 or (sender == receiver and sender is not None):
            continue
        seen.add((ring, event))
        if leg == "in":
            moves[ring, receiver].came += micro
        elif leg == "out":
            moves[ring, sender].took_out += micro
            left[ring] += micro
        else:
            moves[ring, sender].gave += micro
            moves[ring, sender].takers.add(receiver)
            moves[ring, receiver].got += micro
            moves[ring, receiver].givers.add(sender)
    return moves, left


def _by_money(moved: _Moves, left: int) -> tuple[str, str]:
    """Answer the role, and why, of an account that controls no other."""
    if len(moved.givers) >= FEWEST_AROUND and moved.got >= moved.gave:
        after = _after(moved)
        givers = f"{len(moved.givers)} accounts of the ring ({several(sorted(moved.givers))})"
        return "collector", f"Collects: got {money(moved.got)} from {givers}{after}."
    if len(moved.takers) >= FEWEST_AROUND:
        takers = f"{len(moved.takers)} accounts of the ring ({several(sorted(moved.takers))})"
        return "distributor", f"Distributes: sent {money(moved.gave)} to {takers}."
    if moved.got and moved.took_out >= max(PASSED_ON * moved.got, LARGE_PART_OF_EXIT * left):
        share = f"{100 * moved.took_out / left:.0f} % of all that left the ring"
        return "cash_out", (
            f"Cashes out: got {money(moved.got)} from {several(sorted(moved.givers))} and took "
            f"{money(moved.took_out)} out of the exchange, {share}."
        )
    came, went = moved.came + moved.got, moved.gave + moved.took_out
    if (moved.got or moved.gave) and came and went >= PASSED_ON * came:
        return "mule", f"Passes on: of {money(came)} that came to it {money(min(went, came))} went on."
    return "member", _plain(moved)


def _after(moved: _Moves) -> str:
    parts = [f"took {money(moved.took_out)} out of the exchange"] if moved.took_out else []
    parts += [f"sent {money(moved.gave)} on inside"] if moved.gave else []
    return f", and {' and '.join(parts)}" if parts else ""


def _plain(moved: _Moves) -> str:
    if moved.got or moved.gave:
        return (
            f"Belongs to it: got {money(moved.got)} from the ring's accounts, sent them {money(moved.gave)}, "
            "and most did not go on."
        )
    return "Belongs to it by its ties: it moved no money with the ring's other accounts."


def _controllers(since: dict[Account, int], ties: pa.Table) -> dict[Account, tuple[str, str]]:
    """Answer for each ring that has one the account whose own device most of the others use.

    A tie knows when two accounts had both used a device, so the first two users came to it at one time:
    of them the owner is the one tied to more accounts by it, then the more strongly tied, then who was
    in the ring first, then the first by name.
    """
    others: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    first: dict[tuple[str, str, str], int] = {}
    strength: dict[tuple[str, str, str], float] = defaultdict(float)
    for ring, a, b, kind, device, t, weight in rows_of(
        ties, "ring_id", "account_a", "account_b", "kind", "artefact", "since_t", "strength"
    ):
        if kind != "device" or a == b:
            continue
        for one, other in ((a, b), (b, a)):
            others[ring, device][one].add(other)
            first[ring, device, one] = min(t, first.get((ring, device, one), t))
            strength[ring, device, one] += weight or 0.0
    largest: dict[str, tuple[int, str]] = {}
    for (ring, device), users in others.items():
        if len(users) > FEWEST_CONTROLLED:
            largest[ring] = min(largest.get(ring, (0, device)), (-len(users), device))
    answer = {}
    for ring, (_, device) in largest.items():
        users = others[ring, device]
        owner = min(
            users,
            key=lambda u: (
                first[ring, device, u],
                -len(users[u]),
                -round(strength[ring, device, u], 9),
                since.get((ring, u), 0),
                u,
            ),
        )
        rest = sorted(set(users) - {owner})
        answer[ring, owner] = (
            "controller",
            f"Controls: device {device} was used by it first and by {counted(len(rest), 'other account')} "
            f"of the ring since ({several(rest)}).",
        )
    return answer
