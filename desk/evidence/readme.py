"""The words that come with the files of a pack: what they are, how to check them, what each column means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk.actors import ROLES
from desk.case_file.reasons import reasons_in_words, reasons_of
from desk.evidence.collecting import Collected
from desk.evidence.parts import FEATURES, PARTS, meaning
from desk.evidence.subjects import WORDS
from desk.evidence.verifier import NAME
from desk.evidence.verify_pack import CHAIN, CUSTODY, HEADS

REPLAY_COLUMNS: Mapping[str, str] = {
    "event_id": "The event.",
    "model_version": "The model that decided.",
    "policy_version": "The policy that decided.",
    "score": "Its score as stored.",
    "score_again": "The same computed again when the pack was made; empty: it could not be.",
    "decision": "The decision as stored.",
    "decision_again": "The same worked out again.",
    "is_bit_equal": "Both scores are the same number to the last of 64 bits.",
    "why_not": "Why it could not be computed again.",
}
PROVES = (
    "no file was changed, added or taken away since it was signed with the key of that fingerprint",
    "each line about it in the audit log has its hash, and near ones follow one another",
    "each signed head is the audit key's, and where its line is here it is the one that was signed",
    "the record of custody is whole up to the making of the pack",
)
PROVES_NOT = (
    "who holds the key: compare its fingerprint with the one that you were given by another way",
    "that anything in it is true of the world, or anybody guilty: a score is a calibrated probability",
    "what sealed lines of the audit log say: only the log itself shows that",
    "anything about what the role that took it may not see",
)


def readme(found: Collected, said: Mapping[str, Any]) -> str:
    """Return the text of README.txt."""
    subject = found.subject
    lines = [
        f"Evidence of {WORDS[subject.kind]} {subject.object_id}, pack {said['pack_id']}",
        "",
        f"As of {found.now:%d %B %Y, %H:%M:%S} UTC, the time of the last event that the store knew.",
        f"Exported by {said['exported_by']}, {ROLES.get(said['exported_as'], said['exported_as'])}.",
        *[f"Not in it: {words}" for words in subject.left_out],
        "",
        "Times are UTC. Money is in the one unit of the store. An empty field means: not known.",
        "Begin with report.pdf. The plain files hold the same in full.",
        "",
        "How to check it, with Python 3.8 or newer and nothing else:",
        f"  python3 -I -S {NAME} PACK.zip --key '{said['fingerprint']}'",
        "where the fingerprint is the one that you were given by another way. It shows that",
        *[f"- {words};" for words in PROVES],
        "It does not show",
        *[f"- {words};" for words in PROVES_NOT],
        "",
        found.segment.words,
        found.replay_words,
        "",
        *_reasons(found),
        *_explained(found),
    ]
    return "\n".join(lines)


def told_reasons(found: Collected) -> list[str]:
    """Return the strongest reasons of a case in words, the same that stand in notes and letters."""
    if found.subject.kind != "case":
        return []
    rows = found.answers["reasons.csv"].as_mappings()
    return reasons_in_words(reasons_of(rows)) or ["No reason is stored for the events of this case."]


def _reasons(found: Collected) -> list[str]:
    told = told_reasons(found)
    return ["The strongest reasons:", *[f"- {words}" for words in told], ""] if told else []


def _explained(found: Collected) -> list[str]:
    lines: list[str] = []
    for part in PARTS[found.subject.kind]:
        answer = found.answers[part.name]
        lines.append(f"{part.name}: {part.statement.sentence} Rows: {len(answer.rows)}.")
        if part.name in FEATURES:
            lines += ["  One column a feature, as docs/features.md of Watchfloor explains them.", ""]
            continue
        lines += [f"  {name}: {meaning(part, name)}" for name in answer.names]
        lines.append("")
    lines.append("replay.csv: Scores and decisions computed again.")
    lines += [f"  {name}: {words}" for name, words in REPLAY_COLUMNS.items()]
    return [
        *lines,
        "",
        f"{CHAIN}: Lines of the audit log, one JSON object a line; one with number and hash only is sealed.",
        f"{HEADS}: Signed heads of the log, of each line the first that covers it.",
        f"{CUSTODY}: Who held evidence of this object, from the first pack to the making of this one.",
        f"{NAME}: Checks all of this.",
        "",
    ]
