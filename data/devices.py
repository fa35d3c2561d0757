"""What a user agent says of a device: kind, system, client, maker, and whether it is an emulator.

Parsed by `ua-parser` with the rules inside its wheel. An app's own user agent ("Exchange/4.2 (Android 14;
SM-A536B)") is read by the same rules; what none of them knows is of kind `other`.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import Literal

import duckdb
import pyarrow as pa
import ua_parser

from data.statement import SQL, read_statement

DeviceKind = Literal["phone", "tablet", "desktop", "server", "other"]

# Names that emulators and their system images give themselves: Android's own (sdk_gphone, google_sdk,
# "Android SDK built for"), Genymotion (vbox86), and the players that farms of accounts use.
_EMULATOR = re.compile(
    r"sdk_gphone|google_sdk|Android SDK built for|Emulator|generic_x86|goldfish|ranchu|vbox86|Genymotion"
    r"|BlueStacks|NoxPlayer|LDPlayer|MEmu|Simulator",
    re.IGNORECASE,
)
# Libraries and tools that speak to a server without a person.
_PROGRAM = re.compile(
    r"requests|curl|wget|http-client|httpclient|okhttp|axios|aiohttp|urllib|scrapy|postman|libwww|node-fetch|^java$",
    re.IGNORECASE,
)
_DESKTOP_SYSTEMS = frozenset(
    {"Windows", "Mac OS X", "Linux", "Ubuntu", "Fedora", "Debian", "Chrome OS", "FreeBSD"}
)


@dataclass(frozen=True, slots=True)
class Agent:
    """One user agent, read: system and client with their main version; None where it does not say."""

    user_agent: str
    kind: DeviceKind
    system: str | None
    client: str | None
    maker: str | None
    is_emulator: bool


def read_agent(user_agent: str) -> Agent:
    """Read one user agent."""
    found = ua_parser.parse(user_agent)
    system = found.os.family if found.os else ""
    client = found.user_agent.family if found.user_agent else ""
    model = found.device.family if found.device else ""
    brand = (found.device.brand if found.device else None) or ""
    return Agent(
        user_agent,
        _kind(user_agent, system, client, model),
        _versioned(system, found.os.major if found.os else None),
        # ua-parser names the system as the client of an app that it does not know.
        None
        if client == system
        else _versioned(client, found.user_agent.major if found.user_agent else None),
        None if not brand or brand.startswith(("Generic", "Spider")) else brand,
        bool(_EMULATOR.search(user_agent)),
    )


def fill_devices(cursor: duckdb.DuckDBPyConnection) -> int:
    """Fill a row in `devices` for every device of the events that has none; answer how many are new.

    A device is described by the first user agent ever seen on it, so that what is known of it does not
    change with later events; `emulator_since` says from when on it is known to be an emulator. Rows of a
    user's file hold, and are never changed. Runs in the caller's transaction.
    """
    before = _count(cursor)
    cursor.execute(read_statement(SQL / "yield_devices.sql").sql)
    cursor.execute(read_statement(SQL / "find_unseen_devices.sql").sql)
    agents = cursor.execute(read_statement(SQL / "unseen_user_agents.sql").sql).fetchall()
    cursor.register("parsed_agents", _columns([read_agent(agent) for (agent,) in agents]))
    cursor.execute(read_statement(SQL / "fill_devices.sql").sql)
    cursor.unregister("parsed_agents")
    cursor.execute(read_statement(SQL / "catch_emulators.sql").sql)
    return _count(cursor) - before


def _count(cursor: duckdb.DuckDBPyConnection) -> int:
    counted = cursor.execute(read_statement(SQL / "count_devices.sql").sql).fetchone()
    return int(counted[0]) if counted else 0


def _kind(user_agent: str, system: str, client: str, model: str) -> DeviceKind:
    if model == "Spider" or _PROGRAM.search(client):
        return "server"
    if model == "iPad" or "tablet" in user_agent.lower():
        return "tablet"
    if system == "Android":
        # Chrome leaves "Mobile" out on tablets; apps do not write it at all.
        return "tablet" if "Mozilla/" in user_agent and "Mobile" not in user_agent else "phone"
    if system in ("iOS", "Windows Phone", "KaiOS", "HarmonyOS"):
        return "phone"
    return "desktop" if system in _DESKTOP_SYSTEMS else "other"


def _versioned(name: str, version: str | None) -> str | None:
    if not name or name == "Other":
        return None
    return f"{name} {version}" if version else name


def _columns(agents: list[Agent]) -> pa.Table:
    types = {"is_emulator": pa.bool_()}
    schema = pa.schema([(field.name, types.get(field.name, pa.string())) for field in fields(Agent)])
    return pa.Table.from_pylist([asdict(agent) for agent in agents], schema=schema)
