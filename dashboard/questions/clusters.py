"""What Liveness asks about re-used media: which clusters there are, where, when, and what came after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard import ask
from dashboard.questions.liveness import window
from dashboard.questions.period import Period
from dashboard.tables import Asked

# Rows of the picture in time; more are too thin to click.
CLUSTERS_DRAWN = 12
# Corridors on the map from a cluster's first country; more hide each other.
WAYS_DRAWN = 10


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster of re-used media and what its accounts moved after they came in, in the store's unit."""

    cluster_id: str
    accounts: int
    came_in: int | None
    checks: int
    confirmed: int
    kinds: str | None
    species_seen: str | None
    regions: str | None
    first_seen: datetime
    last_seen: datetime
    moved_in: float | None
    moved_out: float | None
    stopped_out: float | None


@dataclass(frozen=True, slots=True)
class ClusterMark:
    """One check of a cluster, with its decision and species where they are known."""

    cluster_id: str
    event_id: str
    account_id: str
    occurred_at: datetime
    country: str | None
    decision: str | None
    species: str | None


@dataclass(frozen=True, slots=True)
class CountryOfChecks:
    """How many checks with re-used media were made in a country, by how many accounts and clusters."""

    country: str | None
    region: str
    checks: int
    accounts: int
    clusters: int


def clusters_asked(period: Period, region: str | None) -> Asked:
    """Return the question of the clusters that had a check in a period and region."""
    return Asked("media_clusters_seen", window(period, region))


def media_clusters(period: Period, region: str | None) -> tuple[Cluster, ...]:
    """Answer the clusters of a period, those that moved most first."""
    asked = clusters_asked(period, region)
    return tuple(Cluster(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def countries_asked(period: Period, region: str | None, cluster: str | None) -> Asked:
    """Return the question of where re-used media were seen."""
    return Asked("cluster_countries", {**window(period, region), "cluster": cluster})


def cluster_countries(period: Period, region: str | None, cluster: str | None) -> tuple[CountryOfChecks, ...]:
    """Answer where re-used media were seen, of one cluster or of all."""
    asked = countries_asked(period, region, cluster)
    return tuple(CountryOfChecks(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def cluster_marks(found: Sequence[Cluster]) -> tuple[ClusterMark, ...]:
    """Answer the checks of the first CLUSTERS_DRAWN of `found`, in the order of time."""
    names = [cluster.cluster_id for cluster in found[:CLUSTERS_DRAWN]]
    return tuple(ClusterMark(**row) for row in ask.answer("cluster_marks", clusters=names).to_pylist())


def cluster_checks(cluster: str) -> Asked:
    """Return the question of the checks of one cluster."""
    return Asked("cluster_checks", {"cluster": cluster})


def cluster_members(cluster: str) -> Asked:
    """Return the question of the accounts of one cluster and what they did afterwards."""
    return Asked("cluster_members", {"cluster": cluster})
