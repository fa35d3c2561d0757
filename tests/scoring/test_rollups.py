from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from rolled_events import DAY, HOUR, NOW, answers, event, whole

from data.progress import silent
from data.store import Store, memory_store
from scoring.contract import ROLLUPS, TIES_BY_ENTITY
from scoring.rollups import build_rollups, renew_rollups


@pytest.mark.parametrize("table", [table.name for table in ROLLUPS])
def test_a_rollup_has_the_columns_and_types_that_were_agreed(rolled: Store, table: str) -> None:
    declared = next(t for t in ROLLUPS if t.name == table)
    found = answers(
        rolled, f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{table}'"
    )

    assert found == [(column.name, column.type) for column in declared.columns]


def test_every_event_is_in_one_cell_of_a_day(rolled: Store) -> None:
    # Eight events; seven of them are worth 10 each.
    assert answers(rolled, "SELECT sum(events), sum(amount) FROM daily") == [(8, Decimal("70"))]


def test_settled_counts_transactions_that_settled_or_whose_end_is_not_known(rolled: Store) -> None:
    # Seven transactions: one failed, and of e3 no file says how it ended; the login is none.
    assert answers(rolled, "SELECT sum(settled) FROM daily") == [(6,)]


def test_an_alert_waits_while_young_and_without_a_known_truth(rolled: Store) -> None:
    # e2 and e6: held and frozen within 7 days. e4 only had to step up; the label of e6 comes tomorrow.
    found = answers(rolled, "SELECT day, region, waiting FROM daily WHERE waiting > 0 ORDER BY day, region")

    assert found == [
        (date(2025, 7, 28), "cis", 1),
        (date(2025, 7, 30), "europe", 1),
    ]


def test_labels_of_one_crime_are_one_incident_of_all_its_accounts(rolled: Store) -> None:
    found = answers(
        rolled,
        "SELECT incident_id, typology, is_organised, accounts, events, amount, region, country"
        " FROM incidents",
    )

    # ann, bob and eve; events e1 and e5, 10 each; ann and bob are at home in KZ, eve is not known.
    assert found == [("i1", "mule", True, 3, 2, Decimal("20"), "cis", "KZ")]


def test_an_incident_begins_with_the_earliest_time_that_is_told(rolled: Store) -> None:
    found = answers(rolled, "SELECT occurred_at, known_at FROM incidents")

    assert found == [(NOW - 41 * DAY, NOW - HOUR)]


def test_a_label_that_becomes_known_later_is_no_incident_yet(rolled: Store) -> None:
    assert answers(rolled, "SELECT count(*) FROM incidents WHERE incident_id = 'l5'") == [(0,)]


def test_an_account_is_as_risky_as_its_last_thirty_days(rolled: Store) -> None:
    found = answers(
        rolled,
        "SELECT score, peak_score, peak_event_id, sentence, events, flagged, amount_stopped"
        " FROM account_risk WHERE account_id = 'ann'",
    )

    # The block of 0.9 lies forty days back; hold and block stopped 10 each.
    assert found == [(0.4, 0.9, "e2", "Because.", 3, 2, Decimal("20"))]


def test_accounts_come_riskiest_first_with_their_state(rolled: Store) -> None:
    found = answers(rolled, "SELECT account_id, state FROM account_risk")

    # dan's alert turned out false; `new` has no event and no score.
    assert found == [
        ("cat", "frozen"),
        ("dan", "open"),
        ("ann", "confirmed"),
        ("bob", "confirmed"),
        ("new", "open"),
    ]


def test_an_account_without_events_stands_with_its_country(rolled: Store) -> None:
    found = answers(
        rolled, "SELECT region, country, events, score FROM account_risk WHERE account_id = 'new'"
    )

    assert found == [("europe", "FR", 0, None)]


def test_ties_say_who_used_what(rolled: Store) -> None:
    found = answers(
        rolled,
        "SELECT entity_kind, entity, account_id, events, flagged, amount FROM ties_by_entity ORDER BY ALL",
    )

    assert found == [
        ("counterparty", "0xbad", "bob", 1, 1, Decimal("10")),
        ("device", "phone", "ann", 2, 2, Decimal("20")),
        ("device", "phone", "bob", 1, 1, Decimal("10")),
        ("ip", "1.1.1.1", "ann", 1, 1, Decimal("10")),
    ]
    names = ", ".join(column.name for column in TIES_BY_ENTITY.columns)
    by_account = answers(rolled, f"SELECT {names} FROM ties_by_account ORDER BY ALL")
    assert by_account == answers(rolled, "FROM ties_by_entity ORDER BY ALL")


def test_a_tie_of_an_account_says_what_is_known_of_its_entity(rolled: Store) -> None:
    found = answers(
        rolled,
        "SELECT entity, accounts_of_all, events_of_all, flagged_of_all, confirmed, description"
        " FROM ties_by_account WHERE account_id = 'ann'",
    )

    # Ann and bob share the phone: two events of hers and one of his, all flagged.
    assert found == [("phone", 2, 3, 3, 1, "Android, App"), ("1.1.1.1", 1, 1, 1, 1, None)]


def test_an_entity_carries_its_confirmed_crime_signature_and_description(rolled: Store) -> None:
    found = answers(
        rolled,
        "SELECT entity, accounts, events, flagged, confirmed, signature, description"
        " FROM entity_risk ORDER BY entity",
    )

    # The phone is listed only tomorrow.
    assert found == [
        ("0xbad", 1, 1, 1, 1, "ransomware (OFAC)", None),
        ("1.1.1.1", 1, 1, 1, 1, "vpn (list)", None),
        ("phone", 2, 3, 3, 1, None, "Android, App"),
    ]


def test_a_corridor_leads_from_the_network_to_the_other_side_or_home(rolled: Store) -> None:
    found = answers(rolled, "SELECT from_country, to_country, events, flagged, amount FROM corridors")

    # e3 goes to its counterparty's country, the login e8 from France to the account's own.
    assert found == [("KZ", "TR", 1, 0, Decimal("10")), ("FR", "DE", 1, 0, Decimal("0"))]


def test_flagged_events_are_those_not_allowed_by_time(rolled: Store) -> None:
    found = answers(rolled, "SELECT event_id, decision, sentence FROM flagged_events")

    # e3 and the login e8 were allowed; e6 and e7 happened at the same instant.
    assert found == [
        ("e1", "block", None),
        ("e5", "step_up", None),
        ("e2", "hold", "Because."),
        ("e4", "step_up", None),
        ("e6", "freeze", None),
        ("e7", "step_up", None),
    ]


def test_every_event_leads_to_its_account(rolled: Store) -> None:
    found = answers(rolled, "SELECT account_id, list(event_id) FROM event_accounts GROUP BY ALL ORDER BY ALL")

    assert found == [
        ("ann", ["e1", "e2", "e3"]),
        ("bob", ["e4", "e5"]),
        ("cat", ["e6"]),
        ("dan", ["e7", "e8"]),
    ]


def test_only_reasons_of_the_random_sample_are_for_the_global_view(rolled: Store) -> None:
    found = answers(rolled, "SELECT event_id, reason FROM sampled_reasons")

    # e1 is explained because it was flagged; e2 and e3 were drawn.
    assert found == [("e2", "amount"), ("e2", "device"), ("e3", "device")]


def test_habits_tell_the_last_thirty_days_from_what_was_before(rolled: Store) -> None:
    found = answers(
        rolled,
        "SELECT events_before, events_now, amount_before, amount_now, largest_before, out_now,"
        " devices_before, devices_now, countries_before, countries_now, weeks_before"
        " FROM account_profiles WHERE account_id = 'ann'",
    )

    # One event ten days before the thirty began; then two, one with a device, the other with a country.
    ten = Decimal("10")
    assert found == [(1, 2, ten, 2 * ten, ten, None, 1, 1, 0, 1, pytest.approx(10 / 7))]


def test_habits_keep_the_hour_of_every_event(rolled: Store) -> None:
    found = answers(
        rolled, "SELECT account_id, hours_before, hours_now FROM account_profiles WHERE account_id >= 'cat'"
    )

    # All of them happened at noon.
    assert found == [("cat", None, [12]), ("dan", None, [12, 12]), ("new", None, None)]


def test_habits_are_medians_of_what_went_out(rolling: Store) -> None:
    with rolling.writing() as cursor:
        sent = [event(20 + n, "out", NOW, kind="withdrawal", amount=Decimal(n)) for n in (1, 2, 9)]
        cursor.register("sent", pa.Table.from_pylist(whole([*sent, event(30, "out", NOW - 31 * DAY)])))
        cursor.execute("INSERT INTO scored BY NAME SELECT * FROM sent")
        build_rollups(cursor, NOW, silent)

    # The trade of 10 is none that went out.
    found = answers(
        rolling, "SELECT out_before, out_now, largest_before FROM account_profiles WHERE account_id = 'out'"
    )
    assert found == [(None, Decimal(2), Decimal(10))]


def test_a_store_of_another_version_gets_the_rollups_of_this_one(rolling: Store) -> None:
    with rolling.writing() as cursor:
        cursor.execute("DROP TABLE flagged_events")
        cursor.execute("ALTER TABLE ties_by_account DROP COLUMN signature")

    assert renew_rollups(rolling)
    assert answers(rolling, "SELECT count(*) FROM flagged_events") == [(6,)]
    assert answers(rolling, "SELECT signature FROM ties_by_account WHERE entity = '0xbad'") == [
        ("ransomware (OFAC)",)
    ]
    assert not renew_rollups(rolling)


def test_a_store_without_scored_events_has_no_rollups_to_renew() -> None:
    with memory_store() as empty:
        assert not renew_rollups(empty)


def test_a_profile_is_of_every_account_also_of_one_without_events(rolled: Store) -> None:
    found = answers(rolled, "SELECT account_id, state, kyc_country, events_now FROM account_profiles")

    # By account; the login and the alert of dan are of the last thirty days, `new` never did anything.
    assert found == [
        ("ann", "confirmed", None, 2),
        ("bob", "confirmed", None, 2),
        ("cat", "frozen", None, 1),
        ("dan", "open", None, 2),
        ("new", "open", "FR", None),
    ]
