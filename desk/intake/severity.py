"""How severe an alert is: the first rule that fits, in an order that a person can read from top to bottom.

    severity_of(alert, event_kind="withdrawal", confirmed=0).severity      # "high"

A rule fits when everything it names fits. Money is in the store's unit.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk.cases.alerts import Alert
from desk.cases.state import Severity
from desk.money import MICRO


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the severity it gives and its words; what is left out fits everything.

    `least_loss` is the expected loss, `least_score` the model's probability, `least_confirmed` how many of a
    ring's accounts were confirmed as crime when it raised its alarm.
    """

    severity: Severity
    words: str
    kinds: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    event_kinds: tuple[str, ...] = ()
    least_loss: int = 0
    least_score: float = 0.0
    least_confirmed: int = 0

    def fits(self, alert: Alert, event_kind: str | None, confirmed: int) -> bool:
        """Answer whether everything that the rule names is so."""
        return (
            (not self.kinds or alert.kind in self.kinds)
            and (not self.decisions or alert.decision in self.decisions)
            and (not self.event_kinds or event_kind in self.event_kinds)
            and alert.expected_loss_micro >= self.least_loss * MICRO
            and (alert.score or 0.0) >= self.least_score
            and confirmed >= self.least_confirmed
        )


_TAKING_OVER = ("password_change", "factor_change")
SEVERITY_RULES: tuple[Rule, ...] = (
    Rule("critical", "The other side is on a list of sanctions", kinds=("sanction",)),
    Rule("critical", "Policy froze the account's money", decisions=("freeze",)),
    Rule("critical", "A ring with accounts confirmed as crime", kinds=("ring",), least_confirmed=1),
    Rule("critical", "25,000 or more may be lost", least_loss=25_000),
    Rule("high", "A ring", kinds=("ring",)),
    Rule("high", "5,000 or more may be lost", least_loss=5_000),
    Rule(
        "high",
        "A change of password or second factor that is likely a takeover",
        kinds=("fraud",),
        event_kinds=_TAKING_OVER,
        least_score=0.8,
    ),
    Rule("medium", "500 or more may be lost", least_loss=500),
    Rule("medium", "Policy blocked it", decisions=("block",)),
    Rule("low", "Everything else"),
)


def severity_of(alert: Alert, event_kind: str | None, confirmed: int) -> Rule:
    """Return the first rule that fits an alert: its severity and why."""
    return next(rule for rule in SEVERITY_RULES if rule.fits(alert, event_kind, confirmed))
