import pycountry
import pytest

from data.geography import countries, install_geography, regions, shapes
from data.reference.build_shapes import cut, middle, unwrapped
from data.store import Store

# Antarctica and islands without inhabitants have no region; every other ISO country has one.
UNINHABITED = {"AQ", "BV", "GS", "HM", "TF"}


def test_every_iso_country_is_listed_once_and_kosovo_beside_them() -> None:
    listed = [country.alpha2 for country in countries()]
    assert len(listed) == len(set(listed))
    assert set(listed) == {country.alpha_2 for country in pycountry.countries} | {"XK"}


def test_every_inhabited_country_has_one_of_our_regions() -> None:
    slugs = {region.slug for region in regions()}
    assert {country.region for country in countries()} <= slugs
    assert {country.alpha2 for country in countries() if country.region == "unknown"} == UNINHABITED


@pytest.mark.parametrize(
    ("codes", "region"),
    [
        ("ID VN PH SG TH MY MM TL", "south_east_asia"),
        ("IN PK BD LK NP AF", "south_asia"),
        ("RU BY KZ KG TJ UZ AM AZ MD TM GE", "cis"),
        ("UA PL DE GB CY XK", "europe"),
        ("TR EG MA AE IL IR SD", "mena"),
        ("NG KE ZA SO MR DJ", "sub_saharan_africa"),
        ("MX BR GT CU GF", "latin_america"),
        ("CN HK TW JP KR MN", "east_asia"),
        ("US CA GL", "north_america"),
        ("AU NZ FJ GU", "oceania"),
    ],
)
def test_countries_are_counted_in_the_region_that_the_reference_page_names(codes: str, region: str) -> None:
    found = {country.alpha2: country.region for country in countries()}

    assert {code: found[code] for code in codes.split()} == dict.fromkeys(codes.split(), region)


def test_points_lie_where_an_atlas_has_the_country() -> None:
    """Each expected point is a town or place near the middle, good to a few degrees."""
    near = {"ID": (-2, 118), "US": (39, -98), "RU": (62, 97), "SG": (1.3, 103.8), "FJ": (-17.8, 178)}
    found = {country.alpha2: country for country in countries()}
    for code, (latitude, longitude) in near.items():
        assert found[code].latitude == pytest.approx(latitude, abs=3), code
        assert found[code].longitude == pytest.approx(longitude, abs=4), code


def test_no_shape_reaches_over_the_antimeridian() -> None:
    for feature in shapes()["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            longitudes = [x for x, _ in polygon[0]]
            assert -180 <= min(longitudes) < max(longitudes) <= 180, feature["properties"]
            assert max(longitudes) - min(longitudes) < 180, feature["properties"]


def test_rings_of_shapes_are_closed_and_their_countries_listed() -> None:
    names = {country.alpha2: country.name for country in countries()}
    for feature in shapes()["features"]:
        assert feature["properties"]["name"] == names[feature["properties"]["alpha2"]]
        for polygon in feature["geometry"]["coordinates"]:
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in polygon), feature["properties"]


def test_russia_is_drawn_on_both_sides_of_the_antimeridian() -> None:
    russia = next(f for f in shapes()["features"] if f["properties"]["alpha2"] == "RU")
    firsts = [polygon[0][0][0] for polygon in russia["geometry"]["coordinates"]]
    assert min(firsts) < -160
    assert max(firsts) > 100


def test_small_countries_without_a_shape_are_still_reachable_by_their_point() -> None:
    drawn = {feature["properties"]["alpha2"] for feature in shapes()["features"]}
    assert {"SG", "HK", "BH", "MT"}.isdisjoint(drawn)
    assert {"SG", "HK", "BH", "MT"} <= {country.alpha2 for country in countries()}


def test_the_store_has_each_country_and_region_once_however_often_they_are_installed(store: Store) -> None:
    for _ in range(2):
        with store.writing() as cursor:
            install_geography(cursor)
    query = (
        "SELECT alpha3, numeric, countries.name, region, regions.name "
        "FROM countries JOIN regions USING (region) WHERE alpha2 = 'ID'"
    )
    rows = store.cursor().execute(query).fetchall()
    assert rows == [("IDN", "360", "Indonesia", "south_east_asia", "South-East Asia")]
    assert store.cursor().execute("SELECT count(*) FROM countries").fetchone() == (250,)
    assert store.cursor().execute("SELECT count(*) FROM regions").fetchone() == (11,)


def test_a_ring_over_the_antimeridian_is_unwrapped_and_cut_into_two() -> None:
    """A box from 170 east to 170 west, ten degrees high: ten degrees of it on either side."""
    box = unwrapped([(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)])
    assert [x for x, _ in box] == [170, 190, 190, 170, 170]
    west, east = (sorted(set(polygon[0])) for polygon in cut([box]))
    assert west == [(-180, 0), (-180, 10), (-170, 0), (-170, 10)]
    assert east == [(170, 0), (170, 10), (180, 0), (180, 10)]


def test_the_middle_of_a_country_is_weighed_by_area_and_leaves_far_parts_out() -> None:
    """A square of 4 at (1, 1), one of 1 at (10.5, .5): (4 * 1 + 10.5) / 5 = 2.9; the third is far away."""
    large = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]
    small = [(10.0, 0.0), (11.0, 0.0), (11.0, 1.0), (10.0, 1.0), (10.0, 0.0)]
    far = [(100.0, 0.0), (101.0, 0.0), (101.0, 1.0), (100.0, 1.0), (100.0, 0.0)]
    assert middle([small, far, large]) == (0.9, 2.9)
