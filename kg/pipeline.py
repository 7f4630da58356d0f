"""The one line: article -> doc -> frames -> article graph -> fused graph. Calls in a row, no logic of its own."""

import os
from collections.abc import Callable, Iterable

from spacy.language import Language

from kg import __version__
from kg.article_graph import build_article_graph
from kg.articles import read_articles
from kg.errors import ArticleError
from kg.extractors.frames import extract_frames
from kg.fusion import fuse_graphs
from kg.intake import find_article, select_articles
from kg.language import load
from kg.model import Article
from kg.ontology import Ontology, load_ontology
from kg.parsing import describe_run, parse_articles
from kg.records import StoredArticle
from kg.store import Store, open_store
from kg.vocabulary import write_vocabulary

__all__ = ["build", "remove"]

PathLike = str | os.PathLike[str]


def build(
    paths: Iterable[PathLike],
    store: Store | None = None,
    *,
    nlp: Language | None = None,
    ontology: Ontology | None = None,
    corrections: PathLike | None = None,
    on_error: Callable[[ArticleError], None] | None = None,
    watch: Callable[[Iterable[Article]], Iterable[Article]] = iter,
) -> Store:
    """Reads the articles at ``paths`` into ``store`` (a new one in memory by default) and fuses all that it holds.

    Each article is one transaction; articles that the store has already are passed over, those that another model or
    ontology has read are read again. Ends with the same statements whatever the order of the articles, and whether they
    come at once or in several builds. ``on_error`` gets each article that cannot be read (without it the first raises
    ``ArticleError``); ``watch`` sees the articles pass on their way to the language pipeline.
    """
    store = store or open_store()
    nlp = nlp or load()
    ontology = ontology or load_ontology()
    run = describe_run(nlp, software=__version__, ontology=ontology.version)
    articles = select_articles(read_articles(paths, on_error=on_error), store, run)
    for article, doc in parse_articles(watch(articles), nlp):
        frames = extract_frames(article, doc, ontology)
        store.add_article_graph(build_article_graph(article, frames, run=run))
    fuse_graphs(store, ontology, corrections=corrections)
    write_vocabulary(store, ontology)
    store.write_marker(run)
    return store


def remove(
    article: str, store: Store, *, ontology: Ontology | None = None, corrections: PathLike | None = None
) -> StoredArticle:
    """Takes the article that ``article`` names (IRI, id, URL or headline) out of ``store`` and fuses the rest again."""
    ontology = ontology or load_ontology()
    found = find_article(store, article)
    store.remove_article(found.article)
    fuse_graphs(store, ontology, corrections=corrections)
    write_vocabulary(store, ontology)
    return found
