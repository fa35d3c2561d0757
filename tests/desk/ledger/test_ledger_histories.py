"""Random histories of money: whoever does what in whatever order, the ledger is whole and the rule holds.

Thousands of them, with people at once and kills, are in `benchmarks/ledger_histories.py`.
"""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import desk.freezes
import desk.ledger
import desk.recoveries
from benchmarks.ledger_acts import ACTORS, LIARS, NOW, VERBS, Act, Played, faults
from data.home import PROJECT_ROOT, Home
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records

# Those who may do most things, so that histories come far.
ABLE = [actor for actor in ACTORS if actor.role in ("risk_manager", "desk_lead", "analyst", "liaison")]
ACTS = st.lists(
    st.builds(
        Act,
        st.sampled_from(VERBS),
        st.one_of(st.sampled_from(ABLE), st.sampled_from([*ACTORS, *LIARS])),
        st.integers(0, 3),
        st.integers(1, 4),
        st.sampled_from((0, 0, 0, 0, 0, 0, 1, 40)),
    ),
    min_size=5,
    max_size=40,
)
_runs = itertools.count()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    records = open_records(Home(tmp_path_factory.mktemp("histories")), {})
    found(records, DEMONSTRATION, NOW)
    yield records
    records.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTS)
def test_whatever_anybody_does_money_is_neither_made_nor_lost_nor_moved_alone(
    kept: Records, acts: list[Act]
) -> None:
    played = Played(kept, f"H{next(_runs)}")
    for act in acts:
        played.play(act)
    assert played.breaches == []
    assert played.differs() == ""
    assert faults(kept) == []


# One way through it: a hold is confirmed, ordered, partly handed over, the rest given back; a claim is paid.
ANA, LENA, LIN, OLGA, RITA, ROLF = 4, 2, 7, 6, 0, 1
WAY = [
    ("hold", RITA, 0, 4), ("confirm", ANA, 0, 1), ("take_over", LIN, 0, 3), ("approve", RITA, 0, 1),
    ("carry_out", RITA, 0, 1), ("seize", LIN, 0, 2), ("approve", LENA, 0, 1), ("carry_out", LENA, 0, 1),
    ("end_order", LIN, 0, 1), ("approve", ROLF, 0, 1), ("carry_out", LIN, 0, 1), ("release", ANA, 0, 2),
    ("approve", ROLF, 0, 1), ("carry_out", ROLF, 0, 1), ("ask_payment", OLGA, 0, 3), ("finish", OLGA, 2, 1),
]  # fmt: skip


def test_a_history_that_comes_far_moves_what_the_model_says(home: Home, environment: dict[str, str]) -> None:
    records = open_records(home, environment)
    found(records, DEMONSTRATION, NOW)
    played = Played(records, "W")
    done = [played.play(Act(verb, ACTORS[who], place, amount, 0)) for verb, who, place, amount in WAY]
    assert done == [True] * len(WAY)
    # 4 held: 2 of the 3 that were ordered are handed over, the rest given back, and 3 paid on a claim.
    expected = {"available": -4, "seized": 2, "released": 2, "mistaken": -3, "recovered": 3}
    assert {name: micro // 1_000_000 for name, micro in played.lies.items() if micro} == expected
    assert (played.differs(), faults(records)) == ("", [])
    records.close()


# Every public function that is given the records, or a transaction: what it may do to the ledger.
MOVES_WHAT_WAS_APPROVED = {
    "desk.freezes.acting.carry_out",
    "desk.freezes.writing.move_out",
    "desk.freezes.writing.stop",
    "desk.freezes.writing.write",
    "desk.ledger.posting.post",
    "desk.recoveries.paying.pay",
}
MOVES_AS_THE_PROGRAM = {
    "desk.freezes.acting.lapse",
    "desk.freezes.placing.run.place",
    "desk.recoveries.past.take_past",
}


def public_functions() -> dict[str, Any]:
    """The public functions of the rooms of money that may write: by name with their room."""
    there = {}
    for room in (desk.ledger, desk.freezes, desk.recoveries):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            for name, each in vars(importlib.import_module(module.name)).items():
                if inspect.isfunction(each) and each.__module__ == module.name and not name.startswith("_"):
                    there[f"{module.name}.{name}"] = each
    given = ("Records", "Connection")
    return {
        name: each
        for name, each in there.items()
        if any(kind in str(each.__annotations__.get(one)) for one in each.__annotations__ for kind in given)
    }


def reached(name: str, there: dict[str, Any]) -> set[str]:
    """The names that the source of a function, and of those of its own module that it calls, speaks of."""
    words: set[str] = set()
    module = importlib.import_module(there[name].__module__)
    todo = [there[name]]
    while todo:
        found_ = set(re.findall(r"\b(\w+)\(", inspect.getsource(todo.pop())))
        own = [vars(module).get(word) for word in found_ - words]
        todo += [each for each in own if inspect.isfunction(each) and each.__module__ == module.__name__]
        words |= found_
    return words


def test_no_public_function_moves_money_but_those_that_are_named_here() -> None:
    there = public_functions()
    named = MOVES_WHAT_WAS_APPROVED | MOVES_AS_THE_PROGRAM
    # `write` also writes steps that move nothing; whatever it moves goes through `post`.
    movers = {name.rpartition(".")[2] for name in named} - {"write"}
    assert {name for name in there if reached(name, there) & movers} == named
    product = [path for room in ("desk", "dashboard") for path in (PROJECT_ROOT / room).rglob("*.py")]
    inserting = [path for path in product if "insert(LEDGER_TRANSFERS)" in path.read_text(encoding="utf-8")]
    assert [path.name for path in inserting] == ["posting.py"]
