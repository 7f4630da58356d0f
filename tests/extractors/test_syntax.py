"""Every question to the parse has the same answer in UD labels and in spaCy's English (ClearNLP) labels."""

import pytest
from spacy.tokens import Doc
from tables import read_table

from kg.extractors import syntax

PASSIVE = {
    "ud": """
        Flights flight NNS NOUN nsubj:pass 2
        were    be     VBD AUX  aux:pass   2
        banned  ban    VBN VERB ROOT       2
        by      by     IN  ADP  case       5
        the     the    DT  DET  det        5
        council council NN NOUN obl:agent  2
    """,
    "clearnlp": """
        Flights flight NNS NOUN nsubjpass 2
        were    be     VBD AUX  auxpass   2
        banned  ban    VBN VERB ROOT      2
        by      by     IN  ADP  agent     2
        the     the    DT  DET  det       5
        council council NN NOUN pobj      3
    """,
}
DATIVE = {
    "ud": """
        Oslo  Oslo  NNP PROPN nsubj 1 GPE
        gave  give  VBD VERB  ROOT  1
        Riga  Riga  NNP PROPN iobj  1 GPE
        leave leave NN  NOUN  obj   1
        to    to    TO  PART  mark  5
        fish  fish  VB  VERB  acl   3
        near  near  IN  ADP   case  7
        Bergen Bergen NNP PROPN obl 5 GPE
    """,
    "clearnlp": """
        Oslo  Oslo  NNP PROPN nsubj  1 GPE
        gave  give  VBD VERB  ROOT   1
        Riga  Riga  NNP PROPN dative 1 GPE
        leave leave NN  NOUN  dobj   1
        to    to    TO  PART  aux    5
        fish  fish  VB  VERB  acl    3
        near  near  IN  ADP   prep   5
        Bergen Bergen NNP PROPN pobj 6 GPE
    """,
}
BUT_NOT = {
    "ud": """
        Oslo   Oslo  NNP PROPN nsubj  1 GPE
        allows allow VBZ VERB  ROOT   1
        boats  boat  NNS NOUN  obj    1
        and    and   CC  CCONJ cc     4
        rafts  raft  NNS NOUN  conj   2
        but    but   CC  CCONJ cc     7
        not    not   RB  PART  advmod 7
        ships  ship  NNS NOUN  conj   2
    """,
    "clearnlp": """
        Oslo   Oslo  NNP PROPN nsubj 1 GPE
        allows allow VBZ VERB  ROOT  1
        boats  boat  NNS NOUN  dobj  1
        and    and   CC  CCONJ cc    2
        rafts  raft  NNS NOUN  conj  2
        but    but   CC  CCONJ cc    4
        not    not   RB  PART  neg   7
        ships  ship  NNS NOUN  conj  4
    """,
}
RELATIVE = {
    "ud": """
        Ministers minister NNS NOUN nsubj 5
        who       who      WP  PRON nsubj 2
        had       have     VBD VERB acl:relcl 0
        doubts    doubt    NNS NOUN obj   2
        ,         ,        ,   PUNCT punct 2
        agreed    agree    VBD VERB ROOT  5
        and       and      CC  CCONJ cc   7
        signed    sign     VBD VERB conj  5
    """,
    "clearnlp": """
        Ministers minister NNS NOUN nsubj 5
        who       who      WP  PRON nsubj 2
        had       have     VBD VERB relcl 0
        doubts    doubt    NNS NOUN dobj  2
        ,         ,        ,   PUNCT punct 0
        agreed    agree    VBD VERB ROOT  5
        and       and      CC  CCONJ cc   5
        signed    sign     VBD VERB conj  5
    """,
}
NEGATED = {
    "ud": """
        It    it    PRP PRON nsubj  3
        does  do    VBZ AUX  aux    3
        not   not   RB  PART advmod 3
        cover cover VB  VERB ROOT   3
        cattle cattle NN NOUN obj   3
    """,
    "clearnlp": """
        It    it    PRP PRON nsubj 3
        does  do    VBZ AUX  aux   3
        not   not   RB  PART neg   3
        cover cover VB  VERB ROOT  3
        cattle cattle NN NOUN dobj 3
    """,
}
COPULA = {
    "ud": """
        Buses bus NNS NOUN nsubj 2
        are   be  VBP AUX  cop   2
        exempt exempt JJ ADJ ROOT 2
    """,
    "clearnlp": """
        Buses bus NNS NOUN nsubj 1
        are   be  VBP AUX  ROOT  1
        exempt exempt JJ ADJ acomp 1
    """,
}
SCHEMES = ("ud", "clearnlp")


def words(tokens: list) -> list[str]:
    return [token.text for token in tokens]


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def doc_of(tables: dict[str, str], scheme: str) -> Doc:
    return read_table(tables[scheme])


def test_passive_swaps_subject_and_agent(scheme: str) -> None:
    verb = doc_of(PASSIVE, scheme)[2]
    assert syntax.is_passive(verb)
    assert words(syntax.subjects(verb)) == ["Flights"]
    assert words(syntax.agents(verb)) == ["council"]


def test_active_verb_has_no_agent(scheme: str) -> None:
    verb = doc_of(DATIVE, scheme)[1]
    assert not syntax.is_passive(verb)
    assert syntax.agents(verb) == []


def test_double_object(scheme: str) -> None:
    verb = doc_of(DATIVE, scheme)[1]
    assert words(syntax.indirect_objects(verb)) == ["Riga"]
    assert words(syntax.objects(verb)) == ["leave"]
    assert words(syntax.complements(verb.doc[3])) == ["fish"]


def test_oblique_joins_preposition_and_noun(scheme: str) -> None:
    verb = doc_of(DATIVE, scheme)[5]
    assert [(p, n.text) for p, n in syntax.obliques(verb)] == [("near", "Bergen")]


def test_relative_pronoun_gives_way_to_its_noun(scheme: str) -> None:
    doc = doc_of(RELATIVE, scheme)
    assert words(syntax.subjects(doc[2])) == ["Ministers"]


def test_coordinated_verb_inherits_the_subject(scheme: str) -> None:
    doc = doc_of(RELATIVE, scheme)
    assert words(syntax.subjects(doc[7])) == ["Ministers"]


def test_negation(scheme: str) -> None:
    assert syntax.is_negated(doc_of(NEGATED, scheme)[3])
    assert not syntax.is_negated(doc_of(PASSIVE, scheme)[2])


def test_subject_of_a_predicate_adjective(scheme: str) -> None:
    assert words(syntax.subjects(doc_of(COPULA, scheme)[2])) == ["Buses"]


def test_phrase_leaves_out_the_relative_clause_at_its_edge(scheme: str) -> None:
    doc = doc_of(RELATIVE, scheme)
    first, end = syntax.phrase_bounds(doc[0])
    assert doc[first:end].text == "Ministers"


@pytest.mark.parametrize("scheme", ["ud", "clearnlp"])
def test_what_but_not_sets_apart_is_not_coordinated(scheme: str) -> None:
    doc = read_table(BUT_NOT[scheme])
    assert [token.text for token in syntax.objects(doc[1])] == ["boats", "rafts"]
