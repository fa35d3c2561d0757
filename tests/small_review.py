"""A review by hand, with every case that a page or a report must be able to say.

organised_crime      world 201 after 302: fell; CIS no change shown; Oceania without exposure
suspicious_actions   rose, which is bad; every region
money_frozen         rose, which is neither good nor bad news
false_positive_ratio a ratio: 240 of 1,000 after 300 of 1,000, shown as 24.0%
incidents            refused: the definition changed
hours_to_release     a median without exposure
deepfakes_stopped    young: now-cast from the share of labels that arrived
rings_active         not measured yet
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from dashboard.facts import Facts
from dashboard.measures.change import Change
from dashboard.measures.measure import Measure
from dashboard.questions.measures import WORLD, Reading
from dashboard.questions.period import Period, shown_period
from dashboard.review.model import (
    Attribution,
    Decomposition,
    Flow,
    Part,
    Published,
    RecoveryLine,
    RequestLine,
    Review,
    Section,
    Verdict,
)
from dashboard.tables import Asked

FIRST, NOW = datetime(2025, 1, 1), datetime(2025, 10, 31, 23)
FACTS = Facts(2_600_000, 2_600_000, FIRST, NOW, "USDT", True, ("south_east_asia", "south_asia", "cis"))
REGIONS = (
    "south_east_asia",
    "south_asia",
    "cis",
    "europe",
    "latin_america",
    "sub_saharan_africa",
    "oceania",
)
PLACES = dict(zip(REGIONS, (0.34, 0.2, 0.16, 0.12, 0.1, 0.05, 0.03), strict=True))


def measure(name: str, title: str, kind: str, unit: str, **more: Any) -> Measure:
    """A measure; what a test does not name is as for a count where less is better."""
    given: dict[str, Any] = {
        "version": 1,
        "noun": title,
        "population": "scored events",
        "exposure": "settled transactions",
        "good": "less",
        "owner": "Risk analytics",
        "definition": f"{title}, as the contract says.",
        **more,
    }
    return Measure(name=name, title=title, kind=kind, unit=unit, **given)


MEASURES = {
    m.name: m
    for m in (
        measure("organised_crime", "Organised crime", "count", "incidents", version=2,
                population="confirmed incidents of three accounts or more", is_matured=True,
                noun="Organised-crime incidents"),
        measure("suspicious_actions", "Suspicious actions", "count", "events", exposure="events"),
        measure("money_frozen", "{unit} frozen", "sum", "money", exposure="value of transactions",
                good="neither", owner="Treasury"),
        measure("false_positive_ratio", "False-positive ratio", "ratio", "share", exposure=None),
        measure("incidents", "Incidents", "count", "incidents"),
        measure("hours_to_release", "Hours to release", "median", "hours", exposure=None, owner="Desk"),
        measure("deepfakes_stopped", "Deepfakes stopped", "count", "checks", exposure="identity checks",
                good="more", population="identity checks", is_matured=True),
        measure("rings_active", "Rings active", "stock", "rings", exposure=None),
    )
}  # fmt: skip


def change(before: int, after: int, ratio: float, low: float, high: float) -> Change:
    return Change(before, after, ratio, low, high, 1.3)


def weeks(start: date, before: float, after: float) -> tuple[tuple[date, float], ...]:
    """Twenty-six weeks that wander around a level before, then around a level after."""
    return tuple(
        (start + timedelta(days=7 * week), round(level * (1 + 0.18 * math.sin(1.7 * week)) / 13, 2))
        for week, level in enumerate([before] * 13 + [after] * 13)
    )  # fmt: skip


def reading(name: str, region: str, value: float, previous: float, **more: Any) -> Reading:
    """A reading; what a test does not name is a measured one without comparison."""
    given: dict[str, Any] = {
        "country": "",
        "exposure": 900_000.0,
        "previous_exposure": 840_000.0,
        "weeks": weeks(date(2025, 3, 31), previous, value),
        "change": None,
        "refusal": None,
        "is_measured": True,
        "arrived": None,
        "nowcast": None,
        **more,
    }
    return Reading(measure=MEASURES[name], region=region, value=value, previous=previous, **given)


def readings() -> dict[str, dict[str, Reading]]:
    found = {name: {WORLD: world} for name, world in _world().items()}
    for region, share in PLACES.items():
        size = share * (0.6 if region == "south_east_asia" else 1.0)
        found["organised_crime"][region] = _place("organised_crime", region, 201 * size, 302 * share)
        found["suspicious_actions"][region] = _place(
            "suspicious_actions", region, 38_412 * share, 33_951 * share
        )
    found["organised_crime"]["oceania"] = reading(
        "organised_crime", "oceania", 0, 0, exposure=0.0, previous_exposure=0.0, weeks=(),
        refusal="There is no exposure (settled transactions) in one of the quarters.",
    )  # fmt: skip
    return found


def _place(name: str, region: str, value: float, previous: float) -> Reading:
    now, before = round(value), round(previous)
    ratio = now / max(before, 1) * 0.94
    wide = 1.9 / math.sqrt(max(now, 1)) + 1.9 / math.sqrt(max(before, 1))
    found = change(before, now, ratio, ratio * math.exp(-wide), ratio * math.exp(wide))
    return reading(name, region, float(now), float(before), change=found)


def _world() -> dict[str, Reading]:
    def of(name: str, value: float, previous: float, **more: Any) -> Reading:
        return reading(name, WORLD, value, previous, **more)

    return {
        "organised_crime": of(
            "organised_crime", 201, 302, change=change(302, 201, 0.621, 0.518, 0.744), arrived=0.962
        ),
        "suspicious_actions": of(
            "suspicious_actions", 38_412, 33_951, change=change(33_951, 38_412, 1.056, 1.031, 1.081)
        ),
        "money_frozen": of(
            "money_frozen", 4_967_123.5, 4_012_400.0, change=change(401, 512, 1.155, 0.97, 1.38)
        ),
        "false_positive_ratio": of(
            "false_positive_ratio", 240, 300, exposure=1000.0, previous_exposure=1000.0,
            change=change(300, 240, 0.8, 0.69, 0.93),
        ),
        "incidents": of(
            "incidents", 1_204, 1_610,
            refusal="Not comparable: definition 1 counted attempts, definition 2 counts confirmed cases.",
        ),
        "hours_to_release": of(
            "hours_to_release", 6.5, 9.25, exposure=0.0, previous_exposure=0.0,
            change=change(140, 122, 0.703, 0.52, 0.95),
        ),
        "deepfakes_stopped": of(
            "deepfakes_stopped", 3_097, 2_693, exposure=60_200.0, previous_exposure=58_000.0,
            change=change(2_693, 3_097, 1.108, 1.05, 1.17), arrived=0.71, nowcast=(3310.0, 3200.0, 3430.0),
        ),
        "rings_active": of(
            "rings_active", 0, 0, exposure=0.0, previous_exposure=0.0, weeks=(), is_measured=False,
            refusal="Not measured yet: rings are not found before the graph is built.",
        ),
    }  # fmt: skip


SECTIONS = (
    Section("Crime", "Did crime fall?", ("organised_crime", "incidents", "rings_active")),
    Section("Detection", "What did we stop, and at what cost?",
            ("suspicious_actions", "false_positive_ratio")),
    Section("Money", "What was stopped and given back?", ("money_frozen", "hours_to_release")),
    Section("Liveness", "Who tried to pass as somebody else?", ("deepfakes_stopped",)),
)  # fmt: skip
VERDICT = Verdict(
    "Organised-crime incidents fell 38 % in Q3 2025 against Q2, between 26 and 48 %.",
    "reduction",
    (
        (True, "The interval of the rate ratio ends at 0.74, below 1, over-dispersion 1.3 allowed for."),
        (True, "Estimated recall was 71 % after 70 %: it did not fall by more than 5 points."),
        (True, "96 % of the labels have arrived, as many as for the quarter before at the same age."),
        (False, "The audit sample of the quarter before was smaller by half: 310 after 150 events."),
    ),
)
DECOMPOSITION = Decomposition(
    "suspicious_actions",
    33_951,
    38_412,
    (
        Part("Exposure", 2_425, "More events were scored: 7 % more than the quarter before."),
        Part("Regional mix", -310, "Activity moved to regions with fewer suspicious actions."),
        Part("Model and policy", 3_900, "Both quarters scored with both models: the newer one stops more."),
        Part("Remainder", -1_554, "What is left: fewer attempts, or attempts that are not seen."),
    ),
    "The remainder is not crime by itself: attempts that nobody sees are not in it.",
)
ATTRIBUTIONS = (
    Attribution(
        "id_withdrawals", "Stricter withdrawal verification", "Indonesia", datetime(2025, 7, 7),
        0.31, 0.22, 0.44, 0.62,
        tuple((-w, 1 + 0.06 * math.sin(w), 0.78 + 0.05 * math.sin(w), 1.25) for w in range(8, 0, -1)),
        "Suspicious actions fell 69 % where the measure held, between 56 and 78 %; the pre-trend is flat.",
    ),
    Attribution(
        "cis_anomalies", "New anomaly detection", "CIS", datetime(2025, 8, 4), 0.82, 0.6, 1.12, 0.03,
        tuple((-w, 1 + 0.05 * w, 0.8 + 0.05 * w, 1.25 + 0.05 * w) for w in range(6, 0, -1)),
        "Weak: the interval holds 1 and the region was falling before the measure began.",
    ),
)  # fmt: skip
PUBLISHED = (
    Published("organised_crime_change", "Organised-crime activity, Q3 against Q2", "-36 %", "-38 %",
              "-2 points", "-48 to -26 %", "organised_crime, version 2", "measured by our own index"),
    Published("attempts_against_cases", "70,621 attempts against 45,513 cases", "-36 %", None, None, "",
              "two units", "Not comparable: the unit changed from attempts to cases."),
)  # fmt: skip
QUESTIONS = dict.fromkeys(
    ("decomposition", "attributions", "displacement", "audit", "flows", "requests", "recoveries"),
    Asked("store_facts"),
)


def small_period(text: str = "2025Q3") -> Period:
    return shown_period(text, FACTS)


def small_review(period: Period | None = None) -> Review:
    """The review of all cases over `period`, by default the third quarter against the second."""
    period = period or small_period()
    return Review(
        period=period,
        money_unit="USDT",
        is_synthetic=True,
        as_of=NOW,
        sections=SECTIONS,
        readings=readings(),
        verdict=VERDICT,
        decomposition=DECOMPOSITION,
        attributions=ATTRIBUTIONS,
        displacement=("No other region rose when South-East Asia fell: the largest rise may be chance.",),
        audit=("310 events below the threshold were checked: 4 were crime, 0.4 to 3.3 % of them.",),
        flows=(
            Flow("Stopped", "Frozen", 4_967_123.5), Flow("Stopped", "Blocked", 2_310_400.0),
            Flow("Frozen", "Released", 1_204_000.0), Flow("Frozen", "Seized", 410_000.0),
            Flow("Frozen", "Still frozen", 3_353_123.5),
        ),
        requests=(
            RequestLine("Information", 412, 401, 0, 17, 21.5), RequestLine("Freeze", 130, 126, 121, 4, 3.2),
            RequestLine("Emergency", 12, 12, 0, 0, 0.6), RequestLine("Preservation", 39, 39, 0, 0, None),
        ),
        recoveries=(
            RecoveryLine("Wrong chain", 210, 150, 12, 512_000.0),
            RecoveryLine("Missing memo", 340, 301, 5, 300_400.0),
            RecoveryLine("Wrong address", 88, 21, 30, 88_000.0),
        ),
        published=PUBLISHED,
        notes=("Incidents cannot be compared: the definition changed between the quarters.",
               "Rings are not measured yet."),
        questions=QUESTIONS,
    )  # fmt: skip


def empty_review(period: Period) -> Review:
    """A review of a store that has nothing beside its readings, and those without comparison."""
    world = reading("organised_crime", WORLD, 0, 0, refusal=period.refusal or "No event is known.")
    return replace(
        small_review(period),
        is_synthetic=False,
        sections=SECTIONS[:1],
        readings={"organised_crime": {WORLD: world}},
        verdict=Verdict("No organised-crime incident is known.", "not known", ()),
        decomposition=None,
        attributions=(),
        displacement=(),
        audit=(),
        flows=(),
        requests=(),
        recoveries=(),
        published=(),
        notes=(),
        questions={},
    )
