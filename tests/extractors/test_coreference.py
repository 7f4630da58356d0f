"""Pronouns stand for the party that number, kind, gender and salience leave; where two are left, for none."""

import pytest
from conftest import make_doc
from spacy.tokens import Doc
from tables import read_table

from kg.extractors.actors import build_actor_index
from kg.ontology import Ontology

SUBJECT = """
    Dag     Dag     NNP PROPN nsubj 2 PERSON
    Lunde   Lunde   NNP PROPN flat  0 PERSON
    fined   fine    VBD VERB  ROOT  2
    Torvik  Torvik  NNP PROPN obj   2 ORG
    .       .       .   PUNCT punct 2

    {word}  {word}  PRP PRON  nsubj 6
    left    leave   VBD VERB  ROOT  6
"""
RIVALS = """
    Dag     Dag     NNP PROPN nsubj 2 PERSON
    Lunde   Lunde   NNP PROPN flat  0 PERSON
    spoke   speak   VBD VERB  ROOT  2
    .       .       .   PUNCT punct 2

    Per     Per     NNP PROPN nsubj 6 PERSON
    Aas     Aas     NNP PROPN flat  4 PERSON
    said    say     VBD VERB  ROOT  6
    Ola     Ola     NNP PROPN nsubj 9 PERSON
    Berg    Berg    NNP PROPN flat  7 PERSON
    left    leave   VBD VERB  ccomp 6
    and     and     CC  CCONJ cc    12
    he      he      PRP PRON  nsubj 12
    stayed  stay    VBD VERB  conj  9
"""
GENDER = """
    Mrs     Mrs     NNP PROPN nmod:desc 1
    Lunde   Lunde   NNP PROPN nsubj 2 PERSON
    met     meet    VBD VERB  ROOT  2
    Mr      Mr      NNP PROPN nmod:desc 4
    Aas     Aas     NNP PROPN obj   2 PERSON
    .       .       .   PUNCT punct 2

    {word}  {word}  PRP PRON  nsubj 7
    agreed  agree   VBD VERB  ROOT  7
"""
OBJECT = """
    Dag     Dag     NNP PROPN nsubj 2 PERSON
    Lunde   Lunde   NNP PROPN flat  0 PERSON
    told    tell    VBD VERB  ROOT  2
    him     he      PRP PRON  iobj  2
    so      so      RB  ADV   advmod 2
"""
PLACE = """
    The     the     DT  DET   det   1
    council council NN  NOUN  nsubj 2
    met     meet    VBD VERB  ROOT  2
    in      in      IN  ADP   case  4
    Bergen  Bergen  NNP PROPN obl   2 GPE
    .       .       .   PUNCT punct 2

    It      it      PRP PRON  nsubj 7
    agreed  agree   VBD VERB  ROOT  7
    on      on      IN  ADP   case  10
    its     its     PRP$ PRON nmod:poss 10
    budget  budget  NN  NOUN  obl   7
"""
TOGETHER = """
    Norway  Norway  NNP PROPN nsubj 3 GPE
    and     and     CC  CCONJ cc    2
    Sweden  Sweden  NNP PROPN conj  0 GPE
    agreed  agree   VBD VERB  ROOT  3
    .       .       .   PUNCT punct 3

    They    they    PRP PRON  nsubj 6
    signed  sign    VBD VERB  ROOT  6
"""
GROUP = """
    Two     two     CD  NUM   nummod 1
    pilots  pilot   NNS NOUN  nsubj 2
    told    tell    VBD VERB  ROOT  2
    Dag     Dag     NNP PROPN obj   2 PERSON
    Lunde   Lunde   NNP PROPN flat  3 PERSON
    .       .       .   PUNCT punct 2

    They    they    PRP PRON  nsubj 7
    refused refuse  VBD VERB  ROOT  7
"""
QUOTE = """
    “       “       ``  PUNCT punct 3
    {word}  {word}  PRP PRON  nsubj 3
    will    will    MD  AUX   aux   3
    appeal  appeal  VB  VERB  ccomp 6
    ,       ,       ,   PUNCT punct 6
    ”       ”       ''  PUNCT punct 3
    said    say     VBD VERB  ROOT  6
    Dag     Dag     NNP PROPN nsubj 6 PERSON
    Lunde   Lunde   NNP PROPN flat  7 PERSON
"""


def read_spaced(table: str) -> Doc:
    """The document of a table, written without spaces inside quotation marks and before punctuation."""
    doc = read_table(table)
    words = [token.text for token in doc]
    glued = {index for index, word in enumerate(words) if word == "“"}
    glued |= {index - 1 for index, word in enumerate(words) if word in {"”", ",", "."}}
    return make_doc(
        words,
        [token.head.i for token in doc],
        [token.dep_ for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=[token.lemma_ for token in doc],
        ents=[(ent.start, ent.end, ent.label_) for ent in doc.ents],
        spaces=[index not in glued for index in range(len(words))],
    )


def name_at(table: str, position: int, ontology: Ontology) -> str | None:
    """The first name of the actor at a token."""
    doc = read_spaced(table)
    actor = build_actor_index(doc, ontology).actor_at(doc[position])
    return actor.name if actor is not None else None


@pytest.mark.parametrize(("word", "expected"), [("He", "Dag Lunde"), ("She", "Dag Lunde"), ("It", "Torvik")])
def test_kind_decides(word: str, expected: str, ontology: Ontology) -> None:
    assert name_at(SUBJECT.format(word=word), 5, ontology) == expected


def test_two_near_rivals_leave_it_open(ontology: Ontology) -> None:
    assert name_at(RIVALS, 11, ontology) is None


@pytest.mark.parametrize(("word", "expected"), [("He", "Aas"), ("She", "Lunde")])
def test_gender_of_a_title_decides(word: str, expected: str, ontology: Ontology) -> None:
    assert name_at(GENDER.format(word=word), 6, ontology) == expected


def test_arguments_of_one_verb_are_not_the_same(ontology: Ontology) -> None:
    assert name_at(OBJECT, 3, ontology) is None


def test_a_place_that_tells_where_does_not_act(ontology: Ontology) -> None:
    assert name_at(PLACE, 6, ontology) == "council"
    assert name_at(PLACE, 9, ontology) == "council"


def test_several_together_are_no_one_party(ontology: Ontology) -> None:
    assert name_at(TOGETHER, 5, ontology) is None


def test_plural_takes_the_group(ontology: Ontology) -> None:
    assert name_at(GROUP, 6, ontology) == "Two pilots"


@pytest.mark.parametrize("word", ["I", "We"])
def test_a_quoted_first_person_is_the_speaker(word: str, ontology: Ontology) -> None:
    assert name_at(QUOTE.format(word=word), 1, ontology) == "Dag Lunde"


def test_no_name_is_a_pronoun(ontology: Ontology) -> None:
    for table in (SUBJECT.format(word="It"), GENDER.format(word="He"), PLACE, TOGETHER, GROUP, QUOTE.format(word="I")):
        for actor in build_actor_index(read_table(table), ontology).actors:
            assert not {name.lower() for name in actor.names} & {"it", "he", "its", "they", "i", "we"}
