"""Family `behaviour`: the event against the customer's own past: amount, pace, hours, silence, first use."""

from __future__ import annotations

from scoring.features import reasons
from scoring.features.comparisons import Deviation, Pace, ShareOfAccount, TimesLargest, TimesTypical
from scoring.features.declaration import Feature
from scoring.features.measures import Attribute, Count, IsFirst, SinceFirst, SinceLast, Typical
from scoring.features.subjects import (
    ACCOUNT,
    ACCOUNT_COUNTERPARTY,
    ACCOUNT_HOURS,
    CHECKS,
    CREDENTIAL_CHANGES,
    DAY,
    EVENTS,
    FACTOR_CHANGES,
    FAILED_CHECKS,
    FAILED_LOGINS,
    HOUR,
    LOGINS,
    MONEY_OUT,
    MONTH,
    PASSWORD_CHANGES,
    TRANSACTIONS,
    WEEK,
    Rows,
)
from scoring.features.words import Words

AMOUNT = (
    *Feature(
        "behaviour",
        reasons.AMOUNT_AGAINST_PAST,
        Typical(MONEY_OUT),
        "What the customer normally sends out: the geometric mean {window}.",
        "money",
        ACCOUNT,
    ).over(DAY, WEEK, MONTH),
    *Feature(
        "behaviour",
        reasons.AMOUNT_AGAINST_PAST,
        TimesTypical(MONEY_OUT),
        "How many times the customer's normal amount {window} is sent out.",
        "times",
        ACCOUNT,
    ).over(MONTH),
    *Feature(
        "behaviour",
        reasons.AMOUNT_AGAINST_PAST,
        Deviation(MONEY_OUT),
        "How far the amount sent out lies from the customer's normal {window}, in own standard deviations.",
        "deviations",
        ACCOUNT,
    ).over(DAY, WEEK, MONTH),
    *Feature(
        "behaviour",
        reasons.AMOUNT_AGAINST_PAST,
        TimesLargest(MONEY_OUT),
        "How many times the largest amount {window} is sent out.",
        "times",
        ACCOUNT,
    ).over(MONTH),
)

PACE = (
    *Feature(
        "behaviour",
        reasons.ACTIVITY,
        Pace(TRANSACTIONS, short=DAY),
        "Transactions of the last day against the customer's own daily average {window}.",
        "times",
        ACCOUNT,
    ).over(MONTH),
    Feature(
        "behaviour",
        reasons.SILENCE,
        SinceLast(EVENTS),
        "Time since the customer did anything at all.",
        "seconds",
        ACCOUNT,
    ),
    Feature(
        "behaviour",
        reasons.SILENCE,
        SinceLast(TRANSACTIONS),
        "Time since the customer's last transaction.",
        "seconds",
        ACCOUNT,
    ),
    Feature(
        "behaviour",
        reasons.SILENCE,
        SinceLast(MONEY_OUT),
        "Time since the customer last sent money out.",
        "seconds",
        ACCOUNT,
    ),
    *Feature(
        "behaviour",
        reasons.UNUSUAL_HOUR,
        # Six parts of a day; without any past, each is taken to hold a sixth.
        ShareOfAccount(EVENTS, account=ACCOUNT, prior=1 / 6, weight=3.0),
        "Which share of the customer's events {window} were in the same four hours of the day (UTC).",
        "share",
        ACCOUNT_HOURS,
    ).over(MONTH),
)

AGE = (
    Feature(
        "behaviour",
        reasons.YOUNG_ACCOUNT,
        Attribute(column="account_age_seconds"),
        "Time since the account was opened, at most 365 days.",
        "seconds",
        words=Words(
            "The account was opened {duration} ago.",
            "The account was opened at this very moment.",
            "When the account was opened is not known.",
        ),
    ),
    Feature(
        "behaviour",
        reasons.YOUNG_ACCOUNT,
        SinceFirst(EVENTS),
        "Time since the customer's first event, at most 90 days.",
        "seconds",
        ACCOUNT,
    ),
)


def _since(rows: Rows, reason: str) -> Feature:
    sentence = f"Time since the customer's last {rows.one}."
    return Feature("behaviour", reason, SinceLast(rows), sentence, "seconds", ACCOUNT)


SIGN_INS = (
    Feature(
        "behaviour",
        reasons.CREDENTIALS,
        Attribute(column="factor_strength"),
        "The strongest factor shown at sign-in: 0 password, 1 text message, 2 one-time code, 3 passkey.",
        "number",
        words=Words(
            "The strongest factor shown has step {value} between 0 (password) and 3 (passkey).",
            "The sign-in showed nothing but a password.",
            "No sign-in factor is known for this event.",
        ),
    ),
    _since(PASSWORD_CHANGES, reasons.CREDENTIALS),
    _since(FACTOR_CHANGES, reasons.CREDENTIALS),
    *Feature(
        "behaviour",
        reasons.CREDENTIALS,
        Count(CREDENTIAL_CHANGES),
        "How often the customer's password or second factor was changed {window}.",
        "count",
        ACCOUNT,
    ).over(WEEK),
    _since(FAILED_LOGINS, reasons.FAILED_SIGN_INS),
    *Feature(
        "behaviour",
        reasons.FAILED_SIGN_INS,
        Count(FAILED_LOGINS),
        "How often a sign-in to the account failed {window}.",
        "count",
        ACCOUNT,
        risk=1,
    ).over(HOUR, DAY),
    *Feature(
        "behaviour",
        reasons.ACTIVITY,
        Count(LOGINS),
        "How often the customer signed in {window}.",
        "count",
        ACCOUNT,
    ).over(DAY),
    _since(CHECKS, reasons.OWN_RECORD),
    *Feature(
        "behaviour",
        reasons.OWN_RECORD,
        Count(FAILED_CHECKS),
        "How many identity checks of the customer failed {window}.",
        "count",
        ACCOUNT,
        risk=1,
    ).over(MONTH),
)

FIRST_USE = (
    Feature(
        "behaviour",
        reasons.NEW_COUNTERPARTY,
        IsFirst(),
        "Whether the customer deals with this counterparty for the first time.",
        "yes_no",
        ACCOUNT_COUNTERPARTY,
    ),
    Feature(
        "behaviour",
        reasons.NEW_COUNTERPARTY,
        SinceFirst(EVENTS),
        "Time since the customer first dealt with this counterparty.",
        "seconds",
        ACCOUNT_COUNTERPARTY,
    ),
    *Feature(
        "behaviour",
        reasons.NEW_COUNTERPARTY,
        Count(TRANSACTIONS),
        "How often the customer dealt with this counterparty {window}.",
        "count",
        ACCOUNT_COUNTERPARTY,
    ).over(MONTH),
)

FEATURES = (*AMOUNT, *PACE, *AGE, *SIGN_INS, *FIRST_USE)
