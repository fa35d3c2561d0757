from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from data.lines import records_of

VALUES = st.text(alphabet='ab",\n\r x', max_size=6)


def test_a_record_stands_on_the_line_of_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b'a,b\n1,"x\ny"\n\n2,z')
    records = records_of(path, has_quotes=True)
    assert records.lines.tolist() == [1, 2, 5]
    assert [records.text(i) for i in range(3)] == ["a,b", '1,"x\ny"', "2,z"]


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=12))
def test_lines_agree_with_the_slow_reader_of_the_standard_library(values: list[tuple[str, str]]) -> None:
    written = io.StringIO(newline="")
    # Lines end in \n alone here, so that a lone carriage return inside quotes is no line for either side.
    values = [(a.replace("\r", ""), b.replace("\r", "")) for a, b in values]
    writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
    starts = []
    line = 1
    for row in values:
        starts.append(line)
        writer.writerow(row)
        line += 1 + sum(value.count("\n") for value in row)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(written.getvalue().encode())
        assert records_of(path, has_quotes=True).lines.tolist() == starts
