"""The first sentence of Models and policy: how much of what happens in the area a person must look at."""

from __future__ import annotations

from dashboard.formats import exact, percent
from dashboard.models.scene import ModelScene


def title(scene: ModelScene) -> str:
    """Say in one sentence how many alerts the policy in force raised in the area, and of how many events."""
    if not scene.areas:
        return "No transaction or sign-in was scored yet"
    here = scene.here
    if here.alert_share is None:
        return f"Nothing happened in {scene.where} in {scene.period.name}"
    return (
        f"{exact(here.alerts)} alerts in {scene.where} in {scene.period.name}, "
        f"{percent(here.alert_share, 2)} of {exact(here.events)} events"
    )
