"""Adding articles one by one ends with the very statements of fusing all at once."""

import json
import sqlite3
import zlib
from dataclasses import asdict
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from record_strategies import articles
from stories import STORIES, read_story
from strategies import LAW, RUN, read_articles_with_frames

from kg.article_graph import build_article_graph
from kg.fusion import fuse_article_graphs, fuse_graphs, fuse_records, write_fusion
from kg.fusion.fusing import Fusion
from kg.fusion.lookup import Lookup
from kg.fusion.memory import Memory, decode_article, encode_article
from kg.fusion.records import ArticleRecord
from kg.fusion.remembering import remember_fusion
from kg.fusion.splicing import MEMORY_FILE, list_changes
from kg.fusion.updating import Update
from kg.ontology import Ontology, load_ontology
from kg.store import open_store
from kg.terms import FUSED_GRAPH, mint_article

ONTOLOGY: Ontology = load_ontology()
LOOKUP = Lookup(ONTOLOGY)


def fuse_at_once(records: list[ArticleRecord]) -> set[ox.Quad]:
    return write_fusion(fuse_records(records, ONTOLOGY), ONTOLOGY)


def fuse_in_turn(records: list[ArticleRecord], *, first: int) -> set[ox.Quad]:
    """The first so many at once, the others one after the other."""
    store, memory = open_store(), Memory(None)
    fusion = fuse_records(records[:first], ONTOLOGY)
    store.replace_graph(FUSED_GRAPH, write_fusion(fusion, ONTOLOGY))
    remember_fusion(memory, fusion, {record.iri: record.iri for record in records}, LOOKUP)
    for record in records[first:]:
        update = Update(memory, LOOKUP)
        update.add([(record.iri, record)])
        remove, add = list_changes(store, update, LOOKUP)
        store.change_graph(FUSED_GRAPH, remove=remove - add, add=add - remove)
    return set(store.read_quads(FUSED_GRAPH))


@settings(LAW, max_examples=80)
@given(articles(), st.randoms(use_true_random=False))
def test_adding_in_turn_is_fusing_at_once(records: list[ArticleRecord], random: Random) -> None:
    random.shuffle(records)
    first = random.randrange(len(records))
    assert sorted(map(str, fuse_in_turn(records, first=first))) == sorted(map(str, fuse_at_once(records)))


@pytest.mark.parametrize("seed", range(3))
def test_adding_stories_in_turn_is_fusing_at_once(seed: int) -> None:
    records = [record for path in STORIES for record in name_safely(read_story(path, LOOKUP)[0])]
    Random(seed).shuffle(records)
    assert sorted(map(str, fuse_in_turn(records, first=6))) == sorted(map(str, fuse_at_once(records)))


def name_safely(records: list[ArticleRecord]) -> list[ArticleRecord]:
    """The records with IRIs that RDF takes: their short names hold blanks."""
    named = []
    for record in records:
        text = json.dumps(asdict(record), ensure_ascii=False)
        for old in sorted(list_iris(record), key=len, reverse=True):
            text = text.replace(f'"{old}"', f'"https://e.example/{old.replace(" ", "_")}"')
        named.append(decode_article(zlib.compress(text.encode())))
    return named


def list_iris(record: ArticleRecord) -> set[str]:
    found = {record.iri}
    for claim in record.claims:
        speakers = [link.speaker for chain in claim.chains for link in chain]
        found |= {claim.iri, *(limit.iri for limit in claim.constraints)}
        found |= {actor.iri for actor in (*claim.actors, *claim.recipients, *speakers)}
    return found


def test_records_are_kept_whole() -> None:
    for path in STORIES:
        for record in read_story(path, LOOKUP)[0]:
            assert decode_article(encode_article(record)).claims == record.claims


def test_fusion_of_nothing_is_remembered() -> None:
    memory = Memory(None)
    fusion = fuse_records([], ONTOLOGY)
    assert isinstance(fusion, Fusion)
    remember_fusion(memory, fusion, {}, LOOKUP)
    assert memory.list_articles() == {}


@settings(LAW, max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(read_articles_with_frames(min_size=2))
def test_a_store_in_a_folder_ends_with_the_same_statements(read: list) -> None:  # type: ignore[type-arg]
    """Articles come one by one, one goes again, the memory is lost on the way: always as if fused at once."""
    graphs = [build_article_graph(article, frames, run=RUN) for article, frames in read]
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "store")
        for place, graph in enumerate(graphs):
            store.add_article_graph(graph)
            fuse_graphs(store, ONTOLOGY)
            assert set(store.read_quads(FUSED_GRAPH)) == fuse_article_graphs(graphs[: place + 1], ONTOLOGY)
        store.remove_article(mint_article(read[0][0].id))
        fuse_graphs(store, ONTOLOGY)
        assert set(store.read_quads(FUSED_GRAPH)) == fuse_article_graphs(graphs[1:], ONTOLOGY)
        (Path(folder) / "store" / MEMORY_FILE).unlink()
        store.add_article_graph(graphs[0])
        fuse_graphs(store, ONTOLOGY)
        assert set(store.read_quads(FUSED_GRAPH)) == fuse_article_graphs(graphs, ONTOLOGY)
        store.close()


def test_a_broken_off_update_is_made_good(tmp_path: Path) -> None:
    """A memory whose state is not noted is not trusted."""
    memory = Memory(tmp_path / MEMORY_FILE)
    memory.write_meta("state", "")
    row = ("https://e.example/x", "g", "", "", b"", "x", b"", b"")
    memory.tell("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [row])
    memory.close()
    store = open_store(tmp_path / "store")
    (tmp_path / MEMORY_FILE).rename(tmp_path / "store" / MEMORY_FILE)
    fuse_graphs(store, ONTOLOGY)
    assert set(store.read_quads(FUSED_GRAPH)) == set()
    assert Memory(tmp_path / "store" / MEMORY_FILE).list_articles() == {}


def test_a_memory_of_another_schema_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / MEMORY_FILE
    with sqlite3.connect(file) as old:
        old.execute("CREATE TABLE article (iri TEXT)")
        old.execute("CREATE TABLE meta (name TEXT, value TEXT)")
        old.execute("INSERT INTO meta VALUES ('state', 'of another version')")
    memory = Memory(file)
    assert memory.read_meta("state") == ""
    remember_fusion(memory, fuse_records([], ONTOLOGY), {}, LOOKUP)
    memory.write_meta("state", "kept")
    memory.close()
    assert Memory(file).read_meta("state") == "kept"
