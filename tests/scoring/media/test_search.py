"""Near-duplicate search answers what comparing every print with every other answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from data.errors import ModelError
from scoring.media.search import BYTES, PrintIndex, Prints, from_hex


def any_prints(size: int, seed: int) -> Prints:
    """Prints around five originals, up to all bits away."""
    rng = np.random.default_rng(seed)
    originals = rng.integers(0, 256, (5, BYTES), dtype=np.uint8)
    flips = rng.random((size, 8 * BYTES)) < rng.random((size, 1)) / 2
    return originals[rng.integers(5, size=size)] ^ np.packbits(flips, axis=1)


def filled(prints: Prints) -> PrintIndex:
    index = PrintIndex()
    index.add(prints)
    return index


@pytest.mark.parametrize("radius", [0, 1, 40, 128, 256])
def test_near_answers_every_pair_within_the_radius(radius: int) -> None:
    held, asked = any_prints(80, 1), any_prints(30, 2)
    asked[:3] = held[:3]

    near = filled(held).near(asked, radius)

    found = set(zip(near.query.tolist(), near.row.tolist(), near.distance.tolist(), strict=True))
    slow = {
        (query, row, bits)
        for query, one in enumerate(asked)
        for row, other in enumerate(held)
        if (bits := sum(bin(a ^ b).count("1") for a, b in zip(one.tolist(), other.tolist(), strict=True)))
        <= radius
    }
    assert found == slow
    assert len(near) == len(slow)


def test_rows_are_in_the_order_of_adding() -> None:
    prints = any_prints(10, 3)
    index = filled(prints[:4])
    index.add(prints[4:])

    assert len(index) == 10
    assert index.near(prints[7:8], 0).row.tolist() == [7]


def test_an_empty_index_finds_nothing() -> None:
    assert len(PrintIndex().near(any_prints(3, 0), 256)) == 0


def test_a_saved_index_is_the_same_after_loading(tmp_path: Path) -> None:
    prints = any_prints(50, 4)
    filled(prints).save(tmp_path / "faces.index")

    loaded = PrintIndex.load(tmp_path / "faces.index")

    assert loaded.near(prints, 30).row.tolist() == filled(prints).near(prints, 30).row.tolist()


def test_a_file_that_is_no_index_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "faces.index"
    path.write_text("nothing of the kind")

    with pytest.raises(ModelError, match=r"no index of fingerprints.\nWhere: .*faces.index"):
        PrintIndex.load(path)


def test_prints_of_another_length_are_refused() -> None:
    with pytest.raises(ModelError, match=r"shape \(2, 16\)"):
        PrintIndex().add(np.zeros((2, 16), np.uint8))


def test_many_may_read_while_one_adds() -> None:
    prints = any_prints(2000, 5)
    index = filled(prints[:100])

    def ask(number: int) -> bool:
        if number % 10 == 0:
            index.add(prints[100 + number : 110 + number])
        return bool((index.near(prints[:1], 0).row == 0).any())

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(200)))
    assert len(index) == 100 + 20 * 10


def test_hexadecimal_texts_become_rows() -> None:
    assert from_hex(["00" * 31 + "ff", "FF" * 32]).tolist() == [[0] * 31 + [255], [255] * 32]
    assert from_hex([]).shape == (0, BYTES)
