"""The named jobs: what `load`, `train`, `score`, `report` and the demonstration do, step after step.

    work.make("train", owner, {})            # a Job, ready to be queued; arguments are plain JSON values

The rooms below are imported when a job runs, so that a command that needs no model loads none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard import demonstration, desk_jobs
from dashboard.facts import Facts, facts
from dashboard.formats import exact
from dashboard.job_arguments import WorkError, one_text, parameters_of, paths_of
from dashboard.job_lines import audited
from dashboard.jobs import Arguments, Job, Phase
from dashboard.measures.quarter import Quarter
from dashboard.owner import Owner
from dashboard.present import reader_told
from dashboard.reader import as_program, reading_as
from data.progress import Progress, Step

Work = Callable[[Job, Owner, Arguments], str]

# Weights are the seconds each phase took at 28,000 events on two busy cores.
LOAD = Phase("load", "Load files", 3)
ENRICH = Phase("enrich", "Enrich networks and devices", 4)
MEDIA = Phase("media", "Look at the pictures of identity checks", 8)
FEATURES = Phase("features", "Describe every event", 10, parts=3)
TRAIN = Phase("train", "Train models", 38, parts=2)
RETRAIN = Phase("retrain", "Train challengers", 25, parts=2)
SHADOW = Phase("shadow", "Score in shadow", 8)
COMPARE = Phase("compare", "Compare with the champion", 3)
SCORE = Phase("score", "Score, explain and decide", 14, parts=3)
ROLLUPS = Phase("rollups", "Sum up for the pages", 1)
CASES = Phase("cases", "Open cases", 2)
HOLDS = Phase("holds", "Place holds", 2)
REQUESTS = Phase("requests", "Take in requests", 1)
RECOVERIES = Phase("recoveries", "Take over claims", 1)


# What to retrain: the areas with a dated measure, as of the newest instant that can be judged.
JUDGED: Arguments = {"judged": True}


@dataclass(frozen=True, slots=True)
class Declared:
    """A job by name: its words, its phases, and the function that does it."""

    title: str
    phases: tuple[Phase, ...]
    work: Work


def make(name: str, owner: Owner, arguments: Arguments) -> Job:
    """Return the job called `name` for the store of `owner`. Raises WorkError with the names there are.

    The argument `asked_by` says who asks, for the line in the audit log (`dashboard.job_lines.asked_by`).
    """
    declared = JOBS.get(name)
    if declared is None:
        raise WorkError(f"There is no job called {name!r}.", possible=", ".join(JOBS))
    told = audited(arguments, lambda job: _worked(declared, job, owner, arguments))
    return Job(name, declared.title, declared.phases, told)


def _worked(declared: Declared, job: Job, owner: Owner, arguments: Arguments) -> str:
    """Do the work as the program; what is read for a person is asked as that person by the work itself."""
    with as_program():
        return declared.work(job, owner, arguments)


def _retrain(job: Job, owner: Owner, arguments: Arguments) -> str:
    from dashboard.models.retraining import retrain

    _features(job, owner)
    return retrain(job, owner, arguments)


def _load(job: Job, owner: Owner, arguments: Arguments) -> str:
    from data.load import load_files, summary
    from data.mapping import read_mapping

    mapping = read_mapping(Path(one_text(arguments, "map")))
    with job.phase("load") as progress:
        results = load_files(owner.store, paths_of(arguments), mapping, progress)
        job.came_to("load", f"{exact(sum(result.rows_taken for result in results))} rows")
    _enrich(job, owner, one_text(arguments, "mmdb") if arguments.get("mmdb") else None)
    _media(job, owner)
    told = summary(results)
    failed = [result.error for result in results if result.error is not None]
    if failed:
        others = "; the others are" if len(failed) < len(results) else ""
        raise WorkError(
            f"{len(failed)} of {len(results)} files could not be loaded{others}.\n{told}",
            to_do="Mend these files and load again: what is loaded already is not taken twice.",
        )
    return told


def _enrich(job: Job, owner: Owner, mmdb: str | None = None) -> None:
    from data.enrich import enrich

    with job.phase("enrich") as progress:
        done = enrich(owner.store, progress, Path(mmdb) if mmdb else None)
        job.came_to("enrich", f"{exact(done.networks)} networks, {exact(done.devices)} devices")


def _media(job: Job, owner: Owner) -> None:
    from scoring.media.measuring import measure_media
    from scoring.media.own_model import load_own_model

    with job.phase("media") as progress:
        measured = measure_media(owner.store, progress, load_own_model(owner.home.path))
        job.came_to("media", f"{exact(measured)} checks with pictures")


def _features(job: Job, owner: Owner) -> None:
    from dashboard.desk_records import desk_records
    from data.enrich import enrich
    from desk.dispositions import project
    from scoring.prepare import prepare

    with job.phase("features") as progress:
        # What people said of events since, also in other processes, is known to features and models.
        with owner.store.writing() as cursor:
            project(cursor, desk_records())
        # A load may have been killed before it got there; what is enriched already costs nothing.
        enrich(owner.store, progress)
        prepare(owner.store, progress)
        with owner.store.cursor() as cursor:
            described = cursor.execute("SELECT count(*) FROM spine").fetchall()[0][0]
        job.came_to("features", f"{exact(described)} events")


def _train(job: Job, owner: Owner, arguments: Arguments) -> str:
    from scoring.training import train

    del arguments
    _features(job, owner)
    with job.phase("train") as progress:
        versions = train(owner.store, owner.home, progress)
        job.came_to("train", f"{len(versions)} models")
    return f"{len(versions)} models are ready: {', '.join(versions)}. Next: watchfloor score"


def _score(job: Job, owner: Owner, arguments: Arguments) -> str:
    from dashboard.desk_records import desk_records
    from desk.rollouts import serve_rollouts
    from scoring.run import score

    _features(job, owner)
    # What two people agreed on decides, also where its copy to the store was once cut short.
    serve_rollouts(desk_records(), owner.store)
    with _scoring(job) as progress:
        scored = score(owner.store, owner.home, progress, again=bool(arguments.get("again")))
    desk_jobs.open_cases(job, owner)
    desk_jobs.place_holds(job, owner)
    desk_jobs.take_requests(job, owner)
    desk_jobs.take_claims(job, owner)
    return f"{exact(scored)} events are scored. Next: watchfloor open"


@contextmanager
def _scoring(job: Job) -> Iterator[Progress]:
    """Run the two phases of scoring, told apart by the names of the steps that it reports."""
    with ExitStack() as phase:
        report = phase.enter_context(job.phase("score"))

        def progress(step: Step) -> None:
            nonlocal report
            if step.name == "rollups" and step.done == 0:
                phase.close()
                report = phase.enter_context(job.phase("rollups"))
            if step.name == "score":
                job.came_to("score", f"{exact(step.done)} events")
            report(step)

        yield progress


def _demo(job: Job, owner: Owner, arguments: Arguments) -> str:
    from data.load import load_files
    from data.mapping import read_mapping
    from data.world import build_world
    from desk.requests.book import write_book

    wanted = demonstration.Wanted(int(one_text(arguments, "seed")), int(one_text(arguments, "events")))
    if not demonstration.is_fresh(owner.store) and demonstration.built(owner.store) is not None:
        owner.start_over(lambda: demonstration.clear_store(owner.home))
    with job.phase("world") as progress:
        if demonstration.has_world(owner.home, wanted):
            progress(Step("Files are there already", wanted.events, wanted.events, "events"))
        else:
            demonstration.clear_world(owner.home)
            build_world(owner.home, seed=wanted.seed, events=wanted.events, progress=progress)
            demonstration.mark_world(owner.home, wanted)
    with job.phase("load") as progress:
        mapping = read_mapping(owner.home.events / "mapping.toml")
        results = load_files(owner.store, [owner.home.events], mapping, progress)
        for result in results:
            if result.error is not None:
                raise result.error
        job.came_to("load", f"{exact(sum(result.rows_taken for result in results))} rows")
    _enrich(job, owner)
    _media(job, owner)
    _train(job, owner, {})
    # Requests are checked by the book of authorities that they were made up with.
    write_book(owner.home)
    _score(job, owner, {})
    demonstration.mark_built(owner.store, wanted)
    # People look around meanwhile: challengers decide nothing.
    owner.submit(make("retrain", owner, JUDGED))
    owner.submit(make("capacity", owner, {}))
    return "The demonstration is ready."


def _import_signatures(job: Job, owner: Owner, arguments: Arguments) -> str:
    from data.signatures import import_signatures

    told = []
    with job.phase("import") as progress:
        for path in paths_of(arguments):
            result = import_signatures(owner.store, path, progress)
            if result.error is not None:
                raise result.error
            told.append(
                f"{path.name}: {exact(result.rows_taken)} new, {exact(result.rows_known)} known, "
                f"{exact(result.rows_rejected)} rejected"
            )
    _enrich(job, owner)
    return "\n".join([*told, "Next: watchfloor score --again, so that scores see them"])


def _export(job: Job, owner: Owner, arguments: Arguments) -> str:
    from dashboard.exporting import export

    del owner
    with job.phase("export") as progress:
        path = Path(one_text(arguments, "to"))
        rows = export(reader_told(arguments), one_text(arguments, "what"), path, parameters_of(arguments))
        progress(Step(path.name, rows, rows, "rows"))
    return f"{exact(rows)} rows are in {path}"


def _report(job: Job, owner: Owner, arguments: Arguments) -> str:
    from dashboard.questions.period import shown_period
    from dashboard.review.build import review_of
    from dashboard.review.report import write

    del owner
    known = facts()
    quarter = _quarter(one_text(arguments, "quarter"), known)
    base = _quarter(one_text(arguments, "against"), known) if arguments.get("against") else None
    if base == quarter:
        raise WorkError(
            f"{quarter.name} cannot be compared with itself.", to_do="Name another quarter after --against."
        )
    with reading_as(reader_told(arguments)), job.phase("measure"):
        review = review_of(shown_period(str(quarter), known, str(base) if base else None))
    with reading_as(reader_told(arguments)), job.phase("write") as progress:
        paths = write(review, Path(one_text(arguments, "to")), progress)
    return "\n".join([review.verdict.headline, *(str(path) for path in paths)])


def _people(job: Job, owner: Owner, arguments: Arguments) -> str:
    from dashboard.naming import name_people

    del owner
    given = arguments.get("named")
    with job.phase("people"):
        return name_people(given if isinstance(given, list) else [])


def _quarter(text: str, known: Facts) -> Quarter:
    """Return the quarter of the store that a person named. Raises WorkError with those there are."""
    named = {str(quarter): quarter for quarter in known.quarters}
    if text not in named:
        raise WorkError(
            f"There is no quarter {text!r} in the store.",
            possible=", ".join(sorted(named)) or "none: the store has no events",
            to_do="Name one of these: watchfloor report 2025Q3",
        )
    return named[text]


def _doctor(job: Job, owner: Owner, arguments: Arguments) -> str:
    from dashboard.exporting import findings

    del arguments
    with job.phase("doctor"):
        return findings(owner.store)


JOBS: Mapping[str, Declared] = {
    "demo": Declared(
        "Building the demonstration",
        (
            Phase("world", "Write a made-up exchange", 18),
            LOAD,
            ENRICH,
            MEDIA,
            FEATURES,
            TRAIN,
            SCORE,
            ROLLUPS,
            CASES,
            HOLDS,
            REQUESTS,
            RECOVERIES,
        ),
        _demo,
    ),
    "load": Declared("Loading", (LOAD, ENRICH, MEDIA), _load),
    "train": Declared("Training", (FEATURES, TRAIN), _train),
    "retrain": Declared("Retraining", (FEATURES, RETRAIN, SHADOW, COMPARE), _retrain),
    "score": Declared("Scoring", (FEATURES, SCORE, ROLLUPS, CASES, HOLDS, REQUESTS, RECOVERIES), _score),
    "signatures": Declared(
        "Importing signatures", (Phase("import", "Read signatures", 2), ENRICH), _import_signatures
    ),
    "export": Declared("Exporting", (Phase("export", "Write the file"),), _export),
    "report": Declared(
        "Writing the quarterly review",
        (Phase("measure", "Measure both quarters", 2), Phase("write", "Write the files", 6, parts=4)),
        _report,
    ),
    "people": Declared("Naming people", (Phase("people", "Read and write who is here"),), _people),
    "capacity": Declared(
        "Working out capacity", (Phase("capacity", "Replay the alerts", 30, parts=2),), desk_jobs.capacity
    ),
    "verify": Declared(
        "Verifying the audit log",
        (Phase("verify", "Walk the log, its heads and the ledger", parts=2),),
        desk_jobs.verify,
    ),
    "evidence": Declared(
        "Making evidence", (Phase("evidence", "Collect, score again, sign", 5),), desk_jobs.evidence
    ),
    "doctor": Declared("Examining the store", (Phase("doctor", "Look at every table"),), _doctor),
}
