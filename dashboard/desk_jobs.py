"""The jobs of the desk: alerts become cases, and what other thresholds or staff would do is worked out."""

from __future__ import annotations

import os
from pathlib import Path

from dashboard.formats import exact
from dashboard.jobs import Arguments, Job
from dashboard.owner import Owner


def open_cases(job: Job, owner: Owner) -> None:
    """Take the alerts that no case holds yet into cases, in the job's phase `cases`."""
    from dashboard.desk_records import desk_records
    from dashboard.owner import bump, desk_changed
    from desk.intake.run import take_in

    # What was scored in this job is there: the desk's now is that of its last event.
    bump()
    with job.phase("cases") as progress:
        taken = take_in(owner.store, desk_records(), progress)
        job.came_to(
            "cases",
            f"{exact(taken.alerts)} alerts, {exact(taken.cases)} cases, {exact(taken.live)} live",
        )
    desk_changed()


def place_holds(job: Job, owner: Owner) -> None:
    """Take what policy stopped into the ledger, and end holds whose time is over, in the phase `holds`."""
    from dashboard.desk_records import desk_records
    from dashboard.facts import facts
    from dashboard.owner import desk_changed
    from desk.freezes.acting import drop_undone, lapse
    from desk.freezes.placing.run import place
    from desk.ledger.proof import prove_nightly
    from desk.projection import project

    records = desk_records()
    with job.phase("holds") as progress:
        placed = place(owner.store, records, progress)
        now = facts().now
        if now is not None and lapse(records, now) + drop_undone(records, now):
            project(owner.store, records)
        if now is not None:
            prove_nightly(records, now)
        job.came_to(
            "holds",
            f"{exact(placed.freezes)} holds, {exact(placed.orders)} orders, {exact(placed.live)} live",
        )
    desk_changed()


def take_requests(job: Job, owner: Owner) -> None:
    """Take what an earlier desk was asked by authorities and users, in the job's phase `requests`."""
    from dashboard.desk_records import desk_records
    from dashboard.facts import facts
    from dashboard.owner import desk_changed
    from desk.requests.book import book_of
    from desk.requests.past import take_requests as take

    with job.phase("requests") as progress:
        now = facts().now
        if now is None:
            return
        taken = take(owner.store, desk_records(), book_of(owner.home), now, progress)
        job.came_to("requests", f"{exact(taken)} requests")
    desk_changed()


def take_claims(job: Job, owner: Owner) -> None:
    """Take claims of mistaken transfers that other systems kept, in the job's phase `recoveries`."""
    from dashboard.desk_records import desk_records
    from dashboard.facts import facts
    from dashboard.owner import desk_changed
    from desk.projection import project
    from desk.recoveries.past import take_past
    from desk.recoveries.sweeping import sweep

    with job.phase("recoveries") as progress:
        taken = take_past(owner.store, desk_records(), progress)
        now = facts().now
        if now is not None and sweep(desk_records(), owner.store, now):
            project(owner.store, desk_records())
        job.came_to("recoveries", f"{exact(taken.claims)} claims, {exact(taken.paid)} paid")
    desk_changed()


def capacity(job: Job, owner: Owner, _arguments: Arguments) -> str:
    """Work out every setting that the tab Capacity offers, and say how many there were."""
    from dashboard.desk_records import follow
    from desk.capacity.working import work_out
    from desk.channels.in_force import channels_in_force

    follow()
    with job.phase("capacity") as progress:
        tried = work_out(owner.store, channels_in_force(), progress)
        job.came_to("capacity", f"{exact(tried)} settings")
    return f"{exact(tried)} settings are worked out. Next: Desk, Capacity"


def verify(job: Job, owner: Owner, _arguments: Arguments) -> str:
    """Walk the audit log and all that is held against it; what was found is kept for the tab Proof."""
    from dashboard.desk_records import desk_records
    from desk.verifying import verify_all

    with job.phase("verify") as progress:
        proved = verify_all(desk_records(), owner.home, os.environ, progress)
        job.came_to("verify", f"{exact(proved.lines)} lines, {exact(proved.heads)} heads")
    return proved.words


def evidence(job: Job, owner: Owner, arguments: Arguments) -> str:
    """Make a pack for whoever gave the command, write it to a file and check what lies there."""
    from dashboard.desk_records import desk_records, follow
    from dashboard.facts import last_event
    from dashboard.present import commander_told
    from dashboard.reader import cursor_of
    from desk.evidence.making import make, sources_of
    from desk.evidence.taking import take_to

    actor, to = commander_told(arguments), Path(str(arguments["to"]))
    follow()
    with job.phase("evidence") as progress, cursor_of(actor) as cursor:
        sources = sources_of(owner.home, desk_records(), cursor, os.environ, is_narrowed=True)
        kind, object_id, why = (str(arguments.get(name) or "") for name in ("kind", "id", "why"))
        pack = make(sources, kind, object_id, actor, last_event(), why, progress)
        return take_to(to, desk_records(), sources.keeping, pack, actor)
