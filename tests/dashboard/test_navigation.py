"""Which pages each role has in its sidebar, and which are closed to it."""

from __future__ import annotations

import pytest

from dashboard.navigation import DETAILS, ENTRIES, GROUPS, MOST_ENTRIES, PAGE_RIGHTS, why_closed
from desk.actors import ROLES, Actor

PAGES = [name for entries in GROUPS.values() for name, _, _ in entries]


def test_every_role_has_entries_and_no_more_than_eight() -> None:
    assert set(ENTRIES) == set(ROLES)
    for role, names in ENTRIES.items():
        assert 3 <= len(names) <= MOST_ENTRIES, role
        assert len(set(names)) == len(names)
        assert set(names) <= set(PAGES)


def test_every_page_is_somebodys() -> None:
    assert {name for names in ENTRIES.values() for name in names} == set(PAGES)


@pytest.mark.parametrize("role", ROLES)
def test_no_entry_of_a_role_is_closed_to_it_and_a_closed_page_says_who_may(role: str) -> None:
    actor = Actor("Somebody", role)
    assert not [name for name in ENTRIES[role] if why_closed(name, actor)]
    for name in [*PAGES, *(name for name, _, _ in DETAILS)]:
        right = PAGE_RIGHTS.get(name)
        why = why_closed(name, actor)
        assert (why is None) == (right is None or actor.may(right))
        assert why is None or "a role that may not" in why
