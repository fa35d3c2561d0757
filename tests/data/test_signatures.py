from datetime import datetime
from pathlib import Path

import pytest

from data.enrich import enrich
from data.errors import SourceError
from data.progress import Step, silent
from data.signatures import import_signatures
from data.store import Store

ADDRESSES = (
    "address,asset,category,source\n"
    "0xAbCd01,ETH,sanctioned,OFAC\n"
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT,BTC,scam,x\n"
)
CLOCK = datetime(2025, 10, 31)


def listing(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def signatures(store: Store) -> list[tuple[object, ...]]:
    query = "SELECT kind, value, category, source, listed_at FROM signatures ORDER BY ingest_seq"
    return store.cursor().execute(query).fetchall()


def rejects(store: Store) -> list[tuple[object, ...]]:
    return store.cursor().execute("SELECT line, column_name, reason FROM rejects ORDER BY line").fetchall()


def pay(store: Store, counterparties: list[str]) -> None:
    with store.writing() as cursor:
        for number, counterparty in enumerate(counterparties):
            cursor.execute(
                "INSERT INTO transactions BY NAME SELECT $id AS event_id, 'a' AS account_id, "
                "'withdrawal' AS kind, TIMESTAMP '2025-03-01' AS occurred_at, "
                "$counterparty AS counterparty, 'd1' AS device_id",
                {"id": f"e{number}", "counterparty": counterparty},
            )


def test_a_list_of_addresses_is_taken_with_small_hexadecimal_letters_only(
    store: Store, tmp_path: Path
) -> None:
    steps: list[Step] = []
    result = import_signatures(store, listing(tmp_path, ADDRESSES), steps.append)
    assert (result.rows_read, result.rows_taken, result.rows_known, result.rows_rejected) == (2, 2, 0, 0)
    assert signatures(store) == [
        ("address", "0xabcd01", "sanctioned", "OFAC", None),
        ("address", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "scam", "x", None),
    ]
    assert steps[-1].detail == "2 taken, 0 known, 0 rejected"


def test_the_same_list_twice_adds_nothing_and_the_same_assertion_in_another_list_is_known(
    store: Store, tmp_path: Path
) -> None:
    import_signatures(store, listing(tmp_path, ADDRESSES), silent)
    again = import_signatures(store, listing(tmp_path, ADDRESSES), silent)
    assert (again.is_skipped, again.rows_taken, again.rows_known) == (True, 0, 2)
    other = "address,category,source\n0xABCD01,Sanctioned,OFAC\n0xABCD01,scam,OFAC\n"
    second = import_signatures(store, listing(tmp_path, other, "other.csv"), silent)
    assert (second.rows_taken, second.rows_known, second.rows_rejected) == (1, 1, 0)
    assert len(signatures(store)) == 3


def test_networks_become_ranges_of_numbers(store: Store, tmp_path: Path) -> None:
    text = "cidr,category,source\n198.51.100.0/24,vpn,x\n198.51.100.9,tor_exit,x\n2001:db8::/126,vpn,x\n"
    import_signatures(store, listing(tmp_path, text), silent)
    query = "SELECT value, ip_from, ip_to FROM signatures ORDER BY ingest_seq"
    base = 0xFFFF << 32
    assert store.cursor().execute(query).fetchall() == [
        ("198.51.100.0/24", base + 0xC6336400, base + 0xC63364FF),
        ("198.51.100.9/32", base + 0xC6336409, base + 0xC6336409),
        ("2001:db8::/126", 0x20010DB8 << 96, (0x20010DB8 << 96) + 3),
    ]


def test_every_form_of_a_list_is_recognised_by_its_columns(store: Store, tmp_path: Path) -> None:
    ranges = "ip_from,ip_to,category,source\n198.51.100.5,198.51.101.9,proxy,x\n"
    devices = "device_id,category,source,listed_at\nd1,fraud_device,x,2025-03-31T07:00:00+07:00\n"
    mixed = "kind,value,category,source,listed_at\ndevice,d2,farm,y,2025-01-02\naddress,T9yD14,scam,y,\n"
    for name, text in (("r.csv", ranges), ("d.csv", devices), ("m.csv", mixed)):
        import_signatures(store, listing(tmp_path, text, name), silent)
    assert signatures(store) == [
        ("network", "198.51.100.5-198.51.101.9", "proxy", "x", None),
        ("device", "d1", "fraud_device", "x", datetime(2025, 3, 31)),
        ("device", "d2", "farm", "y", datetime(2025, 1, 2)),
        ("address", "T9yD14", "scam", "y", None),
    ]


def test_a_row_that_cannot_be_taken_is_set_aside_with_its_line_and_the_reason(
    store: Store, tmp_path: Path
) -> None:
    text = (
        "cidr,category,source,listed_at\n"
        "198.51.100.7/24,vpn,x,\n"
        "banana,vpn,x,\n"
        ",vpn,x,\n"
        "198.51.100.0/24,,x,\n"
        "198.51.100.0/24,vpn,,\n"
        "198.51.100.0/24,vpn,x,yesterday\n"
        "198.51.100.0/24,vpn,x,2031-01-01\n"
        "198.51.100.0/24,vpn\n"
        "198.51.100.0/24,vpn,x,2025-01-01\n"
    )
    result = import_signatures(store, listing(tmp_path, text), silent, clock=CLOCK)
    assert (result.rows_read, result.rows_taken, result.rows_known, result.rows_rejected) == (9, 1, 0, 8)
    found = rejects(store)
    assert [line for line, _, _ in found] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert [column for _, column, _ in found][:7] == [
        "value", "value", "value", "category", "source", "listed_at", "listed_at"
    ]  # fmt: skip
    reasons = [str(reason) for _, _, reason in found]
    assert reasons[0] == (
        "value is no network: '198.51.100.7/24' (198.51.100.7/24 has host bits set); "
        "possible: 198.51.100.0/24, 2001:db8::/32, one address, or first-last; to do: correct it"
    )
    assert reasons[2] == "cidr is empty; possible: every row has one; to do: fill it in, or leave the row out"
    assert reasons[3].startswith("category is empty; possible: every row says what is bad about it")
    assert reasons[5].startswith("listed_at is no time: 'yesterday'; possible: 2025-03-31,")
    assert reasons[6].startswith("listed_at is in the future: 2031-01-01; possible: up to now, in UTC")
    assert reasons[7].startswith("the line cannot be split into columns")


def test_a_range_that_ends_before_it_begins_is_set_aside(store: Store, tmp_path: Path) -> None:
    text = "ip_from,ip_to,category,source\n198.51.100.9,198.51.100.5,vpn,x\n"
    import_signatures(store, listing(tmp_path, text), silent)
    assert rejects(store)[0][2] == (
        "value is no network: '198.51.100.9-198.51.100.5' (the first address is after the last); "
        "possible: 198.51.100.0/24, 2001:db8::/32, one address, or first-last; to do: correct it"
    )


def test_an_unknown_kind_is_set_aside_with_the_kinds_there_are(store: Store, tmp_path: Path) -> None:
    import_signatures(store, listing(tmp_path, "kind,value,category,source\nphone,1,scam,x\n"), silent)
    assert rejects(store) == [
        (2, "kind", "kind is 'phone'; possible: address, network, device; to do: correct it")
    ]


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("address,source", "has no column category"),
        ("wallet,category,source", "does not say what is listed"),
        ("address,cidr,category,source", "says in two ways what is listed (address and cidr)"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_forms_there_are(
    store: Store, tmp_path: Path, header: str, what: str
) -> None:
    path = listing(tmp_path, f"{header}\na,b,c,d\n")
    with pytest.raises(SourceError) as caught:
        import_signatures(store, path, silent)
    assert str(caught.value) == (
        f"The list of signatures {what}.\nWhere: {path}: {header.replace(',', ', ')}\n"
        "Possible: category, source, and one of: address; cidr; ip_from, ip_to; device_id; kind, value\n"
        "What to do: Rename the columns in the first line; nothing was imported from it."
    )
    assert store.cursor().execute("SELECT count(*) FROM files").fetchone() == (0,)


def test_counterparties_and_devices_match_signatures_as_the_events_write_them(
    store: Store, tmp_path: Path
) -> None:
    pay(store, ["0xABcd01", "0xabcd01", "1boatslrhtknngkdxeeobr76b53lettpyt", "0xffff"])
    import_signatures(store, listing(tmp_path, ADDRESSES), silent)
    enrich(store, silent)
    devices = "device_id,category,source,listed_at\nd1,farm,y,2025-05-01\nd9,farm,y,\n"
    import_signatures(store, listing(tmp_path, devices, "devices.csv"), silent)
    enrich(store, silent)
    query = "SELECT entity_kind, entity, category, listed_at FROM signature_matches ORDER BY ALL"
    assert store.cursor().execute(query).fetchall() == [
        ("counterparty", "0xABcd01", "sanctioned", None),
        ("counterparty", "0xabcd01", "sanctioned", None),
        ("device", "d1", "farm", datetime(2025, 5, 1)),
    ]


def test_the_join_of_the_docstring_finds_a_signature_only_after_it_was_listed(
    store: Store, tmp_path: Path
) -> None:
    text = "address,category,source,listed_at\nT9yD14,scam,x,2025-03-01\nT9yD14,phishing,y,2025-02-28\n"
    import_signatures(store, listing(tmp_path, text), silent)
    pay(store, ["T9yD14"])
    enrich(store, silent)
    query = (
        "SELECT match.category FROM transactions AS event LEFT JOIN signature_matches AS match "
        "ON match.entity_kind = 'counterparty' AND match.entity = event.counterparty "
        "AND (match.listed_at IS NULL OR match.listed_at < event.occurred_at)"
    )
    # The scam list is dated to the very instant of the payment, so it was not known before it.
    assert store.cursor().execute(query).fetchall() == [("phishing",)]
