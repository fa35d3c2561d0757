"""What every part of the policy lab is drawn from: the trial, the draft in the URL, the desk that looks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dashboard import theme
from dashboard.models.scene import ModelScene
from dashboard.questions import lab, words
from dashboard.questions.lab import Trial
from data.errors import PolicyError
from scoring.lab.draft import Draft
from scoring.lab.frontier import COSTS, Cost
from scoring.lab.service import Desk

USUAL_DESK = Desk()


@dataclass(frozen=True, slots=True)
class LabScene:
    """One drawing of the lab: what is tried, on what, against what is in force.

    `draft` equals `present` where nothing was changed; `refusal` says why the address holds no draft.
    """

    page: ModelScene
    trial: Trial
    present: Draft
    draft: Draft
    desk: Desk
    cost: Cost
    palette: theme.Palette
    refusal: PolicyError | None

    @property
    def is_changed(self) -> bool:
        """Whether the draft differs from what is in force."""
        return self.draft.changes() != self.present.changes()

    @property
    def tag(self) -> str:
        """A short word that is another one for another draft, area or day."""
        said = f"{self.trial.area} {self.trial.starts_at} {self.draft.text()}"
        return hashlib.sha256(said.encode()).hexdigest()[:8]

    @property
    def where(self) -> str:
        """The area in words."""
        return words.area(self.trial.area)

    @property
    def unit(self) -> str:
        """The unit of money."""
        return self.page.known.money_unit


def lab_scene(page: ModelScene) -> LabScene | None:
    """Return what the lab is drawn from; None where the area has no scored event in the span."""
    trial = lab.trial_of(page.area, page.period, page.view.as_of, page.now)
    present = lab.present(trial)
    if present is None:
        return None
    refusal, draft = None, present
    if page.view.draft:
        try:
            draft = Draft.read(page.view.draft, page.area)
        except PolicyError as error:
            refusal = error
    return LabScene(
        page=page,
        trial=trial,
        present=present,
        draft=draft,
        desk=desk_of(page.view.desk),
        cost=next((cost for cost in COSTS if cost == page.view.cost), COSTS[0]),
        palette=page.palette,
        refusal=refusal,
    )


def desk_of(text: str | None) -> Desk:
    """Read a desk from the URL, `1.2.1,20,30`: operators by shift, minutes an alert, target in minutes."""
    try:
        operators, minutes, target = (text or "").split(",")
        night, day, evening = (min(99, max(0, int(part))) for part in operators.split("."))
        return Desk((night, day, evening), min(480.0, max(1.0, float(minutes))), max(0.0, float(target)))
    except ValueError:
        return USUAL_DESK


def desk_text(desk: Desk) -> str | None:
    """Write a desk for the URL; None for the usual one."""
    if desk == USUAL_DESK:
        return None
    return f"{'.'.join(map(str, desk.operators))},{desk.minutes_per_alert:g},{desk.target_minutes:g}"
