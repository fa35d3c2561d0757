"""The data contract: every table that a user's rows land in, each column with its comment.

The tables are created from these declarations, and `docs/data-contract.md` is generated from them.
Rows are immutable: a correction is a new row from a new file.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.check_media import CHECK_MEDIA
from data.declared import PROVENANCE
from data.declared import Column as Column
from data.declared import Table as Table
from data.loading_tables import LOADING_TABLES
from data.records import RECORD_TABLES

ACCOUNTS = Table(
    "accounts",
    "Customers, one row each, as known when their account was opened.",
    "account_id",
    (
        Column("account_id", "VARCHAR", "The exchange's own id of the account.", required=True),
        Column("opened_at", "TIMESTAMP", "When the account was opened, UTC."),
        Column("kyc_country", "VARCHAR", "Country of the identity document, ISO 3166-1 alpha-2."),
        Column("customer_type", "VARCHAR", "Who the customer is.", values=("individual", "business")),
        Column("referrer_id", "VARCHAR", "The account that invited this one."),
        *PROVENANCE,
    ),
)

TRANSACTIONS = Table(
    "transactions",
    "Movements of money and trades, one row each, seen from one account.",
    "event_id",
    (
        Column("event_id", "VARCHAR", "Unique over all three streams of events.", required=True),
        Column("account_id", "VARCHAR", "The account that acts.", required=True),
        Column("occurred_at", "TIMESTAMP", "When it happened, UTC, to the microsecond.", required=True),
        Column(
            "kind",
            "VARCHAR",
            "What moved: into the exchange, out of it, between accounts, or a trade.",
            required=True,
            values=("deposit", "withdrawal", "internal_transfer", "trade"),
        ),
        Column(
            "amount",
            "DECIMAL(18,6)",
            "Value in the store's unit (USDT unless the mapping names another); null: not known.",
        ),
        Column("asset", "VARCHAR", "What was moved, by ticker."),
        Column("quantity", "DOUBLE", "Units of the asset that moved."),
        Column(
            "counterparty",
            "VARCHAR",
            "The other side: an address, or an account for internal transfers.",
            personal="counterparty",
        ),
        Column("device_id", "VARCHAR", "Fingerprint of the device.", personal="device"),
        Column("ip", "VARCHAR", "Address on the network, v4 or v6.", personal="ip"),
        Column("user_agent", "VARCHAR", "What the client said it is.", personal="client"),
        Column(
            "status",
            "VARCHAR",
            "How it ended on the exchange; null: not known, counted as settled.",
            values=("settled", "failed", "cancelled"),
        ),
        *PROVENANCE,
    ),
)

LOGINS = Table(
    "logins",
    "Attempts to sign in and changes of the means to do so.",
    "event_id",
    (
        Column("event_id", "VARCHAR", "Unique over all three streams of events.", required=True),
        Column("account_id", "VARCHAR", "The account signed in to.", required=True),
        Column("occurred_at", "TIMESTAMP", "When it happened, UTC, to the microsecond.", required=True),
        Column(
            "kind",
            "VARCHAR",
            "Sign-in, or a change of password or second factor.",
            required=True,
            values=("login", "password_change", "factor_change"),
        ),
        Column("outcome", "VARCHAR", "How it ended.", values=("success", "failure", "locked")),
        Column(
            "factor", "VARCHAR", "The strongest factor shown.", values=("password", "sms", "totp", "passkey")
        ),
        Column("device_id", "VARCHAR", "Fingerprint of the device.", personal="device"),
        Column("ip", "VARCHAR", "Address on the network, v4 or v6.", personal="ip"),
        Column("user_agent", "VARCHAR", "What the client said it is.", personal="client"),
        *PROVENANCE,
    ),
)

LIVENESS_CHECKS = Table(
    "liveness_checks",
    "Identity checks: is a living person in front of a real camera? Capture signals and media scores.",
    "event_id",
    (
        Column("event_id", "VARCHAR", "Unique over all three streams of events.", required=True),
        Column("account_id", "VARCHAR", "The account being checked.", required=True),
        Column("occurred_at", "TIMESTAMP", "When the check ended, UTC.", required=True),
        Column("purpose", "VARCHAR", "Why it was asked.", values=("onboarding", "withdrawal", "recovery")),
        Column(
            "vendor_outcome",
            "VARCHAR",
            "What the capture kit answered.",
            values=("pass", "fail", "abandoned"),
        ),
        Column("device_id", "VARCHAR", "Fingerprint of the device.", personal="device"),
        Column("ip", "VARCHAR", "Address on the network, v4 or v6.", personal="ip"),
        Column("user_agent", "VARCHAR", "What the client said it is.", personal="client"),
        Column("is_virtual_camera", "BOOLEAN", "The camera's driver is known to be software."),
        Column("is_emulator", "BOOLEAN", "The capture kit believes the device is emulated."),
        Column("frame_jitter_ms", "DOUBLE", "Standard deviation of the time between frames, milliseconds."),
        Column("sensor_noise", "DOUBLE", "Standard deviation of fixed-scene pixels, grey levels of 255."),
        Column("frame_rate", "DOUBLE", "Frames a second."),
        Column("frame_height", "INTEGER", "Height of a frame in pixels."),
        Column("attempt", "INTEGER", "1 for the first attempt of this check, 2 for the second, ..."),
        Column("duration_seconds", "DOUBLE", "Length of the capture, seconds."),
        Column("prompts_obeyed", "DOUBLE", "Share of the prompts (turn, blink) that were followed, 0 to 1."),
        Column("prompt_delay_ms", "DOUBLE", "Mean time from prompt to movement, milliseconds."),
        Column(
            "gyro_motion",
            "DOUBLE",
            "Root mean square of the device's rotation while capturing, degrees a second.",
        ),
        Column(
            "media_score", "DOUBLE", "The capture kit's own media score, 0 live to 1 fake, where it has one."
        ),
        Column(
            "media_path",
            "VARCHAR",
            "Where its pictures lie: an image, a clip or a folder of frames, absolute or beside this file.",
            personal="picture",
        ),
        Column(
            "document_path",
            "VARCHAR",
            "Where the picture of the identity document lies, the same way.",
            personal="picture",
        ),
        *PROVENANCE,
    ),
)

DEVICES = Table(
    "devices",
    "What is known of a device beyond its fingerprint; filled from user agents where no file says it.",
    "device_id",
    (
        Column("device_id", "VARCHAR", "Fingerprint of the device.", required=True, personal="device"),
        Column("kind", "VARCHAR", "What it is.", values=("phone", "tablet", "desktop", "server", "other")),
        Column("system", "VARCHAR", "Operating system."),
        Column("client", "VARCHAR", "Browser or app."),
        Column("maker", "VARCHAR", "Who made it."),
        Column("is_emulator", "BOOLEAN", "It is software pretending to be a phone."),
        Column("is_rooted", "BOOLEAN", "Its protections were removed."),
        Column(
            "emulator_since",
            "TIMESTAMP",
            "First event that showed it to be an emulator, UTC; null: none, or a file says so.",
            filled_by="enrich",
        ),
        *PROVENANCE,
    ),
)

NETWORKS = Table(
    "networks",
    "What is known of an address on the network: country, operator and kind.",
    "ip",
    (
        Column("ip", "VARCHAR", "Address on the network, v4 or v6.", required=True, personal="ip"),
        Column("country", "VARCHAR", "Country, ISO 3166-1 alpha-2."),
        Column("asn", "BIGINT", "Number of the autonomous system."),
        Column("operator", "VARCHAR", "Name of the autonomous system's operator."),
        Column(
            "kind",
            "VARCHAR",
            "What kind of network it is.",
            values=("residential", "mobile", "business", "education", "datacentre", "vpn", "tor"),
        ),
        *PROVENANCE,
    ),
)

SIGNATURES = Table(
    "signatures",
    "Known bad addresses, networks and devices, with who says so.",
    "signature_id",
    (
        Column(
            "signature_id",
            "VARCHAR",
            "Kind, value, category and source joined; one assertion each.",
            filled_by="load",
            personal="listed",
        ),
        Column("kind", "VARCHAR", "What is known.", required=True, values=("address", "network", "device")),
        Column(
            "value", "VARCHAR", "The address, the CIDR or the fingerprint.", required=True, personal="named"
        ),
        Column("category", "VARCHAR", "Why it is bad: sanctioned, phishing, tor_exit, ...", required=True),
        Column("source", "VARCHAR", "Who says so.", required=True),
        Column("listed_at", "TIMESTAMP", "Since when it was listed, UTC; null: as long as anyone knows."),
        Column(
            "ip_from",
            "UHUGEINT",
            "First address of a network, IPv4 as ::ffff:0:0/96.",
            filled_by="load",
            personal="hidden",
        ),
        Column("ip_to", "UHUGEINT", "Last address of a network.", filled_by="load", personal="hidden"),
        *PROVENANCE,
    ),
)

LABELS = Table(
    "labels",
    "What turned out to be true of an event or an account, and when it became known.",
    "label_id",
    (
        Column(
            "label_id",
            "VARCHAR",
            "Unique; made from the row's content where the file has none.",
            required=True,
        ),
        Column("event_id", "VARCHAR", "The event meant; null: the account as a whole."),
        Column("account_id", "VARCHAR", "The account meant.", required=True),
        Column(
            "outcome",
            "VARCHAR",
            "What it turned out to be.",
            required=True,
            values=("confirmed", "false_positive", "inconclusive", "legitimate"),
        ),
        Column("typology", "VARCHAR", "The kind of crime, in the field's words: account_takeover, mule, ..."),
        Column("incident_id", "VARCHAR", "The crime it belongs to; labels of one crime share it."),
        Column("occurred_at", "TIMESTAMP", "When it happened, UTC; null: not known."),
        Column("known_at", "TIMESTAMP", "When it became known, UTC; null: known only since it was loaded."),
        Column("source", "VARCHAR", "Who says so: desk, customer, partner, authority."),
        *PROVENANCE,
    ),
)

EVENT_TABLES = (TRANSACTIONS, LOGINS, LIVENESS_CHECKS)
TABLES = (
    ACCOUNTS,
    *EVENT_TABLES,
    DEVICES,
    NETWORKS,
    SIGNATURES,
    LABELS,
    CHECK_MEDIA,
    *RECORD_TABLES,
    *LOADING_TABLES,
)
CONTRACT_VERSION = "1"


def table(name: str) -> Table:
    """Return the table called `name`. Raises KeyError with the names there are."""
    for candidate in TABLES:
        if candidate.name == name:
            return candidate
    raise KeyError(f"no table {name!r}; the contract has {', '.join(t.name for t in TABLES)}")


def create_statement(declared: Table) -> str:
    """Return the SQL that creates `declared` with its key, if it is not there yet."""
    lines = [f"  {c.name} {c.type}{' NOT NULL' if c.required else ''}" for c in declared.columns]
    return f"CREATE TABLE IF NOT EXISTS {declared.name} (\n" + ",\n".join(lines) + "\n)"


def comment_statements(declared: Table, there: Mapping[str, str | None] | None = None) -> list[str]:
    """Return the SQL that writes the comments of `declared` and its columns into the store.

    `there` holds the comments that the store has already, by column, the table's own under the empty name;
    those need no statement: DuckDB copies a table's whole entry for each.
    """
    wanted = {"": declared.comment, **{column.name: column.comment for column in declared.columns}}
    return [
        f"COMMENT ON {f'COLUMN {declared.name}.{name}' if name else f'TABLE {declared.name}'} IS '{quoted}'"
        for name, text in wanted.items()
        if (there or {}).get(name) != text and (quoted := text.replace("'", "''"))
    ]
