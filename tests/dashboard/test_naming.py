"""People named from the command line, and the walk over the audit log, in a store on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import small_exchange

from dashboard import acting, owner
from dashboard.cli import main
from dashboard.desk_records import desk_records
from dashboard.naming import name_people
from data.home import Home, own_home
from desk.actors import Actor
from desk.people import LonelyError, PeopleError


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A user's own store with the small exchange, owned by this process."""
    monkeypatch.setenv("WATCHFLOOR_HOME", str(tmp_path))
    small_exchange.fill(owner.become(own_home()).store)
    yield own_home()
    desk_records().close()
    owner.resign()


def verified(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main(["verify"])
    return int(ended.value.code or 0), " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("own")
def test_the_people_of_an_own_store_are_named_once_and_one_of_them_sits_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert name_people([]).startswith("Nobody was named yet")
    assert acting.actor() == Actor("local", "risk_manager")
    with pytest.raises(LonelyError, match=r"Nobody could ever promote a model or roll out a policy"):
        name_people(["Rita=risk_manager"])

    said = name_people(["Rita=risk_manager", " Lena = desk_lead"])
    assert said == "Rita: risk manager, since 2025-10-31\nLena: desk lead, since 2025-10-31"
    with pytest.raises(PeopleError, match="People were named here before"):
        name_people(["Eve=desk_lead", "Rita=risk_manager"])

    assert acting.actor() == Actor("local", "risk_manager")
    assert acting.choosable() == []
    monkeypatch.setenv("WATCHFLOOR_PERSON", "Lena")
    assert acting.actor() == Actor("Lena", "desk_lead")
    monkeypatch.setenv("WATCHFLOOR_PERSON", "Eve")
    with pytest.raises(PeopleError, match="There is no person 'Eve' here"):
        acting.actor()


def test_verify_says_that_the_log_is_whole_or_where_it_is_broken(
    own: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    name_people(["Rita=risk_manager", "Lena=desk_lead"])
    assert verified(capsys) == (
        0,
        "The audit log is whole: 2 lines, and it agrees with 1 signed head. "
        "People and approvals are what the log says was done. "
        "Requests and claims are what the log says was done. "
        "The ledger is whole: 0 transfers of 0 accounts and assets add up to zero and agree with 0 freezes; "
        "0 held, 0 ordered. "
        "The queue of the desk is what the steps of its cases lead to: 0 cases wait.",
    )

    with closing(sqlite3.connect(own.desk_path)) as connection:
        connection.execute("DROP TRIGGER audit_lines_not_updated")
        connection.execute("UPDATE audit_lines SET object_id = 'Eve' WHERE number = 2")
        connection.commit()
    code, said = verified(capsys)
    assert code == 1
    assert said.startswith("The audit log is broken at line 2: Line 2 was edited")
