"""Real Ethereum accounts: do communities over shared counterparties hold more illicit accounts than chance?

The folder comes in through `docs/examples/ethereum.toml`; ties (addresses that accounts were paid by, or
paid out to), pruning and communities are those of `scoring/rings/`, without labels: rarity stands for
strength. Communities are taken every 30 days, and an account counts in the first one that it is ever in.

Trap (datasets/README.md): benign accounts begin in 2017 or earlier, 91 % of the illicit ones later, and
accounts of one community begin together. So beside the share of all accounts, chance is what accounts
begun in the same quarter would give, and all is repeated for accounts begun by 2017.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.ethereum import LAST_OVERLAPPING_YEAR
from benchmarks.results import Figure, Result, datasets
from data.home import PROJECT_ROOT, Home
from data.load import load_files
from data.mapping import read_mapping
from data.progress import silent
from data.store import open_store
from scoring.contract import SCORING_TABLES
from scoring.rings.evidence import Evidence
from scoring.rings.graph import Communities
from scoring.rings.sources import Sources, read_sources
from scoring.spine import build_spine

Floats = NDArray[np.float64]

STEP_DAYS = 30
REPETITIONS = 1_000
SEED = 7
AT_BEGIN = "accounts begun in the same quarter"


def main() -> None:
    """Measure and write the result; says so when the data set is absent."""
    folder = datasets() / "ethereum"
    if not folder.is_dir():
        print(f"ring_ethereum: not measured, {folder} is absent")
        return
    with tempfile.TemporaryDirectory() as scratch:
        sources = _sources(Home(Path(scratch) / "home"), folder)
    accounts = _accounts(sources, folder)
    overlapping = accounts[accounts["begun"].dt.year <= LAST_OVERLAPPING_YEAR]
    Result(
        "rings",
        "ethereum",
        "Do communities over shared counterparties hold more illicit Ethereum accounts than chance would?",
        (*_figures(accounts, "all"), *_figures(overlapping, "begun by 2017")),
        seed=SEED,
        notes=(
            *(_note(which, of) for which, of in (("All", accounts), ("Begun by 2017", overlapping))),
            "Mates of an illicit account: the other accounts of its community; each account weighs the same.",
            "Chance: the same with each account's label replaced by the share of illicit ones among all "
            "accounts begun in the same quarter. Intervals: bootstrap over communities. No label is used.",
            "Every quarter up to 2017 Q2 is at most 3 % illicit and every later one at least 88 %: at equal "
            "begin this set can hardly tell whether illicit accounts keep to their own, and nothing above "
            "chance is seen.",
        ),
    ).write()


def _sources(home: Home, folder: Path) -> Sources:
    with open_store(home.store_path) as store:
        mapping = read_mapping(PROJECT_ROOT / "docs" / "examples" / "ethereum.toml")
        load_files(store, [folder / "transfers.parquet", folder / "labels.csv"], mapping, silent)
        store.create(SCORING_TABLES)
        build_spine(store, silent)
        cursor = store.cursor()
        try:
            sources = read_sources(cursor)
        finally:
            cursor.close()
    if sources is None:
        raise SystemExit(f"ring_ethereum: {folder} has no events; see docs/examples/ethereum.toml")
    return sources


def _accounts(sources: Sources, folder: Path) -> pd.DataFrame:
    """Return one row an account with events: is_illicit, begun, quarter's share, first community or -1."""
    labels = pd.read_csv(folder / "labels.csv").drop_duplicates("account").set_index("account")
    accounts = pd.DataFrame({"account": sources.account_ids})
    accounts["begun"] = pd.to_datetime(sources.people.opened, unit="us")
    accounts["is_illicit"] = labels["is_illicit"].reindex(sources.account_ids).to_numpy(dtype=np.float64)
    accounts["community"] = _first_communities(sources)
    quarter = accounts["begun"].dt.to_period("Q")
    accounts["chance"] = accounts.groupby(quarter)["is_illicit"].transform("mean")
    return accounts[accounts["is_illicit"].notna()]


def _first_communities(sources: Sources) -> NDArray[np.int64]:
    """Answer the number of the first community that each account is in, -1 for none."""
    evidence, communities = Evidence(sources.people.opened, sources.people.country), Communities()
    first = np.full(len(sources.account_ids), -1, dtype=np.int64)
    following = 0
    for day in range(sources.first_day, sources.last_day + 1, STEP_DAYS):
        evidence.add(*sources.of_days(day, day + STEP_DAYS))
        pairs, _ = evidence.kept((day + STEP_DAYS) * 86_400_000_000)
        members, community = communities.of(pairs)
        is_new = first[members] < 0
        first[members[is_new]] = following + community[is_new]
        following += int(community.max(initial=-1)) + 1
    return first


def _figures(accounts: pd.DataFrame, which: str) -> list[Figure]:
    inside = accounts[accounts["community"] >= 0]
    sums = np.stack([_sums(group) for _, group in inside.groupby("community")])
    random = np.random.default_rng(SEED)
    draws = [sums[random.integers(0, len(sums), len(sums))].sum(axis=0) for _ in range(REPETITIONS)]
    total, drawn = sums.sum(axis=0), np.stack(draws)
    overall = float(accounts["is_illicit"].mean())
    everyone = (overall, "all accounts")
    inside_at_begin = (float(total[2] / total[0]), AT_BEGIN)
    mates_at_begin = (float(total[4] / total[1]), AT_BEGIN)
    return [
        Figure(f"accounts in communities, {which}", float(len(inside) / len(accounts)), "share"),
        _share(f"illicit in communities, {which}", total, drawn, (1, 0), everyone),
        _share(f"illicit in communities at equal begin, {which}", total, drawn, (1, 0), inside_at_begin),
        _share(f"illicit mates of illicit, {which}", total, drawn, (3, 1), everyone),
        _share(f"illicit mates of illicit at equal begin, {which}", total, drawn, (3, 1), mates_at_begin),
    ]


def _sums(community: pd.DataFrame) -> Floats:
    """Answer accounts, illicit ones, what chance expects of them, and the same of mates of illicit ones.

    One account whose mates are not of the group measured has no mates and adds nothing to theirs.
    """
    illicit, chance = community["is_illicit"].to_numpy(), community["chance"].to_numpy()
    count = len(community)
    others = max(count - 1, 1)
    mates = float((illicit * (illicit.sum() - illicit)).sum()) / others
    expected = float((illicit * (chance.sum() - chance)).sum()) / others
    return np.array([count, illicit.sum(), chance.sum(), mates, expected])


def _share(name: str, total: Floats, drawn: Floats, of: tuple[int, int], chance: tuple[float, str]) -> Figure:
    above, below = of
    low, high = np.quantile(drawn[:, above] / np.maximum(drawn[:, below], 1), [0.025, 0.975])
    return Figure(name, float(total[above] / total[below]), "share", float(low), float(high), *chance)


def _note(which: str, accounts: pd.DataFrame) -> str:
    inside = accounts[accounts["community"] >= 0]
    illicit, illicit_inside = int(accounts["is_illicit"].sum()), int(inside["is_illicit"].sum())
    return (
        f"{which}: {len(accounts):,} accounts, {illicit:,} illicit; {len(inside):,} in "
        f"{inside['community'].nunique():,} communities, {illicit_inside:,} of them illicit."
    )


if __name__ == "__main__":
    main()
