"""What a feature can be about: of whom, over which window, and which rows of the past it looks at.

These are closed sets. Batch SQL, the online engine, documentation and words are all made from them, so
a new entity, window or set of rows is added here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Entity:
    """Of whom the past is: one key column of the moments, or several together; none: the event itself.

    Words: `noun` is what a key names, `subject` begins a sentence, `where` follows what a pair did, and
    `was_seen` says, of the past, that there was anything at all.
    """

    name: str
    keys: tuple[str, ...]
    noun: str
    subject: str
    where: str = ""
    was_seen: str = "was seen"

    @property
    def possessive(self) -> str:
        """Before a noun, inside a sentence: this device's."""
        return f"{self.subject[0].lower()}{self.subject[1:]}'s"

    def with_account(self) -> Entity:
        """The pair of the account and this entity."""
        return PAIRS[self.name]


def _pair(other: str, key: str, noun: str, where: str, was_seen: str) -> Entity:
    # A pair's past is the customer's own, seen only there.
    keys = ("account", key)
    return Entity(f"account_{other}", keys, noun, "This customer", f" {where}", was_seen)


_ADDRESS = "network address"
EVENT = Entity("event", (), "event", "This event")
ACCOUNT = Entity("account", ("account",), "account", "This customer")
DEVICE = Entity("device", ("device",), "device", "This device")
IP = Entity("ip", ("ip",), _ADDRESS, "This network address")
COUNTERPARTY = Entity("counterparty", ("counterparty",), "counterparty", "This counterparty")
ACCOUNT_DEVICE = _pair("device", "device", "device", "on this device", "used this device")
ACCOUNT_IP = _pair("ip", "ip", _ADDRESS, "from this network address", "came from this network address")
ACCOUNT_COUNTERPARTY = _pair(
    "counterparty", "counterparty", "counterparty", "with this counterparty", "dealt with this counterparty"
)
ACCOUNT_COUNTRY = _pair(
    "country", "country", "country of the network", "in this country", "came from this country"
)
ACCOUNT_HOURS = _pair("hours", "part_of_day", "account", "at these hours", "was active at these hours")
ENTITIES = (
    ACCOUNT,
    DEVICE,
    IP,
    COUNTERPARTY,
    ACCOUNT_DEVICE,
    ACCOUNT_IP,
    ACCOUNT_COUNTERPARTY,
    ACCOUNT_COUNTRY,
    ACCOUNT_HOURS,
)
PAIRS = {"device": ACCOUNT_DEVICE, "ip": ACCOUNT_IP, "counterparty": ACCOUNT_COUNTERPARTY}


@dataclass(frozen=True, slots=True)
class Window:
    """How far back the past reaches: `[t - length, t)`, in microseconds; None: all of it before t."""

    name: str
    length: int | None
    words: str

    @property
    def days(self) -> float:
        """Its length in days. Raises ValueError for an endless window."""
        if self.length is None:
            raise ValueError(f"the window {self.name} has no length")
        return self.length / (86_400 * MICROSECONDS)


def _hours(count: int) -> int:
    return count * 3_600 * MICROSECONDS


HOUR = Window("1h", _hours(1), "in the hour before")
DAY = Window("24h", _hours(24), "in the 24 hours before")
WEEK = Window("7d", _hours(7 * 24), "in the 7 days before")
MONTH = Window("30d", _hours(30 * 24), "in the 30 days before")
EVER = Window("ever", None, "ever before")
WINDOWS = (HOUR, DAY, WEEK, MONTH, EVER)


@dataclass(frozen=True, slots=True)
class Condition:
    """A column of the moments holds one of `values`; with `is_excluded`, holds none of them or is null."""

    column: str
    values: tuple[str | bool, ...]
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A named set of rows of the past: what happened (`fact` is 'event') or what became known then.

    `one` and `many` are its nouns, `did` the verb when the event at hand is one of them.
    """

    name: str
    one: str
    many: str
    where: tuple[Condition, ...] = ()
    fact: str = "event"
    did: str = "Moved"

    @property
    def flag(self) -> str:
        """The moments' column that says whether a row is one of these."""
        return f"in_{self.name}"


def _kinds(*kinds: str) -> Condition:
    return Condition("kind", kinds)


_MONEY_CAME = Condition("outcome", ("failed", "cancelled"), is_excluded=True)
_SIGN_IN_FAILED = Condition("outcome", ("failure", "locked"))
_SIGNED_IN = Condition("outcome", ("failure", "locked"), is_excluded=True)

EVENTS = Rows("events", "event", "events")
TRANSACTIONS = Rows("transactions", "transaction", "transactions", (Condition("stream", ("transaction",)),))
MONEY_OUT = Rows(
    "money_out",
    "outgoing transfer",
    "outgoing transfers",
    (_kinds("withdrawal", "internal_transfer"),),
    did="Sent",
)
MONEY_IN = Rows("money_in", "deposit", "deposits", (_kinds("deposit"), _MONEY_CAME), did="Deposited")
TRADES = Rows("trades", "trade", "trades", (_kinds("trade"),), did="Traded")
UNDER_LIMITS = Rows(
    "amounts_under_limits",
    "amount just under a reporting limit",
    "amounts just under a reporting limit",
    (Condition("is_just_under_limit", (True,)),),
)
LOGINS = Rows("logins", "sign-in", "sign-ins", (_kinds("login"), _SIGNED_IN))
FAILED_LOGINS = Rows("failed_logins", "failed sign-in", "failed sign-ins", (_kinds("login"), _SIGN_IN_FAILED))
PASSWORD_CHANGES = Rows(
    "password_changes", "password change", "password changes", (_kinds("password_change"),)
)
FACTOR_CHANGES = Rows(
    "factor_changes", "change of second factor", "changes of second factor", (_kinds("factor_change"),)
)
CREDENTIAL_CHANGES = Rows(
    "credential_changes",
    "change of password or second factor",
    "changes of password or second factor",
    (_kinds("password_change", "factor_change"),),
)
CHECKS = Rows("identity_checks", "identity check", "identity checks", (_kinds("identity_check"),))
FAILED_CHECKS = Rows(
    "failed_checks",
    "failed identity check",
    "failed identity checks",
    (_kinds("identity_check"), Condition("outcome", ("fail",))),
)
CONFIRMED = Rows("confirmed", "event confirmed as crime", "events confirmed as crime", fact="confirmed")
CLEARED = Rows("cleared", "alert found to be false", "alerts found to be false", fact="cleared")
LISTED_DEALINGS = Rows(
    "listed_dealings",
    "dealing with a listed address",
    "dealings with a listed address",
    fact="listed_dealing",
)
TAINTED_USERS = Rows(
    "tainted_users",
    "customer who dealt with a listed address",
    "customers who dealt with a listed address",
    fact="tainted_user",
)
ROW_SETS = (
    EVENTS,
    TRANSACTIONS,
    MONEY_OUT,
    MONEY_IN,
    TRADES,
    UNDER_LIMITS,
    LOGINS,
    FAILED_LOGINS,
    PASSWORD_CHANGES,
    FACTOR_CHANGES,
    CREDENTIAL_CHANGES,
    CHECKS,
    FAILED_CHECKS,
    CONFIRMED,
    CLEARED,
    LISTED_DEALINGS,
    TAINTED_USERS,
)
