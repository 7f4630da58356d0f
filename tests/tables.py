"""Hand-built documents written as tables: one token a line, ``word lemma tag pos dep head [entity]``, heads from 0."""

from conftest import make_doc
from spacy.tokens import Doc

__all__ = ["read_table"]


def read_table(table: str) -> Doc:
    """The document of a table; a blank line starts a new sentence (heads go on counting)."""
    rows = [line.split() for line in table.strip().splitlines() if line.strip()]
    words, lemmas, tags, pos, deps, heads = zip(*(row[:6] for row in rows), strict=True)
    ents = [(i, i + 1, row[6]) for i, row in enumerate(rows) if len(row) > 6]
    return make_doc(words, [int(h) for h in heads], deps, tags=tags, pos=pos, lemmas=lemmas, ents=ents)
