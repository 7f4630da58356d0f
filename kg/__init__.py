"""decision-kg: who decided what, under which limits, according to whom.

The verbs are functions and give spaCy, rdflib and networkx objects; they load what they need when first used::

    import kg

    store = kg.build(["seeds"])
    dataset = store.as_dataset()
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.article_graph import build_article_graph
    from kg.articles import read_articles
    from kg.errors import KGError
    from kg.extractors.frames import extract_frames
    from kg.language import load
    from kg.model import (
        Actor,
        Article,
        Constraint,
        Decision,
        Frame,
        Link,
        Source,
        Span,
    )
    from kg.ontology import load_ontology
    from kg.parsing import describe_run, parse_articles
    from kg.pipeline import build
    from kg.store import open_store

__version__ = "0.1.0"
__all__ = [
    "Actor",
    "Article",
    "Constraint",
    "Decision",
    "Frame",
    "KGError",
    "Link",
    "Source",
    "Span",
    "build",
    "build_article_graph",
    "describe_run",
    "extract_frames",
    "load",
    "load_ontology",
    "open_store",
    "parse_articles",
    "read_articles",
]

#: Where each name lives; a module is imported when one of its names is first asked for (PEP 562).
_HOMES = {
    "kg.model": ("Actor", "Article", "Constraint", "Decision", "Frame", "Link", "Source", "Span"),
    "kg.errors": ("KGError",),
    "kg.articles": ("read_articles",),
    "kg.parsing": ("describe_run", "parse_articles"),
    "kg.language": ("load",),
    "kg.ontology": ("load_ontology",),
    "kg.extractors.frames": ("extract_frames",),
    "kg.article_graph": ("build_article_graph",),
    "kg.store": ("open_store",),
    "kg.pipeline": ("build",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
