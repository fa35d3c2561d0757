"""The four files say the same: figures are read back from the PDF's text, the HTML, the CSV and Parquet."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pyarrow.parquet as pq
import pypdf
import pytest
from small_review import FACTS, empty_review, small_period, small_review

from dashboard import theme
from dashboard.questions.measures import Reading
from dashboard.questions.period import shown_period
from dashboard.review import content, report
from dashboard.review.figures import Line, lines_of
from dashboard.review.hashes import Hashes
from dashboard.review.model import Review
from dashboard.tables import Asked
from data.errors import StoreError
from data.progress import Step, silent


def hashed(asked: Asked) -> Hashes:
    return Hashes(f"{len(asked.name):064d}", f"{len(asked.name) + 1:064d}")


@pytest.fixture(autouse=True)
def no_countries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A review by hand has no store to ask for the countries of a region."""
    found: dict[str, Reading] = {}
    monkeypatch.setattr(content, "readings_in", lambda *_: found)


class Cells(HTMLParser):
    """The rows of all tables of a page, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self._is_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._is_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._is_cell = self._is_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.rows[-1][-1] += data


def html_of(review: Review) -> tuple[str, Cells]:
    text = report.as_bytes(review, "html", hashed).decode()
    cells = Cells()
    cells.feed(text)
    return text, cells


def pdf_text(made: bytes) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


def measures(review: Review) -> list[Line]:
    return [line for line in lines_of(review) if line.block == "measure"]


def test_the_csv_and_parquet_hold_every_figure_as_it_is_shown(review: Review) -> None:
    rows = list(csv.DictReader(io.StringIO(report.as_bytes(review, "csv", hashed).decode())))
    lines = lines_of(review)
    wanted = [(line.title, line.region, line.shown, line.change, line.interval) for line in lines]
    names = ("title", "region", "shown", "change", "interval")
    assert [tuple(row[name] for name in names) for row in rows] == wanted
    packed = pq.read_table(io.BytesIO(report.as_bytes(review, "parquet", hashed))).to_pylist()
    assert [tuple(row[name] for name in names) for row in packed] == wanted
    assert packed[0]["query_sha256"] == f"{len('rows_organised_crime'):064d}"


def test_the_html_shows_the_figures_of_the_csv(review: Review) -> None:
    _, cells = html_of(review)
    for line in measures(review):
        name = line.title if not line.region else f"{line.title}, {line.place}"
        assert [name, line.shown, line.base_shown, line.change, line.interval] in cells.rows
    assert ["Freeze", "130", "126", "121", "4", "3.20"] in cells.rows
    assert ["Missing memo", "340", "301", "5", "300K USDT"] in cells.rows


def test_the_pdf_shows_the_figures_of_the_csv(review: Review) -> None:
    said = pdf_text(report.as_bytes(review, "pdf", hashed))
    for line in measures(review):
        name = line.title if not line.region else f"{line.title} {line.place}"
        figures = [name, line.shown, line.base_shown, line.change, line.interval]
        wanted = " ".join(part for part in figures if part)
        assert wanted in said, f"{wanted!r} is not in the PDF"
    assert "Freeze 130 126 121 4 3.20" in said


def test_the_pdf_says_on_each_page_that_data_is_made_up(review: Review) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made(review))).pages]
    assert len(pages) > 2
    assert all("Synthetic data" in page for page in pages)
    assert all(f"{number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    real = pdf_text(made(empty_review(small_period())))
    assert "Synthetic" not in real


def made(review: Review) -> bytes:
    return report.as_bytes(review, "pdf", hashed)


def test_the_same_review_gives_the_same_bytes() -> None:
    for form in report.FORMS:
        assert report.as_bytes(small_review(), form, hashed) == report.as_bytes(small_review(), form, hashed)


def test_the_pdf_is_dated_by_the_review_and_embeds_its_own_font(review: Review) -> None:
    read = pypdf.PdfReader(io.BytesIO(made(review)))
    assert str(read.metadata.creation_date if read.metadata else "").startswith("2025-10-31 23:00")
    fonts = {str(font["/BaseFont"]) for page in read.pages for font in page["/Resources"]["/Font"].values()}
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} >= {"Inter"}


def test_the_html_fetches_nothing_and_runs_nothing(review: Review) -> None:
    text, cells = html_of(review)
    assert cells.fetched == []
    assert "script" not in cells.tags
    assert set(re.findall(r"url\(([a-z:/0-9]+)", text)) == {"data:font/woff2"}


def test_the_html_has_both_themes(review: Review) -> None:
    text, _ = html_of(review)
    assert "@media (prefers-color-scheme: dark)" in text
    for kind in ("light", "dark"):
        assert f"--wf-accent:{theme.variables(kind)['--wf-accent']};" in text


def test_a_text_of_the_data_cannot_become_html(review: Review) -> None:
    text, _ = html_of(replace(review, notes=("<script>alert(1)</script>",)))
    assert "&lt;script&gt;alert(1)" in text


def test_an_empty_review_says_what_is_missing() -> None:
    said = pdf_text(made(empty_review(small_period())))
    for words in (
        "No region is known.",
        "No money was frozen in the quarter.",
        "No request is known in the quarter.",
        "No dated measure, displacement or audit is known.",
    ):
        assert words in said
        assert words in html_of(empty_review(small_period()))[0]


def test_the_public_figures_stand_beside_ours_with_why_they_are_not_comparable(review: Review) -> None:
    _, cells = html_of(review)
    row = next(row for row in cells.rows if row and row[0].startswith("70,621"))
    assert row[1:4] == ["-36 %", "\u2013", "\u2013"]
    assert row[-1] == "Not comparable: the unit changed from attempts to cases."


def test_a_report_is_named_after_its_quarters(review: Review) -> None:
    assert report.file_name(review, "pdf") == "watchfloor-2025Q3.pdf"
    other = small_review(shown_period("2025Q3", FACTS, "2025Q1"))
    assert report.file_name(other, "csv") == "watchfloor-2025Q3-against-2025Q1.csv"


def test_a_folder_that_cannot_be_written_is_an_error_that_says_what_to_do(
    review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "as_bytes", lambda _review, form: form.encode())
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="Choose another folder with --to"):
        report.write(review, tmp_path / "file", silent)
    told: list[Step] = []
    paths = report.write(review, tmp_path / "new", told.append)
    assert [path.read_text() for path in paths] == ["pdf", "html", "csv", "parquet"]
    assert (told[-1].done, told[-1].total) == (4, 4)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(p.name for p in paths)
