"""The words answer as spaCy's tokens do."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extractors.words import read_words

ASKED = (
    "i", "idx", "text", "lower_", "lemma_", "dep_", "pos_", "tag_", "ent_type_", "ent_iob_", "is_punct", "is_space",
    "is_alpha", "is_lower", "is_title", "is_stop", "is_quote", "is_sent_start", "like_num", "whitespace_",
)  # fmt: skip


@pytest.fixture
def doc() -> Doc:
    """Two sentences; the first has a crossing arc."""
    return Doc(
        spacy.blank("en").vocab,
        words=["The", "port", "opens", "today", "to", "ferries", ".", "Twelve", "sail", "\n"],
        spaces=[True, True, True, True, True, False, True, True, False, False],
        heads=[1, 2, 2, 2, 5, 1, 2, 8, 8, 8],
        deps=["det", "nsubj", "ROOT", "advmod", "case", "nmod", "punct", "nsubj", "ROOT", "dep"],
        pos=["DET", "NOUN", "VERB", "ADV", "ADP", "NOUN", "PUNCT", "NUM", "VERB", "SPACE"],
        tags=["DT", "NN", "VBZ", "RB", "IN", "NNS", ".", "CD", "VBP", "_SP"],
        lemmas=["the", "port", "open", "today", "to", "ferry", ".", "twelve", "sail", "\n"],
        ents=["O", "O", "O", "B-DATE", "O", "O", "O", "B-CARDINAL", "O", "O"],
        sent_starts=[True, False, False, False, False, False, False, True, False, False],
    )


def test_words_have_the_attributes_of_their_tokens(doc: Doc) -> None:
    for token, word in zip(doc, read_words(doc), strict=True):
        assert [getattr(word, name) for name in ASKED] == [getattr(token, name) for name in ASKED]
        assert len(word) == len(token)


def test_a_percent_sign_belongs_to_its_amount() -> None:
    words = read_words(Doc(spacy.blank("en").vocab, words=["40", "%", ","]))
    assert [word.is_punct for word in words] == [False, False, True]


def test_words_hang_together_as_their_tokens_do(doc: Doc) -> None:
    for token, word in zip(doc, read_words(doc), strict=True):
        assert word.head.i == token.head.i
        assert (word.left_edge.i, word.right_edge.i) == (token.left_edge.i, token.right_edge.i)
        for name in ("children", "subtree", "ancestors", "sent"):
            assert [other.i for other in getattr(word, name)] == [other.i for other in getattr(token, name)], name


def test_slices_are_those_of_the_doc(doc: Doc) -> None:
    words = read_words(doc)
    for start in range(len(doc)):
        for end in range(len(doc) + 2):
            mine, theirs = words[start:end], doc[start:end]
            assert (mine.start, mine.end, len(mine), mine.text) == (theirs.start, theirs.end, len(theirs), theirs.text)
            assert (mine.start_char, mine.end_char) == (theirs.start_char, theirs.end_char)
            if len(theirs):
                assert (mine.root.i, mine[-1].i, mine[1:].text) == (theirs.root.i, theirs[-1].i, theirs[1:].text)


def test_characters_find_their_words(doc: Doc) -> None:
    words = read_words(doc)
    found = words.char_span(5, 12, alignment_mode="expand")
    assert found is not None
    assert found.text == "port opens"
    assert words.char_span(5, 12) is None


def test_neighbours_end_with_the_text(doc: Doc) -> None:
    words = read_words(doc)
    assert words[3].nbor(-1).text == "opens"
    with pytest.raises(IndexError):
        words[0].nbor(-1)
