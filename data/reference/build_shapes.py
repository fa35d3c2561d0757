"""Turns the world-atlas TopoJSON files (Natural Earth, public domain) into shapes and one point a country."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

Ring = list[tuple[float, float]]
# 0.01 degrees are about a kilometre: finer than the 110m shapes themselves.
DECIMALS = 2
# Parts of a country farther than this from its largest one do not pull its point to themselves:
# Alaska lies 58 degrees from the middle of the contiguous United States, Papua 24 from that of Kalimantan.
NEAR_DEGREES = 35.0
# Natural Earth gives these no ISO number. The first two lie within the ISO country that is shown for them.
WITHOUT_NUMBER = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}
# ISO countries that Natural Earth draws as a part of another one or not at all; places of their main island.
POINTS_BY_HAND = {
    "AQ": (-75.0, 0.0),
    "BQ": (12.18, -68.26),
    "BV": (-54.42, 3.36),
    "CC": (-12.17, 96.83),
    "CX": (-10.49, 105.63),
    "GF": (3.93, -53.13),
    "GP": (16.25, -61.55),
    "MQ": (14.64, -61.02),
    "RE": (-21.12, 55.53),
    "SJ": (78.22, 15.65),
    "TK": (-9.17, -171.82),
    "YT": (-12.83, 45.17),
}


def write_shapes(source: Path, target: Path) -> None:
    """Write a GeoJSON FeatureCollection, one MultiPolygon a country, cut at 180 degrees, with its alpha2.

    Antarctica is left out: it has no customers, and a ring around a pole has no flat shape.
    """
    grouped: dict[str, list[list[Ring]]] = {}
    for alpha2, polygons in _countries(source):
        if alpha2 != "AQ":
            grouped.setdefault(alpha2, []).extend(half for polygon in polygons for half in cut(polygon))
    features = [
        {
            "type": "Feature",
            "properties": {"alpha2": alpha2},
            "geometry": {"type": "MultiPolygon", "coordinates": _rounded(polygons)},
        }
        for alpha2, polygons in sorted(grouped.items())
    ]
    collection = {"type": "FeatureCollection", "features": features}
    target.write_text(json.dumps(collection, separators=(",", ":")) + "\n", encoding="utf-8")


def write_points(sources: list[Path], target: Path) -> None:
    """Write alpha2, latitude, longitude of every ISO country, from the first of `sources` that draws it."""
    points = dict(POINTS_BY_HAND)
    for source in sources:
        grouped: dict[str, list[Ring]] = {}
        for alpha2, polygons in _countries(source):
            grouped.setdefault(alpha2, []).extend(polygon[0] for polygon in polygons)
        for alpha2, rings in grouped.items():
            points.setdefault(alpha2, middle(rings))
    with target.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("alpha2", "latitude", "longitude"))
        writer.writerows((alpha2, *points[alpha2]) for alpha2 in sorted(points))


def middle(rings: list[Ring]) -> tuple[float, float]:
    """Answer latitude and longitude of the middle, by area, of the rings near the largest one."""
    weighed = sorted((area_and_centre(ring) for ring in rings), reverse=True)
    _, x, y = weighed[0]
    near = [w for w in weighed if (w[1] - x) ** 2 + (w[2] - y) ** 2 < NEAR_DEGREES**2]
    total = sum(area for area, _, _ in near)
    longitude = sum(area * x for area, x, _ in near) / total
    latitude = sum(area * y for area, _, y in near) / total
    return round(latitude, DECIMALS), round((longitude + 180) % 360 - 180, DECIMALS)


def area_and_centre(ring: Ring) -> tuple[float, float, float]:
    """Answer area (square degrees, positive) and centre x, y of a closed ring, by the shoelace formula."""
    cross = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring)]
    area = sum(c for _, _, c in cross) / 2
    if abs(area) < 1e-9:
        return 1e-9, ring[0][0], ring[0][1]
    x = sum((a[0] + b[0]) * c for a, b, c in cross) / (6 * area)
    y = sum((a[1] + b[1]) * c for a, b, c in cross) / (6 * area)
    return abs(area), x, y


def unwrapped(ring: Ring) -> Ring:
    """Move points by whole turns so that no step is longer than half of one; it may pass 180 degrees."""
    points = [ring[0]]
    for x, y in ring[1:]:
        points.append((x - 360 * round((x - points[-1][0]) / 360), y))
    return points


def cut(polygon: list[Ring]) -> list[list[Ring]]:
    """Cut a polygon of unwrapped rings at 180 degrees east and west into polygons within -180 to 180."""
    halves = []
    for turn in (-360.0, 0.0, 360.0):
        moved = [[(x + turn, y) for x, y in ring] for ring in polygon]
        inside = [_clipped(_clipped(ring, 180.0, 1), -180.0, -1) for ring in moved]
        if inside[0]:
            halves.append([ring for ring in inside if ring])
    return halves


def _clipped(ring: Ring, limit: float, sign: int) -> Ring:
    """Keep the part of a closed ring where `sign * x <= sign * limit` (by Sutherland and Hodgman)."""
    kept: Ring = []
    for a, b in pairwise(ring):
        if sign * a[0] <= sign * limit:
            kept.append(a)
        if (sign * a[0] < sign * limit) != (sign * b[0] < sign * limit) and a[0] != b[0]:
            kept.append((limit, a[1] + (b[1] - a[1]) * (limit - a[0]) / (b[0] - a[0])))
    # What only touches the limit has no area left.
    return [*kept, kept[0]] if len({x for x, _ in kept}) > 1 else []


def _countries(source: Path) -> list[tuple[str, list[list[Ring]]]]:
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = _decoded(topology)
    found = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        alpha2 = _alpha2(geometry)
        if alpha2 is not None and "arcs" in geometry:
            polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            found.append((alpha2, [[_ring(numbers, arcs) for numbers in polygon] for polygon in polygons]))
    return found


def _alpha2(geometry: dict[str, Any]) -> str | None:
    country = pycountry.countries.get(numeric=geometry["id"]) if "id" in geometry else None
    return country.alpha_2 if country else WITHOUT_NUMBER.get(geometry["properties"]["name"])


def _decoded(topology: dict[str, Any]) -> list[Ring]:
    """Undo the delta encoding and the scale of TopoJSON arcs."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Join arcs end to end; a negative number means the arc `~number` backwards."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return unwrapped(points)


def _rounded(polygons: list[list[Ring]]) -> list[list[Ring]]:
    return [[[_round(point) for point in ring] for ring in polygon] for polygon in polygons]


def _round(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], DECIMALS), round(point[1], DECIMALS)
