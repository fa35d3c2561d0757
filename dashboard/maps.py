"""The map: country shapes filled by region or country, clickable, without any request to another host.

The fill is a pickable layer without strokes and the borders are a layer of their own: a stroked pickable
layer loses clicks under software rendering (reference/streamlit-facts.md), and so does a view that repeats
the world (six of six clicks lost with `repeat`, one of five without, in Chromium with SwiftShader).

The description of a map is made once for each content. pydeck writes its layers without the shapes, and the
shapes, written once, are put in their place: pydeck's own JSON of them costs 70 ms at every rerun.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

import pydeck as pdk

from dashboard import theme
from data.geography import countries, regions, shapes

FILL, BORDERS, OUTLINE, POINTS = "fill", "borders", "outline", "points"
# Two decimals are a kilometre, a tenth of what the shapes of scale 1:110 million resolve.
DECIMALS = 2
# Antarctica has no customers and takes a fifth of the map.
LEFT_OUT = {"AQ"}
Colour = tuple[int, int, int, int]
Level = Literal["region", "country"]


@dataclass(frozen=True, slots=True)
class Place:
    """How one region (slug) or country (alpha-2) is drawn: colour, three lines on hover, words on the map."""

    key: str
    colour: Colour
    tips: tuple[str, str, str]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Arc:
    """One corridor on the map, from and to a (longitude, latitude), as wide as `width` pixels."""

    start: tuple[float, float]
    end: tuple[float, float]
    width: float
    tip: str


@dataclass(frozen=True, slots=True)
class Look:
    """Where the map looks at: degrees, and deck.gl's zoom (0 shows the world in 512 pixels)."""

    latitude: float
    longitude: float
    zoom: float


# The zooms of `regions()` fill 1,000 pixels; the card of the map is 640 wide.
SMALLER_CARD = 0.5
WORLD_LOOK = Look(31.0, 14.0, 0.48)


class CompactDeck:
    """What Streamlit needs of a `pydeck.Deck`: it calls `to_json()` and reads `_tooltip` and `layers`."""

    def __init__(self, spec: str, tooltip: Mapping[str, Any]) -> None:
        self._spec = spec
        self._tooltip = dict(tooltip)
        self.layers: list[object] = []

    def to_json(self) -> str:
        """Return the description of the map."""
        return self._spec


@dataclass(frozen=True, slots=True)
class MapContent:
    """All that a map shows; equal contents are the same map. The region or country `marked` is outlined."""

    level: Level
    places: tuple[Place, ...]
    look: Look = WORLD_LOOK
    marked: str | None = None
    arcs: tuple[Arc, ...] = ()


def world_map(content: MapContent, kind: theme.Kind) -> CompactDeck:
    """Return the map of `content` in one theme, from memory when it was drawn before."""
    palette = theme.PALETTES[kind]
    return CompactDeck(_spec(content, kind), _tooltip(palette))


def look_at(region: str | None) -> Look:
    """Return the look that shows a region whole; the world for none and for the unknown region."""
    found = next((r for r in regions() if r.slug == region and r.zoom > 0), None)
    if found is None or region == "unknown":
        return WORLD_LOOK
    return Look(found.latitude, found.longitude, found.zoom - SMALLER_CARD)


@cache
def country_points() -> Mapping[str, tuple[float, float]]:
    """Return (longitude, latitude) of the middle of each country, by its two letters."""
    return {country.alpha2: (country.longitude, country.latitude) for country in countries()}


def clicked(state: Mapping[str, Any] | None) -> Mapping[str, str] | None:
    """Return `region`, `alpha2` and `name` of the country that was clicked, or None.

    `state` is what Streamlit keeps under the map's key.
    """
    objects = ((state or {}).get("selection") or {}).get("objects") or {}
    for layer in (FILL, POINTS):
        for found in objects.get(layer, ()):
            return dict(found.get("properties") or found)
    return None


@lru_cache(maxsize=256)
def _spec(content: MapContent, kind: theme.Kind) -> str:
    deck = pdk.Deck(
        layers=_layers(content, theme.PALETTES[kind]),
        initial_view_state=pdk.ViewState(
            latitude=content.look.latitude,
            longitude=content.look.longitude,
            zoom=content.look.zoom,
            min_zoom=0,
        ),
        map_provider=None,
        views=[pdk.View(type="MapView", controller=True)],
    )
    small = json.dumps(json.loads(deck.to_json()), separators=(",", ":"))
    for name, features in (
        (FILL, _filled(content, theme.PALETTES[kind])),
        (BORDERS, _bare(shape.alpha2 for shape in _drawn())),
        (
            OUTLINE,
            _bare(shape.alpha2 for shape in _drawn() if content.marked in (shape.alpha2, shape.region)),
        ),
    ):
        small = small.replace(f'"{name}-features"', features)
    return small


def _layers(content: MapContent, palette: theme.Palette) -> list[pdk.Layer]:
    layers = [_fill(palette), _lines(BORDERS, theme.rgba(palette.background), 0.6)]
    if content.marked:
        layers.append(_lines(OUTLINE, theme.rgba(palette.accent), 1.0))
    layers.append(_points(content))
    if content.arcs:
        layers.append(_arcs(content.arcs, palette))
    if any(place.label for place in content.places):
        layers.append(_labels(content, palette))
    return layers


def _filled(content: MapContent, palette: theme.Palette) -> str:
    """Return the countries as GeoJSON with the colour and the words of their place."""
    land = theme.rgba(palette.land, 140)
    by_key = {place.key: place for place in content.places}
    features = []
    for shape in _drawn():
        place = by_key.get(shape.region if content.level == "region" else shape.alpha2)
        names = {"alpha2": shape.alpha2, "region": shape.region, "name": shape.name}
        own = {**names, "fill": place.colour if place else land, **_told(place)}
        features.append(_feature(own, shape.geometry))
    return _collection(features)


def _bare(wanted: Iterable[str]) -> str:
    """Return the shapes of some countries as GeoJSON without properties, for lines."""
    chosen = set(wanted)
    return _collection([_feature({}, shape.geometry) for shape in _drawn() if shape.alpha2 in chosen])


def _told(place: Place | None) -> dict[str, str]:
    """Return the lines of a place on hover; Streamlit escapes what is filled in, so a line each."""
    lines = place.tips if place else ("No events", "", "")
    return dict(zip(("first", "second", "third"), lines, strict=True))


def _feature(properties: Mapping[str, Any], geometry: str) -> str:
    written = json.dumps(properties, separators=(",", ":"))
    return f'{{"type":"Feature","properties":{written},"geometry":{geometry}}}'


def _collection(features: list[str]) -> str:
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


def _fill(palette: theme.Palette) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer", f"{FILL}-features", id=FILL, pickable=True, stroked=False, filled=True,
        get_fill_color="properties.fill", auto_highlight=True,
        highlight_color=theme.rgba(palette.accent, 70), wrap_longitude=True,
    )  # fmt: skip


def _lines(name: str, colour: Colour, pixels: float) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer", f"{name}-features", id=name, pickable=False, filled=False, stroked=True,
        get_line_color=list(colour), line_width_min_pixels=pixels, line_width_max_pixels=pixels,
        wrap_longitude=True,
    )  # fmt: skip


def _points(content: MapContent) -> pdk.Layer:
    """Draw the countries that have events and no shape, like Singapore, at their point."""
    by_key = {place.key: place for place in content.places}
    rows = []
    for country in _without_shape():
        place = by_key.get(country.alpha2) if content.level == "country" else None
        if place is not None:
            rows.append(
                {
                    "alpha2": country.alpha2,
                    "name": country.name,
                    "region": country.region,
                    "place": [country.longitude, country.latitude],
                    "fill": place.colour,
                    **_told(place),
                }
            )
    return pdk.Layer(
        "ScatterplotLayer", rows, id=POINTS, pickable=True, get_position="place", get_fill_color="fill",
        stroked=False, get_radius=1, radius_min_pixels=6, radius_max_pixels=6,
    )  # fmt: skip


def _arcs(arcs: tuple[Arc, ...], palette: theme.Palette) -> pdk.Layer:
    rows = [
        {"start": arc.start, "end": arc.end, "width": arc.width, "name": "Corridor", "tip": arc.tip}
        for arc in arcs
    ]
    return pdk.Layer(
        "ArcLayer", rows, id="arcs", pickable=False, get_source_position="start", get_target_position="end",
        get_width="width", get_source_color=list(theme.rgba(palette.muted, 70)),
        get_target_color=list(theme.rgba(palette.amber, 190)), great_circle=False, wrap_longitude=True,
    )  # fmt: skip


def _labels(content: MapContent, palette: theme.Palette) -> pdk.Layer:
    where = {r.slug: (r.longitude, r.latitude) for r in regions()}
    if content.level == "country":
        where = {c.alpha2: (c.longitude, c.latitude) for c in countries()}
    rows = [
        {"place": where[place.key], "text": place.label}
        for place in content.places
        if place.label and place.key in where and place.key != "unknown"
    ]
    return pdk.Layer(
        "TextLayer", rows, id="labels", pickable=False, get_position="place", get_text="text", get_size=12,
        get_color=list(theme.rgba(palette.text)), font_family=pdk.types.String(theme.FONT), font_weight=600,
        character_set=pdk.types.String("auto"), background=True,
        get_background_color=list(theme.rgba(palette.background, 235)),
        background_padding=[5, 3, 5, 3], background_border_radius=4,
        font_settings={"fontSize": 48, "buffer": 8},
    )  # fmt: skip


def _tooltip(palette: theme.Palette) -> dict[str, Any]:
    return {
        "html": "<b>{name}</b><br>{first}<br>{second}<br>{third}",
        "style": {
            "backgroundColor": palette.surface,
            "color": palette.text,
            "border": f"1px solid {palette.border}",
            "borderRadius": "7px",
            "fontFamily": theme.FONT,
            "fontSize": f"{theme.CHART_TEXT}px",
            "padding": "8px 10px",
        },
    }


@dataclass(frozen=True, slots=True)
class _Shape:
    """One country's shape, its geometry written as JSON once and for all maps."""

    alpha2: str
    region: str
    name: str
    geometry: str


@cache
def _drawn() -> tuple[_Shape, ...]:
    found = []
    for shape in shapes()["features"]:
        own, geometry = shape["properties"], shape["geometry"]
        if own["alpha2"] not in LEFT_OUT:
            rounded = {**geometry, "coordinates": _round(geometry["coordinates"])}
            written = json.dumps(rounded, separators=(",", ":"))
            found.append(_Shape(own["alpha2"], own["region"], own["name"], written))
    return tuple(found)


def _round(found: Any) -> Any:
    if isinstance(found, (int, float)):
        return round(found, DECIMALS)
    return [_round(part) for part in found]


@cache
def _without_shape() -> tuple[Any, ...]:
    drawn = {shape.alpha2 for shape in _drawn()}
    return tuple(country for country in countries() if country.alpha2 not in drawn)
