from __future__ import annotations

from streamlit.testing.v1 import AppTest

NORMAL = """
from dashboard.account_views import draw_normal
from dashboard.questions.accounts import Normal

draw_normal([Normal("Devices", "named", 0, 0), Normal("Counterparties", "named", 0, 1)], "ETH")
"""


def test_what_no_event_ever_named_is_not_known_rather_than_zero() -> None:
    at = AppTest.from_string(NORMAL).run()
    (table,) = (str(found.proto.body) for found in at.get("html"))
    assert '<td>Devices</td><td colspan="3"><span class="none">not known</span></td>' in table
    assert "<td>Counterparties</td><td><span" in table
    assert table.count("not known") == 1
