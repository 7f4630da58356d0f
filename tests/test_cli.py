"""Every command through its real door, and every kind of bad input: message, exit code, and what stays as it was."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.store import open_store

pytestmark = pytest.mark.model

ROOT = Path(__file__).parent.parent
BAN = "Council bans boats in the old harbour\nThe city council has banned boats in the old harbour until 31 March.\n"
ORDER = "Court lets farmers burn straw\nThe high court has allowed farmers to burn straw, but not near schools.\n"
Kg = Callable[..., Result]


@pytest.fixture
def kg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs one command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=stdin)

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "ban.txt"
    path.write_text(BAN, encoding="utf-8")
    return path


def read_store(folder: Path) -> list[str]:
    store = open_store(folder)
    lines = sorted(str(quad) for quad in store.read_quads())
    store.close()
    return lines


def test_build_makes_a_store_and_exports_and_says_what_it_did(kg: Kg, article: Path, tmp_path: Path) -> None:
    result = kg("build", "ban.txt", "--export", "out/graph.ttl", "--export", "graph.nq")
    assert result.exit_code == 0, result.stderr
    assert "articles             1 (1 new)" in result.stdout
    assert "files written        out/graph.ttl, graph.nq" in result.stdout
    assert result.stderr == ""
    assert len(list(ox.parse(path=str(tmp_path / "out/graph.ttl")))) > 20


def test_a_second_run_adds_only_what_is_new(kg: Kg, article: Path, tmp_path: Path) -> None:
    kg("build", "ban.txt")
    before = read_store(tmp_path / "kg-store")
    assert "articles             1 (0 new)" in kg("build", "ban.txt").stdout
    assert read_store(tmp_path / "kg-store") == before
    (tmp_path / "copy.md").write_text(BAN, encoding="utf-8")
    (tmp_path / "order.txt").write_text(ORDER, encoding="utf-8")
    assert "articles             2 (1 new)" in kg("build", ".").stdout


def test_remove_leaves_the_graph_that_was_built_without(kg: Kg, article: Path, tmp_path: Path) -> None:
    kg("build", "ban.txt")
    before = read_store(tmp_path / "kg-store")
    kg("build", "-", stdin=ORDER.encode())
    assert read_store(tmp_path / "kg-store") != before
    result = kg("remove", "Court lets farmers burn straw")
    assert result.exit_code == 0, result.stderr
    assert "removed https://w3id.org/decision-kg/id/article/" in result.stderr
    assert read_store(tmp_path / "kg-store") == before
    assert kg("remove", "Court lets farmers burn straw").exit_code == 1


def test_extract_prints_one_object_a_line_with_exact_quotes(kg: Kg, article: Path, tmp_path: Path) -> None:
    (tmp_path / "order.txt").write_text(ORDER, encoding="utf-8")
    result = kg("extract", ".")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["article"] for row in rows] == ["ban", "order"]
    assert {decision["type"] for decision in rows[0]["decisions"]} == {"prohibit"}
    for row, text in zip(rows, (BAN, ORDER), strict=True):
        assert row["decisions"]
        for decision in row["decisions"]:
            assert decision["fused"]
            for passage in [*decision["mentions"], *decision["constraints"]]:
                assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_attributions_print_who_says_what(kg: Kg) -> None:
    text = "Mayor on boats\n“Boats will stay out,” the mayor said on Friday.\n"
    (row,) = [json.loads(line) for line in kg("attributions", "-", stdin=text.encode()).stdout.splitlines()]
    start, end = row["attributions"][0]["source"]
    assert "mayor" in text[start:end]


def test_query_by_text_file_and_name(kg: Kg, article: Path, tmp_path: Path) -> None:
    kg("build", "ban.txt")
    (tmp_path / "count.rq").write_text("SELECT (COUNT(?d) AS ?n) WHERE { ?d a kg:Decision }", encoding="utf-8")
    assert kg("query", "count.rq").stdout.splitlines() == ["n", "1"]
    assert kg("query", "ASK { ?d a kg:Decision }", "--format", "json").stdout.count("true") == 1
    assert kg("query", "decisions").stdout.count("\n") >= 2
    assert "kg:Decision" in kg("query", "CONSTRUCT { ?d a kg:Decision } WHERE { ?d a kg:Decision }").stdout
    assert "decisions" in kg("query", "--list").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "SELECT ?x WHERE { ?x"], "kg: query"),
        (["query", "nonsense"], "nonsense"),
        (["query", "missing.rq"], "missing.rq"),
        (["query", "ASK {}", "--format", "pdf"], "format 'pdf'"),
        (["query", "decisions", "--param", "nobody=1"], "no parameter 'nobody'"),
        (["query", "INSERT DATA { <a:a> <a:a> <a:a> }"], "kg: query"),
        (["export", "-o", "graph.pdf"], "unknown format 'pdf'"),
        (["export", "-o", "graph"], "no ending"),
        (["export", "-o", "/proc/none/graph.ttl"], "cannot be written"),
        (["remove", "000000000000"], "no article '000000000000'"),
    ],
)
def test_bad_questions_and_targets(kg: Kg, article: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    kg("build", "ban.txt")
    before = read_store(tmp_path / "kg-store")
    result = kg(*arguments)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stderr.startswith("kg: ")
    assert result.stdout == ""
    assert read_store(tmp_path / "kg-store") == before


def test_a_parameter_without_value_is_wrong_usage(kg: Kg, article: Path) -> None:
    kg("build", "ban.txt")
    assert kg("query", "decisions", "--param", "actor").exit_code == 2


@pytest.mark.parametrize("command", [["query", "decisions"], ["export", "-o", "x.ttl"], ["remove", "abcdef"]])
def test_commands_that_need_a_store_say_so_and_make_none(kg: Kg, tmp_path: Path, command: list[str]) -> None:
    result = kg(*command)
    assert result.exit_code == 1
    assert "no store at kg-store; kg build makes one" in result.stderr
    assert not (tmp_path / "kg-store").exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty article"),
        ("binary.txt", b"\x7fELF\0\0", "binary file"),
        ("latin.txt", b"caf\xe9", "not UTF-8"),
        ("huge.txt", b"word " * (2 * 1024 * 1024), "10,485,760 bytes"),
        ("page.html", b"<html><body></body></html>", "HTML without article text"),
        ("lines.jsonl", b'{"text": "Fine."}\n{"text": \n', "line 2: broken JSON"),
        ("paper.pdf", b"%PDF-1.7", "unknown format '.pdf'"),
    ],
)
def test_a_bad_article_is_named_and_the_others_are_read(
    kg: Kg, article: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = kg("build", name, "ban.txt", "missing.txt")
    assert result.exit_code == 3
    assert f"skipped: {name}" in result.stderr
    assert message in result.stderr
    assert "skipped: missing.txt: no such file or folder" in result.stderr
    assert "decisions            1" in result.stdout


def test_a_sentence_of_200_000_characters_is_read(kg: Kg, article: Path, tmp_path: Path) -> None:
    clause = "the mayor allowed boats in the old harbour and "
    sentence = "The council banned scooters and " + clause * (200_000 // len(clause)) + "left."
    (tmp_path / "long.txt").write_text(f"Council bans scooters\n\n{sentence}\n", encoding="utf-8")
    result = kg("build", "long.txt", "ban.txt")
    assert result.exit_code == 0
    assert "articles             2" in result.stdout


def test_a_folder_without_articles(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    result = kg("build", "nothing")
    assert result.exit_code == 3
    assert "skipped: nothing: a folder without articles" in result.stderr


def test_an_unknown_model_leaves_no_trace(kg: Kg, article: Path, tmp_path: Path) -> None:
    kg("build", "ban.txt")
    before = read_store(tmp_path / "kg-store")
    result = kg("build", "ban.txt", "--model", "xx_no_such_model")
    assert result.exit_code == 1
    assert "'xx_no_such_model'" in result.stderr
    assert "installed" in result.stderr
    assert read_store(tmp_path / "kg-store") == before


def test_a_bad_ontology_file(kg: Kg, article: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("@prefix kg: <x> . kg:a kg:b", encoding="utf-8")
    result = kg("build", "ban.txt", "--ontology", "mine.ttl")
    assert result.exit_code == 1
    assert "mine.ttl" in result.stderr


@pytest.mark.parametrize("damage", ["foreign", "corrupt", "file"])
def test_a_store_that_is_none(kg: Kg, article: Path, tmp_path: Path, damage: str) -> None:
    store = tmp_path / "kg-store"
    if damage == "file":
        store.write_text("no store", encoding="utf-8")
    elif damage == "foreign":
        store.mkdir()
        (store / "letter.doc").write_text("dear", encoding="utf-8")
    else:
        kg("build", "ban.txt")
        for file in [*store.glob("MANIFEST*"), store / "CURRENT"]:
            file.write_bytes(b"damage\n")
    result = kg("build", "ban.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("kg: store kg-store: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(kg: Kg, article: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir(mode=0o555)
    result = kg("build", "ban.txt", "--export", "out/graph.ttl")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_standard_output_that_closes_early(tmp_path: Path, article: Path) -> None:
    command = f"{sys.executable} -m kg extract {article} {article} | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=tmp_path, env=environment(), check=False)
    assert b"Traceback" not in done.stderr


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Forty articles, enough to interrupt."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        text = BAN.replace("old harbour", f"harbour {number}")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_goes_on_to_the_same_bytes(
    kg: Kg, many: Path, tmp_path: Path, how: signal.Signals
) -> None:
    command = [sys.executable, "-m", "kg", "build", str(many), "--store", "broken"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, text=True)
    wait_for_articles(tmp_path / "broken", process)
    process.send_signal(how)
    _, errors = process.communicate(timeout=120)
    if how is signal.SIGINT and process.returncode != 0:
        assert process.returncode == 130
        assert "interrupted" in errors
    assert kg("build", str(many), "--store", "broken", "--export", "broken.nq").exit_code == 0
    assert kg("build", str(many), "--store", "whole", "--export", "whole.nq").exit_code == 0
    assert (tmp_path / "broken.nq").read_bytes() == (tmp_path / "whole.nq").read_bytes()


def wait_for_articles(store: Path, process: "subprocess.Popen[str]") -> None:
    """Until the store's log has grown, that is, until articles arrive in it."""
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline:
        if sum(file.stat().st_size for file in store.glob("*.log")) > 20_000:
            return
        time.sleep(0.02)


def test_wrong_usage_and_help(kg: Kg) -> None:
    assert kg("nonsense").exit_code == 2
    assert kg("build").exit_code == 2
    assert kg("--version").stdout.startswith("kg ")
    for command in app.registered_commands:
        assert command.callback is not None
        result = kg(command.callback.__name__, "--help")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout


def test_control_characters_do_not_reach_the_terminal(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": "T", "date": "\x1b[2Jtoday"}), encoding="utf-8")
    result = kg("build", "a.json")
    assert "\x1b" not in result.stderr
    assert "is unclear" in result.stderr


def test_reports_views_and_validation(kg: Kg, article: Path, tmp_path: Path) -> None:
    kg("build", "ban.txt")
    for name in ("coverage", "origins", "conflicts", "gaps", "timeline"):
        assert kg("report", name, "--format", "json").exit_code == 0
    assert "allowed: coverage" in kg("report", "weather").stderr
    assert kg("view", "-o", "page.html").exit_code == 0
    assert "<html" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "0 violations" in kg("validate").stdout


def test_a_graph_that_breaks_its_shapes(kg: Kg, article: Path, tmp_path: Path) -> None:
    kg("build", "ban.txt")
    shape = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/decision-kg/ontology#> .
    @prefix x: <https://example.org/> .
    x:shape a sh:NodeShape ; sh:targetClass kg:Decision ; sh:property x:title .
    x:title sh:path x:title ; sh:minCount 1 ; sh:message "a title is missing" ."""
    (tmp_path / "mine.ttl").write_text(shape, encoding="utf-8")
    result = kg("validate", "--shapes", "mine.ttl")
    assert result.exit_code == 4
    assert "a title is missing" in result.stdout
