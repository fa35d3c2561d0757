"""Tables that only grow: the database itself refuses to change or remove a row, whoever asks.

    refuse_changes(CASE_EVENTS, never_twice="case_id = NEW.case_id AND action = NEW.action")

The triggers are generated for SQLite and PostgreSQL and come with the table. SQLite's INSERT OR REPLACE
removes rows without asking a trigger on deletion, so an insertion that would meet a row is refused as well.
"""

from __future__ import annotations

from sqlalchemy import Connection, Table, event

REFUSED = "is append-only: a row is never changed or removed"


def refuse_changes(table: Table, never_twice: str = "") -> None:
    """Have `table` created with triggers that refuse every update, deletion and replacement.

    `never_twice` is the SQL condition under which a row that is there already is the row NEW once more,
    beside that it has its number. SQLite seeks by it for each row: its columns need an index.
    """
    made = {"sqlite": _on_sqlite(table.name, never_twice), "postgresql": _on_postgresql(table.name)}

    def guard(_table: Table, connection: Connection, **_: object) -> None:
        for statement in made[connection.dialect.name]:
            connection.exec_driver_sql(statement)

    event.listen(table, "after_create", guard)


def refuse_gaps(table: Table, of: str, counter: str) -> None:
    """Have `table` created with a trigger that refuses a row whose `counter` does not follow one.

    Counters begin with 1: so the newest row is the only one that has no follower.
    """
    name = table.name
    gap = (
        f"NEW.{counter} > 1 AND NOT EXISTS "
        f"(SELECT 1 FROM {name} WHERE {of} = NEW.{of} AND {counter} = NEW.{counter} - 1)"
    )
    refuse_rows(table, "gap", gap, f"{name} has no gap: the {counter} before is missing")


def refuse_rows(table: Table, what: str, when: str, words: str) -> None:
    """Have `table` created with a trigger that refuses a new row NEW for which the condition `when` holds.

    `what` names the trigger, `words` are what the database says. The condition is in SQL that both databases
    read.
    """
    name = f"{table.name}_without_{what}"
    made = {
        "sqlite": (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table.name} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END",
        ),
        "postgresql": (
            f"CREATE OR REPLACE FUNCTION {table.name}_refuse_{what}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {when} THEN RAISE EXCEPTION '{words}'; END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION {table.name}_refuse_{what}()",
        ),
    }

    def guard(_table: Table, connection: Connection, **_: object) -> None:
        for statement in made[connection.dialect.name]:
            connection.exec_driver_sql(statement)

    event.listen(table, "after_create", guard)


def _on_sqlite(name: str, never_twice: str) -> tuple[str, ...]:
    # A constant beside OR would have SQLite look through the whole table for each row.
    same = f"number = NEW.number OR ({never_twice})" if never_twice else "number = NEW.number"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{name} {REFUSED}'); END"
    return (
        f"CREATE TRIGGER {name}_not_updated BEFORE UPDATE ON {name} {refuse}",
        f"CREATE TRIGGER {name}_not_deleted BEFORE DELETE ON {name} {refuse}",
        f"CREATE TRIGGER {name}_not_replaced BEFORE INSERT ON {name} "
        f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {same}) {refuse}",
    )


def _on_postgresql(name: str) -> tuple[str, ...]:
    return (
        f"CREATE OR REPLACE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{name} {REFUSED}'; END $$",
        f"CREATE TRIGGER {name}_not_changed BEFORE UPDATE OR DELETE ON {name} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}_refuse()",
        f"CREATE TRIGGER {name}_not_emptied BEFORE TRUNCATE ON {name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_refuse()",
    )
