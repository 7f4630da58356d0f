"""What evokes a decision and what only looks like it, and the arguments of nouns and verbs, on hand-built documents."""

import pytest
from heads import evoke
from spacy.tokens import Doc
from tables import read_table

from kg.extractors.arguments import Arguments, find_arguments
from kg.extractors.evidence import Evidence, read_evidence
from kg.extractors.factuality import judge_factuality
from kg.extractors.triggers import Trigger, find_triggers
from kg.model import DecisionType, Status
from kg.ontology import Ontology

REJECTED = """
    Oslo Oslo NNP PROPN nsubj 1 GPE
    rejected reject VBD VERB ROOT 1
    the the DT DET det 3
    {noun} {noun} NN NOUN obj 1
    . . . PUNCT punct 1
"""
CONSIDERS = """
    Oslo Oslo NNP PROPN nsubj 3 GPE
    does do VBZ AUX aux 3
    not not RB PART advmod 3
    consider consider VB VERB ROOT 3
    islets islet NNS NOUN {object} {head}
    {to} {to} TO PART mark 6
    {act} {act} NN {pos} {clause} 3
    . . . PUNCT punct 3
"""
SEEKS = """
    Oslo Oslo NNP PROPN nsubj 1 GPE
    seeks seek VBZ VERB ROOT 1
    to to TO PART mark 3
    fish fish VB VERB xcomp 1
    cod cod NN NOUN obj 3
    . . . PUNCT punct 1
"""
SEEKS_PERMIT = """
    Oslo Oslo NNP PROPN nsubj 1 GPE
    seeks seek VBZ VERB ROOT 1
    permits permit NNS NOUN obj 1
    . . . PUNCT punct 1
"""
PROMPTED = """
    Tariffs tariff NNS NOUN nsubj 1
    prompted prompt VBD VERB ROOT 1
    Oslo Oslo NNP PROPN obj 1 GPE
    to to TO PART mark 4
    tax tax VB VERB xcomp 1
    cod cod NN NOUN obj 4
    . . . PUNCT punct 1
"""
ISSUED = """
    A a DT DET det 1
    ban ban NN NOUN nsubj 8
    imposed impose VBN VERB acl 1
    by by IN ADP case 4
    Oslo Oslo NNP PROPN obl 2 GPE
    on on IN ADP case 6
    whaling whaling NN NOUN obl 2
    still still RB ADV advmod 8
    holds hold VBZ VERB ROOT 8
    . . . PUNCT punct 8
"""
FOR_A_YEAR = """
    The the DT DET det 1
    ban ban NN NOUN nsubj:pass 4
    has have VBZ AUX aux 4
    been be VBN AUX aux:pass 4
    introduced introduce VBN VERB ROOT 4
    for for IN ADP case 7
    one one CD NUM nummod 7
    year year NN NOUN obl 4
    . . . PUNCT punct 4
"""
GO_AHEAD = """
    Oslo Oslo NNP PROPN nsubj 1 GPE
    gave give VBD VERB ROOT 1
    the the DT DET det 5
    go go NN NOUN compound 5
    - - HYPH PUNCT punct 5
    ahead ahead NN NOUN obj 1
    . . . PUNCT punct 1
"""
REQUEST = """
    Oslo Oslo NNP PROPN nsubj 1 GPE
    acted act VBD VERB ROOT 1
    at at IN ADP case 4
    the the DT DET det 4
    request request NN NOUN obl 1
    of of IN ADP case 6
    Chile Chile NNP PROPN nmod 4 GPE
    . . . PUNCT punct 1
"""
WOULD_HAVE = """
    Oslo Oslo NNP PROPN nsubj 3 GPE
    {modal} {modal} MD AUX aux 3
    have have VB AUX aux 3
    banned ban VBN VERB ROOT 3
    whaling whaling NN NOUN obj 3
    . . . PUNCT punct 3
"""
MAY_NOT = """
    Boats boat NNS NOUN nsubj 3
    shall shall MD AUX aux 3
    not not RB PART advmod 3
    enter enter VB VERB ROOT 3
    . . . PUNCT punct 3
"""
WANTS = """
    Oslo Oslo NNP PROPN nsubj 1 GPE
    {verb} {verb} VBD VERB ROOT 1
    to to TO PART mark 3
    continue continue VB VERB xcomp 1
    to to TO PART mark 5
    ban ban VB VERB xcomp 3
    whaling whaling NN NOUN obj 5
    . . . PUNCT punct 1
"""


def triggers_of(doc: Doc, ontology: Ontology, evidence: Evidence | None = None) -> dict[str, Trigger]:
    found = find_triggers(doc, ontology, evidence or read_evidence(doc))
    return {trigger.token.lemma_: trigger for trigger in found}


def read_roles(arguments: Arguments) -> tuple[list[str], ...]:
    return tuple([t.text for t in role] for role in (arguments.actors, arguments.recipients, arguments.actions))


@pytest.mark.parametrize(("noun", "evokes"), [("plan", True), ("assertion", False), ("criticism", False)])
def test_who_rejects_a_statement_refuses_nothing(noun: str, evokes: bool, ontology: Ontology) -> None:
    assert ("reject" in triggers_of(read_table(REJECTED.format(noun=noun)), ontology)) is evokes


@pytest.mark.parametrize(
    ("shape", "evokes"),
    [
        ({"object": "obj", "head": 3, "to": "as", "act": "territory", "pos": "NOUN", "clause": "xcomp"}, False),
        ({"object": "nsubj", "head": 6, "to": "to", "act": "Norwegian", "pos": "ADJ", "clause": "ccomp"}, False),
        ({"object": "obj", "head": 6, "to": "to", "act": "close", "pos": "VERB", "clause": "xcomp"}, True),
    ],
)
def test_what_is_taken_to_be_something_is_not_decided(
    shape: dict[str, str | int], evokes: bool, ontology: Ontology
) -> None:
    doc = read_table(CONSIDERS.format(**shape))
    assert ("consider" in triggers_of(doc, ontology, evoke(doc, "consider"))) is evokes


def test_seeking_to_act_asks_for_nothing_whatever_the_heads_say(ontology: Ontology) -> None:
    doc = read_table(SEEKS)
    assert "seek" not in triggers_of(doc, ontology, evoke(doc, "seek"))
    assert "seek" in triggers_of(read_table(SEEKS_PERMIT), ontology)


def test_who_is_prompted_acts(ontology: Ontology) -> None:
    trigger = triggers_of(read_table(PROMPTED), ontology)["prompt"]
    assert trigger.type == "commit"
    assert read_roles(find_arguments(trigger)) == (["Oslo"], [], ["tax"])


def test_a_ban_is_about_what_it_was_imposed_on(ontology: Ontology) -> None:
    arguments = find_arguments(triggers_of(read_table(ISSUED), ontology)["ban"])
    assert read_roles(arguments) == (["Oslo"], [], ["whaling"])


def test_a_request_of_somebody_is_made_by_them(ontology: Ontology) -> None:
    arguments = find_arguments(triggers_of(read_table(REQUEST), ontology)["request"])
    assert read_roles(arguments) == (["Chile"], [], ["acted"])


@pytest.mark.parametrize(("table", "noun"), [(FOR_A_YEAR, "ban"), (GO_AHEAD, "ahead")])
def test_times_and_its_own_words_are_no_action(table: str, noun: str, ontology: Ontology) -> None:
    trigger = triggers_of(read_table(table), ontology)[noun]
    assert [t.i for t in find_arguments(trigger).actions] == [trigger.token.i]


@pytest.mark.parametrize(("modal", "actual"), [("would", False), ("will", True)])
def test_what_would_have_been_done_was_not(modal: str, actual: bool, ontology: Ontology) -> None:
    trigger = triggers_of(read_table(WOULD_HAVE.format(modal=modal)), ontology)["ban"]
    assert judge_factuality(trigger).actual is actual


def test_what_may_not_be_done_is_forbidden_in_earnest(ontology: Ontology) -> None:
    doc = read_table(MAY_NOT)
    trigger = triggers_of(doc, ontology, evoke(doc, "enter", "prohibit"))["enter"]
    found = judge_factuality(trigger)
    assert (found.type, found.status is Status.DENIED) == (DecisionType.PROHIBIT, False)


@pytest.mark.parametrize(("verb", "actual"), [("want", False), ("agree", True)])
def test_what_somebody_wants_to_go_on_with_is_not_done(verb: str, actual: bool, ontology: Ontology) -> None:
    trigger = triggers_of(read_table(WANTS.format(verb=verb)), ontology)["ban"]
    assert judge_factuality(trigger).actual is actual


@pytest.mark.parametrize(
    ("modal", "kind", "frame"),
    [("shall", "prohibit", "Modal"), ("can", "prohibit", "Modal"), ("can", "commit", "ActionObject")],
)
def test_a_modal_leads_its_subject_only_where_it_forbids(modal: str, kind: str, frame: str, ontology: Ontology) -> None:
    doc = read_table(MAY_NOT.replace("shall", modal))
    assert triggers_of(doc, ontology, evoke(doc, "enter", kind))["enter"].entry.frame == frame


@pytest.mark.parametrize(("modal", "evokes"), [("shall", True), ("will", False)])
def test_where_the_grammar_forbids_a_hint_of_the_heads_is_enough(modal: str, evokes: bool, ontology: Ontology) -> None:
    doc = read_table(MAY_NOT.replace("shall", modal))
    assert ("enter" in triggers_of(doc, ontology, evoke(doc, "enter", "refuse", chance=0.15))) is evokes


@pytest.mark.parametrize(("chance", "kind"), [(0.15, DecisionType.PROHIBIT), (0.9, DecisionType.REFUSE)])
def test_what_the_heads_only_hint_at_is_of_the_type_that_the_grammar_tells(
    chance: float, kind: DecisionType, ontology: Ontology
) -> None:
    doc = read_table(MAY_NOT)
    assert triggers_of(doc, ontology, evoke(doc, "enter", "refuse", chance=chance))["enter"].type is kind


TOLLS_SINCE_MARCH = """
    Oslo Oslo NNP PROPN nsubj 1 GPE
    charges charge VBZ VERB ROOT 1
    tolls toll NNS NOUN obj 1
    since since IN ADP case 4 DATE
    {time} {time} {tag} obl:unmarked 1 DATE
    . . . PUNCT punct 1
"""


@pytest.mark.parametrize(("time", "tag", "evokes"), [("March", "NNP PROPN", False), ("start", "VB VERB", True)])
def test_a_time_is_no_act_whatever_the_heads_see(time: str, tag: str, evokes: bool, ontology: Ontology) -> None:
    doc = read_table(TOLLS_SINCE_MARCH.format(time=time, tag=tag))
    assert (time in triggers_of(doc, ontology, evoke(doc, time))) is evokes


NO_GOODS = """
    No no DT DET det 1
    {noun} {noun} NNS NOUN nsubj 4
    {mark}
    {verb} VERB acl 1
    came come VBD VERB ROOT 4
    . . . PUNCT punct 4
"""


@pytest.mark.parametrize(
    ("noun", "mark", "verb", "status"),
    [
        ("plans", "to to TO PART mark 3", "ban ban VB", Status.DENIED),
        ("goods", "since since RB ADV advmod 3", "banned ban VBN", Status.MADE),
    ],
)
def test_what_there_are_no_plans_to_do_is_not_done_and_what_tells_of_no_goods_is(
    noun: str, mark: str, verb: str, status: Status, ontology: Ontology
) -> None:
    doc = read_table(NO_GOODS.format(noun=noun, mark=mark, verb=verb))
    assert judge_factuality(triggers_of(doc, ontology)["ban"]).status is status
