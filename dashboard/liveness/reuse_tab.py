"""The tab Re-used media of Liveness: one face, clip or document under several accounts, what followed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import drawer, maps, state, tables, theme
from dashboard.charts.clusters import clusters_in_time
from dashboard.charts.draw import draw
from dashboard.check_columns import check_columns
from dashboard.formats import compact, exact, literal, money
from dashboard.liveness.scene import Scene
from dashboard.questions import check_words, clusters
from dashboard.questions.clusters import Cluster, CountryOfChecks
from dashboard.questions.words import country as country_name

CLUSTER_COLUMNS = (
    "cluster_id",
    "accounts",
    "came_in",
    "checks",
    "kinds",
    "species_seen",
    "regions",
    "moved_out",
    "stopped_out",
    "first_seen",
    "last_seen",
)
CHECK_COLUMNS = ("occurred_at", "account_id", "kinds", "purpose", "score", "decision", "species", "country")
MEMBER_COLUMNS = (
    "account_id",
    "has_passed",
    "first_check_at",
    "events_after",
    "moved_in",
    "moved_out",
    "stopped_out",
    "state",
)
WIDEST_PIXELS = 3.0


def reuse(scene: Scene) -> None:
    """Which media were used by several accounts, and what did those move that came in?"""
    found = clusters.media_clusters(scene.period, scene.region)
    chosen = next((one for one in found if one.cluster_id == scene.view.cluster), None)
    if not found:
        with st.container(border=True, key="card_no_clusters"):
            st.markdown(f"**No medium was used by two accounts in {scene.period.name} in {scene.where}**")
            st.markdown(_why_none(scene))
        return
    shown = [chosen] if chosen else list(found)
    _breadcrumb(chosen)
    left, right = st.columns([1, 1.15], gap="small")
    with left, st.container(border=True, key="card_map", height="stretch"):
        _map(scene, shown)
    with right, st.container(border=True, key="card_times", height="stretch"):
        st.markdown("**When, and how they were decided**")
        drawn = shown[: clusters.CLUSTERS_DRAWN]
        chart = clusters_in_time(drawn, clusters.cluster_marks(drawn), scene.palette)
        draw(
            chart, key=f"cluster_times_{scene.view.cluster}", on_pick=lambda name: state.change(cluster=name)
        )
        if len(shown) > len(drawn):
            st.caption(
                f"The {len(drawn)} clusters that moved most, of {exact(len(shown))}. A mark opens its "
                "cluster."
            )
    if chosen is None:
        _list(scene, found)
    else:
        _cluster(scene, chosen)


def _why_none(scene: Scene) -> str:
    counts = scene.counts
    if not counts.with_media:
        return (
            f"None of its {exact(counts.checks)} identity checks has media, so there is nothing to compare. "
            "`docs/data-contract.md` says how to bring the files (`media_path`) or their fingerprints."
        )
    return f"{exact(counts.with_media)} checks with media were compared. Choose another period or region."


def _breadcrumb(chosen: Cluster | None) -> None:
    if chosen is None:
        return
    with st.container(key="breadcrumb", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "All clusters",
            key="crumb_clusters",
            type="tertiary",
            on_click=state.change,
            kwargs={"cluster": None},
        )
        st.markdown(":gray[/]", width="content")
        st.markdown(f"**{literal(chosen.cluster_id)}**", width="content")


def _list(scene: Scene, found: Sequence[Cluster]) -> None:
    unit = scene.known.money_unit
    came_in = sum(one.came_in or 0 for one in found)
    moved = sum(one.moved_out or 0.0 for one in found)
    with st.container(border=True, key="card_clusters"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{exact(len(found))} clusters: {exact(came_in)} accounts came in through them and moved "
                f"{money(round(moved, 2), unit)} out afterwards**",
                width="stretch",
            )
            drawer.button(_moved_figure(scene, moved), key="clusters")
        tables.show(
            clusters.clusters_asked(scene.period, scene.region),
            key=f"cluster_list_{scene.region}",
            columns=check_columns(unit),
            order=CLUSTER_COLUMNS,
            height=304,
            on_pick=lambda row: state.change(cluster=str(row["cluster_id"])),
        )


def _moved_figure(scene: Scene, moved: float) -> drawer.Figure:
    unit = scene.known.money_unit
    return drawer.Figure(
        title=f"{unit} moved by accounts that came in by re-used media, {scene.where}, {scene.period.name}",
        shown=compact(round(moved)),
        exact=f"{exact(round(moved, 2))} {unit}",
        definition="Withdrawals and transfers out, not stopped, of accounts with a check of the cluster "
        "that was taken "
        "for bona fide, after their first check in it; up to the store's last event.",
        rows=clusters.clusters_asked(scene.period, scene.region),
        caveats=("Clusters with a check in the period; an account's money counts wherever it moved since.",),
        columns=check_columns(unit),
    )


def _cluster(scene: Scene, chosen: Cluster) -> None:
    unit = scene.known.money_unit
    moved = money(round(chosen.moved_out or 0.0, 2), unit)
    stopped = money(round(chosen.stopped_out or 0.0, 2), unit)
    with st.container(border=True, key="card_members"):
        st.markdown(
            f"**{exact(chosen.accounts)} accounts, {exact(chosen.came_in or 0)} of them came in: {moved} "
            "moved out "
            f"afterwards, {stopped} stopped**"
        )
        tables.show(
            clusters.cluster_members(chosen.cluster_id),
            key=f"members_{chosen.cluster_id}",
            columns=check_columns(unit),
            order=MEMBER_COLUMNS,
            height=244,
            on_pick=lambda row: state.go_later("accounts", account=str(row["account_id"])),
            empty="What its accounts did afterwards is not known: run `watchfloor score`.",
        )
    with st.container(border=True, key="card_cluster_checks"):
        shared = check_words.joined(chosen.kinds, {}).lower()
        st.markdown(f"**{exact(chosen.checks)} checks that share {shared}**")
        tables.show(
            clusters.cluster_checks(chosen.cluster_id),
            key=f"cluster_checks_{chosen.cluster_id}",
            columns=check_columns(unit),
            order=CHECK_COLUMNS,
            height=244,
            on_pick=lambda row: state.go_later("check", check=str(row["event_id"])),
        )


def _map(scene: Scene, shown: Sequence[Cluster]) -> None:
    st.markdown("**Where they were made**")
    cluster = scene.view.cluster if len(shown) == 1 else None
    found = clusters.cluster_countries(scene.period, scene.region, cluster)
    key = "clusters_map"

    def clicked() -> None:
        place = maps.clicked(st.session_state.get(key))
        if place is not None:
            state.change(region=place["region"])

    content = maps.MapContent(
        level="country",
        places=tuple(_places(found, scene.palette)),
        look=maps.look_at(scene.region),
        marked=scene.region,
        arcs=_arcs(shown),
    )
    st.pydeck_chart(
        maps.world_map(content, scene.palette.kind),
        key=key,
        height=330,
        on_select=clicked,
        alt=map_in_words(found, scene.period.name),
    )
    st.caption("Darker: more checks with re-used media. Lines: from a cluster's first country to its others.")


def _places(found: Sequence[CountryOfChecks], palette: theme.Palette) -> list[maps.Place]:
    known = [one for one in found if one.country]
    most = max((one.checks for one in known), default=1)
    # The square root keeps countries with few checks apart from those with none.
    colours = theme.ramp(palette.sequential, [(one.checks / most) ** 0.5 for one in known])
    return [
        maps.Place(
            str(one.country),
            (int(colour[0]), int(colour[1]), int(colour[2]), 255),
            (
                f"{exact(one.checks)} checks with re-used media",
                f"{exact(one.accounts)} accounts",
                f"{exact(one.clusters)} clusters",
            ),
        )
        for one, colour in zip(known, colours, strict=True)
    ]


def _arcs(shown: Sequence[Cluster]) -> tuple[maps.Arc, ...]:
    """Return lines from the first country of each cluster to the others that it was seen in."""
    first: dict[str, str] = {}
    ways: dict[tuple[str, str], int] = {}
    for mark in clusters.cluster_marks(shown[: clusters.CLUSTERS_DRAWN]):
        if mark.country is None:
            continue
        start = first.setdefault(mark.cluster_id, mark.country)
        if start != mark.country:
            ways[start, mark.country] = ways.get((start, mark.country), 0) + 1
    points = maps.country_points()
    strongest = sorted(ways.items(), key=lambda item: (-item[1], item[0]))[: clusters.WAYS_DRAWN]
    most = max((count for _, count in strongest), default=1)
    return tuple(
        maps.Arc(points[a], points[b], 1.0 + WIDEST_PIXELS * count / most, f"{a} to {b}")
        for (a, b), count in strongest
        if a in points and b in points
    )


def map_in_words(found: Sequence[CountryOfChecks], period: str) -> str:
    """Say where most checks with re-used media were made."""
    if not found:
        return f"Map of checks with re-used media in {period}: none."
    parts = [
        f"{country_name(one.country)} {exact(one.checks)} checks of {exact(one.accounts)} accounts"
        for one in found[:4]
    ]
    return f"Map of checks with re-used media in {period} by country: {'; '.join(parts)}."
