"""Family `signature`: listed addresses, networks and devices, and how the past of each turned out.

Only what was known at the instant counts: a listing from its date on, a label from the time it became known.
"""

from __future__ import annotations

from scoring.features import reasons
from scoring.features.comparisons import CountOfOthers, Share
from scoring.features.declaration import Feature
from scoring.features.measures import Attribute, Count, SinceLast
from scoring.features.subjects import (
    ACCOUNT,
    CLEARED,
    CONFIRMED,
    COUNTERPARTY,
    DAY,
    DEVICE,
    EVENTS,
    EVER,
    IP,
    LISTED_DEALINGS,
    MONTH,
    TAINTED_USERS,
    WEEK,
    Entity,
    Rows,
    Window,
)
from scoring.features.words import Words

# About what the confirmed share of all events is; ten events of past weigh as much as this belief.
PRIOR_SHARE = 0.01
PRIOR_EVENTS = 10.0


def _listed(column: str, noun: str, reason: str) -> Feature:
    words = Words(
        f"The {noun} is listed as known bad.", f"The {noun} is not listed.", f"The {noun} is not known."
    )
    sentence = f"Whether the {noun} was listed as known bad at that time."
    return Feature("signature", reason, Attribute(column=column), sentence, "yes_no", risk=1, words=words)


# No direction is imposed on records of confirmed crime: what was abused is cleaned or closed, so an old
# record may mean less risk than none. Imposing one cost .08 of average precision
# (docs/decisions/0003-no-direction-on-confirmed-records.md).
def _confirmed(entity: Entity, noun: str, reason: str, *windows: Window) -> tuple[Feature, ...]:
    sentence = f"How many events of the {noun} became known as confirmed crime {{window}}."
    return Feature("signature", reason, Count(CONFIRMED), sentence, "count", entity).over(*windows)


def _share(entity: Entity, noun: str, reason: str, *windows: Window) -> tuple[Feature, ...]:
    said = "became known as crime"
    measure = Share(CONFIRMED, of=EVENTS, prior=PRIOR_SHARE, weight=PRIOR_EVENTS, said=said)
    sentence = f"Confirmed crimes that became known {{window}}, as a share of the {noun}'s events, smoothed."
    return Feature("signature", reason, measure, sentence, "share", entity).over(*windows)


def _by_others(entity: Entity, rows: Rows, sentence: str, reason: str) -> Feature:
    return Feature("signature", reason, CountOfOthers(rows), sentence, "count", entity)


LISTED = (
    _listed("is_listed_counterparty", "counterparty", reasons.BAD_COUNTERPARTY),
    _listed("is_listed_network", "network address", reasons.BAD_NETWORK),
    _listed("is_listed_device", "device", reasons.BAD_DEVICE),
    Feature(
        "signature",
        reasons.OWN_RECORD,
        Count(LISTED_DEALINGS),
        "How often the customer dealt with an address that is listed as known bad by then.",
        "count",
        ACCOUNT,
        risk=1,
    ),
    _by_others(
        COUNTERPARTY,
        TAINTED_USERS,
        "How many other customers of this counterparty also dealt with a listed address: one hop away.",
        reasons.BAD_COUNTERPARTY,
    ),
)

RECORDS = (
    *_confirmed(COUNTERPARTY, "counterparty", reasons.BAD_COUNTERPARTY, DAY, WEEK, MONTH, EVER),
    *_share(COUNTERPARTY, "counterparty", reasons.BAD_COUNTERPARTY, DAY, WEEK, MONTH, EVER),
    Feature(
        "signature",
        reasons.BAD_COUNTERPARTY,
        SinceLast(CONFIRMED),
        "Time since a crime with this counterparty last became known.",
        "seconds",
        COUNTERPARTY,
    ),
    *_confirmed(DEVICE, "device", reasons.BAD_DEVICE, MONTH, EVER),
    *_share(DEVICE, "device", reasons.BAD_DEVICE, EVER),
    _by_others(
        DEVICE,
        CONFIRMED,
        "How many events of other customers on this device are known as confirmed crime.",
        reasons.BAD_DEVICE,
    ),
    *_confirmed(IP, "network address", reasons.BAD_NETWORK, MONTH, EVER),
    *_share(IP, "network address", reasons.BAD_NETWORK, EVER),
    *_confirmed(ACCOUNT, "customer", reasons.OWN_RECORD, MONTH, EVER),
    Feature(
        "signature",
        reasons.OWN_RECORD,
        Count(CLEARED),
        "How many alerts on the customer were found to be false.",
        "count",
        ACCOUNT,
    ),
)

FEATURES = (*LISTED, *RECORDS)
