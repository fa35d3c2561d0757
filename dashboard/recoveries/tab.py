"""The tab Recoveries: what came back, what is open and for how long; or the one claim that is chosen."""

from __future__ import annotations

from dashboard import state
from dashboard.desk.scene import DeskScene
from dashboard.recoveries import claim_screen, overview


def draw(scene: DeskScene) -> None:
    """Draw the claim that the address names, else all of them."""
    claim_id = state.current().claim
    if claim_id:
        claim_screen.draw(scene, claim_id)
    else:
        overview.draw(scene)
