"""Alerts as intake and service levels would take them: severity by rule, channel, and minutes they are given.

An alert that came has the severity and expected loss that intake gave it. One that would have come at another
budget is graded by the same rules, as a hold, with its amount times its score; where no money moves, with the
median amount of the alerts that have one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from data.errors import WatchfloorError
from desk.capacity.experiment import Graded
from desk.capacity.past import Past
from desk.cases.alerts import Alert
from desk.cases.state import KINDS, SEVERITIES
from desk.channels.hours import later
from desk.channels.model import Channel, Channels, ServiceLevel
from desk.channels.routing import channel_of
from desk.intake.severity import severity_of
from desk.money import MICRO
from scoring.calibration import Floats
from scoring.lab.evidence import Integers

_MINUTE_US = 60_000_000


def graded(past: Past, channels: Channels, numbers: Mapping[str, int]) -> Graded:
    """Answer what intake makes of `past`; `numbers` are the channels' own. Raises WatchfloorError."""
    if not numbers:
        raise WatchfloorError("There is no channel.", to_do="Name one in desk.toml.")
    loss = _losses(past)
    rank = _ranks(past, loss)
    kind = np.array([KINDS.index(name) for name in past.kind], dtype=np.int64)
    names = [channel_of(None if region == "unknown" else str(region)) for region in past.region]
    channel = np.array([numbers.get(name, -1) for name in names], dtype=np.int64)
    _, subject = np.unique(past.account.astype(str), return_inverse=True)
    ends, looks = _allowed(past, names, kind, channels)
    return Graded(channel, kind, rank, loss, subject.astype(np.int64), ends, looks)


def _losses(past: Past) -> Floats:
    """Answer (n,) what may be lost by each alert."""
    usual = float(np.nanmedian(past.amount)) if not np.isnan(past.amount).all() else 0.0
    amount = np.where(np.isnan(past.amount), usual, past.amount)
    made = amount * np.where(np.isnan(past.score), 1.0, past.score)
    return np.where(np.isnan(past.loss), made, past.loss)


def _ranks(past: Past, loss: Floats) -> Integers:
    """Answer (n,) how severe each alert is: as it was said, else by intake's rules."""
    found = np.empty(len(past), dtype=np.int64)
    for row in range(len(past)):
        said = past.severity[row]
        found[row] = SEVERITIES.index(said or _by_rule(past, row, float(loss[row])))
    return found


def _by_rule(past: Past, row: int, loss: float) -> str:
    score = float(past.score[row])
    alert = Alert(
        alert_id=str(past.event[row]),
        kind=str(past.kind[row]),
        account_id=str(past.account[row]),
        event_id=str(past.event[row]),
        ring_id=None,
        at=past.came_at[row].item(),
        score=None if np.isnan(score) else score,
        amount_micro=None,
        expected_loss_micro=round(loss * MICRO),
        severity="low",
        decision=past.decision[row],
        region=str(past.region[row]),
        country=None,
        sentence="",
    )
    return severity_of(alert, past.event_kind[row], 0).severity


def _allowed(past: Past, names: list[str], kind: Integers, channels: Channels) -> tuple[Floats, Floats]:
    """Answer (n, ranks) minutes from each alert to when its case must have ended, and been looked at."""
    shape = (len(past), len(SEVERITIES))
    ends, looks = np.empty(shape), np.empty(shape)
    for row, name in enumerate(names):
        channel = channels.channel(name)
        for rank, severity in enumerate(SEVERITIES):
            level = channels.level(name, KINDS[kind[row]], severity)
            ends[row, rank] = _minutes(past, row, channel, level, level.minutes)
            looks[row, rank] = _minutes(past, row, channel, level, level.first_look_minutes)
    return ends, looks


def _minutes(past: Past, row: int, channel: Channel, level: ServiceLevel, minutes: int) -> float:
    """Answer how long a clock runs that begins with an alert, by the wall, in minutes."""
    if level.counts == "always":
        return float(minutes)
    at = past.came_at[row].item()
    return float((later(channel, at, minutes * _MINUTE_US) - at).total_seconds()) / 60.0
