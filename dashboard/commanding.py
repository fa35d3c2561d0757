"""What commands share: the home that they are about, who gives them, and how work is done and told.

dodo_work(home_of(is_demo=True), "train", {})     # in the process that owns the store, else here
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

import click
from rich.console import Console

from data.home import Home, demo_home, own_home

if TYPE_CHECKING:
    from dashboard.jobs import Argument

P = ParamSpec("P")
OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)


def which_home(command: Callable[P, None]) -> Callable[P, None]:
    """Add `--demo` to a command."""

    @click.option("--demo", "is_demo", is_flag=True, help="Use the demonstration's store, not your own.")
    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        command(*args, **kwargs)

    return wrapped


def home_of(*, is_demo: bool) -> Home:
    """Return the demonstration's home, or the user's own."""
    return demo_home() if is_demo else own_home()


def who_asks() -> dict[str, Argument]:
    """Return who gives the command, as its environment says: the owner of the store reads as that person."""
    from desk.actors import ROLE_VARIABLE
    from desk.people import PERSON_VARIABLE

    return {"person": os.environ.get(PERSON_VARIABLE), "role": os.environ.get(ROLE_VARIABLE)}


def do_work(home: Home, name: str, arguments: dict[str, Argument]) -> None:
    """Do a job: in the process that owns the store when there is one, else here."""
    from dashboard import handover, owner, terminal, work
    from dashboard.job_lines import asked_at_terminal

    arguments = arguments | asked_at_terminal(os.environ)
    with terminal.Drawing(ERR) as draw:
        told = handover.hand_over(home, name, arguments, draw)
    if told is None:
        mine = owner.become(home)
        try:
            done = terminal.follow(mine.submit(work.make(name, mine, arguments)), ERR)
        finally:
            owner.resign()
        if done.state != "done":
            raise handover.HandoverError(done.message)
        told = done.message
    OUT.print(told, markup=False, soft_wrap=True)
