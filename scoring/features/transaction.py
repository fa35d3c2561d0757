"""Family `transaction`: velocity, in-out speed, fan-in and fan-out, amounts under limits, round trips."""

from __future__ import annotations

from scoring.features import reasons
from scoring.features.comparisons import PassThrough, TimesMean
from scoring.features.declaration import Feature
from scoring.features.measures import Amount, Attribute, Count, Distinct, IsOne, Largest, Mean, SinceLast, Sum
from scoring.features.subjects import (
    ACCOUNT,
    ACCOUNT_COUNTERPARTY,
    COUNTERPARTY,
    CREDENTIAL_CHANGES,
    DAY,
    HOUR,
    LOGINS,
    MONEY_IN,
    MONEY_OUT,
    MONTH,
    TRADES,
    TRANSACTIONS,
    UNDER_LIMITS,
    WEEK,
    Rows,
)
from scoring.features.words import Words


def _is(rows: Rows) -> Feature:
    article = "an" if rows.one[0] in "aeiou" else "a"
    words = Words(f"It is {article} {rows.one}.", f"It is no {rows.one}.", "Its kind is not known.")
    sentence = f"Whether the event is {article} {rows.one}."
    return Feature("transaction", reasons.KIND, IsOne(rows), sentence, "yes_no", words=words)


KINDS = tuple(_is(rows) for rows in (MONEY_OUT, MONEY_IN, TRADES, LOGINS, CREDENTIAL_CHANGES))

AMOUNTS = (
    Feature("transaction", reasons.AMOUNT, Amount(), "The amount of the transaction.", "money"),
    Feature(
        "transaction",
        reasons.UNDER_LIMITS,
        Attribute(column="is_just_under_limit"),
        "Whether the amount lies within a tenth below a limit at which reporting or more checks begin.",
        "yes_no",
        words=Words(
            "The amount lies just under a reporting limit.",
            "The amount does not lie just under a reporting limit.",
            "The amount is not known.",
        ),
    ),
    Feature(
        "transaction",
        reasons.AMOUNT,
        Attribute(column="is_round_amount"),
        "Whether the amount is a whole multiple of one hundred.",
        "yes_no",
        words=Words("The amount is round.", "The amount is not round.", "The amount is not known."),
    ),
    *Feature(
        "transaction",
        reasons.UNDER_LIMITS,
        Count(UNDER_LIMITS),
        "How many amounts just under a reporting limit the customer moved {window}.",
        "count",
        ACCOUNT,
        risk=1,
    ).over(DAY, WEEK),
)

VELOCITY = (
    *Feature(
        "transaction",
        reasons.ACTIVITY,
        Count(TRANSACTIONS),
        "How many transactions the customer made {window}.",
        "count",
        ACCOUNT,
    ).over(HOUR, DAY, WEEK, MONTH),
    *Feature(
        "transaction",
        reasons.ACTIVITY,
        Sum(MONEY_OUT),
        "How much money the customer sent out {window}.",
        "money",
        ACCOUNT,
    ).over(DAY, WEEK),
    *Feature(
        "transaction",
        reasons.AMOUNT_AGAINST_PAST,
        Mean(MONEY_OUT),
        "The mean amount that the customer sent out {window}.",
        "money",
        ACCOUNT,
    ).over(DAY, WEEK, MONTH),
    *Feature(
        "transaction",
        reasons.AMOUNT_AGAINST_PAST,
        Largest(MONEY_OUT),
        "The largest amount that the customer sent out {window}.",
        "money",
        ACCOUNT,
    ).over(MONTH),
)

IN_AND_OUT = (
    *Feature(
        "transaction",
        reasons.FAST_IN_AND_OUT,
        Sum(MONEY_IN),
        "How much money came in for the customer {window}.",
        "money",
        ACCOUNT,
    ).over(DAY),
    *Feature(
        "transaction",
        reasons.FAST_IN_AND_OUT,
        PassThrough(),
        "Money that goes out, this event included, as a share of what came in {window}.",
        "share",
        ACCOUNT,
    ).over(DAY, WEEK),
    Feature(
        "transaction",
        reasons.FAST_IN_AND_OUT,
        SinceLast(MONEY_IN),
        "Time since the customer's last deposit.",
        "seconds",
        ACCOUNT,
    ),
)

FANS = (
    *Feature(
        "transaction",
        reasons.MANY_COUNTERPARTIES,
        Distinct(
            MONEY_OUT, column="counterparty", one="counterparty", many="counterparties", did="sent money to"
        ),
        "To how many counterparties the customer sent money {window}.",
        "count",
        ACCOUNT,
    ).over(DAY, MONTH),
    *Feature(
        "transaction",
        reasons.MANY_COUNTERPARTIES,
        Distinct(
            MONEY_IN, column="counterparty", one="counterparty", many="counterparties", did="got money from"
        ),
        "From how many counterparties money came in for the customer {window}.",
        "count",
        ACCOUNT,
    ).over(DAY, MONTH),
    *Feature(
        "transaction",
        reasons.BUSY_COUNTERPARTY,
        Distinct(TRANSACTIONS, column="account", one="customer", many="customers", did="dealt with"),
        "How many customers dealt with the counterparty {window}.",
        "count",
        COUNTERPARTY,
    ).over(DAY, MONTH),
)

COUNTERPARTIES = (
    *Feature(
        "transaction",
        reasons.BUSY_COUNTERPARTY,
        Count(TRANSACTIONS),
        "How many transactions there were with the counterparty {window}.",
        "count",
        COUNTERPARTY,
    ).over(DAY, WEEK, MONTH),
    *Feature(
        "transaction",
        reasons.BUSY_COUNTERPARTY,
        Mean(TRANSACTIONS),
        "The mean amount of the transactions with the counterparty {window}.",
        "money",
        COUNTERPARTY,
    ).over(DAY, WEEK, MONTH),
    *Feature(
        "transaction",
        reasons.BUSY_COUNTERPARTY,
        TimesMean(TRANSACTIONS),
        "The amount over the mean amount of the transactions with the counterparty {window}.",
        "times",
        COUNTERPARTY,
    ).over(MONTH),
)

ROUND_TRIPS = (
    *Feature(
        "transaction",
        reasons.ROUND_TRIP,
        Count(MONEY_IN),
        "How many deposits this counterparty made to the customer {window}.",
        "count",
        ACCOUNT_COUNTERPARTY,
    ).over(MONTH),
    *Feature(
        "transaction",
        reasons.ROUND_TRIP,
        Count(MONEY_OUT),
        "How often the customer sent money to this counterparty {window}.",
        "count",
        ACCOUNT_COUNTERPARTY,
    ).over(MONTH),
)

FEATURES = (*KINDS, *AMOUNTS, *VELOCITY, *IN_AND_OUT, *FANS, *COUNTERPARTIES, *ROUND_TRIPS)
