"""The rules of the house, held over all files: what may stand where, and that everything written is used."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from data.home import PROJECT_ROOT
from data.statement import read_statement

ROOMS = ("data", "scoring", "desk", "dashboard", "pages")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?\b|#[0-9a-fA-F]{3}\b|\b(?:rgb|hsl)a?\(\s*\d")
NAMES_COLOURS = {"dashboard/theme.py", "dashboard/look.css", ".streamlit/config.toml"}
# A name that says nothing: what has no home in a named file is a concept without a name.
WITHOUT_A_CONCEPT = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}
LONGEST_FILE = 350


def files(*endings: str, rooms: tuple[str, ...] = ROOMS) -> list[Path]:
    return [
        path for room in rooms for path in sorted((PROJECT_ROOT / room).rglob("*")) if path.suffix in endings
    ]


def relative(path: Path) -> str:
    return str(path.relative_to(PROJECT_ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def texts(rooms: tuple[str, ...]) -> Iterator[str]:
    """Yield every text in the Python files of `rooms`; what an f-string fills in stands as `*`."""
    for path in files(".py", rooms=rooms):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(str(p.value) if isinstance(p, ast.Constant) else "*" for p in node.values)


def names_a_file(text: str) -> re.Pattern[str] | None:
    """Return what file names `text` stands for; None where nothing but the ending is written."""
    if not re.fullmatch(r"[\w*.]+", text) or len(text.removesuffix(".sql").replace("*", "")) < 3:
        return None
    return re.compile(re.escape(text.removesuffix(".sql")).replace(r"\*", r"\w+"))


def test_every_statement_begins_with_a_sentence() -> None:
    faults = []
    for path in files(".sql", rooms=(*ROOMS, "benchmarks")):
        sentence = read_statement(path).sentence
        if not (sentence[0].isupper() and sentence[-1] in ".?" and len(sentence.split()) > 2):
            faults.append(f"{relative(path)}: {sentence}")

    assert faults == []


def test_every_statement_of_the_product_is_read_by_the_product() -> None:
    patterns = {pattern for text in texts(ROOMS) if (pattern := names_a_file(text)) is not None}

    unread = [
        relative(path)
        for path in files(".sql")
        if not any(pattern.fullmatch(path.stem) for pattern in patterns)
    ]

    assert unread == []


def test_no_colour_is_named_outside_the_theme() -> None:
    faults = [
        relative(path)
        for path in (*files(".py", ".css", ".sql"), *(PROJECT_ROOT / ".streamlit").iterdir())
        if relative(path) not in NAMES_COLOURS and COLOUR.search(path.read_text(encoding="utf-8"))
    ]

    assert faults == []


@pytest.mark.parametrize("module", ["scoring.contract", "dashboard.cli"])
def test_importing_declarations_and_commands_loads_no_screen_and_no_model(module: str) -> None:
    code = (
        f"import sys, {module}\n"
        "heavy = ('streamlit', 'sklearn', 'shap', 'statsmodels', 'plotly')\n"
        "print([name for name in heavy if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT_ROOT, capture_output=True, text=True)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_only_the_store_connects_to_duckdb() -> None:
    connecting = [
        relative(path)
        for path in files(".py", rooms=(*ROOMS, "benchmarks"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "connect"
        if isinstance(node.value, ast.Name) and node.value.id == "duckdb"
    ]

    assert set(connecting) == {"data/store.py"}


def test_every_file_has_a_concept_for_a_name_and_fits_in_the_head() -> None:
    everywhere = files(".py", rooms=(*ROOMS, "tests", "benchmarks"))
    lines = {relative(path): path.read_text(encoding="utf-8").count("\n") for path in everywhere}

    assert [name for name in lines if Path(name).name in WITHOUT_A_CONCEPT] == []
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_rooms_import_only_downwards() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-cache"], cwd=PROJECT_ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
