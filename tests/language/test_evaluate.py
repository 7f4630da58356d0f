"""Measures: a pipeline that repeats the gold scores full marks, and each error counts."""

import spacy
from spacy.tokens import Doc

from kg.language.data import Document, Sentence, read_conllu
from kg.language.evaluate import evaluate_documents, make_text
from kg.language.spans import find_spans

CONLLU = """# newdoc id = a
# newpar
# text = It can't sail.
1	It	it	PRON	PRP	_	4	nsubj	_	_
2-3	can't	_	_	_	_	_	_	_	_
2	ca	can	AUX	MD	VerbForm=Fin	4	aux	_	_
3	n't	not	PART	RB	Polarity=Neg	4	advmod	_	_
4	sail	sail	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar
# text = No.
1	No	no	INTJ	UH	_	0	root	_	SpaceAfter=No
2	.	.	PUNCT	.	_	1	punct	_	_
"""


def read_gold(tmp_path) -> list[Document]:
    path = tmp_path / "ud" / "a.conllu"
    path.parent.mkdir()
    path.write_text(CONLLU, "utf-8")
    return read_conllu(path)


class Parrot:
    """A pipeline that gives one prepared analysis."""

    def __init__(self, **changes: object) -> None:
        self.vocab = spacy.blank("en").vocab
        columns = {
            "words": ["It", "ca", "n't", "sail", ".", "\n\n", "No", "."],
            "spaces": [True, False, True, False, False, False, False, False],
            "heads": [3, 3, 3, 3, 3, 3, 6, 6],
            "deps": ["nsubj", "aux", "advmod", "ROOT", "punct", "dep", "ROOT", "punct"],
            "tags": ["PRP", "MD", "RB", "VB", ".", "_SP", "UH", "."],
            "pos": ["PRON", "AUX", "PART", "VERB", "PUNCT", "SPACE", "INTJ", "PUNCT"],
            "lemmas": ["it", "can", "not", "sail", ".", "", "no", "."],
            "morphs": ["", "VerbForm=Fin", "Polarity=Neg", "VerbForm=Inf", "", "", "", ""],
        }
        self.doc = Doc(self.vocab, **(columns | changes))

    def __call__(self, text: str) -> Doc:
        return self.doc


def test_text_is_rebuilt(tmp_path):
    (document,) = read_gold(tmp_path)
    text, places = make_text(document)
    assert text == "It can't sail.\n\nNo."
    assert places == [[(0, 2), (2, 4), (4, 7), (7, 11), (11, 12)], [(12, 14), (14, 15)]]


def test_full_marks(tmp_path):
    rates = evaluate_documents(Parrot(), read_gold(tmp_path))
    assert set(rates) == {"sentences", "words", "xpos", "upos", "feats", "lemmas", "uas", "las", "las_universal"}
    assert set(rates.values()) == {100.0}


def test_a_wrong_head_and_a_wrong_subtype(tmp_path):
    deps = ["nsubj:pass", "aux", "advmod", "ROOT", "punct", "dep", "ROOT", "punct"]
    rates = evaluate_documents(Parrot(heads=[3, 3, 1, 3, 3, 3, 6, 6], deps=deps), read_gold(tmp_path))
    assert (rates["uas"], rates["las"], rates["las_universal"]) == (85.71, 71.43, 85.71)


def test_spans():
    assert find_spans(["B-ORG", "I-ORG", "B-ORG", "O", "I-GPE"]) == {(0, 2, "ORG"), (2, 3, "ORG"), (4, 5, "GPE")}


def test_sentences_without_trees_are_read():
    assert Sentence(["a"], [True]).heads is None
