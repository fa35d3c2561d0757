"""The small exchange with all that a quarterly review reads, by hand. Beside what `small_exchange.py` holds:

    of the deposits held each week   one is confirmed a day later, one turns out honest after two days, one is
                                     inconclusive after 30 hours; the rest nobody answers
    crime that was allowed           deposits of 30: one a week in Q2, three a week in Q3
    South-East Asia                  500 transactions of Indonesia a week; 42 identity checks in Q2 of which 2
                                     were blocked, 43 in Q3 of which 3: a print, an injection, and one honest
    crimes of Q3                     the first ring strikes again in Russia; a pair with one tie; one alone
    crimes of Q2                     one ring of four in Indonesia
    rings                            those of `reviewed_rings.py`
    records                          requests, cases, recoveries and appeals of A1, A2 and an unknown account

Two fraud models: fraud-a until July, fraud-b from then on, which flags half of what fraud-a flags.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from reviewed_rings import LABELS, RING_MEMBERS, RING_TRANSFERS, RINGS
from small_connections import Rows
from small_exchange import STARTS, fill, insert

from data.store import Store

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
Q2, Q3 = STARTS
INDONESIA = {"region": "south_east_asia", "country": "ID"}
KAZAKHSTAN = {"region": "cis", "country": "KZ"}
MISSED = {Q2: 1, Q3: 3}
LIVENESS_BINS = {date(2025, 5, 5): (80, 20, 0), date(2025, 8, 4): (80, 10, 10)}
PSI_BINS = {date(2025, 2, 3): (900, 100), date(2025, 5, 5): (900, 100), date(2025, 8, 4): (800, 200)}


def fill_for_review(store: Store) -> None:
    """Write the reviewed exchange into an empty store."""
    fill(store)
    with store.writing() as cursor:
        for table, rows in (
            ("daily", _daily()),
            ("flagged_events", _checks()),
            ("event_accounts", [*_checks(), *_missed()]),
            ("confirmed_events", _confirmed()),
            ("incidents", INCIDENTS),
            ("desk_requests", REQUESTS),
            ("cases", CASES),
            ("recoveries", RECOVERIES),
            ("appeals", APPEALS),
            ("audits", [row | {"audit_id": row["event_id"]} for row in _audited()]),
            ("audited_events", _audited()),
            ("score_bins", _bins()),
            ("model_versions", MODELS),
            ("cross_scored", _crossed()),
            ("attributions", ATTRIBUTIONS),
            ("files", [{"file_id": 1, "is_synthetic": True}]),
            ("rings", RINGS),
            ("ring_members", RING_MEMBERS),
            ("ring_transfers", RING_TRANSFERS),
            ("labels", LABELS),
        ):
            insert(cursor, table, rows)
        # What turns out to be crime had scored highest.
        cursor.execute("UPDATE flagged_events SET score = 0.6 WHERE event_id LIKE 'H%-0'")
        for number, (truth, lag) in enumerate(ANSWERS):
            known = f"occurred_at + INTERVAL {lag} HOUR"
            told = f", truth = '{truth}', truth_known_at = {known}" if truth else ""
            crime = f", confirmed_at = {known}" if truth == "confirmed" else ""
            cursor.execute(
                f"UPDATE flagged_events SET answered_at = {known}{told}{crime}"
                f" WHERE event_id LIKE 'H%-{number}'"
            )


# What was said of the first three deposits held each week, and how many hours later.
ANSWERS = (("confirmed", 24), ("false_positive", 48), (None, 30))


def _moment(start: date, week: int = 0) -> datetime:
    return datetime.combine(start, datetime.min.time()) + week * WEEK + 12 * HOUR


def _daily() -> Rows:
    trade = INDONESIA | {"stream": "transaction", "kind": "trade", "decision": "allow", "waiting": 0}
    check = INDONESIA | {"stream": "liveness", "kind": "identity_check", "waiting": 0, "settled": 0}
    rows: list[dict[str, Any]] = [
        trade | {"day": start + week * WEEK, "events": 500, "settled": 500, "amount": Decimal(20000)}
        for start in STARTS
        for week in range(13)
    ]
    for start, blocked in ((Q2, 2), (Q3, 3)):
        for decision, events in (("allow", 40), ("block", blocked)):
            rows.append(check | {"day": start, "decision": decision, "events": events, "amount": Decimal(0)})
    return rows


def _checks() -> Rows:
    """The identity checks that were blocked: the last of Q3 turned out honest, the others were attacks."""
    return [
        INDONESIA
        | {
            "event_id": f"C{start:%m%d}-{number}",
            "account_id": "A2",
            "occurred_at": _moment(start),
            "stream": "liveness",
            "kind": "identity_check",
            "model": "liveness",
            "decision": "block",
            "score": 0.9,
            "answered_at": _moment(start) + 2 * DAY,
            "confirmed_at": _moment(start) + 2 * DAY if number < 2 else None,
            "truth": "confirmed" if number < 2 else "false_positive",
            "truth_known_at": _moment(start) + 2 * DAY,
        }
        for start, blocked in ((Q2, 2), (Q3, 3))
        for number in range(blocked)
    ]


def _missed() -> Rows:
    crime = {"stream": "transaction", "kind": "deposit", "decision": "allow", "score": 0.01}
    return [
        KAZAKHSTAN
        | crime
        | {
            "event_id": f"M{start:%m%d}-{week}-{number}",
            "account_id": f"K{number}",
            "occurred_at": _moment(start, week),
            "known_at": _moment(start, week) + 5 * DAY,
            "amount": Decimal(30),
        }
        for start, missed in MISSED.items()
        for week in range(13)
        for number in range(missed)
    ]


def _confirmed() -> Rows:
    held = [
        KAZAKHSTAN
        | {
            "event_id": f"H{start:%m%d}-{week}-0",
            "account_id": "K0",
            "occurred_at": _moment(start, week),
            "known_at": _moment(start, week) + DAY,
            "stream": "transaction",
            "kind": "deposit",
            "amount": Decimal(10),
            "decision": "hold",
            "score": 0.5,
        }
        for start in STARTS
        for week in range(13)
    ]
    kinds = ("presentation_print", "injection_camera")
    checks = [
        row | {"typology": kinds[number % 2], "known_at": row["truth_known_at"]}
        for number, row in enumerate(row for row in _checks() if row["truth"] == "confirmed")
    ]
    return [*held, *_missed(), *checks]


def _incident(name: str, start: date, accounts: int, **known: Any) -> dict[str, Any]:
    happened = _moment(start, 2)
    return {
        "incident_id": name,
        "occurred_at": happened,
        "known_at": happened + DAY,
        "typology": "scam",
        "is_organised": accounts >= 3,
        "accounts": accounts,
        "events": 1,
        "amount": Decimal(0),
        "ring_id": name,
        "ring_accounts": accounts,
        "tie_kinds": 0,
    } | known


INCIDENTS: Rows = [
    _incident("strikes_again", Q3, 3, region="cis", country="RU", ring_id=f"{Q3}-0", tie_kinds=2),
    _incident("pair", Q3, 2, **KAZAKHSTAN, tie_kinds=1),
    _incident("alone", Q3, 1, **KAZAKHSTAN),
    _incident("asian", Q2, 4, **INDONESIA, tie_kinds=3),
]


def _request(number: int, account: str, start: date, hours: float, **known: Any) -> dict[str, Any]:
    came = _moment(start, 1)
    request = {"request_id": f"R{number}", "request_class": "information", "outcome": "data_given"}
    answered = came + hours * HOUR if hours else None
    told = {"asker": "authority", "received_at": came, "account_ids": [account], "answered_at": answered}
    return request | told | known


REQUESTS: Rows = [
    _request(1, "A1", Q2, 4),
    _request(2, "A1", Q3, 2),
    _request(3, "A2", Q3, 10, request_class="freeze", outcome="executed", amount=Decimal(70)),
    _request(4, "stranger", Q3, 0.5, request_class="emergency"),
    _request(5, "A1", Q3, 0, outcome=None),
]


def _ended(what: str, name: str, account: str, start: date, **known: Any) -> dict[str, Any]:
    began, ended = {
        "case": ("opened_at", "closed_at"),
        "recovery": ("claimed_at", "ended_at"),
        "appeal": ("filed_at", "ended_at"),
    }[what]
    times = {began: _moment(start, 1), ended: _moment(start, 3)}
    return {f"{what}_id": name, "account_id": account} | times | known


CASES: Rows = [
    _ended("case", "S1", "A1", Q2, disposition="confirmed"),
    _ended("case", "S2", "A1", Q3, disposition="confirmed", amount_saved=Decimal(5)),
    _ended("case", "S3", "A2", Q3, disposition="confirmed"),
    _ended("case", "S4", "A2", Q3, disposition="false_positive"),
]
RECOVERIES: Rows = [
    _ended("recovery", "V1", "A2", Q2, kind="wrong_chain", amount=Decimal(100), outcome="recovered"),
    _ended("recovery", "V2", "A1", Q3, kind="wrong_chain", amount=Decimal(300), outcome="recovered"),
    _ended("recovery", "V3", "stranger", Q3, kind="wrong_asset", amount=Decimal(40), outcome="recovered"),
    _ended("recovery", "V4", "A1", Q3, kind="missing_memo", amount=Decimal(9), outcome="false_claim"),
    _ended("recovery", "V5", "A1", Q3, kind="missing_memo", amount=Decimal(8), ended_at=None),
]
APPEALS: Rows = [
    _ended("appeal", "P1", "A2", Q2, outcome="upheld"),
    _ended("appeal", "P2", "A1", Q3, outcome="granted"),
    _ended("appeal", "P3", "A1", Q3, outcome="upheld"),
    _ended("appeal", "P4", "A1", Q3, ended_at=None),
]


def _audited() -> Rows:
    """Of each quarter 50 of 100 flagged events, 20 of them crime, and 100 of 10,000 others, `unseen` so."""
    rows: list[dict[str, Any]] = []
    for start, unseen in ((Q2, 1), (Q3, 2)):
        drawn = KAZAKHSTAN | {
            "occurred_at": _moment(start),
            "drawn_at": _moment(start) + DAY,
            "reviewed_at": _moment(start) + 9 * DAY,
        }
        for stratum, decision, probability, audited, crimes in (
            ("flagged", "hold", 0.5, 50, 20),
            ("others", "allow", 0.01, 100, unseen),
        ):
            rows += [
                drawn
                | {
                    "event_id": f"{stratum}{start:%m%d}-{number}",
                    "stratum": stratum,
                    "decision": decision,
                    "probability": probability,
                    "outcome": "confirmed" if number < crimes else "false_positive",
                }
                for number in range(audited)
            ]
    return rows


def _bins() -> Rows:
    fraud = [
        {"day": day, "region": "cis", "model": "fraud", "bin": at, "events": events}
        for day, counts in PSI_BINS.items()
        for at, events in zip((6, 15), counts, strict=True)
    ]
    checks = [
        {"day": day, "region": "cis", "model": "liveness", "bin": at, "events": events}
        for day, counts in LIVENESS_BINS.items()
        for at, events in zip((3, 9, 14), counts, strict=True)
        if events
    ]
    return [*fraud, *checks]


MODELS: Rows = [
    {"model_version": "fraud-a", "model": "fraud", "valid_from": datetime(2025, 4, 1)},
    {"model_version": "fraud-b", "model": "fraud", "valid_from": datetime(2025, 7, 1)},
    {"model_version": "liveness-a", "model": "liveness", "valid_from": datetime(2025, 4, 1)},
]


def _crossed() -> Rows:
    """A tenth of each quarter: fraud-a flags 26 of both, fraud-b 13; the one liveness model 2, then 3."""
    rows: list[dict[str, Any]] = []
    for start in STARTS:
        for version, flagged in (("fraud-a", 26), ("fraud-b", 13)):
            counted = {"region": "cis", "model": "fraud", "model_version": version, "flagged": flagged}
            rows.append(counted | {"quarter": start, "events": 1300, "alerts": flagged})
        check = {"region": "south_east_asia", "model": "liveness", "model_version": "liveness-a"}
        rows.append(
            check | {"quarter": start, "events": 650, "flagged": 2 if start == Q2 else 3, "alerts": 2}
        )
    return rows


ATTRIBUTIONS: Rows = [
    {
        "intervention_id": "strict",
        "title": "Stricter withdrawals",
        "place": "ID",
        "starts_at": datetime(2025, 7, 7),
        "ratio": 0.4,
        "low": 0.3,
        "high": 0.5,
        "pre_trend_p": 0.6,
        "lead_weeks": [-8, -4],
        "lead_ratios": [1.0, 1.1],
        "lead_lows": [0.8, 0.9],
        "lead_highs": [1.2, 1.3],
        "verdict": "With the measure incidents fell by 60 %.",
    },
    {
        "intervention_id": "unmeasured",
        "title": "New detection",
        "place": "cis",
        "starts_at": datetime(2025, 8, 4),
        "lead_weeks": None,
        "verdict": "Not measured: no controls.",
    },
]
