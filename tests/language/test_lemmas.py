"""Lemmas by exception and rule, on small tables."""

import pytest

from kg.language.lemmas import Lemmatizer

TABLES = {
    "exceptions": {"was AUX": "be", "bought VERB": "buy", "his PRON PRP$": "his", "States PROPN NNPS": "State"},
    "rules": {
        "noun": [["s", ""], ["ies", "y"]],
        "verb": [["s", ""], ["ed", ""], ["ed", "e"]],
        "adj": [["er", ""]],
        "propn": [],
    },
    "index": {"noun": ["ban", "party"], "verb": ["approve", "block"], "adj": ["cheap"]},
}


@pytest.mark.parametrize(
    ("form", "upos", "tag", "lemma"),
    [
        ("was", "AUX", "VBD", "be"),
        ("Bought", "VERB", "VBD", "buy"),
        ("bans", "NOUN", "NNS", "ban"),
        ("parties", "NOUN", "NNS", "party"),
        ("approved", "VERB", "VBD", "approve"),
        ("cheaper", "ADJ", "JJR", "cheap"),
        ("greenlit", "VERB", "VBD", "greenlit"),
        ("flobbed", "VERB", "VBD", "flob"),
        ("gadgetries", "NOUN", "NNS", "gadgetry"),
        ("Kestra", "PROPN", "NNP", "Kestra"),
        ("States", "PROPN", "NNPS", "State"),
        ("The", "DET", "DT", "the"),
        ("NATO", "NOUN", "NN", "NATO"),
    ],
)
def test_lemma(form, upos, tag, lemma):
    assert Lemmatizer(TABLES).lemmatize(form, upos, tag) == lemma
