"""What a user corrects by hand, in a file that every rebuild applies again.

YAML::

    corrections:
      - accept: id:conflict/ab12…             # confirmed by a person: recorded, changes nothing else
      - reject: id:claim/cd34…                # a claim, a limit, an identity link or a conflict that is wrong
      - merge: [id:decision/…, id:decision/…] # two or more decisions (or their claims), or two or more actors, are one
      - split: id:decision/…                  # these claims (or actors of articles) are another than the rest
        members: [id:claim/…, id:claim/…]
      - rename: id:actor/…                    # what an actor or a decision is called
        to: Harbour Board
        note: as its statutes have it         # note, by and date: free text, for provenance; on every kind of entry
        by: A. Archivist
        date: 2026-03-01

Turtle: one ``kg:Correction`` for each entry, with ``kg:correctionKind "merge"``, ``kg:correctionTarget``, for a split
``kg:correctionMember``, for a new name ``rdfs:label``, and ``rdfs:comment``, ``dcterms:creator``, ``dcterms:date``.

Claims keep their IRIs as long as their article stays; a fused decision or actor may get another IRI when articles come or
go, so that entries about claims last longer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import yaml
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS

from kg import terms
from kg.errors import CorrectionError

__all__ = ["Correction", "load_corrections"]

#: The kinds of entries.
KINDS = ("accept", "reject", "merge", "split", "rename")
#: What an entry may hold besides its kind.
FIELDS = ("members", "to", "note", "by", "date")
TURTLE_ENDINGS = frozenset({".ttl", ".turtle"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One entry. ``kind`` is one of the five, ``targets`` are full IRIs; ``members`` (IRIs) only of a split, ``to`` (a
    name) only of a rename. ``place`` says where it stands, for messages."""

    kind: str
    targets: tuple[str, ...]
    members: tuple[str, ...] = ()
    to: str = ""
    note: str = ""
    by: str = ""
    date: str = ""
    place: str = ""


def load_corrections(file: str | PathLike[str]) -> tuple[Correction, ...]:
    """The entries of a corrections file, in its order (Turtle: in the order of their IRIs).

    Raises ``CorrectionError`` for a file that cannot be read and for a malformed entry.
    """
    path = Path(file)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"corrections file {path}: not readable: {error}") from error
    entries = _read_turtle(text, path) if path.suffix.lower() in TURTLE_ENDINGS else _read_yaml(text, path)
    return tuple(_check_entry(entry, f"{path.name}, {where}") for where, entry in entries)


def _read_yaml(text: str, path: Path) -> Iterator[tuple[str, Any]]:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CorrectionError(f"corrections file {path}: not YAML: {error}") from error
    entries = data.get("corrections") if isinstance(data, dict) else data
    if entries is None and not data:
        return
    if not isinstance(entries, list):
        raise CorrectionError(f"corrections file {path}: a list of entries, or one under 'corrections', is needed")
    yield from ((f"entry {number}", entry) for number, entry in enumerate(entries, 1))


def _read_turtle(text: str, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    graph = Graph()
    try:
        graph.parse(data=text, format="turtle")
    except Exception as error:  # rdflib's parser raises many kinds
        raise CorrectionError(f"corrections file {path}: not Turtle: {error}") from error
    own = terms.expand_name
    for node in sorted(set(graph.subjects(RDF.type, URIRef(own("kg:Correction")))), key=str):
        kinds = [str(kind) for kind in graph.objects(node, URIRef(own("kg:correctionKind")))]
        yield (
            str(node),
            {
                kinds[0] if kinds else "": sorted(map(str, graph.objects(node, URIRef(own("kg:correctionTarget"))))),
                "members": sorted(map(str, graph.objects(node, URIRef(own("kg:correctionMember"))))) or None,
                "to": graph.value(node, RDFS.label),
                "note": graph.value(node, RDFS.comment),
                "by": graph.value(node, DCTERMS.creator),
                "date": graph.value(node, DCTERMS.date),
            },
        )


def _check_entry(entry: Any, place: str) -> Correction:
    if not isinstance(entry, Mapping):
        raise CorrectionError(f"{place}: {entry!r} is no entry; needed: one of {', '.join(KINDS)} with its target")
    given = {str(name): value for name, value in entry.items() if value is not None}
    kinds = [kind for kind in KINDS if kind in given]
    unknown = sorted(given.keys() - {*KINDS, *FIELDS})
    if len(kinds) != 1 or unknown:
        found = ", ".join(sorted(given)) or "nothing"
        raise CorrectionError(f"{place}: has {found}; allowed: one of {', '.join(KINDS)}, and {', '.join(FIELDS)}")
    kind = kinds[0]
    correction = Correction(
        kind=kind,
        targets=_list_iris(given[kind], place),
        members=_list_iris(given.get("members", []), place),
        to=str(given.get("to", "")).strip(),
        note=str(given.get("note", "")),
        by=str(given.get("by", "")),
        date=str(given.get("date", "")),
        place=f"{place} ({kind})",
    )
    _check_parts(correction)
    return correction


def _list_iris(value: Any, place: str) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise CorrectionError(f"{place}: {value!r} where an IRI or a list of IRIs is needed")
    iris = tuple(dict.fromkeys(terms.expand_name(name.strip().strip("<>")) for name in names))
    for iri in iris:
        if "://" not in iri:
            raise CorrectionError(
                f"{place}: {iri!r} is no IRI; allowed: a full one, or a prefixed one as in id:claim/…"
            )
    return iris


def _check_parts(correction: Correction) -> None:
    """That an entry has what its kind needs, and nothing that only another kind has."""
    needed = {"merge": len(correction.targets) >= 2, "split": bool(correction.members), "rename": bool(correction.to)}
    if not correction.targets or not needed.get(correction.kind, True):
        lacks = {"merge": "two or more targets", "split": "members", "rename": "a name under 'to'"}
        raise CorrectionError(f"{correction.place}: lacks {lacks.get(correction.kind, 'a target')}")
    if correction.kind != "merge" and len(correction.targets) > 1:
        raise CorrectionError(f"{correction.place}: has {len(correction.targets)} targets; allowed: one")
    if correction.members and correction.kind != "split":
        raise CorrectionError(f"{correction.place}: has members; only a split has them")
    if correction.to and correction.kind != "rename":
        raise CorrectionError(f"{correction.place}: has 'to'; only a rename has it")
