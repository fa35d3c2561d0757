"""The page docs/cli.md, made from the commands' own help."""

from __future__ import annotations

from collections.abc import Iterator

import click

from dashboard.cli import cli

INTRODUCTION = """# Commands

Generated from the commands' own help by `make docs`; a test compares the two.

A command ends with 0 when it did its work, 1 with a text that says what, where, what was possible and what
to do, and 2 when it was called wrongly. While `watchfloor open` or `demo` runs, it owns the store: the
others hand it their work and show its progress. `WATCHFLOOR_HOME` moves all generated things.
"""


def commands(group: click.Group = cli, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name, groups included."""
    for name, command in group.commands.items():
        yield prefix + name, command
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")


def command_page() -> str:
    """Return the page, Markdown."""
    return "\n".join([INTRODUCTION, *(_section(name, command) for name, command in commands())])


def _section(name: str, command: click.Command) -> str:
    # A context of its own width: the page must not depend on the terminal that writes it.
    context = click.Context(
        command,
        info_name=f"watchfloor {name}",
        terminal_width=96,
        max_content_width=96,
        help_option_names=["-h", "--help"],
    )
    return f"## watchfloor {name}\n\n```text\n{command.get_help(context)}\n```\n"
