"""Every measure with its contract, in the order of the pages. `rows/rows_<name>.sql` lists what it counts."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.measures.measure import Measure

_ALL = "all accounts"
_CHECKED = "all identity checks"
_MONEY = "all movements of money"
_RECORDS = "all records that were loaded"

MEASURES: tuple[Measure, ...] = (
    Measure(
        "suspicious_actions", 2, "Suspicious actions", "Suspicious actions", "count", "events", _ALL,
        "events", "less", "risk manager",
        "Events of all three streams that the policy did not allow: step up, hold, block or freeze. "
        "The change is per scored event.",
    ),
    Measure(
        "organised_crime", 2, "Organised crime", "Organised-crime rings", "count", "rings", _ALL,
        "transactions", "less", "risk manager",
        "Rings with at least three accounts and two kinds of tie (device, network address, payout, transfer) "
        "that committed a confirmed crime, once a window and region, counted as known equally long after "
        "each window's end. The change is per settled transaction. Everywhere it is the organised-crime "
        "index: regions weighted by their share of transactions in the earlier window.",
        is_matured=True,
    ),
    Measure(
        "money_frozen", 1, "{unit} frozen", "{unit} frozen", "sum", "money", _MONEY, "value", "neither",
        "head of the desk",
        "Value of the movements that were held or frozen, by the time they were stopped, whatever became of "
        "them. The change is per value of all transactions.",
    ),
    Measure(
        "deepfakes_stopped", 2, "Deepfakes stopped", "Stopped attacks on identity checks", "count", "checks",
        _CHECKED, "checks", "neither", "identity lead",
        "Identity checks that the liveness policy did not allow and that are confirmed as attacks, counted "
        "as known equally long after each window's end. The change is per identity check.",
        is_matured=True,
    ),
    Measure(
        "alerts_waiting", 2, "Alerts waiting", "Waiting alerts", "stock", "alerts", _ALL, None, "less",
        "head of the desk",
        "Alerts (held, blocked or frozen), not older than seven days, whose truth was not known at the end "
        "of the window. The change is against the number that waited at the end of the other window.",
    ),
    Measure(
        "incidents", 1, "Fraud incidents", "Fraud incidents", "count", "incidents", _ALL, "transactions",
        "less", "risk manager",
        "Confirmed crimes of any size, by the time they happened, counted as known equally long after each "
        "window's end. The change is per settled transaction.",
        is_matured=True,
    ),
    Measure(
        "alerts", 1, "Alerts", "Alerts", "count", "events", _ALL, "events", "less", "head of the desk",
        "Events that were held, blocked or frozen: a person must look at them. "
        "The change is per scored event.",
    ),
    Measure(
        "false_positive_ratio", 1, "False positives per true", "False positives for each true alert", "ratio",
        "false per true", "alerts whose truth is known", None, "less", "model owner",
        "Alerts that turned out honest for each that turned out crime, of the alerts whose truth was known "
        "equally long after each window's end. A ratio, not the rate among honest events.",
        is_matured=True,
    ),
    Measure(
        "precision_at_budget", 1, "Precision at budget", "Precision at the alert budget", "ratio", "share",
        "the highest scored transactions and sign-ins, as many as the alert budget allows", None, "more",
        "model owner",
        "Share of confirmed crime among the highest scored transactions and sign-ins, as many in each region "
        "as the alert budget allows. What nobody reported counts as honest.",
        is_matured=True,
    ),
    Measure(
        "value_detection", 1, "Fraud value caught", "The share of fraud value caught", "ratio", "share",
        "movements of money confirmed as crime", None, "more", "model owner",
        "Value that was held, blocked or frozen, of all value that is known as crime (value detection rate).",
        is_matured=True,
    ),
    Measure(
        "recall", 1, "Crime we flagged", "The share of crime that was flagged", "ratio", "share",
        "events confirmed as crime", None, "more", "model owner",
        "Share of the events known as crime that the policy had not allowed when they happened (recall). "
        "Crime that nobody reported is not in it: the random audit looks for that.",
        is_matured=True,
    ),
    Measure(
        "rings_active", 2, "Rings active", "Active rings", "count", "rings", _ALL, "transactions", "less",
        "risk manager",
        "Rings that had raised an alarm and stood on any day of the window, in the region of most of their "
        "accounts, confirmed as crime or not. The change is per settled transaction.",
    ),
    Measure(
        "rings_new", 1, "New rings", "New rings", "count", "rings", _ALL, "transactions", "neither",
        "risk manager",
        "Rings that raised their first alarm in the window. More of them may be more crime or better eyes. "
        "The change is per settled transaction.",
    ),
    Measure(
        "accounts_per_ring", 1, "Accounts per ring", "Accounts per ring", "ratio", "accounts per ring",
        "rings that had raised an alarm and stood in the window", None, "less", "risk manager",
        "Mean number of accounts that were in a ring in the window, of the rings that had raised an alarm "
        "and stood on any day of it.",
    ),
    Measure(
        "ring_detection_days", 1, "Days to detect a ring", "Median days to detect a ring", "median", "days",
        "rings of which three crimes are confirmed", None, "less", "risk manager",
        "Median days from the third confirmed crime of a ring's accounts to the ring's first alarm, by the "
        "time of the alarm; below zero: the alarm came first. Only rings with three confirmed crimes, "
        "counted as known equally long after each window's end.",
        is_matured=True, is_signed=True,
    ),
    Measure(
        "ring_value_moved", 1, "{unit} moved by rings", "{unit} moved by rings", "sum", "money", _MONEY,
        "value", "less", "risk manager",
        "Value that left rings for the outside while their accounts were in them, by the time it left, "
        "whether the alarm came before or after; rings as known equally long after each window's end. "
        "The change is per value of all transactions.",
        is_matured=True,
    ),
    Measure(
        "accounts_restricted", 1, "Accounts restricted", "Restricted accounts", "count", "accounts", _ALL,
        "events", "neither", "head of the desk",
        "Accounts of which anything was held, blocked or frozen. The change is per scored event.",
    ),
    Measure(
        "presentation_stopped", 1, "Presentation attacks stopped", "Stopped presentation attacks", "count",
        "checks", _CHECKED, "checks", "neither", "identity lead",
        "Stopped and confirmed attacks before the camera: prints, replays, masks (ISO/IEC 30107-3).",
        is_matured=True,
    ),
    Measure(
        "injection_stopped", 1, "Injection attacks stopped", "Stopped injection attacks", "count", "checks",
        _CHECKED, "checks", "neither", "identity lead",
        "Stopped and confirmed attacks behind the camera: virtual cameras, emulators, swapped faces "
        "(CEN/TS 18099).",
        is_matured=True,
    ),
    Measure(
        "money_blocked", 1, "{unit} blocked", "{unit} blocked", "sum", "money", _MONEY, "value", "neither",
        "head of the desk",
        "Value of the movements that were blocked. The change is per value of all transactions.",
    ),
    Measure(
        "money_released", 1, "{unit} released", "{unit} released", "sum", "money", _MONEY, "value", "neither",
        "head of the desk",
        "Value that was released of holds and freezes, by the time of the release: cleared, or not confirmed "
        "within three days. The change is per value of all transactions.",
    ),
    Measure(
        "money_recovered", 1, "{unit} recovered", "{unit} recovered", "sum", "money", _RECORDS, "days",
        "more", "recovery desk",
        "Value of mistaken transfers that came back, by the day they did. The change is per day.",
        needs="recoveries",
    ),
    Measure(
        "wrongful_freezes", 1, "Wrongful freezes", "Wrongful holds and freezes", "count", "freezes", _MONEY,
        "transactions", "less", "head of the desk",
        "Holds and freezes of what turned out to be honest, counted as known equally long after each "
        "window's end. The change is per settled transaction.",
        is_matured=True,
    ),
    Measure(
        "wrongful_value", 1, "{unit} frozen wrongly", "{unit} frozen wrongly", "sum", "money", _MONEY,
        "value", "less", "head of the desk",
        "Value of holds and freezes of what turned out to be honest, by the time they were placed, counted "
        "as known equally long after each window's end. The change is per value of all transactions.",
        is_matured=True,
    ),
    Measure(
        "hours_to_release", 1, "Hours to release", "Median hours to release a wrongful freeze", "median",
        "hours", "wrongful holds and freezes", None, "less", "head of the desk",
        "Median hours from the hold or freeze to its release, of those on what turned out to be honest.",
    ),
    Measure(
        "appeals_granted", 1, "Appeals granted", "The share of appeals granted", "ratio", "share", _RECORDS,
        None, "less", "head of the desk",
        "Share of decided appeals against a freeze or block that were granted.",
        needs="appeals",
    ),
    Measure(
        "requests", 1, "Requests answered", "Answered requests of authorities", "count", "requests",
        _RECORDS, "days", "neither", "law-enforcement liaison",
        "Requests of authorities of every class that were answered or executed, freeze orders among them. "
        "The change is per day.",
        needs="requests",
    ),
    Measure(
        "freeze_orders", 1, "Freeze orders executed", "Executed freeze orders", "count", "requests",
        _RECORDS, "days", "neither", "law-enforcement liaison",
        "Official freeze orders that were executed. The change is per day.",
        needs="requests",
    ),
    Measure(
        "request_hours", 1, "Hours to answer", "Median hours to answer a request", "median", "hours",
        _RECORDS, None, "less", "law-enforcement liaison",
        "Median hours from receiving a request of an authority to answering it, all classes together.",
        needs="requests",
    ),
    Measure(
        "recoveries", 1, "Transfers recovered", "Recovered transfers", "count", "claims", _RECORDS, "days",
        "more", "recovery desk",
        "Mistaken transfers that came back. The change is per day.",
        needs="recoveries",
    ),
    Measure(
        "confirmed_cases", 1, "Confirmed cases", "Confirmed cases", "count", "cases", _RECORDS, "days",
        "neither", "head of the desk",
        "Investigations that ended as confirmed crime. The change is per day.",
        needs="cases",
    ),
    Measure(
        "desk_sla", 1, "Answered within 24 h", "The share of alerts answered within 24 hours", "ratio",
        "share", "alerts that were answered", None, "more", "head of the desk",
        "Share of the answered alerts whose first word came within 24 hours. Alerts without an answer are "
        "not in it.",
        is_matured=True,
    ),
    Measure(
        "model_drift", 1, "Score drift (PSI)", "Drift of fraud scores", "drift", "PSI",
        "all transactions and sign-ins", None, "less", "model owner",
        "Population stability index of fraud scores in twenty bins, the window against as many days before "
        "it. 0.1 and 0.25 are the usual bands of attention; small windows drift by chance, so the rows say "
        "how many events there were and from where on it is drift.",
    ),
    Measure(
        "liveness_drift", 1, "Liveness drift (PSI)", "Drift of liveness scores", "drift", "PSI",
        "all identity checks", None, "less", "model owner",
        "Population stability index of liveness scores in twenty bins, the window against as many days "
        "before it. Some thousand checks a quarter drift by chance, so the rows say how many there were and "
        "from where on it is drift: at least 0.1, more where they are few.",
    ),
)  # fmt: skip
BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}
# The five cards of the Overview, in their order.
CARDS = MEASURES[:5]
# What Regions offers beside them.
OFFERED = MEASURES[:6]
