"""Files -> Ontology: the bundled folder first, then the user's own."""

from functools import lru_cache
from pathlib import Path

from kg.errors import OntologyError
from kg.ontology.statements import parse_statements
from kg.ontology.table import Ontology, build_ontology

__all__ = ["find_ontology_files", "load_ontology"]

#: Files of the folder that describe no entries: the SHACL shapes are read by the validation alone.
NOT_ENTRIES = frozenset({"shapes.ttl"})


def load_ontology(*paths: Path, bundled: bool = True) -> Ontology:
    """The bundled ontology and the Turtle files (or folders of them) at ``paths``, which may add to its entries.

    Equal contents give the same object. Raises ``OntologyError`` for a missing or unreadable file and for a bad entry,
    naming its IRI, the file, the reason and what is allowed.
    """
    files = find_ontology_files(*paths, bundled=bundled)
    return _load(tuple((file.name, _read_file(file)) for file in files))


def find_ontology_files(*paths: Path, bundled: bool = True) -> tuple[Path, ...]:
    """The files that ``load_ontology`` reads, in order."""
    folders = (_find_bundled_folder(), *paths) if bundled else paths
    files: dict[Path, None] = {}
    for path in map(Path, folders):
        if not path.exists():
            raise OntologyError(f"{path}: no such file or folder; allowed: Turtle files (.ttl) and folders of them")
        for file in sorted(path.glob("*.ttl")) if path.is_dir() else [path]:
            if not (path.is_dir() and file.name in NOT_ENTRIES):
                files[file] = None
    return tuple(files)


def _find_bundled_folder() -> Path:
    """``kg/ontology_data`` in an installed package, the top-level ``ontology`` folder in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "ontology_data", package.parent / "ontology"):
        if folder.is_dir():
            return folder
    raise OntologyError(
        f"the bundled ontology is missing: neither {package / 'ontology_data'} nor ../ontology is there"
    )


def _read_file(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise OntologyError(f"{file}: not readable: {error.strerror}") from error


@lru_cache(maxsize=8)
def _load(contents: tuple[tuple[str, bytes], ...]) -> Ontology:
    return build_ontology(parse_statements(contents), files=tuple(name for name, _ in contents))
