"""What the board of models asks: champion, challengers, how they compare, promotions, cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard import ask
from dashboard.tables import Asked
from scoring.regional.kinds import KINDS

MEASURES: Mapping[str, str] = {
    "value_caught": "Value caught",
    "average_precision": "Average precision",
    "precision": "Precision of alerts",
    "wrongful_holds": "Wrongful holds in 1,000",
}
VERDICTS: Mapping[str, str] = {
    "promote": "Promote",
    "keep": "Keep the champion",
    "too few": "Too few to tell",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of a challenger less the champion's, with its paired 95 % interval."""

    measure: str
    kind: str
    champion: float
    challenger: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Challenger:
    """A challenger as the board shows it; what was judged is None before its shadow was compared."""

    model_version: str
    kind: str
    parent: str
    trained_as_of: datetime
    known_cases: int
    verdict: str | None
    is_worse: bool
    sentence: str
    since: datetime | None
    matured_until: datetime | None
    events: int
    cases: int
    accounts: int
    alerts: int
    slope: float | None
    champion_slope: float | None

    @property
    def title(self) -> str:
        """How it learns, in words."""
        return KINDS[self.kind].title if self.kind in KINDS else self.kind


@dataclass(frozen=True, slots=True)
class Retraining:
    """The last time an area was to be retrained; `models` 0: it is thin."""

    as_of: datetime
    why: str
    cases: int
    needed: int
    models: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Served:
    """What the newest promotion of an area says; share 0: the champion serves all accounts again."""

    model_version: str
    share_percent: int
    valid_from: datetime
    kind: str


def challengers_of(area: str) -> tuple[Challenger, ...]:
    """Answer the challengers of an area as of its newest retraining that made any."""
    rows = ask.answer("challengers_of_area", area=area).to_pylist()
    newest = [row for row in rows if row["trained_as_of"] == rows[0]["trained_as_of"]]
    return tuple(_challenger(row) for row in newest)


def _challenger(row: Mapping[str, Any]) -> Challenger:
    counts = ("events", "cases", "accounts", "alerts")
    given = {name: row[name] for name in Challenger.__dataclass_fields__ if name in row}
    given |= {name: row[name] or 0 for name in counts}
    given |= {"is_worse": bool(row["is_worse"]), "sentence": row["sentence"] or "Not compared yet."}
    return Challenger(**given)


def differences_asked(area: str) -> Asked:
    """Return the question of the challengers' measures against the champion."""
    return Asked("comparisons_of_area", {"area": area})


def differences_of(area: str, versions: Sequence[str]) -> tuple[Difference, ...]:
    """Answer the measures of those challengers against the champion, measure by measure."""
    rows = ask.answer("comparisons_of_area", area=area).to_pylist()
    names = tuple(Difference.__dataclass_fields__)
    found = [Difference(*(row[name] for name in names)) for row in rows if row["model_version"] in versions]
    return tuple(sorted(found, key=lambda one: (list(MEASURES).index(one.measure), one.kind)))


def last_retraining(area: str) -> Retraining | None:
    """Answer the last retraining of an area; None where there was none."""
    rows = ask.answer("last_retraining", area=area).to_pylist()
    return Retraining(**rows[0]) if rows else None


def promotions_asked(area: str | None) -> Asked:
    """Return the question of promotions in an area, or everywhere."""
    return Asked("promotions_of_area", {"area": area})


def served_in(area: str) -> Served | None:
    """Answer what the newest promotion of an area says; None where nothing was ever promoted."""
    rows = ask.answer("promotions_of_area", area=area).slice(0, 1).to_pylist()
    names = tuple(Served.__dataclass_fields__)
    return Served(*(rows[0][name] for name in names)) if rows else None


def champion_now() -> str | None:
    """Answer the newest champion; None before any was trained."""
    found = ask.value("champion_now")
    return None if found is None else str(found)


def history_asked(area: str | None) -> Asked:
    """Return the question of every fraud model for everywhere and for an area, or for all areas."""
    return Asked("model_history", {"area": area})


def model_history(area: str | None) -> list[str]:
    """Answer the names of those models, the newest first."""
    asked = history_asked(area)
    return [
        str(name) for name in ask.answer(asked.name, **asked.parameters).column("model_version").to_pylist()
    ]


def card_of(model_version: str) -> str | None:
    """Answer a model's card in Markdown; None where there is no such model."""
    found = ask.value("model_card", model_version=model_version)
    return None if found is None else str(found)


def cases_asked(model_version: str) -> Asked:
    """Return the question of the cases that a challenger was judged on."""
    return Asked("shadowed_cases", {"model_version": model_version})
