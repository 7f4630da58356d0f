"""A store's fused graph brought up to date: by what is new where that suffices, else as a whole."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import __version__, terms
from kg.corrections import Correction
from kg.fusion.correcting import mint_conflict, mint_identity
from kg.fusion.fusing import Fusion, fuse_records
from kg.fusion.lookup import Lookup
from kg.fusion.memory import Memory
from kg.fusion.reading import read_article
from kg.fusion.remembering import remember_fusion
from kg.fusion.updating import Update, WideUpdate
from kg.fusion.writing import write_fusion, write_parts
from kg.literals import make_term
from kg.ontology import Ontology
from kg.store import EmbeddedStore, Store

__all__ = ["MEMORY_FILE", "list_changes", "update_fused_graph"]

#: Beside the files of an embedded store; may be deleted at any time.
MEMORY_FILE = "fusion-memory.sqlite"
#: More new articles than this part of the store, and than so many, are fused with all the rest.
LARGE_PART, LARGE_NUMBER = 0.1, 20


def update_fused_graph(store: Store, ontology: Ontology, corrections: Iterable[Correction] = ()) -> None:
    """Makes the fused graph of ``store`` that of its article graphs.

    Only what new articles may join is looked at where the store keeps a memory of the last fusion (an embedded one in a
    folder), nothing but articles has come since, and no correction is to be applied.
    """
    corrections = tuple(corrections)
    graphs = _list_graphs(store)
    lookup = Lookup(ontology)
    memory = _open_memory(store)
    try:
        if memory and not corrections and _extend(store, memory, graphs, lookup):
            return
        records = (read_article(store.read_quads(graph), lookup) for _, graph in sorted(graphs.items()))
        fusion = fuse_records((record for record in records if record), ontology, corrections=corrections)
        if memory:
            memory.write_meta("state", "")
        store.replace_graph(terms.FUSED_GRAPH, write_fusion(fusion, ontology))
        if memory and not corrections:
            remember_fusion(memory, fusion, graphs, lookup)
            memory.write_meta("state", _describe_state(ontology))
    finally:
        if memory:
            memory.close()


def _list_graphs(store: Store) -> dict[str, str]:
    """Graph of each article; an embedded store is asked without SPARQL, which takes seconds for many articles."""
    if not isinstance(store, EmbeddedStore):
        return {row.article: row.graph for row in store.list_articles()}
    pattern = (None, make_term("rdf:type"), make_term("schema:NewsArticle"), None)
    return {
        quad.subject.value: quad.graph_name.value  # type: ignore[union-attr]
        for quad in store.inner.quads_for_pattern(*pattern)
    }


def _open_memory(store: Store) -> Memory | None:
    if not isinstance(store, EmbeddedStore) or store.location == "memory:":
        return None
    return Memory(Path(store.location) / MEMORY_FILE)


def _describe_state(ontology: Ontology) -> str:
    """What a memory must have been made with to be of use; an empty state is that of a broken-off update."""
    return f"{__version__} {ontology.version}"


def _extend(store: Store, memory: Memory, graphs: dict[str, str], lookup: Lookup) -> bool:
    """Adds what is new to the fused graph; False where everything must be fused."""
    if memory.read_meta("state") != _describe_state(lookup.ontology):
        return False
    known = memory.list_articles()
    new = {article: graph for article, graph in graphs.items() if article not in known}
    if any(graphs.get(article) != graph for article, graph in known.items()):
        return False
    if len(new) > max(LARGE_NUMBER, LARGE_PART * len(known)):
        return False
    added = [
        (graph, record)
        for _, graph in sorted(new.items())
        if (record := read_article(store.read_quads(graph), lookup)) is not None
    ]
    if added:
        memory.write_meta("state", "")
        update = Update(memory, lookup)
        memory.inner.execute("BEGIN")
        try:
            update.add(added)
        except WideUpdate:
            memory.inner.execute("ROLLBACK")
            return False
        remove, add = list_changes(store, update, lookup)
        store.change_graph(terms.FUSED_GRAPH, remove=sorted(remove - add, key=str), add=sorted(add - remove, key=str))
        memory.inner.execute("COMMIT")
        memory.write_meta("state", _describe_state(lookup.ontology))
    return True


def list_changes(store: Store, update: Update, lookup: Lookup) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """The statements to remove and to add; what stands in both stays."""
    gone = update.gone_conflicts - update.conflicts
    fusion = Fusion(
        articles=(),
        actors=update.named,
        decisions=tuple(update.decisions),
        conflicts=tuple(sorted(update.conflicts)),
        misses=(),
    )
    add = write_parts(fusion, update.profiles.actors.values(), lookup.ontology)
    decisions = update.gone_decisions | {decision.iri for decision in update.decisions}
    subjects = {
        *decisions,
        *(limit for decision in decisions for limit in _objects(store, decision, "kg:constraint")),
        *(mint_conflict(conflict) for conflict in gone),
        *(mint_identity(member, target) for member, target in update.profiles.gone_links),
        *update.profiles.gone_actors,
        *update.profiles.actors,
        *_find_origins(add),
    }
    remove = {quad for subject in subjects for quad in _about(store, subject)}
    for origin in _find_origins(remove) - _find_origins(add):
        pattern = (None, make_term("kg:origin"), ox.NamedNode(origin), ox.NamedNode(terms.FUSED_GRAPH))
        if set(_inner(store).quads_for_pattern(*pattern)) <= remove:
            remove |= set(_about(store, origin))
    return remove, add


def _inner(store: Store) -> ox.Store:
    assert isinstance(store, EmbeddedStore)
    return store.inner


def _about(store: Store, subject: str) -> Iterator[ox.Quad]:
    pattern = (ox.NamedNode(subject), None, None, ox.NamedNode(terms.FUSED_GRAPH))
    yield from _inner(store).quads_for_pattern(*pattern)


def _objects(store: Store, subject: str, predicate: str) -> Iterator[str]:
    term = make_term(predicate)
    yield from (quad.object.value for quad in _about(store, subject) if quad.predicate == term)  # type: ignore[union-attr]


def _find_origins(quads: Iterable[ox.Quad]) -> set[str]:
    term = make_term("kg:origin")
    return {quad.object.value for quad in quads if quad.predicate == term}  # type: ignore[union-attr]
