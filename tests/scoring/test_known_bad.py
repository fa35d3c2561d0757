from datetime import datetime, timedelta

from data.statement import read_statement
from data.store import Store
from scoring.run import FOLDER

LISTED = datetime(2025, 3, 1, 12)
SECOND = timedelta(seconds=1)


def test_a_counterparty_is_known_bad_after_it_was_listed_under_whatever_spelling(store: Store) -> None:
    # The list says 0xab, the events 0xAB: enrichment matched the two, and this reads the match.
    with store.writing() as cursor:
        cursor.execute("CREATE TABLE fraud_features (event_id VARCHAR, event_key BIGINT)")
        cursor.execute(
            "INSERT INTO signature_matches BY NAME SELECT 'counterparty' AS entity_kind, '0xAB' AS entity,"
            " 'scam' AS category, 'list' AS source, $listed AS listed_at",
            {"listed": LISTED},
        )
        for key, (at, to) in enumerate(
            (
                (LISTED - SECOND, "0xAB"),
                (LISTED, "0xAB"),
                (LISTED + SECOND, "0xAB"),
                (LISTED + SECOND, "0xCD"),
            )
        ):
            cursor.execute("INSERT INTO fraud_features VALUES ($id, $key)", {"id": f"e{key}", "key": key})
            cursor.execute(
                "INSERT INTO spine BY NAME SELECT $id AS event_id, $key AS event_key, 'a' AS account_id,"
                " $at AS occurred_at, $to AS counterparty",
                {"id": f"e{key}", "key": key, "at": at, "to": to},
            )
    span = {
        "since": LISTED - timedelta(days=1),
        "until": LISTED + timedelta(days=1),
        "again": True,
        "of_hundred": 100,
        "served_by": None,
        "is_everywhere": True,
    }

    sql = read_statement(FOLDER / "fraud_unscored.sql").sql

    rows = store.cursor().sql(sql, params=span).to_arrow_table()

    found = dict(zip(rows["event_id"].to_pylist(), rows["is_known_bad"].to_pylist(), strict=True))
    assert found == {"e0": False, "e1": False, "e2": True, "e3": False}
