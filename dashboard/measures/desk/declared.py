"""Every measure of the desk with its contract. `rows/rows_<name>.sql` lists what it counts."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.measures.desk.desk_measure import DeskMeasure

_LEAD = "desk lead"
_HEAD = "head of the desk"
_DISPOSED = "cases that were disposed of"
_OPENED = "cases that were opened"

DESK_MEASURES: tuple[DeskMeasure, ...] = (
    DeskMeasure(
        "desk_alerts_per_day", 1, "Alerts per analyst-day", "per", "alerts", _DISPOSED + " by a person",
        "neither", _LEAD,
        "Alerts of the cases that people disposed of, for each person and day (UTC) on which that person "
        "disposed of any. More is faster, or more hasty: read it beside agreement.",
    ),
    DeskMeasure(
        "desk_false_per_true", 1, "False positives per true", "ratio", "false per true",
        "alerts of cases that were disposed of as crime or not", "less", "model owner",
        "Alerts of cases that ended as false positive for each alert of a case that ended as confirmed. "
        "A ratio among alerts, not the rate among customers; inconclusive ones are in neither.",
    ),
    DeskMeasure(
        "desk_first_look", 1, "Minutes to first look", "median", "minutes", "cases that were first taken",
        "less", _LEAD,
        "Median minutes from the opening of a case to the first time that anybody took it, by the time it "
        "was taken.",
    ),
    DeskMeasure(
        "desk_disposition", 1, "Hours to disposition", "median", "hours", _DISPOSED, "less", _LEAD,
        "Median hours from the opening of a case to its disposition, by the time of the disposition, "
        "without pauses and without the time that a reopened case was closed.",
    ),
    DeskMeasure(
        "desk_looked_in_time", 1, "First look in time", "ratio", "share",
        _OPENED + " and whose first look was due", "more", _LEAD,
        "Share of the cases opened in the window that were first taken within the service level of their "
        "channel, kind and severity, of those taken or overdue by now. What is not due yet is still open "
        "and not in it; merged and withdrawn cases have no clock.",
    ),
    DeskMeasure(
        "desk_disposed_in_time", 1, "Disposed of in time", "ratio", "share",
        _OPENED + " and whose end was due", "more", _LEAD,
        "Share of the cases opened in the window that somebody disposed of within their service level, of "
        "those disposed of or overdue by now. Pauses stop the clock; what lapsed late is breached, what "
        "others told of in time is in neither.",
    ),
    DeskMeasure(
        "desk_alerts_per_case", 1, "Alerts per case", "ratio", "alerts per case", _OPENED, "neither", _HEAD,
        "Alerts for each case opened in the window, as many as the case holds by now. A case that was merged "
        "into another is no case of its own: its alerts are counted with the other.",
    ),
    DeskMeasure(
        "desk_cases_per_alert", 1, "Cases per alert", "ratio", "cases per alert", _OPENED, "neither", _HEAD,
        "Cases for each alert: the same cases and alerts, the other way round.",
    ),
    DeskMeasure(
        "desk_false_share", 1, "Alerts that were nothing", "ratio", "share", "alerts of " + _DISPOSED,
        "less", "model owner",
        "Share of false positives among all alerts of the cases disposed of, inconclusive ones in the whole.",
    ),
    DeskMeasure(
        "desk_age", 1, "Age of live cases", "stock", "hours", "cases that were open or paused", "less", _LEAD,
        "Median hours since the opening of the cases that were open or paused when the window ended. "
        "Pauses run on in it: a customer who waits does not see them.",
    ),
    DeskMeasure(
        "desk_opened", 1, "Cases opened", "count", "cases", _OPENED, "neither", _HEAD,
        "Cases by the time they were opened, whatever became of them.",
    ),
    DeskMeasure(
        "desk_disposed", 1, "Cases disposed of", "count", "cases", _DISPOSED, "neither", _HEAD,
        "Dispositions by their time; a case that was opened again and disposed of again counts twice.",
    ),
    DeskMeasure(
        "desk_reopened", 1, "Reopened", "count", "cases", "cases that had ended", "less", _LEAD,
        "Times that a case which had ended was opened again.",
    ),
    DeskMeasure(
        "desk_merged", 1, "Merged", "count", "cases", _OPENED, "neither", _LEAD,
        "Cases that went on in another one, by the time they did.",
    ),
    DeskMeasure(
        "desk_lapsed", 1, "Lapsed", "count", "cases", _OPENED, "less", _HEAD,
        "Cases that ended by themselves because nobody said what they were.",
    ),
    DeskMeasure(
        "desk_agreement", 1, "Second looks that agree", "ratio", "share",
        "closed cases that were drawn for a second look and looked at", "more", _HEAD,
        "Share of the second looks by another person that agree with the first, by the time of the second.",
    ),
    DeskMeasure(
        "desk_told", 1, "Told by others", "count", "cases", _OPENED, "less", _HEAD,
        "Cases whose crime a customer, a partner or an authority told of before the desk had said so, by the "
        "first time they told.",
    ),
)  # fmt: skip
BY_NAME: Mapping[str, DeskMeasure] = {measure.name: measure for measure in DESK_MEASURES}
# The six cards of the tab, in their order.
CARDS = DESK_MEASURES[:6]
OPENED = BY_NAME["desk_opened"]
