"""The page Requests: its queue, one request from the call back to the file, and what is published.

Hand-made at the data's now, 31 October 2025, 23:00 (UTC); the time of an emergency is one hour, always:

    request   class         came in   clock                what speaks about it
    calm      information   2 h ago   on time for days     all that is required is passed
    late      emergency     2 h ago   1 h over             free mail, not called back
    soon      emergency     10 min    on time, 50 min left  a secret
    own       information   a day     of the user A2
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from opened import buttons_of, open_page, words_of
from small_cases import NOW
from streamlit.testing.v1 import AppTest

from dashboard import owner
from dashboard.desk.scene import desk_scene
from dashboard.desk_records import desk_records
from dashboard.facts import facts
from dashboard.requests.answer_letter import letter
from dashboard.requests.request_answer import disclose, execute
from dashboard.requests.request_view import RequestView, read
from dashboard.requests.request_words import time_left
from data.home import Home
from desk import people
from desk.actors import DISCLOSE, FREEZE, Actor
from desk.approvals import approvals, approve
from desk.audit import lines
from desk.people import PERSON_VARIABLE
from desk.requests.acting import Incoming, call_back, receive, verify
from desk.requests.book import book_of
from desk.requests.reading import request
from desk.requests.state import RequestError, RequestState
from desk.requests.taking import FOLDER, take

LIN = Actor("Lin Liaisondemo", "liaison")
RITA = Actor("Rita Riskdemo", "risk_manager")
EMIL = Actor("Emil Executivedemo", "executive")
BOOK = """
[[authorities]]
name = "Cyber Police"
country = "KZ"
kind = "police"
domains = ["police.example"]
number = "+7 000 1"
contacts = ["orders@police.example"]
[legal_bases.any]
information = ["production order"]
emergency = ["emergency disclosure"]
freeze = ["court order"]
"""
OF_POLICE = Incoming(
    "authority",
    "information",
    "We investigate a fraud.",
    agency="Cyber Police",
    agency_kind="police",
    country="KZ",
    officer="Captain Mock",
    contact="orders@police.example",
    reference="77",
    legal_basis="Production order 77",
    account_ids=("A1",),
    scope_asked=("profile", "logins"),
)
Ids = Mapping[str, str]


def came_in(hours: float, **changed: object) -> str:
    """Take a request in that came `hours` ago, and return its id."""
    told = {name: getattr(OF_POLICE, name) for name in OF_POLICE.__slots__} | changed
    incoming = Incoming(**{**told, "received_at": NOW - timedelta(hours=hours)})
    return receive(desk_records(), incoming, book_of(owner.home()), LIN, NOW).request_id


@pytest.fixture(scope="module")
def ids(exchange: Home) -> Ids:
    (exchange.path / "authorities.toml").write_text(BOOK, encoding="utf-8")
    people.found(desk_records(), people.DEMONSTRATION, NOW)
    emergency = {"request_class": "emergency", "legal_basis": "Emergency disclosure"}
    return {
        "calm": came_in(2),
        "late": came_in(2, **emergency, contact="chief@gmail.com"),
        "soon": came_in(1 / 6, **emergency, is_secret=True),
        "own": came_in(24, asker="user", agency=None, country=None, account_ids=("A2",)),
    }


@pytest.fixture(autouse=True)
def _liaison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PERSON_VARIABLE, LIN.name)


def said_on(page: AppTest) -> str:
    """What the page says, without the marks that keep names from being read as Markdown."""
    return words_of(page, "warning", "error").replace("\\", "")


def press(page: AppTest, key: str) -> AppTest:
    """Click a button; the page must not fail."""
    page.button(key=key).click().run()
    assert not page.exception, page.exception[0].message
    return page


def opened(request_id: str) -> AppTest:
    """The page of one request."""
    return open_page("requests", tab="request", request=request_id)


def standing(request_id: str) -> RequestState:
    """A request as it stands."""
    return request(desk_records(), request_id, LIN)


def seen(request_id: str) -> RequestView:
    """A request as its page reads it."""
    scene = desk_scene(facts(), None)
    assert scene is not None
    return read(request_id, scene)


def listed(page: AppTest, table: int = 0) -> list[str]:
    """The requests that the list shows, in its order; or another table of the page."""
    return [str(name) for name in page.dataframe[table].value["request_id"]]


def test_the_queue_says_what_is_most_urgent_and_counts_users_apart(ids: Ids) -> None:
    page = open_page("requests")

    said = said_on(page)
    assert f"Most urgent: {ids['late']}, emergency, Cyber Police, 1 h over." in said
    assert "In all, 1 breached and 1 doubtful." in said
    names = ("open", "due_soon", "breached", "doubtful", "answered", "median")
    shown = [page.button(key=f"figure_requests_{name}").label for name in names]
    assert shown == ["3", "1", "1", "1", "0", "not known"]
    assert listed(page) == [ids["late"], ids["soon"], ids["calm"]]

    users = open_page("requests", asker="user")
    assert users.button(key="figure_requests_open").label == "1"
    assert listed(users) == [ids["own"]]


def test_a_number_of_the_headline_opens_its_rows(ids: Ids) -> None:
    page = press(open_page("requests"), "figure_requests_due_soon")

    assert "**1 request**" in said_on(page)
    assert listed(page, 1) == [ids["soon"]]


def test_filters_lie_in_the_address_and_an_empty_list_offers_to_clear_them(ids: Ids) -> None:
    assert listed(open_page("requests", kind="emergency", order="oldest")) == [ids["late"], ids["soon"]]
    assert listed(open_page("requests", clock="breached")) == [ids["late"]]
    assert listed(open_page("requests", find="police a1", kind="information")) == [ids["calm"]]

    page = open_page("requests", find="nowhere", country="KZ")
    assert "No request fits these filters." in said_on(page)
    press(page, "request_clear_here")
    assert "find" not in page.query_params
    assert len(listed(page)) == 3


def test_next_opens_the_most_urgent_request_of_the_list(ids: Ids) -> None:
    page = press(open_page("requests", kind="information"), "request_next")

    assert page.query_params["request"] == ids["calm"]
    assert "Information request of Cyber Police" in said_on(page)


def test_a_role_without_need_reads_why_and_only_what_is_published(
    ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PERSON_VARIABLE, EMIL.name)

    for page in (open_page("requests"), opened(ids["calm"])):
        said = said_on(page)
        assert "You look as executive, a role that may not see requests of authorities." in said
        assert not any(name in said for name in ids.values())
        # Two of the three are no secret: too few to say more than that there are some.
        assert [len(table.value) for table in page.dataframe] == [1]
        assert page.dataframe[0].value["received"].isna().all()


def test_an_unknown_request_in_the_address_is_refused_with_what_to_do() -> None:
    said = said_on(opened("Q-nothing"))

    assert "There is no request 'Q-nothing'." in said
    assert "Choose one from the page Requests." in said


def test_a_secret_request_says_so_before_anything_else(ids: Ids) -> None:
    page = opened(ids["soon"])

    assert "**The customer must not learn of this request, until the authority says so.**" in said_on(page)
    assert page.button(key="request_act_answer").disabled
    assert "Ask to hand over: It is not verified yet" in said_on(page)


def test_a_call_under_another_number_is_refused_and_one_under_the_book_counts(ids: Ids) -> None:
    late = ids["late"]
    page = opened(late)
    assert page.button(key="request_act_verify").disabled
    assert "Not answered until these are passed: domain, call back." in said_on(page)

    press(page, "request_act_call")
    page.radio(key=f"request_answer_{late}").set_value("It is not theirs")
    page.text_area(key=f"request_words_call_{late}").set_value("The duty officer knows nothing of it")
    page.text_input(key=f"request_number_{late}").set_value("+7 999 9")
    press(page, f"request_send_call_{late}")
    assert "+7 999 9 is not the number of the book." in said_on(page)
    assert standing(late).called_at is None

    page.text_input(key=f"request_number_{late}").set_value("+7 000 1")
    press(page, f"request_send_call_{late}")
    assert (standing(late).called_by, standing(late).call_confirmed) == (LIN.name, False)
    assert "Lin Liaisondemo called +7 000 1: it is not theirs." in said_on(opened(late))


def test_a_request_goes_from_verified_to_the_file_with_two_people_and_less_than_was_asked(ids: Ids) -> None:
    calm = ids["calm"]
    page = press(opened(calm), "request_act_verify")
    page.text_area(key=f"request_words_verify_{calm}").set_value("All checks are passed")
    press(page, f"request_send_verify_{calm}")
    assert standing(calm).status == "verified"

    page = opened(calm)
    page.checkbox(key=f"scope_logins_{calm}_2").uncheck()
    narrow = f"FormSubmitter:request_scope_{calm}-Set what is given"
    press(page, narrow)
    assert "This needs words." in said_on(page)
    page.text_input(key=f"scope_words_{calm}").set_value("The order names no logins")
    press(page, narrow)
    assert standing(calm).scope_given == ("profile",)

    page = press(opened(calm), "request_act_answer")
    page.text_area(key=f"request_words_disclose_{calm}").set_value("The order is genuine")
    press(page, f"request_send_disclose_{calm}")
    (asked,) = approvals(desk_records(), NOW, DISCLOSE.name, calm)
    assert page.button(key=f"approve_{asked.approval_id}").disabled
    assert "a role that may not decide whether to hand data over to an authority" in said_on(page)

    approve(desk_records(), asked.approval_id, RITA, "Seen", NOW)
    page = opened(calm)
    assert not page.button(key=f"carry_{asked.approval_id}").disabled
    disclose(seen(calm), asked, LIN)

    done = standing(calm)
    assert (done.status, done.outcome) == ("answered", "partly_given")
    said = said_on(opened(calm))
    assert f"SHA-256 {done.package_hash}" in said
    assert "Narrowed: The order names no logins" in said


def test_the_file_is_taken_by_name_and_a_changed_one_is_not_handed_over(ids: Ids) -> None:
    folder = owner.home().path / FOLDER
    data = take(desk_records(), folder, ids["calm"], LIN, NOW)

    assert data[:2] == b"PK"
    line = lines(desk_records())[0]
    assert (line.action, line.object_id, line.actor) == ("took_package", ids["calm"], LIN.name)
    (folder / f"{ids['calm']}.zip").write_bytes(data + b" ")
    with pytest.raises(RequestError, match="is not the one that was approved: its hash is another"):
        take(desk_records(), folder, ids["calm"], LIN, NOW)
    with pytest.raises(RequestError, match=f"No file was made of {ids['late']}"):
        take(desk_records(), folder, ids["late"], LIN, NOW)


def test_a_new_request_says_which_accounts_are_here_and_opens(ids: Ids) -> None:
    page = press(open_page("requests"), "request_new")
    page.text_area(key="intake_accounts").set_value("A1, A0; A2\nA1").run()
    said = said_on(page)
    assert "2 accounts here: A1 (Russia), A2 (Indonesia)" in said
    assert "Not here: A0" in said

    page.text_area(key="intake_words").set_value("What do you hold?")
    press(page, "intake_send")

    found = standing(page.query_params["request"])
    assert found.request_id not in ids.values()
    assert (found.account_ids, found.status) == (("A1", "A2"), "received")
    assert "It names accounts that are not here: A0." in said_on(page)


def test_an_order_is_executed_by_a_freeze_that_another_person_approved(ids: Ids) -> None:
    assert ids
    book = book_of(owner.home())
    order = came_in(
        1,
        request_class="freeze",
        legal_basis="Court order 5",
        scope_asked=(),
        amount_micro=5_000_000,
        asset="USDT",
    )
    call_back(desk_records(), order, "+7 000 1", book, LIN, "The judge's clerk", NOW, is_theirs=True)
    verify(desk_records(), order, book, LIN, "Checked", NOW)
    page = press(opened(order), "request_act_answer")
    assert page.text_input(key=f"order_amount_{order}").value == "5"
    page.text_area(key=f"order_words_{order}").set_value("Court order 5")
    press(page, "order_send")

    (asked,) = approvals(desk_records(), NOW, FREEZE.name)
    view = seen(order)
    (frozen,) = view.freezes
    assert (frozen.kind, frozen.status, frozen.request_id) == ("order", "requested", order)
    said = said_on(opened(order))
    assert "5 in USDT of A1: requested, 0 stopped now" in said
    assert "Execute the order" in buttons_of(opened(order))
    approve(desk_records(), asked.approval_id, RITA, "Seen", NOW)
    execute(view, asked, LIN)

    assert (standing(order).outcome, seen(order).freezes[0].remaining_micro) == ("executed", 5_000_000)
    page = opened(order)
    assert not page.button(key=f"order_hand_{frozen.freeze_id}").disabled
    why = page.button(key="request_act_answer").help or ""
    assert why.replace("\\", "") == "The request has ended: order executed."


def test_the_letter_says_what_is_given_what_is_not_and_why(ids: Ids) -> None:
    received = seen(ids["calm"]).received
    narrowed = replace(
        received,
        scope_given=("profile",),
        is_narrowed=True,
        narrowed_because="The order names no logins.",
        is_secret=True,
    )

    said = letter(narrowed, received, "", NOW)
    assert "We hand over profile of 1 account, in the file that comes with this letter." in said
    assert "Not included: logins." in said
    assert "because: The order names no logins." in said
    assert "We have not told our customer of it" in said
    refused = replace(received, status="refused", outcome="refused", answered_at=NOW)
    said = letter(refused, received, "No court signed it.", NOW)
    assert "We cannot comply with it, for this reason:\nNo court signed it." in said
    assert "Date: 31 October 2025" in said


def test_time_left_is_said_with_its_sign() -> None:
    assert time_left(NOW + timedelta(minutes=50), NOW) == "50 min left"
    assert time_left(NOW - timedelta(hours=1), NOW) == "1 h over"
