"""What a value must be to be taken, as SQL over columns: one typed value and at most one fault each.

For every contract column a check answers three expressions: `raw` (the file's value as it was read),
`value` (the same in the contract's type, null where it cannot be) and `fault` (null, or a sentence that
says what is wrong, what was possible and what to do).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.declared import Column
from data.mapping_types import TIME_UNITS, ColumnSource
from data.parameters import Parameters

# Bitcoin's first block: nothing on a crypto exchange, and no account of one, is older. An older time is
# in practice an empty value written as 1970, or milliseconds read as seconds.
EARLIEST = datetime(2009, 1, 3)
# DECIMAL(18,6) holds twelve digits before the point.
_AMOUNT_LIMIT = "1e12"
_COUNTRY_COLUMNS = ("kyc_country", "country")
# A time with a zone or an offset after its minutes or seconds: 10:00Z, 10:00:00+07:00, 10:00 UTC.
_OFFSET = r":[0-9]{2}(\.[0-9]+)?\s*[A-Za-z+-]"
_IPV4 = r"((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
# What is said of anything that is no address on the network, in whichever way it was found out.
IP_ADVICE = (
    "; possible: 203.0.113.7 or 2001:db8::7, without port or mask; "
    'to do: correct it, or set unit = "number" where it is an integer'
)


@dataclass(frozen=True, slots=True)
class Check:
    """The three expressions of one column; `value` and `fault` may use `raw_<name>` and `value_<name>`.

    `has_offset` answers for a time in text whether it names its zone; empty where that cannot differ.
    """

    name: str
    raw: str
    value: str
    fault: str
    has_offset: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check is made from: the contract's column, the file's, and what the mapping says of both."""

    declared: Column
    source: ColumnSource
    source_type: str
    raw: str
    time_zone: str
    clock: datetime

    @property
    def is_text(self) -> bool:
        """Whether the file holds the value as text."""
        return self.source_type == "VARCHAR"


def check_of(subject: Subject, parameters: Parameters) -> Check:
    """Return the check for one mapped column."""
    name, kind = subject.declared.name, subject.declared.type
    raw = f"raw_{name}"
    if kind == "TIMESTAMP":
        value, fault, has_offset = _time(subject, raw, parameters)
    else:
        has_offset = ""
        if kind == "DECIMAL(18,6)" or kind == "DOUBLE":
            value, fault = _number(subject, raw, parameters)
        elif kind in ("INTEGER", "BIGINT"):
            value, fault = _whole(subject, raw, parameters)
        elif kind == "BOOLEAN":
            value, fault = _truth(subject, raw, parameters)
        else:
            value, fault = _text(subject, raw, parameters)
    cases = [*_missing(subject, raw, parameters), *fault]
    return Check(name, subject.raw, value, f"CASE {' '.join(cases)} END" if cases else "NULL", has_offset)


def _missing(subject: Subject, raw: str, parameters: Parameters) -> list[str]:
    if not subject.declared.required:
        return []
    said = parameters.text(
        f"{subject.declared.name} is missing (column {subject.source.column!r}); possible: every row has one"
        "; to do: fill it in the file, or leave these rows out with where"
    )
    return [f"WHEN {raw} IS NULL THEN {said}"]


def _fault(condition: str, before: str, shown: str, after: str, parameters: Parameters) -> str:
    """Return one WHEN: a sentence around the value that is at fault, at most 80 characters of it."""
    told = f"{parameters.text(before)} || left(CAST({shown} AS VARCHAR), 80) || {parameters.text(after)}"
    return f"WHEN {condition} THEN {told}"


def _time(subject: Subject, raw: str, parameters: Parameters) -> tuple[str, list[str], str]:
    moment, has_offset = _moment(subject, raw, parameters)
    if subject.source.plus_seconds:
        later = parameters.add(int(subject.source.plus_seconds * 1_000_000))
        moment = f"{moment} + to_microseconds(CAST({later} AS BIGINT))"
    name, value = subject.declared.name, f"value_{subject.declared.name}"
    expected = (
        f"strptime {subject.source.format}"
        if subject.source.format
        else (
            f"a number of {subject.source.unit} since 1970"
            if subject.source.unit
            else "2025-03-31 14:05:09, 2025-03-31T14:05:09Z or +07:00"
        )
    )
    cases = [
        _fault(
            f"{raw} IS NOT NULL AND {value} IS NULL",
            f"{name} is no time: '",
            raw,
            f"'; possible: {expected}; "
            "to do: correct it, or say how to read it with format or unit in the mapping",
            parameters,
        ),
        _fault(
            f"{value} < CAST({parameters.add(EARLIEST)} AS TIMESTAMP)",
            f"{name} is before 2009-01-03: ",
            value,
            "; possible: times since Bitcoin's first block, before which nothing on a crypto exchange can be"
            "; to do: look for empty times written as 1970, or set unit in the mapping",
            parameters,
        ),
    ]
    if name != "known_at":
        cases.append(
            _fault(
                f"{value} > CAST({parameters.add(subject.clock)} AS TIMESTAMP)",
                f"{name} is in the future: ",
                value,
                f" UTC; possible: up to now, {subject.clock:%Y-%m-%d %H:%M:%S} UTC; "
                "to do: check the file's clock, or time_zone and unit in the mapping",
                parameters,
            )
        )
    return moment, cases, has_offset


def _moment(subject: Subject, raw: str, parameters: Parameters) -> tuple[str, str]:
    """Return the expression of a naive UTC timestamp, and of whether a text names its own zone."""
    in_zone = "{}"
    if subject.time_zone != "UTC":
        in_zone = f"timezone('UTC', timezone({parameters.text(subject.time_zone)}, {{}}))"
    if subject.source.unit:
        scale = TIME_UNITS[subject.source.unit]
        micros = f"TRY_CAST({raw} AS DECIMAL(28,6)) * CAST({parameters.add(scale)} AS DECIMAL(10,3))"
        return f"make_timestamp(TRY_CAST(TRY({micros}) AS BIGINT))", ""
    if subject.source.format:
        pattern = parameters.text(subject.source.format)
        parsed = f"try_strptime(CAST({raw} AS VARCHAR), {pattern})"
        if "%z" in subject.source.format or "%Z" in subject.source.format:
            return f"timezone('UTC', {parsed})", ""
        return in_zone.format(parsed), ""
    if subject.source_type.startswith("TIMESTAMP WITH TIME ZONE"):
        return f"timezone('UTC', {raw})", ""
    if subject.source_type.startswith(("TIMESTAMP", "DATE")):
        return in_zone.format(f"TRY_CAST({raw} AS TIMESTAMP)"), ""
    if not subject.is_text:
        return "CAST(NULL AS TIMESTAMP)", ""
    has_offset = f"regexp_matches({raw}, {parameters.text(_OFFSET)})"
    zoned = f"timezone('UTC', TRY_CAST({raw} AS TIMESTAMPTZ))"
    return (
        f"CASE WHEN {has_offset} THEN {zoned} ELSE {in_zone.format(f'TRY_CAST({raw} AS TIMESTAMP)')} END",
        has_offset,
    )


def _number(subject: Subject, raw: str, parameters: Parameters) -> tuple[str, list[str]]:
    name, value = subject.declared.name, f"value_{subject.declared.name}"
    is_money = subject.declared.type.startswith("DECIMAL")
    number = raw
    if subject.source.divide_by != 1.0:
        kind = "DECIMAL(38,6)" if is_money else "DOUBLE"
        number = f"(TRY_CAST({raw} AS {kind}) / CAST({parameters.add(subject.source.divide_by)} AS DOUBLE))"
    typed = f"TRY_CAST({number} AS {subject.declared.type})"
    as_double = f"TRY_CAST({raw} AS DOUBLE)"
    possible = "a number with a point, 0 to 999999999999.999999, or nothing where it is not known"
    cases = [
        _fault(
            f"{raw} IS NOT NULL AND {as_double} IS NULL",
            f"{name} is not a number: '",
            raw,
            f"'; possible: {possible if is_money else 'a number with a point'}; "
            "to do: correct it, or name the word with empty in the mapping",
            parameters,
        ),
        _fault(
            f"NOT isfinite({as_double})",
            f"{name} is not finite: ",
            raw,
            f"; possible: {possible}; to do: write nothing where it is not known",
            parameters,
        ),
    ]
    if is_money or name == "quantity":
        cases.append(
            _fault(
                f"{as_double} < 0",
                f"{name} is negative: ",
                raw,
                "; possible: zero and above; "
                "to do: say the direction with kind, and write the value without sign",
                parameters,
            )
        )
    if name == "probability":
        cases.append(
            _fault(
                f"{as_double} <= 0 OR {as_double} > 1",
                f"{name} is no chance of being drawn: ",
                raw,
                "; possible: above 0 and at most 1; to do: write the share of the stratum that was drawn, "
                "0.05 for 5 percent",
                parameters,
            )
        )
    if is_money:
        cases.append(
            _fault(
                f"{raw} IS NOT NULL AND {value} IS NULL",
                f"{name} is too large: ",
                raw,
                f"; possible: below {_AMOUNT_LIMIT} in the store's unit; "
                "to do: check the unit (divide_by in the mapping)",
                parameters,
            )
        )
    return typed, cases


def _whole(subject: Subject, raw: str, parameters: Parameters) -> tuple[str, list[str]]:
    name, value = subject.declared.name, f"value_{subject.declared.name}"
    wrong = f"{raw} IS NOT NULL AND ({value} IS NULL OR TRY_CAST({raw} AS DOUBLE) <> {value})"
    return f"TRY_CAST({raw} AS {subject.declared.type})", [
        _fault(
            wrong,
            f"{name} is not a whole number: '",
            raw,
            "'; possible: digits only; to do: correct it",
            parameters,
        )
    ]


def _truth(subject: Subject, raw: str, parameters: Parameters) -> tuple[str, list[str]]:
    name, value = subject.declared.name, f"value_{subject.declared.name}"
    return f"TRY_CAST({raw} AS BOOLEAN)", [
        _fault(
            f"{raw} IS NOT NULL AND {value} IS NULL",
            f"{name} is neither true nor false: '",
            raw,
            "'; possible: true, false, 1, 0, yes, no; "
            "to do: correct it, or name its words below [table.values]",
            parameters,
        )
    ]


def _text(subject: Subject, raw: str, parameters: Parameters) -> tuple[str, list[str]]:
    name, value = subject.declared.name, f"value_{subject.declared.name}"
    unknown = f"{raw} IS NOT NULL AND {value} IS NULL"
    if subject.declared.values:
        words = parameters.add(list(subject.declared.values))
        return f"CASE WHEN list_contains({words}, lower({raw})) THEN lower({raw}) END", [
            _fault(
                unknown,
                f"{name} cannot be '",
                raw,
                f"'; possible: {', '.join(subject.declared.values)}; "
                f"to do: name what the word means below [table.values.{name}]",
                parameters,
            )
        ]
    if name in _COUNTRY_COLUMNS:
        return f"(SELECT alpha2 FROM country_words WHERE word = upper({raw}))", [
            _fault(
                unknown,
                f"{name} is no country: '",
                raw,
                "'; possible: ISO 3166-1 codes of two or three letters (ID, IDN); "
                f"to do: correct it, or name what the word means below [table.values.{name}]",
                parameters,
            )
        ]
    if name == "ip":
        return _address(raw, parameters), [
            _fault(unknown, "ip is no address: '", raw, f"'{IP_ADVICE}", parameters)
        ]
    return raw, []


def _address(raw: str, parameters: Parameters) -> str:
    """Return a v4 address as it is, and what may be a v6 address in small letters (see `spelling`)."""
    is_v4 = f"regexp_full_match({raw}, {parameters.text(_IPV4)})"
    return f"CASE WHEN {is_v4} OR contains({raw}, ':') THEN lower({raw}) END"
