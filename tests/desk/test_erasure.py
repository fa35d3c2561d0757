"""Personal data of an account are erased under four eyes, wherever they stand, where nothing needs them.

A1  signs in from 1.1.1.1 with DA (its own) and from 9.9.9.9 with DS, and pays out to addr-1
A2  signs in from 9.9.9.9 with DS
"""

from __future__ import annotations

from datetime import datetime

import pytest

from data.store import Store
from desk.actors import SYSTEM, Actor, RightError
from desk.approvals import ApprovalError, approve
from desk.audit import lines
from desk.cases.opening import Subject, begun
from desk.cases.steps import Step, append_steps
from desk.erasure import Erased, ErasureError, ask_erasure, erase
from desk.freezes.acting import Asked, request_freeze
from desk.records import Records
from desk.requests.acting import Incoming, receive
from desk.requests.book import STANDARD, read_book
from desk.transactional import take_turn

NOW = datetime(2025, 10, 31, 23)
ADA = Actor("Ada Admindemo", "administrator")
LIN = Actor("Lin Liaisondemo", "liaison")
RITA = Actor("Rita Riskdemo", "risk_manager")
ANA = Actor("Ana Analystdemo", "analyst")
FILLED = """
INSERT INTO accounts BY NAME SELECT unnest(['A1', 'A2', 'A3']) AS account_id;
INSERT INTO logins BY NAME FROM (VALUES
  ('E1', 'A1', TIMESTAMP '2025-10-01', 'login', 'DA', '1.1.1.1', 'Firefox of A1'),
  ('E2', 'A1', TIMESTAMP '2025-10-02', 'login', 'DS', '9.9.9.9', 'Firefox of A1'),
  ('E3', 'A2', TIMESTAMP '2025-10-02', 'login', 'DS', '9.9.9.9', 'Chrome')
) AS given (event_id, account_id, occurred_at, kind, device_id, ip, user_agent);
INSERT INTO transactions BY NAME FROM (VALUES
  ('E4', 'A1', TIMESTAMP '2025-10-03', 'withdrawal', 5, 'USDT', 'addr-1', 'DA'),
  ('E5', 'A1', TIMESTAMP '2025-10-04', 'internal_transfer', 5, 'USDT', 'A3', 'DA')
) AS given (event_id, account_id, occurred_at, kind, amount, asset, counterparty, device_id);
INSERT INTO liveness_checks BY NAME FROM (VALUES
  ('E6', 'A1', TIMESTAMP '2025-10-05', 'onboarding', 'DA', '1.1.1.1', '/pictures/a1.png')
) AS given (event_id, account_id, occurred_at, purpose, device_id, ip, media_path);
INSERT INTO check_media BY NAME SELECT 'E6' AS event_id, 'ffff' AS face_print, 0.5 AS light;
INSERT INTO devices BY NAME SELECT unnest(['DA', 'DS']) AS device_id, 'phone' AS kind;
INSERT INTO networks BY NAME SELECT unnest(['1.1.1.1', '9.9.9.9']) AS ip, 'KZ' AS country;
INSERT INTO scored BY NAME SELECT 'E1' AS event_id, 'A1' AS account_id, 'DA' AS device_id, 0.25 AS score;
INSERT INTO ring_members BY NAME SELECT 'R1' AS ring_id, 'A1' AS account_id, 'Uses DA and DS' AS role_sentence
"""


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as cursor:
        for statement in FILLED.split(";"):
            cursor.execute(statement)
    return store


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store.cursor() as cursor:
        return list(cursor.execute(sql).fetchall())


def erased(records: Records, store: Store, account_id: str = "A1") -> Erased:
    asked = ask_erasure(records, store, account_id, ADA, "The customer asks for it", NOW)
    approve(records, asked.approval_id, RITA, "Nothing needs them", NOW)
    return erase(records, store, asked.approval_id, ADA, NOW)


def test_every_value_of_the_account_is_a_token_and_events_and_scores_stay(
    records: Records, filled: Store
) -> None:
    done = erased(records, filled)
    # DA, DS, 1.1.1.1, 9.9.9.9, its user agent and addr-1; A3 is an account of the house.
    assert done.values == 6
    everything = "".join(
        str(rows(filled, f"SELECT * FROM {name} WHERE account_id = 'A1'"))
        for name in ("logins", "transactions", "liveness_checks", "scored", "ring_members")
    )
    for value in ("DA", "DS", "1.1.1.1", "9.9.9.9", "Firefox", "addr-1", "/pictures"):
        assert value not in everything
    assert "'A3'" in everything
    counts = "SELECT count(*), count(DISTINCT device_id), count(DISTINCT ip) FROM logins"
    assert rows(filled, counts) == [(3, 3, 3)]
    # What repeated still repeats: one device in five of its events, and in the score.
    own = "SELECT device_id FROM logins WHERE event_id = 'E1' UNION SELECT device_id FROM transactions"
    assert len(rows(filled, f"{own} UNION SELECT device_id FROM scored")) == 1
    assert rows(filled, "SELECT score FROM scored") == [(0.25,)]
    assert rows(filled, "SELECT face_print, light FROM check_media") == [(None, 0.5)]


def test_what_others_use_stays_with_them_and_what_nobody_else_uses_goes_over(
    records: Records, filled: Store
) -> None:
    erased(records, filled)
    assert rows(filled, "SELECT device_id, ip, user_agent FROM logins WHERE account_id = 'A2'") == [
        ("DS", "9.9.9.9", "Chrome")
    ]
    own = rows(filled, "SELECT device_id FROM logins WHERE event_id = 'E1'")[0][0]
    assert {row[0] for row in rows(filled, "SELECT device_id FROM devices")} == {"DS", own}
    assert rows(filled, "SELECT count(*) FROM networks WHERE ip = '9.9.9.9'") == [(1,)]
    assert rows(filled, "SELECT count(*) FROM networks WHERE ip = '1.1.1.1'") == [(0,)]


def test_tokens_of_two_erasures_cannot_be_matched(records: Records, filled: Store) -> None:
    erased(records, filled)
    erased(records, filled, "A2")
    shared = "SELECT count(DISTINCT device_id) FROM logins WHERE event_id IN ('E2', 'E3')"
    assert rows(filled, shared) == [(2,)]


def test_the_log_holds_counts_and_none_of_the_values(records: Records, filled: Store) -> None:
    done = erased(records, filled)
    line = lines(records, action="erased")[0]
    assert (line.actor, line.object_kind, line.object_id) == (ADA.name, "account", "A1")
    assert line.approval_id is not None
    assert f'"logins":{done.rows["logins"]}' in (line.after or "")
    assert "1.1.1.1" not in (line.after or "")


def test_it_takes_two_people_who_may_and_one_use(records: Records, filled: Store) -> None:
    with pytest.raises(RightError, match="may not erase personal data"):
        ask_erasure(records, filled, "A1", ANA, "Mine", NOW)
    asked = ask_erasure(records, filled, "A1", ADA, "The customer asks for it", NOW)
    with pytest.raises(ApprovalError, match="Nobody has approved it yet"):
        erase(records, filled, asked.approval_id, ADA, NOW)
    assert rows(filled, "SELECT count(*) FROM logins WHERE device_id = 'DA'") == [(1,)]
    approve(records, asked.approval_id, RITA, "", NOW)
    erase(records, filled, asked.approval_id, ADA, NOW)
    with pytest.raises(ApprovalError, match="It was used already"):
        erase(records, filled, asked.approval_id, ADA, NOW)


def test_an_account_that_is_not_there_has_nothing_to_erase(records: Records, filled: Store) -> None:
    with pytest.raises(ErasureError, match="There is no event of an account 'A9'"):
        ask_erasure(records, filled, "A9", ADA, "The customer asks for it", NOW)


def test_data_that_a_freeze_needs_stay_also_when_it_came_after_the_approval(
    records: Records, filled: Store
) -> None:
    asked = ask_erasure(records, filled, "A1", ADA, "The customer asks for it", NOW)
    approve(records, asked.approval_id, RITA, "Nothing needs them", NOW)
    state, _ = request_freeze(records, Asked("A1", "USDT", 5, "cis", "KZ"), ANA, "Mule", NOW)
    with pytest.raises(ErasureError, match=f"still needed by the live freeze {state.freeze_id}"):
        erase(records, filled, asked.approval_id, ADA, NOW)
    with pytest.raises(ErasureError, match="still needed"):
        ask_erasure(records, filled, "A1", ADA, "The customer asks for it", NOW)
    assert rows(filled, "SELECT count(*) FROM logins WHERE device_id = 'DA'") == [(1,)]


def test_data_that_an_authority_or_a_case_needs_stay(records: Records, filled: Store) -> None:
    incoming = Incoming(
        "authority", "preservation", "Keep it", "mail", "Cyber police", "police", "KZ", account_ids=("A1",)
    )
    request = receive(records, incoming, read_book(STANDARD), LIN, NOW)
    with pytest.raises(ErasureError, match=f"still needed by the live request {request.request_id}"):
        ask_erasure(records, filled, "A1", ADA, "The customer asks for it", NOW)
    about = Subject("account", "A2", ("cis",), "high", {})
    case = begun(about, channel="cis", kind="fraud", expected_loss_micro=5, alerts=1, at=NOW, earlier=0)
    with records.writing() as connection:
        take_turn(connection)
        append_steps(connection, [Step(case, "opened", SYSTEM, "Shared device", NOW)])
    with pytest.raises(ErasureError, match=f"still needed by the open case {case.case_id}"):
        ask_erasure(records, filled, "A2", ADA, "The customer asks for it", NOW)
