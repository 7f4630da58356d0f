"""The rules of the house (README, architecture), read from the source: a breach fails the build."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

ROOT = Path(__file__).parent.parent
KG = "https://w3id.org/decision-kg/ontology#"
MODULES = sorted((ROOT / "kg").rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in MODULES]

TEXT_HALF = ("kg/articles/", "kg/extractors/", "kg/language/", "kg/parsing.py", "kg/training/")
GRAPH_HALF = (
    "kg/article_graph.py",
    "kg/bibliography.py",
    "kg/corrections.py",
    "kg/exporters/",
    "kg/fusion/",
    "kg/literals.py",
    "kg/odrl.py",
    "kg/oxigraph.py",
    "kg/query.py",
    "kg/reports",
    "kg/service",
    "kg/store",
    "kg/terms.py",
    "kg/validation.py",
)
RDF = {"rdflib", "pyoxigraph", "oxrdflib", "pyshacl"}
#: A command of its own, run by developers only (``python -m kg.language.train``).
COMMANDS = ("kg/cli/", "kg/language/train.py", "kg/language/evaluate.py", "kg/fusion/make_")
#: Lines of a module; the aim is 250.
LONGEST_MODULE = 300
#: Lines of a function; the aim is 15.
LONGEST_FUNCTION = 50


@cache
def parse_module(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), filename=name)


def imports_of(name: str) -> Iterator[str]:
    """Full names of the modules that a module imports, at its top or inside a function."""
    for node in ast.walk(parse_module(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls_of(name: str) -> Iterator[str]:
    """Dotted names of what a module calls."""
    for node in ast.walk(parse_module(name)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def stands_in(name: str, places: tuple[str, ...]) -> bool:
    return name.startswith(places)


def packages_of(name: str) -> set[str]:
    return {module.split(".")[0] for module in imports_of(name)}


@pytest.mark.parametrize("name", ["kg/model.py", "kg/errors.py"])
def test_model_and_errors_import_the_standard_library_only(name: str) -> None:
    assert packages_of(name) <= {"dataclasses", "enum", "collections", "typing"}


@pytest.mark.parametrize("name", NAMES)
def test_imports_respect_the_halves(name: str) -> None:
    packages, modules = packages_of(name), set(imports_of(name))
    if stands_in(name, TEXT_HALF):
        assert not packages & RDF, f"{name} is of the text half and imports {packages & RDF}"
    if stands_in(name, GRAPH_HALF):
        assert "spacy" not in packages, f"{name} is of the graph half and imports spacy"
        crossing = {module for module in modules if module.startswith(("kg.extractors", "kg.language", "kg.parsing"))}
        assert not crossing, f"{name} is of the graph half and imports {crossing}"
    if "pyvis" in packages:
        assert stands_in(name, ("kg/exporters/html",)), f"{name} imports pyvis; exporters/html alone may"
    if "kg.pipeline" in modules:
        assert stands_in(name, ("kg/cli/", "kg/__init__.py")), f"{name} imports the pipeline; the doors alone may"
    if any(module.startswith("kg.cli") for module in modules):
        assert stands_in(name, ("kg/cli/", "kg/__main__.py")), f"{name} imports the command line"


@pytest.mark.parametrize("name", NAMES)
def test_only_language_loads_pipelines(name: str) -> None:
    if not name.startswith("kg/language/"):
        assert not {"spacy.load", "spacy.blank", "Language.from_disk"} & set(calls_of(name))


@pytest.mark.parametrize("name", [name for name in NAMES if not stands_in(name, COMMANDS)])
def test_only_the_command_line_prints_and_exits(name: str) -> None:
    speaking = {"print", "exit", "quit", "sys.exit", "sys.stdout.write", "sys.stderr.write", "typer.echo", "typer.Exit"}
    assert not speaking & set(calls_of(name))
    assert not {"rich", "typer"} & packages_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_modules_say_what_they_offer(name: str) -> None:
    body = parse_module(name).body
    if name.endswith("__main__.py") or (name.endswith("__init__.py") and len(body) <= 1):
        return
    assert ast.get_docstring(parse_module(name)), f"{name} has no docstring"
    offers = [node.value for node in body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"]
    offers += [
        node.value
        for node in body
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "__all__" and node.value
    ]
    assert len(offers) == 1, f"{name} has no __all__"
    offered = ast.literal_eval(offers[0])
    defined = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    assigned = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    defined |= {part.id for target in assigned for part in ast.walk(target) if isinstance(part, ast.Name)}
    defined |= {ast.unparse(node.target) for node in body if isinstance(node, ast.AnnAssign)}
    defined |= {
        alias.asname or alias.name
        for node in ast.walk(parse_module(name))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(offered) <= defined, f"{name} offers what it does not have: {set(offered) - defined}"


@pytest.mark.parametrize("name", NAMES)
def test_modules_and_functions_stay_short(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE, f"{name} has {lines} lines: split it by noun"
    for node in ast.walk(parse_module(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{name}: {node.name} has {length} lines"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_depends_on_the_clock_or_the_hash_seed(name: str) -> None:
    if not stands_in(name, COMMANDS):
        banned = {"hash", "datetime.now", "datetime.today", "date.today", "time.time", "uuid.uuid4", "random.random"}
        assert not banned & set(calls_of(name))


@cache
def declared_terms() -> frozenset[str]:
    subjects = (
        str(getattr(triple.subject, "value", ""))
        for path in sorted((ROOT / "ontology").glob("*.ttl"))
        for triple in parse(path=path, format=RdfFormat.TURTLE)
    )
    return frozenset(subject.removeprefix(KG) for subject in subjects if subject.startswith(KG))


@pytest.mark.parametrize("name", [name for name in NAMES if stands_in(name, GRAPH_HALF)])
def test_own_terms_in_code_are_declared_in_the_ontology(name: str) -> None:
    strings = (node.value for node in ast.walk(parse_module(name)) if isinstance(node, ast.Constant))
    used = {term for text in strings if isinstance(text, str) for term in re.findall(r"\bkg:([A-Za-z]\w*)", text)}
    used |= {term for text in used_iris(name) for term in re.findall(re.escape(KG) + r"(\w+)", text)}
    assert used <= declared_terms(), f"{name} uses {sorted(used - declared_terms())}, which ontology/ does not declare"


def used_iris(name: str) -> Iterator[str]:
    for node in ast.walk(parse_module(name)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", sorted((ROOT / "kg").rglob("*.rq")), ids=lambda path: str(path.name))
def test_own_terms_in_questions_are_declared_in_the_ontology(path: Path) -> None:
    used = set(re.findall(r"\bkg:([A-Za-z]\w*)", path.read_text(encoding="utf-8")))
    assert used <= declared_terms(), f"{path.name} uses {sorted(used - declared_terms())}"


#: Import name of a distribution where it differs.
IMPORT_NAMES = {"pyyaml": "yaml", "python-dateutil": "dateutil", "text2num": "text_to_num"}
#: Developers' commands, whose needs are extras.
DEVELOPER = ("kg/language/", "kg/training/", "kg/fusion/make_")


@pytest.mark.parametrize("name", [name for name in NAMES if not stands_in(name, DEVELOPER)])
def test_each_import_is_a_declared_dependency(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=~!\[ ]", requirement)[0].lower() for requirement in project["dependencies"]}
    allowed = {IMPORT_NAMES.get(each, each) for each in declared} | set(sys.stdlib_module_names) | {"kg"}
    assert packages_of(name) <= allowed, (
        f"{name} imports {packages_of(name) - allowed}, no dependency of pyproject.toml"
    )


def test_no_module_stands_beside_the_packages() -> None:
    assert not list(ROOT.glob("*.py"))
