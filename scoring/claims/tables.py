"""The table of models of false claims: what was learned month by month, and whether it beat the rules."""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import filled

CLAIM_MODELS = Table(
    "claim_models",
    "Models of false claims: learned at the start of each month from the claims that had ended by then.",
    "version",
    (
        filled("version", "VARCHAR", "The model: claims-2025-07-01."),
        filled("as_of", "TIMESTAMP", "When it was learned, in the data's time: nothing later was known."),
        filled("learned_from", "INTEGER", "Claims that had ended by then."),
        filled("false_claims", "INTEGER", "Of these, false ones."),
        filled("is_used", "BOOLEAN", "It scores claims; false: the rules do, see `because`."),
        filled("because", "VARCHAR", "Why it is used or not, in words."),
        filled("judged", "INTEGER", "Claims after what earlier models learned from, ended by then."),
        filled("judged_false", "INTEGER", "Of these, false ones."),
        *(
            filled(f"{name}{end}", "DOUBLE", f"{what}{words}; null: too few to say.")
            for name, what in (
                ("auc", "Area under the ROC curve of the model on them"),
                ("precision", "Average precision of the model on them"),
                ("rule_auc", "Area under the ROC curve of the rules"),
                ("rule_precision", "Average precision of the rules"),
                ("gain", "Average precision that the model gains over the rules"),
            )
            for end, words in (
                ("", ""),
                ("_low", ", lower end of its 95 % interval"),
                ("_high", ", upper end"),
            )
        ),
        filled("weights", "VARCHAR", "Its numbers by the names of the signals, JSON."),
    ),
    loadable=False,
)
