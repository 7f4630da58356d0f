"""Names, titles, acronyms and descriptions of one party become one actor; parties that only look alike stay apart."""

import pytest
from spacy.tokens import Doc
from tables import read_table

from kg.extractors.actors import LONGEST_PHRASE, ActorIndex, build_actor_index, describe_actor, find_actors
from kg.extractors.name_spans import strip_bounds
from kg.extractors.names import is_acronym_of, is_short_form, same_person_name, split_name
from kg.model import Actor, ActorKind
from kg.ontology import ACTOR, Ontology

PRESIDENT = {
    "ud": """
        Chilean   Chilean   JJ  ADJ   amod      1 NORP
        President President NNP PROPN nmod:desc 2
        Ana       Ana       NNP PROPN nsubj     4 PERSON
        Ruiz      Ruiz      NNP PROPN flat      2 PERSON
        signed    sign      VBD VERB  ROOT      4
        the       the       DT  DET   det       6
        decree    decree    NN  NOUN  obj       4
        .         .         .   PUNCT punct     4

        Ruiz      Ruiz      NNP PROPN nsubj     9 ORG
        left      leave     VBD VERB  ROOT      9
        .         .         .   PUNCT punct     9

        The       the       DT  DET   det       12
        president president NN  NOUN  nsubj     13
        returned  return    VBD VERB  ROOT      13
        .         .         .   PUNCT punct     13
    """,
    "clearnlp": """
        Chilean   Chilean   JJ  ADJ   amod      3 NORP
        President President NNP PROPN compound  3
        Ana       Ana       NNP PROPN compound  3 PERSON
        Ruiz      Ruiz      NNP PROPN nsubj     4 PERSON
        signed    sign      VBD VERB  ROOT      4
        the       the       DT  DET   det       6
        decree    decree    NN  NOUN  dobj      4
        .         .         .   PUNCT punct     4

        Ruiz      Ruiz      NNP PROPN nsubj     9 PERSON
        left      leave     VBD VERB  ROOT      9
        .         .         .   PUNCT punct     9

        The       the       DT  DET   det       12
        president president NN  NOUN  nsubj     13
        returned  return    VBD VERB  ROOT      13
        .         .         .   PUNCT punct     13
    """,
}
TWO_OF_A_NAME = """
    Ana   Ana   NNP PROPN nsubj 2 PERSON
    Ruiz  Ruiz  NNP PROPN flat  0 PERSON
    met   meet  VBD VERB  ROOT  2
    Pedro Pedro NNP PROPN obj   2 PERSON
    Ruiz  Ruiz  NNP PROPN flat  3 PERSON
    .     .     .   PUNCT punct 2

    Ruiz  Ruiz  NNP PROPN nsubj 7 PERSON
    spoke speak VBD VERB  ROOT  7
"""
ACRONYM = """
    The      the      DT  DET   det      3
    Harbour  Harbour  NNP PROPN compound 3 ORG
    Safety   Safety   NNP PROPN compound 3 ORG
    Board    Board    NNP PROPN nsubj    7 ORG
    (        (        (   PUNCT punct    5
    HSB      HSB      NNP PROPN appos    3 ORG
    )        )        )   PUNCT punct    5
    closed   close    VBD VERB  ROOT     7
    docks    dock     NNS NOUN  obj      7
    .        .        .   PUNCT punct    7

    HSB      HSB      NNP PROPN nsubj    11
    agreed   agree    VBD VERB  ROOT     11
    .        .        .   PUNCT punct    11

    The      the      DT  DET   det      14
    board    board    NN  NOUN  nsubj    15
    met      meet     VBD VERB  ROOT     15
"""
STATE = """
    Norway    Norway    NNP PROPN nsubj  1 GPE
    lifted    lift      VBD VERB  ROOT   1
    a         a         DT  DET   det    3
    ban       ban       NN  NOUN  obj    1
    .         .         .   PUNCT punct  1

    Oslo      Oslo      NNP PROPN nsubj  6 GPE
    agreed    agree     VBD VERB  ROOT   6
    .         .         .   PUNCT punct  6

    Norwegian Norwegian JJ  ADJ   amod   10 NORP
    fisheries fishery   NNS NOUN  compound 10
    ministry  ministry  NN  NOUN  nsubj  11
    objected  object    VBD VERB  ROOT   11
    to        to        IN  ADP   case   15
    the       the       DT  DET   det    15
    Norwegian Norwegian JJ  ADJ   amod   15 NORP
    rule      rule      NN  NOUN  obl    11
    .         .         .   PUNCT punct  11

    Three     three     CD  NUM   nummod 19
    Norwegian Norwegian JJ  ADJ   amod   19 NORP
    officials official  NNS NOUN  nsubj  20
    resigned  resign    VBD VERB  ROOT   20
"""
STRANGERS = """
    A        a        DT DET  det   1
    diplomat diplomat NN NOUN nsubj 2
    agreed   agree    VBD VERB ROOT 2
    .        .        . PUNCT punct 2

    A        a        DT DET  det   5
    diplomat diplomat NN NOUN nsubj 6
    refused  refuse   VBD VERB ROOT 6
    .        .        . PUNCT punct 6
"""
TAKEN_UP = """
    A        a        DT DET  det   2
    retired  retired  JJ ADJ  amod  2
    diplomat diplomat NN NOUN nsubj 3
    agreed   agree    VBD VERB ROOT 3
    .        .        . PUNCT punct 3

    The      the      DT DET  det   6
    diplomat diplomat NN NOUN nsubj 7
    spoke    speak    VBD VERB ROOT 7
"""
FIRM = """
    Torvik    Torvik    NNP PROPN nsubj 2 PERSON
    Motors    Motors    NNP PROPN flat  0 PERSON
    sued      sue       VBD VERB  ROOT  2
    the       the       DT  DET   det   4
    watchdog  watchdog  NN  NOUN  obj   2
    .         .         .   PUNCT punct 2

    Torvik    Torvik    NNP PROPN nsubj 7 PERSON
    lost      lose      VBD VERB  ROOT  7
    .         .         .   PUNCT punct 7

    The       the       DT  DET   det   10
    company   company   NN  NOUN  nsubj 11
    appealed  appeal    VBD VERB  ROOT  11
"""
APPOSITION = """
    Dag       Dag       NNP PROPN nsubj 6 PERSON
    Lunde     Lunde     NNP PROPN flat  0 PERSON
    ,         ,         ,   PUNCT punct 4
    a         a         DT  DET   det   4
    trader    trader    NN  NOUN  appos 0
    ,         ,         ,   PUNCT punct 4
    objected  object    VBD VERB  ROOT  6
"""
HEADLINE = """
    Judge  judge  NN  NOUN  nsubj  1
    halts  halt   VBZ VERB  ROOT   1
    dredging dredging NN NOUN obj  1
    .      .      .   PUNCT punct  1

    A      a      DT  DET   det    6
    federal federal JJ ADJ  amod   6
    judge  judge  NN  NOUN  nsubj  7
    ruled  rule   VBD VERB  ROOT   7
    .      .      .   PUNCT punct  7

    Judge  Judge  NNP PROPN nmod:desc 10
    Ida    Ida    NNP PROPN nsubj  12 PERSON
    Moe    Moe    NNP PROPN flat   10 PERSON
    spoke  speak  VBD VERB  ROOT   12
"""

CLOSED = """
    Chile  Chile NNP PROPN nsubj 1 GPE
    closed close VBD VERB  ROOT  1
    ports  port  NNS NOUN  obj   1
    to     to    IN  ADP   case  4
    ships  ship  NNS NOUN  obl   1
    .      .     .   PUNCT punct 1
"""


def index_of(table: str, ontology: Ontology) -> tuple[Doc, ActorIndex]:
    """Document and index of a table."""
    doc = read_table(table)
    return doc, build_actor_index(doc, ontology)


def actor_of(index: ActorIndex, doc: Doc, position: int) -> Actor:
    """The actor at a token, which must be there."""
    actor = index.actor_at(doc[position])
    assert actor is not None
    return actor


@pytest.mark.parametrize("scheme", ["ud", "clearnlp"])
def test_full_name_surname_title_and_office_are_one_person(scheme: str, ontology: Ontology) -> None:
    doc, index = index_of(PRESIDENT[scheme], ontology)
    actor = actor_of(index, doc, 3)
    assert actor is index.actor_at(doc[8])
    assert actor is index.actor_at(doc[12])
    assert actor.names[:2] == ("Ana Ruiz", "Ruiz")
    assert "Chilean President Ana Ruiz" in actor.names
    assert actor.kind is ActorKind.PERSON
    assert index.state_of(actor) == ACTOR + "CL"


def test_a_word_cut_by_an_editors_bracket_is_no_name(ontology: Ontology) -> None:
    rows = "[ [ -LRB- PUNCT punct 1\nW]e W]e NNP PROPN nsubj 2 ORG\nmet meet VBD VERB ROOT 2\nAlia Alia NNP PROPN obj 2 PERSON"
    doc, index = index_of(rows, ontology)
    assert index.actor_at(doc[1]) is None
    assert actor_of(index, doc, 3).names == ("Alia",)


def test_words_that_only_honour_are_no_description(ontology: Ontology) -> None:
    rows = """
        Former  former  JJ  ADJ   amod      1
        Senator Senator NNP PROPN nmod:desc 3
        Dr.     Dr.     NNP PROPN nmod:desc 3
        Ana     Ana     NNP PROPN nsubj     5 PERSON
        Ruiz    Ruiz    NNP PROPN flat      3 PERSON
        met     meet    VBD VERB  ROOT      5
        Gov.    Gov.    NNP PROPN nmod:desc 7
        Jo      Jo      NNP PROPN obj       5 PERSON
        Lee     Lee     NNP PROPN flat      7 PERSON
        .       .       .   PUNCT punct     5
    """
    doc, index = index_of(rows, ontology)
    assert actor_of(index, doc, 3).names == ("Ana Ruiz", "Former Senator Dr. Ana Ruiz", "Former Senator")
    assert actor_of(index, doc, 6).names == ("Jo Lee", "Gov. Jo Lee")


def test_a_noun_stands_for_a_phrase_of_very_many_words(ontology: Ontology) -> None:
    many = [f"old old JJ ADJ amod {LONGEST_PHRASE + 2}"] * LONGEST_PHRASE
    end = LONGEST_PHRASE + 3
    rows = [f"mayors mayor NNS NOUN nsubj {end}", f"of of IN ADP case {end - 1}", *many, "towns town NNS NOUN nmod 0"]
    doc, index = index_of("\n".join([*rows, f"met meet VBD VERB ROOT {end}"]), ontology)
    assert actor_of(index, doc, 0).names == ("mayors",)


def test_two_persons_of_one_surname_stay_two(ontology: Ontology) -> None:
    doc, index = index_of(TWO_OF_A_NAME, ontology)
    assert len({actor_of(index, doc, position).names for position in (0, 3, 6)}) == 3


def test_acronym_in_brackets_and_the_noun_of_the_name(ontology: Ontology) -> None:
    doc, index = index_of(ACRONYM, ontology)
    actor = actor_of(index, doc, 3)
    assert actor.names[:2] == ("Harbour Safety Board", "HSB")
    assert actor is index.actor_at(doc[10])
    assert actor is index.actor_at(doc[14])


def test_state_capital_and_adjective_are_the_state(ontology: Ontology) -> None:
    doc, index = index_of(STATE, ontology)
    norway = actor_of(index, doc, 0)
    assert norway.known == ACTOR + "NO"
    assert norway.names == ("Norway", "Oslo")
    assert norway is index.actor_at(doc[5])
    assert norway is index.actor_at(doc[14])


def test_bodies_and_groups_of_a_state(ontology: Ontology) -> None:
    doc, index = index_of(STATE, ontology)
    ministry = actor_of(index, doc, 10)
    assert ministry.names[0] == "Norwegian fisheries ministry"
    assert (ministry.known, index.state_of(ministry)) == ("", ACTOR + "NO")
    officials = actor_of(index, doc, 19)
    assert (officials.kind, officials.count) == (ActorKind.GROUP, 3)
    assert officials.names[0] == "Three Norwegian officials"


def test_an_indefinite_description_is_always_somebody_new(ontology: Ontology) -> None:
    doc, index = index_of(STRANGERS, ontology)
    assert index.actor_at(doc[1]) is not index.actor_at(doc[5])


def test_a_definite_description_takes_up_an_unnamed_party(ontology: Ontology) -> None:
    doc, index = index_of(TAKEN_UP, ontology)
    actor = actor_of(index, doc, 2)
    assert actor is index.actor_at(doc[6])
    assert actor.names == ("retired diplomat", "diplomat")


def test_a_firm_is_none_of_the_persons(ontology: Ontology) -> None:
    doc, index = index_of(FIRM, ontology)
    firm = actor_of(index, doc, 0)
    assert firm.kind is ActorKind.ORGANISATION
    assert firm is index.actor_at(doc[6])
    assert firm is index.actor_at(doc[10])
    assert firm is not index.actor_at(doc[4])


def test_apposition_joins_name_and_description(ontology: Ontology) -> None:
    doc, index = index_of(APPOSITION, ontology)
    assert actor_of(index, doc, 4) is index.actor_at(doc[0])


def test_the_lead_before_the_name(ontology: Ontology) -> None:
    doc, index = index_of(HEADLINE, ontology)
    assert actor_of(index, doc, 6) is index.actor_at(doc[10])


def test_nouns_that_denote_no_party_have_no_actor(ontology: Ontology) -> None:
    doc, index = index_of(STATE, ontology)
    assert index.actor_at(doc[3]) is None
    assert describe_actor(doc[3]).names == ("ban",)


def test_a_described_party_is_named_without_its_preposition() -> None:
    assert describe_actor(read_table(CLOSED)[4]).names == ("ships",)


def test_a_conjunction_is_no_part_of_a_party() -> None:
    doc = read_table("""
        Lorries lorry NNS NOUN  nsubj 3
        and     and   CC  CCONJ cc    2
        ferries ferry NNS NOUN  conj  0
        stopped stop  VBD VERB  ROOT  3
    """)
    assert describe_actor(doc[2]).names == ("ferries",)
    assert strip_bounds(doc, 1, 3) == (2, 3)


def test_spans_slice_the_text_and_equal_documents_have_equal_indexes(ontology: Ontology) -> None:
    for table in (PRESIDENT["ud"], ACRONYM, STATE, FIRM, HEADLINE):
        doc = read_table(table)
        actors = find_actors(doc, ontology)
        assert all(doc.text[span.start : span.end] == span.text for actor in actors for span in actor.spans)
        assert actors == find_actors(read_table(table), ontology)
        assert all(actor.names for actor in actors)


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [("Torvik", "Torvik Motors Ltd.", True), ("Motors", "Torvik Motors", True), ("Tor", "Torvik Motors", False)],
)
def test_short_forms(short: str, full: str, expected: bool) -> None:
    assert is_short_form(split_name(short), split_name(full)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ana M. Ruiz", "Ana Ruiz", True),
        ("A. Ruiz", "Ana Ruiz", True),
        ("Pedro Ruiz", "Ana Ruiz", False),
        ("Ruiz", "Ana Ruiz", False),
    ],
)
def test_person_names(one: str, other: str, expected: bool) -> None:
    assert same_person_name(split_name(one), split_name(other)) is expected


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("HSB", "Harbour Safety Board", True),
        ("BoE", "Bank of Elbonia", True),
        ("MLE", "Ministry of Labour and Enterprise", True),
        ("H", "Harbour", False),
        ("us", "upper senate", False),
    ],
)
def test_acronyms(acronym: str, name: str, expected: bool) -> None:
    assert is_acronym_of(acronym, name) is expected


def test_a_state_of_several_words_in_a_title_is_the_state_of_who_bears_it(ontology: Ontology) -> None:
    doc = read_table("""
        South     South     NNP PROPN compound  1 GPE
        Korea     Korea     NNP PROPN compound  2 GPE
        President President NNP PROPN nmod:desc 3
        Ana       Ana       NNP PROPN nsubj     5 PERSON
        Ruiz      Ruiz      NNP PROPN flat      3 PERSON
        signed    sign      VBD VERB  ROOT      5
        the       the       DT  DET   det       7
        decree    decree    NN  NOUN  obj       5
        .         .         .   PUNCT punct     5
    """)
    index = build_actor_index(doc, ontology)
    actor = index.actor_at(doc[3])
    assert actor is not None
    assert index.state_of(actor) == ACTOR + "KR"
