"""The slow, obvious twin of the features: plain Python that looks at one event and at the rows before it.

It starts from the same rows as a user's files, not from the spine, and shares no code with the SQL but the
declarations themselves. What a set of rows is, it says again in its own words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from small_world import Row

from data.geography import countries
from scoring.features import Feature
from scoring.features import comparisons as c
from scoring.features import measures as m
from scoring.features.subjects import Entity, Rows, Window

MICROSECOND = timedelta(microseconds=1)
BEGINNING = datetime(1, 1, 1)
SNAPSHOT = ("ring_score", "ring_accounts", "ring_known_bad", "ring_strength", "ring_young_share")
LIMITS = (1_000, 3_000, 5_000, 10_000, 50_000, 100_000)


@dataclass
class World:
    """All rows of a store, by table."""

    transactions: list[Row] = field(default_factory=list)
    logins: list[Row] = field(default_factory=list)
    liveness_checks: list[Row] = field(default_factory=list)
    accounts: list[Row] = field(default_factory=list)
    networks: list[Row] = field(default_factory=list)
    devices: list[Row] = field(default_factory=list)
    labels: list[Row] = field(default_factory=list)
    signature_matches: list[Row] = field(default_factory=list)
    ring_features: list[Row] = field(default_factory=list)


class Twin:
    """Answers any feature of any event of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.events = [
            self._event(stream, row)
            for stream, rows in (
                ("transaction", world.transactions),
                ("login", world.logins),
                ("liveness", world.liveness_checks),
            )
            for row in rows
        ]
        self.facts = [*self._told(), *self._dealings(), *self._tainted()]

    def value(self, event: Row, feature: Feature) -> float | None:
        return self._value(event, feature.measure, feature.entity, feature.window)

    def _event(self, stream: str, row: Row) -> Row:
        account = _find(self.world.accounts, "account_id", row["account_id"])
        network = _find(self.world.networks, "ip", row.get("ip"))
        device = _find(self.world.devices, "device_id", row.get("device_id"))
        when, amount = row["occurred_at"], row.get("amount")
        known_country = any(network.get("country") == country.alpha2 for country in countries())
        kind = network.get("kind")
        event = {
            **{name: value for name, value in row.items() if name not in ("device_id", "account_id")},
            "fact": "event",
            "stream": stream,
            "kind": row.get("kind", "identity_check"),
            "outcome": row.get("status") or row.get("outcome") or row.get("vendor_outcome"),
            "t": when,
            "account": row["account_id"],
            "device": row.get("device_id"),
            "ip": row.get("ip"),
            "counterparty": row.get("counterparty"),
            "country": network.get("country") if known_country else None,
            "part_of_day": when.hour // 4,
            "amount": amount,
            "milli_log": round(1000 * math.log(amount)) if amount else None,
            "is_just_under_limit": None
            if amount is None
            else any(0.9 * limit <= float(amount) < limit for limit in LIMITS),
            "is_round_amount": None if amount is None else amount > 0 and amount % 100 == 0,
            "is_emulated_device": device.get("is_emulator"),
            "is_rooted_device": device.get("is_rooted"),
            "is_emulated_capture": row.get("is_emulator"),
            "is_for_onboarding": _same(row.get("purpose"), "onboarding"),
            "is_for_recovery": _same(row.get("purpose"), "recovery"),
            "is_tor": _same(kind, "tor"),
            "is_vpn": _same(kind, "vpn"),
            "is_datacentre": _same(kind, "datacentre"),
            "factor_strength": {"password": 0, "sms": 1, "totp": 2, "passkey": 3}.get(row.get("factor", "")),
        }
        event["is_foreign_network"] = (
            network["country"] != account["kyc_country"]
            if network.get("country") and account.get("kyc_country")
            else None
        )
        opened = account.get("opened_at")
        event["account_age_seconds"] = (
            min((when - opened) / timedelta(seconds=1), 365 * 86_400)
            if opened is not None and opened <= when
            else None
        )
        for column, kind_of in (
            ("is_listed_counterparty", "counterparty"),
            ("is_listed_device", "device"),
            ("is_listed_network", "ip"),
        ):
            name = event[kind_of]
            since = self._listed_since(kind_of, name)
            event[column] = None if name is None else since is not None and since < when
        return event | self._ring(row["account_id"], row.get("counterparty"), when)

    def _ring(self, account: str, counterparty: str | None, when: datetime) -> Row:
        own, other = self._snapshot(account, when), self._snapshot(counterparty, when)
        known = {name: own.get(name) or 0 for name in SNAPSHOT}
        within = own.get("ring_id") is not None and own.get("ring_id") == other.get("ring_id")
        return {**known, "other_ring_score": other.get("ring_score") or 0, "is_within_ring": within}

    def _snapshot(self, account: str | None, when: datetime) -> Row:
        rows = [r for r in self.world.ring_features if r["account_id"] == account and r["as_of"] <= when]
        return max(rows, key=lambda row: row["as_of"], default={})

    def _listed_since(self, kind: str, name: str | None) -> datetime | None:
        since = [
            row["listed_at"] or BEGINNING
            for row in self.world.signature_matches
            if row["entity_kind"] == kind and row["entity"] == name and row["network_kind"] is None
        ]
        return min(since, default=None)

    def _told(self) -> list[Row]:
        words = {"confirmed": "confirmed", "false_positive": "cleared"}
        first: dict[Any, datetime] = {}
        for label in self.world.labels:
            if label["known_at"] is None or label["outcome"] not in words:
                continue
            key = (words[label["outcome"]], label["event_id"], label["account_id"])
            first[key] = min(first.get(key, label["known_at"]), label["known_at"])
        facts = []
        for (fact, event_id, account), known in first.items():
            if event_id is None:
                facts.append({"fact": fact, "t": known, "account": account})
            for event in self.events:
                if event["event_id"] == event_id:
                    keys = {k: event[k] for k in ("device", "ip", "counterparty", "country", "part_of_day")}
                    facts.append(
                        {"fact": fact, "t": max(known, event["t"]), "account": event["account"], **keys}
                    )
        return facts

    def _dealings(self) -> list[Row]:
        listed = [(e, self._listed_since("counterparty", e["counterparty"])) for e in self.events]
        return [
            {
                "fact": "listed_dealing",
                "t": max(event["t"], since),
                "account": event["account"],
                "counterparty": event["counterparty"],
            }
            for event, since in listed
            if since is not None
        ]

    def _tainted(self) -> list[Row]:
        """One row for each pair of a tainted account and an unlisted counterparty, from when both hold."""
        facts = []
        pairs = {(e["account"], e["counterparty"]) for e in self.events if e["counterparty"]}
        for account, counterparty in pairs:
            taints = [d["t"] for d in self._dealings() if d["account"] == account]
            if not taints or self._listed_since("counterparty", counterparty) is not None:
                continue
            met = min(
                e["t"] for e in self.events if (e["account"], e["counterparty"]) == (account, counterparty)
            )
            facts.append(
                {
                    "fact": "tainted_user",
                    "t": max(met, min(taints)),
                    "account": account,
                    "counterparty": counterparty,
                }
            )
        return facts

    def _past(self, event: Row, entity: Entity, rows: Rows, window: Window) -> list[Row]:
        if any(event[key] is None for key in entity.keys):
            raise UnknownEntityError
        start = BEGINNING if window.length is None else event["t"] - window.length * MICROSECOND
        return [
            row
            for row in (*self.events, *self.facts)
            if start <= row["t"] < event["t"]
            and all(row.get(key) == event[key] for key in entity.keys)
            and is_one_of(row, rows.name)
        ]

    def _value(self, event: Row, measure: m.Measure, entity: Entity, window: Window) -> float | None:
        if isinstance(measure, m.Attribute):
            return event.get(measure.column)
        if isinstance(measure, m.Amount):
            return event["amount"]
        if isinstance(measure, m.IsOne):
            return is_one_of(event, measure.rows.name)
        try:
            past = self._past(event, entity, measure.rows, window)
            if isinstance(measure, TWO_PASTS):
                return self._compared(event, past, measure, entity, window)
        except UnknownEntityError:
            return None
        if isinstance(measure, TIMES):
            return _times(event, past, measure)
        return _summary(event, past, measure)

    def _compared(
        self, event: Row, past: list[Row], measure: m.Measure, entity: Entity, window: Window
    ) -> float | None:
        match measure:
            case c.Share(of=of, prior=prior, weight=weight):
                among = len(self._past(event, entity, of, window))
                return (len(past) + prior * weight) / (among + weight)
            case c.ShareOfAccount(account=account, prior=prior, weight=weight):
                among = len(self._past(event, account, measure.rows, window))
                return (len(past) + prior * weight) / (among + weight)
            case c.Pace(short=short) if past:
                now = len(self._past(event, entity, measure.rows, short)) / (short.length or 0)
                return now / (len(past) / (window.length or 0))
            case c.PassThrough(came=came):
                deposits = sum(_amounts(self._past(event, entity, came, window)))
                ours = event["amount"] if is_one_of(event, measure.rows.name) else None
                return (sum(_amounts(past)) + (ours or 0)) / deposits if deposits else None
            case c.TravelSpeed():
                return self._speed(event, [row for row in past if row["country"] is not None])
        return None

    def _speed(self, event: Row, past: list[Row]) -> float | None:
        if event["country"] is None or not past:
            return None
        # Of two places at one instant the one later in the alphabet counts.
        last = max(past, key=lambda row: (row["t"], row["country"]))
        hours = max((event["t"] - last["t"]) / timedelta(hours=1), 1)
        return kilometres(last["country"], event["country"]) / hours


TWO_PASTS = (c.Share, c.ShareOfAccount, c.Pace, c.PassThrough, c.TravelSpeed)
TIMES = (c.TimesTypical, c.TimesMean, c.TimesLargest, c.Deviation)


def _summary(event: Row, past: list[Row], measure: m.Measure) -> float | None:
    """Answer what one past says by itself."""
    amounts, logs = _amounts(past), _logs(past)
    answers = {
        m.Count: len(past),
        m.Sum: sum(amounts),
        m.Mean: sum(amounts) / len(amounts) if amounts else None,
        m.Largest: max(amounts, default=None),
        m.SinceLast: _seconds(event["t"] - max(row["t"] for row in past)) if past else None,
        m.SinceFirst: _seconds(event["t"] - min(row["t"] for row in past)) if past else None,
        m.IsFirst: not past,
        m.Typical: math.exp(sum(logs) / len(logs)) if logs else None,
        c.CountOfOthers: len([row for row in past if row["account"] != event["account"]]),
    }
    if isinstance(measure, m.Distinct):
        return len({row[measure.column] for row in past} - {None})
    return answers[type(measure)]


def _times(event: Row, past: list[Row], measure: m.Measure) -> float | None:
    """Answer the amount at hand against a past of the same rows."""
    amount, amounts, logs = event["amount"], _amounts(past), _logs(past)
    if not amount or not is_one_of(event, measure.rows.name):
        return None
    match measure:
        case c.TimesTypical() if logs:
            return float(amount) / math.exp(sum(logs) / len(logs))
        case c.TimesMean() if sum(amounts):
            return amount / (sum(amounts) / len(amounts))
        case c.TimesLargest() if max(amounts, default=0):
            return amount / max(amounts)
        case c.Deviation() if logs:
            mean = sum(logs) / len(logs)
            spread = math.sqrt((sum((x - mean) ** 2 for x in logs) + 2) / (len(logs) + 2))
            return (event["milli_log"] / 1000 - mean) / spread
    return None


def _amounts(past: list[Row]) -> list[Any]:
    return [row["amount"] for row in past if row.get("amount") is not None]


def _logs(past: list[Row]) -> list[float]:
    return [row["milli_log"] / 1000 for row in past if row.get("milli_log") is not None]


class UnknownEntityError(Exception):
    """The event does not say which device, network, counterparty or country it has."""


def is_one_of(row: Row, name: str) -> bool:
    """Answer whether a row belongs to the named set, in words of the twin's own."""
    if row["fact"] != "event":
        facts = {"confirmed": "confirmed", "cleared": "cleared"}
        facts |= {"listed_dealings": "listed_dealing", "tainted_users": "tainted_user"}
        return facts.get(name) == row["fact"]
    kind, outcome = row["kind"], row["outcome"]
    has_failed = outcome in ("failure", "locked")
    answers = {
        "events": True,
        "transactions": row["stream"] == "transaction",
        "money_out": kind in ("withdrawal", "internal_transfer"),
        "money_in": kind == "deposit" and outcome not in ("failed", "cancelled"),
        "trades": kind == "trade",
        "amounts_under_limits": bool(row["is_just_under_limit"]),
        "logins": kind == "login" and not has_failed,
        "failed_logins": kind == "login" and has_failed,
        "password_changes": kind == "password_change",
        "factor_changes": kind == "factor_change",
        "credential_changes": kind in ("password_change", "factor_change"),
        "identity_checks": kind == "identity_check",
        "failed_checks": kind == "identity_check" and outcome == "fail",
    }
    return answers.get(name, False)


def kilometres(here: str, there: str) -> float:
    """Answer the distance between two countries' middles by the haversine formula, radius 6,371 km."""
    places = {country.alpha2: country for country in countries()}
    a, b = places[here], places[there]
    up = math.radians(b.latitude - a.latitude) / 2
    across = math.radians(b.longitude - a.longitude) / 2
    shrink = math.cos(math.radians(a.latitude)) * math.cos(math.radians(b.latitude))
    return 2 * 6371 * math.asin(math.sqrt(math.sin(up) ** 2 + shrink * math.sin(across) ** 2))


def _seconds(length: timedelta) -> float:
    return min(length / timedelta(seconds=1), 90 * 86_400)


def _same(value: str | None, word: str) -> bool | None:
    return None if value is None else value == word


def _find(rows: list[Row], key: str, name: str | None) -> Row:
    return next((row for row in rows if row[key] == name), {})
