"""Features of identity checks: families `capture`, `media`, `re_use`, `context` (who else)."""

from __future__ import annotations

from dataclasses import replace

from data.media_signals import SIGNALS
from scoring.features import behaviour, device_network, reasons, reuse, signature
from scoring.features.declaration import Family, Feature, Unit
from scoring.features.measures import Attribute, Count, Distinct
from scoring.features.subjects import (
    ACCOUNT,
    CHECKS,
    CREDENTIAL_CHANGES,
    DAY,
    DEVICE,
    FAILED_CHECKS,
    HOUR,
    IP,
    MONTH,
)
from scoring.features.words import Words


def _number(
    reason: str, column: str, sentence: str, said: str, *, family: Family = "capture", unit: Unit = "number"
) -> Feature:
    words = Words(said, "", f"{sentence.removesuffix('.')}: not known.")
    return Feature(family, reason, Attribute(column=column), sentence, unit, words=words)


def _flag(reason: str, column: str, sentence: str, yes: str, no: str, *, risk: bool = False) -> Feature:
    words = Words(yes, no, f"{sentence.removesuffix('.')}: not known.")
    measure = Attribute(column=column)
    return Feature("capture", reason, measure, sentence, "yes_no", risk=1 if risk else 0, words=words)


CAPTURE = (
    _flag(
        reasons.CAMERA,
        "is_virtual_camera",
        "Whether the camera's driver is known to be software.",
        "The camera is software, so the picture may be injected.",
        "The camera is no known software.",
        risk=True,
    ),
    _flag(
        reasons.CAMERA,
        "is_emulated_capture",
        "Whether the capture kit believes the device to be emulated.",
        "The capture kit believes the device to be emulated.",
        "The capture kit sees a real device.",
        risk=True,
    ),
    _number(
        reasons.FRAMES,
        "frame_jitter_ms",
        "Standard deviation of the time between frames, milliseconds.",
        "The time between frames varies by {value} ms.",
    ),
    _number(reasons.FRAMES, "frame_rate", "Frames a second.", "The frame rate is {value} a second."),
    _number(
        reasons.CAMERA,
        "frame_height",
        "Height of a frame in pixels.",
        "The height of a frame is {value} pixels.",
    ),
    _number(
        reasons.CAMERA,
        "sensor_noise",
        "Noise of the sensor, grey levels of 255.",
        "The sensor's noise is {value} of 255 grey levels.",
    ),
    _number(
        reasons.MOVEMENT,
        "prompts_obeyed",
        "Share of the prompts that were followed.",
        "{percent} of the prompts were followed.",
        unit="share",
    ),
    _number(
        reasons.MOVEMENT,
        "prompt_delay_ms",
        "Mean time from prompt to movement, milliseconds.",
        "Movement followed a prompt after {value} ms.",
    ),
    _number(
        reasons.MOVEMENT,
        "gyro_motion",
        "How much the device turned while capturing, degrees a second.",
        "The device turned by {value}°/s.",
    ),
    _number(
        reasons.MOVEMENT, "duration_seconds", "Length of the capture, seconds.", "The capture took {value} s."
    ),
    _number(reasons.ATTEMPTS, "attempt", "Number of the attempt.", "It is attempt number {value}."),
    _flag(
        reasons.KIND,
        "is_for_onboarding",
        "Whether the check opens an account.",
        "The check opens an account.",
        "The check does not open an account.",
    ),
    _flag(
        reasons.KIND,
        "is_for_recovery",
        "Whether the check gives access back.",
        "The check gives access back.",
        "The check does not give access back.",
    ),
)

MEDIA = (
    _number(
        reasons.MEDIA,
        "media_score",
        "The capture kit's own score of the media, 0 live to 1 fake.",
        "The capture kit's media score is {value}, where 0 is live and 1 is fake.",
        family="media",
    ),
    # What is measured from the pictures themselves costs the customer time: it is read late.
    *(
        replace(
            _number(signal.reason, signal.name, signal.sentence, signal.said, family="media"), is_late=True
        )
        for signal in SIGNALS
    ),
)

_CUSTOMERS = Distinct(CHECKS, column="account", one="customer", many="customers", did="was used in checks of")

WHO_AND_HOW_OFTEN = (
    *Feature(
        "context",
        reasons.ATTEMPTS,
        Count(CHECKS),
        "How many identity checks the customer had {window}.",
        "count",
        ACCOUNT,
    ).over(DAY, MONTH),
    *Feature(
        "context",
        reasons.ATTEMPTS,
        Count(FAILED_CHECKS),
        "How many identity checks of the customer failed {window}.",
        "count",
        ACCOUNT,
        risk=1,
    ).over(DAY),
    *Feature(
        "context",
        reasons.ATTEMPTS,
        Count(CHECKS),
        "How many identity checks were made on the device {window}.",
        "count",
        DEVICE,
        risk=1,
    ).over(HOUR, DAY),
    *Feature(
        "context",
        reasons.SHARED_DEVICE,
        _CUSTOMERS,
        "For how many customers the device made identity checks {window}.",
        "count",
        DEVICE,
        risk=1,
    ).over(HOUR, DAY, MONTH),
    *Feature(
        "context",
        reasons.SHARED_NETWORK,
        Count(CHECKS),
        "How many identity checks came from the network address {window}.",
        "count",
        IP,
    ).over(DAY),
    *Feature(
        "context",
        reasons.SHARED_NETWORK,
        _CUSTOMERS,
        "For how many customers identity checks came from the network address {window}.",
        "count",
        IP,
    ).over(HOUR, DAY),
    *Feature(
        "context",
        reasons.CREDENTIALS,
        Count(CREDENTIAL_CHANGES),
        "How often the customer's password or second factor was changed {window}.",
        "count",
        ACCOUNT,
    ).over(DAY),
)

# What the fraud model asks of any event is asked of a check in the same way.
_SHARED_NAMES = (
    "event_account_age_seconds",
    "account_since_last_events",
    "account_device_is_first_of_events",
    "device_since_first_events",
    "device_distinct_customers_of_events_30d",
    "event_is_emulated_device",
    "event_is_rooted_device",
    "account_country_is_first_of_events",
    "account_travel_speed_between_events_30d",
    "event_is_foreign_network",
    "event_is_tor",
    "event_is_vpn",
    "event_is_datacentre",
    "ip_distinct_customers_of_events_24h",
    "event_is_listed_network",
    "event_is_listed_device",
    "device_count_confirmed",
    "ip_count_confirmed",
    "account_count_confirmed",
)
_ASKED = {f.name: f for f in (*behaviour.FEATURES, *device_network.FEATURES, *signature.FEATURES)}
SHARED = tuple(replace(_ASKED[name], family="context") for name in _SHARED_NAMES)

FEATURES = (*CAPTURE, *MEDIA, *reuse.FEATURES, *WHO_AND_HOW_OFTEN, *SHARED)
