"""What the learned heads say of words, looked up by the extractors."""

import numpy as np
import pytest
from conftest import make_doc
from spacy.language import Language
from spacy.tokens import Doc

from kg.extractors.evidence import Evidence, read_evidence
from kg.language.labels import ACT_SIZE
from kg.language.scores import DecisionScores, decision_scores


def make_words(size: int) -> Doc:
    return make_doc(["ban"] * size, [0] * size, ["ROOT"] + ["dep"] * (size - 1))


def test_two_triggers_are_compared_by_the_words_that_most_look_like_one() -> None:
    doc = make_words(4)
    shape = {name: np.zeros((len(doc), 1), np.float32) for name in DecisionScores.__dataclass_fields__}
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8], [1, 0]], np.float32)
    evidence = Evidence(scores=DecisionScores(**shape | {"acts": vectors}), decisions=[0.9, 0.1, 0.7, 0.2])
    assert evidence.compare_acts(doc[0:2], doc[2:4]) == np.float32(0.6)
    assert evidence.compare_acts(doc[3:4], doc[0:1]) == 1


def test_without_heads_nothing_is_alike() -> None:
    doc = make_words(2)
    assert read_evidence(doc).compare_acts(doc[0:1], doc[1:2]) == 0


@pytest.mark.model
def test_the_vectors_of_words_have_length_one(nlp: Language) -> None:
    doc = nlp("Norway has banned plastic cups.\n\nThe ban holds until May.")
    scores = decision_scores(doc)
    assert scores is not None
    assert scores.acts.shape == (len(doc), ACT_SIZE)
    words = [token.i for token in doc if not token.is_space]
    assert np.allclose(np.linalg.norm(scores.acts[words], axis=1), 1, atol=1e-4)


def test_who_tells_of_an_act_is_the_likeliest_of_the_names() -> None:
    doc = make_words(4)
    evidence = Evidence(scores=None, tellers={0: {2: 0.4, 3: 0.1}, 1: {3: 0.7}})
    assert evidence.tells(doc[0:1], doc[2:4]) == 0.4
    assert evidence.tells(doc[0:2], doc[2:4]) == 0.7
    assert evidence.tells(doc[0:2], doc[0:2]) == 0
    assert evidence.tells(doc[2:3], doc[0:4]) == 0
