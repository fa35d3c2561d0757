"""Areas: where models learn and policies decide on their own; a region, or a country set apart within it.

An area is named by the region's slug, or by the ISO code of a country that stands apart. The table `areas`
holds the countries apart, so that any statement finds an event's area by a join:

    LEFT JOIN areas ON areas.country = spine.country   -- coalesce(areas.area, spine.region) AS area
"""

from __future__ import annotations

import duckdb

from data.contract import Table
from data.geography import country_name, regions
from scoring.event_tables import filled

# Customers, crime and rules of withdrawal so much their own that the region's figure hides them.
APART = ("ID",)

AREAS = Table(
    "areas",
    "Countries that learn and decide apart from the region they lie in.",
    "country",
    (
        filled("country", "VARCHAR", "The country, ISO alpha-2."),
        filled("area", "VARCHAR", "Name of its area: the country's own code."),
    ),
    loadable=False,
)


def area_in_words(area: str) -> str:
    """Say the name of an area: its region's or its country's; the area itself where it is neither's."""
    named = {region.slug: region.name for region in regions()}
    return country_name(area) if area in APART else named.get(area, area)


def write_areas(cursor: duckdb.DuckDBPyConnection) -> None:
    """Write the countries of APART over what the table holds. Runs in the caller's transaction."""
    cursor.execute("DELETE FROM areas")
    for country in APART:
        cursor.execute("INSERT INTO areas VALUES ($country, $country)", {"country": country})
