"""The jobs of the desk: alerts become cases, and what other thresholds or staff would do is worked out."""

from __future__ import annotations

import os

from dashboard.formats import exact
from dashboard.jobs import Arguments, Job
from dashboard.owner import Owner


def open_cases(job: Job, owner: Owner) -> None:
    """Take the alerts that no case holds yet into cases, in the job's phase `cases`."""
    from dashboard.desk_records import desk_records
    from dashboard.owner import desk_changed
    from desk.intake.run import take_in

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
    from desk.projection import project

    records = desk_records()
    with job.phase("holds") as progress:
        placed = place(owner.store, records, progress)
        now = facts().now
        if now is not None and lapse(records, now) + drop_undone(records, now):
            project(owner.store, records)
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
    from dashboard.owner import desk_changed
    from desk.recoveries.past import take_past

    with job.phase("recoveries") as progress:
        taken = take_past(owner.store, desk_records(), progress)
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
