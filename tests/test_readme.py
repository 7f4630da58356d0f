"""README is executed: its commands, queries, Python and Turtle run in order in one folder."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.articles import FIELD_NAMES
from kg.cli import app
from kg.ontology import load_ontology
from kg.query import run_query
from kg.store import open_store

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def blocks_of(language: str) -> list[str]:
    return [code for kind, code in BLOCKS if kind == language]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the seeds, README's ontology file, and the store that README's commands make."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    (folder / "mine.ttl").write_text("".join(blocks_of("turtle")), encoding="utf-8")
    script = "".join(blocks_of("bash"))
    kg = f'kg() {{ {shlex.quote(sys.executable)} -m kg "$@"; }}\nset -e -o pipefail\n'
    done = subprocess.run(
        ["bash", "-c", kg + script],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.model
def test_commands_run_in_order(folder: Path) -> None:
    assert (folder / "graph.trig").exists()


@pytest.mark.model
@pytest.mark.parametrize("query", blocks_of("sparql"))
def test_queries_have_answers(folder: Path, query: str) -> None:
    store = open_store(folder / "kg-store")
    solutions = run_query(store, query)
    assert isinstance(solutions, ox.QuerySolutions)
    found = list(solutions)
    store.close()
    assert found


@pytest.mark.model
@pytest.mark.parametrize("code", blocks_of("python"))
def test_python_runs(
    folder: Path, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize("code", blocks_of("turtle"))
def test_turtle_loads(tmp_path: Path, code: str) -> None:
    (tmp_path / "mine.ttl").write_text(code, encoding="utf-8")
    assert load_ontology(tmp_path / "mine.ttl").version != load_ontology().version


def test_each_command_and_each_target_stands_in_readme() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"kg {command.callback.__name__}" in README
    targets = re.findall(r"^make (\w+)$", "".join(blocks_of("sh")), re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(targets) >= {"install", "demo", "test"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_each_accepted_field_name_stands_in_readme() -> None:
    assert [name for names in FIELD_NAMES.values() for name in names if name not in README] == []


def test_files_named_in_readme_exist() -> None:
    named = re.findall(r"`((?:kg|tests|seeds|ontology)/[\w/.-]+)`", README)
    assert [name for name in named if not (ROOT / name).exists()] == []
