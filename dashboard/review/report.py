"""The review as files: PDF, one HTML page that works offline, CSV and Parquet, all of one table.

    files = report_of(review)             # {"pdf": b"...", "html": b"...", "csv": b"...", "parquet": b"..."}
    write(review, folder, progress)       # the same to a folder, as watchfloor-2025Q3.pdf and so on

Nothing is fetched, and no clock is read: the PDF is dated by the review's own `as_of`.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jinja2
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import typst

from dashboard import theme
from dashboard.review.content import Content, all_lines, content_of
from dashboard.review.drawings import coloured
from dashboard.review.figures import table_of
from dashboard.review.hashes import Digest, digest
from dashboard.review.model import Review
from data.errors import StoreError
from data.progress import Progress, Step

Form = Literal["pdf", "html", "csv", "parquet"]
FORMS: tuple[Form, ...] = ("pdf", "html", "csv", "parquet")
HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "templates"
STATIC = HERE.parent / "static"
FONTS = STATIC / "fonts"
WEB_FONT = FONTS / "inter-latin-wght-normal.woff2"


def file_name(review: Review, form: Form) -> str:
    """Return the name of a file: `watchfloor-2025Q3.pdf`, with the other quarter where it is not the last."""
    period = review.period
    against = "" if period.base == period.quarter.previous else f"-against-{period.base}"
    return f"watchfloor-{period.quarter}{against}.{form}"


def as_bytes(review: Review, form: Form, digest: Digest = digest) -> bytes:
    """Return the review as the content of one file."""
    lines = all_lines(review)
    table = table_of(lines, digest)
    if form == "csv":
        return _csv(table)
    if form == "parquet":
        return _parquet(table)
    content = content_of(review, table, lines)
    return _pdf(content, review) if form == "pdf" else _html(content)


def write(review: Review, folder: Path, progress: Progress) -> tuple[Path, ...]:
    """Write all four files into `folder`; each takes its name when it is whole. Raises StoreError."""
    paths = []
    for done, form in enumerate(FORMS):
        progress(Step(file_name(review, form), done, len(FORMS), "files"))
        paths.append(_written(folder / file_name(review, form), as_bytes(review, form)))
    progress(Step(paths[-1].name, len(FORMS), len(FORMS), "files"))
    return tuple(paths)


def _written(path: Path, content: bytes) -> Path:
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise StoreError(
            "The report cannot be written.",
            where=str(path),
            possible="a folder with room, which this user may write to",
            to_do=f"Choose another folder with --to. The system says: {error.strerror}",
        ) from error
    finally:
        # Where the folder is none, there is nothing to take away either.
        with suppress(OSError):
            unfinished.unlink()
    return path


def _csv(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pa_csv.write_csv(table, buffer)
    return buffer.getvalue()


def _parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _pdf(content: Content, review: Review) -> bytes:
    colours = theme.variables("light")
    made: Any = typst.compile(
        TEMPLATES / "report.typ",
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        timestamp=review.as_of.replace(tzinfo=UTC, microsecond=0),
        sys_inputs={
            "content": json.dumps(
                {
                    **_painted(content, lambda svg: coloured(svg, colours)),
                    "dated": review.as_of.timetuple()[:6],
                    "mark": (STATIC / "brand" / "mark.svg").read_text(encoding="utf-8"),
                }
            ),
            "colours": json.dumps(dict(colours)),
        },
    )
    return bytes(made)


def _html(content: Content) -> bytes:
    page = _environment().get_template("report.html.jinja")
    return page.render(
        content,
        light=theme.variables("light"),
        dark=theme.variables("dark"),
        mark=(STATIC / "brand" / "mark.svg").read_text(encoding="utf-8"),
        font=base64.b64encode(WEB_FONT.read_bytes()).decode(),
    ).encode()


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _painted(content: Content, paint: Callable[[str], str]) -> Content:
    """Return the content with every picture in it painted; a picture is a text that begins as SVG."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return paint(value) if value.startswith("<svg") else value
        if isinstance(value, Mapping):
            return {name: walk(inner) for name, inner in value.items()}
        return [walk(inner) for inner in value] if isinstance(value, list | tuple) else value

    painted: Content = walk(content)
    return painted
