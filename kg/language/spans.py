"""BIO tags and spans."""

from collections.abc import Iterable

__all__ = ["find_spans"]


def find_spans(tags: Iterable[str]) -> set[tuple[int, int, str]]:
    """The spans (first word, word after the last, label) of BIO tags; a stray I- opens a span."""
    spans, start, label = set(), 0, ""
    for number, tag in enumerate([*tags, "O"]):
        if label and (tag[:1] != "I" or tag[2:] != label):
            spans.add((start, number, label))
            label = ""
        if tag[:1] in {"B", "I"} and not label:
            start, label = number, tag[2:]
    return spans
