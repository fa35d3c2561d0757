"""Champion and challengers by hand, for pages: the CIS has three judged challengers, Indonesia is thin.

The champion is fraud-2025-07-01. In the CIS `pooled` catches 6 points more value and may be promoted, `local`
is worse, `region_features` shows nothing; each was judged on 300 cases of 150 accounts.
"""

from __future__ import annotations

from datetime import datetime

from data.store import Store
from scoring.areas import write_areas
from scoring.contract import SCORING_TABLES

AS_OF = datetime(2025, 7, 1)
MATURED = datetime(2025, 9, 1)
CHAMPION = "fraud-2025-07-01-aaaa"
POOLED = "fraud-cis-pooled-2025-07-01-bbbb"
LOCAL = "fraud-cis-local-2025-07-01-cccc"
FEATURES = "fraud-cis-region_features-2025-07-01-dddd"
JUDGED = {
    POOLED: ("pooled", "promote", False, 0.06, 0.01, 0.11),
    LOCAL: ("local", "keep", True, -0.09, -0.15, -0.03),
    FEATURES: ("region_features", "keep", False, 0.01, -0.02, 0.04),
}
SENTENCES = {
    POOLED: "Promote: value caught 56.0% against 50.0%, and no harm is shown.",
    LOCAL: "Keep the champion: the challenger is worse.",
    FEATURES: "Keep the champion: no gain is shown.",
}


def fill_models(store: Store) -> None:
    """Write the champion, the challengers and what was judged into a store that `small_exchange` filled."""
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        write_areas(cursor)
        cursor.execute(
            "INSERT INTO model_versions BY NAME SELECT $v AS model_version, 'fraud' AS model,"
            " $at AS valid_from, $at AS trained_as_of, 'The card of the champion' AS card, '{}' AS metrics",
            {"v": CHAMPION, "at": AS_OF},
        )
        cursor.execute(
            "INSERT INTO retrainings VALUES"
            " ('cis', $at, 'a quarter began', 300, 150, 3, '3 challengers, from 300 cases'),"
            " ('ID', $at, 'a quarter began', 31, 150, 0,"
            " 'thin: 31 cases of 150 needed; the global model serves')",
            {"at": AS_OF},
        )
        for version, (kind, verdict, is_worse, gap, low, high) in JUDGED.items():
            cursor.execute(
                "INSERT INTO challengers BY NAME SELECT $v AS model_version, 'cis' AS area, $k AS kind,"
                " $c AS parent, $at AS trained_as_of, 300 AS cases, 5000 AS trained_rows,"
                " '# The card of ' || $k AS card,"
                " '{}' AS metrics, 'f1' AS fingerprint, 'h1' AS artefact_hash",
                {"v": version, "k": kind, "c": CHAMPION, "at": AS_OF},
            )
            cursor.execute(
                "INSERT INTO verdicts VALUES ($v, 'cis', $m, $at, $m, 50000, 300, 150, 400, 1.02, 0.98,"
                " $verdict, $worse, $said)",
                {
                    "v": version,
                    "m": MATURED,
                    "at": AS_OF,
                    "verdict": verdict,
                    "worse": is_worse,
                    "said": SENTENCES[version],
                },
            )
            for measure in ("value_caught", "average_precision", "precision", "wrongful_holds"):
                cursor.execute(
                    "INSERT INTO comparisons VALUES ($v, $measure, 0.5, 0.5 + $gap, $gap, $low, $high, $low)",
                    {"v": version, "measure": measure, "gap": gap, "low": low, "high": high},
                )
