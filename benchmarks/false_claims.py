"""False claims of mistaken transfers: found by the learned score, beside the rules.

Each claim is scored by a model that learned only from claims which had ended before its month began.
WATCHFLOOR_STORE names the store; it must hold claims that have ended.
"""

from __future__ import annotations

import json
import time

from benchmarks.results import Figure, Result
from dashboard import owner
from desk.recoveries.past import claims_to_score
from scoring.claims.rating import rate_all
from scoring.claims.tables import CLAIM_MODELS

SEED = 1


def main() -> None:
    """Score all claims of the store as of their months, and write how both did on later ones."""
    home = owner.chosen_home()
    if not home.store_path.exists():
        raise SystemExit("build the demonstration first, and name its folder in WATCHFLOOR_STORE")
    store = owner.become(home).store
    try:
        with store.writing() as cursor:
            now = cursor.table("account_risk").max("last_seen").fetchall()[0][0]
            claims = claims_to_score(cursor)
            started = time.perf_counter()
            rate_all(cursor, claims, now)
            seconds = time.perf_counter() - started
            newest = cursor.table(CLAIM_MODELS.name).order("as_of DESC").limit(1)
            found = newest.to_arrow_table().to_pylist()[0]
    finally:
        owner.resign()
    print(json.dumps({name: value for name, value in found.items() if name != "weights"}, default=str))
    Result(
        "money",
        "false_claims",
        "How well does the score find false claims among those that were made after what it learned from?",
        (
            _figure("area under the ROC curve", found, "auc", "rule_auc"),
            _figure("average precision", found, "precision", "rule_precision"),
            Figure(
                "gain in average precision", found["gain"], "share", found["gain_low"], found["gain_high"]
            ),
            Figure("claims scored and models learned", seconds, "s"),
        ),
        SEED,
        (f"{found['judged']} later claims, {found['judged_false']} of them false.", found["because"]),
    ).write()


def _figure(name: str, found: dict[str, float], model: str, rules: str) -> Figure:
    low, high = found[f"{model}_low"], found[f"{model}_high"]
    return Figure(name, found[model], "share", low, high, found[rules], "rules")
