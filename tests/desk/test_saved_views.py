"""Views of the queue that people keep: their own and shared, changed, taken away and brought back."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from desk.actors import Actor, RightError
from desk.audit import lines
from desk.records import Records
from desk.saved_views import SavedViewError, delete, restore, save, views

NOW = datetime(2025, 10, 31, 23)
OLGA = Actor("Olga Operatordemo", "desk_operator")
ANA = Actor("Ana Analystdemo", "analyst")
LENA = Actor("Lena Leaddemo", "desk_lead")
EVE = Actor("Emil Executivedemo", "executive")
NIGHT = {"severity": "critical,high", "order": "due"}


def names(records: Records, actor: Actor) -> list[str]:
    return [view.name for view in views(records, actor)]


def test_a_view_is_its_owners_until_it_is_shared(records: Records) -> None:
    save(records, " Night   shift ", NIGHT, OLGA, NOW)
    save(records, "Breached", {"clock": "breached"}, ANA, NOW, is_shared=True)

    assert names(records, OLGA) == ["Night shift", "Breached"]
    assert names(records, ANA) == ["Breached"]
    assert views(records, OLGA)[0].chosen == NIGHT


def test_a_name_that_one_has_already_changes_that_view(records: Records) -> None:
    first = save(records, "Night", NIGHT, OLGA, NOW)
    again = save(records, "night", {"order": "loss"}, OLGA, NOW, is_shared=True)
    others = save(records, "Night", NIGHT, ANA, NOW)

    assert (again.view_id, again.version) == (first.view_id, 2)
    assert others.view_id != first.view_id
    assert views(records, OLGA)[0].chosen == {"order": "loss"}
    line = lines(records, object_id=first.view_id)[0]
    assert (line.action, json.loads(line.before or "")["is_shared"]) == ("changed", False)


def test_what_was_deleted_comes_back_and_every_change_is_a_line(records: Records) -> None:
    view = save(records, "Night", NIGHT, OLGA, NOW)
    delete(records, view.view_id, OLGA, NOW)

    assert names(records, OLGA) == []
    with pytest.raises(SavedViewError, match="can be deleted"):
        delete(records, view.view_id, OLGA, NOW)

    restore(records, view.view_id, OLGA, NOW)

    assert names(records, OLGA) == ["Night"]
    with pytest.raises(SavedViewError, match="can be restored"):
        restore(records, view.view_id, OLGA, NOW)
    told = [line.action for line in lines(records, object_kind="saved_view")]
    assert told == ["restored", "deleted", "saved"]


def test_only_the_owner_takes_a_view_away_or_who_leads_where_it_is_shared(records: Records) -> None:
    own = save(records, "Mine", NIGHT, OLGA, NOW)
    shared = save(records, "Ours", NIGHT, OLGA, NOW, is_shared=True)

    with pytest.raises(SavedViewError, match="belongs to Olga"):
        delete(records, shared.view_id, ANA, NOW)
    with pytest.raises(SavedViewError, match="belongs to Olga"):
        delete(records, own.view_id, LENA, NOW)
    delete(records, shared.view_id, LENA, NOW)

    assert names(records, OLGA) == ["Mine"]


def test_who_only_reads_keeps_views_for_themselves(records: Records) -> None:
    save(records, "What matters", NIGHT, EVE, NOW)

    with pytest.raises(RightError):
        save(records, "For all", NIGHT, EVE, NOW, is_shared=True)

    assert names(records, EVE) == ["What matters"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_name_of_a_length_that_a_button_holds(records: Records, name: str) -> None:
    with pytest.raises(SavedViewError, match="needs a name"):
        save(records, name, NIGHT, OLGA, NOW)


def test_the_database_itself_refuses_to_change_a_view(records: Records) -> None:
    save(records, "Night", NIGHT, OLGA, NOW)

    with pytest.raises(DatabaseError, match="append-only"), records.writing() as connection:
        connection.execute(text("DELETE FROM saved_views"))
