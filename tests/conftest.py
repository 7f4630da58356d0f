"""Hand-built documents, so that grammar is tested without a language model; the model and the ontology, loaded once."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.ontology import Ontology, load_ontology

os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).parent.parent
_VOCAB = spacy.blank("en").vocab


def make_doc(
    words: Sequence[str],
    heads: Sequence[int],
    deps: Sequence[str],
    *,
    tags: Sequence[str] | None = None,
    pos: Sequence[str] | None = None,
    lemmas: Sequence[str] | None = None,
    ents: Sequence[tuple[int, int, str]] = (),
    morphs: Sequence[str] | None = None,
    spaces: Sequence[bool] | None = None,
) -> Doc:
    """A parsed document; ``heads`` are token indices (a root is its own), ``ents`` (first, end, label) in tokens."""
    doc = Doc(
        _VOCAB,
        words=list(words),
        heads=list(heads),
        deps=list(deps),
        tags=None if tags is None else list(tags),
        pos=None if pos is None else list(pos),
        lemmas=list(words) if lemmas is None else list(lemmas),
        morphs=None if morphs is None else list(morphs),
        spaces=None if spaces is None else list(spaces),
    )
    doc.set_ents([Span(doc, first, end, label=label) for first, end, label in ents])
    return doc


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The bundled language pipeline, loaded once."""
    from kg.language import load

    return load()


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The bundled ontology."""
    return load_ontology()
