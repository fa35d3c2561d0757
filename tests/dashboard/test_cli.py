from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dashboard.cli import cli, main
from dashboard.command_page import commands

WHERE = "WATCHFLOOR_HOME"


@pytest.fixture(autouse=True)
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(WHERE, str(tmp_path / "var"))
    return tmp_path / "var"


def run(*arguments: str) -> int:
    """Run the command in this process and return its exit code."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_there_are_the_commands_that_the_issue_names() -> None:
    names = {name for name, _ in commands()}
    assert names == {
        "demo", "load", "map", "train", "score", "open", "doctor", "export", "signatures",
        "report", "retrain", "signatures import", "version", "verify", "people", "evidence",
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_has_help_for_itself_and_for_each_option(name: str) -> None:
    shown = CliRunner().invoke(cli, [*name.split(), "--help"])
    assert shown.exit_code == 0
    command = dict(commands())[name]
    assert command.help
    assert command.help.strip().endswith(".")
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
            assert parameter.opts[0] in shown.output


def test_the_command_line_loads_neither_streamlit_nor_models() -> None:
    code = (
        "import sys; import dashboard.cli; from click.testing import CliRunner; "
        "CliRunner().invoke(dashboard.cli.cli, ['version']); "
        "print(sorted({'streamlit', 'sklearn', 'shap', 'duckdb', 'plotly'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_version_is_the_packages_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("version") == 0
    assert re.fullmatch(r"watchfloor \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_a_wrong_use_ends_with_two_and_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("load") == 2
    assert "Usage: " in capsys.readouterr().err
    assert run("dance") == 2


def test_an_error_that_a_person_can_mend_is_text_and_ends_with_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("train") == 1
    said = capsys.readouterr().err
    assert "There are no events to score." in said
    assert "watchfloor load FILES --map mapping.toml" in said
    assert "Traceback" not in said


def test_a_table_is_exported_whole_with_its_count(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "settings.csv"
    assert run("export", "settings", "--to", str(target)) == 0
    assert capsys.readouterr().out.strip() == f"4 rows are in {target}"
    assert target.read_text().splitlines()[0] == "name,value"
    assert len(target.read_text().splitlines()) == 5


def test_an_unknown_table_is_refused_with_those_there_are(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("export", "acounts", "--to", str(tmp_path / "x.csv")) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "There is no table or question called 'acounts'." in said
    assert "accounts, transactions, logins" in said


def test_the_doctor_says_what_an_empty_store_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor") == 0
    assert "The store has no events." in capsys.readouterr().out


@pytest.mark.parametrize("command", ["open", "demo"])
def test_another_address_than_this_machines_is_refused(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command, "--address", "0.0.0.0", "--no-browser") == 1
    said = capsys.readouterr().err
    assert "Watchfloor does not listen on 0.0.0.0: it has no sign-in in local mode." in said
    assert "ssh -L 8501:127.0.0.1:8501 HOST" in said


@pytest.fixture
def opened(homes: Path) -> Iterator[subprocess.Popen[str]]:
    """A real `watchfloor open` on an empty store, its wanted port taken by somebody else."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "open", "--no-browser", "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with process:
            yield process
            process.terminate()
            process.wait(20)
    assert homes.exists()


FAILING_BUILD = """
import data.world
from data.errors import StoreError

def build_world(*_, **__):
    raise StoreError("The disk is full.", to_do="Free space.")

data.world.build_world = build_world
from dashboard import cli
cli.FAREWELL_SECONDS = 0.1
cli.main(["demo", "--no-browser", "--scale", "0.001", "--port", "8700"])
"""


@pytest.mark.usefixtures("homes")
def test_a_demonstration_that_cannot_be_built_says_why_and_ends_with_one() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAILING_BUILD],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
    assert "Write a made-up exchange" in done.stderr
    assert "The disk is full.\nWhat to do: Free space." in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


def answers(url: str) -> bool:
    """Whether the server at `url` says within twenty seconds that it is well."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as said:
                return bool(said.read() == b"ok")
        except OSError:
            time.sleep(0.2)
    return False


def test_an_open_dashboard_takes_the_next_port_and_the_work_of_other_commands(
    opened: subprocess.Popen[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert opened.stdout is not None
    said = opened.stdout.readline()
    told = re.search(r"open at (http://127\.0\.0\.1:\d+) \(port \d+ is taken\)\. Stop it with Ctrl-C\.", said)
    assert told is not None
    target = tmp_path / "files.parquet"
    assert run("export", "files", "--to", str(target)) == 0
    assert capsys.readouterr().out.strip() == f"0 rows are in {target}"
    assert run("open") == 0
    assert f"It is open already: {told[1]}" in " ".join(capsys.readouterr().out.split())
    assert answers(told[1])
    opened.terminate()
    assert opened.wait(20) == 0
