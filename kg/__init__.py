"""decision-kg: who decided what, under which limits, according to whom.

The verbs are functions and give spaCy, rdflib and networkx objects; they load what they need when first used::

    import kg

    store = kg.build(["seeds"])
    dataset = store.as_dataset()
    network = kg.to_networkx(store)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.article_graph import build_article_graph
    from kg.articles import read_articles
    from kg.errors import KGError
    from kg.exporters import export_graph
    from kg.exporters.html import view_graph as view
    from kg.exporters.network import to_networkx
    from kg.extractors.frames import extract_frames
    from kg.fusion import fuse_graphs
    from kg.language import load
    from kg.model import Actor, Article, Constraint, Decision, Frame, Link, Run, Source, Span
    from kg.ontology import load_ontology
    from kg.parsing import describe_run, parse_articles
    from kg.pipeline import build, remove
    from kg.query import run_query
    from kg.reports import build_report
    from kg.store import open_store
    from kg.validation import validate_graph

__version__ = "0.1.0"
__all__ = [
    "Actor",
    "Article",
    "Constraint",
    "Decision",
    "Frame",
    "KGError",
    "Link",
    "Run",
    "Source",
    "Span",
    "build",
    "build_article_graph",
    "build_report",
    "describe_run",
    "export_graph",
    "extract_frames",
    "fuse_graphs",
    "load",
    "load_ontology",
    "open_store",
    "parse_articles",
    "read_articles",
    "remove",
    "run_query",
    "to_networkx",
    "validate_graph",
    "view",
]

#: Where each name lives; a module is imported when one of its names is first asked for (PEP 562).
_HOMES = {
    **dict.fromkeys(
        ("Actor", "Article", "Constraint", "Decision", "Frame", "Link", "Run", "Source", "Span"), "kg.model"
    ),
    "KGError": "kg.errors",
    "build": "kg.pipeline",
    "build_article_graph": "kg.article_graph",
    "build_report": "kg.reports",
    "describe_run": "kg.parsing",
    "export_graph": "kg.exporters",
    "extract_frames": "kg.extractors.frames",
    "fuse_graphs": "kg.fusion",
    "load": "kg.language",
    "load_ontology": "kg.ontology",
    "open_store": "kg.store",
    "parse_articles": "kg.parsing",
    "read_articles": "kg.articles",
    "remove": "kg.pipeline",
    "run_query": "kg.query",
    "to_networkx": "kg.exporters.network",
    "validate_graph": "kg.validation",
    "view": "kg.exporters.html",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), "view_graph" if name == "view" else name)


def __dir__() -> list[str]:
    return sorted(__all__)
