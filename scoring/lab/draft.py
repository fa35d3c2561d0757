"""A draft: a policy to try in one area, starting from the one in force.

draft = Draft.of(policy, "ID")                   # what holds there now
stricter = replace(draft, new_address_hours=24)
stricter.changes()                               # what a roll-out writes down
Draft.read(stricter.text(), "ID")                # from the URL, the same again
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data.errors import PolicyError
from scoring.amendments import Rollout, amended, region_of
from scoring.calibration import Floats
from scoring.policy import CEILINGS, FLOORS, Policy
from scoring.verification import AMOUNT, CORRIDOR, NEW_ADDRESS, NEW_DEVICE

# Short names in the URL; a threshold and a number of hours are read back as they were written.
_NUMBERS = {
    "s": "step_up",
    "h": "hold",
    "b": "block",
    "a": "budget",
    "c": "new_address_hours",
    "u": "step_up_from",
    "d": "new_device_hours",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """Thresholds of an area and its rules of withdrawal verification; None where a rule is not set.

    With a `budget`, the share of events that may become alerts, the threshold of a hold is taken from events
    before (`at_budget`); until then `hold` is the one before.
    """

    area: str
    step_up: float
    hold: float
    block: float
    budget: float | None = None
    new_address_hours: float | None = None
    step_up_from: float | None = None
    new_device_hours: float | None = None
    corridors: tuple[str, ...] = ()

    @classmethod
    def of(cls, policy: Policy, area: str) -> Draft:
        """Answer what holds in `area` by `policy`; an area apart without thresholds has its region's."""
        parts = policy.document["regions"]
        found = parts.get(area) or parts.get(region_of(area))
        limits = found["thresholds"] if found else policy.document["default"]
        rules = policy.document.get("verification", {}).get(area, {})
        return cls.of_changes(area, {"thresholds": limits, "verification": rules})

    @classmethod
    def of_changes(cls, area: str, changes: Mapping[str, Any]) -> Draft:
        """Answer the draft whose roll-out has these changes, both parts whole."""
        limits, rules = changes["thresholds"], changes.get("verification", {})
        return cls(
            area,
            float(limits["step_up"]),
            float(limits["hold"]),
            float(limits["block"]),
            new_address_hours=rules.get(NEW_ADDRESS.name),
            step_up_from=rules.get(AMOUNT.name),
            new_device_hours=rules.get(NEW_DEVICE.name),
            corridors=tuple(rules.get(CORRIDOR.name) or ()),
        )

    @classmethod
    def read(cls, text: str, area: str) -> Draft:
        """Read what `text` wrote. Raises PolicyError where it is no draft."""
        try:
            parts = dict(part.split("=", 1) for part in text.split(";") if part)
            numbers = {_NUMBERS[key]: float(value) for key, value in parts.items() if key != "k"}
            corridors = tuple(pair for pair in parts.get("k", "").split(",") if pair)
            draft = cls(
                area,
                numbers["step_up"],
                numbers["hold"],
                numbers["block"],
                numbers.get("budget"),
                numbers.get("new_address_hours"),
                numbers.get("step_up_from"),
                numbers.get("new_device_hours"),
                corridors,
            )
        except (KeyError, ValueError) as error:
            raise _no_draft(text) from error
        draft.check()
        return draft

    def text(self) -> str:
        """Answer the draft in one word for the URL."""
        numbers = {key: getattr(self, name) for key, name in _NUMBERS.items()}
        written = [f"{key}={value:.9g}" for key, value in numbers.items() if value is not None]
        return ";".join([*written, *([f"k={','.join(self.corridors)}"] if self.corridors else [])])

    def check(self) -> None:
        """Raise PolicyError where thresholds do not rise or a number makes no sense."""
        ladder = (self.step_up, self.hold, self.block)
        numbers = [self.new_address_hours, self.step_up_from, self.new_device_hours, *ladder]
        if list(ladder) != sorted(ladder) or any(n is not None and not 0 <= n < 1e12 for n in numbers):
            raise PolicyError(
                f"The draft of {self.area} cannot be: thresholds {ladder}, rules {self.verification()}.",
                where="the policy lab",
                possible="step up <= hold <= block, hours and amounts of 0 or more",
                to_do="Correct the thresholds or start again from the policy in force.",
            )

    @property
    def thresholds(self) -> dict[str, float]:
        """The three thresholds by step."""
        return {"step_up": self.step_up, "hold": self.hold, "block": self.block}

    def verification(self) -> dict[str, Any]:
        """Answer the rules that are set, as a policy writes them."""
        rules: dict[str, Any] = {
            NEW_ADDRESS.name: self.new_address_hours,
            AMOUNT.name: self.step_up_from,
            NEW_DEVICE.name: self.new_device_hours,
            CORRIDOR.name: list(self.corridors) or None,
        }
        return {name: value for name, value in rules.items() if value is not None}

    def changes(self) -> dict[str, Any]:
        """Answer the changes of a roll-out: both parts, whole."""
        return {"thresholds": self.thresholds, "verification": self.verification()}

    def laid_over(self, policy: Policy) -> Policy:
        """Answer `policy` as it would be with this draft rolled out."""
        return amended(policy, [Rollout("draft", self.area, policy.created_as_of, self.changes())])

    def at_budget(self, scores: Floats) -> Draft:
        """Answer the draft with the threshold of a hold at which its budget of `scores` before is spent.

        Between floor and ceiling, like a model's own; the others make way where they would cross.
        """
        if self.budget is None or not len(scores):
            return self
        hold = threshold_at(scores, self.budget)
        return replace(self, hold=hold, step_up=min(self.step_up, hold), block=max(self.block, hold))


def threshold_at(scores: Floats, share: float, step: str = "hold") -> float:
    """Answer the lowest threshold that at most `share` of `scores` reach, between floor and ceiling."""
    ordered = np.sort(scores)
    allowed = int(share * len(ordered))
    outside = float(ordered[len(ordered) - allowed - 1]) if len(ordered) > allowed else 0.0
    return min(CEILINGS[step], max(FLOORS[step], round(outside + 1e-9, 9)))


def _no_draft(text: str) -> PolicyError:
    return PolicyError(
        f"{text!r} is no draft of a policy.",
        where="the address of the page",
        possible="s=, h= and b= for the thresholds, c=, u=, d= and k= for the rules",
        to_do="Open the policy lab anew, or mend the address.",
    )
