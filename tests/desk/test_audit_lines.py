"""The audit log: who may not be nobody, the chain never forks, and every tampering is found and named."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import DBAPIError

from data.home import Home
from desk.actors import SYSTEM, Actor, ActorError
from desk.anchors import EVERY_LINES, AnchorError, Anchors
from desk.audit import Entry, lines, record
from desk.audit_lines import AUDIT_LINES, BEGINNING, Line, hash_of
from desk.canonical import canonical
from desk.chain_check import Break, verify
from desk.records import Records, RecordsError, open_records

NOW = datetime(2025, 10, 31, 23)
CLOCK = datetime(2026, 1, 5, 12)
ANA = Actor("Ana", "analyst")
LENGTH = 2 * EVERY_LINES + 1
Chain = list[Line]
Tampering = Callable[[Chain, int], Chain]


@pytest.fixture
def records(home: Home, environment: dict[str, str]) -> Iterator[Records]:
    opened = open_records(home, environment, clock=lambda: CLOCK)
    yield opened
    opened.close()


def entry(number: int, actor: Actor = ANA) -> Entry:
    return Entry(
        actor, "noted", "case", f"C-{number}", NOW, {"step": number}, {"step": number + 1}, "Because"
    )


def write(records: Records, count: int, at_once: int = 1) -> None:
    """Write `count` lines, `at_once` in a transaction."""
    for start in range(0, count, at_once):
        with records.writing() as connection:
            for number in range(start, min(start + at_once, count)):
                record(connection, entry(number))


def write_log(records: Records) -> Chain:
    """Write LENGTH lines with a signed head at 1, 26 and 51, and return them."""
    write(records, 1)
    write(records, LENGTH - 1, EVERY_LINES)
    return chain(records)


def chain(records: Records) -> Chain:
    with records.reading() as connection:
        return [Line(*row) for row in connection.execute(select(AUDIT_LINES).order_by(AUDIT_LINES.c.number))]


def overwrite(records: Records, forged: Chain) -> None:
    """Put `forged` in the place of the log, as whoever owns the database could: nothing guards it then."""
    with records.writing() as connection:
        connection.execute(text("CREATE TABLE bare AS SELECT * FROM audit_lines"))
        connection.execute(text("DROP TABLE audit_lines"))
        connection.execute(text("ALTER TABLE bare RENAME TO audit_lines"))
        connection.execute(delete(AUDIT_LINES))
        if forged:
            connection.execute(insert(AUDIT_LINES), [line._asdict() for line in forged])


def test_a_line_says_who_did_what_to_what_and_follows_the_line_before(records: Records) -> None:
    write(records, 2)

    newest, first = lines(records)
    assert (first.number, newest.number) == (1, 2)
    assert (first.actor, first.role, first.action, first.object_id) == ("Ana", "analyst", "noted", "C-0")
    assert (first.at, first.recorded_at, first.reason) == (NOW, CLOCK, "Because")
    assert (first.before, first.after) == ('{"step":0}', '{"step":1}')
    assert (first.previous_hash, newest.previous_hash) == (BEGINNING, first.hash)


def test_the_hash_of_a_line_is_that_of_its_other_columns_as_json(records: Records) -> None:
    write(records, 1)
    (line,) = lines(records)
    # Written out by hand, so that the format is one that others can compute.
    said = (
        '{"action":"noted","actor":"Ana","after":"{\\"step\\":1}","approval_id":null,'
        '"at":"2025-10-31T23:00:00.000000","before":"{\\"step\\":0}","number":1,"object_id":"C-0",'
        f'"object_kind":"case","previous_hash":"{BEGINNING}","reason":"Because",'
        '"recorded_at":"2026-01-05T12:00:00.000000","role":"analyst"}'
    )
    assert line.hash == hashlib.sha256(said.encode()).hexdigest()


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MAYBE = st.one_of(st.none(), WORDS)
TIMES = st.datetimes()


LINES = st.builds(Line, st.integers(1), TIMES, TIMES, *[WORDS] * 5, MAYBE, MAYBE, WORDS, MAYBE, WORDS, WORDS)


@settings(max_examples=50)
@given(line=LINES)
def test_the_hash_is_that_of_what_the_standard_library_writes(line: Line) -> None:
    said = {name: value for name, value in line._asdict().items() if name != "hash"}
    said |= {name: said[name].isoformat(timespec="microseconds") for name in ("at", "recorded_at")}
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert hash_of(line) == hashlib.sha256(written.encode()).hexdigest()


def test_nobody_can_not_be_audited_and_the_program_itself_can(records: Records) -> None:
    for nobody in (Actor(" ", "analyst"), Actor("Eve", "boss"), Actor("Eve", "system")):
        with pytest.raises(ActorError, match="needs someone who does it"), records.writing() as connection:
            record(connection, entry(1, nobody))
    with records.writing() as connection:
        record(connection, entry(1, SYSTEM))
    assert [line.actor for line in lines(records)] == ["Watchfloor"]


def test_a_line_falls_with_its_action(records: Records) -> None:
    def fail() -> None:
        with records.writing() as connection:
            record(connection, entry(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    write(records, 1)
    assert [line.number for line in lines(records)] == [1]


@pytest.mark.parametrize("change", ["UPDATE audit_lines SET reason = 'x'", "DELETE FROM audit_lines"])
def test_the_database_refuses_to_change_or_remove_a_line(records: Records, change: str) -> None:
    write(records, 1)
    with pytest.raises((DBAPIError, RecordsError), match="append-only"), records.writing() as connection:
        connection.execute(text(change))


def test_four_who_write_at_once_make_one_chain(records: Records, home: Home) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: write(records, 8), range(4)))

    assert [line.number for line in chain(records)] == list(range(1, 33))
    assert verify(records, Anchors.of(home, {})).words.startswith("The audit log is whole: 32 lines")


def test_a_value_has_one_canonical_text() -> None:
    assert canonical({"b": 1, "a": [True, None, "é"]}) == '{"a":[true,null,"é"],"b":1}'
    assert canonical({2: "x", 10: "y"}) == '{"10":"y","2":"x"}'
    assert canonical({"at": NOW}) == '{"at":"2025-10-31T23:00:00.000000"}'
    with pytest.raises(ValueError, match="Out of range float"):
        canonical({"score": float("nan")})


def test_heads_are_signed_for_the_first_line_then_every_so_many_and_when_a_day_has_passed(home: Home) -> None:
    clock = [CLOCK]
    records = open_records(home, {}, clock=lambda: clock[0])
    anchors = Anchors.of(home, {}, lambda: clock[0])
    write(records, EVERY_LINES + 1)
    assert [head.number for head in anchors.heads()] == [1, EVERY_LINES + 1]

    write(records, 1)
    assert len(anchors.heads()) == 2
    clock[0] += timedelta(days=1)
    write(records, 1)
    assert [head.number for head in anchors.heads()] == [1, EVERY_LINES + 1, EVERY_LINES + 3]

    with records.reading() as connection:
        again = anchors.sign(connection)
    assert (again, len(anchors.heads())) == (anchors.heads()[-1], 3)
    records.close()


def test_the_key_is_not_in_the_store_and_for_its_owner_only(home: Home, tmp_path: Path) -> None:
    records = open_records(home, {})
    write(records, 1)
    records.close()
    key = home.path / "keys" / "anchor.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_bytes()) == 32
    assert Anchors.of(home, {"WATCHFLOOR_ANCHOR_KEY": str(tmp_path / "k")}).key_path == tmp_path / "k"

    key.unlink()
    with pytest.raises(AnchorError, match="cannot be read"):
        Anchors.of(home, {}).heads()


# What whoever owns the database could do to line `at` (counted from 1) of the log.


def edited(log: Chain, at: int) -> Chain:
    return [line._replace(actor="Eve") if line.number == at else line for line in log]


def edited_with_its_hash(log: Chain, at: int) -> Chain:
    forged = log[at - 1]._replace(reason="Forged")
    return [*log[: at - 1], forged._replace(hash=hash_of(forged)), *log[at:]]


def removed(log: Chain, at: int) -> Chain:
    return [line for line in log if line.number != at]


def removed_and_closed_up(log: Chain, at: int) -> Chain:
    return [line._replace(number=place) for place, line in enumerate(removed(log, at), 1)]


def put_in(log: Chain, at: int) -> Chain:
    forged = log[at - 1]._replace(reason="Forged")
    later = [line._replace(number=line.number + 1) for line in log[at - 1 :]]
    return [*log[: at - 1], forged._replace(hash=hash_of(forged)), *later]


def changed_places(log: Chain, at: int) -> Chain:
    one, other = log[at - 1], log[at]
    return [*log[: at - 1], other._replace(number=at), one._replace(number=at + 1), *log[at + 1 :]]


def cut_off(log: Chain, at: int) -> Chain:
    return log[: at - 1]


def written_anew(log: Chain, at: int) -> Chain:
    anew = log[: at - 1]
    for line in log[at - 1 :]:
        last = anew[-1].hash if anew else BEGINNING
        forged = line._replace(reason="Forged", previous_hash=last)
        anew.append(forged._replace(hash=hash_of(forged)))
    return anew


def next_head(at: int) -> int:
    """The first signed line at or after `at`: heads are at 1, 26 and 51."""
    return next(number for number in (1, EVERY_LINES + 1, LENGTH) if number >= at)


TAMPERINGS: dict[str, tuple[Tampering, Callable[[int], tuple[str, int]]]] = {
    "edit": (edited, lambda at: ("edited", at)),
    "edit with its hash": (
        edited_with_its_hash,
        lambda at: ("rewritten", at) if next_head(at) == at else ("unlinked", at + 1),
    ),
    "delete": (removed, lambda at: ("truncated" if at == LENGTH else "removed", at)),
    "delete and close up": (
        removed_and_closed_up,
        lambda at: ("truncated" if at == LENGTH else "removed", at),
    ),
    "insert": (put_in, lambda at: ("rewritten" if next_head(at) == at else "inserted", at)),
    "reorder": (changed_places, lambda at: ("reordered", at)),
    "truncate": (cut_off, lambda at: ("truncated", at)),
    "rewrite of the whole": (written_anew, lambda at: ("rewritten", next_head(at))),
}


def test_each_kind_of_tampering_is_found_and_named_on_both_databases(records: Records, home: Home) -> None:
    log, anchors = write_log(records), Anchors.of(home, {})
    assert verify(records, anchors).broken is None

    for name, (tampering, named) in TAMPERINGS.items():
        overwrite(records, tampering(log, 7))
        broken = verify(records, anchors).broken
        assert broken is not None, name
        assert (broken.kind, broken.number) == named(7), name


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Records, Anchors, Chain]]:
    """A log of LENGTH lines on SQLite with its signed heads."""
    home = Home(tmp_path_factory.mktemp("whole"))
    records = open_records(home, {}, clock=lambda: CLOCK)
    yield records, Anchors.of(home, {}), write_log(records)
    records.close()


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(list(TAMPERINGS)), at=st.integers(1, LENGTH))
def test_a_hundred_random_tamperings_are_all_found_and_named(
    whole: tuple[Records, Anchors, Chain], name: str, at: int
) -> None:
    records, anchors, log = whole
    tampering, named = TAMPERINGS[name]
    at = min(at, LENGTH - 1) if name == "reorder" else at
    overwrite(records, tampering(log, at))

    broken = verify(records, anchors).broken
    assert broken is not None
    assert (broken.kind, broken.number) == named(at)


def test_a_clock_that_was_set_back_is_found(home: Home) -> None:
    clock = [CLOCK]
    records = open_records(home, {}, clock=lambda: clock[0])
    write(records, 3)
    clock[0] -= timedelta(minutes=1)
    write(records, 1)
    assert verify(records, Anchors.of(home, {})).broken is None
    clock[0] -= timedelta(minutes=2)
    write(records, 1)
    broken = verify(records, Anchors.of(home, {})).broken
    records.close()
    assert broken is not None
    assert (broken.kind, broken.number) == ("clock", 5)
    assert broken.words.endswith("the clock was set back.")


def test_a_head_that_was_changed_forged_or_taken_away_is_found(home: Home) -> None:
    records = open_records(home, {}, clock=lambda: CLOCK)
    write_log(records)
    anchors = Anchors.of(home, {})
    paths = sorted(anchors.folder.iterdir())
    assert [path.name for path in paths] == ["head-000001.json", "head-000002.json", "head-000003.json"]

    kept = paths[1].read_text()
    paths[1].write_text(json.dumps({**json.loads(kept), "number": 25}))
    assert "head-000002.json was changed or signed with another key" in said(records, anchors)
    paths[1].write_text("{}")
    assert "head-000002.json is no signed head" in said(records, anchors)
    paths[1].unlink()
    assert (
        said(records, anchors) == "head-000003.json is not the head that must stand here: head 2 is missing"
    )
    paths[1].write_text(kept)
    assert (
        verify(records, anchors).words
        == "The audit log is whole: 51 lines, and it agrees with 3 signed heads."
    )
    records.close()


def said(records: Records, anchors: Anchors) -> str:
    """Return what is wrong with the heads, where the chain itself is whole."""
    broken = verify(records, anchors).broken
    assert isinstance(broken, Break)
    assert broken.kind == "anchor"
    return broken.words
