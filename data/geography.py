"""Countries, the regions they are counted in, and their shapes on a map.

Codes and names come from `pycountry` (ISO 3166-1), regions are decided in `reference/country_regions.csv`,
points and shapes are Natural Earth's. Sources, dates and licences: `docs/reference-data.md`.
"""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pycountry

from data.statement import SQL, read_statement

REFERENCE = Path(__file__).resolve().parent / "reference"
# ISO 3166-1 leaves XK to its users; address registries and the European Union use it for Kosovo.
KOSOVO = ("XKX", "")


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its slug, its name, and the middle (degrees) and zoom of a map that shows it whole."""

    slug: str
    name: str
    latitude: float
    longitude: float
    zoom: float


@dataclass(frozen=True, slots=True)
class Country:
    """One ISO 3166-1 country: codes, short English name, its region's slug, its middle in degrees."""

    alpha2: str
    alpha3: str
    numeric: str
    name: str
    region: str
    latitude: float
    longitude: float


@cache
def regions() -> tuple[Region, ...]:
    """Answer all regions in the order they are listed on the screen, `unknown` last."""
    return tuple(
        Region(row["region"], row["name"], *_place(row), float(row["zoom"])) for row in _rows("regions.csv")
    )


@cache
def countries() -> tuple[Country, ...]:
    """Answer every ISO country and Kosovo, by alpha-2 code."""
    places = {row["alpha2"]: _place(row) for row in _rows("country_points.csv")}
    rows = ((row["alpha2"], row["short_name"], row["region"]) for row in _rows("country_regions.csv"))
    return tuple(Country(code, *_codes(code, name), region, *places[code]) for code, name, region in rows)


def country_name(alpha2: str) -> str:
    """Answer a country's short English name; the code itself where it is no country's."""
    return next((country.name for country in countries() if country.alpha2 == alpha2), alpha2)


@cache
def shapes() -> dict[str, Any]:
    """Answer a GeoJSON FeatureCollection of 174 countries, properties alpha2, name and region.

    Scale 1:110 million, cut at 180 degrees. Small countries (Singapore, Hong Kong, Bahrain, Malta) have no
    shape at this scale: draw them at their point in `countries()`. Callers must not change what they get.
    """
    collection: dict[str, Any] = json.loads((REFERENCE / "shapes.json").read_text(encoding="utf-8"))
    known = {country.alpha2: country for country in countries()}
    for feature in collection["features"]:
        country = known[feature["properties"]["alpha2"]]
        feature["properties"] |= {"name": country.name, "region": country.region}
    return collection


def install_geography(cursor: duckdb.DuckDBPyConnection) -> None:
    """Fill the store's tables `countries` and `regions` from the reference files, replacing what was there.

    Runs inside the caller's transaction.
    """
    listed = [{"region" if name == "slug" else name: v for name, v in asdict(r).items()} for r in regions()]
    for name, rows in (("regions", listed), ("countries", [asdict(country) for country in countries()])):
        cursor.register("reference_rows", pa.Table.from_pylist(rows))
        cursor.execute(read_statement(SQL / f"clear_{name}.sql").sql)
        cursor.execute(read_statement(SQL / f"fill_{name}.sql").sql)
        cursor.unregister("reference_rows")


def _codes(alpha2: str, short_name: str) -> tuple[str, str, str]:
    listed = pycountry.countries.get(alpha_2=alpha2)
    if listed is None:
        return (*KOSOVO, short_name)
    return listed.alpha_3, listed.numeric, short_name or getattr(listed, "common_name", listed.name)


def _place(row: dict[str, str]) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def _rows(file_name: str) -> list[dict[str, str]]:
    with (REFERENCE / file_name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
