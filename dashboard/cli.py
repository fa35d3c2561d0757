"""The command `watchfloor`. Streamlit and the models are imported only by the commands that need them."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import wraps
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import click

from dashboard.commanding import ERR, OUT, do_work, home_of, which_home, who_asks
from data.errors import WatchfloorError
from data.home import Home, demo_home

if TYPE_CHECKING:
    from dashboard.jobs import Argument, Job
    from dashboard.owner import Owner

P = ParamSpec("P")
FILE = click.Path(exists=True, path_type=Path)
# Long enough for an open browser to fetch the text of a failure, short enough for a script.
FAREWELL_SECONDS = 5.0
UNHEARD_SECONDS = 15.0


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """The risk floor of a crypto exchange: score events, say why, and show what changed.

    Start with `watchfloor demo`, or with your own files: map, load, train, score, open.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; an error that a person can mend is printed as text and ends with exit code 1."""
    try:
        cli.main(args=arguments, standalone_mode=True)
    except WatchfloorError as error:
        ERR.print(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(1)


def _server_options(command: Callable[P, None]) -> Callable[P, None]:
    """Add the options of a command that serves the pages."""

    @click.option("--port", default=8501, show_default=True, help="Port; the next free one when it is taken.")
    @click.option("--address", default="127.0.0.1", show_default=True, help="This machine's own address.")
    @click.option("--no-browser", "is_quiet", is_flag=True, help="Do not open a browser window.")
    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        command(*args, **kwargs)

    return wrapped


@cli.command()
@_server_options
@click.option("--seed", default=None, type=int, help="Seed of the made-up exchange.")
@click.option(
    "--scale",
    default=None,
    type=click.FloatRange(min=0.001, max=1),
    help="Part of the full 2.4 million events: 1 is the full world, 0.125 what is built without it.",
)
def demo(*, port: int, address: str, is_quiet: bool, seed: int | None, scale: float | None) -> None:
    """Build a made-up exchange once, and open the dashboard on it.

    Without options what was built before is opened, whatever its size.
    """
    from dashboard import demonstration, owner, serve, work

    home = demo_home()
    address = serve.check_address(address, has_sign_in=address not in serve.LOCAL and serve.has_sign_in())
    if _is_open_elsewhere(home):
        return
    standard = demonstration.Wanted()
    if seed is None and scale is None:
        wanted = demonstration.present(home) or standard
    else:
        events = demonstration.at_scale(scale) if scale else standard.events
        wanted = demonstration.Wanted(seed or standard.seed, events)
    is_built = demonstration.ready_home(home, wanted)
    mine = owner.become(home)
    job = None
    if not is_built:
        job = work.make("demo", mine, {"seed": wanted.seed, "events": wanted.events})
    elif not demonstration.has_learned(mine.store):
        # It was stopped between its build and its challengers.
        mine.submit(work.make("retrain", mine, work.JUDGED))
    _serve(mine, address, port, is_quiet=is_quiet, job=job)


@cli.command("open")
@which_home
@_server_options
def open_(*, is_demo: bool, port: int, address: str, is_quiet: bool) -> None:
    """Open the dashboard on your own store."""
    from dashboard import owner, serve

    home = home_of(is_demo=is_demo)
    address = serve.check_address(address, has_sign_in=address not in serve.LOCAL and serve.has_sign_in())
    if not _is_open_elsewhere(home):
        _serve(owner.become(home), address, port, is_quiet=is_quiet, job=None)


@cli.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--map", "map_", required=True, type=FILE, help="The mapping file: what your columns mean.")
@click.option("--mmdb", type=FILE, help="Your own .mmdb of networks, instead of the one inside.")
@which_home
def load(*, files: tuple[Path, ...], map_: Path, mmdb: Path | None, is_demo: bool) -> None:
    """Load files: CSV, Parquet or JSON lines. The same file twice adds nothing."""
    arguments: dict[str, Argument] = {"files": _absolute(files), "map": str(map_.resolve())}
    if mmdb is not None:
        arguments["mmdb"] = str(mmdb.resolve())
    do_work(home_of(is_demo=is_demo), "load", arguments)


@cli.command("map")
@click.argument("files", nargs=-1, required=True, type=FILE)
def map_(files: tuple[Path, ...]) -> None:
    """Propose a mapping file from the columns of your files; it is printed, to be read and corrected."""
    from data.mapping import propose_mapping

    click.echo(propose_mapping(list(files)))


@cli.command()
@which_home
def train(*, is_demo: bool) -> None:
    """Train the models on the labels that were loaded, each as it could have been made at its time."""
    do_work(home_of(is_demo=is_demo), "train", {})


@cli.command()
@click.option("--region", "area", default=None, help="An area: a region like cis, or ID for Indonesia.")
@click.option(
    "--as-of", "as_of", default=None, metavar="DATE", help="Only what was known then; now unless given."
)
@click.option("--due", "is_due", is_flag=True, help="Every area for which a quarter, labels or drift call.")
@which_home
def retrain(*, area: str | None, as_of: str | None, is_due: bool, is_demo: bool) -> None:
    """Train challengers for an area, score them in shadow, and compare them with the champion."""
    arguments: dict[str, Argument] = {"area": area, "as_of": as_of, "due": is_due}
    do_work(home_of(is_demo=is_demo), "retrain", arguments)


@cli.command()
@click.option("--again", "is_again", is_flag=True, help="Score every event anew, also those scored before.")
@which_home
def score(*, is_again: bool, is_demo: bool) -> None:
    """Score and explain every event, decide by policy, and sum up for the pages."""
    do_work(home_of(is_demo=is_demo), "score", {"again": is_again})


@cli.command()
@which_home
def doctor(*, is_demo: bool) -> None:
    """Say what is missing or odd in the store, and what to do about it."""
    do_work(home_of(is_demo=is_demo), "doctor", who_asks())


@cli.command()
@click.argument("what")
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), help="A .csv or .parquet file.")
@click.option(
    "--with", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the question; null for none."
)
@which_home
def export(*, what: str, to: Path, given: tuple[str, ...], is_demo: bool) -> None:
    """Write WHAT, a table of the contract or a named question, whole, to a file."""
    arguments: dict[str, Argument] = {"what": what, "to": str(to.resolve()), "with": list(given)}
    do_work(home_of(is_demo=is_demo), "export", arguments | who_asks())


@cli.command()
@click.argument("quarter")
@click.option("--against", default=None, help="The quarter to compare with; the one before unless named.")
@click.option(
    "--to", "to", default=None, type=click.Path(path_type=Path), help="A folder; reports in the home's own."
)
@which_home
def report(*, quarter: str, against: str | None, to: Path | None, is_demo: bool) -> None:
    """Write the review of QUARTER, like 2025Q3, as PDF, HTML, CSV and Parquet."""
    home = home_of(is_demo=is_demo)
    folder = (to or home.path / "reports").resolve()
    do_work(home, "report", {"quarter": quarter, "against": against, "to": str(folder), **who_asks()})


@cli.group()
def signatures() -> None:
    """Known bad addresses, networks and devices."""


@signatures.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@which_home
def import_(*, files: tuple[Path, ...], is_demo: bool) -> None:
    """Import signatures from CSV files; what they hold is recognised by their columns."""
    do_work(home_of(is_demo=is_demo), "signatures", {"files": _absolute(files)})


@cli.command()
@click.argument("named", nargs=-1, metavar="[NAME=ROLE]...")
@which_home
def people(*, named: tuple[str, ...], is_demo: bool) -> None:
    """Say who is here, or name the first people of a store, all at once.

    What takes two people (to promote a model, to roll out a policy) is done only where they are named.
    WATCHFLOOR_PERSON names the one of them who sits at this machine.
    """
    do_work(home_of(is_demo=is_demo), "people", {"named": list(named)})


@cli.command()
@which_home
def verify(*, is_demo: bool) -> None:
    """Walk the audit log and the ledger, and name the first line that is broken.

    The log is compared with its signed heads, and with the copy of them where WATCHFLOOR_ANCHOR_TO names a
    folder; people, approvals, freezes and the ledger with what the log says was done; the queue of the desk
    with what was done with its cases. The exit code is 1 when anything is broken or differs.
    """
    from desk.records import open_records
    from desk.verifying import verify_all

    home = home_of(is_demo=is_demo)
    records = open_records(home, os.environ)
    try:
        proved = verify_all(records, home, os.environ)
    finally:
        records.close()
    OUT.print(proved.words, markup=False, soft_wrap=True)
    if not proved.is_whole:
        sys.exit(1)


@cli.command()
@click.argument("kind")
@click.argument("object_id", metavar="ID")
@click.option("--to", "to", required=True, type=click.Path(path_type=Path), help="A .zip file.")
@click.option("--why", default="", help="For what; it stands in the record of custody.")
@which_home
def evidence(*, kind: str, object_id: str, to: Path, why: str, is_demo: bool) -> None:
    """Make a signed pack of evidence of a case, ring, request or freeze, check it, and write it to a file.

    KIND is one of these four. The pack stays in the home's folder `evidence` too, and beside the file stands
    its SHA-256. WATCHFLOOR_PERSON or WATCHFLOOR_ROLE say who takes it.
    """
    arguments: dict[str, Argument] = {"kind": kind, "id": object_id, "to": str(to.resolve()), "why": why}
    do_work(home_of(is_demo=is_demo), "evidence", arguments | who_asks())


@cli.command()
def version() -> None:
    """Print the version."""
    click.echo(f"watchfloor {installed_version('watchfloor')}")


def _absolute(files: tuple[Path, ...]) -> list[str]:
    return [str(path.resolve()) for path in files]


def _is_open_elsewhere(home: Home) -> bool:
    """Say where the pages are when another process serves this home already."""
    from dashboard import handover

    url = handover.where(home)
    if url is None:
        return False
    OUT.print(f"It is open already: {url}", soft_wrap=True)
    return True


def _serve(mine: Owner, address: str, port: int, *, is_quiet: bool, job: Job | None) -> None:
    from dashboard import acting, handover, owner, serve, work

    acting.refuse_lonely_people()
    serve.prepare()
    chosen = serve.free_port(port, address)
    url = serve.url_of(address, chosen)
    desk = handover.Desk(mine.home, lambda name, given: mine.submit(work.make(name, mine, given)), url)
    taken = "" if chosen == port else f" (port {port} is taken)"
    OUT.print(f"Watchfloor is open at {url}{taken}. Stop it with Ctrl-C.", soft_wrap=True)
    if job is not None:
        mine.submit(job)
        threading.Thread(target=_show_build, args=(job,), name="watchfloor-terminal", daemon=True).start()
    try:
        serve.serve(address, chosen, is_headless=is_quiet or not serve.can_open_browser())
    finally:
        desk.close()
        owner.resign()
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is closed. The server's idle threads would keep DuckDB's types alive at an ordinary end,
    # which its binding reports in the terminal as a leak, forty lines long.
    os._exit(1 if job is not None and job.state == "failed" else 0)


def _show_build(job: Job) -> None:
    """Draw the build in the terminal; when it fails and nobody sits there, stop the process."""
    from dashboard import terminal

    done = terminal.follow(job, ERR)
    if done.state == "done":
        OUT.print(done.message, markup=False)
        return
    ERR.print(done.message, style="red", markup=False, soft_wrap=True)
    if not sys.stdin.isatty():
        threading.Event().wait(FAREWELL_SECONDS)
        while True:
            os.kill(os.getpid(), signal.SIGINT)
            # While the server is starting on a busy machine, one signal may fall between two handlers.
            threading.Event().wait(UNHEARD_SECONDS)
