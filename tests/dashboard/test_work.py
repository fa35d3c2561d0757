from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dashboard import demonstration, owner, work
from dashboard.desk_records import desk_records
from dashboard.exporting import ExportError, export, findings, parsed
from dashboard.job_lines import asked_at_terminal, asked_by
from dashboard.jobs import Arguments
from dashboard.owner import Owner
from dashboard.work import WorkError
from data.home import Home
from data.load import load_files
from data.mapping import parse_mapping
from data.progress import silent
from desk.actors import Actor
from desk.audit import lines
from desk.people import PeopleError
from desk.reads import EVERYTHING

MAPPING = """
synthetic = false
[[table]]
table = "accounts"
files = ["people*.csv"]
[table.columns]
account_id = "who"
kyc_country = "country"
"""

LOGINS = """
synthetic = false
[[table]]
table = "logins"
files = ["logins.csv"]
[table.columns]
event_id = "event"
account_id = "who"
occurred_at = "at"
ip = "ip"
[table.constants]
kind = "login"
"""


def done(owning: Owner, name: str, arguments: Arguments) -> tuple[str, str]:
    """Run a job by name; return its state and message."""
    job = owning.submit(work.make(name, owning, arguments))
    assert job.finished.wait(300)
    return job.state, job.message


def test_a_load_takes_rows_once_and_enriches(owning: Owner, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("who,country\nA1,ID\nA2,KZ\n")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)
    asked: Arguments = {"files": [str(people)], "map": str(mapping)}
    assert done(owning, "load", asked) == ("done", "2 rows taken, 0 already known, 0 rejected.")
    assert done(owning, "load", asked) == ("done", "0 rows taken, 2 already known, 0 rejected.")


def test_a_file_that_cannot_be_loaded_fails_the_job_and_leaves_the_others(
    owning: Owner, tmp_path: Path
) -> None:
    (tmp_path / "people-1.csv").write_text("who,country\nA1,ID\n")
    (tmp_path / "people-2.csv").write_text("")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)
    files = [str(tmp_path / f"people-{n}.csv") for n in (1, 2)]
    state, message = done(owning, "load", {"files": files, "map": str(mapping)})
    assert state == "failed"
    assert message.startswith("1 of 2 files could not be loaded; the others are.")
    assert message.count("The file is empty (0 bytes).") == 1
    with owning.store.cursor() as cursor:
        assert cursor.execute("SELECT account_id FROM accounts").fetchall() == [("A1",)]


def test_a_job_leaves_a_line_of_who_asked_and_what_it_came_to(owning: Owner, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("who,country\nA1,ID\nA2,KZ\n")
    (tmp_path / "mapping.toml").write_text(MAPPING)
    asked: Arguments = {"files": [str(tmp_path / "people.csv")], "map": str(tmp_path / "mapping.toml")}
    done(owning, "load", asked | asked_by(Actor("Ana", "analyst")))
    done(owning, "train", {})

    trained, loaded = lines(desk_records(), object_kind="job")
    assert (loaded.actor, loaded.role, loaded.action, loaded.object_id) == (
        "Ana",
        "analyst",
        "loaded",
        "load",
    )
    after = json.loads(loaded.after or "")
    assert (after["state"], after["phases"]["load"]) == ("done", "2 rows")
    assert after["came_to"] == "2 rows taken, 0 already known, 0 rejected."
    # Nobody asked for the training, and there is nothing to learn from.
    assert (trained.actor, trained.action) == ("Watchfloor", "failed")
    assert json.loads(trained.after or "")["state"] == "failed"


def test_who_asks_at_the_terminal_is_a_person_of_the_store_or_local(owning: Owner) -> None:
    assert asked_at_terminal({"WATCHFLOOR_ROLE": "auditor"}) == {"asked_by": "local=auditor"}
    with pytest.raises(PeopleError, match="There is no person 'Eve' here"):
        work.make("doctor", owning, asked_at_terminal({"WATCHFLOOR_PERSON": "Eve"}))


def test_training_enriches_what_a_killed_load_left(owning: Owner, tmp_path: Path) -> None:
    (tmp_path / "logins.csv").write_text("event,who,at,ip\nE1,A1,2025-03-01T10:00:00Z,8.8.8.8\n")
    mapping = parse_mapping(LOGINS, where="here")
    # As it is after a kill between the two steps of a load.
    load_files(owning.store, [tmp_path / "logins.csv"], mapping, silent)
    done(owning, "train", {})
    with owning.store.cursor() as cursor:
        assert cursor.execute("SELECT ip, country FROM networks").fetchall() == [("8.8.8.8", "US")]


def test_a_job_says_what_it_lacks(owning: Owner) -> None:
    assert done(owning, "load", {"files": []})[1].startswith("The job needs 'map'.")
    with pytest.raises(WorkError, match="There is no job called 'dance'") as raised:
        work.make("dance", owning, {})
    assert (
        "demo, load, train, retrain, score, signatures, export, report, people, capacity, verify, "
        "evidence, doctor" in str(raised.value)
    )


@pytest.mark.usefixtures("owning")
def test_a_question_is_exported_with_parameters_as_a_person_writes_them(tmp_path: Path) -> None:
    rows = export(EVERYTHING, "store_facts", tmp_path / "facts.csv", {})
    assert rows == 1
    assert (tmp_path / "facts.csv").read_text().splitlines()[0].startswith("events,scored,first_event")
    with pytest.raises(ExportError, match="no table or question called 'nothing'"):
        export(EVERYTHING, "nothing", tmp_path / "x.csv", {})


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("0.5", 0.5), ("cis", "cis"), ("2025-07-01", "2025-07-01"), ("", ""), ("null", None)],
)
def test_a_parameter_is_read_as_a_number_a_day_or_text(text: str, value: object) -> None:
    read = parsed(text)
    assert (read.isoformat() if isinstance(read, date) else read) == value


def test_findings_come_with_what_to_do(owning: Owner) -> None:
    assert findings(owning.store).startswith("missing: The store has no events.\n  Load some:")


def test_a_small_demonstration_goes_from_nothing_to_pages(owning: Owner, home: Home) -> None:
    wanted = demonstration.Wanted(seed=3, events=6_000)
    job = owning.submit(work.make("demo", owning, {"seed": wanted.seed, "events": wanted.events}))
    assert job.finished.wait(300)
    assert (job.state, job.message) == ("done", "The demonstration is ready.")
    assert demonstration.is_built(owning.store, wanted)
    assert demonstration.has_world(home, wanted)
    assert [phase.state for phase in job.snapshot().phases] == ["done"] * 12
    # Behind it the challengers of the areas with a measure; so small a world has too few cases for any.
    afterwards = owning.submit(work.make("retrain", owning, {"due": True}))
    assert afterwards.finished.wait(300)
    assert demonstration.has_learned(owning.store)
    built = lines(desk_records(), action="built")[0]
    with owning.store.cursor() as cursor:
        kept = cursor.execute("SELECT model_version, artefact_hash FROM model_versions").fetchall()
    assert len(kept) > 0
    assert set(kept) <= set(json.loads(built.after or "")["models"].items())
    with owning.store.cursor() as cursor:
        events, scored = cursor.execute(
            "SELECT (SELECT count(*) FROM spine), (SELECT sum(events) FROM daily)"
        ).fetchall()[0]
    assert events > 2_500
    assert scored == events


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"quarter": "2024Q3"}, "There is no quarter '2024Q3' in the store.\nPossible: 2025Q1, 2025Q2"),
        ({"quarter": "2025Q3", "against": "2025Q3"}, "Q3 2025 cannot be compared with itself."),
    ],
)
@pytest.mark.usefixtures("exchange")
def test_a_report_of_a_quarter_that_is_not_there_says_which_there_are(asked: Arguments, told: str) -> None:
    state, message = done(owner.current(), "report", {**asked, "to": "reports"})
    assert state == "failed"
    assert message.startswith(told)
