"""Family `device_network`: new and shared devices and networks, masks, travel, foreign countries."""

from __future__ import annotations

from scoring.features import reasons
from scoring.features.comparisons import TravelSpeed
from scoring.features.declaration import Feature
from scoring.features.measures import Attribute, Count, Distinct, IsFirst, SinceFirst
from scoring.features.subjects import (
    ACCOUNT,
    ACCOUNT_COUNTRY,
    ACCOUNT_DEVICE,
    ACCOUNT_IP,
    DAY,
    DEVICE,
    EVENTS,
    FAILED_LOGINS,
    HOUR,
    IP,
    MONTH,
    WEEK,
)
from scoring.features.words import Words


def _yes_no(column: str, reason: str, sentence: str, yes: str, no: str, missing: str) -> Feature:
    words = Words(yes, no, missing)
    return Feature(
        "device_network", reason, Attribute(column=column), sentence, "yes_no", risk=1, words=words
    )


_DEVICE_MISSING = "Nothing is known of the device."
_NETWORK_MISSING = "The kind of network is not known."

DEVICES = (
    Feature(
        "device_network",
        reasons.NEW_DEVICE,
        IsFirst(),
        "Whether the customer uses this device for the first time.",
        "yes_no",
        ACCOUNT_DEVICE,
    ),
    Feature(
        "device_network",
        reasons.NEW_DEVICE,
        SinceFirst(EVENTS),
        "Time since the customer first used this device.",
        "seconds",
        ACCOUNT_DEVICE,
    ),
    Feature(
        "device_network",
        reasons.NEW_DEVICE,
        SinceFirst(EVENTS),
        "Time since anyone first used this device.",
        "seconds",
        DEVICE,
    ),
    *Feature(
        "device_network",
        reasons.NEW_DEVICE,
        Distinct(EVENTS, column="device", one="device", many="devices"),
        "How many devices the customer used {window}.",
        "count",
        ACCOUNT,
    ).over(DAY),
    *Feature(
        "device_network",
        reasons.SHARED_DEVICE,
        Distinct(EVENTS, column="account", one="customer", many="customers", did="was used by"),
        "How many customers used the device {window}.",
        "count",
        DEVICE,
    ).over(DAY, MONTH),
    *Feature(
        "device_network",
        reasons.SHARED_DEVICE,
        Count(EVENTS),
        "How many events the device had {window}.",
        "count",
        DEVICE,
    ).over(DAY),
    _yes_no(
        "is_emulated_device",
        reasons.ALTERED_DEVICE,
        "Whether the device is software that pretends to be a phone.",
        "The device is an emulator.",
        "The device is no emulator.",
        _DEVICE_MISSING,
    ),
    _yes_no(
        "is_rooted_device",
        reasons.ALTERED_DEVICE,
        "Whether the device's protections were removed.",
        "The device's protections were removed.",
        "The device's protections are intact.",
        _DEVICE_MISSING,
    ),
)

PLACES = (
    Feature(
        "device_network",
        reasons.NEW_PLACE,
        IsFirst(),
        "Whether the customer comes from this network address for the first time.",
        "yes_no",
        ACCOUNT_IP,
    ),
    Feature(
        "device_network",
        reasons.NEW_PLACE,
        IsFirst(),
        "Whether the customer comes from this country for the first time.",
        "yes_no",
        ACCOUNT_COUNTRY,
    ),
    Feature(
        "device_network",
        reasons.NEW_PLACE,
        SinceFirst(EVENTS),
        "Time since the customer first came from this country.",
        "seconds",
        ACCOUNT_COUNTRY,
    ),
    *Feature(
        "device_network",
        reasons.NEW_PLACE,
        Distinct(EVENTS, column="country", one="country", many="countries", did="came from"),
        "From how many countries the customer came {window}.",
        "count",
        ACCOUNT,
    ).over(WEEK),
    *Feature(
        "device_network",
        reasons.TRAVEL,
        TravelSpeed(),
        "Speed at which the customer would have travelled from the country before, last seen {window}.",
        "km_per_hour",
        ACCOUNT,
    ).over(MONTH),
    _yes_no(
        "is_foreign_network",
        reasons.NEW_PLACE,
        "Whether the network's country is another than that of the identity document.",
        "The network is in another country than that of the customer's document.",
        "The network is in the country of the customer's document.",
        "The network's country or that of the customer's document is not known.",
    ),
)

NETWORKS = (
    _yes_no(
        "is_tor",
        reasons.MASKED_NETWORK,
        "Whether the event came through Tor.",
        "It came through Tor.",
        "It did not come through Tor.",
        _NETWORK_MISSING,
    ),
    _yes_no(
        "is_vpn",
        reasons.MASKED_NETWORK,
        "Whether the event came through a VPN.",
        "It came through a VPN.",
        "It did not come through a VPN.",
        _NETWORK_MISSING,
    ),
    _yes_no(
        "is_datacentre",
        reasons.MASKED_NETWORK,
        "Whether the event came from a datacentre.",
        "It came from a datacentre.",
        "It did not come from a datacentre.",
        _NETWORK_MISSING,
    ),
    *Feature(
        "device_network",
        reasons.SHARED_NETWORK,
        Distinct(EVENTS, column="account", one="customer", many="customers", did="was used by"),
        "How many customers came from the network address {window}.",
        "count",
        IP,
    ).over(DAY),
    *Feature(
        "device_network",
        reasons.SHARED_NETWORK,
        Count(EVENTS),
        "How many events came from the network address {window}.",
        "count",
        IP,
    ).over(HOUR, MONTH),
    *Feature(
        "device_network",
        reasons.FAILED_SIGN_INS,
        Count(FAILED_LOGINS),
        "How many sign-ins from the network address failed {window}.",
        "count",
        IP,
        risk=1,
    ).over(HOUR),
)

FEATURES = (*DEVICES, *PLACES, *NETWORKS)
