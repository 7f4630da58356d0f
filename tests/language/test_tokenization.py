"""The tokenizer follows the treebanks."""

import pytest
import spacy

from kg.language.tokenization import make_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("long-range rockets", ["long", "-", "range", "rockets"]),
        ("a pro-Kestra vote", ["a", "pro-Kestra", "vote"]),
        ("It re-elected non-members", ["It", "re-elected", "non-members"]),
        ("cannot don't won’t", ["can", "not", "do", "n't", "wo", "n’t"]),
        ("$10bn at 10am", ["$", "10", "bn", "at", "10", "am"]),
        ("mid-1980s COVID-19", ["mid-1980s", "COVID", "-", "19"]),
        ("No!!! Why?", ["No", "!!!", "Why", "?"]),
        ("the ministry's “order”", ["the", "ministry", "'s", "“", "order", "”"]),
    ],
)
def test_words(text, words):
    assert [token.text for token in NLP.make_doc(text)] == words


def test_text_is_kept():
    text = "  NAIROBI, May 14 —\tKenya…\n\n“Yes,” she said; e-mail: a@b.org"
    assert NLP.make_doc(text).text == text
