"""Does any page, export, log or error of a role without the right hold personal data of 1,000 accounts?

Every page and tab is drawn as the program draws it, every question that it offers is answered and exported,
every table is exported as the command does, as each role that sees tokens; then all texts are searched for
the devices, network addresses, clients and payout addresses of the accounts. The baseline is the same search
as analyst, who sees them: it shows that the search finds what is there.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from streamlit.testing.v1 import AppTest

from benchmarks.results import Figure, Result
from benchmarks.seen import found_in, texts_of_table, watching
from dashboard import ask, owner, tables, warm
from dashboard.audit.tabs import TABS as AUDIT_TABS
from dashboard.desk.tabs import TABS as DESK_TABS
from dashboard.exporting import export, names
from dashboard.freezes.tabs import TABS as FREEZE_TABS
from dashboard.liveness.tabs import TABS as LIVENESS_TABS
from dashboard.models.tabs import TABS as MODEL_TABS
from dashboard.reader import reading_as
from dashboard.requests.tabs import TABS as REQUEST_TABS
from dashboard.review.tabs import TABS as REVIEW_TABS
from data.errors import WatchfloorError
from data.home import PROJECT_ROOT, demo_home
from data.statement import read_statement
from desk.actors import ROLE_VARIABLE, Actor
from desk.reads import reader_of

HERE = Path(__file__).parent
ACCOUNTS = 1_000
# Fewer, to try it.
ACCOUNTS_VARIABLE = "WATCHFLOOR_ACCOUNTS"
SEEN_AS_ANALYST = 40
ROLES = ("risk_manager", "executive", "administrator")
TABS = {
    "audit": AUDIT_TABS,
    "desk": DESK_TABS,
    "freezes": FREEZE_TABS,
    "liveness": LIVENESS_TABS,
    "models": MODEL_TABS,
    "requests": REQUEST_TABS,
    "review": REVIEW_TABS,
}
PAGES = ("overview", "regions", "accounts", "explanations", "rings", "ring", "case", "check")


def main() -> None:
    """Search, and write the result. Raises SystemExit without a demonstration, or where one is found."""
    os.environ.setdefault("WATCHFLOOR_STORE", str(demo_home().path))
    if not owner.chosen_home().store_path.exists():
        raise SystemExit("build the demonstration first, or name its folder in WATCHFLOOR_STORE")
    warm.import_pages()
    accounts = int(os.environ.get(ACCOUNTS_VARIABLE, ACCOUNTS))
    chosen = ask.answer(read_statement(HERE / "masked_accounts.sql"), accounts=accounts).to_pylist()
    named = [str(row["account_id"]) for row in chosen]
    asked = ask.answer(read_statement(HERE / "masked_values.sql"), accounts=named)
    values = frozenset(str(value) for value in asked.column(0).to_pylist())
    found = {role: found_as(role, chosen, values) for role in ROLES}
    seen = found_as("analyst", chosen[:SEEN_AS_ANALYST], values)
    Result(
        "money",
        "masked",
        f"How many of {len(values):,} personal values of {len(chosen):,} accounts are shown to others?",
        tuple(
            Figure(
                f"values found as {role}",
                len(each[0]),
                "values",
                baseline=len(seen[0]),
                baseline_name="analyst",
            )
            for role, each in found.items()
        )
        + tuple(Figure(f"texts searched as {role}", each[1], "texts") for role, each in found.items()),
        seed=0,
        notes=(
            "Every page and tab, the pages of each account, every question offered with its export, every "
            "table exported as the command does, the log and the refusals.",
            f"The analyst looked at {SEEN_AS_ANALYST} accounts.",
        ),
    ).write()
    if any(each[0] for each in found.values()):
        raise SystemExit(f"shown: { {role: sorted(each[0])[:5] for role, each in found.items()} }")


def found_as(role: str, chosen: list[dict[str, object]], values: frozenset[str]) -> tuple[set[str], int]:
    """Return the values that somebody in `role` comes to see, and how many texts were looked through."""
    os.environ[ROLE_VARIABLE] = role
    hits: set[str] = set()
    looked = 0
    with watching() as seen:
        for page, view in views(chosen):
            at = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{page}.py"), default_timeout=120)
            at.query_params.update(view)
            at.run()
            hits |= _told(found_in(seen.texts, values), f"{role} {page} {view}")
            looked += len(seen.texts)
            seen.texts.clear()
        with reading_as(reader_of(Actor("Somebody", role))):
            for name, text in _taken(list(seen.asked.values())):
                hits |= _told(found_in(text, values), f"{role} {name}")
                looked += len(text)
        hits |= found_in(seen.texts, values)
    return hits, looked


def views(chosen: list[dict[str, object]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every page with what its address names."""
    for page, tabs in TABS.items():
        for tab in tabs:
            yield page, {"tab": tab}
    for page in PAGES:
        yield page, {}
    for row in chosen:
        account = str(row["account_id"])
        yield "accounts", {"account": account}
        if row["event_id"]:
            yield "explanations", {"account": account, "event": str(row["event_id"])}
        with reading_as(reader_of(Actor("Somebody", "desk_lead"))):
            case = ask.answer("live_case_of_account", account_id=account)
        for found in case.to_pylist()[:1]:
            yield "case", {"case": str(found["case_id"])}
    for ring in ask.answer(read_statement(HERE / "masked_rings.sql")).column(0).to_pylist():
        yield "ring", {"ring": str(ring)}


def _taken(offered: list[tables.Asked]) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows that pages offer, as exported, then every table as the command exports it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "taken.parquet"
        for asked in offered:
            try:
                text = tables.exported(asked, "csv").decode()
                yield asked.name, [text, asked.statement.sql, repr(asked.parameters)]
            except WatchfloorError as error:
                yield asked.name, [str(error)]
        for name in names():
            if name in ask.questions():
                continue
            try:
                export(reader_of(Actor("Somebody", os.environ[ROLE_VARIABLE])), name, path, {})
                yield name, texts_of_table(pq.read_table(path))
            except WatchfloorError as error:
                yield name, [str(error)]


def _told(hits: set[str], where: str) -> set[str]:
    if hits and not where.startswith("analyst"):
        print(f"{where}: {sorted(hits)[:3]}")
    return hits


if __name__ == "__main__":
    main()
