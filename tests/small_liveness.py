"""Identity checks by hand: the numbers that tests of Liveness expect come from here.

All in Q3 2025, South-East Asia unless said otherwise; the store is that of `small_exchange.py`.

    C1..C4    bona fide, allowed, of C-1 to C-4; fingerprints in 10, 20, 30, 40 ms; C4 read
              all its media, in 100 ms
    C5        bona fide, asked to retry (disturbed), no media
    P1, P2    prints, both rejected, P1 in the week of 7 July, P2 in that of 14 July
    F1        face swap by A1 (cis) on 1 August, let in; the same face as F2
    F2        face swap by A2 on 2 August, rejected: explained, drawn media
    N1        October, not ripe: the check L1 of the small exchange

F1 and F2 are the cluster K1: A1 came in, and froze 900 USDT of its money on 30 October.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from small_exchange import BLOCKED_AT, insert

from data.store import Store

QUARTER = date(2025, 7, 1)


def fill_liveness(store: Store) -> None:
    """Write the checks into a store that holds the small exchange."""
    with store.writing() as cursor:
        for table, rows in (
            ("check_facts", CHECKS),
            ("liveness_errors", ERRORS),
            ("liveness_det", DET),
            ("unknown_species", LEFT_OUT),
            ("media_matches", MATCHES),
            ("media_clusters", CLUSTERED),
            ("cluster_accounts", MEMBERS),
            ("check_signals", SIGNALS),
            ("check_media", MEDIA),
            ("explanations", EXPLANATIONS),
        ):
            insert(cursor, table, rows)


def _check(event_id: str, at: datetime, **known: Any) -> dict[str, Any]:
    """A bona fide check on a phone that passed on capture alone, its time for labels over."""
    bona_fide = {
        "event_id": event_id,
        "account_id": f"C-{event_id[1:]}",
        "occurred_at": at,
        "region": "south_east_asia",
        "country": "ID",
        "purpose": "onboarding",
        "attempt": 1,
        "device": "phone",
        "light": "bright",
        "media": "extracted",
        "problem": None,
        "stage": "capture",
        "cheap_score": 0.01,
        "score": 0.01,
        "decision": "allow",
        "is_unseen": True,
        "is_attack": False,
        "is_ripe": True,
        "species": None,
        "attack": None,
        "fingerprint_ms": 10.0,
        "media_ms": 100.0,
    }
    return bona_fide | known


_PRINT: dict[str, Any] = {
    "is_attack": True,
    "species": "presentation_print",
    "attack": "presentation",
    "stage": "media",
    "score": 0.9,
    "decision": "block",
}
_SWAP: dict[str, Any] = {
    "is_attack": True,
    "species": "injection_face_swap",
    "attack": "injection",
    "stage": "media",
}
CHECKS = [
    _check("C1", datetime(2025, 7, 8, 9)),
    _check("C2", datetime(2025, 7, 9, 9), fingerprint_ms=20.0),
    _check("C3", datetime(2025, 7, 10, 9), fingerprint_ms=30.0),
    _check("C4", datetime(2025, 7, 11, 9), fingerprint_ms=40.0, stage="media"),
    _check("C5", datetime(2025, 7, 12, 9), stage="no media", media="none", light=None, decision="step_up",
           score=0.3, fingerprint_ms=None, media_ms=None),
    _check("P1", datetime(2025, 7, 8, 12), **_PRINT),
    _check("P2", datetime(2025, 7, 15, 12), **_PRINT),
    _check("F1", datetime(2025, 8, 1, 12), **_SWAP, account_id="A1", region="cis", country="RU", score=0.2),
    _check("F2", datetime(2025, 8, 2, 12), **_SWAP, account_id="A2", score=0.97, cheap_score=0.4,
           decision="block", media="drawn"),
    _check("L1", BLOCKED_AT, account_id="A2", is_ripe=False, score=0.8, decision="block",
           problem="truncated", media="extracted"),
]  # fmt: skip


def _rates(cut: str, part: str, point: str = "retry", **known: Any) -> dict[str, Any]:
    """Errors of one part: two prints rejected, one swap of two let in, one of five honest disturbed."""
    found = {
        "quarter": QUARTER,
        "cut": cut,
        "part": part,
        "point": point,
        "threshold": None,
        "attacks": 4,
        "let_in": 1,
        "apcer": 0.25,
        "apcer_low": 0.05,
        "apcer_high": 0.7,
        "bona_fide": 5,
        "disturbed": 1,
        "bpcer": 0.2,
        "bpcer_low": 0.04,
        "bpcer_high": 0.62,
        "worst_species": "injection_face_swap",
        "worst_apcer": 0.5,
        "acer": 0.35,
    }
    return found | known


_NO_ATTACK: dict[str, Any] = {
    "attacks": 0,
    "let_in": 0,
    "apcer": None,
    "apcer_low": None,
    "apcer_high": None,
    "worst_species": None,
    "worst_apcer": None,
    "acer": None,
}
ERRORS = [
    _rates("all", "all"),
    _rates("all", "all", "BPCER 1 %", threshold=0.5, disturbed=0, bpcer=0.0, bpcer_low=0.0, acer=0.25),
    _rates("species", "presentation_print", attacks=2, let_in=0, apcer=0.0, apcer_low=0.0, apcer_high=0.66),
    _rates("species", "injection_face_swap", attacks=2, let_in=1, apcer=0.5, apcer_low=0.09, apcer_high=0.91),
    _rates("region", "south_east_asia", attacks=3, let_in=0, apcer=0.0, apcer_low=0.0, apcer_high=0.56),
    _rates("region", "cis", attacks=1, let_in=1, apcer=1.0, bona_fide=0, disturbed=0, bpcer=None,
           bpcer_low=None, bpcer_high=None, worst_apcer=1.0, acer=None),
    _rates("device", "phone"),
    _rates("skin_tone", "dark", **_NO_ATTACK),
]  # fmt: skip


def _point(attack: str, threshold: float, attacks: int, let_in: int, disturbed: int) -> dict[str, Any]:
    return {
        "quarter": QUARTER,
        "attack": attack,
        "threshold": threshold,
        "attacks": attacks,
        "let_in": let_in,
        "apcer": let_in / attacks,
        "apcer_low": 0.0,
        "apcer_high": 1.0,
        "bona_fide": 5,
        "disturbed": disturbed,
        "bpcer": disturbed / 5,
        "bpcer_low": 0.0,
        "bpcer_high": 0.62,
    }


# Attack, threshold, attacks, let in, and honest checks disturbed of five.
DET = [
    _point("all", 0.1, 4, 0, 2),
    _point("all", 0.25, 4, 1, 1),
    _point("all", 0.5, 4, 1, 0),
    _point("presentation", 0.1, 2, 0, 2),
    _point("presentation", 0.25, 2, 0, 1),
    _point("presentation", 0.5, 2, 0, 0),
    _point("injection", 0.1, 2, 0, 2),
    _point("injection", 0.25, 2, 1, 1),
    _point("injection", 0.5, 2, 1, 0),
]
LEFT_OUT = [
    {
        "quarter": QUARTER,
        "species": "injection_face_swap",
        "attacks": 2,
        "bpcer": 0.01,
        "apcer_known": 0.5,
        "known_low": 0.09,
        "known_high": 0.91,
        "apcer_unknown": 1.0,
        "unknown_low": 0.34,
        "unknown_high": 1.0,
    }
]
MATCHES = [{"event_id": "F2", "other_event_id": "F1", "kind": "face", "distance": 12}]
CLUSTERED = [
    {
        "cluster_id": "K1",
        **{name: check[name] for name in ("event_id", "account_id", "occurred_at", "region", "country")},
        "kinds": "face",
    }
    for check in CHECKS
    if check["event_id"] in ("F1", "F2")
]
MEMBERS = [
    {
        "cluster_id": "K1",
        "account_id": "A1",
        "first_check_at": datetime(2025, 8, 1, 12),
        "has_passed": True,
        "events_after": 6,
        "moved_in": Decimal(0),
        "moved_out": Decimal(250),
        "stopped_out": Decimal(900),
    },
    {
        "cluster_id": "K1",
        "account_id": "A2",
        "first_check_at": datetime(2025, 8, 2, 12),
        "has_passed": False,
        "events_after": 0,
        "moved_in": Decimal(0),
        "moved_out": Decimal(40),
        "stopped_out": Decimal(0),
    },
]


def _signal(family: str, feature: str, value: float | None, points: float) -> dict[str, Any]:
    said = f"The {feature.replace('_', ' ')} is {value}." if value is not None else None
    named = {"event_id": "F2", "family": family, "feature": feature, "value": value, "normal": 1.0}
    return {**named, "points": points, "sentence": said}


# From a base of 0.05 to 0.97: 0.5 and 0.2 media, 0.25 re-use, -0.1 capture, and 0.07 of weaker signals.
SIGNALS = [
    _signal("media", "boundary_step", 4.5, 0.5),
    _signal("media", "flicker", 2.0, 0.2),
    _signal("re_use", "face_accounts", 1.0, 0.25),
    _signal("capture", "frame_jitter_ms", None, -0.1),
]
MEDIA = [{"event_id": "F2", "source": "drawn", "drawn_from": "P1", "frames": 8, "faces": 1}]
EXPLANATIONS = [{"event_id": "F2", "base_probability": 0.05, "score": 0.97, "is_sample": False}]
