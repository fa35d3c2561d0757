"""What a job is given: plain JSON values, read with an error that says what is missing."""

from __future__ import annotations

from pathlib import Path

from dashboard.jobs import Arguments
from data.errors import WatchfloorError


class WorkError(WatchfloorError):
    """A job that does not exist, or that was asked for without what it needs."""


def one_text(arguments: Arguments, name: str) -> str:
    """Return the argument called `name`. Raises WorkError where it is not there, or several."""
    value = arguments.get(name)
    if value is None or isinstance(value, list):
        raise WorkError(
            f"The job needs {name!r}.", possible="one text", to_do="Use the command line's own options."
        )
    return str(value)


def paths_of(arguments: Arguments) -> list[Path]:
    """Return the files that are named. Raises WorkError where there is none."""
    value = arguments.get("files")
    if not isinstance(value, list) or not value:
        raise WorkError("The job needs files.", possible="at least one path", to_do="Name the files to read.")
    return [Path(path) for path in value]


def parameters_of(arguments: Arguments) -> dict[str, str]:
    """Return the parameters of a question, written `name=value`."""
    value = arguments.get("with")
    pairs = [str(pair).partition("=") for pair in value] if isinstance(value, list) else []
    return {name: text for name, _, text in pairs}
