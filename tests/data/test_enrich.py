from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from data.addresses import number_of, span_of
from data.devices import read_agent
from data.enrich import Enriched, enrich
from data.errors import SourceError
from data.load import load_files
from data.mapping import parse_mapping
from data.networks import sample_addresses
from data.progress import Step, silent
from data.signatures import import_signatures
from data.store import Store

PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)
LAPTOP = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Safari/605.1.15"
)
NOON = datetime(2025, 3, 1, 12)


def sign_in(store: Store, ips: list[str | None], device: str | None = None, agent: str | None = None) -> None:
    """Add one login an address, a minute apart in the order given."""
    with store.writing() as cursor:
        cursor.register("given", pa.table({"ip": pa.array(ips, pa.string()), "n": range(len(ips))}))
        cursor.execute(
            "INSERT INTO logins BY NAME SELECT gen_random_uuid()::VARCHAR AS event_id, 'a' AS account_id, "
            "$noon + to_minutes(n) AS occurred_at, 'login' AS kind, ip, $device AS device_id, "
            "$agent AS user_agent, n + (SELECT count(*) FROM logins) AS ingest_seq FROM given",
            {"noon": NOON, "device": device, "agent": agent},
        )
        cursor.unregister("given")


def check_identity(store: Store, device: str, hour: int, *, is_emulator: bool) -> None:
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO liveness_checks BY NAME SELECT gen_random_uuid()::VARCHAR AS event_id, "
            "'a' AS account_id, $at AS occurred_at, $device AS device_id, $is_emulator AS is_emulator",
            {"at": NOON.replace(hour=hour), "device": device, "is_emulator": is_emulator},
        )


def network(store: Store, ip: str) -> tuple[object, ...]:
    query = "SELECT country, asn, operator, kind FROM networks WHERE ip = $ip"
    found = store.cursor().execute(query, {"ip": ip}).fetchall()
    assert len(found) == 1, f"{ip} has {len(found)} rows"
    return tuple(found[0])


def listing(folder: Path, text: str) -> Path:
    path = folder / f"list-{len(list(folder.iterdir()))}.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_well_known_addresses_are_in_their_country_and_network(store: Store) -> None:
    known = {
        "8.8.8.8": ("US", 15169),  # Google's resolver
        "77.88.8.8": ("RU", 13238),  # Yandex's resolver
        "193.0.6.139": ("NL", 3333),  # www.ripe.net
        "200.160.2.3": ("BR", 22548),  # www.nic.br
        "36.66.1.1": ("ID", 7713),  # Telkom Indonesia
        "2001:4860:4860::8888": ("US", 15169),  # Google's resolver
        "2001:67c:2e8:22::c100:68b": ("NL", 3333),  # www.ripe.net
        "::ffff:36.66.1.1": ("ID", 7713),  # the same host, written within IPv6
    }
    sign_in(store, list(known))
    enrich(store, silent)
    assert {ip: network(store, ip)[:2] for ip in known} == known


def test_private_and_reserved_addresses_are_in_no_country(store: Store) -> None:
    reserved = [
        "10.1.2.3",
        "192.168.1.1",
        "172.31.0.1",
        "127.0.0.1",
        "100.64.0.1",
        "169.254.9.9",
        "203.0.113.9",
        "240.0.0.1",
    ]
    reserved += ["255.255.255.255", "0.0.0.0", "::1", "fe80::1", "fd00::1", "2001:db8::1", "ff02::1"]
    sign_in(store, list(reserved))
    enrich(store, silent)
    assert {ip: network(store, ip) for ip in reserved} == dict.fromkeys(reserved, (None, None, None, None))
    assert store.cursor().execute("SELECT count(number) FROM ip_numbers").fetchone() == (15,)


def test_what_is_no_address_gets_a_row_without_facts_and_no_number(store: Store) -> None:
    wrong = ["", "999.1.1.1", "1.2.3", "1.2.3.4.5", "08.8.8.8", "nonsense", "8.8.8.8:443", "::g"]
    sign_in(store, list(wrong))
    enrich(store, silent)
    assert {ip: network(store, ip) for ip in wrong} == dict.fromkeys(wrong, (None, None, None, None))
    assert store.cursor().execute("SELECT DISTINCT number FROM ip_numbers").fetchall() == [(None,)]


def test_the_numbers_of_addresses_agree_with_their_definition() -> None:
    assert number_of("0.0.0.1") == 0xFFFF00000001
    assert number_of("::1") == 1
    assert number_of("::ffff:1.2.3.4") == number_of("1.2.3.4") == 0xFFFF01020304
    assert number_of("1.2.3") is None
    assert span_of("198.51.100.7/30".replace("7/", "4/")) == (
        0xFFFFC6336404,
        0xFFFFC6336407,
        "198.51.100.4/30",
    )


def test_numbers_in_the_store_are_those_of_the_python_function(store: Store) -> None:
    ips = ["8.8.8.8", "255.255.255.255", "::1", "2001:db8::ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]
    sign_in(store, list(ips))
    enrich(store, silent)
    found = store.cursor().execute("SELECT ip, number FROM ip_numbers").fetchall()
    assert dict(found) == {ip: number_of(ip) for ip in ips}


def test_addresses_drawn_for_a_country_are_found_in_it_again(store: Store) -> None:
    rng = np.random.default_rng(11)
    wanted = {}
    for country in ("ID", "VN", "PK", "KZ", "NG", "BR", "US", "SG"):
        wanted |= dict.fromkeys(sample_addresses(country, 1_000, rng, operators=2).tolist(), country)
    sign_in(store, list(wanted))
    enrich(store, silent)
    assert dict(store.cursor().execute("SELECT ip, country FROM networks").fetchall()) == wanted
    counts = (
        store.cursor()
        .execute("SELECT country, count(DISTINCT asn) FROM networks GROUP BY country")
        .fetchall()
    )
    assert {count for _, count in counts} == {2}


def test_addresses_drawn_of_a_kind_are_found_to_be_of_it(store: Store) -> None:
    sign_in(store, sample_addresses("ID", 500, np.random.default_rng(1), kind="mobile").tolist())
    enrich(store, silent)
    assert store.cursor().execute("SELECT DISTINCT kind FROM networks").fetchall() == [("mobile",)]


def test_a_second_run_changes_nothing_and_a_third_adds_only_the_new(store: Store) -> None:
    sign_in(store, ["8.8.8.8", None], "d1", PHONE)
    assert enrich(store, silent) == Enriched(addresses=1, networks=1, matches=0, devices=1)
    assert enrich(store, silent) == Enriched(addresses=0, networks=0, matches=0, devices=0)
    sign_in(store, ["8.8.8.8", "1.1.1.1"], "d2", PHONE)
    assert enrich(store, silent) == Enriched(addresses=1, networks=1, matches=0, devices=1)


def test_the_progress_ends_with_what_was_added(store: Store) -> None:
    steps: list[Step] = []
    sign_in(store, ["8.8.8.8"], "d1", PHONE)
    enrich(store, steps.append)
    assert [step.done for step in steps] == [0, 1, 2, 3, 4]
    assert steps[-1].detail == "new: 1 networks, 1 devices, 0 signature matches"


def test_a_row_of_the_users_file_holds_against_enrichment_even_when_it_comes_later(
    store: Store, tmp_path: Path
) -> None:
    sign_in(store, ["8.8.8.8", "1.1.1.1"])
    enrich(store, silent)
    path = tmp_path / "networks.csv"
    path.write_text("ip,country\n8.8.8.8,ID\n", encoding="utf-8")
    columns = '[table.columns]\nip = "ip"\ncountry = "country"\n'
    text = f'[[table]]\ntable = "networks"\nfiles = ["networks.csv"]\n{columns}'
    (result,) = load_files(store, [path], parse_mapping(text), silent)
    assert (result.rows_taken, result.rows_rejected) == (1, 0)
    assert network(store, "8.8.8.8") == ("ID", None, None, None)
    enrich(store, silent)
    assert network(store, "8.8.8.8") == ("ID", None, None, None)
    assert network(store, "1.1.1.1")[:2] == ("AU", 13335)


def test_a_signature_gives_its_network_a_kind_before_and_after_the_network_was_seen(
    store: Store, tmp_path: Path
) -> None:
    sign_in(store, ["36.66.1.1", "36.66.1.2", "8.8.8.8"])
    enrich(store, silent)
    assert network(store, "36.66.1.1")[3] == "residential"
    text = "cidr,category,source\n36.66.1.1/32,vpn,x\n36.66.1.0/24,tor_exit,x\n36.66.1.2/32,datacenter,x\n"
    import_signatures(store, listing(tmp_path, text), silent)
    enrich(store, silent)
    sign_in(store, ["36.66.1.3"])
    enrich(store, silent)
    # The /24 is a Tor exit, which is stronger than the VPN and the datacentre on single addresses in it.
    assert [network(store, f"36.66.1.{n}")[3] for n in (1, 2, 3)] == ["tor", "tor", "tor"]
    assert network(store, "8.8.8.8")[3] == "datacentre"


def test_a_dated_signature_does_not_change_the_kind_for_all_time(store: Store, tmp_path: Path) -> None:
    sign_in(store, ["36.66.1.1"])
    text = "cidr,category,source,listed_at\n36.66.1.0/24,vpn,x,2025-06-01\n"
    import_signatures(store, listing(tmp_path, text), silent)
    enrich(store, silent)
    assert network(store, "36.66.1.1")[3] == "residential"
    query = "SELECT entity, network_kind, listed_at FROM signature_matches"
    assert store.cursor().execute(query).fetchall() == [("36.66.1.1", "vpn", datetime(2025, 6, 1))]


def test_a_kind_in_the_users_file_holds_against_a_signature(store: Store, tmp_path: Path) -> None:
    with store.writing() as cursor:
        cursor.execute(
            "INSERT INTO networks BY NAME SELECT '9.9.9.9' AS ip, 'business' AS kind, 1 AS file_id"
        )
    import_signatures(store, listing(tmp_path, "cidr,category,source\n9.9.9.0/24,vpn,x\n"), silent)
    enrich(store, silent)
    assert network(store, "9.9.9.9")[3] == "business"


def test_ranges_of_signatures_match_the_same_addresses_as_a_comparison_of_each_with_each(
    store: Store, tmp_path: Path
) -> None:
    rng = np.random.default_rng(5)
    lines = ["ip_from,ip_to,category,source"]
    for n in range(60):
        first, size = int(rng.integers(0, 5_000)), int(rng.integers(1, 2 ** int(rng.integers(1, 11))))
        last = first + size - 1
        lines.append(f"20.0.{first >> 8}.{first & 255},20.0.{last >> 8}.{last & 255},vpn,list {n}")
    import_signatures(store, listing(tmp_path, "\n".join(lines)), silent)
    numbers = rng.integers(0, 6_000, size=800)
    sign_in(store, [f"20.0.{n >> 8}.{n & 255}" for n in numbers])
    enrich(store, silent)
    slow = (
        store.cursor()
        .execute(
            "SELECT ip, signature_id FROM ip_numbers, signatures WHERE number >= ip_from AND number <= ip_to"
        )
        .fetchall()
    )
    fast = store.cursor().execute("SELECT entity, signature_id FROM signature_matches").fetchall()
    assert len(fast) > 500
    assert sorted(fast) == sorted(slow)


def test_a_database_that_cannot_be_read_is_refused_and_nothing_changes(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "networks.mmdb"
    path.write_bytes(b"this is no database")
    sign_in(store, ["8.8.8.8"])
    with pytest.raises(SourceError) as caught:
        enrich(store, silent, path)
    told = str(caught.value)
    assert told.startswith(
        f"The database of networks cannot be read.\nWhere: {path}\nPossible: a MaxMind DB file (.mmdb)"
    )
    assert "What to do: Check the path, or fetch the file again; nothing was changed." in told
    assert store.cursor().execute("SELECT count(*) FROM networks").fetchone() == (0,)


def test_a_device_is_described_by_its_first_user_agent(store: Store) -> None:
    sign_in(store, ["8.8.8.8"], "d1", None)
    sign_in(store, ["8.8.8.8"], "d1", PHONE)
    enrich(store, silent)
    sign_in(store, ["8.8.8.8"], "d1", LAPTOP)
    enrich(store, silent)
    query = "SELECT kind, system, client, maker, is_emulator, emulator_since, file_id FROM devices"
    found = store.cursor().execute(query).fetchall()
    assert found == [("phone", "Android 13", "Chrome Mobile 120", "Samsung", False, None, None)]


def test_a_device_without_user_agent_is_described_as_soon_as_one_is_seen(store: Store) -> None:
    sign_in(store, ["8.8.8.8"], "d1", None)
    enrich(store, silent)
    assert store.cursor().execute("SELECT kind, is_emulator FROM devices").fetchall() == [(None, None)]
    sign_in(store, ["8.8.8.8"], "d1", LAPTOP)
    enrich(store, silent)
    assert store.cursor().execute("SELECT kind, is_emulator FROM devices").fetchall() == [("desktop", False)]


def test_a_device_is_an_emulator_since_the_first_check_that_said_so(store: Store) -> None:
    sign_in(store, ["8.8.8.8"], "d1", PHONE)
    enrich(store, silent)
    check_identity(store, "d1", 14, is_emulator=False)
    check_identity(store, "d1", 18, is_emulator=True)
    check_identity(store, "d1", 16, is_emulator=True)
    enrich(store, silent)
    found = store.cursor().execute("SELECT is_emulator, emulator_since FROM devices").fetchall()
    assert found == [(True, NOON.replace(hour=16))]


def test_a_device_that_a_file_describes_is_never_changed(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute("INSERT INTO devices BY NAME SELECT 'd1' AS device_id, 'phone' AS kind, 1 AS file_id")
    check_identity(store, "d1", 14, is_emulator=True)
    sign_in(store, ["8.8.8.8"], "d1", LAPTOP)
    enrich(store, silent)
    assert store.cursor().execute("SELECT kind, is_emulator FROM devices").fetchall() == [("phone", None)]


def test_a_user_agent_says_what_a_device_is() -> None:
    tablet = PHONE.replace("SM-A536B", "SM-T870").replace("Mobile ", "")
    expected = {
        PHONE: ("phone", "Android 13"),
        LAPTOP: ("desktop", "Mac OS X 10"),
        tablet: ("tablet", "Android 13"),
        "Exchange/4.2.1 (Android 14; Xiaomi 2201117TY)": ("phone", "Android 14"),
        "python-requests/2.31.0": ("server", None),
        "curl/8.1": ("server", None),
        "something else": ("other", None),
    }
    found = {agent: read_agent(agent) for agent in expected}
    assert {agent: (read.kind, read.system) for agent, read in found.items()} == expected
    assert not any(read.is_emulator for read in found.values())


def test_a_system_image_of_androids_emulator_is_an_emulator_since_it_was_seen(store: Store) -> None:
    sign_in(store, ["8.8.8.8"], "d1", PHONE.replace("SM-A536B", "sdk_gphone_x86"))
    enrich(store, silent)
    found = store.cursor().execute("SELECT kind, is_emulator, emulator_since FROM devices").fetchall()
    assert found == [("phone", True, NOON)]
