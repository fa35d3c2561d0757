"""The configuration of channels, read from TOML and checked: the shipped one, with a store's own parts in it.

    read_channels(home.path / "desk.toml")     # the standard where the file is not there

A user's file replaces what it names: a key of a channel, the rows of levels that are for the same cases, a
rule or a webhook of the same name. What it says that cannot be is refused with where and what is possible.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from data.home import Home
from desk.channels.model import Channels
from desk.channels.parts import (
    ChannelsError,
    channel_from,
    escalation_from,
    level_from,
    refuse_unknown,
    request_clocks_from,
    rule_from,
    thresholds_from,
    webhook_from,
)

OWN_FILE = "desk.toml"
STANDARD = Path(__file__).with_name("standard.toml")
ROSTER = Path(__file__).with_name("demonstration.toml")
_SECTIONS = ("channels", "levels", "thresholds", "escalation", "rules", "webhooks", "requests")


@cache
def standard() -> Channels:
    """Return the channels as they are shipped."""
    return _channels(_document(STANDARD), str(STANDARD))


def read_channels(path: Path) -> Channels:
    """Return the channels that the file at `path` makes of the standard; the standard without a file.

    Raises ChannelsError when the file cannot be read, is no TOML, or says what cannot be.
    """
    if not path.exists():
        return standard()
    own = _document(path)
    refuse_unknown(own, _SECTIONS, str(path))
    return _channels(_merged(_document(STANDARD), own), str(path))


def write_roster(home: Home) -> bool:
    """Put the demonstration's people on desks, in a file that its user changes; False where one is there."""
    path = home.path / OWN_FILE
    if path.exists():
        return False
    path.write_text(ROSTER.read_text(encoding="utf-8"), encoding="utf-8")
    return True


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ChannelsError(
            f"The desk's configuration cannot be read: {error}.", where=str(path), to_do="Save it as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ChannelsError(
            f"The desk's configuration is not TOML: {error}.",
            where=str(path),
            possible='lines such as hours = "08:00-22:00" below [channels.europe]',
            to_do=f"Correct that line; {STANDARD.name} in desk/channels is one that works.",
        ) from error


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name in ("thresholds", "escalation", "requests"):
        merged[name] = {**base.get(name, {}), **own.get(name, {})}
    channels = {**base["channels"]}
    for slug, parts in own.get("channels", {}).items():
        channels[slug] = {**channels.get(slug, {}), **parts} if isinstance(parts, dict) else parts
    merged["channels"] = channels
    # The last of equal rows holds, so that a user's own come after.
    merged["levels"] = [*base.get("levels", []), *own.get("levels", [])]
    for name in ("rules", "webhooks"):
        named = {row.get("name"): row for row in (*base.get(name, []), *own.get(name, []))}
        merged[name] = list(named.values())
    return merged


def _channels(document: Mapping[str, Any], where: str) -> Channels:
    slugs = tuple(document["channels"])
    levels = escalation_from(document["escalation"].get("levels", []), f"{where}: escalation")
    text = json.dumps(document, sort_keys=True, default=str)
    return Channels(
        {
            slug: channel_from(slug, parts, slugs, levels, f"{where}: channels.{slug}")
            for slug, parts in document["channels"].items()
        },
        tuple(level_from(row, slugs, _nth(where, "levels", n)) for n, row in enumerate(document["levels"])),
        thresholds_from(document["thresholds"], f"{where}: thresholds"),
        tuple(
            rule_from(row, slugs, len(levels), _nth(where, "rules", n))
            for n, row in enumerate(document["rules"])
            if row.get("to_level") != 0
        ),
        tuple(
            webhook_from(row, slugs, _nth(where, "webhooks", n)) for n, row in enumerate(document["webhooks"])
        )
        if document.get("webhooks")
        else (),
        request_clocks_from(document["requests"], f"{where}: requests"),
        hashlib.sha256(text.encode()).hexdigest()[:16],
        where,
    )


def _nth(where: str, name: str, place: int) -> str:
    return f"{where}: {name}, row {place + 1}"
