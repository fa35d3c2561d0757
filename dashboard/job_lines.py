"""What the program does, in the audit log: one line a job, with who asked for it and what it came to.

    make("train", owner, {"asked_by": "Ana Analystdemo=analyst"})      # from a page or a command
    make("retrain", owner, {})                                          # nobody asked: the program itself

A line holds the state, each phase's result, the arguments, and of training and scoring the model versions
with the hashes of their files. A job that failed leaves a line as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from dashboard import ask
from dashboard.desk_records import desk_records
from dashboard.jobs import Argument, Arguments, Job
from data.errors import WatchfloorError
from desk.actors import ROLES, SYSTEM, Actor, local_actor
from desk.audit import Entry, record
from desk.people import PERSON_VARIABLE, person
from desk.transactional import clock_of

ASKED_BY = "asked_by"
KIND = "job"
# Job and what it did, as the log says it; a job that is not named here is said to be `done`.
ACTIONS: Mapping[str, str] = {
    "demo": "built",
    "load": "loaded",
    "train": "trained",
    "retrain": "retrained",
    "score": "scored",
    "signatures": "imported",
    "export": "exported",
    "report": "reported",
    "people": "asked_who_is_here",
    "capacity": "worked_out",
    "doctor": "examined",
    "verify": "verified",
}
# Jobs after which the log names the models that there are, with their hashes.
OF_MODELS = frozenset({"demo", "train", "retrain", "score"})
# As much of a message as a reader of the log wants; the rest was shown to whoever waited.
MOST_CHARACTERS = 500
Work = Callable[[Job], str]


def asked_by(actor: Actor) -> dict[str, Argument]:
    """Return the argument of a job that says who asks for it."""
    return {ASKED_BY: f"{actor.name}={actor.role}"}


def asked_at_terminal(environment: Mapping[str, str]) -> dict[str, Argument]:
    """Return the argument that says who asks on the command line: a person of the store, or local mode's.

    Raises ActorError for a role that is not there.
    """
    named = environment.get(PERSON_VARIABLE, "").strip()
    return {ASKED_BY: named} if named else asked_by(local_actor(environment))


def audited(arguments: Arguments, work: Work) -> Work:
    """Return `work` that leaves a line of the audit log, however it ends."""
    asker = _asker(arguments)
    given = {name: value for name, value in arguments.items() if name != ASKED_BY and value is not None}

    def told(job: Job) -> str:
        try:
            message = work(job)
        except Exception as error:
            what = error.what if isinstance(error, WatchfloorError) else repr(error)
            _write(job, asker, given, "failed", what)
            raise
        _write(job, asker, given, "done", message)
        return message

    return told


def _asker(arguments: Arguments) -> Actor:
    """Return who asked; the program itself where nobody is named. Raises PeopleError for nobody here."""
    asked = str(arguments.get(ASKED_BY) or "")
    name, _, role = asked.rpartition("=")
    if role in ROLES:
        return Actor(name, role)
    return person(desk_records(), asked).actor if asked else SYSTEM


def _write(job: Job, asker: Actor, given: Mapping[str, Any], state: str, message: str) -> None:
    phases = {phase.name: phase.result for phase in job.snapshot().phases if phase.result}
    after: dict[str, Any] = {"state": state, "came_to": message[:MOST_CHARACTERS]}
    after |= {name: value for name, value in (("phases", phases), ("asked", dict(given))) if value}
    if job.name in OF_MODELS and state == "done":
        after["models"] = _models()
    with desk_records().writing() as connection:
        # What was loaded just now is known to no kept answer.
        now = _now() or clock_of(connection)()
        action = ACTIONS.get(job.name, "done") if state == "done" else "failed"
        record(connection, Entry(asker, action, KIND, job.name, now, after=after))


def _now() -> datetime | None:
    found = ask.run(ask.question("store_facts"), {}).column("last_event")[0].as_py()
    return found if isinstance(found, datetime) else None


def _models() -> dict[str, str]:
    return {
        str(row["model_version"]): str(row["artefact_hash"])
        for row in ask.run(ask.question("model_files"), {}).to_pylist()
    }
