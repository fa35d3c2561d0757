"""What checks show: own faces of the honest, sold faces of attackers; rendered ones share no face."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from data.clip import Clip
from data.home import Home
from data.world.drawing import LIBRARY
from data.world.rendering import FRAMES, Wanted, rendered
from data.world.showing import SHOWN, STRANGERS


@pytest.fixture(scope="module")
def shown(world: Home) -> pd.DataFrame:
    return pq.read_table(world.truth / SHOWN).to_pandas()


def test_the_honest_show_their_own_face_and_attackers_a_strangers(shown: pd.DataFrame) -> None:
    honest, attacks = shown[shown.species.isna()], shown[shown.species.notna()]

    assert (honest.face == honest.host).all()
    assert (attacks.face >= STRANGERS).all()


def test_some_faces_are_shown_for_several_accounts_and_no_honest_one_is(shown: pd.DataFrame) -> None:
    attacks = shown[shown.species.notna()]

    assert (attacks.groupby("face").host.nunique() > 1).sum() >= 3


def test_a_stranger_is_one_recording_and_a_stream_brings_its_own_room(
    shown: pd.DataFrame,
) -> None:
    attacks = shown[shown.species.notna()]
    played = attacks[attacks.species.str.startswith("injection")]

    assert (attacks["take"] == attacks.face).all()
    assert (played.room == played.face).all()
    assert shown[shown.species.isna()]["take"].is_unique


def test_no_rendered_face_is_in_two_quarters_and_every_species_of_the_third_is_rendered(
    shown: pd.DataFrame,
) -> None:
    some = shown[shown.is_rendered]
    third = shown[shown.is_kept & (shown.quarter == 2)]

    assert some.groupby("face").quarter.nunique().max() == 1
    # A face that was shown in an earlier quarter already may be the only one of its species.
    assert len(set(third.species.dropna()) - set(some.species.dropna())) <= 1
    assert some.is_kept.all()


def test_every_rendered_check_has_its_clip_and_no_other_has_one(world: Home, shown: pd.DataFrame) -> None:
    clips = {path.stem for path in (world.events / "media").glob("*.avi")}
    checks = pq.read_table(world.events / "identity-checks.parquet", columns=["event_id", "media_path"])
    named = {row["event_id"]: row["media_path"] for row in checks.to_pylist() if row["media_path"]}

    assert clips == set(shown[shown.is_rendered].event_id)
    assert named == {event_id: f"media/{event_id}.avi" for event_id in clips}


def test_the_others_draw_whole_rows_of_their_quarter_and_species(world: Home, shown: pd.DataFrame) -> None:
    drawn = pq.read_table(world.events / "check-media.parquet").to_pandas()
    library = pq.read_table(LIBRARY).to_pandas().set_index("event_id")
    kept = shown[shown.is_kept & ~shown.is_rendered].set_index("event_id")

    assert set(drawn.event_id) == set(kept.index)
    assert (drawn.source == "drawn").all()
    source = library.loc[drawn.drawn_from]
    check = kept.loc[drawn.event_id]
    assert (source.quarter.to_numpy() == check.quarter.to_numpy()).all()
    assert (source.species.fillna("").to_numpy() == check.species.fillna("").to_numpy()).all()
    assert np.array_equal(source.blur.to_numpy(), drawn.blur.to_numpy(), equal_nan=True)
    assert drawn.media_ms.isna().all()


def test_prints_of_one_recording_are_near_and_those_of_two_are_not(world: Home, shown: pd.DataFrame) -> None:
    drawn = pq.read_table(world.events / "check-media.parquet").to_pandas()
    both = drawn.merge(shown, on="event_id")
    twice = both[both.groupby("face").host.transform("nunique") > 1].sort_values("face")
    pairs = list(zip(twice.itertuples(), twice.iloc[1:].itertuples(), strict=False))
    near = [_bits(a, b) for a, b in pairs if a.face == b.face]
    far = [_bits(a, b) for a, b in pairs if a.face != b.face]

    assert near
    assert max(near) < 64 < 96 < min(far)


def _bits(first: Any, second: Any) -> int:
    return (int(first.face_print, 16) ^ int(second.face_print, 16)).bit_count()


def test_the_library_shares_no_face_between_quarters_and_holds_every_species_in_each() -> None:
    library = pq.read_table(LIBRARY).to_pandas()

    counts = library[library.species.notna()].groupby(["quarter", "species", "is_good"]).size()
    assert len(counts) == 4 * 6 * 2
    assert library.event_id.is_unique
    assert 0 < float(np.nanmean(library.again_bits)) < 64


def test_a_recording_is_the_same_every_time_and_shown_again_a_little_otherwise() -> None:
    one = Wanted("C1", "injection_virtual_camera", face=9, room=9, take=9, host=3, quality=0.4)
    other = Wanted("C2", "injection_virtual_camera", face=9, room=9, take=9, host=4, quality=0.4)

    first, again, elsewhere = rendered(one, 5), rendered(one, 5), rendered(other, 5)

    assert isinstance(first, Clip)
    assert len(first) == FRAMES
    assert np.array_equal(first.frames, again.frames)
    assert not np.array_equal(first.frames[0], elsewhere.frames[0])
