"""Ties and rings in words for an analyst; nothing is said that is not in the numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scoring.features.figures import duration, many, number
from scoring.rings.kinds import KINDS, YOUNG_DAYS
from scoring.rings.ties import Floats

_DAY = 86_400.0
_NOUNS = {
    "device": ("shared device", "shared devices"),
    "network": ("shared network address", "shared network addresses"),
    "gateway": ("day behind one hiding address", "days behind hiding addresses"),
    "payout": ("shared payout address", "shared payout addresses"),
    "source": ("shared source address", "shared source addresses"),
    "transfer": ("pair that sends money", "pairs that send money"),
    "referral": ("invitation", "invitations"),
    "liveness": ("check with the same face or clip", "checks with the same face or clip"),
    "lockstep": ("pair of accounts opened together", "pairs of accounts opened together"),
}


def say_tie(kind: str, artefact: str, features: Mapping[str, float]) -> str:
    """Say one tie and why it counts; `features` are those of its kind, by name."""
    return _SAID[kind](artefact, features)


def say_ring(accounts: int, kinds: Mapping[str, int], young: int, confirmed: int) -> str:
    """Say why a ring is believed in; `kinds` counts its ties by kind, `young` those opened shortly before."""
    if not kinds:
        return f"{number(accounts)} accounts whose ties the labels that came later no longer support."
    held = [many(count, *_NOUNS[kind]) for kind, count in sorted(kinds.items(), key=_largest_first)]
    said = f"{number(accounts)} accounts held together by {_listed(held)}."
    if young:
        was = "was" if young == 1 else "were"
        said += f" {number(young)} of them {was} opened within {YOUNG_DAYS} days before the alarm."
    if confirmed:
        said += f" {number(confirmed)} {'is' if confirmed == 1 else 'are'} confirmed as crime."
    return said


def _largest_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _shared(what: str) -> Callable[[str, Mapping[str, float]], str]:
    def say(artefact: str, features: Mapping[str, float]) -> str:
        others = int(features["sharers"]) - 2
        beside = (
            f", as did {number(others)} other{'s' if others > 1 else ''}"
            if others > 0
            else " and nobody else did"
        )
        apart = duration(features["apart"] * _DAY)
        return f"Both {what} {artefact}{beside}, first within {apart} of each other."

    return say


def _gateway(artefact: str, features: Mapping[str, float]) -> str:
    address = artefact.split("@", maxsplit=1)[0]
    others = int(features["sharers"]) - 2
    beside = f" with {many(others, 'other', 'others')}" if others > 0 else " and nobody else"
    return f"Both came from the hiding address {address} on one day{beside}."


def _sent(_: str, features: Mapping[str, float]) -> str:
    said = "One sent money to the other"
    if features["is_passed_from"] == 1:
        said += ", what had come in shortly before"
    if features["passed_on"] >= 0.6:
        said += f", and {number(100 * min(features['passed_on'], 1.0))} % as much left within three days"
    if features["senders"] >= 2:
        said += f"; {number(features['senders'])} accounts sent to the same one in those days"
    return f"{said}."


def _invited(artefact: str, features: Mapping[str, float]) -> str:
    return f"One was {artefact}, the {_ordinal(int(features['invited']))} account that it invited."


def _seen(artefact: str, features: Mapping[str, float]) -> str:
    return f"Their identity checks show the same {artefact}, {number(features['bits'])} of 256 bits apart."


def _opened(_: str, features: Mapping[str, float]) -> str:
    return f"Their accounts were opened within {duration(features['opened_apart'] * _DAY)} of each other."


def _ordinal(count: int) -> str:
    if count % 100 in (11, 12, 13):
        return f"{count}th"
    return f"{count}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th') }"


_SAID: dict[str, Callable[[str, Mapping[str, float]], str]] = {
    "device": _shared("used the device"),
    "network": _shared("came from the address"),
    "gateway": _gateway,
    "payout": _shared("withdrew to"),
    "source": _shared("were paid from"),
    "transfer": _sent,
    "referral": _invited,
    "liveness": _seen,
    "lockstep": _opened,
}


def features_by_name(kind: int, row: Floats) -> dict[str, float]:
    """Answer the features of one tie by name."""
    names = KINDS[kind].features
    return {name: float(row[place]) for place, name in enumerate(names)}
