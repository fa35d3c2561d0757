"""True rings of a demonstration world and the rings that the product found there, as numbers of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.ring_measures import NONE, Flags, Ints, TrueRings
from data.home import Home
from data.statement import read_statement
from data.store import Store

# Rings whose accounts all work for the ring; in the others most accounts are victims.
COLLUDING = ("mule", "scatter_gather", "round_trip", "bonus_abuse", "structuring", "synthetic_identity")


@dataclass(frozen=True, slots=True)
class World:
    """A world's truth beside what was found: accounts by number in the order of `account_ids`.

    `first_at` is of each entry of `truth` the account's first crime in the ring; `found` has one row a stay
    in an alarmed ring: group, account, since, until (NaT: it still stands), alarmed_at.
    """

    account_ids: pd.Index[str]
    ring_ids: pd.Index[str]
    truth: TrueRings
    first_at: Any
    people: pd.DataFrame
    found: pd.DataFrame

    def of_typologies(self, *names: str) -> Flags:
        """Answer which true rings are of the named typologies."""
        return np.isin(self.truth.typology.astype(str), names)

    def numbers(self, accounts: pd.Series[str]) -> Ints:
        """Answer the numbers of accounts by their ids; NONE where the world's truth has no such account."""
        return self.account_ids.get_indexer(pd.Index(accounts)).astype(np.int64)


def read_world(store: Store, home: Home) -> World:
    """Read the truth and the rings of a built demonstration."""
    truth = asked(store, "ring_truth", truth=str(home.truth / "events.parquet"))
    people = asked(
        store,
        "ring_people",
        truth=str(home.truth / "events.parquet"),
        accounts=str(home.truth / "accounts.parquet"),
    )
    found = asked(store, "ring_stays")
    account_ids = pd.Index(people["account_id"])
    ring_ids = pd.Index(truth["ring_id"].unique())
    rings = TrueRings(
        len(account_ids),
        account_ids.get_indexer(truth["account_id"]).astype(np.int64),
        ring_ids.get_indexer(truth["ring_id"]).astype(np.int64),
        truth["crimes"].to_numpy(dtype=np.int64),
        truth.groupby("ring_id")["typology"].first().loc[ring_ids].to_numpy(dtype=object),
    )
    stays = found.assign(
        account=account_ids.get_indexer(found["account_id"]), group=pd.factorize(found["ring_id"])[0]
    )
    return World(account_ids, ring_ids, rings, truth["first_at"].to_numpy(), people, stays)


def last_groups(world: World) -> Ints:
    """Answer of each account the alarmed ring that it was last in, or NONE."""
    group = np.full(len(world.account_ids), NONE, dtype=np.int64)
    # The rows are in the order of time.
    group[world.found["account"].to_numpy()] = world.found["group"].to_numpy()
    return group


def asked(store: Store, name: str, **given: Any) -> pd.DataFrame:
    """Answer the rows of the statement `name` in this folder."""
    cursor = store.cursor()
    try:
        sql = read_statement(Path(__file__).with_name(f"{name}.sql")).sql
        rows: pd.DataFrame = cursor.sql(sql, params=given).to_arrow_table().to_pandas()
    finally:
        cursor.close()
    return rows
