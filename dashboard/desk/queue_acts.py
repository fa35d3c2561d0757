"""What is done with cases from the list: with the one marked, with those chosen, or with all that match.

The set is the one that the person saw: ids and versions are fixed when the dialog opens; a case that somebody
acted on since is left alone and named. Many cases go in several transactions of one action, so that
other people's clicks are not kept waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from dashboard.formats import counted, exact
from desk.actors import Actor
from desk.cases.acting import Done, do_all
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Escalate, Hand, Move, Note, Pause, Rate, Release, Resume
from desk.cases.steps import states_of
from desk.cases.undoing import undo_all
from desk.records import Records

# As many as are written in the third of a second for which others wait at most.
AT_ONCE = 500
# What of the session: all that match are chosen, the round of choosing, versions seen, the dialog asked for,
# and what was done last.
ALL, ROUND, SEEN, ASKED, OUTCOME = "queue_all", "queue_round", "queue_seen", "queue_asked", "queue_outcome"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do with cases: how its button says it, how it is said afterwards, its key, its move."""

    label: str
    done: str
    move: type[Move]
    key: str | None = None
    icon: str | None = None


# Keys are those of the page of one case as well.
ACTS: Mapping[str, Act] = {
    "mine": Act("Assign to me", "assigned to you", Assign, "A", ":material/person_add:"),
    "dispose": Act("Disposition", "disposed of", Dispose, "D", ":material/gavel:"),
    "note": Act("Note", "noted", Note, "M", ":material/edit_note:"),
    "escalate": Act("Escalate", "escalated", Escalate, "E", ":material/arrow_upward:"),
    "pause": Act("Pause", "paused", Pause, "P", ":material/pause:"),
    "release": Act("Let go", "let go of", Release, "L", ":material/front_hand:"),
    "assign": Act("Assign to a person", "assigned", Assign),
    "rate": Act("Rate severity", "rated", Rate),
    "hand": Act("Hand to a channel", "handed over", Hand),
    "resume": Act("Resume", "resumed", Resume),
}


@dataclass(frozen=True, slots=True)
class Target:
    """The cases that something is done with, each with the version that the person saw."""

    versions: Mapping[str, int | None]
    is_all: bool = False

    @property
    def words(self) -> str:
        """Which cases these are, as a person says it."""
        count = len(self.versions)
        if count == 1:
            return f"case {next(iter(self.versions))}"
        return f"all {counted(count, 'case')} that match" if self.is_all else f"{counted(count, 'case')}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act: how it is said, which were done and which refused, why, and how it is undone."""

    said: str
    done: int
    refused: Mapping[str, str] = field(default_factory=dict)
    bulk_id: str | None = None
    seconds: float = 0.0

    @property
    def sentence(self) -> str:
        """What was done and how many were refused."""
        refused = f" {exact(len(self.refused))} refused." if self.refused else ""
        return f"{counted(self.done, 'case')} {self.said}.{refused}"

    @property
    def reasons(self) -> Mapping[str, list[str]]:
        """The cases that were refused, by why and with the case's name left out of it; most cases first."""
        found: dict[str, list[str]] = {}
        for case_id, why in self.refused.items():
            found.setdefault(why.replace(f" {case_id}", ""), []).append(case_id)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def run(
    records: Records,
    target: Target,
    move: Move,
    actor: Actor,
    words: str,
    at: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Done:
    """Do a move on all cases of `target`, AT_ONCE in a transaction; `progress` is told how far it came.

    Raises RightError, and CaseError without words, before anything is done.
    """
    refused: dict[str, str] = {}
    versions = dict(target.versions)
    if isinstance(move, Release):
        refused = _in_nobodys_hands(records, list(versions))
    left = [case_id for case_id in versions if case_id not in refused]
    seen = {case_id: version for case_id, version in versions.items() if version is not None}
    done = do_all(records, left[:AT_ONCE], move, actor, words, at, seen=seen)
    states = list(done.states)
    refused |= done.refused
    for start in range(AT_ONCE, len(left), AT_ONCE):
        progress(start, len(left))
        some = left[start : start + AT_ONCE]
        more = do_all(records, some, move, actor, words, at, seen=seen, bulk_id=done.bulk_id)
        states += more.states
        refused |= more.refused
    progress(len(left), len(left))
    return Done(done.bulk_id, states, refused)


def _in_nobodys_hands(records: Records, case_ids: Sequence[str]) -> dict[str, str]:
    with records.reading() as connection:
        found = states_of(connection, case_ids)
    wall = records.clock()
    return {
        case_id: "It is in nobody's hands." for case_id, state in found.items() if state.held_by(wall) is None
    }


def take_back(records: Records, outcome: Outcome, actor: Actor, at: datetime) -> Outcome:
    """Undo an act, of each case where nothing came since, and say what came of that."""
    if outcome.bulk_id is None:
        return outcome
    done = undo_all(records, outcome.bulk_id, actor, at)
    return Outcome("taken back", len(done.states), done.refused)


def ask(name: str, target: Target) -> None:
    """Have the dialog of an act opened by the next run of the page."""
    st.session_state[ASKED] = (name, target)


def finish(outcome: Outcome) -> None:
    """Keep what was done to be shown, and choose nothing."""
    st.session_state[OUTCOME] = outcome
    st.session_state[ALL] = False
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
