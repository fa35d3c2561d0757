"""Signed heads sent to a place of the user's choice, so that who owns this machine cannot rewrite them all.

    place = place_of(os.environ)             # WATCHFLOOR_ANCHOR_TO: a folder, or an https address; None
    sent = send_heads(anchors, place)        # what is not there yet; the outcome is kept beside the heads
    copied_heads(place)                      # the heads in the folder, read back; none for an address

A folder gets each head whole or not at all: written under another name, brought to the disk, then renamed; a
head that lies there already is never written over. An address gets each head as one POST whose body carries
its Ed25519 signature, with the public key, and is asked again later where it fails: first after 5 seconds,
four times as long each time, an hour at most. No action ever waits for it: the desk's clock sends.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from data.errors import WatchfloorError
from desk.anchors import Anchors, Head, read_head
from desk.channels.model import Webhook
from desk.channels.posting import PostError, post

PLACE_VARIABLE = "WATCHFLOOR_ANCHOR_TO"
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
TIMEOUT_SECONDS = 10.0
# What one round sends at most, so that a round ends.
A_ROUND = 200
OUTCOME = "sent.json"
PUBLIC_KEY = "anchor.pub"
Send = Callable[[str, str, Mapping[str, str]], str]


class PlaceError(WatchfloorError):
    """The place that heads are to be sent to is none, or cannot be written."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where heads go: a folder, or an https address."""

    folder: Path | None
    url: str = ""

    @property
    def name(self) -> str:
        """How it is written; of an address without what may be secret in it."""
        if self.folder is not None:
            return str(self.folder)
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.hostname}{parts.path}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far sending has come; times of the wall clock, naive UTC. `fault` is empty where all went well."""

    place: str
    sequence: int = 0
    sent_at: datetime | None = None
    tries: int = 0
    next_at: datetime | None = None
    fault: str = ""


def place_of(environment: Mapping[str, str]) -> Place | None:
    """Return the place that WATCHFLOOR_ANCHOR_TO names; None where it names none. Raises PlaceError."""
    named = environment.get(PLACE_VARIABLE, "").strip()
    if not named:
        return None
    if "://" not in named:
        return Place(Path(named).expanduser().resolve())
    parts = urlsplit(named)
    if parts.scheme != "https" or not parts.hostname:
        raise PlaceError(
            f"Heads cannot be sent to {parts.scheme}://{parts.hostname or ''}.",
            where=f"the variable {PLACE_VARIABLE}",
            possible="a folder on another disk, or an https address",
            to_do="Correct it, or leave it out.",
        )
    return Place(None, named)


def outcome_of(anchors: Anchors, place: Place) -> Outcome:
    """Return how far sending to `place` has come; another place than last time begins anew."""
    try:
        said = json.loads((anchors.folder / OUTCOME).read_text(encoding="utf-8"))
        times = {
            name: datetime.fromisoformat(said[name]) if said[name] else None
            for name in ("sent_at", "next_at")
        }
        known = Outcome(**{**said, **times})
    except (OSError, ValueError, TypeError, KeyError):
        return Outcome(place.name)
    return known if known.place == place.name else Outcome(place.name)


def send_heads(anchors: Anchors, place: Place, send: Send | None = None) -> Outcome:
    """Send what is not there yet, where its time has come, and return how far it came. Raises nothing.

    What failed is in `fault`, also of the outcome that is kept beside the heads.
    """
    before = outcome_of(anchors, place)
    wall = anchors.clock()
    if before.next_at is not None and wall < before.next_at:
        return before
    paths = anchors.paths()
    sequence = _there(paths, place) if place.folder is not None else before.sequence
    waiting = paths[sequence : sequence + A_ROUND]
    reached, fault = sequence, ""
    try:
        key = anchors.public_key() if waiting else ""
        for path in waiting:
            _send_one(path, key, place, send)
            reached += 1
    except (OSError, WatchfloorError) as error:
        fault = error.what if isinstance(error, WatchfloorError) else str(error)
    after = _after(before, reached, wall, fault)
    if after != before:
        _keep(anchors, after)
    return after


def copied_heads(place: Place | None) -> list[Head]:
    """Return the heads that lie in the folder, in order, as they are written; none of an address."""
    if place is None or place.folder is None:
        return []
    return [read_head(path) for path in sorted(place.folder.glob("head-*.json"))]


def _after(before: Outcome, reached: int, wall: datetime, fault: str) -> Outcome:
    if fault:
        tries = before.tries + 1
        wait = min(FIRST_WAIT * 4 ** min(tries - 1, 6), LONGEST_WAIT)
        return replace(before, sequence=reached, tries=tries, next_at=wall + wait, fault=fault)
    is_new = reached != before.sequence or before.fault
    return replace(
        before,
        sequence=reached,
        sent_at=wall if is_new else before.sent_at,
        tries=0,
        next_at=None,
        fault="",
    )


def _there(paths: list[Path], place: Place) -> int:
    """Return how many of the heads, from the first on, lie in the folder."""
    there = {path.name for path in place.folder.glob("head-*.json")} if place.folder else set()
    return next((number for number, path in enumerate(paths) if path.name not in there), len(paths))


def _send_one(path: Path, key: str, place: Place, send: Send | None) -> None:
    text = path.read_text(encoding="utf-8")
    if place.folder is not None:
        place.folder.mkdir(parents=True, exist_ok=True)
        _write_once(place.folder / PUBLIC_KEY, key + "\n")
        _write_once(place.folder / path.name, text)
        return
    body = json.dumps({"head": json.loads(text), "public_key": key}, sort_keys=True)
    sent = {"Content-Type": "application/json", "Idempotency-Key": path.stem, "Connection": "close"}
    (send or _post)(place.url, body, sent)


def _post(url: str, body: str, sent: Mapping[str, str]) -> str:
    try:
        # It may be of one's own network: whoever set the variable owns the machine.
        return post(Webhook("anchors", url, "", local=True), body, sent, TIMEOUT_SECONDS)
    except PostError as error:
        raise PlaceError(error.what) from error


def _write_once(path: Path, text: str) -> None:
    """Write a file whole, down to the disk, never over another one. Raises PlaceError for another one."""
    if path.exists():
        if path.read_text(encoding="utf-8") != text:
            raise PlaceError(f"{path} is there already and holds something else.")
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    # Not a link as beside the store: a disk that is carried away may know none.
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _keep(anchors: Anchors, outcome: Outcome) -> None:
    draft = anchors.folder / f".{OUTCOME}.{os.getpid()}"
    said = asdict(outcome)
    said |= {name: said[name].isoformat() for name in ("sent_at", "next_at") if said[name]}
    draft.write_text(json.dumps(said), encoding="utf-8")
    draft.replace(anchors.folder / OUTCOME)
