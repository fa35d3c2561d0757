"""Training and scoring from rows in the store to decisions and reasons, on `trained_world.py`.

Take `scored` for a store that was trained and scored once; tests that change it take `store` instead.
"""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from trained_world import EVENTS, RECIPES, fill, rows, trained_and_scored

from data.errors import ModelError
from data.home import Home
from data.progress import silent
from data.store import Store
from scoring.explanations import rounded
from scoring.frame import matrix_of
from scoring.policies import read_policy
from scoring.policy import DECISIONS, Occasion, decide
from scoring.quality import Judged, average_precision
from scoring.registry import models_in_force
from scoring.replaying import replayed
from scoring.run import score
from scoring.training import train


def add_event(store: Store, amount: float) -> None:
    """Add one withdrawal at the end of time."""
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO transactions BY NAME SELECT 'late' AS event_id, 'a1' AS account_id,"
            " TIMESTAMP '2025-07-20' AS occurred_at, 'withdrawal' AS kind,"
            " CAST(? AS DECIMAL(18,6)) AS amount, 'settled' AS status, 99999 AS ingest_seq",
            [amount],
        )


def test_there_is_one_model_for_each_quarter_that_has_labels(scored: Store) -> None:
    found = rows(
        scored, "SELECT model, valid_from, window_to < valid_from FROM model_versions ORDER BY valid_from"
    )

    assert found == [("fraud", datetime(2025, 4, 1), True), ("fraud", datetime(2025, 7, 1), True)]


def test_every_event_is_scored_by_the_model_in_force_at_its_time(scored: Store) -> None:
    wrong = rows(
        scored,
        "SELECT count(*) FROM scored JOIN model_versions USING (model_version)"
        " WHERE score IS NULL OR decision IS NULL"
        " OR valid_from <> CASE WHEN occurred_at < TIMESTAMP '2025-07-01' THEN TIMESTAMP '2025-04-01'"
        " ELSE TIMESTAMP '2025-07-01' END",
    )

    assert wrong == [(0,)]


def test_an_event_inside_the_training_window_is_marked(scored: Store) -> None:
    found = rows(
        scored,
        "SELECT DISTINCT is_in_training, occurred_at < window_to"
        " FROM scored JOIN model_versions USING (model_version)",
    )

    assert sorted(found) == [(False, False), (True, True)]


def test_the_crime_that_was_made_is_found_in_unseen_weeks(scored: Store) -> None:
    found = rows(scored, "SELECT score, amount >= 5000 FROM scored WHERE NOT is_in_training")
    unseen = np.array(found, dtype=np.float64)
    judged = Judged(unseen[:, 0], unseen[:, 1] > 0, np.arange(len(unseen)), np.ones(len(unseen)))

    assert average_precision(judged).value > 0.9


def test_points_of_every_explained_event_add_up_to_its_stored_score(scored: Store) -> None:
    found = rows(
        scored,
        "SELECT count(*), max(abs(s.score - e.base_probability - told.points)), bool_and(s.score = e.score)"
        " FROM explanations e JOIN scored s USING (event_id)"
        " JOIN (SELECT event_id, sum(points) AS points FROM reasons GROUP BY event_id) told USING (event_id)",
    )
    explained, gap, is_same = found[0]

    assert explained == rows(scored, "SELECT count(*) FROM scored WHERE is_explained")[0][0] > 0
    assert gap < 1e-9
    assert is_same


def test_everything_that_is_not_allowed_is_explained_with_its_strongest_reason(scored: Store) -> None:
    found = rows(
        scored,
        "SELECT count(*), count(*) FILTER (is_explained),"
        " count(*) FILTER (r.points > 0 AND r.sentence = s.sentence AND s.reason <> 'kind of event')"
        " FROM scored s LEFT JOIN reasons r ON r.event_id = s.event_id AND r.reason = s.reason"
        " WHERE decision <> 'allow'",
    )

    flagged = found[0][0]
    assert flagged > 0
    assert found == [(flagged, flagged, flagged)]


def test_a_decision_replays_from_the_stored_model_and_policy(scored: Store, scored_home: Home) -> None:
    cursor = scored.cursor()
    force = models_in_force(scored, scored_home, RECIPES)[-1]
    table = cursor.sql(
        "SELECT f.*, s.score, s.decision, s.policy_version, s.region, s.kind,"
        " CAST(s.amount AS DOUBLE) AS amount"
        " FROM scored s JOIN fraud_features f USING (event_key)"
        " WHERE s.model_version = $version ORDER BY event_key",
        params={"version": force.model.model_version},
    ).to_arrow_table()
    batch = table.combine_chunks().to_batches()[0]
    policy = read_policy(cursor, batch.column("policy_version")[0].as_py())
    again = rounded(
        force.model.calibration.probability(force.model.raw(matrix_of(batch, force.recipe.names)))
    )
    words = {
        name: np.array(batch.column(name).to_pylist(), dtype=object)
        for name in ("region", "kind", "decision")
    }
    amount = batch.column("amount").to_numpy(zero_copy_only=False)
    at = Occasion(again, words["region"], words["kind"], amount, np.zeros(len(again), dtype=bool))

    assert again.tolist() == batch.column("score").to_pylist()
    assert [DECISIONS[code] for code in decide(policy, at)[0]] == words["decision"].tolist()
    cursor.close()


def test_replaying_gives_every_score_and_decision_again_and_says_why_where_it_cannot(
    scored: Store, scored_home: Home, tmp_path: Path
) -> None:
    found = rows(
        scored,
        "SELECT account_id, event_key FROM scored WHERE decision <> 'allow' ORDER BY 2 LIMIT 200",
    )
    accounts, keys = [row[0] for row in found], [row[1] for row in found]
    with scored.cursor() as cursor:
        again = replayed(cursor, scored_home.models, accounts, keys)
        gone = replayed(cursor, tmp_path, accounts, keys)

    assert again.num_rows == gone.num_rows == len(found) > 0
    assert all(again.column("is_bit_equal").to_pylist())
    assert again.column("decision_again").to_pylist() == again.column("decision").to_pylist()
    assert not any(gone.column("is_bit_equal").to_pylist())
    assert all(said.endswith(" is not there.") for said in gone.column("why_not").to_pylist())


def test_a_policy_takes_its_thresholds_from_before_the_models_time(scored: Store) -> None:
    for (text,) in rows(scored, "SELECT document FROM policies"):
        document = json.loads(text)
        before = rows(
            scored, f"SELECT count(*) FROM scored WHERE occurred_at < TIMESTAMP '{document['as_of']}'"
        )
        counted = sum(part["events"] for part in document["regions"].values())
        assert 0 < counted < before[0][0]


def test_the_card_says_what_went_in_and_cites_the_present_guidance(scored: Store) -> None:
    (card,) = rows(scored, "SELECT card FROM model_versions ORDER BY valid_from LIMIT 1")[0]

    assert "SR 26-2 / OCC 2026-13" in card
    assert "80% of the labels came within 7.0 days" in card
    assert "| average precision |" in card


def test_scored_rows_lie_sorted_by_account_and_time(scored: Store) -> None:
    found = rows(scored, "SELECT account_id, occurred_at FROM scored")

    assert found == sorted(found)


def test_scoring_twice_changes_nothing_and_a_new_event_leaves_the_served_alone(
    store: Store, home: Home
) -> None:
    trained_and_scored(store, home)
    served = rows(
        store, "SELECT event_id, score, decision, policy_version, sentence FROM scored ORDER BY event_id"
    )

    assert score(store, home, silent, recipes=RECIPES) == 0
    add_event(store, 7_000.0)
    assert score(store, home, silent, recipes=RECIPES) == 1

    after = rows(
        store, "SELECT event_id, score, decision, policy_version, sentence FROM scored ORDER BY event_id"
    )
    assert after[:-1] == served
    assert after[-1][0] == "late"
    assert after[-1][1] > 0.5


def test_a_label_known_after_training_time_changes_no_model(store: Store, home: Home) -> None:
    fill(store)
    as_of = datetime(2025, 5, 1)
    before = train(store, home, silent, as_of=as_of, recipes=RECIPES)
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO labels BY NAME SELECT 'x' || event_id AS label_id, event_id, account_id,"
            " 'confirmed' AS outcome, TIMESTAMP '2025-05-01 00:00:01' AS known_at, 77777 AS ingest_seq"
            " FROM transactions WHERE occurred_at < TIMESTAMP '2025-03-01'"
        )

    assert train(store, home, silent, as_of=as_of, recipes=RECIPES) == before


def test_scoring_without_a_model_is_refused_with_what_to_do(store: Store, home: Home) -> None:
    fill(store)

    with pytest.raises(ModelError) as refusal:
        score(store, home, silent, recipes=RECIPES)

    assert str(refusal.value).startswith("There is no model to score with.")
    assert "What to do: Run `watchfloor train` first." in str(refusal.value)
    assert rows(store, "SELECT count(*) FROM scored") == [(0,)]


def test_a_store_without_events_is_refused_with_what_to_do(store: Store, home: Home) -> None:
    with pytest.raises(ModelError) as refusal:
        train(store, home, silent, recipes=RECIPES)

    assert str(refusal.value) == (
        "There are no events to score.\n"
        "Where: :memory:\n"
        "Possible: transactions, logins or identity checks\n"
        "What to do: Run `watchfloor load FILES --map mapping.toml`, or `watchfloor demo`."
    )


def test_a_model_trained_on_other_features_stops_scoring_and_keeps_what_was_there(
    store: Store, home: Home
) -> None:
    trained_and_scored(store, home)
    fewer = (replace(RECIPES[0], features=RECIPES[0].features[:-1]),)

    with pytest.raises(ModelError) as refusal:
        score(store, home, silent, again=True, recipes=fewer)

    assert f"missing now: {RECIPES[0].names[-1]}" in str(refusal.value)
    assert rows(store, "SELECT count(*) FROM scored WHERE score IS NOT NULL") == [(EVENTS,)]


def test_the_contract_of_scoring_is_read_without_loading_models() -> None:
    program = (
        "import sys, scoring.contract, data.store\n"
        "heavy = {'sklearn', 'shap', 'joblib', 'numba'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
