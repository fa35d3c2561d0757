"""How rings are said on a screen: kinds of tie, roles, patterns of flows, states and changes."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.questions.words import spoken

TIES: Mapping[str, str] = {
    "device": "Shared device",
    "network": "Shared network",
    "gateway": "Same gateway, same day",
    "payout": "Same payout address",
    "source": "Same source address",
    "referral": "Referral",
    "liveness": "Same face or media",
    "transfer": "Direct transfer",
    "lockstep": "Lockstep",
}
# The order in which money goes through a ring.
ROLES: Mapping[str, str] = {
    "collector": "Collector",
    "distributor": "Distributor",
    "mule": "Mule",
    "controller": "Controller",
    "cash_out": "Cash-out",
    "member": "Member",
}
PATTERNS: Mapping[str, str] = {
    "fan_in": "Fan-in",
    "fan_out": "Fan-out",
    "scatter_gather": "Scatter-gather",
    "cycle": "Cycle",
    "peel_chain": "Chain of peels",
}
STATES: Mapping[str, str] = {"active": "Active", "broken": "Broken", "ended": "Ended"}
STAGES: Mapping[str, str] = {
    "active": "Active",
    "new": "New",
    "broken": "Broken",
    "ended": "Ended",
    "all": "All",
}
CHANGES: Mapping[str, str] = {
    "found": "Found",
    "alarmed": "Alarm raised",
    "grew": "Grew",
    "shrank": "Shrank",
    "changed": "Members changed",
    "split": "Split off",
    "merged": "Merged",
    "broken": "Broken",
    "ended": "Ended",
}
LEGS: Mapping[str, str] = {"in": "In", "inside": "Inside", "out": "Out"}


def tie(kind: str | None) -> str:
    """Write a kind of tie."""
    return TIES.get(kind or "", spoken(kind))


def ties(kinds: str | None) -> str:
    """Write kinds of tie that stand in one text, `device, payout`, in words."""
    return ", ".join(tie(kind).lower() for kind in kinds.split(", ")).capitalize() if kinds else ""


def role(name: str | None) -> str:
    """Write the role of an account in its ring."""
    return ROLES.get(name or "", spoken(name))


def pattern(name: str | None) -> str:
    """Write a pattern of flows; none where none was found."""
    return PATTERNS.get(name, spoken(name)) if name else "No named pattern"


def state(name: str | None) -> str:
    """Write the state of a ring."""
    return STATES.get(name or "", spoken(name))
