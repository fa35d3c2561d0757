from __future__ import annotations

import json
from typing import Any

import pydeck as pdk
import pytest
import streamlit as st

from dashboard import maps
from data.geography import countries

CIS = maps.Place("cis", (1, 2, 3, 255), ("31 fewer", "so", "many"), "-31%")
SINGAPORE = maps.Place("SG", (9, 9, 9, 255), ("Three events", "", ""))


def layers_of(content: maps.MapContent) -> dict[str, Any]:
    return {layer["id"]: layer for layer in json.loads(maps.world_map(content, "light").to_json())["layers"]}


def test_a_region_colours_all_its_countries_and_no_other() -> None:
    features = layers_of(maps.MapContent("region", (CIS,)))[maps.FILL]["data"]["features"]
    coloured = {f["properties"]["alpha2"] for f in features if f["properties"]["fill"] == [1, 2, 3, 255]}
    expected = {country.alpha2 for country in countries() if country.region == "cis"}
    assert coloured == expected
    assert next(f for f in features if f["properties"]["alpha2"] == "KZ")["properties"]["first"] == "31 fewer"


def test_only_the_fill_and_the_points_can_be_clicked_and_the_fill_has_no_strokes() -> None:
    layers = layers_of(maps.MapContent("country", (SINGAPORE,), marked="SG"))
    assert {name for name, layer in layers.items() if layer["pickable"]} == {maps.FILL, maps.POINTS}
    assert layers[maps.FILL]["stroked"] is False
    assert layers[maps.FILL]["wrapLongitude"] is True


def test_a_country_without_a_shape_is_drawn_at_its_point() -> None:
    points = layers_of(maps.MapContent("country", (SINGAPORE,)))[maps.POINTS]["data"]
    assert [(point["alpha2"], point["fill"]) for point in points] == [("SG", [9, 9, 9, 255])]


def test_what_is_marked_is_outlined() -> None:
    outline = layers_of(maps.MapContent("country", (SINGAPORE,), marked="KZ"))[maps.OUTLINE]
    assert len(outline["data"]["features"]) == 1
    assert maps.OUTLINE not in layers_of(maps.MapContent("country", (SINGAPORE,)))


def test_the_map_asks_nobody_for_tiles() -> None:
    spec = json.loads(maps.world_map(maps.MapContent("region", (CIS,)), "dark").to_json())
    assert "http" not in json.dumps(spec)
    assert spec.get("mapProvider") is None


def test_a_map_of_the_same_content_is_written_once() -> None:
    first, second = (maps.world_map(maps.MapContent("region", (CIS,)), "light").to_json() for _ in range(2))
    assert first is second


def test_the_click_on_a_shape_or_a_point_names_its_country() -> None:
    shape = {"properties": {"alpha2": "KZ", "region": "cis", "name": "Kazakhstan"}}
    point = {"alpha2": "SG", "region": "south_east_asia", "name": "Singapore"}
    assert maps.clicked({"selection": {"objects": {maps.FILL: [shape]}}}) == shape["properties"]
    assert maps.clicked({"selection": {"objects": {maps.POINTS: [point]}}}) == point
    assert maps.clicked({"selection": {"objects": {}}}) is None
    assert maps.clicked(None) is None


def test_a_region_is_looked_at_whole_and_the_unknown_one_is_the_world() -> None:
    assert maps.look_at("cis").zoom > maps.WORLD_LOOK.zoom
    assert maps.look_at("unknown") == maps.look_at(None) == maps.WORLD_LOOK


def test_streamlit_reads_of_a_deck_only_what_ours_has(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = maps.world_map(maps.MapContent("region", (CIS,)), "light")
    sent: list[Any] = []
    monkeypatch.setattr(type(st._main), "_enqueue", lambda _self, _name, proto, **_: sent.append(proto))
    st.pydeck_chart(ours, height=300)
    assert sent[0].json == ours.to_json()
    assert json.loads(sent[0].tooltip)["html"] == "<b>{name}</b><br>{first}<br>{second}<br>{third}"
    assert hasattr(pdk.Deck(), "_tooltip")
