"""The tab Evidence: what was made, who held it, a hand-over, and the check of a pack that somebody has."""

from __future__ import annotations

import pytest
import small_evidence
from evident_ring import fill_ring
from small_evidence import NOW
from streamlit.testing.v1 import AppTest

from dashboard import owner
from dashboard.desk_records import desk_records, follow
from dashboard.evidence.check_block import checked_pack
from dashboard.questions.evidence import known_pack
from data.facts import write_fact
from data.home import Home
from desk.actors import Actor
from desk.evidence.custody import Sealed, events_in
from desk.evidence.keeping import Keeping
from desk.evidence.making import make, sources_of
from desk.evidence.verify_pack import sha256
from desk.projection import FROM

ANA = Actor("local", "analyst")
TAB = """
from dashboard.audit import evidence_tab
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts
evidence_tab.draw(desk_scene(facts(), None))
"""
HAND_OVER = """
import os
import streamlit as st
from dashboard import owner
from dashboard.desk.scene import desk_scene
from dashboard.desk_records import desk_records
from dashboard.evidence.pack_card import hand_over_form
from dashboard.facts import facts
from desk.evidence.custody import pack_of
from desk.evidence.keeping import Keeping

scene = desk_scene(facts(), None)
pack = pack_of(desk_records(), st.session_state["pack"], scene.actor)
hand_over_form(pack, scene.actor, Keeping.of(owner.home(), {}))
"""


@pytest.fixture
def pack(exchange: Home, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """A pack of R-1, the only one."""
    monkeypatch.delenv("WATCHFLOOR_DESK_URL", raising=False)
    monkeypatch.setenv("WATCHFLOOR_ROLE", "analyst")
    for path in exchange.path.glob("desk.sqlite*"):
        path.unlink()
    store = owner.store()
    with store.writing() as cursor:
        write_fact(cursor, FROM, "the test before")
        cursor.execute("DELETE FROM ring_members")
    fill_ring(store)
    small_evidence.add_features(store)
    follow()
    with store.cursor() as cursor:
        sources = sources_of(owner.home(), desk_records(), cursor, {})
        made = make(sources, "ring", "R-1", ANA, NOW)
    follow()
    return made


def opened(script: str, **state: str) -> AppTest:
    page = AppTest.from_string(script, default_timeout=30)
    for name, value in state.items():
        page.session_state[name] = value
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    return "\n".join(text.value for text in [*page.markdown, *page.caption, *page.error])


def test_the_tab_lists_packs_and_tells_the_fingerprint_of_the_key(pack: Sealed) -> None:
    page = opened(TAB)

    assert Keeping.of(owner.home(), {}).fingerprint() in said(page)
    (table,) = page.dataframe
    assert table.value["pack_id"].tolist() == [pack.pack_id]
    assert table.value["holder"].tolist() == ["local"]


def test_a_pack_that_is_chosen_shows_its_custody_and_can_be_had_again(pack: Sealed) -> None:
    page = AppTest.from_string(TAB, default_timeout=30)
    page.query_params["pack"] = pack.pack_id
    page.run()

    assert not page.exception
    assert pack.sha256 in said(page)
    assert page.dataframe[1].value["action"].tolist() == ["collected", "sealed"]
    labels = [one.proto.label for one in page.get("download_button")]
    assert any(label.startswith("Download again") for label in labels)


def test_a_hand_over_needs_all_three_words_and_is_written_down(pack: Sealed) -> None:
    page = opened(HAND_OVER, pack=pack.pack_id)
    page.text_input(key="evidence_to_whom").set_value("Astana district court")
    page.button[0].click().run()
    assert "This needs to whom, by which way and why." in said(page)

    page.text_input(key="evidence_how").set_value("Courier")
    page.text_area(key="evidence_why").set_value("Order 17")
    page.button[0].click().run()
    assert not page.exception
    with desk_records().reading() as connection:
        entries = events_in(connection, "ring", "R-1")
    assert [entry["action"] for entry in entries] == ["collected", "sealed", "handed_over"]
    assert entries[2]["to_whom"] == "Astana district court"


def test_a_pack_is_checked_against_the_key_and_the_log_of_this_store(pack: Sealed) -> None:
    keeping = Keeping.of(owner.home(), {})
    data = keeping.read(pack.name, pack.sha256)

    whole = checked_pack(data, keeping.fingerprint(), desk_records())
    assert whole.faults == ()
    assert whole.known.startswith(f"It is {pack.pack_id}, made here.")
    assert known_pack(sha256(data)) == pack.pack_id

    broken = checked_pack(data[:-1] + b"\1", keeping.fingerprint(), desk_records())
    assert broken.known == "No pack with this SHA-256 was made here."
    assert len(broken.words.splitlines()) == len(broken.faults) > 0

    other = checked_pack(data, "0" * 32, desk_records())
    assert [fault.kind for fault in other.faults] == ["key"]


@pytest.mark.usefixtures("pack")
@pytest.mark.parametrize("role", ["executive", "desk_operator"])
def test_who_neither_takes_evidence_nor_reads_the_log_is_told_so(
    monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    monkeypatch.setenv("WATCHFLOOR_ROLE", role)

    page = opened(TAB)

    assert "a role that may not read the audit log" in said(page)
    assert not page.dataframe
