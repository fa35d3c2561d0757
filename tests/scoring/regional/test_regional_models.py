"""Challengers of the trained world: made, shadowed, judged, promoted for half the accounts, rolled back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from trained_world import EVENTS, RECIPES, rows

from data.errors import ModelError
from data.home import Home
from data.progress import silent
from data.store import Store
from scoring.regional.judging import judge_all
from scoring.regional.kinds import KINDS, REGION_FEATURES
from scoring.regional.past import read_past
from scoring.regional.promoting import Promotion, serving_now, write_promotion
from scoring.regional.retraining import Retrained, retrain
from scoring.regional.shadow import shadow
from scoring.run import score

RECIPE = RECIPES[0]
AREA = "unknown"
QUARTER = datetime(2025, 7, 1)
PROMOTED = datetime(2025, 7, 8)
BACK = datetime(2025, 7, 14)


@pytest.fixture(scope="module")
def renewed(scored: Store, scored_home: Home) -> list[Retrained]:
    done = retrain(scored, scored_home, silent, {AREA: "a test"}, QUARTER, champion=RECIPE, needed=30)
    shadow(scored, scored_home, silent, RECIPE)
    judge_all(scored, silent, champion=RECIPE)
    return done


def test_each_kind_is_made_for_the_area_with_its_lineage(scored: Store, renewed: list[Retrained]) -> None:
    (one,) = renewed
    champion = rows(scored, "SELECT arg_max(model_version, valid_from) FROM model_versions")[0][0]

    assert (one.area, one.as_of, len(one.versions)) == (AREA, QUARTER, len(KINDS))
    assert one.sentence == f"3 challengers as of 2025-07-01, from {one.cases} cases"
    found = rows(
        scored, "SELECT kind, parent, trained_as_of, window_to < trained_as_of FROM challengers ORDER BY 1"
    )
    assert found == [(kind, champion, QUARTER, True) for kind in sorted(KINDS)]
    assert "## Lineage" in rows(scored, "SELECT card FROM challengers LIMIT 1")[0][0]


@pytest.mark.usefixtures("renewed")
def test_the_champion_in_force_is_not_touched_by_challengers(scored: Store) -> None:
    assert rows(
        scored,
        "SELECT DISTINCT model_version IN (FROM (SELECT model_version FROM model_versions)) FROM scored",
    ) == [(True,)]


def test_every_event_since_then_is_shadowed_once_by_each(
    scored: Store, scored_home: Home, renewed: list[Retrained]
) -> None:
    since = rows(scored, "SELECT count(*) FROM spine WHERE occurred_at >= TIMESTAMP '2025-07-01'")[0][0]

    assert shadow(scored, scored_home, silent, RECIPE) == 0
    assert rows(scored, "SELECT model_version, count(*) FROM shadow_scores GROUP BY 1 ORDER BY 1") == [
        (version, since) for version in sorted(renewed[0].versions)
    ]


@pytest.mark.usefixtures("renewed")
def test_a_shadow_with_a_handful_of_cases_is_too_few_to_tell(scored: Store) -> None:
    found = rows(scored, "SELECT DISTINCT verdict, is_worse, cases < 100 FROM verdicts")

    assert found == [("too few", False, True)]
    assert rows(scored, "SELECT count(*) FROM comparisons")[0][0] == 3 * 4


def test_the_same_past_gives_the_same_models(
    scored: Store, scored_home: Home, renewed: list[Retrained]
) -> None:
    before = rows(scored, "SELECT model_version, artefact_hash FROM challengers ORDER BY 1")

    retrain(scored, scored_home, silent, {AREA: "again"}, QUARTER, champion=RECIPE, needed=30)

    assert [version for version, _ in before] == sorted(renewed[0].versions)
    assert [
        v for v, _ in rows(scored, "SELECT model_version, artefact_hash FROM challengers ORDER BY 1")
    ] == [version for version, _ in before]


@pytest.mark.usefixtures("renewed")
def test_a_thin_area_gets_no_challenger_and_says_so(scored: Store, scored_home: Home) -> None:
    (one,) = retrain(scored, scored_home, silent, {AREA: "a test"}, QUARTER, champion=RECIPE, needed=5_000)

    assert one.versions == ()
    assert one.sentence == f"thin: {one.cases} cases of 5,000 needed; the global model serves"


def test_an_area_or_an_instant_that_is_not_there_is_refused(scored: Store, scored_home: Home) -> None:
    with pytest.raises(ModelError, match="There is no area 'atlantis'"):
        retrain(scored, scored_home, silent, {"atlantis": "a test"}, QUARTER, champion=RECIPE)
    with pytest.raises(ModelError, match="Nothing is known yet of 2026-01-01"):
        retrain(scored, scored_home, silent, {AREA: "a test"}, datetime(2026, 1, 1), champion=RECIPE)


def test_rows_of_the_own_area_count_five_times_where_it_is_weighted(scored: Store) -> None:
    cursor = scored.cursor()
    past = read_past(cursor, RECIPE, QUARTER)
    cursor.close()
    every = ~past.is_newer | past.is_newer
    pooled = past.rows_of(AREA, "pooled", every)
    is_crime = past.frame.is_crime

    # Ten innocents for each case: of 19 in 20 innocents one in one or two is drawn.
    assert past.every == 1
    assert (pooled[is_crime[pooled]].size) == 5 * int(is_crime.sum())
    assert past.rows_of(AREA, "local", every).size == len(past.frame)
    assert past.rows_of("elsewhere", "local", every).size == 0


def test_a_silent_block_teaches_nothing_and_an_explored_one_counts_five_times(scored: Store) -> None:
    cursor = scored.cursor()
    cursor.execute("BEGIN")
    before = len(read_past(cursor, RECIPE, QUARTER).frame)
    # The oldest event that nobody labelled, and the oldest crime, drawn with one chance in twenty.
    cursor.execute(
        "UPDATE scored SET decision = 'block' WHERE event_id = (SELECT min_by(event_id, occurred_at)"
        " FROM scored ANTI JOIN labels USING (event_id) WHERE decision = 'allow')"
    )
    cursor.execute(
        "INSERT INTO policy_acts BY NAME SELECT min_by(event_id, scored.occurred_at) AS event_id,"
        " 'block' AS by_score, 0.05 AS probability FROM scored JOIN labels USING (event_id)"
        " WHERE decision <> 'block'"
    )
    after = len(read_past(cursor, RECIPE, QUARTER).frame)
    cursor.execute("ROLLBACK")
    cursor.close()

    assert after - before == -1 + 4


def test_a_promoted_model_serves_its_share_of_the_accounts_until_it_is_rolled_back(
    scored: Store, scored_home: Home, renewed: list[Retrained]
) -> None:
    version = next(one for one in renewed[0].versions if REGION_FEATURES in one)
    row = Promotion(AREA, version, PROMOTED, 50, "promoted", "Ana", "Ben", "A-1")
    with scored.writing() as cursor:
        write_promotion(cursor, row, PROMOTED)
        back = replace(row, valid_from=BACK, share_percent=0, kind="rolled_back", approved_by=None)
        write_promotion(cursor, back, BACK)
        serving = serving_now(cursor, AREA)

    assert serving is not None
    assert serving.share_percent == 0
    assert score(scored, scored_home, silent, again=True, recipes=RECIPES) == EVENTS
    served = rows(
        scored,
        "SELECT bool_and((model_version = '" + version + "') = ("
        " occurred_at >= TIMESTAMP '2025-07-08' AND occurred_at < TIMESTAMP '2025-07-14'"
        " AND md5_number_lower(account_id) % 100 < 50)),"
        " count(*) FILTER (model_version = '" + version + "') > 0 FROM scored",
    )
    assert served == [(True, True)]
    # Its own policy decides, its thresholds for the area alone; and what it flagged is explained.
    policy = rows(
        scored,
        "SELECT DISTINCT document->>'model_version', json_keys(document->'regions') FROM policies"
        " WHERE policy_version IN (SELECT policy_version FROM scored WHERE model_version = '"
        + version
        + "')",
    )
    assert policy == [(version, [AREA])]
    flagged = rows(
        scored,
        "SELECT bool_and(is_explained) FROM scored"
        f" WHERE model_version = '{version}' AND decision <> 'allow'",
    )
    assert flagged == [(True,)]
    # The champion's scores of those events are kept in shadow, so both stay comparable.
    assert shadow(scored, scored_home, silent, RECIPE) > 0
    assert shadow(scored, scored_home, silent, RECIPE) == 0


def test_a_promotion_that_would_reach_back_is_refused(scored: Store, renewed: list[Retrained]) -> None:
    row = Promotion(AREA, renewed[0].versions[0], datetime(2025, 7, 2), 10, "promoted", "Ana", "Ben", "A-2")
    with pytest.raises(ModelError, match="that is past"), scored.writing() as cursor:
        write_promotion(cursor, row, datetime(2025, 7, 19))
