"""The bundled pipeline on hand-made cases."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.tokens import Doc

from kg.language import decision_scores, load
from kg.language.labels import REACH, ROLES, STATE_SIZE, TRIGGERS

pytestmark = pytest.mark.model

ATTRIBUTES = [TAG, POS, LEMMA, MORPH, HEAD, DEP, ENT_IOB, ENT_TYPE, SENT_START]
ARTICLE = (
    "Peru lets foreign trawlers unload, but not refuel\n\n"
    "LIMA, March 3 - Peru will allow foreign trawlers to unload their catch at Callao until June, the fisheries ministry "
    "said on Tuesday. The ships may not refuel there.\n\n“We have asked for more,” said Ana Quintar, who runs the fleet."
)
TEXTS = [
    ARTICLE,
    "Yes.",
    "WASHINGTON – The administration plans to impose tariffs on Norway.",
    "Kestra Mobile sued the Harbour Board on Friday.\nThe court threw the case out.",
    "a " * 300,
    "   ",
    "\n\nNo!\n\n",
]


def dump(doc: Doc) -> tuple[bytes, ...]:
    scores = decision_scores(doc)
    assert scores is not None or len(doc) == 0
    arrays = [] if scores is None else [getattr(scores, name) for name in type(scores).__slots__]
    return doc.to_array(ATTRIBUTES).tobytes(), *(array.tobytes() for array in arrays)


def test_every_annotation_is_there(nlp):
    doc = nlp(ARTICLE)
    for name in ("TAG", "POS", "LEMMA", "MORPH", "DEP", "HEAD", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(name), name
    assert doc.text == ARTICLE
    assert all(sum(token.dep_ == "ROOT" for token in sent) == 1 for sent in doc.sents)


def test_a_plain_sentence(nlp):
    doc = nlp("Peru has allowed the trawlers to unload.")
    parts = [(token.text, token.lemma_, token.tag_, token.pos_, token.dep_, token.head.text) for token in doc[:4]]
    assert parts == [
        ("Peru", "Peru", "NNP", "PROPN", "nsubj", "allowed"),
        ("has", "have", "VBZ", "AUX", "aux", "allowed"),
        ("allowed", "allow", "VBN", "VERB", "ROOT", "allowed"),
        ("the", "the", "DT", "DET", "det", "trawlers"),
    ]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Peru", "GPE")]
    assert doc[1].morph.get("Tense") == ["Pres"]
    assert str(doc[5].morph) == ""


def test_sentences_and_paragraphs(nlp):
    sentences = [sent.text.strip() for sent in nlp(ARTICLE).sents]
    assert sentences[0] == "Peru lets foreign trawlers unload, but not refuel"
    assert "The ships may not refuel there." in sentences
    assert sentences[-1].startswith("“We have asked")


def test_known_sentence_starts_are_kept(nlp):
    words = "It may sail It may not dock".split()
    doc = nlp(Doc(nlp.vocab, words=words, sent_starts=[True, False, False, True, False, False, False]))
    assert [sent.start for sent in doc.sents] == [0, 3]


@settings(max_examples=4, deadline=None)
@given(st.permutations(range(len(TEXTS))))
def test_no_text_changes_the_analysis_of_another(nlp, order):
    alone = [dump(nlp(text)) for text in TEXTS]
    together = [dump(doc) for doc in nlp.pipe([TEXTS[n] for n in order], batch_size=3)]
    assert together == [alone[n] for n in order]


def test_processes_and_threads_change_nothing(nlp):
    alone = [dump(nlp(text)) for text in TEXTS]
    assert [dump(doc) for doc in nlp.pipe(TEXTS, n_process=2, batch_size=2)] == alone
    assert [dump(doc) for doc in load(threads=2).pipe(TEXTS)] == alone


def test_the_component_can_be_pickled(nlp):
    copy = pickle.loads(pickle.dumps(nlp.get_pipe("kg_encoder")))
    assert dump(copy(nlp.make_doc(ARTICLE))) == dump(nlp(ARTICLE))


def test_a_doc_keeps_its_scores_through_bytes(nlp):
    doc = nlp(ARTICLE)
    assert dump(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == dump(doc)


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\u200b", "?!", "x" * 5000, "(" * 900, "é\u0301 \U0001f600 \ufeff", "\x00"]
)
def test_odd_texts(nlp, text):
    assert nlp(text).text == text


def test_a_sentence_without_end(nlp):
    doc = nlp("the port and " * 1000)
    assert len(doc) == 3000
    assert all(sum(token.dep_ == "ROOT" for token in sent) == 1 for sent in doc.sents)


def test_decision_scores_have_the_documented_shapes(nlp):
    doc = nlp(ARTICLE)
    scores = decision_scores(doc)
    assert scores.triggers.shape == (len(doc), len(TRIGGERS))
    words = [not token.is_space for token in doc]
    assert np.allclose(scores.triggers[words].sum(1), 1, atol=1e-4)
    assert scores.roles.shape == (len(scores.role_pairs), len(ROLES))
    assert scores.belongs.shape == (len(scores.limit_pairs),)
    assert scores.tells.shape == (len(scores.teller_pairs),)
    assert scores.states.shape == (len(doc), STATE_SIZE)
    sentence = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}
    assert all(sentence[trigger] == sentence[word] for trigger, word in scores.role_pairs.tolist())
    assert all(abs(sentence[trigger] - sentence[word]) <= REACH for trigger, word in scores.teller_pairs.tolist())


def test_decision_words_are_seen(nlp):
    doc = nlp(ARTICLE)
    best = decision_scores(doc).triggers.argmax(1)
    assert TRIGGERS[best[next(token.i for token in doc if token.text == "allow")]] == "permit"
    assert not best[next(token.i for token in doc if token.text == "runs")]
