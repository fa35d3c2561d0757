"""The test of unknown species on frames and models made by hand, then on a small store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from data.home import Home
from data.progress import silent
from data.store import Store, memory_store
from scoring.attack_errors import Tried
from scoring.contract import SCORING_TABLES
from scoring.frame import Frame, empty_frame
from scoring.liveness import LIVENESS
from scoring.registry import models_in_force
from scoring.run import score
from scoring.training import train
from scoring.unknown_species import BUDGET_SECONDS, Unseen, newest_quarter, tried_on, without

START = datetime(2025, 1, 1)
DAY = timedelta(days=1)
# Species by the one feature that gives them away in `store_of`: injections have no sensor noise, prints
# do not obey prompts.
EMULATOR, PRINT = "injection_emulator", "presentation_print"
RECIPE = replace(LIVENESS, trees=replace(LIVENESS.trees, rounds=20), fewest_cases=20)


class Level:
    """Trees that answer the one feature of their rows, or 9 where they know its species."""

    def __init__(self, known: set[float]) -> None:
        self._known = known

    def decision_function(self, matrix: np.ndarray) -> np.ndarray:
        return np.array([9.0 if value in self._known else value / 1000 for value in matrix[:, 0]])


def grown(frame: Frame) -> Level:
    return Level(set(frame.matrix[frame.is_crime, 0]))


def frame_of(rows: list[tuple[float, bool, int, str | None]]) -> Frame:
    """Rows of (feature, is known as crime, account, species)."""
    value, is_crime, account, species = zip(*rows, strict=True)
    return replace(
        empty_frame(1),
        matrix=np.array(value, dtype=float)[:, None],
        is_crime=np.array(is_crime),
        account=np.array(account),
        occurred_at=np.full(len(rows), np.datetime64(START)),
        region=np.full(len(rows), "cis", dtype=object),
        kind=np.full(len(rows), "identity_check", dtype=object),
        amount=np.zeros(len(rows)),
        typology=np.array(species, dtype=object),
    )


def unseen_of(honest: int, species: dict[str, tuple[float, int]]) -> Unseen:
    """`honest` people with the features 1, 2, ..., and so many attacks of each species with its feature."""
    value = [*range(1, honest + 1), *(v for v, count in species.values() for _ in range(count))]
    names = [None] * honest + [name for name, (_, count) in species.items() for _ in range(count)]
    is_attack = np.array([name is not None for name in names])
    tried = Tried(is_attack, np.array(names, dtype=object), np.arange(len(names)))
    return Unseen(np.array(value, dtype=float)[:, None], tried)


TRAINING = frame_of([(1, False, 1, None), (2, False, 2, None), (-1, True, 3, EMULATOR), (-2, True, 4, PRINT)])


def test_a_species_that_was_left_out_passes_and_one_that_was_known_does_not() -> None:
    # Of 300 people three may be disturbed: the highest. Unknown species lie far below them.
    rows = list(tried_on(TRAINING, unseen_of(300, {EMULATOR: (-1, 12), PRINT: (-2, 20)}), grown, lambda: 0.0))

    assert [(r["species"], r["attacks"], r["bpcer"], r["apcer_known"], r["apcer_unknown"]) for r in rows] == [
        (EMULATOR, 12, 0.01, 0.0, 1.0),
        (PRINT, 20, 0.01, 0.0, 1.0),
    ]
    # Twelve of twelve: Wilson's lower end is n / (n + z^2) = 12 / 15.84146.
    assert rows[0]["unknown_low"] == pytest.approx(0.7575, abs=1e-4)


def test_with_too_few_people_for_one_in_a_hundred_nothing_is_tested() -> None:
    assert list(tried_on(TRAINING, unseen_of(299, {PRINT: (-2, 20)}), grown, lambda: 0.0)) == []


def test_a_species_that_training_never_saw_is_not_left_out_of_it() -> None:
    assert list(tried_on(TRAINING, unseen_of(300, {"mask": (-3, 20)}), grown, lambda: 0.0)) == []


def test_where_time_runs_out_the_rest_stands_without_shares() -> None:
    times = iter([0.0, BUDGET_SECONDS - 1, BUDGET_SECONDS + 1])
    unseen = unseen_of(300, {EMULATOR: (-1, 12), PRINT: (-2, 20)})

    rows = list(tried_on(TRAINING, unseen, grown, lambda: next(times)))

    assert rows[0]["apcer_unknown"] == 1.0
    assert rows[1] == {"species": PRINT, "attacks": 20}


def test_rows_of_a_species_go_also_where_nobody_had_labelled_them_or_named_it() -> None:
    frame = frame_of([
        (1, True, 1, PRINT),
        (2, False, 2, PRINT),      # known only later: not called bona fide
        (3, True, 1, None),        # another attack of the first one's account
        (4, False, 1, None),       # an honest check of that account stays
        (5, True, 3, None),        # an attack of nobody knows what
        (6, True, 4, EMULATOR),
    ])  # fmt: skip

    assert without(frame, PRINT).matrix[:, 0].tolist() == [4, 5, 6]
    assert without(frame, None) is frame


def store_of(store: Store) -> None:
    """A check every hour of 270 days; a tenth are emulators, a tenth prints, known after a day, in turns."""
    rng = np.random.default_rng(3)
    count = 24 * 270
    place = np.arange(count) % 10
    times = [START + timedelta(hours=n) for n in range(count)]
    checks = {
        "event_id": [f"e{n:05}" for n in range(count)],
        "account_id": [f"a{n}" for n in range(count)],
        "occurred_at": times,
        "is_virtual_camera": [False] * count,
        "is_emulator": [False] * count,
        "sensor_noise": np.where(place == 0, 0.1, rng.lognormal(0.7, 0.2, count)),
        "prompts_obeyed": np.where(place == 1, 0.1, rng.uniform(0.8, 1.0, count)),
        "ingest_seq": list(range(1, count + 1)),
    }
    attacks = [n for n in range(count) if place[n] < 2]
    labels = {
        "label_id": [f"l{n}" for n in attacks],
        "event_id": [f"e{n:05}" for n in attacks],
        "account_id": [f"a{n}" for n in attacks],
        "outcome": ["confirmed"] * len(attacks),
        "typology": [EMULATOR if place[n] == 0 else PRINT for n in attacks],
        "known_at": [times[n] + DAY for n in attacks],
        "ingest_seq": [count + 1 + n for n in attacks],
    }
    with store.writing() as cursor:
        for table, columns in (("liveness_checks", checks), ("labels", labels)):
            cursor.register("given", pa.table(columns))
            insert = f"INSERT INTO {table} BY NAME SELECT * FROM given"
            cursor.execute(insert)
            cursor.unregister("given")


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Home]]:

    home = Home(tmp_path_factory.mktemp("species"))
    with memory_store() as store:
        store.create(SCORING_TABLES)
        store_of(store)
        train(store, home, silent, recipes=(RECIPE,))
        score(store, home, silent, recipes=(RECIPE,))
        yield store, home


def test_scoring_leaves_each_species_out_in_the_newest_complete_quarter(tested: tuple[Store, Home]) -> None:
    store, _ = tested
    cursor = store.cursor()
    found = cursor.execute(
        "SELECT quarter, model_version, species, attacks, apcer_known, apcer_unknown"
        " FROM unknown_species ORDER BY species"
    ).fetchall()
    cursor.close()

    # The last event is of 27 September: the second quarter is the newest that is over. It has the checks
    # 2,160 to 4,343: of each species every tenth, the first 2,160 and 2,161. Each is given away
    # by one signal, which no other species moves.
    assert [(str(row[0]), row[1][:19], row[2], row[3]) for row in found] == [
        ("2025-04-01", "liveness-2025-04-01", EMULATOR, 219),
        ("2025-04-01", "liveness-2025-04-01", PRINT, 219),
    ]
    for *_, known, unknown in found:
        assert known < 0.05
        assert unknown > 0.9


def test_the_newest_quarter_needs_a_model_from_before_it(tested: tuple[Store, Home]) -> None:
    store, home = tested
    in_force = models_in_force(store, home, (RECIPE,))

    def quarter(watermark: datetime) -> tuple[datetime, datetime] | None:
        found = newest_quarter(in_force, watermark)
        return None if found is None else found[1:]

    april, july, october = datetime(2025, 4, 1), datetime(2025, 7, 1), datetime(2025, 10, 1)
    # The first model scores the first quarter too, but it was trained there.
    assert quarter(datetime(2025, 6, 30)) is None
    assert quarter(july) == (april, july)
    assert quarter(datetime(2025, 10, 31)) == (july, october)
