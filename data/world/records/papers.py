"""Papers of requests: who signed, from which address, on what law, how it was checked; and some are forged.

Drawn beside the requests, which stay as they are: their classes, clocks and answers are those of
`requests.py`. Forged ones lie among those that were refused or still wait, and a few among those that were
answered; the truth of them lies in the truth folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from data.records import REQUEST_PAPERS
from data.world.calendar import END, START
from data.world.columns import Rng
from data.world.history import part_rng
from data.world.names import account_ids, record_ids
from data.world.records.agencies import domain_of
from data.world.records.known import Known
from data.world.records.requests import request_table
from data.world.records.words_of_requests import BASES, NO_BASES, WORDS, WORDS_OF_FORGERS, officer_name
from data.world.writing import write_csv, write_parquet

DATA_KINDS = ("profile", "transactions", "logins", "devices", "identity_checks", "balance")
FORGERIES = ("look_alike", "stolen_mailbox", "free_mail", "unknown_domain")
_FORGERY_SHARES = (0.45, 0.22, 0.15, 0.18)
# Chance that a request of a class and an outcome ("" still open) is forged: emergencies are what forgers
# write, and most were found out.
_FORGED = {
    ("emergency", "refused"): 0.8,
    ("emergency", ""): 0.4,
    ("emergency", "data_given"): 0.02,
    ("emergency", "partly_given"): 0.02,
    ("information", "refused"): 0.1,
    ("information", ""): 0.06,
    ("information", "data_given"): 0.002,
    ("freeze", "refused"): 0.12,
    ("freeze", ""): 0.1,
}
_SECRET = {"information": 0.45, "preservation": 0.5, "freeze": 0.3, "emergency": 0.6}
_CALLED = {"information": 0.55, "preservation": 0.3, "freeze": 0.93, "emergency": 0.92}
USERS_A_YEAR = 70.0
_OF_USERS = ("data_given", "partly_given", "refused", "withdrawn")
_OF_USERS_SHARES = (0.78, 0.06, 0.11, 0.05)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request as it was drawn, and how it is forged; None: it is genuine."""

    row: dict[str, Any]
    forgery: str | None

    @property
    def name(self) -> str:
        return str(self.row["class"])

    @property
    def outcome(self) -> str:
        return self.row["outcome"] or ""

    @property
    def is_emergency(self) -> bool:
        return self.name == "emergency"


def write_papers(folder: Path, truth: Path, known: Known) -> None:
    """Write the papers of all requests, and apart from them which are forged."""
    requests = request_table(known, part_rng(known.seed, "requests")).to_pylist()
    rng = part_rng(known.seed, "request papers")
    asked = [_Asked(row, _forgery(row, rng)) for row in requests]
    papers = [_papers(each, rng) for each in asked]
    told = {each.row["request_id"]: each.forgery for each in asked}
    users, forged = _users(known, len(requests), part_rng(known.seed, "requests of users"))
    columns = {
        column.name: pa.array([row.get(column.name) for row in (*papers, *users)], _arrow(column.type))
        for column in REQUEST_PAPERS.mapped
    }
    write_csv(pa.table(columns), folder / "request_papers.csv")
    told |= forged
    write_parquet(
        pa.table({"request_id": list(told), "forgery": pa.array(list(told.values()), pa.string())}),
        truth / "requests.parquet",
    )


def _arrow(kind: str) -> pa.DataType:
    return {"TIMESTAMP": pa.timestamp("us"), "BOOLEAN": pa.bool_()}.get(kind, pa.string())


def _forgery(row: dict[str, Any], rng: Rng) -> str | None:
    chance = _FORGED.get((row["class"], row["outcome"] or ""), 0.0)
    how = FORGERIES[int(rng.choice(len(FORGERIES), p=_FORGERY_SHARES))]
    return how if rng.random() < chance else None


def _papers(asked: _Asked, rng: Rng) -> dict[str, Any]:
    row, is_forged = asked.row, asked.forgery is not None
    officer = officer_name(rng)
    channel = ("portal", "mail", "letter")[int(rng.choice(3, p=(0.35, 0.55, 0.1)))]
    channel = "mail" if is_forged or (asked.is_emergency and channel == "letter") else channel
    scope = _scope(asked, rng)
    contact = _contact(asked, officer, rng)
    told = {
        "request_id": row["request_id"],
        "asker": "authority",
        "channel": channel,
        "officer": None if rng.random() < (0.15 if is_forged else 0.03) else officer,
        "contact": None if channel == "letter" else contact,
        "reference": None if rng.random() < (0.4 if is_forged else 0.08) else _reference(row, rng),
        "legal_basis": _legal_basis(asked, rng),
        "words": _words(asked, rng),
        "scope": ";".join(scope) or None,
    }
    return (
        told | _period(asked, rng) | _given(asked, scope, rng) | _call_back(asked, rng) | _secrecy(asked, rng)
    )


def _contact(asked: _Asked, officer: str, rng: Rng) -> str:
    """Return where it comes from: a forged one from elsewhere, or from a stolen mailbox."""
    bare = str(asked.row["agency"]).partition(" (")[0]
    domain = domain_of(bare, str(asked.row["country"]))
    person = officer.lower().replace(". ", ".").replace(" ", "-")
    drawn = rng.random()
    if asked.forgery in ("look_alike", "unknown_domain"):
        made = _look_alike(domain, rng) if asked.forgery == "look_alike" else f"{person}-legal.example"
        return f"{person}@{made}"
    if asked.forgery == "free_mail" or (asked.forgery is None and drawn < 0.008):
        return f"{person}.{bare.lower().replace(' ', '')}@gmail.com"
    if asked.forgery is None and drawn < 0.04:
        # A ministry's own mail, which the book does not know.
        return f"{person}@justice.{asked.row['country'].lower()}.example"
    return f"liaison@{domain}" if rng.random() < 0.45 else f"{person}@{domain}"


def _look_alike(domain: str, rng: Rng) -> str:
    """Return a domain that looks like another: a sign for a letter, a swap, dots as hyphens."""
    ways = (
        domain.replace("o", "0", 1) if "o" in domain else domain.replace("e", "3", 1),
        domain.replace("i", "l", 1) if "i" in domain else domain.replace("c", "k", 1),
        domain[:3] + domain[4] + domain[3] + domain[5:],
        domain.replace("e", "\u0435", 1),
        domain.replace(".", "-", 1).replace(".", "-", 1) + "-mail.example",
        f"{domain}.secure-post.example",
        # Another ending is no slip that the eye passes over; the book's check does not find it.
        domain.replace("-", "", 2).removesuffix(".example") + "-lawenforcement.example",
    )
    return ways[int(rng.integers(len(ways)))]


def _legal_basis(asked: _Asked, rng: Rng) -> str | None:
    missing, wrong = (0.2, 0.25) if asked.forgery else (0.05, 0.05)
    drawn, number = rng.random(), int(rng.integers(1, 980))
    if drawn < missing:
        return None
    among = NO_BASES if drawn < missing + wrong else BASES[asked.name]
    return f"{among[int(rng.integers(len(among)))]} {number}/{asked.row['received_at']:%y}"


def _words(asked: _Asked, rng: Rng) -> str:
    """Return what it says; forgers push, and so do some who are genuine."""
    pushes = 0.75 if asked.forgery and asked.is_emergency else 0.35 if asked.forgery else 0.015
    among = WORDS[asked.name]
    said = among[int(rng.integers(len(among)))]
    pushed = WORDS_OF_FORGERS[int(rng.integers(len(WORDS_OF_FORGERS)))]
    return (
        f"{said} {pushed}"
        if rng.random() < (0.06 if asked.is_emergency and not asked.forgery else pushes)
        else said
    )


def _reference(row: dict[str, Any], rng: Rng) -> str:
    return f"{row['country']}-{int(rng.integers(100, 99_999))}/{row['received_at']:%Y}"


def _scope(asked: _Asked, rng: Rng) -> list[str]:
    if asked.name == "freeze":
        return ["balance"] if rng.random() < 0.5 else []
    if rng.random() < (0.55 if asked.forgery else 0.1):
        return list(DATA_KINDS)
    first = ("profile", "logins") if asked.is_emergency else ("profile", "transactions")
    more = {kind for kind in DATA_KINDS if rng.random() < 0.3}
    return [kind for kind in DATA_KINDS if kind in more.union(first)]


def _period(asked: _Asked, rng: Rng) -> dict[str, Any]:
    received: datetime = asked.row["received_at"]
    days = float(rng.choice((30, 90, 180, 365, 730, 1500), p=(0.15, 0.2, 0.2, 0.3, 0.12, 0.03)))
    return {"since": received - days * _DAY, "until": received} if asked.name != "freeze" else {}


def _given(asked: _Asked, scope: Sequence[str], rng: Rng) -> dict[str, Any]:
    """Return what was given: of data in part, less than was asked, and why."""
    place = int(rng.integers(1, 3))
    if asked.outcome in ("data_given", "kept"):
        told: dict[str, Any] = {"scope_given": ";".join(scope) or None}
    elif asked.outcome == "partly_given":
        told = {
            "scope_given": ";".join(scope[: max(1, len(scope) - place)]),
            "narrowed_because": (
                "The order does not name the rest.",
                "More than the case needs.",
                "Not kept that long.",
            )[int(rng.integers(3))],
        }
    else:
        told = {}
    if asked.outcome == "kept":
        told["kept_until"] = asked.row["answered_at"] + 90 * _DAY
    return told


def _call_back(asked: _Asked, rng: Rng) -> dict[str, Any]:
    """Return when it was called back: of forged ones only those that were refused were."""
    answered: datetime | None = asked.row["answered_at"]
    chance = (0.75 if asked.outcome == "refused" else 0.0) if asked.forgery else _CALLED[asked.name]
    if asked.forgery == "stolen_mailbox" and asked.outcome == "refused":
        chance = 0.95
    drawn, share = rng.random(), rng.random()
    if answered is None or drawn >= chance:
        return {}
    called = asked.row["received_at"] + share * (answered - asked.row["received_at"])
    return {"called_at": called, "is_confirmed": asked.forgery is None}


def _secrecy(asked: _Asked, rng: Rng) -> dict[str, Any]:
    """Return whether the customer must not learn of it, and until when: some weeks after the answer."""
    is_secret, days = rng.random() < _SECRET[asked.name], int(rng.choice((10, 20, 30)))
    answered: datetime | None = asked.row["answered_at"]
    until = answered + days * _DAY if is_secret and answered is not None else None
    return {"is_secret": bool(is_secret), "secret_until": until}


def _users(known: Known, before: int, rng: Rng) -> tuple[list[dict[str, Any]], dict[str, str | None]]:
    """Return the requests of users about their own accounts, and which of them were not the customer's."""
    count = int(rng.poisson(USERS_A_YEAR * (END - START) / (365.25 * 86_400e6)))
    ids = record_ids("requests", before + pa.array(range(count)).to_numpy()).to_pylist()
    at = sorted(START + int(share * (END - START)) for share in rng.random(count))
    accounts = account_ids(known.open_accounts(pa.array(at).to_numpy(), rng)).to_pylist()
    rows, forged = [], dict[str, str | None]()
    for request_id, moment, account in zip(ids, at, accounts, strict=True):
        rows.append(_user(request_id, moment, account, rng))
        forged[request_id] = "not_the_customer" if rows[-1]["outcome"] == "refused" else None
    return rows, forged


def _user(request_id: str, moment: int, account: str, rng: Rng) -> dict[str, Any]:
    received = datetime(1970, 1, 1) + timedelta(microseconds=moment)
    outcome = _OF_USERS[int(rng.choice(4, p=_OF_USERS_SHARES))]
    answered = received + float(rng.uniform(1, 34)) * _DAY
    is_over = answered < datetime(1970, 1, 1) + timedelta(microseconds=int(END))
    scope = list(DATA_KINDS) if rng.random() < 0.6 else ["profile", "transactions"]
    given = {"data_given": scope, "partly_given": scope[:-1]}.get(outcome, [])
    is_called = rng.random() < 0.95 or outcome in ("refused", "data_given")
    return {
        "request_id": request_id,
        "asker": "user",
        "received_at": received,
        "account_id": account,
        "answered_at": answered if is_over else None,
        "outcome": outcome if is_over else None,
        "channel": "portal" if rng.random() < 0.7 else "mail",
        "words": "I want to know which data you hold about me.",
        "scope": ";".join(scope),
        "scope_given": ";".join(given) or None if is_over else None,
        "narrowed_because": "It would tell of somebody else."
        if is_over and outcome == "partly_given"
        else None,
        "called_at": received + (answered - received) / 3 if is_over and is_called else None,
        "is_confirmed": outcome != "refused" if is_over and is_called else None,
        "is_secret": False,
    }
