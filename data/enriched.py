"""The tables that enrichment and the reference files fill; no user's file ever does.

They are created with the contract's tables, so that every query finds them, empty or not.
"""

from __future__ import annotations

from data.contract import Column, Table


def _enriched(name: str, kind: str, comment: str, personal: str = "") -> Column:
    return Column(name, kind, comment, filled_by="enrich", personal=personal)


COUNTRIES = Table(
    "countries",
    "Every country of ISO 3166-1 with the region it is counted in and one point to draw it at.",
    "alpha2",
    (
        _enriched("alpha2", "VARCHAR", "ISO 3166-1 alpha-2 code; XK for Kosovo, which has none."),
        _enriched("alpha3", "VARCHAR", "ISO 3166-1 alpha-3 code."),
        _enriched("numeric", "VARCHAR", "ISO 3166-1 numeric code, three digits."),
        _enriched("name", "VARCHAR", "Short name, in English."),
        _enriched("region", "VARCHAR", "Slug of its region in `regions`."),
        _enriched("latitude", "DOUBLE", "Middle of its main part, degrees north."),
        _enriched("longitude", "DOUBLE", "Middle of its main part, degrees east."),
    ),
    loadable=False,
)

REGIONS = Table(
    "regions",
    "The regions that policies, rates and maps are cut by.",
    "region",
    (
        _enriched("region", "VARCHAR", "Slug: south_east_asia, cis, ..., unknown."),
        _enriched("name", "VARCHAR", "Name on the screen."),
        _enriched("latitude", "DOUBLE", "Where a map of it is centred, degrees north."),
        _enriched("longitude", "DOUBLE", "Where a map of it is centred, degrees east."),
        _enriched("zoom", "DOUBLE", "Zoom of a web map that shows it whole."),
    ),
    loadable=False,
)

IP_NUMBERS = Table(
    "ip_numbers",
    "Every address on the network that was ever seen, as a number; enrichment's register of what is done.",
    "ip",
    (
        _enriched("ip", "VARCHAR", "Address on the network, written as in the events.", "ip"),
        _enriched(
            "number", "UHUGEINT", "The same as a number, IPv4 as ::ffff:0:0/96; null: no address.", "hidden"
        ),
    ),
    loadable=False,
)

SIGNATURE_MATCHES = Table(
    "signature_matches",
    "Which signature holds for which counterparty, network address and device of the events, one row each.",
    "entity",
    (
        _enriched("entity_kind", "VARCHAR", "counterparty, ip or device, as in `entity_risk`."),
        _enriched("entity", "VARCHAR", "Its name, written as in the events: join by equality.", "entity"),
        _enriched("signature_id", "VARCHAR", "The signature in `signatures`.", "listed"),
        _enriched("category", "VARCHAR", "Why it is bad: sanctioned, phishing, tor_exit, ..."),
        _enriched("network_kind", "VARCHAR", "Kind of network it means (tor, vpn, datacentre); null: none."),
        _enriched("source", "VARCHAR", "Who says so."),
        _enriched(
            "listed_at",
            "TIMESTAMP",
            "Since when, UTC; null: always. At a time t it holds where listed_at IS NULL OR listed_at < t.",
        ),
    ),
    loadable=False,
)

ENRICHED_TABLES = (COUNTRIES, REGIONS, IP_NUMBERS, SIGNATURE_MATCHES)
