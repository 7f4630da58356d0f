"""Ways through the dependency tree: the labels between a word and those above it."""

from collections.abc import Iterator

from spacy.tokens import Token

__all__ = ["climb"]


def climb(token: Token, *, steps: int) -> Iterator[tuple[Token, tuple[str, ...]]]:
    """The word and those above it, the nearest first, each with the labels on the way up: none, then up to ``steps``."""
    labels: tuple[str, ...] = ()
    yield token, labels
    while token.head.i != token.i and len(labels) < steps:
        labels = (*labels, token.dep_)
        token = token.head
        yield token, labels
