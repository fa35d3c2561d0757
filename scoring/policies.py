"""The policies of the store: made once for each model in force, kept whole, read back to replay."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import duckdb

from data.errors import PolicyError
from data.statement import read_statement
from scoring.calibration import Floats
from scoring.frame import first_row, read_frame
from scoring.planning import ALL_BUCKETS, HELD_OUT_BUCKETS, TICK, know_truth, watermark_of
from scoring.policy import Policy, Slice, make_policy, policy_of
from scoring.registry import InForce
from scoring.selective.selecting import select_all
from scoring.stages import both_scores, score_by

FOLDER = Path(__file__).with_name("run")
# More events than this make no threshold steadier, only slower.
MOST_EVENTS = 300_000


def policy_of_model(cursor: duckdb.DuckDBPyConnection, force: InForce, *, is_new: bool) -> Policy:
    """Answer the policy that a model decides with: the stored one, or made from events before its time.

    `is_new` makes it anew even when one is stored.
    """
    found = first_row(
        cursor,
        # What roll-outs made of it is stored too.
        "SELECT document FROM policies WHERE (document->>'model_version') = ?"
        " AND (document->'rollouts') IS NULL"
        " ORDER BY policies.rowid DESC LIMIT 1",
        [force.model.model_version],
    )
    if found and not is_new:
        return policy_of(json.loads(found[0]))
    name, version = force.recipe.model, force.model.model_version
    if force.area is None:
        return make_policy(name, version, force.model.valid_from, slice_before(cursor, force))
    # A promoted model goes into force when it was promoted, long after it was trained.
    made = make_policy(name, version, force.since, slice_of_area(cursor, force))
    return policy_of(made.document | {"area": force.area})


def slice_of_area(cursor: duckdb.DuckDBPyConnection, force: InForce) -> Slice:
    """Score the area's events that a promoted model had not seen, before its promotion, for its thresholds.

    The area stands as their region, so that its thresholds spend the area's own alert budget.
    """
    given = {"area": force.area, "since": force.model.unseen_from, "until": force.since}
    names = force.recipe.names
    frame = read_frame(
        cursor, FOLDER / "area_slice.sql", given, names, lambda matrix: score_by(force.model, matrix)[:, None]
    )
    if not len(frame):
        raise _no_events_for(force, given["since"], given["until"])
    return Slice(frame.matrix[:, 0], frame.region, frame.kind, frame.amount, frame.is_crime)


def slice_before(cursor: duckdb.DuckDBPyConnection, force: InForce) -> Slice:
    """Score the events that the trees had not seen, before the model's time, for its thresholds."""
    model, recipe = force.model, force.recipe
    know_truth(cursor, model.trained_as_of, watermark_of(cursor))
    # A budget is a share of all events, whatever their decision hid.
    select_all(cursor)

    def score(matrix: Floats) -> Floats:
        return both_scores(recipe, model, matrix) if recipe.has_stages else score_by(model, matrix)[:, None]

    since, until = model.unseen_from, model.valid_from
    first, last = ALL_BUCKETS
    if model.is_split_by_account:
        since, until = model.window_from, model.valid_from + TICK
        first, last = HELD_OUT_BUCKETS
    elif recipe.model == "liveness":
        # Attacks of the newest weeks are not known yet; they would count as honest people.
        until = model.window_to
    given = {
        "since": max(since, _newest(cursor, force, until)),
        "until": until,
        "first_bucket": first,
        "last_bucket": last,
        "keep_in_a_million": 1_000_000,
        "keeps_crime": True,
    }
    frame = read_frame(cursor, recipe.rows, given, recipe.names, score)
    if not len(frame):
        raise _no_events_for(force, given["since"], given["until"])
    cheap = frame.matrix[:, 0] if recipe.has_stages else None
    return Slice(frame.matrix[:, -1], frame.region, frame.kind, frame.amount, frame.is_crime, cheap)


def _no_events_for(force: InForce, since: object, until: object) -> PolicyError:
    return PolicyError(
        f"There are no events from which to take thresholds for {force.model.model_version}.",
        where=f"{force.recipe.model} events from {since} to {until}",
        possible="the events that its calibration was made on",
        to_do="Train again on the events that the store holds now.",
    )


def _newest(cursor: duckdb.DuckDBPyConnection, force: InForce, until: datetime) -> datetime:
    """Answer the time of the event MOST_EVENTS before `until`; the first time there is where fewer are."""
    found = first_row(
        cursor,
        read_statement(FOLDER / "newest.sql").sql,
        {"streams": list(force.recipe.streams), "until": until, "most": MOST_EVENTS},
    )
    return found[0] if found else force.model.window_from


def store_policies(cursor: duckdb.DuckDBPyConnection, policies: list[Policy]) -> None:
    """Keep those of `policies` that the store does not hold yet."""
    for policy in policies:
        cursor.execute(
            "INSERT INTO policies SELECT ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM policies WHERE policy_version = ?)",
            [
                policy.policy_version,
                policy.created_as_of,
                json.dumps(policy.document),
                policy.policy_version,
            ],
        )


def read_policy(cursor: duckdb.DuckDBPyConnection, policy_version: str) -> Policy:
    """Read a policy back by name, to replay a decision. Raises PolicyError when there is none."""
    found = first_row(cursor, "SELECT document FROM policies WHERE policy_version = ?", [policy_version])
    if found is None:
        names = [
            row[0] for row in cursor.execute("SELECT policy_version FROM policies ORDER BY 1").fetchall()
        ]
        raise PolicyError(
            f"There is no policy {policy_version}.",
            where="the table policies",
            possible=", ".join(names) or "none yet",
            to_do="Score first, or name one of those.",
        )
    return policy_of(json.loads(found[0]))
