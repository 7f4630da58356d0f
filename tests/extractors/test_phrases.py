"""Actions as stretches of words: what belongs to them, and quotation marks in pairs."""

import pytest
from conftest import make_doc
from spacy.tokens import Doc

from kg.extractors.phrases import action_bounds

WORDS = {
    "opening mark lost": ("Peru banned “ fake ” clips .", "“ fake ” clips"),
    "closing mark lost": ("Peru banned clips of “ fakes ” .", "clips of “ fakes ”"),
    "single marks": ("Peru banned ‘ fake ’ clips .", "‘ fake ’ clips"),
    "straight marks": ('Peru banned " fake " clips .', '" fake " clips'),
    "end of the quotation": ("“ Peru banned clips ” of fakes .", "clips"),
    "no marks": ("Peru banned fake clips .", "fake clips"),
}


def read(text: str) -> Doc:
    """A clause whose words after the verb are one phrase, headed by "clips"."""
    words = text.split()
    verb, head = words.index("banned"), words.index("clips")
    heads = [verb if i in {verb, head} or i < verb or word == "." else head for i, word in enumerate(words)]
    marks = {"“", "”", "‘", "’", '"', "."}
    deps = ["punct" if word in marks else "amod" if i < head else "nmod" for i, word in enumerate(words)]
    deps[verb], deps[head] = "ROOT", "obj"
    closing = {i for i, word in enumerate(words) if word in {"”", "’"} or (word == '"' and '"' in words[:i])}
    spaces = [
        i + 1 not in closing and words[i] not in {"“", "‘"} and not (words[i] == '"' and i not in closing)
        for i in range(len(words))
    ]
    pos = ["PUNCT" if word in marks else "VERB" if i == verb else "NOUN" for i, word in enumerate(words)]
    return make_doc(words, heads, deps, pos=pos, tags=pos, spaces=spaces)


@pytest.mark.parametrize("case", WORDS)
def test_an_action_keeps_its_quotation_marks_in_pairs(case: str) -> None:
    text, action = WORDS[case]
    doc = read(text)
    first, end = action_bounds(next(token for token in doc if token.text == "clips"))
    assert " ".join(token.text for token in doc[first:end]) == action
