"""What somebody who owns the file of the records does to it with plain SQL, drawn at random.

Each attack returns words of which `watchfloor verify` must say one: the line, row or head that it must name.
Who knows the program computes the hashes anew; who owns the machine signs the heads anew, with a key of one's
own. What is left then is the copy of the heads outside.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import create_engine

from benchmarks.attacked_store import Attack, Target
from benchmarks.row_attacks import ROW_ATTACKS
from desk.audit_lines import BEGINNING, Line, hash_of

# What an attacker would rather have in a line, by column.
FORGED: Mapping[str, object] = {
    "at": datetime(2025, 10, 30),
    "actor": "Rolf Riskdemo",
    "role": "desk_lead",
    "action": "looked",
    "object_kind": "account",
    "object_id": "A-other",
    "before": '{"step":99}',
    "after": '{"step":98}',
    "reason": "Nothing to see",
    "approval_id": "A-0000000000",
}
TEXT = "%Y-%m-%d %H:%M:%S.%f"


def edit_a_line(target: Target, rng: Random) -> tuple[str, ...]:
    """Another value in one column of one line; its hash is left as it was."""
    number = rng.randint(1, len(_read(target)))
    name = rng.choice(list(FORGED))
    value = FORGED[name]
    said = value.strftime(TEXT) if isinstance(value, datetime) else value
    target.file.execute(f'UPDATE audit_lines SET "{name}" = ? WHERE number = ?', (said, number))
    return (f"Line {number} was edited",)


def edit_a_line_and_its_hash(target: Target, rng: Random) -> tuple[str, ...]:
    """Another reason, with the hash of the line made to fit: the next line does not follow it any more."""
    lines = _read(target)
    number = rng.randint(1, len(lines) - 1)
    forged = lines[number - 1]._replace(reason="Nothing to see")
    lines[number - 1] = forged._replace(hash=hash_of(forged))
    _write(target, lines)
    return (f"Line {number + 1} does not follow line {number}", f"Line {number} is not the one that head")


def delete_a_line(target: Target, rng: Random) -> tuple[str, ...]:
    """One line less, in the middle."""
    number = rng.randint(1, len(_read(target)) - 1)
    target.file.execute("DELETE FROM audit_lines WHERE number = ?", (number,))
    return (f"Line {number} is missing",)


def delete_a_line_and_close_the_gap(target: Target, rng: Random) -> tuple[str, ...]:
    """One line less, and those after it moved up."""
    lines = _read(target)
    number = rng.randint(1, len(lines) - 1)
    del lines[number - 1]
    _write(target, [line._replace(number=place) for place, line in enumerate(lines, 1)])
    return (f"Line {number} was taken out",)


def put_a_line_in(target: Target, rng: Random) -> tuple[str, ...]:
    """A line that nobody wrote, well linked to the one before; those after it moved down."""
    lines = _read(target)
    number = rng.randint(2, len(lines) - 1)
    before = lines[number - 2]
    forged = lines[number - 1]._replace(number=number, reason="Ordered by Rita", previous_hash=before.hash)
    forged = forged._replace(hash=hash_of(forged))
    moved = [line._replace(number=line.number + 1) for line in lines[number - 1 :]]
    _write(target, [*lines[: number - 1], forged, *moved])
    return (f"line {number}", f"Line {number}", f"line {number + 1}")


def swap_two_lines(target: Target, rng: Random) -> tuple[str, ...]:
    """Two lines in each other's place."""
    lines = _read(target)
    first, second = sorted(rng.sample(range(1, len(lines)), 2))
    one, other = lines[first - 1], lines[second - 1]
    lines[first - 1], lines[second - 1] = other._replace(number=first), one._replace(number=second)
    _write(target, lines)
    return (f"Line {first} ",)


def cut_the_end_off(target: Target, rng: Random) -> tuple[str, ...]:
    """The newest lines gone."""
    lines = _read(target)
    left = rng.randint(1, len(lines) - 1)
    target.file.execute("DELETE FROM audit_lines WHERE number > ?", (left,))
    return (f"Line {left + 1} is missing",)


def write_it_all_anew(target: Target, rng: Random) -> tuple[str, ...]:
    """One line changed, and every hash from it on computed anew: the chain holds, the signed heads do not."""
    lines = _read(target)
    number = rng.randint(1, len(lines))
    lines[number - 1] = lines[number - 1]._replace(reason="Nothing to see")
    _write(target, _rechained(lines, number))
    return ("is not the one that head",)


def write_it_all_anew_and_sign(target: Target, rng: Random) -> tuple[str, ...]:
    """Log, heads and key written anew, all three: on this machine everything fits."""
    write_it_all_anew(target, rng)
    shutil.rmtree(target.anchors.folder)
    target.anchors.key_path.unlink()
    _sign(target)
    return ("of the copy outside signed",)


def set_the_clock_back(target: Target, rng: Random) -> tuple[str, ...]:
    """New lines, well linked, of a clock that was set back."""
    lines = _read(target)
    last = lines[-1]
    back = last.recorded_at - timedelta(minutes=rng.randint(5, 5_000))
    forged = last._replace(number=last.number + 1, recorded_at=back, previous_hash=last.hash)
    _write(target, [*lines, forged._replace(hash=hash_of(forged))])
    return (f"Line {last.number + 1} was recorded at {back}",)


def edit_a_head(target: Target, rng: Random) -> tuple[str, ...]:
    """A signed head that knows fewer lines than it did."""
    path = rng.choice(target.anchors.paths())
    text = path.read_text(encoding="utf-8")
    number = text.split('"number": ')[1].split(",")[0]
    path.write_text(
        text.replace(f'"number": {number}', f'"number": {max(1, int(number) - 1)}1'), encoding="utf-8"
    )
    return (f"{path.name} was changed",)


def remove_a_head(target: Target, rng: Random) -> tuple[str, ...]:
    """A signed head less; the newest one is missed only by the copy."""
    path = rng.choice(target.anchors.paths())
    path.unlink()
    return ("is missing", f"Head {int(path.stem.removeprefix('head-'))} is not the one that lies in the copy")


LINE_ATTACKS: Mapping[str, Attack] = {
    "edit": edit_a_line,
    "edit with its hash": edit_a_line_and_its_hash,
    "delete": delete_a_line,
    "delete and close the gap": delete_a_line_and_close_the_gap,
    "insert": put_a_line_in,
    "reorder": swap_two_lines,
    "truncate": cut_the_end_off,
    "rewrite of the whole": write_it_all_anew,
    "rewrite with heads and key": write_it_all_anew_and_sign,
    "clock set back": set_the_clock_back,
    "edit a head": edit_a_head,
    "remove a head": remove_a_head,
}
ATTACKS: Mapping[str, Attack] = {**LINE_ATTACKS, **ROW_ATTACKS}


def _read(target: Target) -> list[Line]:
    columns = ", ".join(f'"{name}"' for name in Line._fields)
    rows = target.file.execute(f"SELECT {columns} FROM audit_lines ORDER BY number").fetchall()
    return [
        Line(row[0], datetime.fromisoformat(row[1]), datetime.fromisoformat(row[2]), *row[3:]) for row in rows
    ]


def _write(target: Target, lines: list[Line]) -> None:
    # A table without its indexes, in which a hash may stand twice.
    for statement in (
        "CREATE TABLE bare AS SELECT * FROM audit_lines WHERE false",
        "DROP TABLE audit_lines",
        "ALTER TABLE bare RENAME TO audit_lines",
    ):
        target.file.execute(statement)
    marks = ", ".join("?" * len(Line._fields))
    columns = ", ".join(f'"{name}"' for name in Line._fields)
    said = [(*line[:1], line.at.strftime(TEXT), line.recorded_at.strftime(TEXT), *line[3:]) for line in lines]
    target.file.executemany(f"INSERT INTO audit_lines ({columns}) VALUES ({marks})", said)


def _rechained(lines: list[Line], first: int) -> list[Line]:
    """Return the lines with every hash from line `first` on computed anew."""
    made = lines[: first - 1]
    for line in lines[first - 1 :]:
        linked = line._replace(previous_hash=made[-1].hash if made else BEGINNING)
        made.append(linked._replace(hash=hash_of(linked)))
    return made


def _sign(target: Target) -> None:
    """Sign heads of the forged log, as many as there were lines for, with a key of one's own."""
    engine = create_engine(f"sqlite:///{target.home.desk_path}")
    with engine.connect() as connection:
        target.anchors.sign(connection)
    engine.dispose()
