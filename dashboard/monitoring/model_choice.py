"""The choice between the fraud and the liveness model, kept in the URL."""

from __future__ import annotations

from dashboard import state
from dashboard.questions import words


def chosen_model() -> str:
    """Draw the choice and return the model: fraud unless the URL says otherwise."""
    chosen = state.pick(
        "Model",
        list(words.MODELS),
        name="model",
        words=lambda name: words.MODELS[name],
        style="segments",
        show_label=False,
    )
    return chosen or "fraud"
