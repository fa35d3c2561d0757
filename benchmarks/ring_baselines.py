"""What rings are compared with: components on shared devices, the fraud model alone, what can be found."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from benchmarks.ring_measures import FEWEST_ACCOUNTS, NONE, Ints
from benchmarks.ring_truth import World, asked
from data.home import Home
from data.store import Store

MOST_ON_A_DEVICE = 64


def by_devices(store: Store, world: World) -> Ints:
    """Answer the group of each account: components over devices that 2 to MOST_ON_A_DEVICE accounts used."""
    used = asked(store, "ring_devices", most=MOST_ON_A_DEVICE)
    return grouped(world.numbers(used["account_id"]), used["artefact"], len(world.account_ids))


def by_fraud_model(store: Store, world: World) -> Ints:
    """Answer the group of each account: components over transfers between accounts that the model held."""
    sent = asked(store, "ring_held")
    # Both ends of a transfer use the thing that is named after its receiver.
    ends = pd.concat([sent["account_id"], sent["artefact"]], ignore_index=True)
    thing = pd.concat([sent["artefact"], sent["artefact"]], ignore_index=True)
    return grouped(world.numbers(ends), thing, len(world.account_ids))


def reachable(store: Store, home: Home, world: World) -> Ints:
    """Answer of each entry of the truth the part of its ring that its crime events hold together."""
    shared = asked(store, "ring_reach", truth=str(home.truth / "events.parquet"))
    entry = shared["ring_id"] + " " + shared["account_id"]
    known = pd.Index(world.ring_ids[world.truth.ring] + " " + world.account_ids[world.truth.account])
    thing = shared["ring_id"] + " " + shared["artefact"]
    return components(known.get_indexer(pd.Index(entry)).astype(np.int64), thing, len(known))


def grouped(account: Ints, thing: pd.Series[str], accounts: int) -> Ints:
    """Answer the component of each account over things it used; NONE in one below FEWEST_ACCOUNTS."""
    component = components(account, thing, accounts)
    size = np.bincount(component)[component]
    group = np.full(accounts, NONE, dtype=np.int64)
    is_large = size >= FEWEST_ACCOUNTS
    group[is_large] = np.unique(component[is_large], return_inverse=True)[1]
    return group


def components(user: Ints, thing: pd.Series[str], users: int) -> Ints:
    """Answer the component of each user in the graph of users and things; unknown users tie nobody."""
    code, names = pd.factorize(thing)
    rows = user != NONE
    nodes = users + len(names)
    graph = coo_matrix((np.ones(int(rows.sum())), (user[rows], users + code[rows])), shape=(nodes, nodes))
    _, component = connected_components(graph, directed=False)
    return np.unique(component[:users], return_inverse=True)[1].astype(np.int64)
