"""Ways through the tree."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extractors.paths import climb

WORDS = ["Oslo", "plans", "to", "close", "the", "harbour"]
HEADS, LABELS = [1, 1, 3, 1, 5, 3], ["nsubj", "ROOT", "mark", "xcomp", "det", "obj"]


def test_the_way_up_ends_at_the_root_or_after_so_many_steps() -> None:
    doc = Doc(Vocab(), words=WORDS, heads=HEADS, deps=LABELS)
    whole = [(token.text, labels) for token, labels in climb(doc[4], steps=9)]
    assert whole == [
        ("the", ()),
        ("harbour", ("det",)),
        ("close", ("det", "obj")),
        ("plans", ("det", "obj", "xcomp")),
    ]
    assert [token.text for token, _ in climb(doc[4], steps=1)] == ["the", "harbour"]
    assert [token.text for token, _ in climb(doc[1], steps=3)] == ["plans"]
