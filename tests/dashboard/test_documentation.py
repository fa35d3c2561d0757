from __future__ import annotations

import pytest

from dashboard.documentation import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_says_what_its_declarations_say(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"
